"""Ledger events into payments, releases and debts of the escrow. A pure function of the event log."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments.projections import ProjectionDiverged, at
from tenor.ledger import events
from tenor.ledger.events import Event
from tenor.settlements.models import Dispute, FaceReduction, Owed, Payment, Release


async def on_invoice_released(session: AsyncSession, event: events.InvoiceReleased) -> None:
    session.add(
        Release(chain_id=event.invoice_id, seller_units=event.to_seller, fee_units=event.origination_fee, **at(event))
    )
    await explain_owed(session, event, event.invoice_id)


async def on_invoice_refunded(session: AsyncSession, event: events.InvoiceRefunded) -> None:
    await explain_owed(session, event, event.invoice_id)


async def on_payment_recorded(session: AsyncSession, event: events.PaymentRecorded) -> None:
    session.add(
        Payment(
            chain_id=event.invoice_id,
            payer=event.payer,
            payment_id=event.payment_id,
            amount_units=event.amount,
            holders_units=event.to_holders,
            fee_units=event.fee,
            seller_units=event.to_seller,
            is_recourse=event.received_after == event.received_before,
            received_after_units=event.received_after,
            holders_gross_after_units=event.holders_gross_after,
            fee_after_units=event.fee_taken,
            claim_units=event.claim,
            status_after=event.status_after.name.lower(),
            **at(event),
        )
    )
    await explain_owed(session, event, event.invoice_id)


async def on_dispute_opened(session: AsyncSession, event: events.DisputeOpened) -> None:
    session.add(
        Dispute(
            chain_id=event.invoice_id,
            by=event.by,
            reason_hash=event.reason,
            opened_at=event.opened_at,
            lapses_at=event.lapses_at,
            upheld=None,
            resolved_at=None,
            **at(event),
        )
    )
    await session.flush()


async def on_dispute_resolved(session: AsyncSession, event: events.DisputeResolved) -> None:
    """Of the newest dispute: one stands at a time."""
    newest = select(Dispute).where(Dispute.chain_id == event.invoice_id).order_by(Dispute.event_id.desc()).limit(1)
    row = await session.scalar(newest)
    if row is None or row.resolved_at is not None:
        raise ProjectionDiverged(f"Event {event.raw.id} resolves a dispute that is not open in the log before it.")
    row.upheld, row.resolved_at = event.upheld, event.at
    await session.flush()


async def on_face_reduced(session: AsyncSession, event: events.FaceReduced) -> None:
    session.add(
        FaceReduction(
            chain_id=event.invoice_id,
            reduction_units=event.reduction,
            face_after_units=event.face_after,
            shortfall_units=event.shortfall,
            **at(event),
        )
    )
    await session.flush()


async def on_owed_changed(session: AsyncSession, event: events.OwedChanged) -> None:
    """Grows by what could not be sent, which the escrow's next event explains; falls to zero by a withdrawal of all."""
    if event.after > event.before:
        session.add(
            Owed(
                chain_id=None,
                owner=event.owner,
                asset=event.asset,
                units=event.after - event.before,
                paid_event_id=None,
                paid_ledger=None,
                paid_closed_at=None,
                paid_tx_hash=None,
                **at(event),
            )
        )
        await session.flush()
        return
    rows = list(
        await session.scalars(
            select(Owed).where(Owed.owner == event.owner, Owed.asset == event.asset, Owed.paid_event_id.is_(None))
        )
    )
    if event.after != 0 or sum(row.units for row in rows) != event.before:
        raise ProjectionDiverged(
            f"Event {event.raw.id} lowers what is owed from {event.before} to {event.after}; "
            f"the log before it leads to {sum(row.units for row in rows)}, all of it withdrawn."
        )
    for row in rows:
        row.paid_event_id, row.paid_ledger = event.raw.id, event.raw.ledger
        row.paid_closed_at, row.paid_tx_hash = event.raw.closed_at, event.raw.tx_hash
    await session.flush()


async def explain_owed(session: AsyncSession, event: Event, chain_id: str) -> None:
    """What could not be sent in this transaction before this event was this invoice's."""
    await session.flush()
    await session.execute(
        update(Owed)
        .where(Owed.tx_hash == event.raw.tx_hash, Owed.event_id < event.raw.id, Owed.chain_id.is_(None))
        .values(chain_id=chain_id)
    )
