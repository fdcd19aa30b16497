"""Follows the ledger's events: page, decode, one transaction for log, projections and cursor. Never skips ahead."""

import asyncio
import gc
from bisect import bisect_left
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from tenor import metrics
from tenor.chain import eventlog, landmark
from tenor.chain.eventlog import Place
from tenor.chain.rpc import EventsLost
from tenor.db import Maker, is_gone, transaction
from tenor.ledger.decoder import Decoder, UnknownEvent
from tenor.ledger.events import Event, EventPage
from tenor.logs import log
from tenor.world import World

Project = Callable[[AsyncSession, Event], Awaitable[None]]
Post = Callable[[AsyncSession, Decoder, Sequence[Event]], Awaitable[None]]

PAGE_EVENTS_MAX = 10_000
"""The most a node hands out at once."""
_AT_ONCE = 128
"""Events decoded before others get their turn."""


class IndexHalted(Exception):
    """The cursor stays where it is until a person has looked: an event was lost, is unknown or does not fit (P64)."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Whole ledgers and where the log ends after them. `latest`: the node's newest ledger; `stop`: why nothing after
    them can be read.

    `more`: the page was full, and what of it belongs to a ledger that the next page goes on with.
    """

    events: Sequence[Event]
    after: Place
    latest: int
    more: "_Begun | None" = None
    stop: str | None = None


@dataclass(frozen=True, slots=True)
class _Begun:
    """The first events of a ledger, and the node's cursor behind them. Never stored: another process asks again."""

    cursor: str
    events: Sequence[Event]


def relax_collector() -> None:
    """For a process that indexes: a page is a hundred thousand objects without a cycle, and looking for one in them
    costs a quarter of the time (measured).
    """
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


def decoder_of(world: World) -> Decoder:
    here = world.deployment
    return Decoder(
        escrow=here.escrow,
        distributor=here.distributor,
        assets=tuple(asset.contract for asset in here.assets),
        passphrase=world.ledger.passphrase,
        stream=here.stream,
        market=here.market,
    )


@dataclass(slots=True)
class Ahead:
    """The page after the one that is being written, on its way already. Only spares time; may be dropped at will."""

    place: Place | None = None
    task: asyncio.Task[_Batch] | None = None

    def start(self, place: Place, work: Coroutine[Any, Any, _Batch]) -> None:
        self.place, self.task = place, asyncio.create_task(work)

    def take(self, place: Place) -> asyncio.Task[_Batch] | None:
        """The task for exactly this place; one for another place is stopped."""
        found, self.task = self.task, None
        if found is None or self.place == place:
            return found
        found.cancel()
        return None


async def index(
    maker: Maker,
    world: World,
    decoder: Decoder,
    project: Project,
    *,
    post: Post | None = None,
    page_events: int = PAGE_EVENTS_MAX,
    ahead: Ahead | None = None,
) -> bool:
    """One page; True when another one waits. Two at once do no harm: one of them finds the cursor moved (P72).

    `post`: called with the events of a transaction once they are projected, in the same.
    `ahead`: kept by the caller between calls, fetches and decodes the next page while this one is written.
    `IndexHalted` when it must not go on, `LedgerUnavailable` when the node does not answer.
    """
    async with transaction(maker) as session:
        here = await eventlog.place(session, first_ledger=world.deployment.first_ledger)
        stopped = await landmark.stopped(session)
    if stopped is not None:
        raise IndexHalted(stopped)
    try:
        begun = ahead.take(here) if ahead is not None else None
        batch = await (begun or _next(world, decoder, here, page_events))
    except EventsLost as lost:
        raise await _halted(maker, str(lost)) from lost
    if ahead is not None and batch.more is not None and batch.stop is None:
        ahead.start(batch.after, _next(world, decoder, batch.after, page_events, batch.more))
    await _apply(maker, _Written(decoder, project, post), here, batch)
    metrics.INDEXER_LAG_LEDGERS.set(max(0, batch.latest - batch.after.ledger))
    if batch.stop is not None:
        raise await _halted(maker, batch.stop)
    metrics.INDEXER_HALTED.set(0)
    return batch.more is not None


