"""The share market's arithmetic: parts of a price, what a buyer finds, what shares are worth."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.investments import resale
from tenor.investments.resale import Standing, price_of, state_of, worth
from tenor.investments.rules import Entry, SharesInsufficient
from tenor.invoices.pricing import DAY_SECONDS, Accrual, Deal, at_funding

OFFER = Standing(
    seller="S", buyer=None, shares=400, left_shares=400, price_units=390, expires_at=1_000, index_scaled=7,
    status="standing", token_index_scaled=7, held_shares=500,
)  # fmt: skip
DEAL = Deal(
    advance_units=900, claim_units=990, face_units=1_000, funded_at=0, due_at=90 * DAY_SECONDS, accrual=Accrual.LINEAR,
    min_earned_days=0, late_bps_per_day=0, late_days_max=0, profit_fee_bps=1_000,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "at", "state"),
    [
        ({}, 1_000, "standing"),
        ({}, 1_001, "expired"),
        ({"token_index_scaled": 8}, 1, "outdated"),
        ({"held_shares": 0}, 1, "uncovered"),
        ({"status": "sold"}, 1, "sold"),
        ({"status": "withdrawn"}, 2_000, "withdrawn"),
    ],
)
def test_what_a_buyer_finds(changes: dict[str, object], at: int, state: str) -> None:
    assert state_of(replace(OFFER, **changes), at=at) == state  # type: ignore[arg-type]


@given(st.integers(1, 10**15), st.integers(1, 10**15), st.data())
def test_a_part_is_rounded_up_and_never_more_than_a_unit(price: int, shares: int, data: st.DataObject) -> None:
    offer = replace(OFFER, price_units=price, shares=shares)
    part = data.draw(st.integers(1, shares))
    assert 0 <= price_of(offer, part) * shares - price * part < shares
    assert price_of(offer, shares) == price


def test_worth_is_what_holders_would_be_paid_after_the_fee() -> None:
    books = at_funding(DEAL)
    half = worth(DEAL, books, shares=450, price_units=450, at=45 * DAY_SECONDS)
    assert (half.now_units, half.due_units) == (470, 490)  # 45 and 90 earned, a tenth of it fee, half of the shares
    assert half.discount_bps == 20 * 10_000 // 470
    assert half.yield_bps == 40 * 10_000 * 365 // (450 * 45)
    dear = worth(DEAL, books, shares=450, price_units=500, at=90 * DAY_SECONDS)
    assert (dear.discount_bps, dear.yield_bps) == (-10 * 10_000 // 490, None)


def test_a_purchase_names_what_is_wrong() -> None:
    def buying(offer: Standing = OFFER, *, buyer: str = "B", shares: int = 4, most: int = 4) -> None:
        resale.check_purchase(offer, buyer=buyer, shares=shares, max_price_units=most, decimals=0, at=1)

    buying()
    for kind, refused in (
        (resale.OfferGone, lambda: buying(replace(OFFER, status="sold"))),
        (resale.OwnOffer, lambda: buying(buyer="S")),
        (resale.OfferNotForYou, lambda: buying(replace(OFFER, buyer="C"))),
        (resale.NotEnoughLeft, lambda: buying(replace(OFFER, held_shares=3))),
        (resale.PriceAboveMax, lambda: buying(most=3)),
    ):
        with pytest.raises(kind):
            refused()


def test_only_free_shares_are_offered() -> None:
    def offering(shares: int) -> None:
        resale.check_offer(Entry(10), shares=shares, offered=6, price_units=1, seconds=1, decimals=0)

    offering(4)
    with pytest.raises(SharesInsufficient, match="4 of them not offered"):
        offering(5)


def test_an_allowance_outlives_its_offer_and_fits_the_network() -> None:
    longest = resale.allowance_ledgers(resale.OFFER_DAYS_MAX * DAY_SECONDS)
    assert longest * 2 > resale.OFFER_DAYS_MAX * DAY_SECONDS
    assert longest + 100_000 < resale.ALLOWANCE_LEDGERS_MAX < 3_110_400
    assert resale.allowance_ledgers(3_600) > 3_600 // 5
