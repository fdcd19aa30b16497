"""Tables of settlements: what operators record and order (intent), and what payments did on the ledger (projection)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenor.db import Base
from tenor.kernel.ids import new_id

PROJECTION = {"info": {"projection": True}}

# --- intent -----------------------------------------------------------------------------------------------------


class Evidence(Base):
    """A file that shows a payment happened: encrypted like an invoice's document, so only its hash tells anything."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("account_id", "sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID]
    file_name: Mapped[str]
    file_kind: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[bytes]
    scan_verdict: Mapped[str]
    sealed_cid: Mapped[str]
    wrapped_key: Mapped[bytes]
    created_at: Mapped[datetime]


class PaymentRecord(Base):
    """An operator's claim that a debtor has paid, with evidence. Nothing moves before a second person approves.

    `status` is the intent's (`rules.RECORD`); whether the money moved is the `Payment` with the same `payment_id`.
    """

    __tablename__ = "payment_record"
    __table_args__ = (
        Index("ix_payment_record_page", "status", "id"),
        CheckConstraint("approver_id IS NULL OR approver_id <> proposer_id", "four_eyes"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    chain_id: Mapped[str] = mapped_column(index=True)
    amount_units: Mapped[int]
    asset: Mapped[str]
    payment_id: Mapped[str] = mapped_column(unique=True)
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    note: Mapped[str]
    status: Mapped[str]
    proposer_id: Mapped[UUID]
    proposed_at: Mapped[datetime]
    approver_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class Page(Base):
    """One ordered page of pushes after a deposit; its transaction has the same purpose key."""

    __tablename__ = "settlement_page"
    __table_args__ = (UniqueConstraint("deposit_event_id", "number"),)

    purpose_key: Mapped[str] = mapped_column(primary_key=True)
    chain_id: Mapped[str] = mapped_column(index=True)
    deposit_event_id: Mapped[str]
    number: Mapped[int]
    ordered_at: Mapped[datetime]


class PageHolder(Base):
    """One holder of an ordered page. `deferred_code`: the asset's error when the push could not reach the holder."""

    __tablename__ = "settlement_page_holder"

    purpose_key: Mapped[str] = mapped_column(ForeignKey("settlement_page.purpose_key"), primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
    deferred_code: Mapped[int | None]


# --- projection -------------------------------------------------------------------------------------------------


class Payment(Base):
    """One payment into an invoice and where its units went: `holders + fee + seller = amount` (the waterfall)."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("chain_id", "payer", "payment_id"),
        Index("ix_payment_invoice", "chain_id", "event_id"),
        PROJECTION,
    )

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str]
    payer: Mapped[str]
    payment_id: Mapped[str]
    amount_units: Mapped[int]
    holders_units: Mapped[int]
    """Net of the fee: what went to the distributor."""
    fee_units: Mapped[int]
    seller_units: Mapped[int]
    received_after_units: Mapped[int]
    holders_gross_after_units: Mapped[int]
    fee_after_units: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class Deposit(Base):
    """Payout money that reached the distributor for the holders of one token."""

    __tablename__ = "deposit"
    __table_args__ = (Index("ix_deposit_invoice", "chain_id", "event_id"), PROJECTION)

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str]
    payment_key: Mapped[str]
    units: Mapped[int]
    received_after_units: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class Distribution(Base):
    """One page of pushes as the ledger carried it out, whoever sent it."""

    __tablename__ = "distribution"
    __table_args__ = (Index("ix_distribution_invoice", "chain_id", "event_id"), PROJECTION)

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str]
    paid_units: Mapped[int]
    paid_count: Mapped[int]
    deferred_count: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]
