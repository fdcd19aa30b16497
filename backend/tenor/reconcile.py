"""The projections against the ledger's own entries, zero tolerance. Reads both sides; corrects neither (P63)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import xdr

from tenor import expectations
from tenor.accounts import flows as accounts
from tenor.books import flows as books
from tenor.chain import comparison
from tenor.chain.eventlog import CURSOR
from tenor.chain.models import Cursor, Reconciliation
from tenor.db import Maker, transaction
from tenor.expectations import Expected, earned
from tenor.investments.models import ShareToken
from tenor.invoices.models import Escrow
from tenor.kernel.ids import new_id
from tenor.ledger import footprint
from tenor.ledger.entries import stored
from tenor.ledger.footprint import Settlement
from tenor.notices.flows import notify
from tenor.settlements import statements
from tenor.settlements.models import Owed
from tenor.streams.models import Stream, StreamOwed
from tenor.world import World

EVERY, KEPT = timedelta(hours=1), timedelta(days=30)
FINDINGS_MAX = 100
"""Of each kind, kept with a comparison; the command says them all."""
_PASSES = 3
"""A difference counts when it is there, unchanged, each time we look: the ledger moves while we read."""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """`where`: the ledger entry in words; `field`: its part; what the database and what the ledger says."""

    where: str
    field: str
    database: str
    ledger: str


@dataclass(frozen=True, slots=True)
class Report:
    """`compared`: values on both sides. `gifts`: units beyond every claim, by pot; nobody owes or misses them.

    `unbalanced`: invoices whose own rows do not add up, in words.
    """

    compared: int
    differences: tuple[Difference, ...]
    unbalanced: tuple[str, ...]
    gifts: tuple[str, ...]
    projected_ledger: int


async def reconcile(maker: Maker, world: World) -> Report:
    """Every escrow, share token, holding, owed amount, stream and pot, page by page.

    `LedgerUnavailable` when the ledger cannot be read.
    """
    found: set[Difference] | None = None
    for _ in range(_PASSES):
        compared, differences, gifts, ledger = await _pass(maker, world)
        found = differences if found is None else found & differences
        if not found:
            break
    async with transaction(maker) as session:
        broken = await statements.broken(session)
        entries = await books.unbalanced(session)
    invoices = [f"invoice {chain_id}: {'; '.join(faults)}" for chain_id, faults in broken.items()]
    unbalanced = (*invoices, *entries)
    return Report(compared, tuple(sorted(found or ())), unbalanced, tuple(sorted(gifts)), ledger)


async def due(maker: Maker, world: World) -> list[str]:
    """For the worker: something to do when the newest comparison is older than `EVERY`, or there is none."""
    since = datetime.fromtimestamp(world.clock.now(), UTC) - EVERY
    async with transaction(maker) as session:
        recent = await session.scalar(select(Reconciliation.id).where(Reconciliation.at > since).limit(1))
    return [] if recent else ["all"]


async def keep(maker: Maker, world: World) -> None:
    """Compare, store what was found, and tell the admins once of each run of differences."""
    report = await reconcile(maker, world)
    now = datetime.fromtimestamp(world.clock.now(), UTC)
    findings = [
        f"{each.where}: {each.field} is {each.database} here and {each.ledger} on the ledger"
        for each in report.differences[:FINDINGS_MAX]
    ]
    async with transaction(maker) as session:
        session.add(
            Reconciliation(
                id=new_id(),
                at=now,
                ledger=report.projected_ledger,
                compared=report.compared,
                findings=[*findings, *report.unbalanced[:FINDINGS_MAX]],
            )
        )
        await session.flush()
        await forget_old(session, now)
        await _tell(session, world)


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """What is older than `KEPT` goes, but not the beginning of differences that are still there."""
    found = await comparison.newest(session)
    since = None if found is None else found.since
    oldest = min(now - KEPT, since or now)
    await session.execute(delete(Reconciliation).where(Reconciliation.at < oldest))


async def _tell(session: AsyncSession, world: World) -> None:
    found = await comparison.newest(session)
    if found is None or found.since is None:
        return
    for account_id in await accounts.admins(session, world):
        await notify(
            session,
            account_id=account_id,
            key=f"reconciliation_differs:{found.since.isoformat()}",
            kind="reconciliation_differs",
            subject=found.since.isoformat(),
            title="The database differs from the ledger",
            body=comparison.difference(found.differences, found.since),
        )


async def _pass(maker: Maker, world: World) -> tuple[int, set[Difference], set[str], int]:
    differences: set[Difference] = set()
    compared = 0
    async for page in expectations.pages(maker, world):
        entries = await world.ledger.entries([each.key for each in page])
        for each, entry in zip(page, entries, strict=True):
            pairs = list(_pairs(each, entry))
            compared += len(pairs)
            differences |= {Difference(each.where, name, repr(a), repr(b)) for name, a, b in pairs if a != b}
    here = world.deployment
    ours = [each for each in (here.escrow, here.distributor, here.stream) if each is not None]
    async with transaction(maker) as session:
        pots = await _pots(session, world)
        booked = {(each.asset, each.account): each.units for each in await books.trial_balance(session, accounts=ours)}
        projected = await session.scalar(select(Cursor.ledger).where(Cursor.name == CURSOR)) or 0
    balances = await _balances(world, [(asset, owner) for asset, owner, _ in pots])
    gifts: set[str] = set()
    for (asset, owner, units), held in zip(pots, balances, strict=True):
        compared += 2
        where = f"{_contract(world, owner)} {owner} in {asset.code}"
        if (journal := booked.get((asset.contract, owner), 0)) != units:
            differences.add(Difference(f"journal of {where}", "balance", str(journal), str(units)))
        if held < units:
            differences.add(Difference(where, "balance", f">= {units}", str(held)))
        elif held > units:
            gifts.add(f"{where} holds {held - units} units that nobody claims.")
    return compared, differences, gifts, projected


def _contract(world: World, address: str) -> str:
    here = world.deployment
    return {here.escrow: "escrow", here.stream: "stream"}.get(address, "distributor")


def _pairs(expected: Expected, entry: xdr.LedgerEntryData | None) -> Iterable[tuple[str, Any, Any]]:
    """(field, database's value, ledger's value); only fields that the projection keeps."""
    there = None if entry is None or entry.contract_data is None else _hexed(stored(entry.contract_data))
    if expected.values is None or there is None:
        yield "entry", expected.values, there
        return
    if expected.index is not None:
        there["earned"] = earned(there["balance"], there["index"], there["accrued_scaled"], expected.index)
    for name, value in expected.values.items():
        yield name, value, _at(there, name)


def _at(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = value[part] if part else value
    return value


def _hexed(value: Any) -> Any:
    """Bytes as hex, so that both sides read alike."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: _hexed(item) for key, item in value.items()}
    return value


