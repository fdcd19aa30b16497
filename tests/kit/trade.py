"""Bringing an invoice to the market in a test: people, prices, debtors, and a chain that is driven by hand.

Everything goes through the API and the real ledger; only the worker's loop is replaced by `settle`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
from patience import patiently, read_ledger
from people import LogIn, Person
from stellar_sdk import Keypair, TransactionEnvelope

from invoice_files import SAMPLE, Item, SampleInvoice, ubl
from tenor import projector
from tenor.chain import flows as chain
from tenor.chain import jobs as chain_jobs
from tenor.chain.keys import PlatformKeys
from tenor.db import Maker, transaction
from tenor.invoices import jobs
from tenor.ledger import calls
from tenor.settings import Settings
from tenor.world import World


@dataclass
class Trade:
    client: httpx.AsyncClient
    database: Maker
    world: World
    settings: Settings
    keys: PlatformKeys
    log_in: LogIn
    known: dict[str, Person] = field(default_factory=dict)

    async def platform(self, role: Any) -> Person:
        """The deployment's own admin or operator, logged in once."""
        if role not in self.known:
            self.known[role] = await self.log_in(self.keys.roles[role])
        return self.known[role]

    async def wallet(self) -> Keypair:
        """A new account on the ledger."""
        found = Keypair.random()
        async with httpx.AsyncClient(timeout=20) as http:
            (await http.get(str(self.settings.friendbot_url), params={"addr": found.public_key})).raise_for_status()
        return found

    async def person(self, *roles: str) -> Person:
        """Somebody new with these roles, on the contract's allowlist."""
        found = await self.log_in(await self.wallet())
        admin = await self.platform("admin")
        account_id = (await found.get("/v1/me")).json()["id"]
        for role in roles:
            (await admin.put(f"/v1/accounts/{account_id}/roles/{role}")).raise_for_status()
        address = found.wallet.public_key
        async with transaction(self.database) as session:
            await chain.order(
                session,
                role="operator",
                purpose="set_allowed",
                purpose_key=f"set_allowed:{address}",
                subject=address,
                call=calls.set_allowed(self.world.deployment.escrow, account=address, allowed=True),
            )
        await self.settle()
        return found

    async def settle(self) -> None:
        """Submit and index until nothing is due, as the worker's loop does."""

        async def is_quiet() -> bool:
            due = await chain_jobs.due(self.database, self.world)
            for transaction_id in due:
                await chain_jobs.submit(self.database, self.world, projector.finished, transaction_id)
            await read_ledger(self.database, self.world)
            return not due

        await patiently(is_quiet, "there was still something to submit")

    async def today(self) -> date:
        return date.fromtimestamp((await self.world.ledger.tip()).closed_at)  # noqa: DTZ012 - tests run in UTC

    async def sample(self, **changes: Any) -> SampleInvoice:
        """An invoice over 1,000.00 USD, due in 60 days; `changes` as `SampleInvoice`."""
        today = await self.today()
        plain = replace(
            SAMPLE,
            number=f"R-{uuid4().int % 10**9}",
            currency="USD",
            issue_date=today - timedelta(days=10),
            due_date=today + timedelta(days=60),
            items=(Item("Sensors", 10, 10_000, 0),),
        )
        return replace(plain, **changes)

    async def card(self) -> dict[str, Any]:
        """The starter card, published."""
        admin = await self.platform("admin")
        rules = (await admin.get("/v1/rate-cards/starter")).raise_for_status().json()
        answer = await admin.post("/v1/rate-cards", json={"rules": rules, "note": "The first one"})
        return dict(answer.raise_for_status().json())

    async def debtor(self, vat_id: str = SAMPLE.debtor.vat_id, **changes: Any) -> dict[str, Any]:
        admin = await self.platform("admin")
        body = {"vat_id": vat_id, "name": "Atelier Lumen", "country": "FR", "grade": "B", "reason": "Papers seen"}
        return dict((await admin.post("/v1/debtors", json=body | changes)).raise_for_status().json())

    async def uploaded(self, seller: Person, content: bytes, name: str = "invoice.xml") -> dict[str, Any]:
        """Uploaded and read."""
        answer = await seller.post("/v1/invoices", files={"file": (name, content)})
        assert answer.status_code == 201, answer.text
        await self.read()
        return dict((await seller.get(f"/v1/invoices/{answer.json()['id']}")).raise_for_status().json())

    async def read(self) -> None:
        for invoice_id in await jobs.due_for_reading(self.database):
            await jobs.read_invoice(self.database, self.world, invoice_id)

    async def confirmed(self, seller: Person, invoice: SampleInvoice | None = None) -> dict[str, Any]:
        """A UBL invoice, uploaded, read and confirmed as it was read."""
        invoice = invoice or await self.sample()
        found = await self.uploaded(seller, ubl(invoice))
        answer = await seller.put(f"/v1/invoices/{found['id']}/terms", json=fields_of(invoice))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def accepted(self, seller: Person, invoice: SampleInvoice | None = None, **ask: Any) -> dict[str, Any]:
        """Confirmed, priced, and the price accepted. Needs `card` and `debtor`."""
        found = await self.confirmed(seller, invoice)
        path = f"/v1/invoices/{found['id']}"
        quote = await seller.post(f"{path}/quote", json=ask)
        assert quote.status_code == 201, quote.text
        answer = await seller.post(f"{path}/acceptance", json={"quote_id": quote.json()["id"]})
        return dict(answer.raise_for_status().json())

    async def sign(self, person: Person, drafted: httpx.Response) -> dict[str, Any]:
        """Sign a drafted transaction as a wallet does, hand it in, and let the ledger have it."""
        assert drafted.status_code in {200, 201}, drafted.text
        told = drafted.json()
        envelope = TransactionEnvelope.from_xdr(told["unsigned_xdr"], told["network_passphrase"])
        envelope.sign(person.wallet)
        path = f"/v1/transactions/{told['id']}"
        (await person.post(f"{path}/signature", json={"signed_xdr": envelope.to_xdr()})).raise_for_status()
        await self.settle()
        return dict((await person.get(path)).raise_for_status().json())

    async def on_ledger(self, seller: Person, invoice: SampleInvoice | None = None) -> dict[str, Any]:
        """Listed on the ledger, waiting for its attestation."""
        found = await self.accepted(seller, invoice)
        sent = await self.sign(seller, await seller.post(f"/v1/invoices/{found['id']}/escrow"))
        assert sent["status"] == "confirmed", sent
        return dict((await seller.get(f"/v1/invoices/{found['id']}")).raise_for_status().json())

    async def listed(self, seller: Person, invoice: SampleInvoice | None = None) -> dict[str, Any]:
        """On the marketplace: attested by the operator. The debtor needs a wallet."""
        found = await self.on_ledger(seller, invoice)
        operator = await self.platform("operator")
        answer = await operator.post(f"/v1/invoices/{found['id']}/attestation")
        assert answer.status_code == 202, answer.text
        await self.settle()
        return dict((await seller.get(f"/v1/invoices/{found['id']}")).raise_for_status().json())


def fields_of(invoice: SampleInvoice) -> dict[str, str]:
    """What a seller confirms of it."""
    return {
        "number": invoice.number,
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat(),
        "currency": invoice.currency,
        "amount_due": f"{invoice.amount_due // 100}.{invoice.amount_due % 100:02}",
        "seller_name": invoice.seller.name,
        "seller_vat_id": invoice.seller.vat_id,
        "debtor_name": invoice.debtor.name,
        "debtor_vat_id": invoice.debtor.vat_id,
    }
