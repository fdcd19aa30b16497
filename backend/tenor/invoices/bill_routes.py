"""A debtor's bills over HTTP. Decides nothing."""

from datetime import date
from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices.bills import bills_of
from tenor.invoices.escrows import is_expired, now_indexed
from tenor.invoices.models import Escrow, Invoice
from tenor.invoices.rules import shown
from tenor.invoices.wire import amount, terms_view
from tenor.kernel.actor import Actor
from tenor.world import World


class BillView(msgspec.Struct, kw_only=True):
    """`outstanding`: of the face value, in `asset`; null before the invoice is on the ledger."""

    invoice_id: UUID
    chain_id: str | None
    status: str
    number: str
    seller_name: str
    amount_due: str
    currency: str
    due_date: date
    acknowledged: bool
    outstanding: str | None
    asset: str | None


@get("/")
async def list_bills(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[BillView]:
    """Invoices that name the caller's wallet as their debtor, newest first; at most a hundred."""
    now = await now_indexed(session)
    return [_bill(invoice, escrow, world, now) for invoice, escrow in await bills_of(session, actor)]


def _bill(invoice: Invoice, escrow: Escrow | None, world: World, now: int) -> BillView:
    assert invoice.confirmed is not None, "hidden before it is confirmed"
    terms = terms_view(invoice.confirmed)
    asset = None if escrow is None else world.deployment.asset(escrow.asset)
    return BillView(
        invoice_id=invoice.id,
        chain_id=invoice.chain_id,
        status=shown(
            invoice.status,
            None if escrow is None else escrow.status,
            attested=escrow is not None and escrow.attested,
            expired=escrow is not None and is_expired(escrow, now),
        ),
        number=terms.number,
        seller_name=terms.seller_name,
        amount_due=terms.amount_due,
        currency=terms.currency,
        due_date=terms.due_date,
        acknowledged=invoice.debtor_confirmed_at is not None or (escrow is not None and escrow.acknowledged),
        outstanding=None
        if escrow is None or asset is None
        else amount(escrow.face_units - escrow.received_units, asset),
        asset=None if asset is None else asset.code,
    )


router = Router("/bills", route_handlers=[list_bills], tags=["invoices"])
