"""The two processes, API and worker, until they are told to stop. Each reads its settings once."""

import asyncio
import signal
from contextlib import suppress

import uvicorn

from tenor.app import create_app
from tenor.db import create_engine
from tenor.logs import configure
from tenor.settings import Settings
from tenor.wiring import live_world
from tenor.worker import work

DRAIN_SECONDS = 5
"""For answers that are on their way when the process is stopped."""


async def serve_api(settings: Settings) -> None:
    """The HTTP process on `settings.host:port`."""
    configure(settings.log_level)
    engine = create_engine(settings.database_url)
    try:
        async with live_world(settings) as world:
            config = uvicorn.Config(
                create_app(engine, world, settings),
                host=settings.host,
                port=settings.port,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=DRAIN_SECONDS,
            )
            await uvicorn.Server(config).serve()
    finally:
        await engine.dispose()


async def run_worker(settings: Settings) -> None:
    """The worker process; SIGTERM and SIGINT end it between two steps, and every row is found again."""
    configure(settings.log_level)
    working = asyncio.create_task(work(settings))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, working.cancel)
    with suppress(asyncio.CancelledError):
        await working
