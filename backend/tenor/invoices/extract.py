"""PURE: a document's text to the fields of an invoice. XML wins over print, and print is held against it.

Never silently accepts what could be wrong: confidence, alternatives and findings say what a person must look at.
"""

from dataclasses import replace

from tenor.documents import einvoice
from tenor.documents.einvoice import EInvoice
from tenor.invoices import businessrules, crosschecks, header, parties, totals, vatrules
from tenor.invoices.identifiers import normal_iban, normal_vat_id, vat_id_is_valid
from tenor.invoices.layout import plain
from tenor.invoices.numbers import amounts_in, decimal_mark, exponent, parse_plain
from tenor.invoices.reading import ABSENT, AMOUNT_NAMES, FIELD_NAMES, Candidate, Field, FieldName, Reading, field_of
from tenor.invoices.search import Sheet
from tenor.kernel.pages import DocumentText, Finding, Severity

_XML_BPS = 9_900
_TITLES = {"381": ("credit note", "gutschrift", "avoir", "abono", "nota de credito", "nota di credito", "creditnota",
                   "stornorechnung", "rechnungskorrektur", "credit memo", "factura rectificativa")}  # fmt: skip
_OTHER_TITLES = {
    "384": ("corrected invoice", "korrekturrechnung", "facture rectificative", "fattura rettificativa"),
    "386": (
        "prepayment invoice",
        "vorauszahlungsrechnung",
        "anzahlungsrechnung",
        "facture d acompte",
        "fattura di acconto",
    ),
    "389": ("self billed invoice", "selbst ausgestellte rechnung", "autofacturation", "autofattura"),
    "326": ("partial invoice", "teilrechnung", "abschlagsrechnung", "facture de situation"),
    "325": ("proforma", "pro forma"),
}
_PLAIN_TITLES = {code: tuple(map(plain, titles)) for code, titles in (_OTHER_TITLES | _TITLES).items()}
_TITLE_LINES, _TITLE_STRENGTH, _UNTITLED = 14, 75, 70


def extract(document: DocumentText) -> Reading:
    """All fields of an invoice. Raises EInvoiceUnsupported and XmlUnsafe for XML that is no readable e-invoice."""
    findings = list(document.findings)
    printed = _from_pages(document, findings) if any(page.words for page in document.pages) else None
    if document.xml is None:
        reading = printed or Reading(dict.fromkeys(FIELD_NAMES, ABSENT), (), 2)
    else:
        reading = _from_xml(einvoice.parse(document.xml), document, findings)
        if printed is not None:
            reading = crosschecks.against_print(reading, printed, document.pages, findings)
    crosschecks.what_can_be_financed(reading, findings)
    crosschecks.dates_in_order(reading, findings)
    return replace(reading, findings=tuple(dict.fromkeys(findings)))


def _from_pages(document: DocumentText, findings: list[Finding]) -> Reading:
    """The fields by label and place; findings of print that has XML beside it would only repeat the comparison."""
    own = findings if document.xml is None else []
    sheet = Sheet(document.pages)
    decimal = decimal_mark(line.text for line in sheet.lines)
    shown = [a for line in sheet.lines for cell in line.cells for a in amounts_in(cell, decimal, 2)]
    currency = header.currency(sheet, shown)
    places = exponent(currency.value if isinstance(currency.value, str) else None)
    issue_date, due_date = header.dates(sheet, own)
    seller, debtor = parties.parties(sheet, own)
    seller_vat_id, debtor_vat_id = parties.vat_ids(sheet, debtor)
    fields: dict[FieldName, Field] = {
        "number": header.number(sheet),
        "type": _type_by_title(sheet),
        "issue_date": issue_date,
        "due_date": due_date,
        "currency": currency,
        "seller_name": seller,
        "seller_vat_id": seller_vat_id,
        "seller_iban": parties.iban(sheet),
        "debtor_name": debtor,
        "debtor_vat_id": debtor_vat_id,
    }
    fields |= totals.totals(sheet, decimal=decimal, places=places, findings=own)
    return Reading({name: fields[name] for name in FIELD_NAMES}, (), places)


def _type_by_title(sheet: Sheet) -> Field:
    """The kind of document by the title on its first lines; an ordinary invoice needs the word too."""
    for line in sheet.lines[:_TITLE_LINES]:
        for cell in line.cells:
            text = plain(cell.text)
            for code, titles in _PLAIN_TITLES.items():
                if text.startswith(titles) or text.endswith(titles):
                    return field_of(Candidate(code, 90, cell))
                if "(" + code + ")" in cell.text.replace(" ", ""):
                    return field_of(Candidate(code, 95, cell))
    for found in sheet.labelled("number"):
        words = plain(sheet.label_cell(found).text)
        if any(title in words for title in ("invoice", "rechnung", "facture", "factura", "fattura", "factuur")):
            return field_of(Candidate("380", 93, sheet.label_cell(found)))
    for found in sheet.labelled("number"):
        if found.label.strength == _TITLE_STRENGTH and found.alone and found.line < _TITLE_LINES:
            return field_of(Candidate("380", 92, sheet.label_cell(found)))
    numbered = next(sheet.labelled("number"), None)
    return ABSENT if numbered is None else field_of(Candidate("380", _UNTITLED, sheet.label_cell(numbered)))


def _from_xml(invoice: EInvoice, document: DocumentText, findings: list[Finding]) -> Reading:
    places = exponent(invoice.currency)
    texts: dict[FieldName, str | None] = {
        "number": invoice.number,
        "type": invoice.type_code if invoice.type_code and invoice.type_code.isdigit() else None,
        "issue_date": invoice.issue_date,
        "due_date": invoice.due_date,
        "currency": invoice.currency,
        "seller_name": invoice.seller_name,
        "seller_vat_id": normal_vat_id(invoice.seller_vat_id or ""),
        "seller_iban": normal_iban(invoice.seller_iban or ""),
        "debtor_name": invoice.debtor_name,
        "debtor_vat_id": normal_vat_id(invoice.debtor_vat_id or ""),
    }
    fields = {name: _stated(text) for name, text in texts.items()}
    for name in AMOUNT_NAMES:
        text = getattr(invoice, name)
        value = parse_plain(text, places) if text else None
        if text and value is None:
            sentence = f"The e-invoice states {name} as {text[:40]!r}, which {invoice.currency} cannot express."
            findings.append(Finding("amount-unreadable", Severity.REVIEW, sentence, name))
        fields[name] = _stated(value)
    for name in ("seller_vat_id", "debtor_vat_id"):
        vat_id = fields[name].value
        if isinstance(vat_id, str) and not vat_id_is_valid(vat_id):
            findings.append(Finding("vat-id-invalid", Severity.NOTE, f"{vat_id} fails its check digits.", name))
    findings += businessrules.broken(invoice)
    findings += vatrules.broken(invoice)
    crosschecks.arithmetic_of_xml(invoice, places, findings)
    reading = Reading({name: fields[name] for name in FIELD_NAMES}, (), places)
    if document.kind != "xml" and not any(page.words for page in document.pages):
        sentence = "The pages show no legible text, so the e-invoice inside could not be held against them."
        findings.append(Finding("xml-unchecked", Severity.REVIEW, sentence))
    return reading


def _stated(value: str | int | None) -> Field:
    return ABSENT if value is None or value == "" else Field(value, "xml", _XML_BPS)
