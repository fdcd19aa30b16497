"""Channel accounts: opened, verified, topped up and merged by orders of the treasury. `leases` lends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import leases, packs
from tenor.chain.models import ChainTransaction, Channel, SourceLease
from tenor.chain.signer import CHANNELS_MAX
from tenor.db import Maker, transaction
from tenor.kernel.errors import Conflict, Invalid
from tenor.kernel.ids import new_id
from tenor.ledger import packing
from tenor.ledger.footprint import account_key
from tenor.ledger.packing import Classic, Close, Open, Operation, Pay
from tenor.world import World

XLM = Classic("XLM", None)
STARTING_STROOPS = 50_000_000
"""5 XLM: one for the reserve, four for fees (40,000 operations at the least bid). Nobody sponsors it."""
LOW_STROOPS = 2_000_000
"""A channel with less to spend than two hundred-operation packs at a hundred times the least bid is low."""
_MERGED_TOGETHER = 19
"""A transaction carries twenty signatures; one is the treasury's."""


class TooManyChannels(Invalid):
    pass


class ChannelsBusy(Conflict):
    """They are under way, or quarantined until an outcome is known."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A channel as database and ledger have it. `lends_to`: the transaction that holds it, None when free.

    `spare_stroops`: above the reserve, None when the account is not there.
    """

    number: int
    address: str
    state: str
    spare_stroops: int | None
    lends_to: UUID | None


async def verify(maker: Maker, world: World) -> list[Seen]:
    """Every channel after its state was set to what the ledger says of its account."""
    async with transaction(maker) as session:
        rows = (await session.scalars(select(Channel).order_by(Channel.number))).all()
        held = {lease.source: lease.transaction_id for lease in await session.scalars(select(SourceLease))}
    found = await world.ledger.entries([account_key(row.address) for row in rows]) if rows else []
    seen = []
    for row, entry in zip(rows, found, strict=True):
        account = None if entry is None else entry.account
        spare = None if account is None else leases.spare(account)
        seen.append(Seen(row.number, row.address, _state(row.state, spare), spare, held.get(row.address)))
    changed = [(row, now) for row, now in zip(rows, seen, strict=True) if row.state != now.state]
    if changed:
        async with transaction(maker) as session:
            for row, now in changed:
                same = (Channel.number == row.number) & (Channel.state == row.state)
                await session.execute(update(Channel).where(same).values(state=now.state))
    return seen


async def open_more(session: AsyncSession, world: World, count: int, *, stroops: int = STARTING_STROOPS) -> list[UUID]:
    """Orders of the treasury that open `count` channels with `stroops` each, and those that were never opened.

    A number is used once; what the ledger has already, of a database that was lost, is taken up as it is.
    """
    first = (await session.scalar(select(func.max(Channel.number))) or 0) + 1
    if count < 1 or first + count - 1 > CHANNELS_MAX:
        raise TooManyChannels(f"There can be {CHANNELS_MAX} channels; {first - 1} are there or were.")
    unopened = select(Channel.number).where(Channel.state == "opening").order_by(Channel.number)
    numbers = [*await session.scalars(unopened), *range(first, first + count)]
    addresses = {number: world.signer.channel(number) for number in numbers}
    there = await world.ledger.entries([account_key(address) for address in addresses.values()])
    missing = [number for number, entry in zip(numbers, there, strict=True) if entry is None]
    session.add_all([Channel(number=n, address=addresses[n], state="opening") for n in numbers if n >= first])
    wanted: list[Operation] = [Open(addresses[number], stroops) for number in missing]
    return await _order(session, world, "open_channels", missing, wanted, together=packing.OPERATIONS_MAX)


async def top_up(session: AsyncSession, world: World, seen: Sequence[Seen], *, stroops: int) -> list[UUID]:
    """Orders of the treasury that bring every channel in use to `stroops` above its reserve; none for what has that."""
    short = [each for each in seen if each.state in {"ready", "low"} and (each.spare_stroops or 0) < stroops]
    wanted: list[Operation] = [Pay(each.address, stroops - (each.spare_stroops or 0)) for each in short]
    numbers = [each.number for each in short]
    return await _order(session, world, "top_up_channels", numbers, wanted, together=packing.OPERATIONS_MAX)


async def merge(session: AsyncSession, world: World, seen: Sequence[Seen]) -> list[UUID]:
    """Orders that merge those of `seen` which are free into the treasury; they lend no more from now on.

    What is under way or quarantined stays: ask again when that is over. `ChannelsBusy` when all are.
    """
    numbers = [each.number for each in seen if each.spare_stroops is not None]
    lends = exists().where(SourceLease.source == Channel.address)
    free = select(Channel).where(Channel.number.in_(numbers), ~lends).order_by(Channel.number)
    rows = (await session.scalars(free.with_for_update(skip_locked=True))).all()
    # A lease may have been written between the look and the lock: what is locked now is asked once more.
    held = select(SourceLease.source).where(SourceLease.source.in_([row.address for row in rows]))
    busy = set(await session.scalars(held))
    rows = [row for row in rows if row.address not in busy]
    if numbers and not rows:
        raise ChannelsBusy("All of them lend their sequence just now: ask again when that is over.")
    for row in rows:
        row.state = "closing"
    wanted: list[Operation] = [Close(row.address) for row in rows]
    closed = [row.number for row in rows]
    return await _order(session, world, "merge_channels", closed, wanted, together=_MERGED_TOGETHER)


async def outcome(maker: Maker, ordered: Sequence[UUID]) -> list[ChainTransaction]:
    async with transaction(maker) as session:
        found = select(ChainTransaction).where(ChainTransaction.id.in_(ordered)).order_by(ChainTransaction.id)
        return list(await session.scalars(found))


async def _order(
    session: AsyncSession,
    world: World,
    purpose: str,
    numbers: Sequence[int],
    wanted: Sequence[Operation],
    *,
    together: int,
) -> list[UUID]:
    treasury, ordered = world.signer.address("treasury"), []
    for start in range(0, len(wanted), together):
        part = numbers[start : start + together]
        ordered.append(
            await packs.order(
                session,
                role="treasury",
                purpose=purpose,
                purpose_key=f"{purpose}:{part[0]}-{part[-1]}:{new_id()}",
                subject=f"{part[0]}-{part[-1]}",
                packed=packing.operations(treasury, XLM, list(wanted[start : start + together])),
                closes=part if purpose == "merge_channels" else (),
                road="own",
            )
        )
    return ordered


def _state(before: str, spare: int | None) -> str:
    if spare is None:
        return "closed" if before in {"closing", "closed"} else "opening"
    if before == "closing":
        return before
    return "ready" if spare >= LOW_STROOPS else "low"
