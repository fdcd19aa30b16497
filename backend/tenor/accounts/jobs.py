"""Worker entry of accounts: forgets what has expired. Deletes nothing that still means something."""

from tenor.accounts import flows
from tenor.db import Maker, transaction
from tenor.world import World


async def forget(maker: Maker, world: World) -> int:
    """Spent login challenges and ended sessions; the number of rows."""
    async with transaction(maker) as session:
        return await flows.forget_expired(session, world)
