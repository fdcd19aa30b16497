"""The rate card and the explained quote: every figure follows from the card, every refusal is a sentence."""

from datetime import UTC, date, datetime
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.invoices.offers import (
    Ask,
    Assurance,
    DueDateNotFinanced,
    GradeNotFinanced,
    due_at,
    quote,
)
from tenor.invoices.pricing import DAY_SECONDS
from tenor.invoices.rates import (
    AmountNotFinanced,
    Card,
    CardInvalid,
    CurrencyNotFinanced,
    check,
    face_of,
    starter_card,
)
from tenor.kernel.money import AmountInvalid, Asset

USDC = Asset("CUSDC", "USDC", 7)
ASSETS = {"USDC": USDC}
CARD = starter_card("USDC", "USD", origination_fee_bps=50, profit_fee_bps=1_000)
NOW = int(datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp())
IN_SIXTY_DAYS = date(2027, 1, 20)


def ask(**changes: object) -> Ask:
    plain = Ask(
        amount_due="1000.00",
        currency="USD",
        due_date=IN_SIXTY_DAYS,
        grade="B",
        assurance="attested",
        recourse=False,
    )
    return msgspec.structs.replace(plain, **changes)


def changed(**changes: object) -> Card:
    return msgspec.structs.replace(CARD, **changes)


def test_a_quote_that_a_person_can_check_by_hand() -> None:
    offer = quote(CARD, ASSETS, ask(), now=NOW)
    terms = offer.terms
    assert terms.face == 1_000_0000000
    assert terms.advance == 850_0000000, "grade B: 85 % of the face"
    assert terms.claim - terms.advance == 15_6260274, "850 at 8 + 1 + 2 % a year for 61 started days, rounded up"
    assert offer.origination_fee_units == 4_2500000
    assert offer.payout_units == 845_7500000
    assert offer.reserve_units == terms.face - terms.claim
    assert terms.due == due_at(IN_SIXTY_DAYS)
    assert terms.funding_deadline == NOW + 14 * DAY_SECONDS
    assert offer.expires_at == NOW + 3 * DAY_SECONDS


def test_every_factor_is_named_and_the_rate_adds_up() -> None:
    offer = quote(CARD, ASSETS, ask(assurance="acknowledged", recourse=True), now=NOW)
    factors = {factor.name: factor for factor in offer.factors}
    assert list(factors) == [
        "face",
        "advance_rate",
        "advance_acknowledgement_adjustment",
        "advance_recourse_adjustment",
        "base_rate",
        "tenor_adjustment",
        "grade_adjustment",
        "acknowledgement_adjustment",
        "recourse_adjustment",
        "advance",
        "discount",
        "claim",
        "origination_fee",
        "payout",
        "reserve",
    ]
    rate = sum(factors[name].bps or 0 for name in list(factors)[4:9])
    assert factors["discount"].bps == rate == 900
    assert factors["advance"].bps == 9_000
    assert factors["payout"].sentence.startswith("895.5000000 USDC: reaches the account")
    assert factors["recourse_adjustment"].sentence == (
        "-100 bps: a year: the seller answers for a debtor who cannot pay."
    )


