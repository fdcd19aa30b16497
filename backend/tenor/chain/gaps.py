"""The raw log against what the node still keeps: what is missing, lost or halted. Never projects."""

from dataclasses import dataclass

from sqlalchemy import func, select

from tenor.chain import eventlog
from tenor.chain.eventlog import CURSOR
from tenor.chain.index import decoder_of
from tenor.chain.models import ContractEvent, Cursor
from tenor.db import Maker, transaction
from tenor.world import World

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Gaps:
    """Ledgers are inclusive. `lost`: what neither the log nor the node has; `missing`: events to fetch again."""

    indexed_to: int
    node_oldest: int
    node_newest: int
    lost: tuple[int, int] | None
    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    halted: str | None

    @property
    def clean(self) -> bool:
        return self.lost is None and not self.missing and not self.surplus and self.halted is None


async def gaps(maker: Maker, world: World) -> Gaps:
    """Walks every page that the node keeps, up to the cursor."""
    async with transaction(maker) as session:
        cursor = await session.get(Cursor, CURSOR)
    first = world.deployment.first_ledger
    reached = first - 1 if cursor is None else cursor.ledger
    tip = await world.ledger.tip()
    start = max(first, tip.oldest)
    lost = (reached + 1, tip.oldest - 1) if tip.oldest > reached + 1 else None
    missing, surplus = await _compare(maker, world, start, reached) if start <= reached else ((), ())
    return Gaps(reached, tip.oldest, tip.sequence, lost, missing, surplus, cursor.halted if cursor else None)


async def fetch_again(maker: Maker, world: World, start: int) -> int:
    """Log the events from ledger `start` up to the cursor that are missing there; how many were.

    Projects nothing: a replay has to follow. `EventsLost` when the node does not reach back to `start`.
    """
    decoder = decoder_of(world)
    async with transaction(maker) as session:
        reached = (await eventlog.place(session, first_ledger=world.deployment.first_ledger)).ledger
    found, position = 0, max(start, world.deployment.first_ledger)
    at: int | str = position
    while position <= reached:
        page = await world.ledger.events(filters=decoder.filters(), start=at, limit=_PAGE)
        decoded = [decoder.decode(raw) for raw in page.events if raw.ledger <= reached]
        events = [event for event in decoded if event is not None]
        async with transaction(maker) as session:
            await session.execute(select(func.pg_advisory_xact_lock(eventlog.LOCK)))
            known = await eventlog.append(session, events)
            found += len(events) - len(known or ())
        at, position = page.cursor, (int(page.cursor.split("-")[0]) >> 32) + (len(page.events) < _PAGE)
    return found


async def _compare(maker: Maker, world: World, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    decoder = decoder_of(world)
    theirs: set[str] = set()
    position: int | str = start
    while True:
        page = await world.ledger.events(filters=decoder.filters(), start=position, limit=_PAGE)
        theirs |= {raw.id for raw in page.events if raw.ledger <= end and decoder.decode(raw) is not None}
        reached = page.events[-1].ledger if len(page.events) >= _PAGE else int(page.cursor.split("-")[0]) >> 32
        if reached > end or (len(page.events) < _PAGE and reached >= min(end, page.latest)):
            break
        position = page.cursor
    async with transaction(maker) as session:
        query = select(ContractEvent.id).where(ContractEvent.ledger >= start, ContractEvent.ledger <= end)
        ours = set(await session.scalars(query))
    return tuple(sorted(theirs - ours)), tuple(sorted(ours - theirs))
