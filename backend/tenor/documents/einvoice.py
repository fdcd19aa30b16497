"""PURE: e-invoice XML to its fields: CII (Factur-X, ZUGFeRD, XRechnung), UBL 2.1, FatturaPA. Never fetches or repairs.

Terms are EN 16931's (BT-1 ...); paths follow its two syntax bindings.
"""

import re
from dataclasses import dataclass, fields
from typing import Any, Literal, cast

from lxml import etree

from tenor.documents import fatturapa
from tenor.documents.hygiene import parse_xml
from tenor.documents.particulars import NONE, Particulars, of_cii, of_ubl
from tenor.documents.refusals import DocumentRefused, EInvoiceUnsupported
from tenor.documents.xmlpaths import nodes, text, texts

Syntax = Literal["cii", "ubl", "fatturapa"]
_ROOTS: dict[str, Syntax] = {
    "CrossIndustryInvoice": "cii",
    "CrossIndustryDocument": "cii",  # ZUGFeRD 1
    "Invoice": "ubl",
    "CreditNote": "ubl",
}
_UBL_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
_CII_DRAFT_NAMESPACE = "urn:un:unece:uncefact:data:standard:CBFBUY:"
"""Of the first ZUGFeRD release candidates, which named the root "Invoice" too."""
CREDIT_NOTE_TYPES = frozenset({"81", "83", "261", "381", "396", "532"})
REVIEW_TYPES = {
    "326": "a partial invoice",
    "384": "a corrected invoice",
    "386": "a prepayment invoice",
    "389": "a self-billed invoice",
}


@dataclass(frozen=True, slots=True)
class EInvoice:
    """What the XML states, as written: dates ISO, amounts as decimal strings. None where it states nothing."""

    syntax: Syntax
    number: str | None  # BT-1
    type_code: str | None  # BT-3
    issue_date: str | None  # BT-2
    due_date: str | None  # BT-9
    payment_terms: str | None  # BT-20
    currency: str | None  # BT-5
    seller_name: str | None  # BT-27
    seller_vat_id: str | None  # BT-31
    seller_iban: str | None  # BT-84
    debtor_name: str | None  # BT-44
    debtor_vat_id: str | None  # BT-48
    lines_net: str | None  # BT-106
    allowances: str | None  # BT-107
    charges: str | None  # BT-108
    net: str | None  # BT-109
    vat: str | None  # BT-110
    gross: str | None  # BT-112
    prepaid: str | None  # BT-113
    rounding: str | None  # BT-114
    amount_due: str | None  # BT-115
    line_nets: tuple[str, ...]  # BT-131
    particulars: Particulars = NONE


def is_e_invoice(data: bytes) -> bool:
    """Whether these bytes are XML in a syntax that `parse` reads."""
    try:
        return _syntax(parse_xml(data)) is not None
    except DocumentRefused:
        return False


def parse(data: bytes) -> EInvoice:
    """The fields of an e-invoice. Raises XmlUnsafe, FileBroken, EInvoiceUnsupported."""
    root = parse_xml(data)
    syntax = _syntax(root)
    if etree.QName(root).localname == "SCRDMCCBDACIOMessageStructure":
        raise EInvoiceUnsupported("This is an order (Order-X), not an invoice: nobody owes it. Upload the invoice.")
    if syntax is None:
        raise EInvoiceUnsupported(
            f"This XML is a {etree.QName(root).localname!r}; UBL 2.1 invoices, CII (Factur-X, ZUGFeRD, XRechnung) "
            "and FatturaPA are read. Export the invoice in one of these formats."
        )
    if syntax == "fatturapa":
        return EInvoice(syntax=syntax, **cast("dict[str, Any]", fatturapa.terms(root)))
    return _from_cii(root) if syntax == "cii" else _from_ubl(root)


def stated(invoice: EInvoice) -> dict[str, str]:
    """The single values that are present, by field name."""
    named = {field.name: getattr(invoice, field.name) for field in fields(invoice)}
    return {name: value for name, value in named.items() if isinstance(value, str) and name != "syntax"}


def _syntax(root: etree._Element) -> Syntax | None:
    name = etree.QName(root)
    if (name.namespace or "").startswith(_CII_DRAFT_NAMESPACE):
        return "cii"
    if name.localname == "FatturaElettronica" and (name.namespace or "").startswith(fatturapa.NAMESPACE):
        return "fatturapa"
    syntax = _ROOTS.get(name.localname)
    if syntax == "ubl" and not (name.namespace or "").startswith(_UBL_NAMESPACE):
        return None  # "Invoice" is a common name; only OASIS's is UBL
    return syntax