async def _pots(session: AsyncSession, world: World) -> list[tuple[Settlement, str, int]]:
    """(asset, contract, units it must hold): unreleased funding, owed amounts, what was not paid out, streams."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    here = world.deployment
    unreleased = select(Escrow.asset, func.sum(Escrow.funded_units - Escrow.refunded_units)).where(
        Escrow.funded_at.is_(None)
    )
    for asset, units in await session.execute(unreleased.group_by(Escrow.asset)):
        held[asset, here.escrow] += int(units)
    owed = select(Owed.asset, func.sum(Owed.units)).where(Owed.paid_event_id.is_(None)).group_by(Owed.asset)
    for asset, units in await session.execute(owed):
        held[asset, here.escrow] += int(units)
    waiting = select(ShareToken.asset, func.sum(ShareToken.received_units - ShareToken.paid_units))
    for asset, units in await session.execute(waiting.group_by(ShareToken.asset)):
        held[asset, here.distributor] += int(units)
    if here.stream is not None:
        for asset, units in await _streaming(session):
            held[asset, here.stream] += units
    known = {asset.contract: Settlement(asset.contract, asset.code, asset.issuer) for asset in here.assets}
    return [(known[asset], owner, units) for (asset, owner), units in sorted(held.items()) if asset in known]


async def _streaming(session: AsyncSession) -> list[tuple[str, int]]:
    """Locked in streams and gone nowhere yet; and what somebody could not take."""
    locked = select(Stream.asset, func.sum(Stream.deposited_units - Stream.paid_units - Stream.returned_units))
    waiting = select(StreamOwed.asset, func.sum(StreamOwed.units))
    rows = [
        *await session.execute(locked.group_by(Stream.asset)),
        *await session.execute(waiting.group_by(StreamOwed.asset)),
    ]
    return [(asset, int(units)) for asset, units in rows]


async def _balances(world: World, wanted: list[tuple[Settlement, str]]) -> list[int]:
    keys = [footprint.balance_key(asset, owner) for asset, owner in wanted]
    entries = await world.ledger.entries([key for key in keys if key is not None])
    return [
        0 if entry is None or entry.contract_data is None else int(stored(entry.contract_data)["amount"])
        for entry in entries
    ]
