"""Is the process up, is it fit to serve, and its figures. Tells the truth and says why not; changes nothing."""

import asyncio
from typing import Any

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.status_codes import HTTP_200_OK, HTTP_503_SERVICE_UNAVAILABLE
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import select

from tenor.chain.models import Cursor
from tenor.db import Maker, is_gone, transaction
from tenor.kernel.errors import TenorError
from tenor.metrics import INDEXER_LAG_LEDGERS, LEDGER_TIP_AGE_SECONDS
from tenor.world import World

ANSWER_SECONDS = 3
"""What a dependency gets to answer in; a slow one is not fit to serve with."""
TIP_AGE_SECONDS_MAX = 60
LAG_LEDGERS_MAX = 50


class Health(msgspec.Struct):
    status: str


class Check(msgspec.Struct):
    """`why` is a sentence when `ok` is false."""

    name: str
    ok: bool
    why: str | None


class Readiness(msgspec.Struct):
    ready: bool
    checks: list[Check]


@get("/health", tags=["operation"])
async def health() -> Health:
    """The process answers; whether it can serve is /ready."""
    return Health("up")


@get("/ready", tags=["operation"])
async def ready(maker: NamedDependency[Maker], world: NamedDependency[World]) -> Response[Readiness]:
    """Database, ledger and indexer, each with the reason when it is not fit; 503 when one is not."""
    cursors, database = await _database(maker)
    checks = [database, *await _ledger(world, cursors)]
    fit = all(check.ok for check in checks)
    return Response(Readiness(fit, checks), status_code=HTTP_200_OK if fit else HTTP_503_SERVICE_UNAVAILABLE)


@get("/metrics", tags=["operation"], media_type=MediaType.TEXT)
async def metrics() -> Response[bytes]:
    """Figures in the text form of Prometheus."""
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _database(maker: Maker) -> tuple[list[Cursor], Check]:
    try:
        async with asyncio.timeout(ANSWER_SECONDS), transaction(maker) as session:
            found = (await session.scalars(select(Cursor))).all()
    except Exception as error:
        if not is_gone(error):
            raise
        return [], Check("database", ok=False, why=f"The database does not answer ({type(error).__name__}).")
    return list(found), Check("database", ok=True, why=None)


async def _ledger(world: World, cursors: list[Cursor]) -> list[Check]:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            tip = await world.ledger.tip()
    except (TenorError, TimeoutError) as error:
        why = str(error) or "The ledger's node does not answer."
        return [Check("ledger", ok=False, why=why), Check("indexer", ok=False, why="Unknown without the ledger.")]
    age = max(0, world.clock.now() - tip.closed_at)
    lag = max((tip.sequence - cursor.ledger for cursor in cursors), default=tip.sequence)
    LEDGER_TIP_AGE_SECONDS.set(age)
    INDEXER_LAG_LEDGERS.set(lag)
    return [
        _verdict("ledger", age <= TIP_AGE_SECONDS_MAX, f"The node's newest ledger is {age} s old."),
        _indexer(cursors, lag),
    ]


def _indexer(cursors: list[Cursor], lag: int) -> Check:
    halted = [f"{cursor.name}: {cursor.halted}" for cursor in cursors if cursor.halted]
    if not cursors:
        return Check("indexer", ok=False, why="No ledger has been read yet: is the worker running?")
    if halted:
        return Check("indexer", ok=False, why="; ".join(halted))
    return _verdict("indexer", lag <= LAG_LEDGERS_MAX, f"The projection is {lag} ledgers behind.")


def _verdict(name: str, fit: Any, why: str) -> Check:
    return Check(name, ok=bool(fit), why=None if fit else why)


router = Router("/", route_handlers=[health, ready, metrics], security=[{}])