def _from_cii(root: etree._Element) -> EInvoice:
    document = "*[local-name()='ExchangedDocument' or local-name()='HeaderExchangedDocument']"
    agreement = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
    settlement = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
    seller, buyer = f"{agreement}/SellerTradeParty", f"{agreement}/BuyerTradeParty"
    sums = f"{settlement}/SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
    terms = f"{settlement}/SpecifiedTradePaymentTerms"
    currency = text(root, f"{settlement}/InvoiceCurrencyCode")
    return EInvoice(
        syntax="cii",
        number=text(root, f"{document}/ID"),
        type_code=text(root, f"{document}/TypeCode"),
        issue_date=_date(text(root, f"{document}/IssueDateTime/*")),
        due_date=_date(text(root, f"{terms}/DueDateDateTime/*")),
        payment_terms=text(root, f"{terms}/Description"),
        currency=currency,
        seller_name=text(root, f"{seller}/Name"),
        seller_vat_id=text(root, f"{seller}/SpecifiedTaxRegistration/ID[@schemeID='VA']"),
        seller_iban=text(
            root, f"{settlement}/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID"
        ),
        debtor_name=text(root, f"{buyer}/Name"),
        debtor_vat_id=text(root, f"{buyer}/SpecifiedTaxRegistration/ID[@schemeID='VA']"),
        lines_net=text(root, f"{sums}/LineTotalAmount"),
        allowances=text(root, f"{sums}/AllowanceTotalAmount"),
        charges=text(root, f"{sums}/ChargeTotalAmount"),
        net=text(root, f"{sums}/TaxBasisTotalAmount"),
        vat=_in_currency(root, f"{sums}/TaxTotalAmount", currency),
        gross=text(root, f"{sums}/GrandTotalAmount"),
        prepaid=text(root, f"{sums}/TotalPrepaidAmount"),
        rounding=text(root, f"{sums}/RoundingAmount"),
        amount_due=text(root, f"{sums}/DuePayableAmount"),
        line_nets=texts(
            root,
            "IncludedSupplyChainTradeLineItem/"
            "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement/"
            "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation/LineTotalAmount",
        ),
        particulars=of_cii(root),
    )


def _from_ubl(root: etree._Element) -> EInvoice:
    is_credit_note = etree.QName(root).localname == "CreditNote"
    sums = "LegalMonetaryTotal"
    means = "PaymentMeans"
    currency = text(root, "./DocumentCurrencyCode")
    seller, buyer = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
    return EInvoice(
        syntax="ubl",
        number=text(root, "./ID"),
        type_code=text(root, "./CreditNoteTypeCode") or "381" if is_credit_note else text(root, "./InvoiceTypeCode"),
        issue_date=_date(text(root, "./IssueDate")),
        due_date=_date(text(root, "./DueDate") or text(root, f"./{means}/PaymentDueDate")),
        payment_terms=text(root, "./PaymentTerms/Note"),
        currency=currency,
        seller_name=text(root, f"./{seller}/PartyLegalEntity/RegistrationName")
        or text(root, f"./{seller}/PartyName/Name"),
        seller_vat_id=_ubl_vat_id(root, seller),
        seller_iban=text(root, f"./{means}/PayeeFinancialAccount/ID"),
        debtor_name=text(root, f"./{buyer}/PartyLegalEntity/RegistrationName")
        or text(root, f"./{buyer}/PartyName/Name"),
        debtor_vat_id=_ubl_vat_id(root, buyer),
        lines_net=text(root, f"./{sums}/LineExtensionAmount"),
        allowances=text(root, f"./{sums}/AllowanceTotalAmount"),
        charges=text(root, f"./{sums}/ChargeTotalAmount"),
        net=text(root, f"./{sums}/TaxExclusiveAmount"),
        vat=_in_currency(root, "./TaxTotal/TaxAmount", currency),
        gross=text(root, f"./{sums}/TaxInclusiveAmount"),
        prepaid=text(root, f"./{sums}/PrepaidAmount"),
        rounding=text(root, f"./{sums}/PayableRoundingAmount"),
        amount_due=text(root, f"./{sums}/PayableAmount"),
        line_nets=texts(root, "./InvoiceLine|CreditNoteLine/LineExtensionAmount"),
        particulars=of_ubl(root),
    )


def _ubl_vat_id(root: etree._Element, party: str) -> str | None:
    """The tax registration under the VAT scheme; a company may also state another tax number."""
    for scheme in nodes(root, f"./{party}/PartyTaxScheme"):
        if (text(scheme, "./TaxScheme/ID") or "VAT").upper() == "VAT":
            return text(scheme, "./CompanyID")
    return None


def _in_currency(root: etree._Element, path: str, currency: str | None) -> str | None:
    """BT-110, not BT-111: the tax total may be stated a second time in the accounting currency."""
    totals = nodes(root, path)
    own = [node for node in totals if node.get("currencyID") in {None, currency}] or totals
    return (own[0].text or "").strip() or None if own else None


def _date(text: str | None) -> str | None:
    """CII writes 20180605 (format 102, ZUGFeRD 1 with a time of day), UBL 2018-06-05; other forms are not guessed."""
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})", text or "")
    return f"{match[1]}-{match[2]}-{match[3]}" if match else None
