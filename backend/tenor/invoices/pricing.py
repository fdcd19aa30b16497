"""The money of one invoice as the escrow contract computes it, to the unit. Pure; never decides whether money moves.

Mirrors contracts/common/src/pricing.rs. Amounts are units of the settlement asset, times Unix seconds of ledgers.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from tenor.kernel.errors import Conflict, Invalid
from tenor.kernel.money import BPS

DAY_SECONDS = 86_400
YIELD_BPS_MAX = 100_000_000


class PaymentOutOfRange(Invalid):
    """The contract answers `ExceedsOutstanding` or `BelowMinimum` to such a payment."""


class MomentPassed(Conflict):
    """Asked for a time before the last payment: the books only move forward."""


class Accrual(StrEnum):
    """How the discount is earned: at funding, or with time on what is unpaid."""

    FLAT = "flat"
    LINEAR = "linear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What was agreed and when it was funded; never changes afterwards. `face_units` is F0."""

    advance_units: int
    claim_units: int
    face_units: int
    funded_at: int
    due_at: int
    accrual: Accrual
    min_earned_days: int
    late_bps_per_day: int
    late_days_max: int
    profit_fee_bps: int
    min_payment_units: int = 1

    @property
    def discount_units(self) -> int:
        return self.claim_units - self.advance_units

    @property
    def min_earned_units(self) -> int:
        """The least of the discount that counts as earned, however early the payment."""
        if self.accrual is Accrual.FLAT:
            return 0
        earned = _ceil_div(self.discount_units * self.min_earned_days * DAY_SECONDS, self.due_at - self.funded_at)
        return min(self.discount_units, earned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What has happened up to `checkpoint_at`: R, H, fee, earned, late; `face_units` is F now."""

    received_units: int
    holders_gross_units: int
    fee_taken_units: int
    earned_units: int
    late_units: int
    late_days_charged: int
    checkpoint_at: int
    face_units: int
    disputed_seconds: int = 0
    settled: bool = False

    @property
    def outstanding_units(self) -> int:
        """What the debtor still owes: F - R."""
        return self.face_units - self.received_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Where the units of one payment go; the three add up to it."""

    to_holders_units: int
    fee_units: int
    to_seller_units: int


def at_funding(deal: Deal) -> Books:
    """The books at the moment of release: nothing received, the clock starts."""
    return Books(
        received_units=0,
        holders_gross_units=0,
        fee_taken_units=0,
        earned_units=deal.discount_units if deal.accrual is Accrual.FLAT else 0,
        late_units=0,
        late_days_charged=0,
        checkpoint_at=deal.funded_at,
        face_units=deal.face_units,
    )


def checkpoint(deal: Deal, books: Books, at: int) -> Books:
    """`books` with earned and late brought to `at`. `MomentPassed` before the last checkpoint."""
    if at < books.checkpoint_at:
        raise MomentPassed(f"The books stand at {books.checkpoint_at}; {at} has passed.")
    if books.settled:
        return books
    earned = _earned(deal, books, at)
    days = _late_days(deal, books, at)
    new_days = max(0, days - books.late_days_charged)
    base = max(0, deal.advance_units + max(earned, deal.min_earned_units) - books.holders_gross_units)
    return replace(
        books,
        earned_units=earned,
        late_units=books.late_units + _ceil_div(base * deal.late_bps_per_day * new_days, BPS),
        late_days_charged=max(books.late_days_charged, days),
        checkpoint_at=at,
    )


def claim_at(deal: Deal, books: Books, at: int) -> int:
    """What holders are owed in all at `at`, before the fee: `claim(t) = min(F0, A + earned'(t) + late(t))`."""
    if books.settled:
        return books.holders_gross_units
    there = checkpoint(deal, books, at)
    earned = max(there.earned_units, deal.min_earned_units)
    return min(deal.face_units, deal.advance_units + earned + there.late_units)


def payoff(deal: Deal, books: Books, at: int) -> int:
    """The payment that settles the holders at `at`: `claim(t) - H`."""
    return claim_at(deal, books, at) - books.holders_gross_units


def pay(deal: Deal, books: Books, *, amount_units: int, at: int) -> tuple[Books, Split]:
    """The books after a payment at `at`, and where its units go (contract: `record_payment`).

    `PaymentOutOfRange` unless `min_payment <= amount <= F - R`; the whole rest is always accepted.
    """
    outstanding = books.outstanding_units
    if not 0 < amount_units <= outstanding:
        raise PaymentOutOfRange(f"{amount_units} units cannot be paid: {outstanding} are outstanding.")
    if amount_units < deal.min_payment_units and amount_units != outstanding:
        raise PaymentOutOfRange(f"{amount_units} units are less than the smallest payment, {deal.min_payment_units}.")
    claim = claim_at(deal, books, at)
    there = checkpoint(deal, books, at)
    gross = min(amount_units, claim - there.holders_gross_units)
    holders = there.holders_gross_units + gross
    fee_taken = max(0, holders - deal.advance_units) * deal.profit_fee_bps // BPS
    fee = fee_taken - books.fee_taken_units
    after = replace(
        there,
        received_units=there.received_units + amount_units,
        holders_gross_units=holders,
        fee_taken_units=fee_taken,
        settled=holders == claim,
    )
    return after, Split(to_holders_units=gross - fee, fee_units=fee, to_seller_units=amount_units - gross)


def net_yield_bps(*, advance_units: int, claim_units: int, profit_fee_bps: int, seconds: int) -> int:
    """Simple return a year (365 days) on the advance after the profit fee, if C is paid after `seconds`; floor.

    For comparing offers, never for money; capped at `YIELD_BPS_MAX` so that it always fits its column.
    """
    profit = claim_units - advance_units
    net = profit - profit * profit_fee_bps // BPS
    return min(YIELD_BPS_MAX, net * BPS * 365 * DAY_SECONDS // (advance_units * seconds))


def _earned(deal: Deal, books: Books, at: int) -> int:
    discount = deal.discount_units
    if deal.accrual is Accrual.FLAT:
        return discount
    unpaid_advance = max(0, deal.advance_units - books.holders_gross_units)
    elapsed = min(at, deal.due_at) - min(books.checkpoint_at, deal.due_at)
    tenor = deal.due_at - deal.funded_at
    gained = _ceil_div(discount * unpaid_advance * elapsed, deal.advance_units * tenor)
    return min(discount, books.earned_units + gained)


def _late_days(deal: Deal, books: Books, at: int) -> int:
    """Started days past due, without disputed time."""
    seconds = max(0, at - deal.due_at - books.disputed_seconds)
    return min(deal.late_days_max, _ceil_div(seconds, DAY_SECONDS))


def _ceil_div(amount: int, by: int) -> int:
    return -(-amount // by)
