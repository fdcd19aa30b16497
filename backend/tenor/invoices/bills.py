"""What somebody owes, by the wallet of the registered debtor. Reads only; shows nobody else's."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices.models import Debtor, Escrow, Invoice
from tenor.kernel.actor import Actor

BILLS_MAX = 100
HIDDEN = ("received", "read", "refused", "withdrawn")
"""Nobody has confirmed what these say, or they are given up."""


async def bills_of(session: AsyncSession, actor: Actor) -> Sequence[tuple[Invoice, Escrow | None]]:
    """The newest `BILLS_MAX` invoices that name the actor as their debtor, with their escrows."""
    query = (
        select(Invoice, Escrow)
        .join(Debtor, Debtor.id == Invoice.debtor_id)
        .outerjoin(Escrow, Escrow.chain_id == Invoice.chain_id)
        .where(Debtor.address == actor.address, Invoice.status.not_in(HIDDEN))
        .order_by(Invoice.id.desc())
        .limit(BILLS_MAX)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]
