"""The golden vectors of the rational model, which the contract is checked against too: the platform shows the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from tenor.invoices.pricing import Accrual, Deal, at_funding, claim_at, pay

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
