"""The life of an invoice before the ledger, and what its seller may confirm."""

from datetime import date
from typing import Any

import pytest

from tenor.invoices.rules import (
    FIELDS,
    INVOICE,
    AmountAboveDocument,
    AmountNotPositive,
    DueDatePassed,
    TermsInvalid,
    confirmed,
    minor_digits,
    restored,
    shown,
)
from tenor.kernel.money import AmountInvalid
from tenor.kernel.state import MoveRefused

TODAY = date(2026, 11, 21)
GOOD = {
    "number": " R-17 ",
    "issue_date": "2026-11-01",
    "due_date": "2027-01-20",
    "currency": "USD",
    "amount_due": "1000.50",
    "seller_name": "Example GmbH",
    "seller_vat_id": "de 136 695 976",
    "debtor_name": "Atelier Lumen",
    "debtor_vat_id": "FR40303265045",
}


def check(today: date = TODAY, xml: int | None = None, **changes: str) -> Any:
    return confirmed(GOOD | changes, today=today, xml_amount_due_minor=xml)


def test_confirmed_terms_are_normal_and_survive_storing() -> None:
    terms = check()
    assert set(GOOD) == set(FIELDS) == set(terms.texts())
    assert (terms.number, terms.seller_vat_id, terms.amount_due_minor) == ("R-17", "DE136695976", 100_050)
    assert terms.amount_due == "1000.50"
    assert restored(terms.texts()) == terms


@pytest.mark.parametrize(
    ("currency", "amount", "minor"), [("JPY", "1000", 1_000), ("USD", "1000", 100_000), ("KWD", "1.005", 1_005)]
)
def test_p053_amounts_have_the_currencys_decimals(currency: str, amount: str, minor: int) -> None:
    assert check(currency=currency, amount_due=amount).amount_due_minor == minor
    with pytest.raises(AmountInvalid, match=currency):
        check(currency=currency, amount_due=amount.partition(".")[0] + "." + "1" * (minor_digits(currency) + 1))


def test_an_e_invoice_bounds_the_amount() -> None:
    assert check(xml=100_050).amount_due_minor == 100_050
    assert check(xml=100_051).amount_due_minor == 100_050
    with pytest.raises(AmountAboveDocument, match=r"1000\.49 USD"):
        check(xml=100_049)


def test_an_invoice_is_due_on_its_last_day_and_not_after() -> None:
    assert check(today=date(2027, 1, 20)).due_date == date(2027, 1, 20)
    with pytest.raises(DueDatePassed):
        check(today=date(2027, 1, 21))
    with pytest.raises(AmountNotPositive):
        check(amount_due="0.00")


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(TermsInvalid) as refused:
        check(number="", currency="$", due_date="20270120", debtor_name="a\tb")
    assert set(refused.value.fields) == {"number", "currency", "due_date", "debtor_name"}


def test_p047_every_move_outside_the_table_is_refused() -> None:
    allowed = {(status, event) for event, (sources, _) in INVOICE.moves.items() for status in sources}
    for status in INVOICE.statuses:
        for event in INVOICE.moves:
            if (status, event) in allowed:
                assert INVOICE.after(event, status) in INVOICE.statuses
            else:
                with pytest.raises(MoveRefused):
                    INVOICE.after(event, status)
    assert INVOICE.terminal == {"withdrawn"}


@pytest.mark.parametrize(
    ("escrow", "attested", "expired", "expected"),
    [
        (None, False, False, "listing"),
        ("open", False, False, "awaiting_attestation"),
        ("open", True, False, "listed"),
        ("open", True, True, "expired"),
        ("open", False, True, "expired"),
        ("funded", True, False, "funded"),
        ("defaulted", True, False, "defaulted"),
    ],
)
def test_the_ledger_has_the_last_word(escrow: str | None, attested: bool, expired: bool, expected: str) -> None:
    assert shown("listing", escrow, attested=attested, expired=expired) == expected
