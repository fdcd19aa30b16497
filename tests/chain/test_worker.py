"""The worker's shift: rows are the queue, whatever Redis and arq do."""

import ast
import asyncio
from pathlib import Path
from typing import Any

import pytest
from redis_server import running_redis
from submitting import Submitter

import tenor
from tenor import worker
from tenor.chain import flows
from tenor.chain.nudger import ArqNudger
from tenor.db import Maker, transaction
from tenor.ledger import calls
from tenor.ledger.errors import LedgerUnavailable
from tenor.settings import load
from tenor.wiring import redis_of
from tenor.worker import JOBS, Job, Shift
from tenor.world import World

SUBMIT = next(job for job in JOBS if job.name == "submit")


async def planned(maker: Maker, key: str = "allow:1") -> str:
    from chainkit import ALICE, ESCROW

    async with transaction(maker) as session:
        row = await flows.order(
            session, role="operator", purpose="set_allowed", purpose_key=key, subject=ALICE,
            call=calls.set_allowed(ESCROW, account=ALICE, allowed=True),
        )  # fmt: skip
    return str(row.id)


async def test_p133_p135_a_sweep_alone_brings_everything_to_its_end(submitter: Submitter, node: Any) -> None:
    shift = Shift(submitter.maker, submitter.world)
    rows = [await planned(submitter.maker, f"allow:{n}") for n in range(3)]
    for _ in range(8):
        await shift.sweep(SUBMIT)
        node.close()
    assert [(await submitter.row(row)).status for row in rows] == ["confirmed"] * 3


async def test_p045_one_row_that_fails_does_not_hold_up_the_others(database: Maker, world: World) -> None:
    done: list[str] = []

    async def run(_: Maker, __: World, subject: str) -> None:
        if subject == "bad":
            raise ValueError(subject)
        done.append(subject)

    async def due(_: Maker, __: World) -> list[str]:
        return ["a", "bad", "b"]

    shift = Shift(database, world)
    job = Job("any", run, due, seconds=1)
    await shift.sweep(job)
    assert sorted(done) == ["a", "b"]
    await shift.sweep(job)  # the bad one rests, the others come again
    assert sorted(done) == ["a", "a", "b", "b"]
    assert set(shift.resting) == {("any", "bad")}
    assert shift.busy == set()


async def test_p131_the_same_row_is_not_worked_on_twice_at_once(database: Maker, world: World) -> None:
    started, gate, runs = asyncio.Event(), asyncio.Event(), 0

    async def run(_: Maker, __: World, ___: str) -> None:
        nonlocal runs
        runs += 1
        started.set()
        await gate.wait()

    async def due(_: Maker, __: World) -> list[str]:
        return ["a"]

    shift = Shift(database, world)
    job = Job("any", run, due, seconds=1)
    first = asyncio.create_task(shift.run(job, "a"))
    await started.wait()
    await shift.sweep(job)
    gate.set()
    await first
    assert runs == 1
    await shift.sweep(job)
    assert runs == 2


async def test_an_outage_is_waited_out_and_nothing_ends(
    database: Maker, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    async def due(_: Maker, __: World) -> list[str]:
        nonlocal looks
        looks += 1
        raise LedgerUnavailable("The node is away.") if looks < 3 else asyncio.CancelledError

    async def run(_: Maker, __: World, ___: str) -> None: ...

    shift = Shift(database, world)
    with pytest.raises(asyncio.CancelledError):
        await shift.sweep_for_ever(Job("any", run, due, seconds=0))
    assert looks == 3


def settings_with(redis_url: str) -> Any:
    return load({"DATABASE_URL": "postgresql://x", "REDIS_URL": redis_url, "RPC_URL": "http://127.0.0.1:1"})


async def test_p132_p133_p134_a_nudge_starts_a_job_and_leaves_nothing_behind(
    submitter: Submitter, node: Any, redis_url: str
) -> None:
    settings = settings_with(redis_url)
    redis = redis_of(settings)
    await redis.flushall()
    row = await planned(submitter.maker)
    nudger = ArqNudger(redis)
    for _ in range(2):
        await nudger.nudge("submit", row)
        await worker.listen(settings, Shift(submitter.maker, submitter.world), until_empty=True)
        node.close()
    assert (await submitter.row(row)).status == "confirmed"
    assert [key for key in await redis.keys() if b"result" in key or b"in-progress" in key] == []
    await redis.aclose(close_connection_pool=True)


async def test_p135_without_redis_a_nudge_is_lost_and_nobody_notices(tmp_path: Path) -> None:
    redis = redis_of(settings_with(f"unix://{tmp_path}/nobody.sock"))
    await ArqNudger(redis).nudge("submit", "1")
    await redis.aclose(close_connection_pool=True)


async def test_p135_redis_may_go_and_come_back(submitter: Submitter, node: Any, tmp_path: Path) -> None:
    socket = tmp_path / "redis.sock"
    settings = settings_with(f"unix://{socket}")
    shift = Shift(submitter.maker, submitter.world)
    listening = asyncio.create_task(worker.listen_for_ever(settings, shift))
    await asyncio.sleep(0.05)
    with running_redis(tmp_path) as socket_of_server:
        socket.symlink_to(socket_of_server)
        redis = redis_of(settings)
        row = await planned(submitter.maker)
        for _ in range(600):
            await ArqNudger(redis).nudge("submit", row)
            await asyncio.sleep(0.05)
            if (await submitter.row(row)).status == "sent":
                break
            assert not listening.done()
        assert (await submitter.row(row)).status == "sent"
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await redis.aclose(close_connection_pool=True)


def test_p136_jobs_know_nothing_of_arq() -> None:
    root = Path(tenor.__file__).parent
    users = set()
    for path in root.rglob("*.py"):
        for found in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in found.names] if isinstance(found, ast.Import) else []
            names += [found.module or ""] if isinstance(found, ast.ImportFrom) else []
            if any(name.split(".")[0] == "arq" for name in names):
                users.add(path.relative_to(root).as_posix())
    assert users == {"worker.py", "wiring.py", "chain/nudger.py"}


def test_p096_every_job_has_a_sweep_and_a_name_of_its_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert {"submit", "read_invoice", "push", "send_notice"} <= {job.name for job in JOBS}
