"""Who may read an invoice's document: its seller, the platform's people, and whoever holds shares of it now."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments.models import Holding
from tenor.invoices.flows import may_inspect
from tenor.invoices.models import Invoice
from tenor.invoices.rules import InvoiceNotFound
from tenor.kernel.actor import Actor


async def invoice_to_read(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """`InvoiceNotFound` for everybody else, sellers of their last share among them (P81)."""
    invoice = await session.get(Invoice, invoice_id)
    if invoice is not None and (may_inspect(actor, invoice) or await _holds(session, actor, invoice)):
        return invoice
    raise InvoiceNotFound(f"There is no invoice {invoice_id} whose document you may read.")


async def _holds(session: AsyncSession, actor: Actor, invoice: Invoice) -> bool:
    if invoice.chain_id is None:
        return False
    shares = await session.scalar(
        select(Holding.shares).where(Holding.chain_id == invoice.chain_id, Holding.holder == actor.address)
    )
    return bool(shares)
