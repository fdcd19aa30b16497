"""Worker entries: an invoice's id in, its pages of pushes ordered. Rows say what is due; a lost job is found again."""

from tenor.db import Maker, transaction
from tenor.investments import pushes
from tenor.world import World

SWEEP_INVOICES_MAX = 100


async def push(maker: Maker, world: World, chain_id: str) -> int:
    """Order the pages of an invoice's newest deposit, if nobody has; how many. Wakes the submit job for each."""
    async with transaction(maker) as session:
        ordered = [row.id for row in await pushes.push(session, world, chain_id)]
    for transaction_id in ordered:
        await world.nudger.nudge("submit", str(transaction_id))
    return len(ordered)


async def sweep(maker: Maker, world: World) -> int:
    """Push every deposit that has not been; the number of invoices looked at."""
    async with transaction(maker) as session:
        due = await pushes.due(session, SWEEP_INVOICES_MAX)
    for chain_id in due:
        await push(maker, world, chain_id)
    return len(due)
