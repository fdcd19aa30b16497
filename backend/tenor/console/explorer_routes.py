"""The explorer of a local network as pages: ledgers, transactions, events, contracts. Decides nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import httpx
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from tenor.console.explorer import Explorer, LedgerEntryUnknown, kind_of
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.settings import Settings
from tenor.world import World

EVENT_LEDGERS = 2_000
"""How far back a contract's events are looked for."""
Before = Annotated[int | None, QueryParameter(ge=2, le=2**32)]


@get("/explorer")
async def explorer(
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    world: NamedDependency[World],
    before: Before = None,
) -> Response[str]:
    async with _on(visitor, settings) as ledger:
        lines = await ledger.ledgers(before=before)
        recent = await ledger.transactions(first=lines[-1].sequence, last=lines[0].sequence) if lines else []
        tip = await ledger.tip()
    counts: dict[int, int] = {}
    for one in recent:
        counts[one.ledger] = counts.get(one.ledger, 0) + 1
    return page(
        visitor,
        "explorer.html",
        ledgers=lines,
        recent=recent,
        counts=counts,
        tip=tip,
        names=_names(world),
        older=lines[-1].sequence if lines and lines[-1].sequence > tip["oldestLedger"] else None,
        before=before,
    )


@get("/explorer/find")
async def find(visitor: NamedDependency[Visitor], question: FromQuery[str] = "") -> Redirect:
    return Redirect(f"/explorer/{kind_of(question[:100])}") if visitor.local else Redirect("/")


@get("/explorer/ledgers/{sequence:int}")
async def one_ledger(
    sequence: FromPath[int],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    world: NamedDependency[World],
) -> Response[str]:
    async with _on(visitor, settings) as ledger:
        lines = await ledger.ledgers(before=sequence + 1)
        if not lines or lines[0].sequence != sequence:
            raise LedgerEntryUnknown(f"The network has no ledger {sequence}, or has forgotten it.")
        found = await ledger.transactions(first=sequence, last=sequence)
        events = await ledger.events(first=sequence, last=sequence)
    return page(
        visitor, "explorer_ledger.html", ledger=lines[0], transactions=found, events=events, names=_names(world)
    )


@get("/explorer/transactions/{tx_hash:str}")
async def one_transaction(
    tx_hash: FromPath[str],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    world: NamedDependency[World],
) -> Response[str]:
    async with _on(visitor, settings) as ledger:
        found = await ledger.transaction(tx_hash)
        events = await ledger.events(first=found.ledger, last=found.ledger)
    mine = [event for event in reversed(events) if event.tx_hash == tx_hash]
    return page(visitor, "explorer_transaction.html", tx=found, events=mine, names=_names(world))


@get("/explorer/contracts/{address:str}")
async def one_contract(
    address: FromPath[str],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    world: NamedDependency[World],
) -> Response[str]:
    kind_of(address)
    async with _on(visitor, settings) as ledger:
        tip = await ledger.tip()
        first = max(tip["oldestLedger"], tip["latestLedger"] - EVENT_LEDGERS)
        events = await ledger.events(contract=address, first=first)
    names = _names(world)
    return page(
        visitor,
        "explorer_contract.html",
        address=address,
        events=events[:200],
        names=names,
        first=first,
        wasm_hash=world.deployment.wasm_hashes.get(names.get(address, "").lower()),
    )


@asynccontextmanager
async def _on(visitor: Visitor, settings: Settings) -> AsyncIterator[Explorer]:
    if not visitor.local:
        raise LedgerEntryUnknown("The explorer is for a local network; use a public one for a public network.")
    async with httpx.AsyncClient() as client:
        yield Explorer(client, settings.rpc_url)


def _names(world: World) -> dict[str, Any]:
    """Address -> what people call it."""
    here = world.deployment
    return {here.escrow: "Escrow", here.distributor: "Distributor"} | {one.contract: one.code for one in here.assets}


PAGES = (explorer, find, one_ledger, one_transaction, one_contract)
