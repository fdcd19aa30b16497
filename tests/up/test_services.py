"""The embedded services: in a folder that is closed to others and has a space in its name, twice on the same data."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tenor.kernel.errors import Conflict
from tenor.up.children import ChildEnded, Children
from tenor.up.ports import free_port
from tenor.up.postgres import Cluster, start_postgres
from tenor.up.redis import start_redis
from tenor.up.running import AlreadyRunning, alone, announce, running


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
