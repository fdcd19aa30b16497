"""The investor's calculator: the contract's arithmetic for five ways an invoice can end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.invoices.pricing import DAY_SECONDS, YIELD_BPS_MAX, Accrual, Deal, at_funding, net_yield_bps, pay
from tenor.invoices.rules import AmountNotPositive
from tenor.invoices.scenarios import InvestmentTooLarge, scenarios

NOW = 1_800_000_000
DEAL = Deal(
    advance_units=900_0000000,
    claim_units=930_0000000,
    face_units=1_000_0000000,
    funded_at=NOW,
    due_at=NOW + 60 * DAY_SECONDS,
    accrual=Accrual.LINEAR,
    min_earned_days=7,
    late_bps_per_day=5,
    late_days_max=90,
    profit_fee_bps=1_000,
    min_payment_units=10_0000000,
)


def test_a_tenth_of_the_shares_brings_a_tenth() -> None:
    found = {s.name: s for s in scenarios(DEAL, None, amount_units=90_0000000, grace_days=30, now=NOW)}
    on_time = found["on_time"]
    assert (on_time.received_units, on_time.profit_units) == (92_7000000, 2_7000000)
    assert on_time.yield_bps == 2_7000000 * 10_000 * 365 // (90_0000000 * 60)
    assert found["early"].received_units == 91_3500000, "half the time, half the discount, less the fee"
    assert found["late"].profit_units > on_time.profit_units
    assert found["default_half"].received_units == 50_0000000
    assert found["default_nothing"].profit_units == -90_0000000
    assert found["default_nothing"].yield_bps < 0


def test_what_can_no_longer_happen_is_left_out() -> None:
    late = DEAL.due_at + 5 * DAY_SECONDS
    names = [s.name for s in scenarios(DEAL, at_funding(DEAL), amount_units=1, grace_days=0, now=late)]
    assert names == ["late", "default_half", "default_nothing"]


def test_books_count_what_was_paid_already() -> None:
    books, _ = pay(DEAL, at_funding(DEAL), amount_units=500_0000000, at=NOW + DAY_SECONDS)
    found = {s.name: s for s in scenarios(DEAL, books, amount_units=90_0000000, grace_days=30, now=NOW + DAY_SECONDS)}
    assert found["on_time"].paid_units == 500_0000000
    assert found["on_time"].received_units < 50_0000000


@given(st.integers(1, DEAL.advance_units), st.integers(0, 200), st.sampled_from(Accrual))
def test_nobody_gets_more_than_is_paid(amount: int, days: int, accrual: Accrual) -> None:
    deal = replace(DEAL, accrual=accrual)
    for found in scenarios(deal, None, amount_units=amount, grace_days=30, now=NOW + days * DAY_SECONDS):
        assert 0 <= found.received_units <= found.paid_units
        assert found.profit_units == found.received_units - amount
        assert found.paid_at > NOW + days * DAY_SECONDS


@pytest.mark.parametrize(("amount", "refusal"), [(0, AmountNotPositive), (DEAL.advance_units + 1, InvestmentTooLarge)])
def test_amounts_that_cannot_be_invested(amount: int, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        scenarios(DEAL, None, amount_units=amount, grace_days=30, now=NOW)


def test_the_yield_that_offers_are_compared_by() -> None:
    year = 365 * DAY_SECONDS
    assert net_yield_bps(advance_units=1_000, claim_units=1_100, profit_fee_bps=1_000, seconds=year) == 900
    assert net_yield_bps(advance_units=1_000, claim_units=1_100, profit_fee_bps=0, seconds=year // 2) == 2_000
    assert net_yield_bps(advance_units=1, claim_units=2**63 - 1, profit_fee_bps=0, seconds=86_400) == YIELD_BPS_MAX
