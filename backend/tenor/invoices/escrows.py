"""Reading the projection of escrows: one by its id, its deal and books for pricing, the ledger time it stands at."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import Cursor
from tenor.invoices.models import Escrow
from tenor.invoices.pricing import Accrual, Books, Deal
from tenor.kernel.errors import NotFound


class EscrowNotFound(NotFound):
    pass


async def escrow_of(session: AsyncSession, chain_id: str) -> Escrow:
    """Escrows are public, as the ledger is. `EscrowNotFound`."""
    row = await session.get(Escrow, chain_id, populate_existing=True)
    if row is None:
        raise EscrowNotFound(f"No invoice {chain_id[:64]} is on the ledger.")
    return row


def indexed_at() -> ColumnElement[int]:
    """SQL: the close time of the newest ledger that is projected; 0 before the first."""
    return select(func.coalesce(func.max(Cursor.__table__.c.closed_at), 0)).scalar_subquery()


async def now_indexed(session: AsyncSession) -> int:
    return int(await session.scalar(select(indexed_at())) or 0)


def is_expired(escrow: Escrow, at: int) -> bool:
    """Open after its funding deadline: the contract's view `Expired`."""
    return escrow.status == "open" and at > escrow.funding_deadline_at


def deal_of(escrow: Escrow, *, funded_at: int | None = None) -> Deal:
    """The deal for `pricing`. `funded_at`: assumed moment of funding of an escrow that is not funded yet."""
    at = escrow.funded_at if escrow.funded_at is not None else funded_at
    assert at is not None, "an unfunded escrow has no deal without an assumed moment"
    return Deal(
        advance_units=escrow.advance_units,
        claim_units=escrow.claim_units,
        face_units=escrow.initial_face_units,
        funded_at=at,
        due_at=escrow.due_at,
        accrual=Accrual(escrow.accrual),
        min_earned_days=escrow.min_earned_days,
        late_bps_per_day=escrow.late_bps_per_day,
        late_days_max=escrow.late_days_max,
        profit_fee_bps=escrow.profit_fee_bps,
        min_payment_units=escrow.min_payment_units,
    )


def books_of(escrow: Escrow) -> Books:
    """The books of a funded escrow as of its last event."""
    return Books(
        received_units=escrow.received_units,
        holders_gross_units=escrow.holders_gross_units,
        fee_taken_units=escrow.fee_taken_units,
        earned_units=escrow.earned_units,
        late_units=escrow.late_units,
        late_days_charged=escrow.late_days_charged,
        checkpoint_at=escrow.checkpoint_at,
        face_units=escrow.face_units,
        recourse_paid_units=escrow.recourse_paid_units,
        disputed_seconds=escrow.disputed_seconds,
        dispute_from=escrow.dispute_from,
        dispute_until=escrow.dispute_until,
        settled=escrow.status == "settled",
    )
