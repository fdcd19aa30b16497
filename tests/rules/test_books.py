"""The journal's lines: every event that moves money is written, and what one gives another takes."""

from typing import Any

import pytest
from chainkit import ALICE, ASSET, BOB, DISTRIBUTOR, ESCROW, INVOICE, raw
from hypothesis import given
from hypothesis import strategies as st

from tenor import projector
from tenor.books.rules import PAYER, RECIPIENT, SELLER, TREASURY, lines_of
from tenor.ledger import events as of
from tenor.ledger import stream_events as streams
from tenor.ledger.decoder import DISTRIBUTOR_EVENTS, ESCROW_EVENTS
from tenor.ledger.events import Event, RawEvent, Status

RAW = RawEvent("1-1", 7, 0, ESCROW, "77" * 32, (), "")
UNITS = st.integers(0, 2**63 - 1)
MOVES_NOTHING = frozenset(
    {
        "InvoiceCreated", "InvoiceAttested", "InvoiceAcknowledged", "InvoiceCancelled", "InvoiceSettled",
        "InvoiceDefaulted", "DisputeOpened", "DisputeResolved", "FaceReduced", "AccountAllowed", "PayoutClaimed",
        "PayoutPaged", "SharesMoved", "SharesUnlocked", "PayoutAccrued", "StreamPaused", "StreamResumed", "OfferMade",
        "OfferCancelled", "OperationScheduled", "OperationExecuted", "OperationWithdrawn",
    }
)  # fmt: skip
"""Or tells of a movement that another event of the same transaction tells already."""


@given(UNITS, UNITS, UNITS)
def test_p050_a_payment_is_given_once_and_taken_in_full(holders: int, fee: int, seller: int) -> None:
    event = of.PaymentRecorded(
        raw=RAW, invoice_id=INVOICE, payer=ALICE, payment_id="", payment_key="", amount=holders + fee + seller,
        to_holders=holders, fee=fee, to_seller=seller, received_before=0, received_after=0, holders_gross_before=0,
        holders_gross_after=0, fee_taken=0, earned=0, late=0, late_days_charged=0, checkpoint_at=0, recourse_paid=0,
        claim=0, status_before=Status.FUNDED, status_after=Status.FUNDED, at=0,
    )  # fmt: skip
    lines = lines_of(event, escrow=ESCROW)
    assert sum(line.units for line in lines) == 0
    assert {line.account: line.units for line in lines} == {
        account: units
        for account, units in (
            (ALICE, -holders - fee - seller), (ESCROW, holders), (TREASURY, fee), (SELLER, seller)
        )
        if units
    }  # fmt: skip


@given(UNITS, UNITS)
def test_p050_what_could_not_be_sent_goes_back_and_comes_again(before: int, after: int) -> None:
    event = of.OwedChanged(raw=RAW, owner=BOB, asset=ASSET, before=before, after=after)
    lines = {line.account: line.units for line in lines_of(event, escrow=ESCROW)}
    assert lines == ({BOB: before - after, ESCROW: after - before} if before != after else {})


@pytest.mark.parametrize(
    ("event", "moved"),
    [
        (of.InvoiceFunded(RAW, INVOICE, ALICE, 5, 0, 5, 9), {ALICE: -5, ESCROW: 5}),
        (of.InvoiceReleased(RAW, INVOICE, 0, 8, 1, 0), {ESCROW: -9, SELLER: 8, TREASURY: 1}),
        (of.InvoiceRefunded(RAW, INVOICE, ALICE, 5, 0, 5), {ESCROW: -5, ALICE: 5}),
        (of.AssetMoved(RAW, ASSET, DISTRIBUTOR, ALICE, 5, None), {DISTRIBUTOR: -5, ALICE: 5}),
        (streams.StreamToppedUp(RAW, "aa", 5, 7), {PAYER: -2, ESCROW: 2}),
        (streams.StreamSettled(RAW, "aa", 5, 7, 0), {ESCROW: -2, RECIPIENT: 2}),
    ],
)
def test_each_event_moves_what_it_says(event: Event, moved: dict[str, int]) -> None:
    assert {line.account: line.units for line in lines_of(event, escrow=ESCROW)} == moved


def test_p064_every_event_that_is_projected_is_written_or_said_to_move_nothing() -> None:
    """A new event of ours fails here until somebody has decided."""
    from tenor.books.rules import _WRITERS

    projected = {kind.__name__ for kind in projector.HANDLERS}
    written = {kind.__name__ for kind in _WRITERS}
    assert projected - written - MOVES_NOTHING == set()
    assert written & MOVES_NOTHING == set()
    assert {kind.__name__ for kind in (*ESCROW_EVENTS, *DISTRIBUTOR_EVENTS)} >= {"InvoiceFunded", "PayoutDeposited"}


def test_the_deposit_goes_from_the_escrow_to_who_says_it() -> None:
    values: dict[str, Any] = {"token": ASSET, "payment_id": "ab" * 32, "amount": 5, "received_before": 0}
    event = of.PayoutDeposited(raw=raw(of.PayoutDeposited, values | {"received_after": 5}), **values, received_after=5)
    assert {line.account: line.units for line in lines_of(event, escrow=ESCROW)} == {ESCROW: -5, DISTRIBUTOR: 5}
