"""Tables of the chain room: intents on their way to the ledger, and what the ledger said. Holds no decision."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from tenor.db import Base

Status = Literal["planned", "built", "signed", "sent", "confirmed", "failed", "expired"]

_ORDERED = Text(collation="C")
"""Event ids and cursors compare byte by byte, as the ledger orders them."""


class ChainTransaction(Base):
    """One intent to change the ledger, whatever number of envelopes it takes. `purpose_key` makes it one (P29).

    `role`: the platform key that signs, None for a wallet. `call`: {contract, function, args: [base64 ScVal], extra};
    of the kind `pack` {operations, count, memo, closes}. `road`: `own`, or `channel` when a channel account is the
    source. `bid_stroops` an operation, raised by `bump_xdr`, the newest fee bump around the same envelope.
    `built_ledger`: newest ledger when the envelope was built; `sent_ledger`: when it was last handed to a node.
    `error_*` is set as soon as a node or the ledger refuses; only `status` says whether that is final.
    """

    __tablename__ = "chain_transaction"
    __table_args__ = (
        Index(
            "ix_chain_transaction_due",
            "status",
            "created_at",
            postgresql_where=text("status NOT IN ('confirmed', 'failed', 'expired')"),
        ),
        Index("ix_chain_transaction_subject", "subject", "purpose"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    purpose_key: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    subject: Mapped[str]
    account_id: Mapped[UUID | None]
    source: Mapped[str | None]
    role: Mapped[str | None]
    kind: Mapped[str] = mapped_column(server_default="call")
    road: Mapped[str] = mapped_column(server_default="own")
    call: Mapped[dict[str, Any]]
    status: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    envelope_xdr: Mapped[str | None]
    hash: Mapped[str | None] = mapped_column(index=True)
    sequence: Mapped[int | None]
    valid_until: Mapped[int | None]
    fee_stroops: Mapped[int | None]
    bid_stroops: Mapped[int | None]
    bump_xdr: Mapped[str | None]
    built_ledger: Mapped[int | None]
    sent_ledger: Mapped[int | None]
    preview: Mapped[dict[str, Any]]
    ledger: Mapped[int | None]
    result_xdr: Mapped[str | None]
    return_xdr: Mapped[str | None]
    error_code: Mapped[str | None]
    error_sentence: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Envelope(Base):
    """Every envelope ever handed out or sent, by hash, so that whatever lands is recognised (P02, P16)."""

    __tablename__ = "chain_envelope"

    hash: Mapped[str] = mapped_column(primary_key=True)
    transaction_id: Mapped[UUID] = mapped_column(ForeignKey("chain_transaction.id"), index=True)
    envelope_xdr: Mapped[str]
    valid_until: Mapped[int]
    outcome: Mapped[str | None]


class SourceLease(Base):
    """The one transaction of a platform account that may be under way: held until its outcome is known (P09, P10)."""

    __tablename__ = "chain_source_lease"

    source: Mapped[str] = mapped_column(primary_key=True)
    transaction_id: Mapped[UUID] = mapped_column(ForeignKey("chain_transaction.id"), unique=True)


class Channel(Base):
    """An account that lends its sequence to one transaction of the platform at a time; it holds no money of anybody's.

    Its key is derived from `number`. `state`: opening, ready, low (too little XLM for a fee), closing, closed.
    A `SourceLease` on its address says that it is under way, or quarantined until an outcome is known (P10).
    """

    __tablename__ = "chain_channel"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    address: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]


class ContractEvent(Base):
    """The raw log, append-only and kept for ever: projections are a function of it. Ids sort as the ledger does."""

    __tablename__ = "contract_event"

    id: Mapped[str] = mapped_column(_ORDERED, primary_key=True)
    ledger: Mapped[int] = mapped_column(index=True)
    closed_at: Mapped[int]
    contract: Mapped[str]
    tx_hash: Mapped[str] = mapped_column(index=True)
    type: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(ARRAY(Text))
    value: Mapped[str]


class Cursor(Base):
    """How far a reader of the ledger has come. `position`: RPC cursor, None before the first page.

    Every event up to `ledger` (inclusive) is in the log; `ledger` is where a coverage gap would show (P57).
    """

    __tablename__ = "chain_cursor"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[str | None] = mapped_column(_ORDERED)
    ledger: Mapped[int]
    closed_at: Mapped[int]
    halted: Mapped[str | None]
    """Why the reader stopped, as a sentence; None while it runs. Cleared by the next page that succeeds."""


class Landmark(Base):
    """A ledger of the network we know, by its hash. `trouble`: why the network is another one now, None while it fits.

    One row, named `network`; moved on as long as everything fits.
    """

    __tablename__ = "chain_landmark"

    name: Mapped[str] = mapped_column(primary_key=True)
    passphrase: Mapped[str]
    ledger: Mapped[int]
    hash: Mapped[str]
    trouble: Mapped[str | None]


class Reconciliation(Base):
    """What one comparison of the projections with the ledger's own entries found. Written by the worker, kept a while.

    `ledger`: up to which the projections stood; `findings`: what differs or does not add up, in words.
    """

    __tablename__ = "reconciliation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    ledger: Mapped[int]
    compared: Mapped[int]
    findings: Mapped[list[str]] = mapped_column(ARRAY(Text))


class ScheduledChange(Base):
    """A change of the escrow contract that was announced on the ledger. `status`: scheduled, executed or withdrawn.

    `operation`: the contract's name for it and its values, as JSON. A projection.
    """

    __tablename__ = "scheduled_change"
    __table_args__ = {"info": {"projection": True}}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    operation: Mapped[list[Any]]
    ready_at: Mapped[int]
    lapses_at: Mapped[int]
    status: Mapped[str]
    event_id: Mapped[str] = mapped_column(Text(collation="C"))
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class ChangeNote(Base):
    """Who announced a change here last, and why."""

    __tablename__ = "change_note"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    account_id: Mapped[UUID]
    address: Mapped[str]
    at: Mapped[datetime]
