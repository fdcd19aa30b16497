"""Tables of the disbursements: batches of payments, their lines, and the turn that keeps two from one balance."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tenor.db import Base


class Disbursement(Base):
    """A batch of payments of one asset from the treasury. Nothing moves before a second person has approved it.

    `when_missing`: what becomes of a payee without account or trustline: `park` (tried again) or `claimable`, a balance
    that may be taken back `reclaim_days` later. `waiting`: why it stands still, as a sentence; None while it does not.
    """

    __tablename__ = "disbursement"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    asset: Mapped[str]
    when_missing: Mapped[str]
    reclaim_days: Mapped[int]
    lines: Mapped[int]
    total_units: Mapped[int]
    status: Mapped[str] = mapped_column(index=True)
    waiting: Mapped[str | None]
    creator_address: Mapped[str]
    approver_address: Mapped[str | None]
    reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    decided_at: Mapped[datetime | None]


class DisbursementLine(Base):
    """One payment. `pack_id`: the transaction that carries it now, at `position`; `way`: pay, hold or call.

    `code` and `reason` say why it failed or waits. `hash` and `ledger` are the outcome's; `balance_id` that of a
    claimable balance (64 hex digits). `reclaim_at`: Unix seconds from which on it can be taken back.
    """

    __tablename__ = "disbursement_line"
    __table_args__ = (
        UniqueConstraint("disbursement_id", "number"),
        Index("ix_disbursement_line_due", "disbursement_id", "status", "number"),
        Index("ix_disbursement_line_sending", "status", postgresql_where=text("status IN ('sending', 'held')")),
        Index(
            "uq_disbursement_line_external_id",
            "external_id",
            unique=True,
            postgresql_where=text("status <> 'cancelled'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    disbursement_id: Mapped[UUID] = mapped_column(ForeignKey("disbursement.id"))
    number: Mapped[int]
    external_id: Mapped[str | None]
    payee: Mapped[str]
    memo_kind: Mapped[str]
    memo_value: Mapped[str]
    units: Mapped[int]
    status: Mapped[str]
    tries: Mapped[int] = mapped_column(server_default="0")
    code: Mapped[str | None]
    reason: Mapped[str | None]
    way: Mapped[str | None]
    pack_id: Mapped[UUID | None] = mapped_column(index=True)
    position: Mapped[int | None]
    hash: Mapped[str | None]
    ledger: Mapped[int | None]
    balance_id: Mapped[str | None]
    reclaim_at: Mapped[int | None]


class Purse(Base):
    """The turn to commit the treasury's balance of an asset: two batches never count on the same units (P37)."""

    __tablename__ = "disbursement_purse"

    asset: Mapped[str] = mapped_column(primary_key=True)
    turn: Mapped[int]
