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
    recourse_paid_units: int = 0
    disputed_seconds: int = 0
    """After the due date, in disputes that are over."""
    dispute_from: int = 0
    dispute_until: int = 0
    """The present dispute and the moment at which it lapses by itself; both 0 without one."""
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
    gross = min(amount_units, payoff(deal, books, at))
    after, fee = _take(deal, books, gross, at)
    after = replace(after, received_units=books.received_units + amount_units)
    return after, Split(to_holders_units=gross - fee, fee_units=fee, to_seller_units=amount_units - gross)


def recourse_due(deal: Deal, books: Books, *, whole: bool, at: int) -> int:
    """What the seller may bring in (contract: `pay_recourse`): the shortfall `C - F`; all that is missing if `whole`.

    `whole`: the seller answers for the debtor, and the invoice is in default.
    """
    rest = payoff(deal, books, at)
    shortfall = max(0, deal.claim_units - books.face_units) - books.recourse_paid_units
    return rest if whole else min(rest, max(0, shortfall))


def pay_recourse(deal: Deal, books: Books, *, amount_units: int, at: int) -> tuple[Books, Split]:
    """The books after the seller brought in `amount_units`: all of it is for the holders, the debtor owes as before.

    `PaymentOutOfRange` for nothing, or more than the holders are owed.
    """
    if not 0 < amount_units <= payoff(deal, books, at):
        raise PaymentOutOfRange(f"{amount_units} units are not what the holders are owed at most.")
    after, fee = _take(deal, books, amount_units, at)
    after = replace(after, recourse_paid_units=books.recourse_paid_units + amount_units)
    return after, Split(to_holders_units=amount_units - fee, fee_units=fee, to_seller_units=0)


def end_dispute(deal: Deal, books: Books, at: int) -> Books:
    """The books with the present dispute over at `at`: its time counts once and for all."""
    return replace(books, disputed_seconds=_disputed_seconds(deal, books, at), dispute_from=0, dispute_until=0)


def net_yield_bps(*, advance_units: int, claim_units: int, profit_fee_bps: int, seconds: int) -> int:
    """Simple return a year (365 days) on the advance after the profit fee, if C is paid after `seconds`; floor.

    For comparing offers, never for money; capped at `YIELD_BPS_MAX` so that it always fits its column.
    """
    profit = claim_units - advance_units
    net = profit - profit * profit_fee_bps // BPS
    return min(YIELD_BPS_MAX, net * BPS * 365 * DAY_SECONDS // (advance_units * seconds))


def _take(deal: Deal, books: Books, gross: int, at: int) -> tuple[Books, int]:
    """`gross` to the holders at `at`, and the fee out of it."""
    holders = books.holders_gross_units + gross
    fee_taken = max(0, holders - deal.advance_units) * deal.profit_fee_bps // BPS
    after = replace(
        checkpoint(deal, books, at),
        holders_gross_units=holders,
        fee_taken_units=fee_taken,
        settled=holders == claim_at(deal, books, at),
    )
    return after, fee_taken - books.fee_taken_units


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
    seconds = max(0, at - deal.due_at - _disputed_seconds(deal, books, at))
    return min(deal.late_days_max, _ceil_div(seconds, DAY_SECONDS))


def _disputed_seconds(deal: Deal, books: Books, at: int) -> int:
    now = max(0, min(at, books.dispute_until) - max(books.dispute_from, deal.due_at))
    return books.disputed_seconds + now


def _ceil_div(amount: int, by: int) -> int:
    return -(-amount // by)
