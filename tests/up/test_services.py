"""The embedded services: in a folder that is closed to others and has a space in its name, twice on the same data."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tenor.kernel.errors import Conflict
from tenor.settings import load
from tenor.up.children import ChildEnded, Children
from tenor.up.ports import free_port
from tenor.up.postgres import Cluster, start_postgres
from tenor.up.progress import Progress
from tenor.up.redis import start_redis
from tenor.up.running import AlreadyRunning, alone, announce, running
from tenor.up.tables import DatabaseSilent, bring_up_to_date


@pytest.fixture
def sockets() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tenor-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    folder = tmp_path / "a closed folder"
    folder.mkdir(mode=0o700)
    return folder


async def test_postgres_finds_its_data_again(closed: Path, sockets: Path) -> None:
    for expected in (0, 1):
        children = Children(closed / "logs")
        try:
            url = await start_postgres(children, Cluster(closed / "data", sockets))
            connection = await asyncpg.connect(url)
            await connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
            assert await connection.fetchval("SELECT count(*) FROM kept") == expected
            await connection.execute("INSERT INTO kept VALUES (1)")
            await connection.close()
        finally:
            await children.stop_all()


async def test_a_cluster_of_another_version_says_so(closed: Path, sockets: Path) -> None:
    data = closed / "data"
    data.mkdir(mode=0o700)
    (data / "PG_VERSION").write_text("9.1\n")
    children = Children(closed / "logs")
    try:
        with pytest.raises(ChildEnded, match="postgres"):
            await start_postgres(children, Cluster(data, sockets))
    finally:
        await children.stop_all()


async def test_redis_answers_on_its_socket(closed: Path, sockets: Path) -> None:
    children = Children(closed / "logs")
    try:
        assert (await start_redis(children, sockets, dict(os.environ))).startswith("unix:///")
    finally:
        await children.stop_all()


def test_a_taken_port_is_left_to_its_owner() -> None:
    import socket

    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]
        assert free_port("127.0.0.1", taken) != taken


def test_two_cannot_work_on_one_data_folder(tmp_path: Path) -> None:
    with alone(tmp_path):
        announce(tmp_path, "http://127.0.0.1:1", {"RPC_URL": "http://127.0.0.1:2/rpc"})
        found = running(tmp_path)
        assert found is not None
        assert found.environment["RPC_URL"] == "http://127.0.0.1:2/rpc"
        with pytest.raises(AlreadyRunning, match="already runs"), alone(tmp_path):
            pass
    assert running(tmp_path) is None
    assert issubclass(AlreadyRunning, Conflict)


async def test_a_database_that_does_not_answer_is_one_sentence() -> None:
    settings = load({"DATABASE_URL": "postgresql://127.0.0.1:9/x", "REDIS_URL": "redis://x", "RPC_URL": "http://x"})
    with pytest.raises(DatabaseSilent, match=r"127.0.0.1/x does not let us in"):
        await bring_up_to_date(settings)


async def test_a_step_that_fails_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    async def fails() -> str:
        raise ConnectionRefusedError

    with pytest.raises(ConnectionRefusedError):
        await Progress(3).step("ledger", fails())
    assert re.match(r"\[ 1/3\] ledger +FAILED", capsys.readouterr().out)