@given(
    cents=st.integers(10_00, 5_000_000_00),
    days=st.integers(3, 150),
    grade=st.sampled_from(sorted(CARD.grades)),
    assurance=st.sampled_from(["attested", "acknowledged"]),
    recourse=st.booleans(),
    base=st.integers(200, 10_000),
    advance_add=st.integers(0, 10_000),
)
def test_every_quote_keeps_the_contracts_bounds(
    *, cents: int, days: int, grade: str, assurance: Assurance, recourse: bool, base: int, advance_add: int
) -> None:
    card = changed(
        assets=(msgspec.structs.replace(CARD.assets[0], base_bps_per_year=base),),
        recourse=msgspec.structs.replace(CARD.recourse, add_advance_bps=advance_add),
    )
    due = date.fromordinal(date(2026, 11, 21).toordinal() + days)
    offer = quote(
        card,
        ASSETS,
        ask(
            amount_due=f"{cents // 100}.{cents % 100:02}",
            due_date=due,
            grade=grade,
            assurance=assurance,
            recourse=recourse,
        ),
        now=NOW,
    )
    terms = offer.terms
    assert 1 <= terms.advance <= terms.claim <= terms.face == cents * 100_000
    assert NOW < offer.expires_at <= terms.funding_deadline <= NOW + 90 * DAY_SECONDS
    assert terms.funding_deadline + DAY_SECONDS <= terms.due <= NOW + 730 * DAY_SECONDS
    assert 1 <= terms.min_ticket <= terms.advance
    assert 1 <= terms.min_payment <= terms.face
    assert offer.payout_units + offer.origination_fee_units == terms.advance
    factors = {factor.name: factor for factor in offer.factors}
    started = -(-(terms.due - NOW) // DAY_SECONDS)
    exact = Fraction(terms.advance * (factors["discount"].bps or 0) * started, 10_000 * 365)
    assert terms.claim - terms.advance in {
        min(terms.face - terms.advance, -int(-exact // 1)),
        terms.face - terms.advance,
    }


def test_an_advance_whose_discount_would_pass_the_face_is_lowered_and_says_so() -> None:
    card = changed(recourse=msgspec.structs.replace(CARD.recourse, add_advance_bps=10_000))
    offer = quote(card, ASSETS, ask(recourse=True), now=NOW)
    assert "advance_limit" in {factor.name for factor in offer.factors}
    assert offer.terms.advance < offer.terms.claim <= offer.terms.face


@pytest.mark.parametrize("amount", ["1000.001", "-5", "+5", "1e3", "1,000.00", "", "01.00", "٣"])
def test_p053_amounts_that_are_no_amounts_of_the_currency(amount: str) -> None:
    with pytest.raises(AmountInvalid):
        quote(CARD, ASSETS, ask(amount_due=amount), now=NOW)


@pytest.mark.parametrize("amount", ["0", "0.00", "9.99", "5000000.01"])
def test_amounts_outside_the_card(amount: str) -> None:
    with pytest.raises(AmountNotFinanced, match=r"10\.00 to 5000000\.00 USD"):
        quote(CARD, ASSETS, ask(amount_due=amount), now=NOW)


def test_another_currency_names_those_that_are_financed() -> None:
    with pytest.raises(CurrencyNotFinanced, match=r"EUR are not financed.*USD \(in USDC\)"):
        quote(CARD, ASSETS, ask(currency="EUR"), now=NOW)


def test_the_face_moves_the_decimal_point_only() -> None:
    six = Asset("CSIX", "SIX", 6)
    card = changed(assets=(msgspec.structs.replace(CARD.assets[0], code="SIX"),))
    assert face_of(card, {"SIX": six}, amount="950.05", currency="USD")[2] == 950_050_000
    assert face_of(CARD, ASSETS, amount="950.05", currency="USD")[2] == 950_0500000


@pytest.mark.parametrize(
    ("due", "why"),
    [
        (date(2026, 11, 20), "has passed"),
        (date(2026, 11, 21), "too near"),
        (date(2027, 5, 21), "at most 180"),
        (date(2999, 1, 1), "at most 180"),
    ],
)
def test_due_dates_that_are_not_financed(due: date, why: str) -> None:
    with pytest.raises(DueDateNotFinanced, match=why):
        quote(CARD, ASSETS, ask(due_date=due), now=NOW)


def test_a_grade_that_the_card_does_not_name_is_not_financed() -> None:
    with pytest.raises(GradeNotFinanced, match="grade D are not financed; financed are A, B, C"):
        quote(CARD, ASSETS, ask(grade="D"), now=NOW)


def test_the_starter_card_can_price_and_survives_json() -> None:
    check(CARD, ASSETS)
    assert msgspec.json.decode(msgspec.json.encode(CARD), type=Card) == CARD


@pytest.mark.parametrize(
    ("card", "field"),
    [
        (changed(tenor_bands=CARD.tenor_bands[::-1]), "tenor_bands"),
        (changed(grades={"b": CARD.grades["B"]}), "grades"),
        (changed(assets=CARD.assets * 2), "assets"),
        (changed(assets=(msgspec.structs.replace(CARD.assets[0], code="EURC"),)), "assets[0].code"),
        (changed(assets=(msgspec.structs.replace(CARD.assets[0], currency="usd"),)), "assets[0].currency"),
        (changed(assets=(msgspec.structs.replace(CARD.assets[0], face_min="0"),)), "assets[0].face_min"),
        (changed(assets=(msgspec.structs.replace(CARD.assets[0], min_ticket="0.0"),)), "assets[0].min_ticket"),
        (changed(assets=(msgspec.structs.replace(CARD.assets[0], face_max="1.123456789"),)), "assets[0].face_max"),
        (changed(acknowledged=msgspec.structs.replace(CARD.acknowledged, add_bps_per_year=-900)), "rates"),
    ],
)
def test_cards_that_cannot_price_are_refused_field_by_field(card: Card, field: str) -> None:
    with pytest.raises(CardInvalid) as refused:
        check(card, ASSETS)
    assert field in refused.value.fields
