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
    payer: Mapped[str | None]
    """The platform account that pays it in, fixed by the approval."""
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    note: Mapped[str]
    status: Mapped[str]
    proposer_id: Mapped[UUID]
    proposer_address: Mapped[str]
    """The wallet that proposed: two accounts of one wallet are not two people."""
    proposed_at: Mapped[datetime]
    approver_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class Objection(Base):
    """Why somebody disputed an invoice. The ledger has only `reason_hash`: sha256 of `salt` and the UTF-8 of `reason`.

    `address`: the debtor's wallet, or that of the platform's person who wrote down what the debtor said.
    """

    __tablename__ = "objection"

    reason_hash: Mapped[str] = mapped_column(primary_key=True)
    chain_id: Mapped[str] = mapped_column(index=True)
    salt: Mapped[bytes]
    reason: Mapped[str]
    account_id: Mapped[UUID]
    address: Mapped[str]
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    created_at: Mapped[datetime]


class Ruling(Base):
    """What the platform decided about a dispute and why; the newest counts, and only the ledger makes it true."""

    __tablename__ = "ruling"

    dispute_event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    reduction_units: Mapped[int | None]
    """None: rejected."""
    reason: Mapped[str]
    account_id: Mapped[UUID]
    address: Mapped[str]
    decided_at: Mapped[datetime]


class Announced(Base):
    """How far the event log has been told to those it concerns."""

    __tablename__ = "announced"

    name: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(Text(collation="C"))


# --- projection -------------------------------------------------------------------------------------------------


class Release(Base):
    """The completing investment: the advance went to the seller, less the origination fee."""

    __tablename__ = "release"
    __table_args__ = PROJECTION

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str] = mapped_column(unique=True)
    seller_units: Mapped[int]
    fee_units: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


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
    is_recourse: Mapped[bool]
    """Brought in by the seller for the holders: the debtor owes as before."""
    received_after_units: Mapped[int]
    holders_gross_after_units: Mapped[int]
    fee_after_units: Mapped[int]
    claim_units: Mapped[int]
    """What holders were owed in all at that moment, before the fee."""
    status_after: Mapped[str]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class Owed(Base):
    """Units that the escrow could not send, because the owner's account could not take them. They wait there.

    `chain_id`: the invoice whose event in the same transaction explains it. `paid_*`: the withdrawal, which always pays
    everything owed to an owner in one asset.
    """

    __tablename__ = "owed"
    __table_args__ = (
        Index("ix_owed_owner", "owner", "asset", "event_id"),
        Index("ix_owed_invoice", "chain_id", "event_id"),
        Index("ix_owed_tx", "tx_hash"),
        PROJECTION,
    )

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str | None]
    owner: Mapped[str]
    asset: Mapped[str]
    units: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]
    paid_event_id: Mapped[str | None]
    paid_ledger: Mapped[int | None]
    paid_closed_at: Mapped[int | None]
    paid_tx_hash: Mapped[str | None]


class Dispute(Base):
    """One dispute of an invoice, from its opening to its end; without an end it lapses at `lapses_at` by itself."""

    __tablename__ = "dispute"
    __table_args__ = (Index("ix_dispute_invoice", "chain_id", "event_id"), PROJECTION)

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str]
    by: Mapped[str]
    reason_hash: Mapped[str]
    opened_at: Mapped[int]
    lapses_at: Mapped[int]
    upheld: Mapped[bool | None]
    """None: not resolved."""
    resolved_at: Mapped[int | None]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class FaceReduction(Base):
    """The debtor owes less: a credit note, or a dispute that was upheld. `shortfall_units`: then the seller's debt."""

    __tablename__ = "face_reduction"
    __table_args__ = (Index("ix_face_reduction_invoice", "chain_id", "event_id"), PROJECTION)

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str]
    reduction_units: Mapped[int]
    face_after_units: Mapped[int]
    shortfall_units: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]