async def _next(world: World, decoder: Decoder, here: Place, page_events: int, begun: _Begun | None = None) -> _Batch:
    start = here.start if begun is None else begun.cursor
    page = await world.ledger.events(filters=decoder.filters(), start=start, limit=page_events)
    if page.oldest > here.ledger + 1:
        raise EventsLost(f"Events from ledger {here.ledger + 1} on are needed; the node's oldest is {page.oldest}.")
    return await _read(decoder, here, page, [] if begun is None else list(begun.events), page_events)


async def _read(decoder: Decoder, here: Place, page: EventPage, decoded: list[Event], page_events: int) -> _Batch:
    """The whole ledgers of what was `decoded` before and of the page, up to the first event that cannot be read."""
    for number, raw in enumerate(page.events, 1):
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)  # the page before this one is being written meanwhile
        try:
            event = decoder.decode(raw)
        except UnknownEvent as unknown:
            before = [event for event in decoded if event.raw.ledger < raw.ledger]
            good = Place(before[-1].raw.id, raw.ledger - 1, before[-1].raw.closed_at) if before else here
            return _Batch(before, good, page.latest, stop=str(unknown))
        if event is None:
            metrics.STRANGERS_EVENTS.inc()
        else:
            decoded.append(event)
    if len(page.events) < page_events:
        return _Batch(decoded, _after(here, page), page.latest)
    return _cut(here, page, decoded)


def _after(here: Place, page: EventPage) -> Place:
    """Behind a page that holds everything up to where it ends."""
    reached = min(int(page.cursor.split("-")[0]) >> 32, page.latest)
    closed_at = page.closed_at if reached == page.latest else page.events[-1].closed_at if page.events else 0
    return Place(page.cursor, max(reached, here.ledger), closed_at or here.closed_at)


def _cut(here: Place, page: EventPage, decoded: list[Event]) -> _Batch:
    """A full page may end inside a ledger, which is kept for the next page, unless there is nothing else."""
    ends = page.events[-1]
    at = bisect_left(decoded, ends.ledger, key=lambda event: event.raw.ledger)
    whole = bisect_left(page.events, ends.ledger, key=lambda raw: raw.ledger)
    last = page.events[whole - 1] if whole else decoded[at - 1].raw if at else None
    if last is None:
        after = Place(ends.id, ends.ledger - 1, here.closed_at)
        return _Batch(decoded, after, page.latest, _Begun(page.cursor, []))
    after = Place(last.id, ends.ledger - 1, last.closed_at)
    return _Batch(decoded[:at], after, page.latest, _Begun(page.cursor, decoded[at:]))


@dataclass(frozen=True, slots=True)
class _Written:
    """What else is written in the transaction that logs events."""

    decoder: Decoder
    project: Project
    post: Post | None


async def _apply(maker: Maker, written: _Written, here: Place, batch: _Batch) -> None:
    """All ledgers in one transaction; when that fails, one by one, so that the log ends right before the bad one."""
    if batch.after == here:
        return
    try:
        await _commit(maker, written, here, batch.events, batch.after)
    except Exception as failed:
        if is_gone(failed):
            raise
        await _apply_singly(maker, written, here, batch)


async def _apply_singly(maker: Maker, written: _Written, here: Place, batch: _Batch) -> None:
    for ledger, group in groupby(batch.events, key=lambda event: event.raw.ledger):
        events = list(group)
        after = Place(events[-1].raw.id, ledger, events[-1].raw.closed_at)
        try:
            await _commit(maker, written, here, events, after)
        except Exception as failed:
            if is_gone(failed):
                raise
            reason = f"Ledger {ledger} cannot be projected ({type(failed).__name__}): {str(failed)[:500]}"
            raise await _halted(maker, reason) from failed
        here = after


async def _commit(maker: Maker, written: _Written, here: Place, events: Sequence[Event], after: Place) -> None:
    """Log, projections and cursor, or nothing (P62)."""
    async with transaction(maker) as session:
        if not await eventlog.take_over(session, here):
            return
        known = await eventlog.append(session, events)
        new = [event for event in events if known is None or event.raw.id not in known]
        for event in new:
            await written.project(session, event)
        if written.post is not None:
            await written.post(session, written.decoder, new)
        await eventlog.move(session, after)


async def _halted(maker: Maker, reason: str) -> IndexHalted:
    """Written down where `tenor gaps`, /ready and the metrics find it."""
    metrics.INDEXER_HALTED.set(1)
    log.critical("index halted", reason=reason)
    async with transaction(maker) as session:
        await eventlog.halt(session, reason)
    return IndexHalted(reason)
