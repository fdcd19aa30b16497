"""E-invoice XML in both syntaxes to fields: the same invoice reads the same."""

from dataclasses import replace

import pytest

from invoice_files import SAMPLE, cii, ubl
from tenor.documents import einvoice
from tenor.documents.refusals import EInvoiceUnsupported

PREPAID = replace(SAMPLE, prepaid=100_000)


def test_both_syntaxes_give_the_same_fields():
    one, other = einvoice.parse(cii(PREPAID)), einvoice.parse(ubl(PREPAID))
    assert replace(one, syntax="ubl") == replace(other, payment_terms=None)


@pytest.mark.parametrize("write", [cii, ubl])
def test_every_term_is_read(write):
    read = einvoice.parse(write(PREPAID))
    assert read.number == SAMPLE.number
    assert read.type_code == "380"
    assert (read.issue_date, read.due_date) == ("2026-09-14", "2026-11-13")
    assert (read.seller_name, read.seller_vat_id, read.seller_iban) == (
        SAMPLE.seller.name,
        SAMPLE.seller.vat_id,
        SAMPLE.seller.iban,
    )
    assert (read.debtor_name, read.debtor_vat_id) == (SAMPLE.debtor.name, SAMPLE.debtor.vat_id)
    assert (read.net, read.vat, read.gross) == ("6155.20", "1157.10", "7312.30")
    assert (read.prepaid, read.amount_due) == ("1000.00", "6312.30")
    assert read.line_nets == ("5100.00", "952.00", "103.20")


def test_the_first_zugferd_named_everything_differently():
    old = (
        cii(SAMPLE)
        .decode()
        .replace("CrossIndustryInvoice:100", "CrossIndustryDocument:invoice:1p0")
        .replace("rsm:CrossIndustryInvoice", "rsm:CrossIndustryDocument")
        .replace("rsm:ExchangedDocument>", "rsm:HeaderExchangedDocument>")
        .replace("ApplicableHeaderTrade", "ApplicableSupplyChainTrade")
        .replace("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
        .replace("SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
        .replace("SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
    )
    read = einvoice.parse(old.encode())
    assert (read.number, read.gross, read.seller_name) == (SAMPLE.number, "7312.30", SAMPLE.seller.name)
    assert read.line_nets == ("5100.00", "952.00", "103.20")


def test_the_tax_in_the_accounting_currency_is_not_taken():
    total = '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">'
    other = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">13000.00</cbc:TaxAmount></cac:TaxTotal>'
    read = einvoice.parse(ubl(SAMPLE).decode().replace(total, other + total).encode())
    assert read.vat == "1157.10"


def test_a_ubl_credit_note_is_known_by_its_root():
    note = ubl(SAMPLE).decode().replace("Invoice-2", "CreditNote-2").replace("<Invoice ", "<CreditNote ")
    note = note.replace("</Invoice>", "</CreditNote>").replace("InvoiceTypeCode>380", "CreditNoteTypeCode>381")
    assert einvoice.parse(note.replace("InvoiceTypeCode>", "CreditNoteTypeCode>").encode()).type_code == "381"


@pytest.mark.parametrize("data", [b"<Invoice/>", b"<x:Invoice xmlns:x='urn:someone'/>", b"<html/>"])
def test_other_xml_is_no_invoice(data):
    assert not einvoice.is_e_invoice(data)
    with pytest.raises(EInvoiceUnsupported):
        einvoice.parse(data)
