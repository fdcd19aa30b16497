"""The desk's invoices and customers: what reading found, copies side by side, the registry. Decides nothing."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.console.admin_routes import PER_PAGE, desk
from tenor.console.rendering import page
from tenor.console.seller_routes import FIELDS, boxes_of
from tenor.console.visitor import Visitor
from tenor.edge.paging import After
from tenor.invoices import desk_routes, worklist_routes
from tenor.invoices import routes as api
from tenor.invoices.desk_routes import DebtorView
from tenor.invoices.rules import NotYetRead
from tenor.invoices.wire import InvoiceView, ReadingView
from tenor.invoices.worklists import QUEUES, Queue
from tenor.kernel.actor import Actor, Role
from tenor.world import World

GRADES = ("A", "B", "C", "D", "E")
Chosen = Annotated[Queue, QueryParameter(name="queue")]
Beside = Annotated[UUID | None, QueryParameter(name="beside")]


@get("/desk/invoices")
async def invoices(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    queue: Chosen = "attestation",
    after: After = None,
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.known
    answer = await worklist_routes.list_waiting.fn(request, session, world, actor, queue, after=after, limit=PER_PAGE)
    return page(
        visitor,
        "admin_invoices.html",
        waiting=waiting,
        invoices=answer.content.items,
        following=answer.content.next,
        paged=after is not None,
        queue=queue,
        queues=QUEUES,
    )


@get("/desk/invoices/{invoice_id:uuid}")
async def invoice(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    invoice_id: FromPath[UUID],
    beside: Beside = None,
) -> Response[str]:
    """One invoice as a reviewer sees it, and beside it the one that it resembles."""
    waiting, actor = await desk(visitor, session), visitor.known
    found: InvoiceView = await api.show.fn(session, world, actor, invoice_id)
    alike = await worklist_routes.list_lookalikes.fn(session, world, actor, invoice_id)
    reading = await _reading(session, actor, invoice_id)
    other: InvoiceView | None = None
    shown = beside or (alike[0].invoice.id if alike else None)
    if shown is not None:
        other = await api.show.fn(session, world, actor, shown)
    return page(
        visitor,
        "admin_invoice.html",
        waiting=waiting,
        invoice=found,
        reading=reading,
        boxes={} if reading is None else {each.number: boxes_of(reading, each.number) for each in reading.pages},
        alike=alike,
        other=other,
        other_reading=None if other is None else await _reading(session, actor, other.id),
        compared=[] if other is None else _compared(found, other),
        names=FIELDS,
        grades=GRADES,
        debtor=None if found.terms is None else await _debtor(request, session, actor, found.terms.debtor_vat_id),
        may_register=actor.has(Role.ADMIN),
    )


@get("/desk/debtors")
async def debtors(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    after: After = None,
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.known
    answer = await desk_routes.list_debtors.fn(request, session, actor, after=after, limit=PER_PAGE)
    return page(
        visitor,
        "admin_debtors.html",
        waiting=waiting,
        debtors=answer.content.items,
        following=answer.content.next,
        paged=after is not None,
        grades=GRADES,
        may_register=actor.has(Role.ADMIN),
    )


@get("/desk/debtors/{debtor_id:uuid}")
async def debtor(
    visitor: NamedDependency[Visitor], session: NamedDependency[AsyncSession], debtor_id: FromPath[UUID]
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.known
    found = await desk_routes.show_debtor.fn(session, actor, debtor_id)
    return page(
        visitor,
        "admin_debtor.html",
        waiting=waiting,
        debtor=found,
        grades=GRADES,
        may_register=actor.has(Role.ADMIN),
    )


async def _reading(session: AsyncSession, actor: Actor, invoice_id: UUID) -> ReadingView | None:
    try:
        found: ReadingView = await api.show_reading.fn(session, actor, invoice_id)
    except NotYetRead:
        return None
    return found


async def _debtor(
    request: Request[Any, Any, Any], session: AsyncSession, actor: Actor, vat_id: str
) -> DebtorView | None:
    answer = await desk_routes.list_debtors.fn(request, session, actor, vat_id=vat_id, limit=1)
    return next(iter(answer.content.items), None)


def _compared(one: InvoiceView, two: InvoiceView) -> list[tuple[str, str, str]]:
    """Field, what the one says, what the other says."""

    def said(by: InvoiceView, name: str) -> str:
        return "–" if by.terms is None else str(getattr(by.terms, name))

    return [(name, said(one, name), said(two, name)) for name in FIELDS]


PAGES = (invoices, invoice, debtors, debtor)
