"""What shares would bring if the debtor paid early, on time, late, in part or never. Pure; promises nothing.

Uses the waterfall of the escrow (`invoices.pricing`), so that a calculator and a payout never differ.
"""

from dataclasses import dataclass, replace

from tenor.invoices import pricing
from tenor.invoices.pricing import DAY_SECONDS, Books, Deal
from tenor.kernel.money import BPS

YEAR_SECONDS = 365 * DAY_SECONDS
LATE_DAYS = 30
RECOVERY_DAYS = 90
RECOVERY_BPS = 5_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way it can end. `received_units` net of the platform's fee; `profit_units` may be negative.

    `yearly_bps`: simple return a year from `bought_at` to the last payment, floor; None when nothing is ever paid.
    """

    name: str
    sentence: str
    paid_at: int | None
    received_units: int
    profit_units: int
    yearly_bps: int | None


def scenarios(deal: Deal, *, shares: int, grace_days: int, bought_at: int) -> tuple[Scenario, ...]:
    """The calculator of one purchase of `shares` at `bought_at`, which is not after `deal.funded_at`."""
    deal = replace(deal, min_payment_units=1)
    half = deal.funded_at + (deal.due_at - deal.funded_at) // 2
    recovered_at = deal.due_at + (grace_days + RECOVERY_DAYS) * DAY_SECONDS
    face = deal.face_units
    plans = (
        _Plan("early", "The customer pays everything half-way.", half, face),
        _Plan("on_time", "The customer pays everything on the due date.", deal.due_at, face),
        _Plan(
            "late",
            f"The customer pays everything {LATE_DAYS} days late.",
            deal.due_at + LATE_DAYS * DAY_SECONDS,
            face,
        ),
        _Plan(
            "default_half_recovered",
            f"The customer defaults; half of the face value comes in {RECOVERY_DAYS} days after the grace.",
            recovered_at,
            face * RECOVERY_BPS // BPS,
        ),
        _Plan("default_lost", "The customer defaults and nothing is ever recovered.", recovered_at, 0),
    )
    return tuple(_scenario(deal, plan, shares=shares, bought_at=bought_at) for plan in plans)


def claim_share(deal: Deal, books: Books, *, shares: int, at: int) -> int:
    """Units that `shares` would get, after the fee, if the debtor settled everything owed to holders at `at`; floor."""
    claim = pricing.claim_at(deal, books, at)
    fee = max(0, claim - deal.advance_units) * deal.profit_fee_bps // BPS - books.fee_taken_units
    return (claim - books.holders_gross_units - fee) * shares // deal.advance_units


@dataclass(frozen=True, slots=True)
class _Plan:
    name: str
    sentence: str
    paid_at: int
    paid_units: int


def _scenario(deal: Deal, plan: _Plan, *, shares: int, bought_at: int) -> Scenario:
    if plan.paid_units == 0:
        return Scenario(plan.name, plan.sentence, None, 0, -shares, None)
    books = pricing.at_funding(deal)
    _, split = pricing.pay(deal, books, amount_units=plan.paid_units, at=plan.paid_at)
    received = split.to_holders_units * shares // deal.advance_units
    profit = received - shares
    yearly = profit * YEAR_SECONDS * BPS // (shares * max(1, plan.paid_at - bought_at))
    return Scenario(plan.name, plan.sentence, plan.paid_at, received, profit, yearly)
