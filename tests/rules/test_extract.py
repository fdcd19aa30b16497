"""What is read off an invoice: right where the page is clear, a question where it is not, never a silent guess."""

from dataclasses import replace
from datetime import date

import pytest

from invoice_files import LANGUAGES, LAYOUTS, SAMPLE, born_digital, cii, factur_x, scanned, ubl
from tenor.documents import reading
from tenor.invoices.extract import extract
from tenor.invoices.reading import AMOUNT_NAMES
from tenor.kernel.pages import Box, DocumentText, Page, Severity, Word

PREPAID = replace(SAMPLE, prepaid=20_000)


def truth(invoice):
    return {
        "number": invoice.number,
        "type": invoice.type_code,
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat(),
        "currency": invoice.currency,
        "seller_name": invoice.seller.name,
        "seller_vat_id": invoice.seller.vat_id,
        "seller_iban": invoice.seller.iban,
        "debtor_name": invoice.debtor.name,
        "debtor_vat_id": invoice.debtor.vat_id,
        "net": invoice.net,
        "vat": invoice.vat,
        "gross": invoice.gross,
        "prepaid": invoice.prepaid or None,
        "amount_due": invoice.amount_due,
    }


def values(read):
    return {name: field.value for name, field in read.fields.items()}


def page(text, *, source="text"):
    """A page from lines of text; two spaces part cells. Letters are 5 points wide, lines 14 apart."""
    words = []
    for row, line in enumerate(text.strip("\n").splitlines()):
        column = 0
        for part in line.split(" "):
            if part:
                left, top = 4_000 + column * 500, 4_000 + row * 1_400
                words.append(Word(part, Box(left, top, left + 500 * len(part), top + 1_000)))
            column += len(part) + 1
    return Page(1, 59_500, 84_200, tuple(words), source)


def document(text, *, xml=None):
    return DocumentText("pdf", b"\0" * 32, 1, xml, (page(text),))


def codes(read, severity=None):
    return {finding.code for finding in read.findings if severity in {None, finding.severity}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("invoice", [SAMPLE, PREPAID], ids=["whole", "prepaid"])
def test_born_digital_invoices_are_read_whole(invoice, layout, language):
    invoice = replace(invoice, layout=layout, language=language)
    read = extract(reading.read(born_digital(invoice)))
    assert values(read) == truth(invoice)
    assert {field.source for field in read.fields.values()} <= {"text", None}
    assert all(
        read[name].is_accepted for name in ("number", "issue_date", "due_date", "gross", "amount_due", "seller_iban")
    )
    assert all(field.box and field.page == 1 for field in read.fields.values() if field.value is not None)


@pytest.mark.parametrize(
    ("layout", "language", "seed"), [("letterhead", "en", 11), ("window", "de", 12), ("columns", "fr", 13)]
)
def test_p111_scans_are_read_and_nothing_wrong_is_accepted(layout, language, seed):
    invoice = replace(SAMPLE, layout=layout, language=language)
    read = extract(reading.read(scanned(invoice, seed)))
    expected = truth(invoice)
    assert [name for name, field in read.fields.items() if field.is_accepted and field.value != expected[name]] == []
    assert sum(field.value == expected[name] for name, field in read.fields.items()) >= 13
    assert {field.source for field in read.fields.values()} <= {"ocr", None}


@pytest.mark.parametrize("write", [factur_x, cii, ubl])
def test_e_invoices_are_exact(write):
    read = extract(reading.read(write(PREPAID)))
    assert values(read) == truth(PREPAID)
    assert read.findings == ()
    assert {field.source for field in read.fields.values()} == {"xml"}
    assert read.doubtful == ()


def test_p112_xml_against_the_visible_page_blocks():
    honest = reading.read(born_digital(SAMPLE))
    read = extract(replace(honest, xml=cii(replace(SAMPLE, number="2026-0418", due_date=date(2026, 12, 24)))))
    assert "xml-against-print" in codes(read, Severity.REVIEW)
    assert {"number", "due_date"} <= set(read.doubtful)
    assert read["number"].value == "2026-0418"
    assert [other.value for other in read["number"].alternatives] == ["2026-0417"]
    assert "2026-12-24" in " ".join(finding.sentence for finding in read.findings)


def test_p112_a_dearer_xml_than_the_page_blocks():
    dearer = replace(SAMPLE, items=(replace(SAMPLE.items[0], quantity=1200), *SAMPLE.items[1:]))
    read = extract(replace(reading.read(born_digital(SAMPLE)), xml=cii(dearer)))
    assert {"gross", "amount_due"} <= set(read.doubtful)
    assert not read["amount_due"].is_accepted


def test_p112_xml_on_a_blank_page_is_unchecked():
    read = extract(DocumentText("pdf", b"\0" * 32, 1, cii(SAMPLE), (Page(1, 100, 100, (), "ocr"),)))
    assert "xml-unchecked" in codes(read, Severity.REVIEW)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (">7312.30</ram:GrandTotalAmount>", ">7412.30</ram:GrandTotalAmount>", "BR-CO-15"),
        (">7312.30</ram:DuePayableAmount>", ">7000.00</ram:DuePayableAmount>", "BR-CO-16"),
        (">6155.20</ram:TaxBasisTotalAmount>", ">6000.00</ram:TaxBasisTotalAmount>", "BR-CO-13"),
        (">5100.00</ram:LineTotalAmount>", ">5000.00</ram:LineTotalAmount>", "BR-CO-10"),
    ],
)
def test_arithmetic_of_an_e_invoice_is_checked_by_rule(old, new, rule):
    assert old in cii(SAMPLE).decode()
    read = extract(reading.read(cii(SAMPLE).decode().replace(old, new).encode()))
    assert any(finding.sentence.startswith(rule) for finding in read.findings)


