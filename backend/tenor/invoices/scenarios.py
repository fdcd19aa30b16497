"""PURE: what an investment in one invoice would bring if the debtor pays early, on time, late, half, or never.

Uses `pricing` alone, so the figures are those the contract would pay; a holder's part may differ by less than one unit.
"""

from dataclasses import dataclass, replace
from typing import Literal

from tenor.invoices.pricing import DAY_SECONDS, Books, Deal, at_funding, pay
from tenor.invoices.rules import AmountNotPositive
from tenor.kernel.errors import Invalid
from tenor.kernel.money import BPS

Name = Literal["early", "on_time", "late", "default_half", "default_nothing"]
LATE_DAYS = 15
RECOVERY_DAYS = 90
"""After the days of grace, when half of what is owed comes in after all."""


class InvestmentTooLarge(Invalid):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`paid_units`: by the debtor, at `paid_at` (Unix seconds); `received_units`: by the investor, after the fee."""

    name: Name
    paid_at: int
    paid_units: int
    received_units: int
    profit_units: int
    yield_bps: int
    """Simple, a year of 365 days; negative for a loss; floor."""


def scenarios(deal: Deal, books: Books | None, *, amount_units: int, grace_days: int, now: int) -> list[Scenario]:
    """For `amount_units` of shares bought at par at ledger time `now`; `books` of a funded invoice, else None.

    `AmountNotPositive`, `InvestmentTooLarge`. What can no longer happen is left out.
    """
    if amount_units < 1:
        raise AmountNotPositive("An investment must be more than zero.", fields={"amount": "zero"})
    if amount_units > deal.advance_units:
        raise InvestmentTooLarge(
            f"{amount_units} units are more than the whole advance of {deal.advance_units}.",
            fields={"amount": "more than the advance"},
        )
    start = books or at_funding(deal)
    owed = start.outstanding_units
    late_at = deal.due_at + max(1, min(LATE_DAYS, grace_days)) * DAY_SECONDS
    lost_at = max(now, deal.due_at) + (grace_days + RECOVERY_DAYS) * DAY_SECONDS
    plan: list[tuple[Name, int, int]] = []
    if now < deal.due_at:
        plan += [("early", (now + deal.due_at) // 2, owed), ("on_time", deal.due_at, owed)]
    plan += [
        ("late", max(late_at, now + DAY_SECONDS), owed),
        ("default_half", lost_at, owed // 2),
        ("default_nothing", lost_at, 0),
    ]
    return [_scenario(name, deal, start, amount_units, at=at, paid=paid, now=now) for name, at, paid in plan]


def _scenario(name: Name, deal: Deal, books: Books, amount_units: int, *, at: int, paid: int, now: int) -> Scenario:
    received = 0
    if paid:
        _, split = pay(_any_payment(deal), books, amount_units=paid, at=at)
        received = split.to_holders_units * amount_units // deal.advance_units
    profit = received - amount_units
    return Scenario(
        name=name,
        paid_at=at,
        paid_units=paid,
        received_units=received,
        profit_units=profit,
        yield_bps=profit * BPS * 365 * DAY_SECONDS // (amount_units * max(1, at - now)),
    )


def _any_payment(deal: Deal) -> Deal:
    """A recovery may come in several payments; the smallest one does not matter to the sum."""
    return replace(deal, min_payment_units=1)
