"""E-invoice XML in both syntaxes to fields: the same invoice reads the same."""

from dataclasses import replace

import pytest

from invoice_files import SAMPLE, cii, ubl
from tenor.documents import einvoice
from tenor.documents.hygiene import parse_xml
from tenor.documents.refusals import EInvoiceUnsupported
from tenor.documents.schema import schema_findings

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


FATTURA = b"""<?xml version="1.0" encoding="UTF-8"?>
<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
<FatturaElettronicaHeader>
<CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567897</IdCodice></IdFiscaleIVA>
<Anagrafica><Denominazione>Meccanica Rinaldi S.r.l.</Denominazione></Anagrafica></DatiAnagrafici></CedentePrestatore>
<CessionarioCommittente><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>09876543217</IdCodice>
</IdFiscaleIVA><Anagrafica><Nome>Luce</Nome><Cognome>Moretti</Cognome></Anagrafica></DatiAnagrafici>
</CessionarioCommittente></FatturaElettronicaHeader>
<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento><Divisa>EUR</Divisa>
<Data>2026-09-14</Data><Numero>12/A</Numero></DatiGeneraliDocumento></DatiGenerali>
<DatiBeniServizi><DettaglioLinee><PrezzoTotale>100.00</PrezzoTotale></DettaglioLinee>
<DettaglioLinee><PrezzoTotale>50.00</PrezzoTotale></DettaglioLinee>
<DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>100.00</ImponibileImporto><Imposta>22.00</Imposta>
</DatiRiepilogo><DatiRiepilogo><AliquotaIVA>10.00</AliquotaIVA><ImponibileImporto>50.00</ImponibileImporto>
<Imposta>5.00</Imposta></DatiRiepilogo></DatiBeniServizi>
<DatiPagamento><DettaglioPagamento><DataScadenzaPagamento>2026-10-14</DataScadenzaPagamento>
<ImportoPagamento>177.00</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN></DettaglioPagamento></DatiPagamento>
</FatturaElettronicaBody></p:FatturaElettronica>"""


def test_fatturapa_is_read_and_its_rates_are_added_up():
    read = einvoice.parse(FATTURA)
    assert (read.number, read.type_code, read.issue_date, read.due_date) == ("12/A", "380", "2026-09-14", "2026-10-14")
    assert (read.net, read.vat, read.gross, read.amount_due) == ("150.00", "27.00", "177.00", "177.00")
    assert (read.seller_vat_id, read.debtor_vat_id) == ("IT01234567897", "IT09876543217")
    assert (read.seller_name, read.debtor_name) == ("Meccanica Rinaldi S.r.l.", "Luce Moretti")
    assert (read.seller_iban, read.line_nets) == ("IT60X0542811101000000123456", ("100.00", "50.00"))


@pytest.mark.parametrize(("written", "code"), [("TD04", "381"), ("TD02", "386"), ("TD17", "389"), ("TD99", None)])
def test_fatturapa_types_are_told_apart(written: str, code: str | None):
    assert einvoice.parse(FATTURA.replace(b"TD01", written.encode())).type_code == code


def test_a_batch_of_invoices_is_refused():
    body = FATTURA[FATTURA.index(b"<FatturaElettronicaBody>") : FATTURA.index(b"</p:")]
    with pytest.raises(EInvoiceUnsupported, match="2 invoices"):
        einvoice.parse(FATTURA.replace(body, body * 2))


def test_an_order_is_no_invoice():
    order = (
        b'<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"/>'
    )
    with pytest.raises(EInvoiceUnsupported, match="order"):
        einvoice.parse(order)


@pytest.mark.parametrize("write", [cii, ubl])
def test_what_breaks_its_schema_is_said_and_what_does_not_is_not(write):
    honest, broken = write(SAMPLE), write(SAMPLE).replace(b"ayableAmount", b"ayableSum")
    assert schema_findings(parse_xml(honest)) == ()
    (finding,) = schema_findings(parse_xml(broken))
    assert finding.code == "xsd"
    assert "ayableSum" in finding.sentence
