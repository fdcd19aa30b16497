"""The raw log against what the node still keeps: missing events, a lost range, a halted cursor. Repairs nothing."""

from dataclasses import dataclass

from sqlalchemy import select

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
