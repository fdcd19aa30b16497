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

SHADOW = "tenor_replay"
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
    """Rebuild every projection and swap it in, in one transaction. The indexer waits; readers only for the swap."""
    async with transaction(maker) as session:
        made = await _rebuild(session, decoder)
        for table in projections():
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


async def _rebuild(session: AsyncSession, decoder: Decoder) -> Replay:
    """Handlers write unqualified names, so a schema in front of the path takes everything they write."""
    await session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    await session.execute(text(f"CREATE SCHEMA {SHADOW}"))
    for table in projections():
        await session.execute(text(f"CREATE TABLE {SHADOW}.{table.name} (LIKE public.{table.name} INCLUDING ALL)"))
    await session.execute(text(f"SET LOCAL search_path = {SHADOW}, public"))
    events = await _project_all(session, decoder)
    await session.flush()
    session.expunge_all()
    different = [row for table in projections() for row in await _differences(session, table)]
    return Replay(events, len(projections()), tuple(different))


async def _project_all(session: AsyncSession, decoder: Decoder) -> int:
    done, last = 0, ""
    while True:
        query = select(ContractEvent).where(ContractEvent.id > last).order_by(ContractEvent.id).limit(_BATCH)
        rows = (await session.scalars(query)).all()
        if not rows:
            return done
        for row in rows:
            event = decoder.decode(raw_event(row))
            if event is None:
                raise UnknownEvent(f"Event {row.id} is in the log, and not of this deployment.")
            await projector.project(session, event)
        done, last = done + len(rows), rows[-1].id


async def _differences(session: AsyncSession, table: Table) -> list[Row]:
    found: list[Row] = []
    sides: list[tuple[str, str, str]] = [("stored", "public", SHADOW), ("replayed", SHADOW, "public")]
    for side, one, other in sides:
        only: Any = text(
            f"SELECT t::text FROM {one}.{table.name} t EXCEPT ALL SELECT t::text FROM {other}.{table.name} t"  # noqa: S608
            f" ORDER BY 1 LIMIT {DIFFERENCES_SHOWN}"
        )
        found += [Row(table.name, side, row) for row in await session.scalars(only)]
    return found
