"""What waits for the platform's people among invoices, over HTTP. Decides nothing."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.edge.paging import After, Limit, Page, cursor, id_of, page
from tenor.invoices import flows, lookalikes, rules, worklists
from tenor.invoices.routes import views_of
from tenor.invoices.wire import InvoiceView
from tenor.invoices.worklists import Queue
from tenor.kernel.actor import Actor, Role
from tenor.world import World


class LookalikeView(msgspec.Struct):
    """`match`: wording or claim; `invoice` is the other one."""

    match: str
    reason: str
    invoice: InvoiceView


@get("/desk/invoices")
async def list_waiting(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    queue: FromQuery[Queue],
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[InvoiceView]]:
    """Operators and admins: invoices that wait for the platform, oldest first."""
    found = await worklists.waiting(session, actor, queue, after=id_of(after), limit=limit + 1)
    items = await views_of(session, world, actor, found[:limit])
    return page(request, items, cursor(str(items[-1].id)) if len(found) > limit else None)


@get("/desk/invoices/{invoice_id:uuid}/lookalikes")
async def list_lookalikes(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
) -> list[LookalikeView]:
    """Operators and admins: invoices on file that read like this one or claim the same. They stop nothing."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    invoice = await flows.inspected(session, actor, invoice_id)
    terms = None if invoice.confirmed is None else rules.restored(invoice.confirmed)
    pairs = await lookalikes.pairs(session, invoice, terms)
    others = [await flows.inspected(session, actor, other) for _, other in pairs]
    views = await views_of(session, world, actor, others)
    return [LookalikeView(verdict.match, verdict.reason, view) for (verdict, _), view in zip(pairs, views, strict=True)]


HANDLERS = (list_waiting, list_lookalikes)
