"""Projections made anew from the raw log beside the running system, then compared or swapped in. Asks no ledger."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from tenor import projector
from tenor.chain import landmark
from tenor.chain.eventlog import LOCK, raw_event
from tenor.chain.models import ChainTransaction, ContractEvent
from tenor.db import Base, Maker, transaction
from tenor.ledger.decoder import Decoder, UnknownEvent
from tenor.ledger.events import Event

SHADOW, BEFORE = "tenor_replay", "tenor_before"
_ONE_AT_A_TIME = 0x7E_0A_02
"""Advisory lock of the one replay that runs."""
DIFFERENCES_SHOWN = 20
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row that only one side has. `side`: `stored` (what is there) or `replayed` (what the log says)."""

    table: str
    side: str
    row: str


@dataclass(frozen=True, slots=True)
class Replay:
    """`events` replayed over; `different`: the first rows of each table that differ, none when byte-identical (P69)."""

    events: int
    tables: int
    different: tuple[Row, ...]


class _Undo(Exception):
    """Leaves a comparison's transaction without a trace."""


def projections() -> list[Table]:
    """Tables that are a function of the log, by the mark on their models."""
    return [table for table in Base.metadata.sorted_tables if table.info.get("projection")]


async def replay(maker: Maker, decoder: Decoder) -> Replay:
    """Rebuild every projection beside the running system and swap it in, in one transaction.

    The indexer goes on meanwhile and waits only for what is left at the end; readers wait for the swap, which is left
    out where nothing differs.
    """
    async with transaction(maker) as session:
        made = await _rebuild(session, decoder)
        for table in projections() if made.different else ():
            await session.execute(text(f"TRUNCATE public.{table.name}"))
            await session.execute(text(f"INSERT INTO public.{table.name} SELECT * FROM {SHADOW}.{table.name}"))  # noqa: S608
        await session.execute(text(f"DROP SCHEMA {SHADOW} CASCADE"))
    return made


async def check(maker: Maker, decoder: Decoder) -> Replay:
    """Rebuild and compare, byte by byte; nothing is changed."""
    held: list[Replay] = []
    try:
        async with transaction(maker) as session:
            held.append(await _rebuild(session, decoder))
            raise _Undo
    except _Undo:
        return held[0]


async def changed_by(maker: Maker, decoder: Decoder, ledger: int) -> Replay:
    """What the events of one ledger did to the projections: rows only `before` it and only `after` it."""
    held: list[Replay] = []
    try:
        async with transaction(maker) as session:
            await _make_shadow(session)
            last = await _project_all(session, decoder, until=ledger - 1)
            await session.execute(text(f"CREATE SCHEMA {BEFORE}"))
            for table in projections():
                await session.execute(
                    text(f"CREATE TABLE {BEFORE}.{table.name} AS SELECT * FROM {SHADOW}.{table.name}")  # noqa: S608
                )
            done = await _project_all(session, decoder, after=last.event_id, until=ledger)
            different = await _differences(session, {"before": BEFORE, "after": SHADOW})
            held.append(Replay(done.events, len(projections()), different))
            raise _Undo
    except _Undo:
        return held[0]


async def begin_again(maker: Maker) -> str | None:
    """Forget a network that was reset: log, projections, cursor; close what was under way there. Intents stay.

    Returns why, or None and changes nothing while the network is the one we knew (P23).
    """
    async with transaction(maker) as session:
        why = await landmark.stopped(session)
        if why is None:
            return None
        await session.execute(select(func.pg_advisory_xact_lock(LOCK)))
        names = ", ".join(table.name for table in projections())
        await session.execute(
            text(f"TRUNCATE {names}, contract_event, chain_cursor, chain_landmark, chain_source_lease")
        )
        ended = {"status": "failed", "error_code": "NetworkReset", "error_sentence": "Its network was reset."}
        open_rows = ChainTransaction.status.in_(("planned", "built", "signed", "sent"))
        await session.execute(update(ChainTransaction).where(open_rows).values(**ended))
    return why


@dataclass(frozen=True, slots=True)
class _Done:
    """`event_id`: the last event that was projected, empty when there was none."""

    events: int
    event_id: str


async def _rebuild(session: AsyncSession, decoder: Decoder) -> Replay:
    await _make_shadow(session)
    most = await _project_all(session, decoder)
    await session.execute(select(func.pg_advisory_xact_lock(LOCK)))  # the indexer's: from here on nothing is added
    rest = await _project_all(session, decoder, after=most.event_id)
    different = await _differences(session, {"stored": "public", "replayed": SHADOW})
    return Replay(most.events + rest.events, len(projections()), different)


async def _make_shadow(session: AsyncSession) -> None:
    """Handlers write unqualified names, so a schema in front of the path takes everything they write."""
    await session.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    await session.execute(text(f"CREATE SCHEMA {SHADOW}"))
    for table in projections():
        await session.execute(text(f"CREATE TABLE {SHADOW}.{table.name} (LIKE public.{table.name} INCLUDING ALL)"))
    await session.execute(text(f"SET LOCAL search_path = {SHADOW}, public"))


async def _project_all(session: AsyncSession, decoder: Decoder, *, after: str = "", until: int | None = None) -> _Done:
    """Every event behind the id `after`, up to the ledger `until`."""
    done, last = 0, after
    while True:
        query = select(ContractEvent).where(ContractEvent.id > last).order_by(ContractEvent.id).limit(_BATCH)
        if until is not None:
            query = query.where(ContractEvent.ledger <= until)
        rows = (await session.scalars(query)).all()
        if not rows:
            return _Done(done, last)
        events = [_event(decoder, row) for row in rows]
        for event in events:
            await projector.project(session, event)
        await projector.post(session, decoder, events)
        done, last = done + len(rows), rows[-1].id
        await session.flush()
        session.expunge_all()  # what a session remembers would grow with the log


def _event(decoder: Decoder, row: ContractEvent) -> Event:
    event = decoder.decode(raw_event(row))
    if event is None:
        raise UnknownEvent(f"Event {row.id} is in the log, and not of this deployment.")
    return event


async def _differences(session: AsyncSession, sides: dict[str, str]) -> tuple[Row, ...]:
    """Rows that only one of two schemas has. `sides`: what each is called, and its schema."""
    found: list[Row] = []
    pairs = [(side, one, next(other for other in sides.values() if other != one)) for side, one in sides.items()]
    for table in projections():
        for side, one, other in pairs:
            only: Any = text(
                f"SELECT t::text FROM {one}.{table.name} t EXCEPT ALL SELECT t::text FROM {other}.{table.name} t"  # noqa: S608
                f" ORDER BY 1 LIMIT {DIFFERENCES_SHOWN}"
            )
            found += [Row(table.name, side, row) for row in await session.scalars(only)]
    return tuple(found)
