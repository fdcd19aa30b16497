"""The contract's equations in rationals, beside the integers that the platform shows: equal to the unit."""

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.invoices.pricing import (
    DAY_SECONDS,
    Accrual,
    Books,
    Deal,
    MomentPassed,
    PaymentOutOfRange,
    at_funding,
    checkpoint,
    claim_at,
    pay,
    payoff,
)

FUNDED_AT = 1_790_000_000


def deal(**changes: object) -> Deal:
    terms = Deal(
        advance_units=900_0000000,
        claim_units=930_0000000,
        face_units=1_000_0000000,
        funded_at=FUNDED_AT,
        due_at=FUNDED_AT + 60 * DAY_SECONDS,
        accrual=Accrual.LINEAR,
        min_earned_days=10,
        late_bps_per_day=5,
        late_days_max=90,
        profit_fee_bps=1_000,
    )
    return replace(terms, **changes)  # type: ignore[arg-type]


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    advance = draw(st.integers(1, 2**62))
    claim = draw(st.integers(advance, min(2**63 - 1, advance + advance // 2 + 10)))
    face = draw(st.integers(claim, min(2**63 - 1, claim + claim // 2 + 10)))
    return deal(
        advance_units=advance,
        claim_units=claim,
        face_units=face,
        due_at=FUNDED_AT + draw(st.integers(DAY_SECONDS, 730 * DAY_SECONDS)),
        accrual=draw(st.sampled_from(Accrual)),
        min_earned_days=draw(st.integers(0, 400)),
        late_bps_per_day=draw(st.integers(0, 100)),
        late_days_max=draw(st.integers(0, 365)),
        profit_fee_bps=draw(st.integers(0, 10_000)),
    )


class Rational:
    """One invoice's life in fractions, written from the equations; shares no code with the module under test."""

    def __init__(self, terms: Deal) -> None:
        self.terms, self.d = terms, terms.claim_units - terms.advance_units
        self.r = self.h = self.fee = self.late = self.days = 0
        self.earned = self.d if terms.accrual is Accrual.FLAT else 0
        self.at = terms.funded_at
        self.settled = False

    def earned_at(self, t: int) -> int:
        a, due, funded = self.terms.advance_units, self.terms.due_at, self.terms.funded_at
        if self.terms.accrual is Accrual.FLAT:
            return self.d
        span = Fraction(min(t, due) - min(self.at, due), due - funded)
        return min(self.d, self.earned + ceil(self.d * Fraction(max(0, a - self.h), a) * span))

    def least_at(self, t: int) -> int:
        if self.terms.accrual is Accrual.FLAT:
            return self.earned_at(t)
        least = ceil(Fraction(self.d * self.terms.min_earned_days * 86_400, self.terms.due_at - self.terms.funded_at))
        return max(self.earned_at(t), min(self.d, least))

    def late_days_at(self, t: int) -> int:
        return min(self.terms.late_days_max, ceil(Fraction(max(0, t - self.terms.due_at), 86_400)))

    def late_at(self, t: int) -> int:
        base = max(0, self.terms.advance_units + self.least_at(t) - self.h)
        rate = Fraction(self.terms.late_bps_per_day, 10_000)
        return self.late + ceil(base * rate * max(0, self.late_days_at(t) - self.days))

    def claim_at(self, t: int) -> int:
        if self.settled:
            return self.h
        return min(self.terms.face_units, self.terms.advance_units + self.least_at(t) + self.late_at(t))

    def pay(self, x: int, t: int) -> tuple[int, int, int]:
        claim = self.claim_at(t)
        if not self.settled:
            earned, late, days = self.earned_at(t), self.late_at(t), max(self.days, self.late_days_at(t))
            self.earned, self.late, self.days, self.at = earned, late, days, t
        gross = min(x, claim - self.h)
        profit = max(0, self.h + gross - self.terms.advance_units)
        fee = floor(profit * Fraction(self.terms.profit_fee_bps, 10_000)) - self.fee
        self.r, self.h, self.fee = self.r + x, self.h + gross, self.fee + fee
        self.settled = self.h == claim
        return gross - fee, fee, x - gross


@given(deals(), st.lists(st.tuples(st.integers(0, 400 * DAY_SECONDS), st.integers(1, 2**63)), max_size=8))
def test_h069_p055_a_life_equals_the_rational_model_to_the_unit(terms: Deal, steps: list[tuple[int, int]]) -> None:
    books, model, at = at_funding(terms), Rational(terms), FUNDED_AT
    claims = [claim_at(terms, books, at)]
    for wait, size in steps:
        at += wait
        claims.append(claim_at(terms, books, at))
        assert claims[-1] == model.claim_at(at)
        if books.outstanding_units == 0:
            break
        amount = min(size, books.outstanding_units)
        books, split = pay(terms, books, amount_units=amount, at=at)
        assert (split.to_holders_units, split.fee_units, split.to_seller_units) == model.pay(amount, at)
        assert split.to_holders_units + split.fee_units + split.to_seller_units == amount
        assert min(split.to_holders_units, split.fee_units, split.to_seller_units) >= 0
        assert (books.received_units, books.holders_gross_units, books.fee_taken_units) == (model.r, model.h, model.fee)
        assert books.settled is model.settled
        assert books.holders_gross_units <= claim_at(terms, books, at) <= terms.face_units
    assert claims == sorted(claims), "claim(t) never falls"


@given(deals(), st.integers(0, 800 * DAY_SECONDS), st.integers(1, 2**63), st.data())
def test_splitting_a_payment_at_one_moment_changes_nothing(
    terms: Deal, wait: int, size: int, data: st.DataObject
) -> None:
    at, start = FUNDED_AT + wait, at_funding(terms)
    amount = min(size, terms.face_units)
    whole, _ = pay(terms, start, amount_units=amount, at=at)
    first = data.draw(st.integers(1, amount))
    halves, _ = pay(terms, start, amount_units=first, at=at)
    if amount > first:
        halves, _ = pay(terms, halves, amount_units=amount - first, at=at)
    assert halves == whole


@given(deals(), st.integers(0, 900 * DAY_SECONDS))
def test_the_payoff_settles_and_a_unit_less_does_not(terms: Deal, wait: int) -> None:
    at = FUNDED_AT + wait
    amount = payoff(terms, at_funding(terms), at)
    after, split = pay(terms, at_funding(terms), amount_units=amount, at=at)
    assert after.settled
    assert split.to_seller_units == 0
    if amount > 1:
        assert not pay(terms, at_funding(terms), amount_units=amount - 1, at=at)[0].settled


def test_examples_a_person_can_check_by_hand() -> None:
    terms = deal()
    start = at_funding(terms)
    half_way, due = FUNDED_AT + 30 * DAY_SECONDS, terms.due_at
    assert claim_at(terms, start, FUNDED_AT) == 905_0000000, "at least ten of sixty days are earned"
    assert claim_at(terms, start, half_way) == 915_0000000
    assert claim_at(terms, start, due) == 930_0000000
    assert claim_at(terms, start, due + 1) == 930_4650000, "one started day late: 5 bps of 930"
    assert claim_at(terms, start, due + 2 * DAY_SECONDS) == 930_9300000
    on_time, split = pay(terms, start, amount_units=1_000_0000000, at=due)
    assert (split.to_holders_units, split.fee_units, split.to_seller_units) == (927_0000000, 3_0000000, 70_0000000)
    assert on_time.settled


def test_nothing_accrues_on_what_is_paid() -> None:
    terms = deal(min_earned_days=0)
    half, _ = pay(terms, at_funding(terms), amount_units=450_0000000, at=FUNDED_AT)
    assert claim_at(terms, half, terms.due_at) == 915_0000000


def test_without_a_reserve_late_charges_have_no_room() -> None:
    terms = deal(face_units=930_0000000)
    assert claim_at(terms, at_funding(terms), terms.due_at + 50 * DAY_SECONDS) == 930_0000000


def test_disputed_time_stops_the_late_clock() -> None:
    terms = deal()
    books = replace(at_funding(terms), disputed_seconds=5 * DAY_SECONDS)
    assert claim_at(terms, books, terms.due_at + 5 * DAY_SECONDS) == 930_0000000


def test_after_settlement_the_rest_of_the_face_is_the_sellers() -> None:
    terms = deal()
    books, _ = pay(terms, at_funding(terms), amount_units=930_0000000, at=terms.due_at)
    assert books.settled
    late = terms.due_at + 90 * DAY_SECONDS
    assert claim_at(terms, books, late) == 930_0000000
    after, split = pay(terms, books, amount_units=70_0000000, at=late)
    assert split.to_seller_units == 70_0000000
    assert after.outstanding_units == 0


@pytest.mark.parametrize("amount", [0, -1, 1_000_0000001])
def test_payments_that_the_contract_refuses(amount: int) -> None:
    with pytest.raises(PaymentOutOfRange):
        pay(deal(), at_funding(deal()), amount_units=amount, at=FUNDED_AT)


def test_a_small_payment_is_refused_unless_it_is_the_whole_rest() -> None:
    terms = deal(min_payment_units=10_0000000)
    with pytest.raises(PaymentOutOfRange, match="smallest"):
        pay(terms, at_funding(terms), amount_units=9_9999999, at=FUNDED_AT)
    almost, _ = pay(terms, at_funding(terms), amount_units=999_0000000, at=FUNDED_AT)
    rest, _ = pay(terms, almost, amount_units=1_0000000, at=FUNDED_AT)
    assert rest.outstanding_units == 0


def test_the_books_never_go_back() -> None:
    terms = deal()
    books: Books = checkpoint(terms, at_funding(terms), FUNDED_AT + 5)
    with pytest.raises(MomentPassed):
        claim_at(terms, books, FUNDED_AT + 4)
