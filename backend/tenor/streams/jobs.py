"""Worker entries: a stream's id in, its settlement ordered. Rows say what is due; a lost job is found again."""

from collections.abc import Sequence

from tenor.db import Maker, transaction
from tenor.streams import flows
from tenor.world import World

_DUE_LIMIT = 50


async def settle(maker: Maker, world: World, stream_id: str) -> None:
    """Order the settlement, if it is due; wakes the submit job."""
    async with transaction(maker) as session:
        row = await flows.order_settlement(session, world, stream_id)
    if row is not None and row.status == "planned":
        await world.nudger.nudge("submit", str(row.id))


async def due(maker: Maker, world: World) -> Sequence[str]:
    """For the sweep: streams that have not been settled for a day, or have all accrued."""
    if world.deployment.stream is None:
        return []
    at = (await world.ledger.tip()).closed_at
    async with transaction(maker) as session:
        return await flows.due_for_settlement(session, at, _DUE_LIMIT)
