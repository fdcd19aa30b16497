"""Connections that went away, questions asked of the driver itself, and what a server that ends says of both."""

import asyncio

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from tenor.chain.models import Cursor
from tenor.db import Maker, ask, is_gone, question, transaction

PLACE = question(select(Cursor.ledger).where(Cursor.name == bindparam("wanted")))


OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


async def _end_all_connections(database: Maker) -> None:
    """As a restart of the server does, seen from here; returns when they have ended."""
    async with transaction(database) as session:
        await session.execute(text(f"SELECT pg_terminate_backend(pid) {OTHERS}"))
        while await session.scalar(text(f"SELECT count(*) {OTHERS}")):
            await session.execute(text("SELECT pg_stat_clear_snapshot()"))


async def _sleepers(database: Maker) -> int:
    async with transaction(database) as session:
        running = f"SELECT count(*) {OTHERS} AND state = 'active' AND query LIKE '%pg_sleep(%'"
        return int(await session.scalar(text(running)) or 0)


async def _open(database: Maker, count: int) -> None:
    """`count` connections in the pool."""
    ready = asyncio.Barrier(count)

    async def one() -> None:
        async with transaction(database) as session:
            await session.execute(text("SELECT 1"))
            await ready.wait()

    await asyncio.gather(*(one() for _ in range(count)))


async def test_a_connection_that_the_server_ended_is_replaced_before_anybody_gets_it(
    database: Maker, engine: AsyncEngine
) -> None:
    await _open(database, 6)
    await _end_all_connections(database)
    assert engine.pool.checkedin() == 6  # type: ignore[attr-defined] # a queue pool
    await _open(database, 6)
    assert await ask(database, PLACE, wanted="nobody") == []


async def test_a_question_is_answered_with_its_own_values_each_time(database: Maker) -> None:
    async with transaction(database) as session:
        session.add_all(
            Cursor(name=name, position=None, ledger=ledger, closed_at=0, halted=None)
            for name, ledger in (("a", 1), ("b", 2))
        )
    found = [[row["ledger"] for row in await ask(database, PLACE, wanted=name)] for name in ("a", "b", "c", "a")]
    assert found == [[1], [2], [], [1]]


async def test_who_asks_while_the_server_ends_is_told_that_it_is_gone(database: Maker) -> None:
    await ask(database, PLACE, wanted="a")
    asked = asyncio.ensure_future(ask(database, question(select(text("pg_sleep(30)")))))
    while not await _sleepers(database):  # noqa: ASYNC110 - only the server knows
        await asyncio.sleep(0.02)
    await _end_all_connections(database)
    with pytest.raises(Exception) as ended:
        await asked
    assert is_gone(ended.value)


async def test_a_question_gives_its_connection_back_whatever_happens(database: Maker, engine: AsyncEngine) -> None:
    for _ in range(15):
        with pytest.raises(KeyError):
            await ask(database, PLACE)
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
