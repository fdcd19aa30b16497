"""What happens next to a transaction: every rule about life and death, at its boundary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.kernel.state import MoveRefused
from tenor.ledger.submission import (
    ATTEMPTS_MAX,
    FINAL,
    RESEND_AFTER_LEDGERS,
    TRANSACTION,
    Absent,
    Applied,
    Envelope,
    Finish,
    Rebuild,
    Send,
    Tip,
    Wait,
    next_step,
)

VALID_UNTIL = 1_000
BUILT = 50


def envelope(**changes: object) -> Envelope:
    values = {
        "status": "sent",
        "sequence": 7,
        "valid_until": VALID_UNTIL,
        "built_ledger": BUILT,
        "sent_ledger": BUILT,
        "by_platform": False,
        "attempts": 1,
    }
    return Envelope(**(values | changes))


def absent(*, sequence: int = BUILT + 1, closed_at: int = VALID_UNTIL - 100, oldest: int = 1) -> Absent:
    return Absent(Tip(sequence, closed_at, oldest))


def applied(*, success: bool) -> Applied:
    return Applied("ab" * 32, BUILT + 1, VALID_UNTIL - 100, success, "AAAA", None, 100)


def test_p012_a_transaction_may_land_in_a_ledger_that_closes_at_its_bound() -> None:
    assert isinstance(next_step(envelope(), absent(closed_at=VALID_UNTIL)), Wait)
    assert next_step(envelope(), absent(closed_at=VALID_UNTIL + 1)) == Finish("expire")


def test_p001_a_platform_order_is_rebuilt_only_after_its_envelope_is_dead() -> None:
    ours = envelope(by_platform=True)
    assert not isinstance(next_step(ours, absent(closed_at=VALID_UNTIL)), Rebuild)
    assert next_step(ours, absent(closed_at=VALID_UNTIL + 1)) == Rebuild()


ROWS = st.builds(
    envelope,
    by_platform=st.booleans(),
    refused=st.booleans(),
    status=st.sampled_from(["built", "signed", "sent"]),
    sent_ledger=st.none() | st.integers(BUILT, BUILT + 10_000),
    attempts=st.integers(1, 1_000),
)


@given(row=ROWS, closed_at=st.integers(0, VALID_UNTIL), sequence=st.integers(BUILT, BUILT + 10_000))
def test_p005_nothing_is_final_while_it_may_still_land_however_often_it_was_tried(
    row: Envelope, closed_at: int, sequence: int
) -> None:
    assert isinstance(next_step(row, absent(closed_at=closed_at, sequence=sequence)), Send | Wait)


@pytest.mark.parametrize(
    ("oldest", "sequence", "proves"),
    [(BUILT + 1, BUILT + 9, True), (BUILT + 2, BUILT + 9, False), (1, BUILT + 1, True), (1, BUILT, False)],
)
def test_p003_absence_counts_only_if_the_node_keeps_every_ledger_that_could_hold_it(
    oldest: int, sequence: int, proves: bool
) -> None:
    step = next_step(envelope(), absent(closed_at=VALID_UNTIL + 1, sequence=sequence, oldest=oldest))
    assert isinstance(step, Finish) == proves
    if not proves:
        assert isinstance(step, Wait)
        assert "cannot know" in step.reason


def test_p004_an_applied_transaction_counts_whatever_a_node_said_before() -> None:
    assert next_step(envelope(refused=True), applied(success=True)) == Finish("confirm")
    late = envelope(refused=True, by_platform=True, attempts=99)
    assert next_step(late, applied(success=True), account_sequence=99) == Finish("confirm")


def test_p019_a_failure_on_the_ledger_ends_the_envelope_and_a_platform_order_gets_another() -> None:
    assert next_step(envelope(), applied(success=False)) == Finish("fail")
    ours = envelope(by_platform=True, attempts=ATTEMPTS_MAX - 1)
    assert next_step(ours, applied(success=False)) == Rebuild()
    assert next_step(envelope(by_platform=True, attempts=ATTEMPTS_MAX), applied(success=False)) == Finish("fail")


def test_a_place_taken_by_another_transaction_kills_an_envelope_before_its_time() -> None:
    waiting = envelope(refused=True, sent_ledger=BUILT + 1)
    assert isinstance(next_step(waiting, absent(), account_sequence=6), Wait)
    assert next_step(envelope(refused=True), absent(), account_sequence=7) == Finish("fail")
    assert next_step(envelope(refused=True, by_platform=True), absent(), account_sequence=8) == Rebuild()


def test_it_is_sent_once_and_again_only_after_the_network_has_forgotten_it() -> None:
    assert next_step(envelope(status="signed", sent_ledger=None), absent()) == Send()
    sent = envelope(sent_ledger=60)
    assert isinstance(next_step(sent, absent(sequence=60 + RESEND_AFTER_LEDGERS - 1)), Wait)
    assert next_step(sent, absent(sequence=60 + RESEND_AFTER_LEDGERS)) == Send()


def test_what_a_node_refused_is_tried_again_in_the_next_ledger() -> None:
    refused = envelope(sent_ledger=60, refused=True)
    assert isinstance(next_step(refused, absent(sequence=60)), Wait)
    assert next_step(refused, absent(sequence=61)) == Send()


def test_p027_an_unsigned_draft_waits_and_then_expires() -> None:
    draft = envelope(status="built", sent_ledger=None)
    assert isinstance(next_step(draft, absent()), Wait)
    assert next_step(draft, absent(closed_at=VALID_UNTIL + 1)) == Finish("expire")
    assert next_step(draft, applied(success=True)) == Finish("confirm")


def test_a_refused_draft_of_a_wallet_fails_with_its_reason_instead_of_expiring() -> None:
    assert next_step(envelope(refused=True), absent(closed_at=VALID_UNTIL + 1)) == Finish("fail")


def test_p047_the_table_of_moves() -> None:
    assert set(TRANSACTION.statuses) == {"planned", "built", "signed", "sent", "confirmed", "failed", "expired"}
    assert TRANSACTION.terminal == {"confirmed"}
    for status in FINAL:
        for event in ("sign", "send", "confirm", "fail", "expire", "plan_again"):
            with pytest.raises(MoveRefused):
                TRANSACTION.after(event, status)
