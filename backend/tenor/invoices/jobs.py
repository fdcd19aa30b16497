"""Worker entries of this room: each takes an id and calls the intake. Carries no data, decides nothing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from tenor.db import Maker, transaction
from tenor.invoices import intake
from tenor.invoices.models import Invoice
from tenor.invoices.rules import INVOICE
from tenor.world import World

READ_INVOICE = "read_invoice"
_DUE_LIMIT = 50


async def read_invoice(maker: Maker, world: World, invoice_id: UUID) -> None:
    """Read the file of a received invoice; a second run, or one after a withdrawal, changes nothing (P131).

    Raises `Unavailable` when the store or the reading process fails: the sweep tries again.
    """
    async with transaction(maker) as session:
        invoice = await session.get(Invoice, invoice_id)
    if invoice is None or invoice.status not in INVOICE.sources("be_read"):
        return
    found = await intake.read_file(world, invoice)
    async with transaction(maker) as session:
        await intake.store_reading(session, invoice_id, found)


async def due_for_reading(maker: Maker) -> Sequence[UUID]:
    """For the sweep: received invoices that no job has read yet, oldest first."""
    async with transaction(maker) as session:
        query = select(Invoice.id).where(Invoice.status.in_(INVOICE.sources("be_read")))
        return (await session.scalars(query.order_by(Invoice.id).limit(_DUE_LIMIT))).all()
