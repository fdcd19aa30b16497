"""Tables of shares and what they earned (projections of the ledger alone), and of pushes ordered (intent).

Holds no decision.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Numeric, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from tenor.db import Base

PROJECTION = {"info": {"projection": True}}


class ScaledUnits(TypeDecorator[int]):
    """Units times 10^18: more than BIGINT holds, always a whole number."""

    impl = Numeric(39, 0)
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else int(value)


class ShareToken(Base):
    """The share token of one invoice: its supply, its cumulative index and the distributor's account of it.

    `received_units - paid_units` is what the distributor holds for its holders.
    """

    __tablename__ = "share_token"
    __table_args__ = PROJECTION

    chain_id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    asset: Mapped[str]
    supply_units: Mapped[int]
    index_scaled: Mapped[int] = mapped_column(ScaledUnits())
    remainder_scaled: Mapped[int] = mapped_column(ScaledUnits())
    unlocked: Mapped[bool]
    received_units: Mapped[int]
    paid_units: Mapped[int]
    last_event_id: Mapped[str]


class Holding(Base):
    """One holder's entry in a share token, as the ledger has it: gone without a share and a whole unit."""

    __tablename__ = "holding"
    __table_args__ = (Index("ix_holding_holder", "holder", "chain_id"), PROJECTION)

    chain_id: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
    shares: Mapped[int]
    index_scaled: Mapped[int] = mapped_column(ScaledUnits())
    accrued_scaled: Mapped[int] = mapped_column(ScaledUnits())
    last_event_id: Mapped[str]


class ShareMove(Base):
    """Shares that came into being (`giver` None), changed hands, or went away (`taker` None)."""

    __tablename__ = "share_move"
    __table_args__ = (
        Index("ix_share_move_giver", "giver", "chain_id"),
        Index("ix_share_move_taker", "taker", "chain_id"),
        Index("ix_share_move_invoice", "chain_id", "event_id"),
        PROJECTION,
    )

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str]
    giver: Mapped[str | None]
    taker: Mapped[str | None]
    shares: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class Funding(Base):
    """One investor's money into one invoice: units of the asset in, as many shares out."""

    __tablename__ = "funding"
    __table_args__ = (
        Index("ix_funding_invoice", "chain_id", "event_id"),
        Index("ix_funding_investor", "investor", "chain_id"),
        PROJECTION,
    )

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str]
    investor: Mapped[str]
    units: Mapped[int]
    shares: Mapped[int]
    funded_after_units: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class Refund(Base):
    """Shares of a cancelled or expired invoice, redeemed for the same units."""

    __tablename__ = "refund"
    __table_args__ = (
        Index("ix_refund_invoice", "chain_id", "event_id"),
        Index("ix_refund_holder", "holder", "chain_id"),
        PROJECTION,
    )

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str]
    holder: Mapped[str]
    units: Mapped[int]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class Payout(Base):
    """Units that left the distributor for one holder. The key is the asset's own transfer event.

    `kind` is `pushed` (in a page) or `claimed`. `kind` and `chain_id` are None only between the transfer and the
    distributor's event that explains it, which is later in the same transaction.
    """

    __tablename__ = "payout"
    __table_args__ = (
        Index("ix_payout_invoice", "chain_id", "event_id"),
        Index("ix_payout_holder", "holder", "chain_id"),
        Index("ix_payout_tx", "tx_hash", "event_id"),
        PROJECTION,
    )

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str | None]
    asset: Mapped[str]
    holder: Mapped[str]
    units: Mapped[int]
    kind: Mapped[str | None]
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


class ShareOffer(Base):
    """Shares that a holder offers on the market. `left_shares` of `shares` are not sold yet.

    `status` is the contract's: `standing`, `sold` or `withdrawn`. Whether a standing one can be bought also depends on
    the clock, on payouts since (`index_scaled`) and on what its seller still holds: see `resale.state_of`.
    """

    __tablename__ = "share_offer"
    __table_args__ = (
        Index("ix_share_offer_newest", "status", "event_id"),
        Index("ix_share_offer_cheapest", "status", "rate_ppm", "event_id"),
        Index("ix_share_offer_invoice", "chain_id", "event_id"),
        Index("ix_share_offer_seller", "seller", "event_id"),
        PROJECTION,
    )

    offer_id: Mapped[str] = mapped_column(primary_key=True)
    chain_id: Mapped[str]
    seller: Mapped[str]
    asset: Mapped[str]
    shares: Mapped[int]
    left_shares: Mapped[int]
    price_units: Mapped[int]
    """For all `shares`."""
    rate_ppm: Mapped[int]
    """Price of a share in millionths of its unit; floor. For comparing offers, never for money."""
    expires_at: Mapped[int]
    buyer: Mapped[str | None]
    index_scaled: Mapped[int] = mapped_column(ScaledUnits())
    status: Mapped[str]
    event_id: Mapped[str] = mapped_column(Text(collation="C"), unique=True)
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


class ShareSale(Base):
    """Shares of an offer that somebody bought, and what the seller was paid for them in the same call."""

    __tablename__ = "share_sale"
    __table_args__ = (
        Index("ix_share_sale_seller", "seller", "chain_id"),
        Index("ix_share_sale_buyer", "buyer", "chain_id"),
        Index("ix_share_sale_offer", "offer_id", "event_id"),
        PROJECTION,
    )

    event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    offer_id: Mapped[str]
    chain_id: Mapped[str]
    seller: Mapped[str]
    buyer: Mapped[str]
    shares: Mapped[int]
    paid_units: Mapped[int]
    asset: Mapped[str]
    ledger: Mapped[int]
    closed_at: Mapped[int]
    tx_hash: Mapped[str]


# --- intent -----------------------------------------------------------------------------------------------------


class Push(Base):
    """One deposit whose holders were pushed to: no sweep asks twice. `attempt` grows when a person repeats it."""

    __tablename__ = "push"

    deposit_event_id: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    chain_id: Mapped[str] = mapped_column(index=True)
    attempt: Mapped[int]
    ordered_at: Mapped[datetime]


class Page(Base):
    """One ordered page of a push; its transaction has the same purpose key.

    `deferred`: holder -> the asset's error code, for those whom the page could not reach; None until it is confirmed.
    """

    __tablename__ = "push_page"
    __table_args__ = (Index("ix_push_page_invoice", "chain_id", "ordered_at"),)

    purpose_key: Mapped[str] = mapped_column(primary_key=True)
    chain_id: Mapped[str]
    deposit_event_id: Mapped[str]
    ordered_at: Mapped[datetime]
    holders: Mapped[list[Any]]
    deferred: Mapped[dict[str, Any] | None]
