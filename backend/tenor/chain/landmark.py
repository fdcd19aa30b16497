"""Is the network still the one we knew? A ledger's hash, remembered, and the stop while it does not fit. Sends nothing.

Test networks are reset, and an address can come to lead to another network with the same passphrase (P23).
"""

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor import metrics
from tenor.chain.models import Landmark
from tenor.chain.rpc import LedgerBehind
from tenor.db import Maker, transaction
from tenor.logs import log
from tenor.world import World

NAME = "network"
EVERY_SECONDS = 15
WAY_OUT = (
    "Nothing is sent or indexed meanwhile. Lead RPC_URL back to the network that was, or, when the network was reset on"
    " purpose, run `tenor reindex`."
)


async def stopped(session: AsyncSession) -> str | None:
    """Why nothing may be sent or indexed, with the way out; None while the network is the one we knew."""
    return await session.scalar(select(Landmark.trouble).where(Landmark.name == NAME))


async def watch(maker: Maker, world: World) -> str | None:
    """Compare the network with what was remembered, and remember the newest ledger when it fits.

    What is wrong is stored, for every process; when it fits again, work goes on by itself. `LedgerUnavailable` when no
    node answers, which changes nothing.
    """
    async with transaction(maker) as session:
        known = await session.get(Landmark, NAME)
    trouble = await _trouble(world, known)
    moved: dict[str, object] = {"trouble": trouble}
    if trouble is None:
        tip = await world.ledger.tip()
        moved |= {"passphrase": world.ledger.passphrase, "ledger": tip.sequence}
        moved["hash"] = await world.ledger.hash_of(tip.sequence)
        if moved["hash"] is None:
            return None
    async with transaction(maker) as session:
        if known is None:
            await session.execute(insert(Landmark).values(name=NAME, **moved).on_conflict_do_nothing())
        else:
            # Another process may have remembered something newer meanwhile.
            same = (Landmark.name == NAME) & (Landmark.ledger == known.ledger) & (Landmark.hash == known.hash)
            await session.execute(update(Landmark).where(same).values(**moved))
    metrics.NETWORK_STOPPED.set(trouble is not None)
    before = None if known is None else known.trouble
    if trouble is not None and trouble != before:
        log.critical("network stopped", reason=trouble)
    elif trouble is None and before is not None:
        log.warning("network goes on", ledger=moved["ledger"])
    return trouble


async def _trouble(world: World, known: Landmark | None) -> str | None:
    served = await world.ledger.served()
    if served != world.ledger.passphrase:
        return f"The node serves {served!r}, and NETWORK_PASSPHRASE says {world.ledger.passphrase!r}. {WAY_OUT}"
    if known is None:
        return None
    if known.passphrase != served:
        return f"The network was {known.passphrase!r} and is {served!r} now. {WAY_OUT}"
    try:
        found = await world.ledger.hash_of(known.ledger)
    except LedgerBehind as behind:
        return f"{behind} {WAY_OUT}"
    if found is not None and found != known.hash:
        return (
            f"Ledger {known.ledger} had the hash {known.hash[:16]}... and has {found[:16]}... now:"
            f" the network was reset. {WAY_OUT}"
        )
    return None
