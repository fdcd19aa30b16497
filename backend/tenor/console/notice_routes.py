"""One's own notices with preferences; on a network of our own, the mails that stayed here. Decides nothing."""

import asyncio
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.console import demo
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.edge.paging import After
from tenor.notices import routes as api
from tenor.notices.routes import NoticeView
from tenor.settings import Settings
from tenor.world import World

PER_PAGE = 30
MAILS_MAX = 50
_PLACES = {
    "kyc": "/account",
    "payout": "/portfolio/{}",
    "settlement": "/desk/settlements/{}",
    "invoice": "/invoices/{}",
    "reconciliation": "/desk/operation",
}
"""Kind of notice -> where what it is about can be seen."""


@dataclass(frozen=True, slots=True)
class Mail:
    at: int
    to: str
    subject: str
    text: str


@get("/notices")
async def notices(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    after: After = None,
) -> Response[str]:
    actor = visitor.known
    answer = await api.list_notices.fn(request, session, actor, after=after, limit=PER_PAGE)
    return page(
        visitor,
        "notices.html",
        notices=[(each, place_of(each)) for each in answer.content.items],
        following=answer.content.next,
        paged=after is not None,
        unread=(await api.count_unread.fn(session, actor)).count,
        preferences=await api.show_preferences.fn(session, world, actor),
    )


@get("/inbox")
async def inbox(visitor: NamedDependency[Visitor], settings: NamedDependency[Settings]) -> Response[str]:
    """Mails of an installation without SMTP, newest first. On a network of our own, on this machine only."""
    demo.check_here(settings)
    mails = [] if settings.smtp_url else await asyncio.to_thread(mails_in, settings.inbox_dir)
    return page(visitor, "inbox.html", mails=mails, elsewhere=settings.smtp_url is not None)


def place_of(notice: NoticeView) -> str | None:
    """Where what a notice is about can be seen."""
    found = _PLACES.get(notice.kind.partition("_")[0])
    return None if found is None else found.format(notice.subject)


def mails_in(folder: Path) -> list[Mail]:
    """The newest mails of a folder; their names begin with the time."""
    found = sorted(folder.glob("*.eml"), reverse=True)[:MAILS_MAX] if folder.is_dir() else []
    return [_mail(path) for path in found]


def _mail(path: Path) -> Mail:
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = read.get_body(("plain",)) if isinstance(read, EmailMessage) else None
    text = "" if body is None else str(body.get_content())
    return Mail(int(path.stat().st_mtime), str(read["To"]), str(read["Subject"]), text)


PAGES = (notices, inbox)
