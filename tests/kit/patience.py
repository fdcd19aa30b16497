"""Waiting for what must come, however slow the machine is. Never waits for a time: only giving up is one."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from tenor import projector
from tenor.chain import eventlog
from tenor.chain.index import decoder_of, index
from tenor.db import Maker, transaction
from tenor.kernel.errors import Unavailable
from tenor.world import World

PATIENCE_SECONDS = 240
_PAUSE_SECONDS = 0.02


async def patiently(is_so: Callable[[], Awaitable[bool]], otherwise: str) -> None:
    """Until `is_so` says yes; `otherwise` is what the test fails with. A node that is late is asked again."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        with suppress(Unavailable):
            if await is_so():
                return
        assert time.monotonic() < give_up, otherwise
        await asyncio.sleep(_PAUSE_SECONDS)


async def read_ledger(maker: Maker, world: World) -> None:
    """Everything that stands in the ledger now is projected afterwards, whoever else reads it beside us.

    The indexer steps back when another one writes, or when it has moved the cursor: then the rest is not read yet.
    """
    decoder, tips = decoder_of(world), list[int]()

    async def is_read() -> bool:
        if not tips:
            tips.append((await world.ledger.tip()).sequence)
        while await index(maker, world, decoder, projector.project, post=projector.post):
            pass
        async with transaction(maker) as session:
            return await eventlog.has_reached(session, tips[0])

    await patiently(is_read, "the ledger is not read yet")
