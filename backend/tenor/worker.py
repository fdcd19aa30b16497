"""The worker: every job and every sweep on one page. Rows are the queue, arq is the alarm clock; Redis may be lost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from arq import Worker, func
from arq.worker import Function
from redis.exceptions import RedisError

from tenor import idempotency, projector, reconcile
from tenor.accounts import jobs as account_jobs
from tenor.chain import channels, index, jobs, landmark, packs
from tenor.chain.index import IndexHalted
from tenor.db import Maker, create_engine, create_maker, is_gone, transaction
from tenor.disbursements import jobs as disbursement_jobs
from tenor.investments import jobs as investment_jobs
from tenor.invoices import jobs as invoice_jobs
from tenor.kernel.errors import Unavailable
from tenor.logs import log
from tenor.notices import flows as notice_flows
from tenor.notices import jobs as notice_jobs
from tenor.settings import Settings
from tenor.settlements import jobs as settlement_jobs
from tenor.streams import jobs as stream_jobs
from tenor.wiring import live_world, redis_of
from tenor.world import World


@dataclass(frozen=True, slots=True)
class Job:
    """`run` takes a row's id and may be called twice or never; `due` finds every row that wants it (P45).

    `seconds`: how often the sweep looks; `together`: how many rows of one sweep run at once.
    """

    name: str
    run: Callable[[Maker, World, str], Awaitable[object]]
    due: Callable[[Maker, World], Awaitable[Sequence[object]]]
    seconds: float
    together: int = 8


async def _submit(maker: Maker, world: World, subject: str) -> None:
    await jobs.submit(maker, world, projector.finished, subject)


async def _submit_packs(maker: Maker, world: World, _: str) -> None:
    await packs.submit(maker, world, projector.finished)


async def _watch_balances(maker: Maker, world: World, _: str) -> None:
    await disbursement_jobs.watch(maker, world)


async def _verify_channels(maker: Maker, world: World, _: str) -> None:
    await channels.verify(maker, world)


async def _read(maker: Maker, world: World, subject: str) -> None:
    await invoice_jobs.read_invoice(maker, world, UUID(subject))


async def _due_reading(maker: Maker, _: World) -> Sequence[UUID]:
    return await invoice_jobs.due_for_reading(maker)


async def _notify(maker: Maker, world: World, subject: str) -> None:
    await notice_jobs.send(maker, world, UUID(subject))


async def _forget(maker: Maker, world: World, _: str) -> None:
    await account_jobs.forget(maker, world)


async def _forget_requests(maker: Maker, _: World, __: str) -> None:
    async with transaction(maker) as session:
        await idempotency.forget_old(session)


async def _watch(maker: Maker, world: World, _: str) -> None:
    await landmark.watch(maker, world)


async def _reconcile(maker: Maker, world: World, _: str) -> None:
    await reconcile.keep(maker, world)


async def _always(_: Maker, __: World) -> Sequence[str]:
    return ["all"]


async def _due_notices(maker: Maker, world: World) -> Sequence[UUID]:
    async with transaction(maker) as session:
        return await notice_flows.due_ids(session, world.clock.now())


JOBS: tuple[Job, ...] = (
    Job("submit", _submit, jobs.due, seconds=1),
    Job(invoice_jobs.READ_INVOICE, _read, _due_reading, seconds=2, together=2),
    Job(investment_jobs.PUSH, investment_jobs.push, investment_jobs.due, seconds=2),
    Job("submit_packs", _submit_packs, _always, seconds=1),
    Job("disburse", disbursement_jobs.pay, disbursement_jobs.due, seconds=1),
    Job("look_at_parked", disbursement_jobs.look_again, disbursement_jobs.due_again, seconds=30),
    Job("watch_balances", _watch_balances, _always, seconds=30),
    Job("verify_channels", _verify_channels, _always, seconds=30),
    Job("announce", settlement_jobs.announce, settlement_jobs.due, seconds=5),
    Job("settle_stream", stream_jobs.settle, stream_jobs.due, seconds=60),
    Job("send_notice", _notify, _due_notices, seconds=5),
    Job("watch_network", _watch, _always, seconds=landmark.EVERY_SECONDS),
    Job("reconcile", _reconcile, reconcile.due, seconds=60),
    Job("forget_challenges", _forget, _always, seconds=3600),
    Job("forget_requests", _forget_requests, _always, seconds=3600),
)

_WATCH = next(job for job in JOBS if job.name == "watch_network")
INDEX_SECONDS = 0.5
"""Between two looks at the ledger when there was nothing more to read."""
HALTED_SECONDS = 10
REDIS_SECONDS = 2
REST_SECONDS_FIRST, REST_SECONDS_MAX = 1.0, 60.0
"""A row whose job failed rests before the sweep takes it up again, longer each time."""


@dataclass(slots=True)
class Shift:
    """One process at work. `busy` and `resting` only spare effort; what is right never depends on them."""

    maker: Maker
    world: World
    busy: set[tuple[str, str]] = field(default_factory=set)
    resting: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    async def run(self, job: Job, subject: str) -> None:
        """One job for one row; a failure is logged, and the row found again."""
        key = (job.name, subject)
        if key in self.busy:
            return
        self.busy.add(key)
        try:
            await job.run(self.maker, self.world, subject)
            self.resting.pop(key, None)
        except Exception as failed:  # noqa: BLE001 - one row's failure must not stop the others
            self._rest(key)
            self._complain(f"{job.name} {subject}", failed)
        finally:
            self.busy.discard(key)

    async def sweep(self, job: Job) -> None:
        """Every due row once. Needs no Redis (P135)."""
        now = asyncio.get_running_loop().time()
        due = [str(subject) for subject in await job.due(self.maker, self.world)]
        ready = [subject for subject in due if self.resting.get((job.name, subject), (0.0, 0.0))[0] <= now]
        slots = asyncio.Semaphore(job.together)

        async def one(subject: str) -> None:
            async with slots:
                await self.run(job, subject)

        await asyncio.gather(*(one(subject) for subject in ready))

    async def sweep_for_ever(self, job: Job) -> None:
        while True:
            try:
                await self.sweep(job)
            except Exception as failed:  # noqa: BLE001 - a sweep that ends would leave rows for ever
                self._complain(f"sweep {job.name}", failed)
            await asyncio.sleep(job.seconds)

    async def follow_for_ever(self) -> None:
        """The indexer: on without a pause while there is more, slowly while a person is needed."""
        decoder, ahead = index.decoder_of(self.world), index.Ahead()
        while True:
            pause = INDEX_SECONDS
            try:
                if await index.index(
                    self.maker, self.world, decoder, projector.project, post=projector.post, ahead=ahead
                ):
                    continue
            except IndexHalted:
                pause = HALTED_SECONDS
            except Exception as failed:  # noqa: BLE001 - an indexer that ends would be worse than one that complains
                self._complain("index", failed)
                pause = 2 * INDEX_SECONDS
            await asyncio.sleep(pause)

    @staticmethod
    def _complain(what: str, failed: Exception) -> None:
        """Something outside that is away for a while is a warning; everything else is our defect."""
        if isinstance(failed, Unavailable) or is_gone(failed):
            log.warning("put off", what=what, reason=str(failed) or type(failed).__name__)
        else:
            log.error("failed", what=what, exc_info=failed)

    def _rest(self, key: tuple[str, str]) -> None:
        pause = min(self.resting.get(key, (0.0, REST_SECONDS_FIRST / 2))[1] * 2, REST_SECONDS_MAX)
        self.resting[key] = (asyncio.get_running_loop().time() + pause, pause)


async def work(settings: Settings) -> None:
    """Until cancelled: follow the ledger, sweep every kind of row, and listen for nudges."""
    index.relax_collector()
    engine = create_engine(settings.database_url, connections=20)
    try:
        async with live_world(settings) as world, asyncio.TaskGroup() as tasks:
            shift = Shift(create_maker(engine), world)
            await shift.sweep(_WATCH)  # before anything is sent or indexed
            tasks.create_task(shift.follow_for_ever())
            for job in JOBS:
                tasks.create_task(shift.sweep_for_ever(job))
            tasks.create_task(listen_for_ever(settings, shift))
    finally:
        await engine.dispose()


async def listen_for_ever(settings: Settings, shift: Shift) -> None:
    """arq: jobs that were nudged start at once instead of with the next sweep."""
    while True:
        try:
            await listen(settings, shift, until_empty=False)
        except (RedisError, OSError) as lost:
            log.warning("redis lost; sweeps go on", reason=type(lost).__name__)
        await asyncio.sleep(REDIS_SECONDS)


async def listen(settings: Settings, shift: Shift, *, until_empty: bool) -> None:
    """Run what was nudged, until the queue is empty or for ever; `RedisError` or `OSError` when Redis is gone."""
    redis = redis_of(settings)
    arq = Worker(
        functions=[_entry(shift, job) for job in JOBS],
        redis_pool=redis,
        handle_signals=False,
        burst=until_empty,
        keep_result=0,
        poll_delay=0.1,
        max_jobs=20,
    )
    try:
        await arq.async_run()
    finally:
        for task in arq.tasks.values():
            task.cancel()
        await asyncio.gather(*arq.tasks.values(), return_exceptions=True)
        await redis.aclose(close_connection_pool=True)


def _entry(shift: Shift, job: Job) -> Function:
    async def run(_: dict[Any, Any], subject: str) -> None:
        await shift.run(job, subject)

    coroutine: Any = run
    # No result and no second try of arq's: both would block the same id (P132, P133); the sweep is the second try.
    return func(coroutine, name=job.name, keep_result=0, max_tries=1)
