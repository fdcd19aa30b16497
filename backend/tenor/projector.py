"""Ledger event -> handler, finished transaction -> handler: the only code that changes money state. Never commits.

Handlers are functions `on_<event>` of feature folders that write projection tables only: no clock, no random id.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import ChainTransaction
from tenor.ledger import events
from tenor.ledger.events import Event

OnEvent = Callable[[AsyncSession, Any], Awaitable[None]]
OnFinished = Callable[[AsyncSession, ChainTransaction], Awaitable[None]]

HANDLERS: dict[type[Event], OnEvent] = {}
"""One line an event that changes a projection."""

EVENTS_IGNORED: frozenset[type[Event]] = frozenset(
    {
        events.EscrowConstructed,
        events.DistributorConstructed,
        events.TokenRegistered,
        events.AdminProposed,
        events.AdminChanged,
        events.PauseChanged,
    }
)
"""Kept in the raw log; they change no projection."""

FINISHED: dict[str, OnFinished] = {}
"""Purpose of a transaction -> what to do when it is confirmed, failed or expired (its `status` says which).

Called once, in the transaction that sets the status. Writes intent rows; what the ledger changed comes as events.
"""


class EventUnhandled(Exception):  # noqa: N818 - our own defect, found before it costs anything
    """A decoded event that no line above mentions: the cursor stops and the alarm rings (P64)."""


async def project(session: AsyncSession, event: Event) -> None:
    """Hand `event` to its handler, inside the transaction that logs it and moves the cursor."""
    handler = HANDLERS.get(type(event))
    if handler is not None:
        await handler(session, event)
    elif type(event) not in EVENTS_IGNORED:
        raise EventUnhandled(
            f"Event {event.raw.id} is a {type(event).__name__}, which has no handler and is not ignored."
        )


async def finished(session: AsyncSession, transaction: ChainTransaction) -> None:
    handler = FINISHED.get(transaction.purpose)
    if handler is not None:
        await handler(session, transaction)
