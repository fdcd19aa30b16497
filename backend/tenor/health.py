"""Is the process up, is it fit to serve, and its figures. Tells the truth and says why not; changes nothing."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.status_codes import HTTP_200_OK, HTTP_503_SERVICE_UNAVAILABLE
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import func, select

from tenor import metrics as figures
from tenor.chain import comparison, landmark
from tenor.chain.comparison import Compared
from tenor.chain.models import ChainTransaction, Channel, Cursor
from tenor.db import Maker, is_gone, transaction
from tenor.disbursements.models import Disbursement
from tenor.kernel.errors import TenorError
from tenor.world import World

ANSWER_SECONDS = 3
"""What a dependency gets to answer in; a slow one is not fit to serve with."""
TIP_AGE_SECONDS_MAX = 60
LAG_LEDGERS_MAX = 50
CHANNEL_STATES = ("opening", "ready", "low", "closing", "closed")


class Health(msgspec.Struct):
    status: str


class Check(msgspec.Struct):
    """`why` is a sentence when `ok` is false."""

    name: str
    ok: bool
    why: str | None


class Readiness(msgspec.Struct):
    """`ready`: requests may come. `status`: `degraded` when they may, and yet a person has to look at `checks`."""

    ready: bool
    status: Literal["ready", "degraded", "unfit"]
    checks: list[Check]


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the database says of the indexer, of the transactions under way, and of the newest comparison."""

    cursors: list[Cursor] = field(default_factory=list)
    due: int = 0
    compared: Compared | None = None
    stopped: str | None = None
    channels: dict[str, int] = field(default_factory=dict)
    payouts: list[str] = field(default_factory=list)
    """Why batches of payments stand still."""


@get("/health", tags=["operation"])
async def health() -> Health:
    """The process answers; whether it can serve is /ready."""
    return Health("up")


@get("/ready", tags=["operation"])
async def ready(maker: NamedDependency[Maker], world: NamedDependency[World]) -> Response[Readiness]:
    """Database, ledger, indexer and reconciliation, each with the reason when it is not fit; 503 when it cannot serve.

    A difference that `tenor reconcile` found, or a comparison older than three hours, is `degraded` with 200: taking
    the API away would help nobody, since the money is on the ledger, where holders can claim without us, and every
    replica reads the same rows. What moves money goes on too: the contracts decide on their own entries, never on ours.
    A person has to look; the figures and a notice to the admins say so as well.
    """
    needed, told = await _look(maker, world)
    fit, well = all(check.ok for check in needed), all(check.ok for check in told)
    status: Literal["ready", "degraded", "unfit"] = "unfit" if not fit else "ready" if well else "degraded"
    answer = Readiness(fit, status, [*needed, *told])
    return Response(answer, status_code=HTTP_200_OK if fit else HTTP_503_SERVICE_UNAVAILABLE)


@get("/metrics", tags=["operation"], media_type=MediaType.TEXT)
async def metrics(maker: NamedDependency[Maker], world: NamedDependency[World]) -> Response[bytes]:
    """Figures in the text form of Prometheus, those of the worker's rows looked up now."""
    await _look(maker, world)
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _look(maker: Maker, world: World) -> tuple[list[Check], list[Check]]:
    """What serving needs, and what only has to be told. Sets the figures."""
    stored, database = await _database(maker)
    needed = [database, *await _ledger(world, stored.cursors)]
    compared: str | None = "Unknown without the database."
    network = compared
    if database.ok:
        now = world.clock.now()
        compared, network = comparison.complaint(stored.compared, now), stored.stopped
        _figure(stored, now)
    needed.append(Check("network", ok=network is None, why=network))
    told = [
        Check("reconciliation", ok=compared is None, why=compared),
        Check("payouts", ok=not stored.payouts, why="; ".join(stored.payouts) or None),
        await _nodes(world),
    ]
    for check in (*needed, *told):
        figures.CHECKS.labels(check.name).set(check.ok)
    return needed, told


def _figure(stored: _Stored, now: int) -> None:
    compared = stored.compared
    figures.RECONCILIATION_DIFFERENCES.set(0 if compared is None else compared.differences)
    figures.RECONCILIATION_AGE_SECONDS.set(float("inf") if compared is None else compared.age_seconds(now))
    figures.INDEXER_HALTED.set(any(cursor.halted for cursor in stored.cursors))
    figures.TRANSACTIONS_DUE.set(stored.due)
    figures.NETWORK_STOPPED.set(stored.stopped is not None)
    figures.DISBURSEMENTS_WAITING.set(len(stored.payouts))
    for state in CHANNEL_STATES:
        figures.CHANNELS.labels(state).set(stored.channels.get(state, 0))


async def _database(maker: Maker) -> tuple[_Stored, Check]:
    due = select(func.count()).where(ChainTransaction.status.in_(("planned", "signed", "sent")))
    try:
        async with asyncio.timeout(ANSWER_SECONDS), transaction(maker) as session:
            cursors = (await session.scalars(select(Cursor))).all()
            waiting, compared = await session.scalar(due) or 0, await comparison.newest(session)
            channels = select(Channel.state, func.count()).group_by(Channel.state)
            stands = select(Disbursement.waiting).where(Disbursement.status == "running")
            stored = _Stored(
                list(cursors),
                waiting,
                compared,
                await landmark.stopped(session),
                {state: int(count) for state, count in (await session.execute(channels)).all()},
                [why for why in await session.scalars(stands) if why is not None],
            )
    except Exception as error:
        if not is_gone(error):
            raise
        return _Stored(), Check("database", ok=False, why=f"The database does not answer ({type(error).__name__}).")
    return stored, Check("database", ok=True, why=None)


async def _ledger(world: World, cursors: list[Cursor]) -> list[Check]:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            tip = await world.ledger.tip()
    except (TenorError, TimeoutError) as error:
        why = str(error) or "The ledger's node does not answer."
        return [Check("ledger", ok=False, why=why), Check("indexer", ok=False, why="Unknown without the ledger.")]
    age = max(0, world.clock.now() - tip.closed_at)
    lag = max((tip.sequence - cursor.ledger for cursor in cursors), default=tip.sequence)
    figures.LEDGER_TIP_AGE_SECONDS.set(age)
    figures.INDEXER_LAG_LEDGERS.set(lag)
    return [
        _verdict("ledger", age <= TIP_AGE_SECONDS_MAX, f"The node's newest ledger is {age} s old."),
        _indexer(cursors, lag),
    ]


async def _nodes(world: World) -> Check:
    """The RPC servers that lag, lie or are silent, by name. As long as one is sound it is told, and no more."""
    troubled = await world.ledger.troubled()
    return Check("nodes", ok=not troubled, why="; ".join(f"{name}: {why}" for name, why in troubled.items()) or None)


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
