"""Recording, defaulting, paging and conservation: `tenor.settlements.rules`."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.investments.rules import Entry, Pool, mark_paid
from tenor.kernel.state import MoveRefused
from tenor.settlements import rules
from tenor.settlements.rules import Journal, Payable, PaymentSplit

FUNDED = Payable(status="funded", face_units=1_000, received_units=400, min_payment_units=100)


@pytest.mark.parametrize("units", [100, 599, 600])
def test_payments_up_to_the_outstanding_rest_are_taken(units: int) -> None:
    rules.check_payment(FUNDED, units, 7)


def test_the_rest_is_taken_however_small() -> None:
    rules.check_payment(replace(FUNDED, received_units=999), 1, 7)


@pytest.mark.parametrize(
    ("invoice", "units", "error"),
    [
        (FUNDED, 601, rules.ExceedsOutstanding),
        (FUNDED, 99, rules.PaymentTooSmall),
        (replace(FUNDED, status="open"), 100, rules.PaymentsClosed),
        (replace(FUNDED, status="cancelled"), 100, rules.PaymentsClosed),
        (replace(FUNDED, received_units=1_000), 1, rules.PaymentsClosed),
    ],
)
def test_payments_that_the_escrow_would_refuse(invoice: Payable, units: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        rules.check_payment(invoice, units, 7)


@pytest.mark.parametrize("status", ["funded", "settled", "defaulted"])
def test_a_debtor_can_always_pay_what_is_owed(status: str) -> None:
    rules.check_payment(replace(FUNDED, status=status), 600, 7)


def test_p038_the_proposer_decides_nothing() -> None:
    rules.check_approver(proposer="G-olga", approver="G-otto")
    with pytest.raises(rules.ApproverIsProposer):
        rules.check_approver(proposer="G-olga", approver="G-olga")


def test_only_the_parties_pay_from_their_wallets() -> None:
    for payer in ("G-debtor", "G-seller"):
        rules.check_payer(payer, debtor="G-debtor", seller="G-seller")
    for stranger, debtor in (("G-anna", "G-debtor"), ("G-debtor", None)):
        with pytest.raises(rules.NotThePayer):
            rules.check_payer(stranger, debtor=debtor, seller="G-seller")


def test_p047_a_decision_is_final() -> None:
    assert rules.RECORD.after("be_approved", "proposed") == "ordered"
    for status in ("ordered", "declined"):
        for event in rules.RECORD.moves:
            with pytest.raises(MoveRefused):
                rules.RECORD.after(event, status)


def test_a_payment_id_names_one_settlement() -> None:
    one = UUID("018f0000-0000-7000-8000-000000000001")
    assert rules.payment_id(one) == rules.payment_id(UUID(str(one)))
    assert len(rules.payment_id(one)) == 32
    assert rules.payment_id(one) != rules.payment_id(uuid4())


def test_the_ledger_has_the_last_word_on_a_settlement() -> None:
    assert rules.shown_status("ordered", transaction="failed", recorded=True) == "recorded"
    assert rules.shown_status("ordered", transaction="failed", recorded=False) == "failed"
    assert rules.shown_status("ordered", transaction="sent", recorded=False) == "ordered"
    assert rules.shown_status("proposed", transaction=None, recorded=False) == "proposed"


def test_a_default_needs_the_whole_grace() -> None:
    last = rules.default_from(1_000, 2)
    assert last == 1_000 + 2 * 86_400
    with pytest.raises(rules.DefaultTooEarly):
        rules.check_default(status="funded", due_at=1_000, grace_days=2, at=last)
    rules.check_default(status="funded", due_at=1_000, grace_days=2, at=last + 1)
    for status in ("open", "settled", "defaulted", "cancelled"):
        with pytest.raises(rules.DefaultImpossible):
            rules.check_default(status=status, due_at=1_000, grace_days=2, at=last + 1)


@st.composite
def lives(draw: st.DrawFn) -> Journal:
    """An invoice's life as the contracts write it: fundings, release, payments split at random, some payouts."""
    fundings = draw(st.lists(st.integers(1, 10**12), min_size=1, max_size=5))
    advance = sum(fundings)
    fee = draw(st.integers(0, advance // 10))
    pool, entries = Pool(supply=advance), [Entry(units) for units in fundings]
    payments, payouts = [], []
    for _ in range(draw(st.integers(0, 5))):
        split = [draw(st.integers(0, 10**12)) for _ in range(3)]
        payments.append(PaymentSplit(sum(split), *split))
        pool = pool.accrue(split[0]) if split[0] else pool
        for i in draw(st.sets(st.integers(0, len(entries) - 1))):
            payouts.append(entries[i].payable(pool.index))
            pool, kept = mark_paid(pool, entries[i])
            assert kept
            entries[i] = kept
    deposits = tuple(payment.holders_units for payment in payments)
    return Journal(
        fundings=tuple(fundings),
        refunds=(),
        released=(advance - fee, fee),
        payments=tuple(payments),
        deposits=deposits,
        payouts=tuple(payouts),
        owed_units=draw(st.integers(0, fee)),
        pool=pool,
        received_units=sum(deposits),
        paid_units=sum(payouts),
        entries=tuple(entries),
    )


@given(lives())
def test_h064_what_came_in_went_out_or_is_held(journal: Journal) -> None:
    found = rules.conservation(journal)
    assert found.holds, found.differences
    assert found.in_units == found.out_units + found.escrow_units + found.claimable_units + found.dust_units
    assert 0 <= found.dust_units <= len(journal.entries)
    assert found.escrow_units == journal.owed_units


@given(lives(), st.sampled_from(["fundings", "payouts", "deposits"]), st.integers(1, 10))
def test_p050_a_single_unit_too_many_is_found(journal: Journal, where: str, units: int) -> None:
    wrong = replace(journal, **{where: (*getattr(journal, where), units)})
    assert not rules.conservation(wrong).holds


@given(lives(), st.integers(1, 10**9))
def test_a_fraction_that_nobody_has_is_found(journal: Journal, scaled: int) -> None:
    wrong = replace(journal, pool=replace(journal.pool, remainder=journal.pool.remainder + scaled))
    assert not rules.conservation(wrong).holds


def test_a_refunded_invoice_balances() -> None:
    found = rules.conservation(
        Journal((5, 7), (5, 7), None, (), (), (), 0, Pool(), received_units=0, paid_units=0, entries=())
    )
    assert found.holds
    assert (found.in_units, found.out_units, found.escrow_units) == (12, 12, 0)
