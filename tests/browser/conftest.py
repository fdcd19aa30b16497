"""The whole console in a real Chromium: a platform on a ledger of its own, its worker running, every page watched.

A page that breaks the content-security policy, throws, or logs an error fails its test, whatever else the test asks.
"""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress

import httpx
import pytest
import uvicorn
from console import WAIT_MS, Console, Watched
from litestar import Litestar
from playwright.async_api import Browser, async_playwright
from stage import Stage
from staging import direct, installation, localnet, stage
from trade import Trade

from tenor.invoices import jobs
from tenor.kernel.errors import Unavailable
from tenor.settings import Settings, load

__all__ = ["direct", "installation", "localnet", "stage"]

CHROMIUM_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WORKER_PAUSE_SECONDS = 0.1


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """Where the application will listen; held from now on, so that nobody else takes the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def settings(installation: dict[str, str], database_url: str, redis_url: str, door: socket.socket) -> Settings:
    port = str(door.getsockname()[1])
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
        launched = await driver.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS, timeout=WAIT_MS)
        yield launched
        await launched.close()


@pytest.fixture
async def trade(stage: Stage, client: httpx.AsyncClient, settings: Settings) -> Trade:
    return Trade(client, stage.maker, stage.world, settings, stage.keys, stage.log_in)


@pytest.fixture
async def served(app: Litestar, settings: Settings, client: object, door: socket.socket) -> AsyncIterator[str]:
    """The application behind HTTP; its address. `client` keeps its lifespan open."""
    config = uvicorn.Config(app, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server._serve([door]))
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it by a flag alone
        await asyncio.sleep(0.005)
    yield settings.public_url
    server.should_exit = True
    server.force_exit = True
    await task


@pytest.fixture
async def console(served: str, stage: Stage, browser: Browser) -> AsyncIterator[Console]:
    """Opens windows on the served console while a worker does what is due and reads what was uploaded."""
    opened, ended = Console(served, stage, browser), asyncio.Event()

    async def read() -> None:
        for invoice_id in await jobs.due_for_reading(stage.maker):
            await jobs.read_invoice(stage.maker, stage.world, invoice_id)

    async def again_and_again(turn: Callable[[], Awaitable[None]]) -> None:
        while not ended.is_set():
            with suppress(Unavailable):  # as a sweep does: the next one tries again
                await turn()
            await asyncio.sleep(WORKER_PAUSE_SECONDS)

    workers = [asyncio.create_task(again_and_again(turn)) for turn in (opened.work, read)]
    yield opened
    ended.set()
    try:
        await asyncio.gather(*workers)
    finally:
        await opened.close()


@pytest.fixture
async def window(console: Console) -> Watched:
    """One window of a new profile."""
    return await console.window()
