"""Worker entries of settlements: news of the ledger to those it concerns. Rows say what is due."""

from collections.abc import Sequence

from tenor.db import Maker, transaction
from tenor.settlements import announcements
from tenor.world import World


async def announce(maker: Maker, world: World, _: str) -> int:
    async with transaction(maker) as session:
        return await announcements.announce(session, world)


async def due(maker: Maker, _: World) -> Sequence[str]:
    async with transaction(maker) as session:
        return ["ledger"] if await announcements.is_due(session) else []
