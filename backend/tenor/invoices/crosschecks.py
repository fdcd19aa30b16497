"""PURE: does the invoice hold together? EN 16931 arithmetic, XML against the visible page, what can be financed at all.

Never corrects a value: it lowers confidence and adds findings.
"""

from tenor.documents.einvoice import CREDIT_NOTE_TYPES, REVIEW_TYPES, EInvoice
from tenor.invoices.dates import dates_in, days_between
from tenor.invoices.identifiers import ibans_in
from tenor.invoices.layout import Line, lines_of, plain
from tenor.invoices.numbers import amounts_in, decimal_mark, parse_plain
from tenor.invoices.reading import Alternative, Field, FieldName, Reading, Value
from tenor.kernel.money import to_decimal
from tenor.kernel.pages import Finding, Page, Severity

_DISPUTED_BPS = 4_000
_PRINTED_SURE_BPS = 7_000
_COMPARED: tuple[FieldName, ...] = (
    *("number", "issue_date", "due_date", "seller_iban", "seller_name", "debtor_name", "gross", "amount_due", "net"),
)
_DUE_YEARS_MAX_DAYS = 730


def arithmetic_of_xml(invoice: EInvoice, places: int, findings: list[Finding]) -> None:
    """BR-CO-10, 13, 15, 16 on what the XML states. A rule whose terms are missing is not judged."""

    def units(text: str | None) -> int | None:
        return parse_plain(text, places) if text else None

    lines, net, vat = units(invoice.lines_net), units(invoice.net), units(invoice.vat)
    gross, due = units(invoice.gross), units(invoice.amount_due)
    allowances, charges = units(invoice.allowances) or 0, units(invoice.charges) or 0
    prepaid, rounding = units(invoice.prepaid) or 0, units(invoice.rounding) or 0
    parts = [units(text) for text in invoice.line_nets]
    line_sum = sum(part for part in parts if part is not None) if parts and None not in parts else None
    checks: tuple[tuple[str, FieldName, int | None, int | None, str], ...] = (
        ("BR-CO-10", "net", lines, line_sum, "the lines add up to"),
        (
            "BR-CO-13",
            "net",
            net,
            None if lines is None else lines - allowances + charges,
            "lines, allowances, charges make",
        ),
        ("BR-CO-15", "gross", gross, None if net is None or vat is None else net + vat, "net and VAT make"),
        ("BR-CO-16", "amount_due", due, None if gross is None else gross - prepaid + rounding, "total less paid makes"),
    )
    for rule, field, stated, computed, says in checks:
        if stated is not None and computed is not None and stated != computed:
            sentence = (
                f"{rule}: the e-invoice states {to_decimal(stated, places)}, but {says} {to_decimal(computed, places)}."
            )
            severity = Severity.NOTE if rule == "BR-CO-10" else Severity.REVIEW
            findings.append(Finding("arithmetic", severity, sentence, field))
    if due is not None and due > 0 and not invoice.due_date and not invoice.payment_terms:
        sentence = "BR-CO-25: an amount is due, but the e-invoice has neither a due date nor payment terms."
        findings.append(Finding("due-date-missing", Severity.NOTE, sentence, "due_date"))


def against_print(reading: Reading, printed: Reading, pages: tuple[Page, ...], findings: list[Finding]) -> Reading:
    """Hold each stated value against the visible page (P112). One that is nowhere printed while another value is
    printed surely in its place is disputed: a finding that blocks acceptance, and little confidence.
    """
    visible = _Visible(pages, reading.minor_digits)
    fields: dict[FieldName, Field] = dict(reading.fields)
    for name in _COMPARED:
        stated, seen = reading[name], printed[name]
        if stated.value is None or visible.shows(name, stated.value):
            continue
        if seen.value is not None and seen.value != stated.value and seen.confidence_bps >= _PRINTED_SURE_BPS:
            sentence = f"The e-invoice states {name} {_shown(stated, reading)}, the page shows {_shown(seen, reading)}."
            findings.append(Finding("xml-against-print", Severity.REVIEW, sentence, name))
            other = Alternative(seen.value, seen.confidence_bps, seen.page, seen.box)
            fields[name] = Field(stated.value, "xml", _DISPUTED_BPS, seen.page, seen.box, (other,))
        elif name in {"number", "gross", "amount_due", "seller_iban"}:
            sentence = f"The e-invoice states {name} {_shown(stated, reading)}; the page does not show it."
            findings.append(Finding("xml-not-printed", Severity.REVIEW, sentence, name))
    return Reading(fields, reading.findings, reading.minor_digits)


def what_can_be_financed(reading: Reading, findings: list[Finding]) -> None:
    """Credit notes are refused; corrected, partial, prepaid, self-billed ones and paid ones go to a person."""
    code, due, gross = reading["type"], reading["amount_due"], reading["gross"]
    negative = isinstance(gross.value, int) and gross.value < 0
    if code.value in CREDIT_NOTE_TYPES or negative:
        sentence = (
            "This is a credit note: it reduces what a customer owes, so nothing can be financed. Upload an invoice."
        )
        findings.append(Finding("credit-note", Severity.REFUSE, sentence, "type"))
    elif code.value in REVIEW_TYPES:
        sentence = f"This is {REVIEW_TYPES[str(code.value)]} (type {code.value}): a person decides what it is good for."
        findings.append(Finding("type-needs-review", Severity.REVIEW, sentence, "type"))
    elif code.value == "325":
        sentence = "This is a pro forma invoice: nobody owes it yet. Upload the final invoice."
        findings.append(Finding("pro-forma", Severity.REFUSE, sentence, "type"))
    if due.value == 0 and not negative:
        sentence = "Nothing is due any more on this invoice, so there is nothing to finance."
        findings.append(Finding("nothing-due", Severity.REFUSE, sentence, "amount_due"))


def dates_in_order(reading: Reading, findings: list[Finding]) -> None:
    issued, due = reading["issue_date"].value, reading["due_date"].value
    if isinstance(issued, str) and isinstance(due, str):
        days = _days(issued, due)
        if days is None or not 0 <= days <= _DUE_YEARS_MAX_DAYS:
            sentence = f"The due date {due} does not fit the issue date {issued}: check both."
            findings.append(Finding("dates-out-of-order", Severity.REVIEW, sentence, "due_date"))


def _days(issued: str, due: str) -> int | None:
    try:
        return days_between(issued, due)
    except ValueError:
        return None  # an e-invoice may state a 31st of June


class _Visible:
    """What the pages show, in comparable forms."""

    def __init__(self, pages: tuple[Page, ...], places: int) -> None:
        lines: list[Line] = lines_of(pages)
        self._plain = plain(" ".join(line.text for line in lines))
        cells = [cell for line in lines for cell in line.cells]
        decimal = decimal_mark(line.text for line in lines)
        self._amounts = {abs(v) for cell in cells for a in amounts_in(cell, decimal, places) for v in a.meanings}
        self._dates = {meaning for cell in cells for date in dates_in(cell) for meaning in date.meanings}
        self._ibans = {found.value for cell in cells for found in ibans_in(cell)}

    def shows(self, name: FieldName, value: Value) -> bool:
        if isinstance(value, int):
            return abs(value) in self._amounts
        if name in {"issue_date", "due_date"}:
            return value in self._dates
        if name == "seller_iban" and value in self._ibans:
            return True
        return plain(value) in self._plain


def _shown(field: Field, reading: Reading) -> str:
    if isinstance(field.value, int):
        return to_decimal(field.value, reading.minor_digits)
    return repr(str(field.value)[:60])
