"""Worker entry of accounts: forgets what has expired. Deletes nothing that still means something."""

from tenor.accounts import flows
from tenor.db import Maker, transaction
from tenor.world import World


async def forget(maker: Maker, world: World) -> int:
    """Login challenges whose time bounds have passed; the number of rows."""
    async with transaction(maker) as session:
        return await flows.forget_spent_challenges(session, world)
