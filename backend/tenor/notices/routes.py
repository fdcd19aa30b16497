"""Notices over HTTP: one's own list. Decides nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.edge.paging import After, Limit, Page, cursor, id_of, page
from tenor.kernel.actor import Actor
from tenor.notices import flows


class NoticeView(msgspec.Struct):
    """`kind` is stable for programs, `subject` the id it is about; `title` and `body` are for people."""

    id: UUID
    kind: str
    subject: str
    title: str
    body: str
    created_at: datetime
    read_at: datetime | None


@get("/notices")
async def list_notices(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[NoticeView]]:
    """My notices, newest first."""
    found = await flows.listed(session, actor, before=id_of(after), limit=limit + 1)
    items = [
        NoticeView(row.id, row.kind, row.subject, row.title, row.body, row.created_at, row.read_at)
        for row in found[:limit]
    ]
    return page(request, items, cursor(str(items[-1].id)) if len(found) > limit else None)


@put("/notices/{notice_id:uuid}/read", status_code=204)
async def mark_read(
    session: NamedDependency[AsyncSession], actor: NamedDependency[Actor], notice_id: FromPath[UUID]
) -> None:
    """Reading twice keeps the first time."""
    await flows.mark_read(session, actor, notice_id)


router = Router("/", route_handlers=[list_notices, mark_read], tags=["notices"])
