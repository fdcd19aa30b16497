"""The investor's calculator against the waterfall itself: `tenor.investments.returns`."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tenor.investments import returns
from tenor.invoices import pricing
from tenor.invoices.pricing import DAY_SECONDS, Accrual, Deal

ADVANCE, CLAIM, FACE = 9_500_0000000, 9_700_0000000, 10_000_0000000

DEAL = Deal(
    advance_units=ADVANCE,
    claim_units=CLAIM,
    face_units=FACE,
    funded_at=0,
    due_at=90 * DAY_SECONDS,
    accrual=Accrual.LINEAR,
    min_earned_days=10,
    late_bps_per_day=5,
    late_days_max=60,
    profit_fee_bps=1_000,
)


def test_the_five_ends_of_one_purchase() -> None:
    found = {s.name: s for s in returns.scenarios(DEAL, shares=ADVANCE, grace_days=30, bought_at=0)}
    assert list(found) == ["early", "on_time", "late", "default_half_recovered", "default_lost"]
    # Half the time earns half of the discount of 200, on time all of it; a tenth of the profit is the platform's.
    assert found["early"].received_units == ADVANCE + 90_0000000
    assert found["on_time"].received_units == ADVANCE + 180_0000000
    assert found["on_time"].yearly_bps == 180_0000000 * 365 * 10_000 // (ADVANCE * 90)
    # Thirty days late at 5 bps of everything owed (9,700): 145.5 more, less the fee.
    assert found["late"].received_units == ADVANCE + 180_0000000 + 130_9500000
    assert found["default_half_recovered"].received_units == FACE // 2
    assert found["default_half_recovered"].profit_units == FACE // 2 - ADVANCE
    assert (found["default_lost"].received_units, found["default_lost"].yearly_bps) == (0, None)


@given(st.integers(1, ADVANCE), st.integers(0, 89 * DAY_SECONDS))
def test_p055_a_part_brings_its_part_and_never_more(shares: int, bought_at: int) -> None:
    deal = replace(DEAL, funded_at=bought_at)
    whole = returns.scenarios(deal, shares=ADVANCE, grace_days=0, bought_at=bought_at)
    part = returns.scenarios(deal, shares=shares, grace_days=0, bought_at=bought_at)
    for all_of_it, mine in zip(whole, part, strict=True):
        assert mine.received_units == all_of_it.received_units * shares // ADVANCE
        assert mine.profit_units == mine.received_units - shares


@given(st.lists(st.integers(1, FACE // 3), max_size=3), st.integers(0, 200 * DAY_SECONDS), st.integers(1, ADVANCE))
def test_what_a_claim_is_worth_is_what_paying_it_off_brings(paid: list[int], at: int, shares: int) -> None:
    books = pricing.at_funding(DEAL)
    for day, units in enumerate(paid):
        books, _ = pricing.pay(DEAL, books, amount_units=units, at=day * DAY_SECONDS)
    at = max(at, books.checkpoint_at)
    worth = returns.claim_share(DEAL, books, shares=shares, at=at)
    rest = pricing.payoff(DEAL, books, at)
    if rest == 0:
        assert worth == 0
        return
    _, split = pricing.pay(DEAL, books, amount_units=rest, at=at)
    assert worth == split.to_holders_units * shares // ADVANCE
