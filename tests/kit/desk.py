"""What tests of the console's seller and desk share: people with roles, papers, an invoice at every stage."""

from dataclasses import replace
from typing import Any

import httpx
from patience import patiently
from people import Person
from stage import Stage
from stellar_sdk import TransactionEnvelope
from trade import Trade

from invoice_files import SAMPLE, SampleInvoice


async def paper(trade: Trade, **changes: Any) -> SampleInvoice:
    """Over 1,000.00 USD, due in 60 days, on paper that a person would recognise."""
    return replace(await trade.sample(seller=SAMPLE.seller, debtor=SAMPLE.debtor), **changes)


async def seller_of(trade: Trade, stage: Stage) -> Person:
    """On the contract's allowlist, able to be paid, with the role."""
    person = await stage.person()
    await grant(trade, person, "seller")
    return person


async def grant(trade: Trade, person: Person, *roles: str) -> Person:
    admin = await trade.platform("admin")
    account_id = (await person.get("/v1/me")).json()["id"]
    for role in roles:
        (await admin.put(f"/v1/accounts/{account_id}/roles/{role}")).raise_for_status()
    return person


async def listed(trade: Trade, seller: Person, **changes: Any) -> dict[str, Any]:
    """On the marketplace. Needs `card` and the debtor in the registry; a worker may be at work beside us."""
    invoice = await trade.accepted(seller, await paper(trade, **changes))
    path = f"/v1/invoices/{invoice['id']}"
    await sign(trade, seller, await seller.post(f"{path}/escrow"))
    await until(trade, seller, path, "awaiting_attestation")
    (await (await trade.platform("operator")).post(f"{path}/attestation")).raise_for_status()
    return await until(trade, seller, path, "listed")


async def funded(trade: Trade, stage: Stage, seller: Person, **changes: Any) -> dict[str, Any]:
    """Listed and fully funded by one investor."""
    invoice = await listed(trade, seller, **changes)
    terms = (await seller.get(f"/v1/marketplace/{invoice['chain_id']}")).raise_for_status().json()
    investor = await stage.person()
    await allowed(stage, investor)
    await stage.invest(investor, invoice["chain_id"], int(terms["advance"].replace(".", "")))
    return await until(trade, seller, f"/v1/invoices/{invoice['id']}", "funded")


async def allowed(stage: Stage, person: Person) -> None:
    """Once the contract's allowlist has this person."""

    async def is_so() -> bool:
        await stage.settle()
        return bool((await person.get("/v1/me")).json()["allowlisted"])

    await patiently(is_so, "nobody was put on the allowlist")


async def sign(trade: Trade, person: Person, drafted: httpx.Response) -> None:
    """As a wallet does, and hand it in; what follows is the worker's."""
    told = drafted.raise_for_status().json()
    envelope = TransactionEnvelope.from_xdr(told["unsigned_xdr"], told["network_passphrase"])
    envelope.sign(person.wallet)
    path = f"/v1/transactions/{told['id']}/signature"
    (await person.post(path, json={"signed_xdr": envelope.to_xdr()})).raise_for_status()


async def until(trade: Trade, person: Person, path: str, status: str) -> dict[str, Any]:
    """What `path` answers once it has this status."""
    seen: dict[str, Any] = {}

    async def is_so() -> bool:
        await trade.settle()
        seen.update((await person.get(path)).raise_for_status().json())
        return bool(seen["status"] == status)

    await patiently(is_so, f"{path} does not become {status}")
    return seen
