"""Printed amounts, dates and identifiers: exact, in every notation, and honest where a text can mean two things."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.invoices.dates import dates_in, order_of, settled
from tenor.invoices.identifiers import ibans_in, vat_ids_in
from tenor.invoices.layout import Cell, lines_of
from tenor.invoices.numbers import amounts_in, decimal_mark, exponent, parse_amount, parse_plain
from tenor.kernel.pages import Box, Page, Word


def cell(text):
    words, left = [], 0
    for part in text.split():
        words.append(Word(part, Box(left, 0, left + 500 * len(part), 1000)))
        left += 500 * len(part) + 300
    return Cell(1, "text", tuple(words))


@pytest.mark.parametrize(
    ("text", "decimal", "places", "meanings"),
    [
        ("1.234,56", None, 2, (123456,)),
        ("1,234.56", None, 2, (123456,)),
        ("1'234.56", None, 2, (123456,)),
        ("1’234.56", None, 2, (123456,)),
        ("1 234,56", None, 2, (123456,)),
        ("1\u202f234,56", None, 2, (123456,)),
        ("12.345.678,90", None, 2, (1234567890,)),
        ("1,234,567.8", None, 2, (123456780,)),
        ("0,05", None, 2, (5,)),
        ("1234.5", None, 2, (123450,)),
        ("1234", None, 2, (123400,)),
        ("1.234", ",", 2, (123400,)),
        ("1,234", ".", 2, (123400,)),
        ("1.234", ".", 3, (1234,)),
        ("1.234", None, 3, (1234000, 1234)),
        ("0.025", ".", 2, ()),
        ("1234", None, 0, (1234,)),
        ("1.234", None, 0, (1234,)),
        ("1.23.45", None, 2, ()),
    ],
)
def test_one_notation_one_amount(text, decimal, places, meanings):
    assert parse_amount(text, decimal, places) == meanings


@given(st.integers(0, 10**13), st.sampled_from([(",", "."), (".", ","), ("'", "."), (" ", ","), ("", "."), ("", ",")]))
def test_every_notation_reads_back_to_the_cent(units, marks):
    group, decimal = marks
    text = f"{units // 100:,}".replace(",", group) + f"{decimal}{units % 100:02}"
    assert parse_amount(text, None, 2) == (units,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Total 1.234,56 €", [(123456, "EUR")]),
        ("€ 1,234.56", [(123456, "EUR")]),
        ("EUR 99,00", [(9900, "EUR")]),
        ("$ 262.90", [(26290, None)]),
        ("-218,48 €", [(-21848, "EUR")]),
        ("(50.00)", [(-5000, None)]),
        ("50,00-", [(-5000, None)]),
        ("VAT 19 % 1.149,88 EUR", [(114988, "EUR")]),
        ("19,00% 10,00", [(1000, None)]),
        ("05.06.2018", []),
        ("201/113/40209", []),
        ("CHF 1’250.00", [(125000, "CHF")]),
        ("Rs 1939", [(193900, "INR")]),
        ("3.500,-", [(350000, None)]),
    ],
)
def test_amounts_in_a_line(text, expected):
    found = list(amounts_in(cell(text), decimal_mark([text]) or ",", 2))
    assert [(amount.meanings[0], amount.currency) for amount in found] == expected


def test_the_amount_points_at_its_own_words():
    (amount,) = amounts_in(cell("Total due EUR 1 234,56 today"), ",", 2)
    assert amount.cell.text == "1 234,56"


@pytest.mark.parametrize(("currency", "digits"), [("JPY", 0), ("EUR", 2), ("KWD", 3), (None, 2)])
def test_minor_units_follow_the_currency(currency, digits):
    assert exponent(currency) == digits


@pytest.mark.parametrize(
    ("text", "units"),
    [("12.5", 1250), ("12.500", 1250), ("-1", -100), ("12.505", None), ("1,5", None), ("1e3", None), ("", None)],
)
def test_xml_amounts_are_plain_decimals(text, units):
    assert parse_plain(text, 2) == units


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("2026-09-14", ("2026-09-14",)),
        ("14.09.2026", ("2026-09-14",)),
        ("14/09/2026", ("2026-09-14",)),
        ("09/14/2026", ("2026-09-14",)),
        ("8-9-2022", ("2022-09-08", "2022-08-09")),
        ("03/11/2017", ("2017-11-03", "2017-03-11")),
        ("05/05/2026", ("2026-05-05",)),
        ("1.2.26", ("2026-02-01",)),
        ("14 September 2026", ("2026-09-14",)),
        ("September 14, 2026", ("2026-09-14",)),
        ("14. März 2026", ("2026-03-14",)),
        ("1er août 2026", ("2026-08-01",)),
        ("14 de octubre de 2026", ("2026-10-14",)),
        ("19 april 2014", ("2014-04-19",)),
        ("14-Sep-2026", ("2026-09-14",)),
        ("31 giugno 2026", ()),
        ("32.01.2026", ()),
        ("1.234.56", ()),
        ("30/02/2026", ()),
    ],
)
def test_dates_as_printed(text, meanings):
    found = list(dates_in(cell(text)))
    assert (found[0].meanings if found else ()) == meanings


@given(st.dates(dt.date(1990, 1, 1), dt.date(2079, 12, 31)))
def test_a_written_month_is_never_ambiguous(day):
    (found,) = dates_in(cell(f"{day.day} {day:%B} {day.year}"))
    assert found.meanings == (day.isoformat(),)


def test_p113_the_documents_own_order_settles_a_date():
    (date,) = dates_in(cell("03/11/2017"))
    assert settled(date, order_of(["03/11/2017", "25/12/2017"])).meanings == ("2017-11-03",)
    assert settled(date, order_of(["03/11/2017", "12/25/2017"])).meanings == ("2017-03-11",)
    assert settled(date, order_of(["03/11/2017", "25/12/2017", "12/25/2017"])).is_ambiguous
    assert settled(date, order_of(["03/11/2017"])).is_ambiguous


@pytest.mark.parametrize(
    ("text", "value", "is_valid"),
    [
        ("USt-IdNr. DE 136 695 976", "DE136695976", True),
        ("DE123456789", "DE123456789", False),
        ("FR 40 303265045", "FR40303265045", True),
        ("BTW NL810433941B01", "NL810433941B01", True),
    ],
)
def test_vat_ids_know_their_check_digits(text, value, is_valid):
    (found,) = vat_ids_in(cell(text))
    assert (found.value, found.is_valid) == (value, is_valid)


def test_an_iban_is_no_vat_id():
    text = "IBAN DE89 3704 0044 0532 0130 00"
    (found,) = ibans_in(cell(text))
    assert (found.value, found.is_valid) == ("DE89370400440532013000", True)
    assert list(vat_ids_in(cell(text))) == []


def test_one_wrong_digit_breaks_an_iban():
    (found,) = ibans_in(cell("DE89 3704 0044 0532 0130 01"))
    assert not found.is_valid


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("Total 57.889, 87 EUR", "ocr", ["Total", "57.889,87", "EUR"]),
        ("£18, 857.38", "ocr", ["£18,857.38"]),
        ("1.601, 59€", "ocr", ["1.601,59€"]),
        ("Total 57.889, 87", "text", ["Total", "57.889,", "87"]),
        ("18. 2025", "ocr", ["18.", "2025"]),
        ("Nr. 12", "ocr", ["Nr.", "12"]),
        ("12.03. 26", "ocr", ["12.03.", "26"]),
    ],
)
def test_an_amount_that_was_cut_behind_its_mark_is_whole_again(text, source, words):
    page = Page(1, 60_000, 84_000, cell(text).words, source)
    (line,) = lines_of((page,))
    assert [word.text for found in line.cells for word in found.words] == words
