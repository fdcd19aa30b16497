"""What the ledger says about each invoice, written to `Escrow` by one handler an event. Reads nothing but the event.

Rows are a pure function of the event log: no clock, no random id; `tenor replay` rebuilds them byte for byte.
"""

from typing import Any

from sqlalchemy import CursorResult, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices.models import Escrow
from tenor.invoices.pricing import DAY_SECONDS, net_yield_bps
from tenor.ledger.events import (
    DisputeOpened,
    DisputeResolved,
    FaceReduced,
    InvoiceAcknowledged,
    InvoiceAttested,
    InvoiceCancelled,
    InvoiceCreated,
    InvoiceDefaulted,
    InvoiceFunded,
    InvoiceRefunded,
    InvoiceReleased,
    InvoiceSettled,
    PaymentRecorded,
    RawEvent,
)


class EscrowMissing(Exception):
    """An event about an invoice whose creation was never projected."""


async def on_invoice_created(session: AsyncSession, event: InvoiceCreated) -> None:
    terms, created_at = event.terms, event.raw.closed_at
    await session.execute(
        insert(Escrow).values(
            chain_id=event.invoice_id,
            seller=event.seller,
            reference=event.reference,
            token=event.token,
            treasury=event.treasury,
            terms_hash=event.terms_hash,
            asset=terms.asset,
            advance_units=terms.advance,
            claim_units=terms.claim,
            initial_face_units=terms.face,
            funding_deadline_at=terms.funding_deadline,
            due_at=terms.due,
            accrual=terms.accrual.name.lower(),
            min_earned_days=terms.min_earned_days,
            late_bps_per_day=terms.late_bps_per_day,
            late_days_max=terms.late_days_max,
            grace_days=terms.grace_days,
            origination_fee_bps=terms.origination_fee_bps,
            profit_fee_bps=terms.profit_fee_bps,
            min_ticket_units=terms.min_ticket,
            min_payment_units=terms.min_payment,
            recourse=terms.recourse,
            restricted=terms.restricted,
            document=terms.document,
            net_yield_bps=net_yield_bps(
                advance_units=terms.advance,
                claim_units=terms.claim,
                profit_fee_bps=terms.profit_fee_bps,
                seconds=terms.due - created_at,
            ),
            tenor_days=-(-(terms.due - created_at) // DAY_SECONDS),
            status="open",
            attested=False,
            acknowledged=False,
            funded_units=0,
            refunded_units=0,
            face_units=terms.face,
            received_units=0,
            holders_gross_units=0,
            fee_taken_units=0,
            earned_units=0,
            late_units=0,
            late_days_charged=0,
            checkpoint_at=created_at,
            recourse_paid_units=0,
            disputed_seconds=0,
            dispute_from=0,
            dispute_until=0,
            created_at=created_at,
            created_ledger=event.raw.ledger,
            last_ledger=event.raw.ledger,
            last_event_id=event.raw.id,
        )
    )


async def on_invoice_attested(session: AsyncSession, event: InvoiceAttested) -> None:
    await _set(
        session,
        event.invoice_id,
        event.raw,
        attested=True,
        debtor=event.debtor,
        debtor_key=event.debtor_key,
        fingerprint=event.fingerprint,
    )


async def on_invoice_acknowledged(session: AsyncSession, event: InvoiceAcknowledged) -> None:
    await _set(session, event.invoice_id, event.raw, acknowledged=True, acknowledged_at=event.at)


async def on_invoice_funded(session: AsyncSession, event: InvoiceFunded) -> None:
    await _set(session, event.invoice_id, event.raw, funded_units=event.funded_after)


async def on_invoice_released(session: AsyncSession, event: InvoiceReleased) -> None:
    await _set(
        session,
        event.invoice_id,
        event.raw,
        status="funded",
        funded_at=event.funded_at,
        released_units=event.to_seller,
        origination_fee_units=event.origination_fee,
        earned_units=event.earned,
        checkpoint_at=event.funded_at,
    )


async def on_invoice_cancelled(session: AsyncSession, event: InvoiceCancelled) -> None:
    await _set(session, event.invoice_id, event.raw, status="cancelled", cancelled_by=event.by)


async def on_invoice_refunded(session: AsyncSession, event: InvoiceRefunded) -> None:
    await _set(session, event.invoice_id, event.raw, refunded_units=event.refunded_after)


async def on_payment_recorded(session: AsyncSession, event: PaymentRecorded) -> None:
    """The books after the payment; the event carries totals, so nothing is summed here."""
    await _set(
        session,
        event.invoice_id,
        event.raw,
        status=event.status_after.name.lower(),
        received_units=event.received_after,
        holders_gross_units=event.holders_gross_after,
        fee_taken_units=event.fee_taken,
        earned_units=event.earned,
        late_units=event.late,
        late_days_charged=event.late_days_charged,
        checkpoint_at=event.checkpoint_at,
        recourse_paid_units=event.recourse_paid,
    )


async def on_dispute_opened(session: AsyncSession, event: DisputeOpened) -> None:
    await _set(session, event.invoice_id, event.raw, dispute_from=event.opened_at, dispute_until=event.lapses_at)


async def on_dispute_resolved(session: AsyncSession, event: DisputeResolved) -> None:
    await _set(
        session,
        event.invoice_id,
        event.raw,
        disputed_seconds=event.disputed_seconds,
        dispute_from=0,
        dispute_until=0,
    )


async def on_face_reduced(session: AsyncSession, event: FaceReduced) -> None:
    await _set(session, event.invoice_id, event.raw, face_units=event.face_after)


async def on_invoice_settled(session: AsyncSession, event: InvoiceSettled) -> None:
    await _set(session, event.invoice_id, event.raw, status="settled", settled_at=event.at)


async def on_invoice_defaulted(session: AsyncSession, event: InvoiceDefaulted) -> None:
    await _set(session, event.invoice_id, event.raw, status="defaulted", defaulted_at=event.at)


async def _set(session: AsyncSession, chain_id: str, raw: RawEvent, **columns: Any) -> None:
    changed = await session.execute(
        update(Escrow)
        .where(Escrow.chain_id == chain_id)
        .values(**columns, last_ledger=raw.ledger, last_event_id=raw.id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        raise EscrowMissing(f"Event {raw.id} is about invoice {chain_id}, whose creation is not in the log.")
