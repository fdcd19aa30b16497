#!/usr/bin/env python3
"""Tells one invoice's life over the HTTP API, with keypairs as wallets, and counts at the end.

Three files (a PDF, a Factur-X, a scan) become three invoices: one is funded, sold on, paid in two parts, one of them
late; one expires unfunded and is refunded by a stranger; one defaults and recovers in part. At the end every unit is
compared between database (the API's statements), contracts and accounts (read by getLedgerEntries through stellar-sdk).
Ends with 1 when a single unit differs. Needs what runs already: `make demo` and `make up` see to that.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from stellar_sdk import Asset, Keypair, scval

from demo_api import Api, Refused, Wallet
from demo_ledger import Ledger, decimal, units
from demo_stage import DAY, Cast, Listed, Stage
from demo_story import Story
from invoice_files import born_digital, factur_x, scanned, ubl

LATE_DAYS = 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(".tenor"), help="data folder of the installation (.tenor)")
    parser.add_argument("--json", type=Path, help="write the story for programs to this file")
    chosen = parser.parse_args()
    deployment = json.loads((chosen.data / "deployment.json").read_text())
    contracts = deployment["deployment"]
    usdc = Asset(contracts["assets"][0]["code"], contracts["assets"][0]["issuer"])
    rpc_url, passphrase = os.environ["RPC_URL"], deployment["network_passphrase"]
    control = rpc_url.removesuffix("/rpc") + "/control"
    ledger = Ledger(rpc_url, passphrase, os.environ["FRIENDBOT_URL"], control, usdc)
    api, story = Api(os.environ["PUBLIC_URL"], passphrase), Story()
    cast, keys = assemble(chosen.data, story)
    stage = Stage(api, ledger, story, cast)
    equal = Demo(stage, contracts, keys).tell()
    if chosen.json:
        chosen.json.write_text(json.dumps(story.report(), indent=1) + "\n")
    return 0 if equal else 1


def assemble(data: Path, story: Story) -> tuple[Cast, dict[str, str]]:
    """Wallets of the demo's people and of the platform's; Nora and the stranger are new every time."""
    people = json.loads((data / "people.json").read_text())
    keys = json.loads((data / "keys.json").read_text())
    wallets = {name.lower(): Wallet(name, Keypair.from_secret(one["secret"])) for name, one in people.items()}
    wallets |= {name: Wallet(name.title(), Keypair.random()) for name in ("nora", "stranger")}
    wallets |= {role: Wallet(role, Keypair.from_secret(keys["roles"][role])) for role in ("admin", "operator")}
    cast = Cast(**wallets)
    story.names |= {who.address: who.name for who in cast.everybody()}
    story.names[Keypair.from_secret(keys["roles"]["treasury"]).public_key] = "treasury"
    return cast, {"issuer": keys["issuer"], "treasury": Keypair.from_secret(keys["roles"]["treasury"]).public_key}


class Demo:
    """The story, chapter by chapter."""

    def __init__(self, stage: Stage, contracts: dict[str, str], keys: dict[str, str]) -> None:
        self.stage, self.api, self.ledger, self.story, self.cast = (
            stage,
            stage.api,
            stage.ledger,
            stage.story,
            stage.cast,
        )
        self.escrow, self.distributor = contracts["escrow"], contracts["distributor"]
        self.issuer, self.treasury = Keypair.from_secret(keys["issuer"]), keys["treasury"]
        self.story.names |= {self.escrow: "escrow contract", self.distributor: "distributor contract"}
        self.outside: dict[str, int] = {}
        """Units that reached an account by no invoice: address -> units."""

    def tell(self) -> bool:
        cast = self.cast
        self.people()
        counted = [who.address for who in cast.everybody() if who is not cast.admin]
        counted += [self.treasury, self.escrow, self.distributor]
        before = self.ledger.balances(counted)
        a, b, c = self.three_files()
        self.funding(a, b, c)
        self.sale(a)
        self.expiry(b)
        self.paid_in_two_parts(a)
        self.default(c)
        self.story.chapter("Who had what, before and after (USDC)")
        after = self.ledger.balances(counted)
        self.story.balances(before, after)
        self.story.chapter("Database = ledger, to the unit")
        self.count([a, b, c], before, after)
        equal = self.story.verdict()
        self.shelf()
        return equal

    def shelf(self) -> None:
        """Invoices that stay open, for whoever opens the marketplace next; one of them is acknowledged and begun."""
        stage, cast = self.stage, self.cast
        self.story.chapter("Open on the marketplace, for you")
        for label, days, price, recourse in (
            ("D", 75, 61_000, False),
            ("E", 30, 24_800, True),
            ("F", 110, 148_000, False),
        ):
            paper = stage.paper(label, days=days, price=price)
            offer = stage.list_invoice(label, paper, f"ubl-{label.lower()}.xml", ubl(paper), recourse=recourse)
            if label == "D":
                drafted = self.api.post(f"/v1/invoices/{offer.id}/acknowledgement", {}, cast.karl)
                self.story.happened("Karl", "acknowledges the debt of D", self.api.sign(drafted, cast.karl))
                stage.invest(cast.ines, offer, offer.advance_units * 3 // 8)

    def people(self) -> None:
        self.story.chapter("People log in with their wallets, and are verified")
        cast = self.cast
        for wallet in (cast.nora, cast.stranger):
            self.ledger.open_account(wallet.address)
        for who in cast.everybody():
            self.api.log_in(who)
        self.stage.admit(cast.selma, "seller")
        for who in (cast.ines, cast.ivo, cast.iris, cast.nora):
            self.stage.admit(who, "investor")
        self.stage.ensure_rate_card()
        self.stage.ensure_debtor()

    def three_files(self) -> tuple[Listed, Listed, Listed]:
        stage, cast = self.stage, self.cast
        self.story.chapter("Three invoices, from the file to the ledger")
        first, second = stage.paper("A", days=45, price=42_500), stage.paper("B", days=60, price=31_000)
        third = stage.paper("C", days=20, price=18_300)
        a = stage.list_invoice("A", first, "invoice-a.pdf", born_digital(first), recourse=False)
        b = stage.list_invoice("B", second, "factur-x-b.pdf", factur_x(second), recourse=True)
        c = stage.list_invoice("C", third, "scan-c.pdf", scanned(third, seed=7), recourse=False)
        drafted = self.api.post(f"/v1/invoices/{a.id}/acknowledgement", {}, cast.karl)
        self.story.happened("Karl", "acknowledges the debt of A", self.api.sign(drafted, cast.karl))
        return a, b, c

    def funding(self, a: Listed, b: Listed, c: Listed) -> None:
        stage, cast, story = self.stage, self.cast, self.story
        story.chapter("Three investors fund A; Selma is paid in the completing transaction")
        had = self.ledger.balances([cast.selma.address])[cast.selma.address]
        stage.invest(cast.ines, a, a.advance_units * 2 // 5)
        stage.invest(cast.ivo, a, a.advance_units * 7 // 20)
        last = stage.invest(cast.iris, a, a.advance_units, at_least=1)
        stage.until(a, "funded")
        has = self.ledger.balances([cast.selma.address])[cast.selma.address]
        story.say(f"Iris offered the whole advance; only the rest was taken. Selma got {decimal(has - had)} USDC.")
        released = [line for line in self.statement(a)["lines"] if line["what"] == "advance"]
        story.compare("advance of A: statement and account", database=units(released[0]["amount"]), ledger=has - had)
        assert released[0]["tx_hash"] == last["hash"], "the seller is paid in the completing transaction"
        try:
            stage.invest(cast.ivo, a, a.advance_units // 10)
        except Refused as no:
            story.refused("Ivo", "invests in A again", no.code, no.detail)
        story.say("C is funded too; B only in part.")
        stage.invest(cast.ivo, c, c.advance_units // 2)
        stage.invest(cast.iris, c, c.advance_units, at_least=1)
        stage.until(c, "funded")
        stage.invest(cast.ines, b, b.advance_units // 4)

    def sale(self, a: Listed) -> None:
        self.story.chapter("Part of the shares is sold")
        shares = units(self.api.get(f"/v1/positions/{a.chain_id}", self.cast.ines)["shares"])
        self.stage.sell(self.cast.ines, self.cast.nora, a, shares // 2)

    def expiry(self, b: Listed) -> None:
        self.story.chapter("B is not funded in time; a stranger's call gives the money back")
        self.ledger.go_to(b.funding_deadline + 1)
        self.stage.until(b, "expired")
        wanted = {"holder": self.cast.ines.address, "signer": "wallet"}
        drafted = self.api.post(f"/v1/investments/{b.chain_id}/refund", wanted, self.cast.stranger)
        done = self.api.sign(drafted, self.cast.stranger)
        self.story.happened("Stranger", "refunds Ines's part of B", done)
        path = f"/v1/positions/{b.chain_id}"
        self.api.wait(path, self.cast.ines, lambda position: units(position["refunded"]) > 0)

    def paid_in_two_parts(self, a: Listed) -> None:
        stage, cast, story, ledger = self.stage, self.cast, self.story, self.ledger
        story.chapter("Karl pays a part of A before it is due")
        full = ledger.balances([cast.iris.address])[cast.iris.address]
        story.happened("Iris", "lets her wallet take no more for now", ledger.trust(cast.iris.keypair, full))
        stage.pay(cast.karl, a, a.face_units * 2 // 5)
        self.tell_pages(stage.pushed(a, [cast.ines, cast.ivo]))
        story.happened("Iris", "lets it take money again", ledger.trust(cast.iris.keypair))
        stage.claim(cast.iris, a)
        story.chapter(f"The rest of A comes through a bank, {LATE_DAYS} days late")
        ledger.go_to(a.due + LATE_DAYS * DAY)
        rest = a.face_units - a.face_units * 2 // 5
        story.happened("bank", "brings the money", ledger.pay(self.issuer, cast.operator.address, rest))
        self.outside[cast.operator.address] = rest
        stage.record_payment(a, rest)
        stage.until(a, "settled")
        self.tell_pages(stage.pushed(a, [cast.ines, cast.ivo, cast.iris])[-1:])
        story.happened("Nora", "opens a trustline at last", ledger.trust(cast.nora.keypair))
        stage.claim(cast.nora, a)

    def default(self, c: Listed) -> None:
        stage, cast = self.stage, self.cast
        self.story.chapter("C is not paid; anyone may say so when the days of grace are over")
        grace = self.api.get(f"/v1/marketplace/{c.chain_id}")["grace_days"]
        if self.ledger.now() <= c.due + grace * DAY:
            self.ledger.go_to(c.due + grace * DAY + 1)
        ordered = self.api.post(f"/v1/invoices/{c.chain_id}/default", {}, cast.stranger)
        done = self.api.settled(ordered["id"], cast.operator)
        self.story.happened("Stranger", "declares the default of C", done)
        stage.until(c, "defaulted")
        stage.pay(cast.karl, c, c.face_units * 7 // 20)
        self.tell_pages(stage.pushed(c, [cast.ivo, cast.iris]))

    def tell_pages(self, pages: list[dict]) -> None:
        for page in pages:
            named = [self.story.name(holder) for holder in page["holders"] if holder not in page["deferred"]]
            self.story.happened("platform", f"pushes to {' and '.join(named)}", page["transaction"])
            for holder, reason in page["deferred"].items():
                self.story.say(f"           deferred: {self.story.name(holder)} (the asset's error {reason})")

    # --- the count

    def statement(self, invoice: Listed) -> dict:
        return self.api.get(f"/v1/invoices/{invoice.chain_id}/statement", self.cast.operator)

    def count(self, invoices: list[Listed], before: dict[str, int], after: dict[str, int]) -> None:
        """Every account, contract, invoice and holder: what the API says against the ledger's entries."""
        compare = self.story.compare
        statements = {invoice.label: self.statement(invoice) for invoice in invoices}
        moved = dict.fromkeys(before, 0)
        for statement in statements.values():
            for line in statement["lines"]:
                moved[line["party"]] += units(line["amount"]) * (1 if line["direction"] == "out" else -1)
            held = statement["totals"]
            moved[self.escrow] += units(held["in_escrow"])
            moved[self.distributor] += units(held["claimable"]) + units(held["dust"])
        for address, given in self.outside.items():
            moved[address] += given
        for address, difference in moved.items():
            compare(f"{self.story.name(address)}: change", database=difference, ledger=after[address] - before[address])
        total = sum(after.values()) - sum(before.values())
        compare("all together: change", database=sum(self.outside.values()), ledger=total)
        for invoice in invoices:
            self.count_invoice(invoice, statements[invoice.label])

    def count_invoice(self, invoice: Listed, statement: dict) -> None:
        compare, label = self.story.compare, invoice.label
        assert statement["totals"]["agrees"], statement["totals"]["differences"]
        stored = self.ledger.stored(
            self.escrow, scval.to_symbol("Escrow"), scval.to_bytes(bytes.fromhex(invoice.chain_id))
        )
        # Positions as in contracts/escrow/src/storage.rs and contracts/token/src/storage.rs: entries are vectors.
        *_, funded, refunded, money = stored
        amounts = dict(zip(("received", "holders_gross", "fee_taken"), money[0] if money else (0, 0, 0), strict=False))
        put_in = sum(units(line["amount"]) for line in statement["lines"] if line["what"] == "investment")
        refunded = sum(units(line["amount"]) for line in statement["lines"] if line["what"] == "refund")
        compare(f"{label}: put in by investors", database=put_in, ledger=funded)
        compare(f"{label}: given back to investors", database=refunded, ledger=refunded)
        for name in ("received", "holders_gross", "fee_taken"):
            compare(f"{label}: {name}", database=units(statement[name]), ledger=amounts[name])
        account = self.ledger.stored(self.distributor, scval.to_symbol("Account"), scval.to_address(invoice.token))
        held = units(statement["totals"]["claimable"]) + units(statement["totals"]["dust"])
        compare(f"{label}: held for holders", database=held, ledger=account["received"] - account["paid"])
        supply = 0
        for who in (self.cast.ines, self.cast.ivo, self.cast.iris, self.cast.nora):
            try:
                shares = units(self.api.get(f"/v1/positions/{invoice.chain_id}", who)["shares"])
            except Refused:
                continue
            supply += shares
            entry = self.ledger.stored(invoice.token, scval.to_symbol("Holder"), scval.to_address(who.address))
            compare(f"{label}: shares of {who.name}", database=shares, ledger=entry[0] if entry else 0)
        totals = self.ledger.stored(invoice.token, scval.to_symbol("Totals"))
        compare(f"{label}: all shares", database=supply, ledger=totals[0])


if __name__ == "__main__":
    sys.exit(main())
