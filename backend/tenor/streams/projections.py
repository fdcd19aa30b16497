"""The stream contract's events into streams and debts. A pure function of the event log."""

from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments.projections import ProjectionDiverged, at
from tenor.ledger import stream_events as events
from tenor.streams.models import Stream, StreamOwed


async def on_stream_created(session: AsyncSession, event: events.StreamCreated) -> None:
    kind, target = event.recipient
    session.add(
        Stream(
            stream_id=event.stream_id,
            payer=event.payer,
            recipient=target if kind == "Account" else None,
            chain_id=target.hex() if kind == "Invoice" else None,
            asset=event.asset,
            deposited_units=event.deposited,
            paid_units=0,
            returned_units=0,
            units=event.units,
            seconds=event.seconds,
            start_at=event.start,
            ran_seconds=0,
            since_at=event.start,
            last_settled_at=event.start,
            status="active",
            **at(event),
        )
    )
    await session.flush()


async def on_stream_topped_up(session: AsyncSession, event: events.StreamToppedUp) -> None:
    row = await _stream(session, event)
    _agree(event, row.deposited_units, event.deposited_before)
    row.deposited_units = event.deposited_after


async def on_stream_settled(session: AsyncSession, event: events.StreamSettled) -> None:
    row = await _stream(session, event)
    _agree(event, row.paid_units, event.paid_before)
    row.paid_units, row.last_settled_at = event.paid_after, event.at


async def on_stream_paused(session: AsyncSession, event: events.StreamPaused) -> None:
    row = await _stream(session, event)
    row.status, row.ran_seconds, row.since_at = "paused", event.ran_seconds, max(row.since_at, event.at)


async def on_stream_resumed(session: AsyncSession, event: events.StreamResumed) -> None:
    row = await _stream(session, event)
    _agree(event, row.ran_seconds, event.ran_seconds)
    row.status, row.since_at = "active", event.since


async def on_stream_ended(session: AsyncSession, event: events.StreamEnded) -> None:
    row = await _stream(session, event)
    _agree(event, row.paid_units, event.paid)
    _agree(event, row.deposited_units - row.paid_units, event.returned)
    if row.status == "active":
        row.ran_seconds += max(0, event.at - row.since_at)
    row.status, row.returned_units = event.status.name.lower(), event.returned


async def on_stream_owed_changed(session: AsyncSession, event: events.StreamOwedChanged) -> None:
    row = await session.get(StreamOwed, (event.owner, event.asset))
    if row is None:
        row = StreamOwed(owner=event.owner, asset=event.asset, units=0, **at(event))
        session.add(row)
    _agree(event, row.units, event.before)
    row.units = event.after
    row.event_id, row.ledger = event.raw.id, event.raw.ledger
    row.closed_at, row.tx_hash = event.raw.closed_at, event.raw.tx_hash
    await session.flush()


_OfStream = (
    events.StreamToppedUp | events.StreamSettled | events.StreamPaused | events.StreamResumed | events.StreamEnded
)


async def _stream(session: AsyncSession, event: _OfStream) -> Stream:
    row = await session.get(Stream, event.stream_id)
    if row is None:
        raise ProjectionDiverged(f"Event {event.raw.id} is about a stream that was never created: {event.stream_id}.")
    return row


def _agree(event: _OfStream | events.StreamOwedChanged, ours: int, theirs: int) -> None:
    if ours != theirs:
        raise ProjectionDiverged(f"Event {event.raw.id} starts from {theirs}; the log before it leads to {ours}.")
