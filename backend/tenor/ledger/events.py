"""Contract events: raw as the ledger gives them, and decoded into ours. Never decides what an event means for a row.

Each class mirrors the `#[contractevent]` struct of the same name in contracts/*/src/events.rs: `Topic` fields are its
topics, the others its data. Ids and hashes are hex, addresses strkeys, amounts units, times Unix seconds.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import ClassVar

import msgspec

from tenor.ledger.calls import Scope, Terms
from tenor.ledger.shapes import Count, Flag, Hex32, Seconds, Strkey, Topic, Units, Variant


class RawEvent(msgspec.Struct, frozen=True, gc=False):
    """One `getEvents` item of a contract. `id` orders all events of the ledger and is the key against doubles (P60).

    `topics` and `value` are base64 XDR ScVals; `closed_at` is Unix seconds of the ledger's close.
    """

    id: str
    ledger: int
    closed_at: int
    contract: str
    tx_hash: str
    topics: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """An empty page still moves `cursor`: follow it (P58). `oldest` > the next ledger needed: events are lost (P57)."""

    events: tuple[RawEvent, ...]
    cursor: str
    latest: int
    oldest: int
    closed_at: int = 0
    """When `latest` closed, Unix seconds."""


@dataclass(frozen=True, slots=True)
class EventFilter:
    """One filter of `getEvents`: any of `contracts` (empty: any at all) and any of `topics`.

    Each topic pattern is a row of base64 ScVals and `*` (exactly one), `**` last (any number).
    """

    contracts: tuple[str, ...]
    topics: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """`raw` carries id, ledger, closed_at, tx_hash, contract. `NAME`: first topic, where it is not the class's name."""

    NAME: ClassVar[str] = ""
    raw: RawEvent


# --- escrow


@dataclass(frozen=True, slots=True)
class Roles:
    admin: Strkey
    operator: Strkey
    resolver: Strkey
    pauser: Strkey
    treasury: Strkey


@dataclass(frozen=True, slots=True)
class Addresses:
    distributor: Strkey
    registry: Strkey | None
    stream: Strkey | None


@dataclass(frozen=True, slots=True)
class Fees:
    origination_bps: Count
    profit_bps: Count


@dataclass(frozen=True, slots=True)
class Config:
    roles: Roles
    addresses: Addresses
    token_wasm: Hex32
    fees: Fees
    create_paused: Flag
    fund_paused: Flag
    admin_candidate: Strkey | None
    admin_deadline: Seconds


class Status(IntEnum):
    """Where an invoice stands on chain. An expired one is stored as open until its limits are freed."""

    OPEN = 0
    FUNDED = 1
    SETTLED = 2
    CANCELLED = 3
    EXPIRED = 4
    DEFAULTED = 5


@dataclass(frozen=True, slots=True)
class EscrowConstructed(Event):
    config: Config


@dataclass(frozen=True, slots=True)
class InvoiceCreated(Event):
    invoice_id: Topic[Hex32]
    seller: Topic[Strkey]
    reference: Hex32
    token: Strkey
    treasury: Strkey
    terms: Terms
    terms_hash: Hex32


@dataclass(frozen=True, slots=True)
class InvoiceAttested(Event):
    invoice_id: Topic[Hex32]
    debtor: Strkey
    debtor_key: Hex32
    fingerprint: Hex32


@dataclass(frozen=True, slots=True)
class InvoiceAcknowledged(Event):
    invoice_id: Topic[Hex32]
    debtor: Strkey
    face: Units
    due: Seconds
    at: Seconds


@dataclass(frozen=True, slots=True)
class InvoiceFunded(Event):
    invoice_id: Topic[Hex32]
    investor: Topic[Strkey]
    amount: Units
    funded_before: Units
    funded_after: Units
    advance: Units


@dataclass(frozen=True, slots=True)
class InvoiceReleased(Event):
    invoice_id: Topic[Hex32]
    funded_at: Seconds
    to_seller: Units
    origination_fee: Units
    earned: Units


@dataclass(frozen=True, slots=True)
class InvoiceCancelled(Event):
    invoice_id: Topic[Hex32]
    by: Strkey
    funded: Units


@dataclass(frozen=True, slots=True)
class InvoiceRefunded(Event):
    invoice_id: Topic[Hex32]
    holder: Topic[Strkey]
    amount: Units
    refunded_before: Units
    refunded_after: Units


@dataclass(frozen=True, slots=True)
class PaymentRecorded(Event):
    """With `received_after == received_before` it came from the seller, for the holders (`pay_recourse`)."""

    invoice_id: Topic[Hex32]
    payer: Topic[Strkey]
    payment_id: Hex32
    payment_key: Hex32
    amount: Units
    to_holders: Units
    fee: Units
    to_seller: Units
    received_before: Units
    received_after: Units
    holders_gross_before: Units
    holders_gross_after: Units
    fee_taken: Units
    earned: Units
    late: Units
    late_days_charged: Count
    checkpoint_at: Seconds
    recourse_paid: Units
    claim: Units
    status_before: Status
    status_after: Status
    at: Seconds


@dataclass(frozen=True, slots=True)
class InvoiceSettled(Event):
    invoice_id: Topic[Hex32]
    claim: Units
    at: Seconds


@dataclass(frozen=True, slots=True)
class InvoiceDefaulted(Event):
    invoice_id: Topic[Hex32]
    claim: Units
    holders_gross: Units
    received: Units
    at: Seconds


@dataclass(frozen=True, slots=True)
class DisputeOpened(Event):
    invoice_id: Topic[Hex32]
    by: Strkey
    reason: Hex32
    opened_at: Seconds
    lapses_at: Seconds


