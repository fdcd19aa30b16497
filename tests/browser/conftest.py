"""The whole console in a real Chromium: a platform on a ledger of its own, its worker running, every page watched.

A page that breaks the content-security policy, throws, or logs an error fails its test, whatever else the test asks.
"""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import uvicorn
from console import Console, Watched
from litestar import Litestar
from network import install, running_localnet
from people import LogIn
from playwright.async_api import Browser, async_playwright
from stage import Stage
from trade import Trade

from tenor.chain.direct import Direct
from tenor.chain.keys import PlatformKeys
from tenor.db import Maker
from tenor.settings import Settings, load
from tenor.world import World

CHROMIUM_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="package")
def localnet(scratch: Path) -> Iterator[str]:
    with running_localnet(scratch / "console.log") as url:
        yield url


@pytest.fixture(scope="package")
def installation(localnet: str, scratch: Path) -> dict[str, str]:
    return install(localnet, scratch / "console")


@pytest.fixture
def settings(installation: dict[str, str], database_url: str, redis_url: str) -> Settings:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    return load(
        installation
        | {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "TENOR_PORT": port}
        | {"PUBLIC_URL": f"http://127.0.0.1:{port}"}
    )


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Chromium is missing: `scripts/setup --browser` installs Debian's."
    return found


@pytest.fixture(scope="package")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as driver:
        launched = await driver.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield launched
        await launched.close()


@pytest.fixture
async def stage(  # noqa: PLR0917 - fixtures are asked for by name
    localnet: str, world: World, database: Maker, keys: PlatformKeys, direct: Direct, log_in: LogIn
) -> Stage:
    stage = Stage(localnet, world, database, keys, direct, log_in)
    await stage.settle()
    return stage


@pytest.fixture
async def trade(stage: Stage, client: httpx.AsyncClient, settings: Settings) -> Trade:
    return Trade(client, stage.maker, stage.world, settings, stage.keys, stage.log_in)


@pytest.fixture
async def direct(settings: Settings) -> AsyncIterator[Direct]:
    async with Direct(
        rpc_url=settings.rpc_url,
        network_passphrase=settings.network_passphrase,
        friendbot_url=settings.friendbot_url,
    ) as direct:
        yield direct


@pytest.fixture
async def served(app: Litestar, settings: Settings, client: object) -> AsyncIterator[str]:
    """The application behind HTTP; its address. `client` keeps its lifespan open."""
    config = uvicorn.Config(app, host="127.0.0.1", port=settings.port, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it by a flag alone
        await asyncio.sleep(0.005)
    yield settings.public_url
    server.should_exit = True
    server.force_exit = True
    await task


@pytest.fixture
async def console(served: str, stage: Stage, browser: Browser) -> AsyncIterator[Console]:
    """Opens windows on the served console while a worker does what is due."""

    opened = Console(served, stage, browser)

    async def work() -> None:
        while True:
            if opened.pushing:
                await stage.settle()
            else:
                await stage.submit()
                await stage.read()
            await asyncio.sleep(0.1)

    worker = asyncio.create_task(work())
    yield opened
    await opened.close()
    worker.cancel()
    with suppress(asyncio.CancelledError):
        await worker


@pytest.fixture
async def window(console: Console) -> Watched:
    """One window of a new profile."""
    return await console.window()
