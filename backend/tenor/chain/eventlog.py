"""The raw log of contract events and the cursor of who reads the ledger. Appends and moves; never changes an event."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import copying
from tenor.chain.models import ContractEvent, Cursor
from tenor.ledger.events import Event, RawEvent

CURSOR = "events"
LOCK = 0x7E_0A_01
"""Advisory lock of the one indexer that writes (P72)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the log ends. Every event up to `ledger` (inclusive) is in it; `position`: the node's cursor there."""

    position: str | None
    ledger: int
    closed_at: int = 0

    @property
    def start(self) -> int | str:
        return self.ledger + 1 if self.position is None else self.position


async def place(session: AsyncSession, *, first_ledger: int) -> Place:
    """Where to go on, made on the first call."""
    made = insert(Cursor).values(name=CURSOR, position=None, ledger=first_ledger - 1, closed_at=0)
    await session.execute(made.on_conflict_do_nothing())
    row = await session.get_one(Cursor, CURSOR)
    return Place(row.position, row.ledger, row.closed_at)


async def has_reached(session: AsyncSession, ledger: int | None) -> bool:
    """Whether the log, and so every projection, holds all of `ledger`."""
    reached = await session.scalar(select(Cursor.ledger).where(Cursor.name == CURSOR))
    return ledger is not None and reached is not None and reached >= ledger


async def take_over(session: AsyncSession, seen: Place) -> bool:
    """Lock the cursor for this transaction, if nobody else writes and it is still where it was `seen`."""
    if not await session.scalar(select(func.pg_try_advisory_xact_lock(LOCK))):
        return False
    row = await session.get_one(Cursor, CURSOR, with_for_update=True, populate_existing=True)
    return Place(row.position, row.ledger, row.closed_at) == seen


async def move(session: AsyncSession, to: Place) -> None:
    values = {"position": to.position, "ledger": to.ledger, "closed_at": to.closed_at, "halted": None}
    await session.execute(update(Cursor).where(Cursor.name == CURSOR).values(**values))


async def halt(session: AsyncSession, reason: str) -> None:
    await session.execute(update(Cursor).where(Cursor.name == CURSOR).values(halted=reason))


async def append(session: AsyncSession, events: Sequence[Event]) -> frozenset[str] | None:
    """Log `events` (in ledger order) and tell which were there already; None when all are new, as they always are
    unless the cursor was set back. Doubles change nothing (P60).
    """
    if not events:
        return None
    last = await session.scalar(select(func.max(ContractEvent.id)))
    if last is None or last < events[0].raw.id:
        await _copy(session, "contract_event", events)
        return None
    await session.execute(text("CREATE TEMPORARY TABLE incoming (LIKE contract_event) ON COMMIT DROP"))
    await _copy(session, "incoming", events)
    new = await session.scalars(
        text(
            "INSERT INTO contract_event (id, ledger, closed_at, contract, tx_hash, type, topics, value)"
            " SELECT id, ledger, closed_at, contract, tx_hash, type, topics, value FROM incoming"
            " ON CONFLICT (id) DO NOTHING RETURNING id"
        )
    )
    return frozenset(event.raw.id for event in events) - frozenset(new)


def raw_event(row: ContractEvent) -> RawEvent:
    return RawEvent(row.id, row.ledger, row.closed_at, row.contract, row.tx_hash, tuple(row.topics), row.value)


async def _copy(session: AsyncSession, table: str, events: Sequence[Event]) -> None:
    raw = await (await session.connection()).get_raw_connection()
    driver = raw.driver_connection
    assert driver is not None
    await driver.copy_to_table(table, source=copying.rows(events), columns=copying.COLUMNS, format="binary")
