"""Tables of invoices, debtors, rate cards and quotes (what people intend), and of escrows (what the ledger says).

Intent rows are written by flows; `Escrow` only by projections, from events alone. No business logic.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenor.db import Base
from tenor.kernel.ids import new_id


class Invoice(Base):
    """One uploaded invoice, from file to listing. What happens on the ledger is in `Escrow`, joined by `chain_id`."""

    __tablename__ = "invoice"
    __table_args__ = (
        Index(
            "uq_invoice_file_live",
            "seller_account_id",
            "file_sha256",
            unique=True,
            postgresql_where=text("status <> 'withdrawn'"),
        ),
        Index("ix_invoice_seller_page", "seller_account_id", "id"),
        Index(
            "uq_invoice_fingerprint_live",
            "fingerprint",
            unique=True,
            postgresql_where=text("fingerprint IS NOT NULL AND status <> 'withdrawn'"),
        ),
        Index(
            "ix_invoice_confirmed", "confirmed", postgresql_using="gin", postgresql_ops={"confirmed": "jsonb_path_ops"}
        ),
        Index("ix_invoice_due_for_reading", "id", postgresql_where=text("status = 'received'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    seller_account_id: Mapped[UUID] = mapped_column(index=True)
    seller_address: Mapped[str]
    """The wallet that uploaded: it signs `create_escrow` and is paid the advance."""
    created_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(index=True)
    """See `rules.INVOICE`; never a money status."""

    file_name: Mapped[str]
    file_kind: Mapped[str | None]
    file_sha256: Mapped[bytes] = mapped_column(index=True)
    file_size_bytes: Mapped[int]
    scan_verdict: Mapped[str]
    scan_detail: Mapped[str]
    sealed_cid: Mapped[str]
    """Where the encrypted original is pinned."""
    wrapped_key: Mapped[bytes]
    """Its data key, wrapped by the vault."""

    reading: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """What was read, as `reading.to_json` writes it: fields with source, confidence, box; findings."""
    refusal_code: Mapped[str | None]
    refusal_sentence: Mapped[str | None]
    """Why reading refused the file, when it did."""

    confirmed: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    """Field name -> value as the seller confirmed it."""
    debtor_id: Mapped[UUID | None] = mapped_column(ForeignKey("debtor.id"), index=True)
    face_asset: Mapped[str | None]
    """Contract of the settlement asset that the amount due maps to."""
    face_units: Mapped[int | None]
    invoice_due_at: Mapped[int | None]
    """The due date of the paper: Unix seconds, end of that day in UTC."""
    fingerprint: Mapped[bytes | None]
    """Keyed hash of the canonical identity (`duplicates.fingerprint`); attested on the ledger."""

    quote_id: Mapped[UUID | None]
    """The accepted quote."""
    document_root: Mapped[bytes | None]
    """Merkle root over the confirmed fields and the file hash; `terms.document` on the ledger."""
    commitment: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The committed values and each one's secret salt (hex): what proofs are made from."""
    debtor_confirmed_at: Mapped[datetime | None]
    """When the debtor's own wallet confirmed the debt before listing; raises the assurance of a quote."""
    chain_id: Mapped[str | None] = mapped_column(unique=True)
    """64 hex digits: `sha256(xdr(seller) || reference)`."""
    erased_at: Mapped[datetime | None]
    """When its key was destroyed and what it said was forgotten; the row keeps what the ledger shows anyway."""


class InvoiceSketch(Base):
    """How an invoice's pages read, for finding near copies (`likeness.py`). Written when it is read, never changed."""

    __tablename__ = "invoice_sketch"
    __table_args__ = (Index("ix_invoice_sketch_bands", "bands", postgresql_using="gin"),)

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    sketch: Mapped[bytes]
    bands: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    """Two sketches worth comparing share one of these keys."""


class InvoiceLook(Base):
    """How an invoice's first page looks (`documents/looks.py`): for copies whose words say nothing. Never changed."""

    __tablename__ = "invoice_look"
    __table_args__ = (
        Index("ix_invoice_look_bands", "bands", postgresql_using="gin"),
        Index("ix_invoice_look_illegible", "bands", postgresql_using="gin", postgresql_where=text("NOT is_legible")),
    )

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    look: Mapped[bytes]
    is_legible: Mapped[bool]
    """Whether its words can be compared; then they have the say."""
    bands: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))


class InvoiceCorrection(Base):
    """What the seller changed against the reading. Append-only."""

    __tablename__ = "invoice_correction"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), index=True)
    account_id: Mapped[UUID]
    at: Mapped[datetime]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str]


class DocumentView(Base):
    """Who saw what of an invoice's document, and when. Append-only."""

    __tablename__ = "document_view"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), index=True)
    account_id: Mapped[UUID]
    address: Mapped[str]
    at: Mapped[datetime]
    what: Mapped[str]
    """`page 1`, `original`, `key`, `proof of amount_due, due_date`, `erased: reason`."""