@pytest.mark.parametrize("code", ["381", "396"])
def test_credit_notes_are_refused_with_a_sentence(code):
    read = extract(reading.read(ubl(replace(SAMPLE, type_code=code))))
    assert read.is_refused
    assert "credit note" in " ".join(finding.sentence for finding in read.findings)


@pytest.mark.parametrize("title", ["Credit note", "Gutschrift", "Avoir", "Nota di credito"])
def test_printed_credit_notes_are_refused(title):
    assert extract(document(f"{title} 4711\n\nTotal    100.00 EUR")).is_refused


@pytest.mark.parametrize("code", ["326", "384", "386", "389"])
def test_unusual_types_go_to_a_person(code):
    read = extract(reading.read(ubl(replace(SAMPLE, type_code=code))))
    assert not read.is_refused
    assert "type-needs-review" in codes(read, Severity.REVIEW)


def test_a_paid_invoice_cannot_be_financed():
    read = extract(reading.read(ubl(replace(SAMPLE, prepaid=SAMPLE.gross))))
    assert read.is_refused
    assert "nothing-due" in codes(read)


def test_p113_two_numbers_with_equal_right_are_a_question():
    read = extract(document("Invoice number: A-100\nInvoice number: B-200\n\nTotal    100.00 EUR"))
    assert read["number"].is_ambiguous
    assert {other.value for other in read["number"].alternatives} == {"A-100", "B-200"}
    assert "number" in read.doubtful


def test_p113_a_date_that_reads_two_ways_is_a_question():
    read = extract(document("Invoice number: A-100\nInvoice date: 03/11/2026\n\nTotal    100.00 EUR"))
    assert read["issue_date"].is_ambiguous
    assert {other.value for other in read["issue_date"].alternatives} == {"2026-11-03", "2026-03-11"}
    assert "date-ambiguous" in codes(read, Severity.REVIEW)


def test_the_terms_settle_the_order_of_dates():
    text = "Invoice number: A-1\nInvoice date: 11/03/2026\nDue date: 12/03/2026\nPayment terms: 30 days"
    read = extract(document(text))
    assert (read["issue_date"].value, read["due_date"].value) == ("2026-11-03", "2026-12-03")


