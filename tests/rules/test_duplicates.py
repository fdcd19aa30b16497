"""The same claim is recognised however it is spelled; different claims of one seller are not confused."""

import hashlib
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.invoices.duplicates import Identity, canonical, compare, fingerprint

INVOICE = Identity(
    seller_vat_id="DE136695976", number="RE-2026/0417", debtor="Atelier Lumen SARL", currency="EUR", amount_due=731230
)
KEY = b"f" * 32
FILE, OTHER_FILE = hashlib.sha256(b"one").digest(), hashlib.sha256(b"two").digest()


def against(new, known=INVOICE, new_sha256=OTHER_FILE):
    return compare(new, known, new_sha256=new_sha256, known_sha256=FILE)


def test_p110_the_same_file_is_refused_whatever_it_says():
    assert against(replace(INVOICE, number="other"), new_sha256=FILE).match == "file"


@pytest.mark.parametrize(
    "change",
    [
        {"number": "re 2026 0417"},
        {"number": "RE20260417"},
        {"number": "".join(chr(ord(char) + 0xFEE0) for char in "RE-2026/0417")},  # full width
        {"number": "RE–2026.0417"},
        {"seller_vat_id": "de 136 695 976"},
        {"debtor": "ATELIER LUMEN"},
        {"debtor": "Atelier  Lúmen, S.A.R.L."},
        {"currency": "eur"},
    ],
)
def test_p110_other_spellings_of_one_claim_are_refused(change):
    verdict = against(replace(INVOICE, **change))
    assert (verdict.outcome, verdict.match) == ("refuse", "canonical")
    assert fingerprint(replace(INVOICE, **change), key=KEY) == fingerprint(INVOICE, key=KEY)


@pytest.mark.parametrize("number", ["RE-2026/417", "RE-02026/0417", "RE-2026/04170"])
def test_padding_goes_to_a_person(number):
    assert against(replace(INVOICE, number=number)).outcome in {"review", "refuse"}


@pytest.mark.parametrize("change", [{"number": "RE-2026/0418"}, {"seller_vat_id": "FR40303265045"}])
def test_another_invoice_passes(change):
    assert against(replace(INVOICE, **change)).outcome == "pass"


@pytest.mark.parametrize("change", [{"amount_due": 731231}, {"debtor": "Hotel Lumen"}, {"currency": "USD"}])
def test_one_number_with_other_figures_goes_to_a_person(change):
    verdict = against(replace(INVOICE, **change))
    assert (verdict.outcome, verdict.match) == ("review", "number")
    assert INVOICE.number in verdict.reason


def test_recurring_invoices_of_one_month_all_pass():
    numbers = [f"2026-{month:02}-{serial:03}" for month in (9, 10) for serial in range(1, 120)]
    assert len({canonical(replace(INVOICE, number=number)) for number in numbers}) == len(numbers)


def test_parts_cannot_run_into_each_other():
    one = replace(INVOICE, number="A", debtor="BC")
    assert canonical(one) != canonical(replace(INVOICE, number="AB", debtor="C"))


def test_the_fingerprint_needs_the_key():
    assert len(fingerprint(INVOICE, key=KEY)) == 32
    assert fingerprint(INVOICE, key=KEY) != fingerprint(INVOICE, key=b"g" * 32)


@given(st.text(min_size=1, max_size=30), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_unicode_forms_do_not_matter(number, form):
    spelled = unicodedata.normalize(form, number)
    assert canonical(replace(INVOICE, number=number)) == canonical(replace(INVOICE, number=spelled))
