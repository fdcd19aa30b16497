"""What an operator may set right: refused orders, the contract's pauses. Reads the ledger; signs and sends nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import flows
from tenor.chain.models import ChainTransaction, Reconciliation
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Conflict, NotFound
from tenor.kernel.ids import new_id
from tenor.ledger import calls, scval
from tenor.ledger.calls import Scope
from tenor.ledger.events import Config
from tenor.ledger.shapes import struct_reader
from tenor.world import World

Pausable = Literal["create", "fund"]
_SCOPES: dict[Pausable, Scope] = {"create": Scope.CREATE, "fund": Scope.FUND}
_LISTED_MAX = 200


class NotRefused(NotFound):
    """There is no such order of the platform, or it did not fail."""


class PausedAlready(Conflict):
    """The contract is as asked for, or an order that will make it so is under way."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What the escrow contract says of itself now."""

    config: Config
    paused: dict[Pausable, bool]


async def contract(world: World) -> Contract:
    answer = await world.ledger.read(calls.get_config(world.deployment.escrow))
    config: Config = scval.whole(answer.to_xdr_bytes(), struct_reader(Config))
    return Contract(config, {"create": config.create_paused, "fund": config.fund_paused})


async def order_pause(session: AsyncSession, world: World, actor: Actor, *, scope: Pausable, paused: bool) -> UUID:
    """Stops new listings or new investments, or lets them go on; nothing else can be stopped. Admins.

    The pauser's key signs a pause, the admin's lifts it. `PausedAlready` when it is so, or soon will be.
    """
    actor.require(Role.ADMIN)
    if (await contract(world)).paused[scope] == paused:
        raise PausedAlready("It is so already on the ledger.")
    purpose = "pause" if paused else "unpause"
    under_way = select(ChainTransaction.id).where(
        ChainTransaction.purpose.in_(("pause", "unpause")),
        ChainTransaction.subject == scope,
        ChainTransaction.status.in_(("planned", "built", "signed", "sent")),
    )
    if await session.scalar(under_way) is not None:
        raise PausedAlready("An order about this pause is under way; look again in a moment.")
    call = calls.pause if paused else calls.unpause
    row = await flows.order(
        session,
        role="pauser" if paused else "admin",
        purpose=purpose,
        purpose_key=f"{purpose}:{scope}:{new_id()}",
        subject=scope,
        call=call(world.deployment.escrow, _SCOPES[scope]),
    )
    return row.id


async def reconciled(session: AsyncSession, actor: Actor) -> Reconciliation | None:
    """The newest comparison with the ledger's own entries; None before the first. Operators and admins."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    newest = select(Reconciliation).order_by(Reconciliation.id.desc()).limit(1)
    found: Reconciliation | None = await session.scalar(newest)
    return found


async def refused(session: AsyncSession, actor: Actor) -> Sequence[ChainTransaction]:
    """The platform's own orders that the ledger refused, newest first. Operators and admins."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    query = select(ChainTransaction).where(ChainTransaction.status == "failed", ChainTransaction.role.is_not(None))
    return (await session.scalars(query.order_by(ChainTransaction.created_at.desc()).limit(_LISTED_MAX))).all()


async def retry(session: AsyncSession, actor: Actor, transaction_id: UUID) -> ChainTransaction:
    """Plan a refused order once more, after what was wrong has been put right. Operators and admins."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    if not await flows.retry(session, transaction_id):
        raise NotRefused(f"{transaction_id} is no refused order of the platform.")
    return await session.get_one(ChainTransaction, transaction_id, populate_existing=True)