def test_terms_become_a_due_date_and_say_so():
    read = extract(document("Invoice number: A-1\nInvoice date: 14 September 2026\nPayment terms: 30 days net"))
    assert read["due_date"].value == "2026-10-14"
    assert not read["due_date"].is_accepted
    assert "due-date-from-terms" in codes(read)


def test_p113_two_accounts_are_a_question():
    text = "Invoice no: A-1\nIBAN: DE89 3704 0044 0532 0130 00\nIBAN: FR14 2004 1010 0505 0001 3M02 606"
    read = extract(document(text))
    assert read["seller_iban"].is_ambiguous


def test_other_numbers_are_not_the_invoice_number():
    text = """
Customer number: 9001
Order number: PO-77
Delivery note: L-5
Invoice number: R-42
"""
    assert extract(document(text))["number"].value == "R-42"


def test_a_total_that_nothing_bears_out_is_not_accepted():
    read = extract(document("Invoice number: A-1\n\nTotal    119.00 EUR"))
    assert read["gross"].value == 11_900
    assert not read["gross"].is_accepted
    assert "amount_due" in read.doubtful


def test_a_total_that_adds_up_is_accepted():
    read = extract(document("Invoice number: A-1\n\nNet    100.00 EUR\nVAT 19 %    19.00 EUR\nTotal    119.00 EUR"))
    assert (read["net"].value, read["vat"].value, read["gross"].value) == (10_000, 1_900, 11_900)
    assert read["gross"].is_accepted


def test_an_unexplained_remainder_goes_to_a_person():
    text = (
        "Invoice number: A-1\n\nNet    100.00 EUR\nVAT 19 %    19.00 EUR\nTotal    119.00 EUR\nAmount due    80.00 EUR"
    )
    read = extract(document(text))
    assert "due-unexplained" in codes(read, Severity.REVIEW)
    assert "amount_due" in read.doubtful


def test_hidden_payments_under_unknown_names_keep_the_amount_due_open():
    totals = "Net    100.00 EUR\nVAT 19 %    19.00 EUR\nTotal    119.00 EUR"
    text = f"Invoice number: A-1\n\n{totals}\n\nVersement    19.50 EUR\nRestant    99.50 EUR"
    assert not extract(document(text))["amount_due"].is_accepted


def test_yen_have_no_cents():
    read = extract(document("Invoice number: A-1\n\nNet    JPY 100,000\nVAT 10 %    JPY 10,000\nTotal    JPY 110,000"))
    assert (read.minor_digits, read["gross"].value) == (0, 110_000)


def test_a_due_date_before_the_issue_date_goes_to_a_person():
    read = extract(reading.read(ubl(replace(SAMPLE, due_date=date(2026, 1, 1)))))
    assert "dates-out-of-order" in codes(read, Severity.REVIEW)


def test_amounts_finer_than_the_currency_are_not_rounded():
    read = extract(reading.read(ubl(SAMPLE).decode().replace(">7312.30<", ">7312.305<").encode()))
    assert read["gross"].value is None
    assert "amount-unreadable" in codes(read, Severity.REVIEW)


def test_an_empty_document_reads_as_questions():
    read = extract(DocumentText("png", b"\0" * 32, 1, None, ()))
    assert set(values(read).values()) == {None}
    assert "number" in read.doubtful


def test_confidence_never_exceeds_what_the_recogniser_saw():
    clear = page("Invoice number: A-100")
    doubtful = replace(clear, source="ocr", words=tuple(Word(word.text, word.box, 6_000) for word in clear.words))
    read = extract(DocumentText("png", b"\0" * 32, 1, None, (doubtful,)))
    assert read["number"].value == "A-100"
    assert read["number"].confidence_bps <= 6_000


def test_amounts_are_integers():
    read = extract(reading.read(born_digital(PREPAID)))
    assert {type(read[name].value) for name in AMOUNT_NAMES} == {int}


def test_a_year_behind_the_title_is_not_surely_a_number():
    assert not extract(document("Invoice 2026\n\nTotal    100.00 EUR"))["number"].is_accepted
