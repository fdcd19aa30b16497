"""Worker entries: an invoice's id in, its pages of pushes ordered. Rows say what is due; a lost job is found again."""

from collections.abc import Sequence

from tenor.db import Maker, transaction
from tenor.investments import pushes
from tenor.world import World

PUSH = "push"
_DUE_LIMIT = 100


async def push(maker: Maker, world: World, chain_id: str) -> int:
    """Order the pages of an invoice's newest deposit, if nobody has; how many. Wakes the submit job for each."""
    async with transaction(maker) as session:
        ordered = [row.id for row in await pushes.push(session, world, chain_id)]
    for transaction_id in ordered:
        await world.nudger.nudge("submit", str(transaction_id))
    return len(ordered)


async def due(maker: Maker, _: World) -> Sequence[str]:
    """For the sweep: invoices whose newest deposit has not been pushed yet, oldest deposit first."""
    async with transaction(maker) as session:
        return await pushes.due(session, _DUE_LIMIT)
