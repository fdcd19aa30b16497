"""Claimable balances that nobody claimed in time, ordered back to the treasury. Never decides that one was claimed."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import packs
from tenor.disbursements import outcomes
from tenor.disbursements.models import Disbursement, DisbursementLine
from tenor.disbursements.rules import LINE
from tenor.kernel.ids import new_id
from tenor.ledger import packing
from tenor.ledger.packing import Classic, Operation
from tenor.world import World


async def take_back(session: AsyncSession, world: World, batch: Disbursement, *, now: int) -> int:
    """Order that every unclaimed balance of the batch whose time has come returns to the treasury; how many.

    `now`: the newest ledger's close time. The lines are locked by the caller's transaction.
    """
    due_lines = (
        select(DisbursementLine)
        .where(
            DisbursementLine.disbursement_id == batch.id,
            DisbursementLine.status == "held",
            DisbursementLine.reclaim_at <= now,
        )
        .order_by(DisbursementLine.number)
        .with_for_update()
    )
    lines = (await session.scalars(due_lines)).all()
    own, nothing = world.signer.address("treasury"), Classic("XLM", None)
    for start in range(0, len(lines), packing.OPERATIONS_MAX):
        part = lines[start : start + packing.OPERATIONS_MAX]
        wanted: list[Operation] = [packing.TakeBack(str(line.balance_id)) for line in part]
        pack_id = await packs.order(
            session,
            role="treasury",
            purpose=outcomes.TAKE_BACK,
            purpose_key=f"{outcomes.TAKE_BACK}:{new_id()}",
            subject=str(batch.id),
            packed=packing.operations(own, nothing, wanted),
        )
        for position, line in enumerate(part):
            line.status, line.pack_id, line.position = LINE.after("be_taken_back", line.status), pack_id, position
    return len(lines)
