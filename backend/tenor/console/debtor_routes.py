"""The customer's pages, by a link from the seller: what is claimed, acknowledge, pay. Decides nothing."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.invoices import bill_routes, market_routes
from tenor.invoices import routes as api
from tenor.invoices.wire import InvoiceView
from tenor.settlements import dispute_routes
from tenor.settlements import routes as settlements
from tenor.world import World

PAYABLE = frozenset({"funded", "defaulted"})


@get("/bills")
async def bills(
    visitor: NamedDependency[Visitor], session: NamedDependency[AsyncSession], world: NamedDependency[World]
) -> Response[str]:
    found = await bill_routes.list_bills.fn(session, world, visitor.known)
    return page(visitor, "bills.html", bills=found)


@get("/bills/{invoice_id:uuid}")
async def bill(
    invoice_id: FromPath[UUID],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    """For the debtor's own wallet; strangers get the API's 404."""
    actor = visitor.known
    invoice: InvoiceView = await api.show.fn(session, world, actor, invoice_id)
    context: dict[str, Any] = {"invoice": invoice, "offer": None, "lines": [], "payable": invoice.status in PAYABLE}
    context |= {"disputes": [], "may_dispute": False}
    if invoice.escrow is not None:
        context["offer"] = await market_routes.show_offer.fn(session, world, invoice.escrow.chain_id)
        found = await settlements.show_statement.fn(session, world, actor, invoice.escrow.chain_id)
        context["disputes"] = await dispute_routes.list_disputes.fn(session, world, actor, invoice.escrow.chain_id)
        context["may_dispute"] = invoice.status == "funded" and not any(
            each.status in {"open", "lapsed"} for each in context["disputes"]
        )
        context["lines"] = [line for line in found.lines if line.what == "payment"]
    return page(visitor, "bill.html", **context)


PAGES = (bills, bill)
