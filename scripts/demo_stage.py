"""The demo's people and what they do one at a time over the API: list, fund, sell, pay, claim. Tells no story."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from reportlab.pdfgen.canvas import Canvas

from demo_api import Api, Json, Refused, Wallet
from demo_ledger import Ledger, decimal, units
from demo_story import Story
from invoice_files import DEBTOR, SELLER, Item, SampleInvoice

DAY = 86_400


@dataclass
class Cast:
    """`admin` and `operator` are the platform's people; `nora` has no trustline, `stranger` no part in anything."""

    selma: Wallet
    ines: Wallet
    ivo: Wallet
    iris: Wallet
    karl: Wallet
    nora: Wallet
    stranger: Wallet
    admin: Wallet
    operator: Wallet

    def everybody(self) -> list[Wallet]:
        return list(vars(self).values())


@dataclass
class Listed:
    """An invoice of the story that is on the ledger."""

    label: str
    id: str
    chain_id: str
    token: str
    advance_units: int
    face_units: int
    terms_hash: str
    due: int
    funding_deadline: int


class Stage:
    """What people do. Each act prints what happened with its ledger and hash."""

    def __init__(self, api: Api, ledger: Ledger, story: Story, cast: Cast) -> None:
        self.api, self.ledger, self.story, self.cast = api, ledger, story, cast
        self.run = uuid4().hex[:6].upper()

    # --- before the first invoice

    def admit(self, who: Wallet, role: str) -> None:
        """KYC, an admin's decision, and the contract's allowlist; once a person."""
        me = self.api.get("/v1/me", who)
        if me["allowlisted"]:
            return
        details = {"country_code": "DEU", "first_name": who.name, "last_name": "Demo", "birth_date": "1990-01-01"}
        submitted = self.api.post("/v1/kyc", {"roles": [role], "details": details}, who)
        decision = {"decision": "approve", "reason": "Papers seen."}
        self.api.post(f"/v1/kyc/{submitted['id']}/decision", decision, self.cast.admin)
        self.api.wait("/v1/me", who, lambda account: account["allowlisted"])
        self.story.say(f"{who.name} is verified as {role}; the contract's allowlist says so too.")

    def ensure_rate_card(self) -> None:
        if not self.api.get("/v1/rate-cards", self.cast.admin)["items"]:
            rules = self.api.get("/v1/rate-cards/starter", self.cast.admin)
            made = self.api.post("/v1/rate-cards", {"rules": rules, "note": "The demo's first card."}, self.cast.admin)
            self.story.say(f"The admin publishes version {made['version']} of the rate card.")

    def ensure_debtor(self) -> None:
        known = self.api.get("/v1/debtors", self.cast.admin)["items"]
        if any(debtor["vat_id"] == DEBTOR.vat_id for debtor in known):
            return
        self.api.post(
            "/v1/debtors",
            {
                "vat_id": DEBTOR.vat_id,
                "name": DEBTOR.name,
                "country": DEBTOR.country,
                "grade": "A",
                "address": self.cast.karl.address,
                "reason": "Register extract and bank reference seen.",
            },
            self.cast.admin,
        )
        self.story.say(f"The admin registers the customer {DEBTOR.name}, grade A, with Karl's wallet.")

    # --- an invoice, from its file to the ledger

    def paper(self, label: str, *, days: int, price: int) -> SampleInvoice:
        """An invoice of today, due in `days`; `price` of one piece in cents."""
        today = self.today()
        return SampleInvoice(
            number=f"{today.year}-{self.run}-{label}",
            seller=SELLER,
            debtor=DEBTOR,
            issue_date=today,
            due_date=today + timedelta(days=days),
            items=(Item("Pressure sensor PX-40", 10, price), Item("Calibration on site", 1, 119_00)),
            currency="USD",
        )

    def today(self) -> date:
        return datetime.fromtimestamp(self.ledger.now(), UTC).date()

    def list_invoice(self, label: str, paper: SampleInvoice, name: str, content: bytes, *, recourse: bool) -> Listed:
        """Upload, read, confirm, quote, accept, sign, attest: until investors see it."""
        api, selma = self.api, self.cast.selma
        invoice = api.upload("/v1/invoices", name, content, selma)["id"]
        path = f"/v1/invoices/{invoice}"
        found = api.wait(path, selma, lambda one: one["status"] != "received")
        if found["status"] != "read":
            raise Refused(422, {"code": "not-read", "detail": str(found["refusal"])})
        self._confirm(path, name, paper)
        quote = api.post(f"{path}/quote", {"recourse": recourse}, selma)
        self.story.say(
            f"Quote: {quote['advance']} now, {quote['claim']} owed to holders, {quote['reserve']} kept back; "
            f"{quote['payout']} USDC reach Selma's account."
        )
        api.post(f"{path}/acceptance", {"quote_id": quote["id"]}, selma)
        drafted = api.post(f"{path}/escrow", {}, selma)
        for sentence in drafted["preview"]:
            self.story.say(f"    wallet: {sentence}")
        self.story.happened("Selma", f"lists invoice {label}", api.sign(drafted, selma))
        api.wait(path, selma, lambda one: one["status"] == "awaiting_attestation")
        ordered = api.post(f"{path}/attestation", {}, self.cast.operator)
        done = api.settled(ordered["id"], self.cast.operator)
        self.story.happened("platform", f"attests the customer of invoice {label}", done)
        listed = api.wait(path, selma, lambda one: one["status"] == "listed")
        offer = api.get(f"/v1/marketplace/{listed['chain_id']}")
        return Listed(
            label=label,
            id=invoice,
            chain_id=listed["chain_id"],
            token=offer["token"],
            advance_units=units(offer["advance"]),
            face_units=units(offer["face"]),
            terms_hash=offer["terms_hash"],
            due=_seconds(offer["due_at"]),
            funding_deadline=_seconds(offer["funding_deadline_at"]),
        )

    def _confirm(self, path: str, name: str, paper: SampleInvoice) -> None:
        """Say what was read and how surely, then stand by what the paper says."""
        reading = self.api.get(f"{path}/reading", self.cast.selma)["fields"]
        truth = {
            "number": paper.number,
            "issue_date": paper.issue_date.isoformat(),
            "due_date": paper.due_date.isoformat(),
            "currency": paper.currency,
            "amount_due": f"{paper.amount_due // 100}.{paper.amount_due % 100:02}",
            "seller_name": paper.seller.name,
            "seller_vat_id": paper.seller.vat_id,
            "debtor_name": paper.debtor.name,
            "debtor_vat_id": paper.debtor.vat_id,
        }
        read = {field: reading[field]["value"] for field in truth}
        sources = ", ".join(sorted({str(reading[field]["source"]) for field in truth if reading[field]["source"]}))
        least = min(reading[field]["confidence_bps"] for field in truth)
        self.story.say(f"{name}: read by {sources}; least certain field {least // 100} %")
        for field, right in truth.items():
            if read[field] != right:
                self.story.say(f"    Selma corrects {field}: {read[field]!r} -> {right!r}")
        self.api.put(f"{path}/terms", truth, self.cast.selma)

    # --- investing

    def invest(self, who: Wallet, invoice: Listed, amount_units: int, *, at_least: int | None = None) -> Json:
        wanted = {
            "chain_id": invoice.chain_id,
            "max_amount": decimal(amount_units),
            "min_amount": decimal(amount_units if at_least is None else at_least),
            "terms_hash": invoice.terms_hash,
        }
        done = self.api.sign(self.api.post("/v1/investments", wanted, who), who)
        self.story.happened(who.name, f"invests up to {decimal(amount_units)} in {invoice.label}", done)
        return done

    def sell(self, seller: Wallet, buyer: Wallet, invoice: Listed, shares: int) -> None:
        wanted = {"to": buyer.address, "shares": decimal(shares)}
        done = self.api.sign(self.api.post(f"/v1/positions/{invoice.chain_id}/transfer", wanted, seller), seller)
        self.story.happened(seller.name, f"sells {decimal(shares)} shares of {invoice.label} to {buyer.name}", done)

    def until(self, invoice: Listed, status: str) -> None:
        self.api.wait(f"/v1/invoices/{invoice.id}", self.cast.selma, lambda one: one["status"] == status)

    # --- paying and being paid

    def pay(self, who: Wallet, invoice: Listed, amount_units: int) -> None:
        wanted = {"amount": decimal(amount_units)}
        done = self.api.sign(self.api.post(f"/v1/invoices/{invoice.chain_id}/payments", wanted, who), who)
        self.story.happened(who.name, f"pays {decimal(amount_units)} on {invoice.label}", done)

    def record_payment(self, invoice: Listed, amount_units: int) -> None:
        """Through a bank: the operator records it with the bank's paper, the admin approves, the platform pays in."""
        operator, admin = self.cast.operator, self.cast.admin
        paper = _bank_statement(self.run, invoice.label, decimal(amount_units))
        evidence = self.api.upload("/v1/evidence", f"bank-{invoice.label}.pdf", paper, operator)
        wanted = {
            "chain_id": invoice.chain_id,
            "amount": decimal(amount_units),
            "evidence_id": evidence["id"],
            "note": f"Bank transfer for {invoice.label}.",
        }
        proposed = self.api.post("/v1/settlements", wanted, operator)
        self.story.say(f"The operator records {decimal(amount_units)} from the bank, with its paper as evidence.")
        try:
            self.api.post(f"/v1/settlements/{proposed['id']}/approval", {"reason": "Fine."}, operator)
        except Refused as no:
            self.story.refused("operator", "approves his own record", no.code, no.detail)
        self.api.post(f"/v1/settlements/{proposed['id']}/approval", {"reason": "Paper seen."}, admin)
        path = f"/v1/settlements/{proposed['id']}"
        done = self.api.wait(path, admin, lambda one: one["status"] in {"recorded", "failed"})
        self.story.happened("platform", f"pays {decimal(amount_units)} on {invoice.label}", done["transaction"])

    def pushed(self, invoice: Listed, holders: list[Wallet]) -> list[Json]:
        """Wait until the pages have reached `holders`; all pages of the invoice so far, newest last."""
        path = f"/v1/positions/{invoice.chain_id}"
        for who in holders:
            self.api.wait(path, who, lambda position: units(position["claimable"]) == 0 and units(position["paid"]) > 0)
        pushes = f"/v1/invoices/{invoice.chain_id}/pushes"
        settled: list[Json] = self.api.wait(
            pushes, self.cast.operator, lambda pages: pages and all(page["deferred"] is not None for page in pages)
        )
        return settled

    def claim(self, who: Wallet, invoice: Listed) -> None:
        path = f"/v1/positions/{invoice.chain_id}"
        waiting = self.api.get(path, who)["claimable"]
        done = self.api.sign(self.api.post(f"{path}/claim", {"signer": "wallet"}, who), who)
        self.api.wait(path, who, lambda position: units(position["claimable"]) == 0)
        self.story.happened(who.name, f"claims {waiting} of {invoice.label}", done)


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def _bank_statement(run: str, label: str, amount: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(72, 760, f"Account statement {run}-{label}")
    canvas.drawString(72, 740, f"Received from {DEBTOR.name}: {amount} USD, reference {run}-{label}")
    canvas.save()
    return buffer.getvalue()