class Debtor(Base):
    """A customer whose identity the platform has verified. Only a grade and a country are ever shown to the public."""

    __tablename__ = "debtor"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    vat_id: Mapped[str] = mapped_column(unique=True)
    """Without spaces, with the country prefix."""
    country: Mapped[str]
    sector: Mapped[str | None]
    email: Mapped[str | None]
    grade: Mapped[str]
    status: Mapped[str]
    """`active` or `blocked`; a blocked debtor's invoices get no quote and no attestation."""
    address: Mapped[str | None] = mapped_column(unique=True)
    """The debtor's wallet, once it is known; invoices can be attested only then."""
    debtor_key: Mapped[str] = mapped_column(unique=True)
    """32 random bytes as 64 hex digits: the debtor's name on the ledger."""
    created_at: Mapped[datetime]


class DebtorChange(Base):
    """One change of a debtor's record: who, when, why. Append-only; the grade's history."""

    __tablename__ = "debtor_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    debtor_id: Mapped[UUID] = mapped_column(ForeignKey("debtor.id"), index=True)
    account_id: Mapped[UUID]
    at: Mapped[datetime]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    reason: Mapped[str]


class RateCard(Base):
    """One version of the prices. Never changed: an edit is a new version (P83)."""

    __tablename__ = "rate_card"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    valid_from: Mapped[datetime] = mapped_column(index=True)
    author_account_id: Mapped[UUID]
    created_at: Mapped[datetime]
    note: Mapped[str]
    rules: Mapped[dict[str, Any]]
    """As `rates.card_to_json` writes it."""


class Quote(Base):
    """A price offered for one invoice: terms and every factor behind them. Frozen once written."""

    __tablename__ = "quote"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), index=True)
    rate_card_version: Mapped[int] = mapped_column(ForeignKey("rate_card.version"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    terms: Mapped[dict[str, Any]]
    """Terms as `rates.terms_to_json` writes them, units as integers; `document` is added at listing."""
    factors: Mapped[list[Any]]
    """In order: name, bps, units, sentence."""
    face_units: Mapped[int]
    advance_units: Mapped[int]
    claim_units: Mapped[int]
    origination_fee_units: Mapped[int]
    payout_units: Mapped[int]
    """What reaches the seller's account at full funding: advance minus the origination fee."""


class Escrow(Base):
    """One invoice on the ledger: frozen terms, books, where they stand. Times are Unix seconds, ledger time."""

    __tablename__ = "escrow"
    __table_args__ = (
        Index("ix_escrow_market_created", "created_at", "chain_id"),
        Index("ix_escrow_market_yield", "net_yield_bps", "chain_id"),
        Index("ix_escrow_market_due", "due_at", "chain_id"),
        Index("ix_escrow_market_advance", "advance_units", "chain_id"),
        {"info": {"projection": True}},
    )

    chain_id: Mapped[str] = mapped_column(primary_key=True)
    seller: Mapped[str] = mapped_column(index=True)
    reference: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    terms_hash: Mapped[str]

    asset: Mapped[str] = mapped_column(index=True)
    advance_units: Mapped[int]
    claim_units: Mapped[int]
    initial_face_units: Mapped[int]
    """F0, frozen."""
    funding_deadline_at: Mapped[int]
    due_at: Mapped[int]
    accrual: Mapped[str]
    """`flat` or `linear`."""
    min_earned_days: Mapped[int]
    late_bps_per_day: Mapped[int]
    late_days_max: Mapped[int]
    grace_days: Mapped[int]
    origination_fee_bps: Mapped[int]
    profit_fee_bps: Mapped[int]
    min_ticket_units: Mapped[int]
    min_payment_units: Mapped[int]
    recourse: Mapped[bool]
    restricted: Mapped[bool]
    document: Mapped[str]
    """Merkle root, hex."""
    treasury: Mapped[str]

    net_yield_bps: Mapped[int]
    """Simple return a year after the profit fee, were it funded at creation and paid when due; floor."""
    tenor_days: Mapped[int]
    """Started days from creation to the due date."""

    status: Mapped[str] = mapped_column(index=True)
    """`open`, `funded`, `settled`, `cancelled`, `defaulted`; `expired` is a view of `open` after its deadline."""
    attested: Mapped[bool]
    acknowledged: Mapped[bool]
    acknowledged_at: Mapped[int | None]
    debtor: Mapped[str | None] = mapped_column(index=True)
    debtor_key: Mapped[str | None] = mapped_column(index=True)
    fingerprint: Mapped[str | None]

    funded_units: Mapped[int]
    refunded_units: Mapped[int]
    funded_at: Mapped[int | None]
    released_units: Mapped[int | None]
    """What the seller got at full funding."""
    origination_fee_units: Mapped[int | None]

    face_units: Mapped[int]
    """F, current."""
    received_units: Mapped[int]
    """R."""
    holders_gross_units: Mapped[int]
    """H."""
    fee_taken_units: Mapped[int]
    earned_units: Mapped[int]
    late_units: Mapped[int]
    late_days_charged: Mapped[int]
    checkpoint_at: Mapped[int]
    recourse_paid_units: Mapped[int]
    disputed_seconds: Mapped[int]
    """After the due date, in disputes that are over."""
    dispute_from: Mapped[int]
    dispute_until: Mapped[int]
    """The present dispute and the moment at which it lapses by itself; both 0 without one."""
    cancelled_by: Mapped[str | None]
    settled_at: Mapped[int | None]
    defaulted_at: Mapped[int | None]

    created_at: Mapped[int]
    created_ledger: Mapped[int]
    last_ledger: Mapped[int]
    last_event_id: Mapped[str]
