"""Notices over HTTP: one's own list. Decides nothing."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.edge.paging import After, Limit, Page, cursor, id_of, page
from tenor.kernel.actor import Actor
from tenor.notices import flows
from tenor.notices.rules import TOPICS, Topic
from tenor.world import World


class NoticeView(msgspec.Struct):
    """`kind` is stable for programs, `subject` the id it is about; `title` and `body` are for people."""

    id: UUID
    kind: str
    subject: str
    title: str
    body: str
    created_at: datetime
    read_at: datetime | None


class UnreadView(msgspec.Struct):
    count: int


class PreferencesView(msgspec.Struct):
    """`email`: where notices go besides the list, null for nowhere; PUT /v1/me/contact changes it."""

    email: str | None
    topics: dict[str, bool]


class PreferencesRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`topics`: those that go by e-mail; the others stand in the list only."""

    topics: Annotated[list[Topic], msgspec.Meta(max_length=len(TOPICS))] = []


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


@put("/notices/read", status_code=204)
async def mark_all_read(session: NamedDependency[AsyncSession], actor: NamedDependency[Actor]) -> None:
    """Everything that is in my list now."""
    await flows.mark_all_read(session, actor)


@get("/notices/unread")
async def count_unread(session: NamedDependency[AsyncSession], actor: NamedDependency[Actor]) -> UnreadView:
    """How many of my notices I have not read."""
    return UnreadView(await flows.unread(session, actor))


@get("/notices/preferences")
async def show_preferences(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> PreferencesView:
    """Where my notices go besides the list, and which."""
    muted = await flows.muted_topics(session, actor)
    return PreferencesView(await flows.email_of(session, world, actor), {each: each not in muted for each in TOPICS})


@put("/notices/preferences", status_code=204)
async def set_preferences(
    session: NamedDependency[AsyncSession], actor: NamedDependency[Actor], data: JSONBody[PreferencesRequest]
) -> None:
    """Which of my notices go by e-mail too."""
    await flows.mute(session, actor, [each for each in TOPICS if each not in data.topics])


router = Router(
    "/",
    route_handlers=[list_notices, mark_read, mark_all_read, count_unread, show_preferences, set_preferences],
    tags=["notices"],
)