@dataclass(frozen=True, slots=True)
class DisputeResolved(Event):
    invoice_id: Topic[Hex32]
    upheld: Flag
    disputed_seconds: Seconds
    dispute_used: Seconds
    at: Seconds


@dataclass(frozen=True, slots=True)
class FaceReduced(Event):
    invoice_id: Topic[Hex32]
    reduction: Units
    face_before: Units
    face_after: Units
    shortfall: Units
    at: Seconds


@dataclass(frozen=True, slots=True)
class OwedChanged(Event):
    owner: Topic[Strkey]
    asset: Topic[Strkey]
    before: Units
    after: Units


@dataclass(frozen=True, slots=True)
class AccountAllowed(Event):
    account: Topic[Strkey]
    allowed_before: Flag
    allowed: Flag


@dataclass(frozen=True, slots=True)
class AssetAllowed(Event):
    asset: Topic[Strkey]
    allowed_before: Flag
    allowed: Flag


@dataclass(frozen=True, slots=True)
class LimitChanged(Event):
    """`subject`: as `calls.debtor_limit` and its neighbours. None limits nothing."""

    subject: Variant
    before: Units | None
    after: Units | None
    used: Units


@dataclass(frozen=True, slots=True)
class ExposureChanged(Event):
    """What counts towards the limits of an invoice's debtor and seller, in units of its asset."""

    invoice_id: Topic[Hex32]
    status: Status
    debtor_before: Units
    debtor_after: Units
    seller_before: Units
    seller_after: Units


@dataclass(frozen=True, slots=True)
class AdminProposed(Event):
    admin: Strkey
    candidate: Strkey
    deadline: Seconds


@dataclass(frozen=True, slots=True)
class AdminChanged(Event):
    before: Strkey
    after: Strkey


@dataclass(frozen=True, slots=True)
class PauseChanged(Event):
    scope: Topic[Scope]
    paused_before: Flag
    paused: Flag


@dataclass(frozen=True, slots=True)
class OperationScheduled(Event):
    operation_id: Topic[Hex32]
    operation: Variant
    ready_at: Seconds
    lapses_at: Seconds


@dataclass(frozen=True, slots=True)
class OperationExecuted(Event):
    operation_id: Topic[Hex32]
    operation: Variant


@dataclass(frozen=True, slots=True)
class OperationWithdrawn(Event):
    operation_id: Topic[Hex32]


# --- distributor


@dataclass(frozen=True, slots=True)
class DistributorConstructed(Event):
    escrow: Strkey


@dataclass(frozen=True, slots=True)
class TokenRegistered(Event):
    token: Topic[Strkey]
    asset: Strkey


@dataclass(frozen=True, slots=True)
class PayoutDeposited(Event):
    token: Topic[Strkey]
    payment_id: Hex32
    amount: Units
    received_before: Units
    received_after: Units


@dataclass(frozen=True, slots=True)
class PayoutClaimed(Event):
    token: Topic[Strkey]
    holder: Topic[Strkey]
    amount: Units
    paid_before: Units
    paid_after: Units


@dataclass(frozen=True, slots=True)
class PayoutPaged(Event):
    token: Topic[Strkey]
    paid_count: Count
    deferred_count: Count
    paid_before: Units
    paid_after: Units


# --- share tokens: one contract per invoice, followed by topic


@dataclass(frozen=True, slots=True)
class SharesMoved(Event):
    NAME: ClassVar[str] = "tenor_shares"
    invoice_id: Topic[Hex32]
    sender: Strkey | None = field(metadata={"wire": "from"})
    receiver: Strkey | None = field(metadata={"wire": "to"})
    amount: Units
    from_balance: Units
    to_balance: Units
    supply: Units
    index: Units


@dataclass(frozen=True, slots=True)
class SharesUnlocked(Event):
    NAME: ClassVar[str] = "tenor_unlocked"
    invoice_id: Topic[Hex32]
    supply: Units


@dataclass(frozen=True, slots=True)
class PayoutAccrued(Event):
    NAME: ClassVar[str] = "tenor_accrued"
    invoice_id: Topic[Hex32]
    amount: Units
    supply: Units
    index_before: Units
    index: Units
    remainder: Units


# --- settlement assets: who was paid by a page of the distributor


@dataclass(frozen=True, slots=True)
class AssetMoved(Event):
    """Money of a settlement asset that left the distributor: `transfer`, or `burn` when its issuer was paid (P66)."""

    asset: str
    sender: str
    receiver: str
    amount: int
    to_muxed_id: str | None


ESCROW_EVENTS: tuple[type[Event], ...] = (
    EscrowConstructed,
    InvoiceCreated,
    InvoiceAttested,
    InvoiceAcknowledged,
    InvoiceFunded,
    InvoiceReleased,
    InvoiceCancelled,
    InvoiceRefunded,
    PaymentRecorded,
    InvoiceSettled,
    InvoiceDefaulted,
    DisputeOpened,
    DisputeResolved,
    FaceReduced,
    OwedChanged,
    AccountAllowed,
    AssetAllowed,
    LimitChanged,
    ExposureChanged,
    AdminProposed,
    AdminChanged,
    PauseChanged,
    OperationScheduled,
    OperationExecuted,
    OperationWithdrawn,
)
DISTRIBUTOR_EVENTS: tuple[type[Event], ...] = (
    DistributorConstructed,
    TokenRegistered,
    PayoutDeposited,
    PayoutClaimed,
    PayoutPaged,
)
TOKEN_EVENTS: tuple[type[Event], ...] = (SharesMoved, SharesUnlocked, PayoutAccrued)
