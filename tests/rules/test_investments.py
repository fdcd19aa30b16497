"""Shares, accrual and who may buy: `tenor.investments.rules` against exact fractions and the escrow's limits."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.investments import rules
from tenor.investments.rules import SCALE, Entry, Offer, Pool, Sale
from tenor.invoices import pricing
from tenor.invoices.pricing import DAY_SECONDS, Accrual, Deal

UNITS = st.integers(1, 2**63 - 1)

OPEN = Offer(
    status="open",
    advance_units=950,
    funded_units=300,
    min_ticket_units=100,
    funding_deadline=1_000,
    seller="G-seller",
    debtor="G-debtor",
    terms_hash="ab" * 32,
    decimals=0,
)


@given(UNITS, st.integers(1, 2**62), st.lists(UNITS, max_size=6))
def test_accrual_loses_nothing(supply: int, remainder: int, deposits: list[int]) -> None:
    pool = Pool(supply=supply, remainder=remainder)
    for units in deposits:
        pool = pool.accrue(units)
    assert pool.index * supply + pool.remainder == sum(deposits) * SCALE + remainder
    assert not deposits or 0 <= pool.remainder < supply


_STEP = st.one_of(
    st.tuples(st.just("deposit"), UNITS, st.just(0), st.just(0)),
    st.tuples(st.just("pay"), st.just(0), st.integers(0, 3), st.just(0)),
    st.tuples(st.just("move"), st.integers(0, 10**6), st.integers(0, 3), st.integers(0, 3)),
)


@given(st.lists(st.integers(1, 10**6), min_size=4, max_size=4), st.lists(_STEP, max_size=25))
def test_h062_any_order_of_sales_and_payouts_conserves_and_pays_each_share_what_it_earned(
    shares: list[int], steps: list[tuple[str, int, int, int]]
) -> None:
    pool = Pool(supply=sum(shares))
    entries: list[Entry | None] = [Entry(balance) for balance in shares]
    earned = [Fraction(0)] * 4  # what each would have by exact division
    paid, deposited = [0] * 4, 0
    for what, units, a, b in steps:
        if what == "deposit":
            pool, deposited = pool.accrue(units), deposited + units
            for i, entry in enumerate(entries):
                earned[i] += Fraction(units * (entry.balance if entry else 0), pool.supply)
        elif what == "pay" and (entry := entries[a]):
            paid[a] += entry.payable(pool.index)
            pool, entries[a] = rules.mark_paid(pool, entry)
        elif what == "move" and a != b and (giver := entries[a]):
            moved, taker = min(units, giver.balance), entries[b]
            pool, entries[b] = rules.rebalance(pool, taker, (taker.balance if taker else 0) + moved)
            pool, entries[a] = rules.rebalance(pool, giver, giver.balance - moved)
    held = sum(entry.settled(pool.index).accrued_scaled for entry in entries if entry)
    assert held + pool.remainder + sum(paid) * SCALE == deposited * SCALE
    assert sum(entry.balance for entry in entries if entry) == pool.supply
    for i, entry in enumerate(entries):
        mine = paid[i] + (entry.payable(pool.index) if entry else 0)
        # Below a unit may stay in an entry that went, one for each time it came and went; other people's comes back.
        assert -len(steps) - 1 < mine - earned[i] <= len(steps) + 1


def test_a_spent_entry_goes_and_its_fraction_returns_to_the_pool() -> None:
    pool = Pool(supply=3).accrue(1)
    third = pool.index
    pool, giver = rules.rebalance(pool, Entry(1), 0)
    assert giver is None
    pool, taker = rules.rebalance(pool, Entry(2), 3)
    assert taker == Entry(3, third, 2 * third)
    assert pool.remainder == 1 + third


@pytest.mark.parametrize(
    ("offer", "at", "error"),
    [
        (replace(OPEN, status="funded", funded_units=950), 5, rules.AlreadyFunded),
        (replace(OPEN, status="cancelled"), 5, rules.InvoiceNotFunding),
        (replace(OPEN, debtor=None), 5, rules.InvoiceNotFunding),
        (OPEN, 1_001, rules.FundingClosed),
    ],
)
def test_an_invoice_that_takes_no_money_says_why(offer: Offer, at: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        rules.check_open(offer, at=at)


def test_the_deadline_itself_is_still_open() -> None:
    rules.check_open(OPEN, at=1_000)


@given(st.integers(1, 2_000), st.integers(0, 950), st.integers(1, 950), st.integers(1, 2_000))
def test_what_is_taken_is_at_most_offered_and_left(greatest: int, funded: int, ticket: int, least: int) -> None:
    offer = replace(OPEN, funded_units=min(funded, 949), min_ticket_units=ticket)
    try:
        taken = rules.shares_taken(offer, max_units=greatest, min_units=least, at=5)
    except rules.TicketTooSmall:
        rest = offer.rest_units
        assert least > min(greatest, rest) or min(greatest, rest) < min(ticket, rest)
    else:
        assert taken == min(greatest, offer.rest_units)
        assert taken >= least
        assert taken >= ticket or taken == offer.rest_units


def test_who_may_not_invest() -> None:
    terms = OPEN.terms_hash
    with pytest.raises(rules.InvestorNotApproved):
        rules.check_investor(OPEN, "G-anna", approved=False, terms_hash=terms)
    for party in ("G-seller", "G-debtor"):
        with pytest.raises(rules.OwnInvoice):
            rules.check_investor(OPEN, party, approved=True, terms_hash=terms)
    with pytest.raises(rules.TermsChanged):
        rules.check_investor(OPEN, "G-anna", approved=True, terms_hash="cd" * 32)
    rules.check_investor(OPEN, "G-anna", approved=True, terms_hash=terms)


def test_what_may_not_be_sold() -> None:
    good = Sale("G-anna", "G-ben", 10, decimals=0)
    rules.check_sale(good, Entry(balance=10), unlocked=True, buyer_approved=True)
    for sale, unlocked, approved, error in (
        (good, False, True, rules.SharesLocked),
        (replace(good, buyer="G-anna"), True, True, rules.TransferToSelf),
        (replace(good, shares=11), True, True, rules.SharesInsufficient),
        (replace(good, shares=0), True, True, rules.SharesInsufficient),
        (good, True, False, rules.BuyerNotApproved),
    ):
        with pytest.raises(error):
            rules.check_sale(sale, Entry(balance=10), unlocked=unlocked, buyer_approved=approved)


def test_only_an_expired_or_cancelled_invoice_pays_back() -> None:
    rules.check_refund(OPEN, Entry(5), at=1_001)
    rules.check_refund(replace(OPEN, status="cancelled"), Entry(5), at=5)
    for offer, entry, at in (
        (OPEN, Entry(5), 1_000),
        (replace(OPEN, status="funded"), Entry(5), 2_000),
        (OPEN, Entry(), 1_001),
    ):
        with pytest.raises(rules.NothingToRefund):
            rules.check_refund(offer, entry, at=at)


@given(st.lists(st.text("ABC", min_size=1, max_size=4)), st.integers(1, 5))
def test_pages_hold_every_holder_once_whatever_the_order(holders: list[str], size: int) -> None:
    pages = list(rules.pages(holders, size))
    flat = [holder for page in pages for holder in page]
    assert flat == sorted(set(holders))
    assert all(1 <= len(page) <= size for page in pages)
    assert list(rules.pages(holders[::-1], size)) == pages


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


@given(st.lists(st.integers(1, FACE // 3), max_size=3), st.integers(0, 200 * DAY_SECONDS), st.integers(1, ADVANCE))
def test_what_a_claim_is_worth_is_what_paying_it_off_brings(paid: list[int], at: int, shares: int) -> None:
    books = pricing.at_funding(DEAL)
    for day, units in enumerate(paid):
        books, _ = pricing.pay(DEAL, books, amount_units=units, at=day * DAY_SECONDS)
    at = max(at, books.checkpoint_at)
    worth = rules.claim_share(DEAL, books, shares=shares, at=at)
    rest = pricing.payoff(DEAL, books, at)
    if rest == 0:
        assert worth == 0
        return
    _, split = pricing.pay(DEAL, books, amount_units=rest, at=at)
    assert worth == split.to_holders_units * shares // ADVANCE
