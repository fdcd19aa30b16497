"""The golden vectors of the rational model, which the contract is checked against too: the platform shows the same."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tenor.invoices.pricing import (
    Accrual,
    Books,
    Deal,
    Split,
    at_funding,
    claim_at,
    end_dispute,
    pay,
    pay_recourse,
    recourse_due,
)

VECTORS = Path(__file__).parent.parent / "golden" / "vectors"


def vectors(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((VECTORS / f"{name}.json").read_text())
    assert len(found) >= 100
    return found


def deal(vector: dict[str, Any]) -> Deal:
    told = vector["deal"]
    return Deal(
        advance_units=int(told["advance"]),
        claim_units=int(told["claim"]),
        face_units=int(told["face"]),
        funded_at=int(told["funded_at"]),
        due_at=int(told["due"]),
        accrual=Accrual.LINEAR if told["linear"] else Accrual.FLAT,
        min_earned_days=int(told["min_earned_days"]),
        late_bps_per_day=int(told["late_bps_per_day"]),
        late_days_max=int(told["late_days_max"]),
        profit_fee_bps=int(told["profit_fee_bps"]),
    )


@pytest.mark.parametrize("vector", vectors("pricing"), ids=lambda v: v["deal"]["claim"])
def test_h069_p055_claims_equal_the_golden_vectors(vector: dict[str, Any]) -> None:
    terms = deal(vector)
    for expected in vector["claims"]:
        assert claim_at(terms, at_funding(terms), int(expected["at"])) == int(expected["claim"])


@pytest.mark.parametrize("vector", vectors("payments"), ids=lambda v: v["deal"]["claim"])
def test_h069_p055_payments_equal_the_golden_vectors(vector: dict[str, Any]) -> None:
    terms = deal(vector)
    books = at_funding(terms)
    for step in vector["steps"]:
        at = int(step["at"])
        assert claim_at(terms, books, at) == int(step["claim"])
        books, split = pay(terms, books, amount_units=int(step["amount"]), at=at)
        assert split.to_holders_units == int(step["to_holders"])
        assert split.fee_units == int(step["fee"])
        assert split.to_seller_units == int(step["to_seller"])
        expected = step["books"]
        assert books.received_units == int(expected["received"])
        assert books.holders_gross_units == int(expected["holders"])
        assert books.fee_taken_units == int(expected["fee_taken"])
        assert books.earned_units == int(expected["earned"])
        assert books.late_units == int(expected["late"])
        assert books.late_days_charged == int(expected["late_days_charged"])
        assert books.settled is expected["settled"]


def step_of_a_life(terms: Deal, books: Books, step: dict[str, Any], *, whole: bool) -> tuple[Books, Split | None]:
    at = int(step["at"])
    match step["kind"]:
        case "pay":
            return pay(terms, books, amount_units=int(step["amount"]), at=at)
        case "recourse":
            assert recourse_due(terms, books, whole=whole, at=at) == int(step["due"])
            return pay_recourse(terms, books, amount_units=int(step["amount"]), at=at)
        case "reduce":
            return replace(books, face_units=books.face_units - int(step["amount"])), None
        case "dispute":
            ended = end_dispute(terms, books, at)
            return replace(ended, dispute_from=at, dispute_until=int(step["until"])), None
    return end_dispute(terms, books, at), None


@pytest.mark.parametrize("vector", vectors("lives"), ids=lambda v: v["deal"]["claim"])
def test_h069_whole_lives_equal_the_golden_vectors(vector: dict[str, Any]) -> None:
    """Payments, credit notes, disputes and the seller's recourse in any order."""
    terms, books = deal(vector), at_funding(deal(vector))
    for step in vector["steps"]:
        at = int(step["at"])
        assert claim_at(terms, books, at) == int(step["claim"])
        books, split = step_of_a_life(terms, books, step, whole=vector["whole"])
        if split is not None:
            parts = (split.to_holders_units, split.fee_units, split.to_seller_units)
            assert parts == (int(step["to_holders"]), int(step["fee"]), int(step["to_seller"]))
        now, expected = end_dispute(terms, books, at), step["books"]
        assert now.received_units == int(expected["received"])
        assert now.holders_gross_units == int(expected["holders"])
        assert now.fee_taken_units == int(expected["fee_taken"])
        assert (now.earned_units, now.late_units) == (int(expected["earned"]), int(expected["late"]))
        assert now.late_days_charged == int(expected["late_days_charged"])
        assert (now.face_units, now.recourse_paid_units) == (int(expected["face"]), int(expected["recourse_paid"]))
        assert now.disputed_seconds == int(expected["disputed_seconds"])
        assert now.settled is expected["settled"]
