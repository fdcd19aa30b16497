"""Makes sample invoices from parameters: born-digital PDF, Factur-X, scan, UBL. Never real data; repeatable.

python scripts/invoice_files.py --folder samples [--language de] [--layout window] [--seed 7] [--number R-1]
"""

import argparse
import io
import random
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import pypdfium2
from facturx import generate_from_binary
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Language = Literal["en", "de", "fr", "es", "it"]
Layout = Literal["letterhead", "window", "columns"]
LANGUAGES: tuple[Language, ...] = ("en", "de", "fr", "es", "it")
LAYOUTS: tuple[Layout, ...] = ("letterhead", "window", "columns")
BPS = 10_000


@dataclass(frozen=True, slots=True)
class Party:
    name: str
    street: str
    town: str
    country: str
    vat_id: str
    email: str = ""
    iban: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """`unit_price` in minor units, net; `vat_bps` the rate."""

    description: str
    quantity: int
    unit_price: int
    vat_bps: int = 1_900

    @property
    def net(self) -> int:
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class SampleInvoice:
    """Amounts follow from the items: VAT is rounded half up per rate, `prepaid` in minor units is taken off."""

    number: str
    seller: Party
    debtor: Party
    issue_date: date
    due_date: date
    items: tuple[Item, ...]
    currency: str = "EUR"
    prepaid: int = 0
    language: Language = "en"
    layout: Layout = "letterhead"
    type_code: str = "380"

    @property
    def net(self) -> int:
        return sum(item.net for item in self.items)

    @property
    def vat_by_rate(self) -> dict[int, tuple[int, int]]:
        """Rate in bps -> net under it, VAT on it."""
        nets: dict[int, int] = {}
        for item in self.items:
            nets[item.vat_bps] = nets.get(item.vat_bps, 0) + item.net
        return {rate: (net, (net * rate * 2 + BPS) // (2 * BPS)) for rate, net in sorted(nets.items())}

    @property
    def vat(self) -> int:
        return sum(vat for _net, vat in self.vat_by_rate.values())

    @property
    def gross(self) -> int:
        return self.net + self.vat

    @property
    def amount_due(self) -> int:
        return self.gross - self.prepaid


SELLER = Party(
    "Nordwind Messtechnik GmbH", "Hafenstraße 12", "20457 Hamburg", "DE", "DE136695976",
    "rechnung@nordwind-messtechnik.de", "DE89370400440532013000",
)  # fmt: skip
DEBTOR = Party("Atelier Lumen SARL", "8 rue des Tilleuls", "69002 Lyon", "FR", "FR40303265045")
SAMPLE = SampleInvoice(
    number="2026-0417",
    seller=SELLER,
    debtor=DEBTOR,
    issue_date=date(2026, 9, 14),
    due_date=date(2026, 11, 13),
    items=(
        Item("Pressure sensor PX-40", 120, 4_250),
        Item("Calibration on site", 8, 11_900),
        Item("Technical manual", 4, 2_580, 700),
    ),
)

_WORDS: dict[Language, dict[str, str]] = {
    "en": {"title": "Invoice", "number": "Invoice number", "issue_date": "Invoice date", "due_date": "Due date",
           "to": "Bill to", "item": "Description", "quantity": "Quantity",
           "price": "Unit price", "amount": "Amount",
           "net": "Subtotal", "vat": "VAT", "gross": "Total",
           "prepaid": "Already paid", "due": "Amount due",
           "vat_id": "VAT ID", "your_vat": "Your VAT ID", "pay": "Please pay to"},
    "de": {"title": "Rechnung", "number": "Rechnungsnummer", "issue_date": "Rechnungsdatum", "due_date": "Fällig am",
           "to": "Rechnung an", "item": "Bezeichnung", "quantity": "Menge",
           "price": "Einzelpreis", "amount": "Betrag",
           "net": "Nettobetrag", "vat": "MwSt.", "gross": "Gesamtbetrag",
           "prepaid": "Bereits bezahlt", "due": "Zahlbetrag",
           "vat_id": "USt-IdNr.", "your_vat": "Ihre USt-IdNr.", "pay": "Bitte überweisen Sie auf"},
    "fr": {"title": "Facture", "number": "Numéro de facture", "issue_date": "Date de facture",
           "due_date": "Date d'échéance",
           "to": "Facturé à", "item": "Désignation", "quantity": "Quantité",
           "price": "Prix unitaire", "amount": "Montant",
           "net": "Total HT", "vat": "TVA", "gross": "Total TTC",
           "prepaid": "Acompte versé", "due": "Net à payer",
           "vat_id": "N° TVA", "your_vat": "N° TVA client", "pay": "À régler sur le compte"},
    "es": {"title": "Factura", "number": "Número de factura", "issue_date": "Fecha de emisión",
           "due_date": "Vencimiento",
           "to": "Facturado a", "item": "Descripción", "quantity": "Cantidad",
           "price": "Precio", "amount": "Importe",
           "net": "Base imponible", "vat": "IVA", "gross": "Total factura",
           "prepaid": "Anticipo", "due": "Total a pagar",
           "vat_id": "NIF", "your_vat": "NIF cliente", "pay": "Cuenta para el pago"},
    "it": {"title": "Fattura", "number": "Numero fattura", "issue_date": "Data fattura", "due_date": "Scadenza",
           "to": "Fatturato a", "item": "Descrizione", "quantity": "Quantità",
           "price": "Prezzo", "amount": "Importo",
           "net": "Imponibile", "vat": "IVA", "gross": "Totale fattura",
           "prepaid": "Acconto", "due": "Totale da pagare",
           "vat_id": "P. IVA", "your_vat": "P. IVA cliente", "pay": "Pagamento sul conto"},
}  # fmt: skip
_FONT, _BOLD = "Vera", "VeraBd"
_LEFT, _RIGHT = 50, 545


def born_digital(invoice: SampleInvoice) -> bytes:
    """A PDF with a text layer, fonts embedded, in the invoice's layout and language."""
    for font in (_FONT, _BOLD):
        if font not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(f"{_WORDS[invoice.language]['title']} {invoice.number}")
    y = {"letterhead": _letterhead, "window": _window, "columns": _columns}[invoice.layout](canvas, invoice)
    y = _table(canvas, invoice, y - 34)
    y = _totals(canvas, invoice, y - 10)
    _payment(canvas, invoice, y - 40)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def factur_x(invoice: SampleInvoice) -> bytes:
    """The same page as PDF/A-3 with the e-invoice embedded (Factur-X, profile EN 16931, checked against its schema)."""
    return bytes(
        generate_from_binary(
            born_digital(invoice),
            cii(invoice),
            flavor="factur-x",
            level="en16931",
            check_xsd=True,
            pdf_metadata={
                "author": invoice.seller.name,
                "keywords": "Invoice, Factur-X",
                "title": f"Invoice {invoice.number}",
                "subject": f"Invoice {invoice.number}",
            },
        )
    )


def scanned(invoice: SampleInvoice, seed: int, *, form: Literal["pdf", "png", "jpeg"] = "pdf", dpi: int = 200) -> bytes:
    """The page as a scanner gives it: turned by one to two degrees, uneven light, noise, JPEG; no text layer."""
    chance = random.Random(seed)  # noqa: S311  -- samples are to be repeatable, not secret
    with pypdfium2.PdfDocument(born_digital(invoice)) as document:
        page = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    angle = chance.choice((-1, 1)) * chance.uniform(1.0, 2.0)
    page = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(0.6)).point([25 + value * 88 // 100 for value in range(256)])
    noise = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    page = Image.blend(page, noise, 0.10)
    buffer = io.BytesIO()
    if form == "pdf":
        page.save(buffer, "PDF", resolution=dpi, quality=70)
    else:
        page.save(buffer, form.upper(), **({"quality": 70} if form == "jpeg" else {}))
    return buffer.getvalue()


def cii(invoice: SampleInvoice) -> bytes:
    """The invoice in UN/CEFACT's Cross Industry Invoice, as Factur-X embeds it."""
    lines = "".join(_cii_line(number, item) for number, item in enumerate(invoice.items, 1))
    taxes = "".join(
        f"<ram:ApplicableTradeTax><ram:CalculatedAmount>{_point(vat)}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>"
        f"<ram:BasisAmount>{_point(net)}</ram:BasisAmount><ram:CategoryCode>{_category(rate)}</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>{_point(rate)}</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
        for rate, (net, vat) in invoice.vat_by_rate.items()
    )
    prepaid = f"<ram:TotalPrepaidAmount>{_point(invoice.prepaid)}</ram:TotalPrepaidAmount>" if invoice.prepaid else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>{escape(invoice.number)}</ram:ID><ram:TypeCode>{invoice.type_code}</ram:TypeCode>
<ram:IssueDateTime>{_cii_date(invoice.issue_date)}</ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{lines}
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>{_cii_party(invoice.seller)}</ram:SellerTradeParty>
<ram:BuyerTradeParty>{_cii_party(invoice.debtor)}</ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>{invoice.currency}</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount>
<ram:IBANID>{invoice.seller.iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
</ram:SpecifiedTradeSettlementPaymentMeans>{taxes}
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>{_cii_date(invoice.due_date)}</ram:DueDateDateTime>
</ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>{_point(invoice.net)}</ram:LineTotalAmount>
<ram:TaxBasisTotalAmount>{_point(invoice.net)}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="{invoice.currency}">{_point(invoice.vat)}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{_point(invoice.gross)}</ram:GrandTotalAmount>{prepaid}
<ram:DuePayableAmount>{_point(invoice.amount_due)}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()


def ubl(invoice: SampleInvoice) -> bytes:
    """The invoice in UBL 2.1, as Peppol and XRechnung exchange it."""
    money = f'currencyID="{invoice.currency}"'
    lines = "".join(
        f"<cac:InvoiceLine><cbc:ID>{number}</cbc:ID>"
        f"<cbc:InvoicedQuantity unitCode='C62'>{item.quantity}</cbc:InvoicedQuantity>"
        f"<cbc:LineExtensionAmount {money}>{_point(item.net)}</cbc:LineExtensionAmount>"
        f"<cac:Item><cbc:Name>{escape(item.description)}</cbc:Name>"
        f"{_ubl_category('ClassifiedTaxCategory', item.vat_bps)}</cac:Item>"
        f"<cac:Price><cbc:PriceAmount {money}>{_point(item.unit_price)}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"
        for number, item in enumerate(invoice.items, 1)
    )
    taxes = "".join(
        f"<cac:TaxSubtotal><cbc:TaxableAmount {money}>{_point(net)}</cbc:TaxableAmount>"
        f"<cbc:TaxAmount {money}>{_point(vat)}</cbc:TaxAmount>{_ubl_category('TaxCategory', rate)}</cac:TaxSubtotal>"
        for rate, (net, vat) in invoice.vat_by_rate.items()
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>{escape(invoice.number)}</cbc:ID>
<cbc:IssueDate>{invoice.issue_date}</cbc:IssueDate><cbc:DueDate>{invoice.due_date}</cbc:DueDate>
<cbc:InvoiceTypeCode>{invoice.type_code}</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>{invoice.currency}</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty>{_ubl_party(invoice.seller)}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>{_ubl_party(invoice.debtor)}</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount>
<cbc:ID>{invoice.seller.iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:TaxTotal><cbc:TaxAmount {money}>{_point(invoice.vat)}</cbc:TaxAmount>{taxes}</cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount {money}>{_point(invoice.net)}</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount {money}>{_point(invoice.net)}</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount {money}>{_point(invoice.gross)}</cbc:TaxInclusiveAmount>
<cbc:PrepaidAmount {money}>{_point(invoice.prepaid)}</cbc:PrepaidAmount>
<cbc:PayableAmount {money}>{_point(invoice.amount_due)}</cbc:PayableAmount></cac:LegalMonetaryTotal>
{lines}</Invoice>""".encode()


def main() -> None:
    parser = argparse.ArgumentParser(description="Write one sample invoice in every form.")
    parser.add_argument("--folder", type=Path, required=True, help="where the files go; made if missing")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--layout", choices=LAYOUTS, default="letterhead")
    parser.add_argument("--number", default=SAMPLE.number, help="invoice number")
    parser.add_argument("--seed", type=int, default=1, help="of the scan's noise and angle")
    asked = parser.parse_args()
    invoice = replace(SAMPLE, number=asked.number, language=asked.language, layout=asked.layout)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, data in (
        ("born-digital.pdf", born_digital(invoice)),
        ("factur-x.pdf", factur_x(invoice)),
        ("scanned.pdf", scanned(invoice, asked.seed)),
        ("scanned.png", scanned(invoice, asked.seed, form="png")),
        ("ubl.xml", ubl(invoice)),
    ):
        (asked.folder / name).write_bytes(data)
        print(f"{asked.folder / name}  {len(data):,} bytes")


def _letterhead(canvas: Canvas, invoice: SampleInvoice) -> float:
    """Seller on top, facts on the right, debtor under a heading."""
    words, seller = _WORDS[invoice.language], invoice.seller
    _text(canvas, _LEFT, 790, seller.name, 15, _BOLD)
    for row, text in enumerate(
        (seller.street, f"{seller.town}, {seller.country}", f"{words['vat_id']}: {seller.vat_id}", seller.email)
    ):
        _text(canvas, _LEFT, 772 - 12 * row, text)
    _text(canvas, _RIGHT, 790, words["title"].upper(), 18, _BOLD, right=True)
    for row, (label, value) in enumerate(_facts(invoice)):
        _text(canvas, 340, 760 - 14 * row, f"{label}:", 9, _BOLD)
        _text(canvas, _RIGHT, 760 - 14 * row, value, right=True)
    _text(canvas, _LEFT, 690, words["to"], 9, _BOLD)
    _debtor(canvas, invoice, _LEFT, 676)
    return 610


def _window(canvas: Canvas, invoice: SampleInvoice) -> float:
    """The address window of a business letter: no heading over the debtor, the sender in one small line above."""
    words, seller = _WORDS[invoice.language], invoice.seller
    _text(canvas, _RIGHT, 800, seller.name, 13, _BOLD, right=True)
    _text(canvas, _LEFT, 735, f"{seller.name} · {seller.street} · {seller.town}", 6)
    _debtor(canvas, invoice, _LEFT, 715, with_vat=False)
    _text(canvas, _LEFT, 620, f"{words['title']} {invoice.number}", 14, _BOLD)
    for row, (label, value) in enumerate(_facts(invoice)[1:]):
        _text(canvas, 380, 715 - 13 * row, label)
        _text(canvas, 480, 715 - 13 * row, value)
    _text(canvas, 380, 675, words["your_vat"])
    _text(canvas, 480, 675, invoice.debtor.vat_id)
    return 606


def _columns(canvas: Canvas, invoice: SampleInvoice) -> float:
    """Facts as a table head with the values in a row under it."""
    words, seller = _WORDS[invoice.language], invoice.seller
    _text(canvas, _LEFT, 795, seller.name, 16, _BOLD)
    _text(canvas, _LEFT, 780, f"{seller.street} | {seller.town} | {seller.country}", 8)
    _text(canvas, 330, 740, f"{words['to']}:", 9, _BOLD)
    _debtor(canvas, invoice, 330, 726)
    for column, (label, value) in enumerate(_facts(invoice)):
        _text(canvas, _LEFT + 165 * column, 650, label, 9, _BOLD)
        _text(canvas, _LEFT + 165 * column, 636, value)
    _text(canvas, _LEFT, 612, f"{words['vat_id']}: {seller.vat_id}", 8)
    return 600


def _facts(invoice: SampleInvoice) -> list[tuple[str, str]]:
    words = _WORDS[invoice.language]
    return [
        (words["number"], invoice.number),
        (words["issue_date"], _date(invoice.issue_date, invoice.language)),
        (words["due_date"], _date(invoice.due_date, invoice.language)),
    ]


def _debtor(canvas: Canvas, invoice: SampleInvoice, x: float, y: float, *, with_vat: bool = True) -> None:
    debtor = invoice.debtor
    rows = [debtor.name, debtor.street, debtor.town, debtor.country]
    if with_vat and debtor.vat_id:
        rows.append(f"{_WORDS[invoice.language]['your_vat']}: {debtor.vat_id}")
    for row, text in enumerate(rows):
        _text(canvas, x, y - 12 * row, text)


def _table(canvas: Canvas, invoice: SampleInvoice, y: float) -> float:
    words = _WORDS[invoice.language]
    for x, word, right in (
        (_LEFT, "item", False),
        (370, "quantity", True),
        (455, "price", True),
        (_RIGHT, "amount", True),
    ):
        _text(canvas, x, y, words[word], 9, _BOLD, right=right)
    canvas.line(_LEFT, y - 4, _RIGHT, y - 4)
    for item in invoice.items:
        y -= 17
        _text(canvas, _LEFT, y, item.description)
        _text(canvas, 370, y, str(item.quantity), right=True)
        _text(canvas, 455, y, _amount(item.unit_price, invoice.language), right=True)
        _text(canvas, _RIGHT, y, _amount(item.net, invoice.language), right=True)
    canvas.line(_LEFT, y - 6, _RIGHT, y - 6)
    return y - 14


def _totals(canvas: Canvas, invoice: SampleInvoice, y: float) -> float:
    words = _WORDS[invoice.language]
    rows = [(words["net"], invoice.net)]
    rows += [
        (f"{words['vat']} {_percent(rate, invoice.language)}", vat) for rate, (_, vat) in invoice.vat_by_rate.items()
    ]
    rows.append((words["gross"], invoice.gross))
    if invoice.prepaid:
        rows += [(words["prepaid"], -invoice.prepaid), (words["due"], invoice.amount_due)]
    for label, units in rows:
        y -= 15
        bold = _BOLD if label in {words["gross"], words["due"]} else _FONT
        _text(canvas, 350, y, label, 9, bold)
        _text(canvas, _RIGHT, y, f"{_amount(units, invoice.language)} {invoice.currency}", 9, bold, right=True)
    return y


def _payment(canvas: Canvas, invoice: SampleInvoice, y: float) -> None:
    words = _WORDS[invoice.language]
    if invoice.seller.iban:
        grouped = " ".join(invoice.seller.iban[i : i + 4] for i in range(0, len(invoice.seller.iban), 4))
        _text(canvas, _LEFT, y, f"{words['pay']}:")
        _text(canvas, _LEFT, y - 14, f"IBAN: {grouped}")
    if invoice.layout == "window":
        _text(
            canvas,
            _LEFT,
            50,
            f"{invoice.seller.name}  ·  {words['vat_id']} {invoice.seller.vat_id}  ·  {invoice.seller.email}",
            7,
        )


def _text(  # noqa: PLR0917
    canvas: Canvas, x: float, y: float, text: str, size: float = 9, font: str = _FONT, *, right: bool = False
) -> None:
    canvas.setFont(font, size)
    (canvas.drawRightString if right else canvas.drawString)(x, y, text)


def _amount(units: int, language: Language) -> str:
    """1,234.56 in English, 1.234,56 in German, Spanish and Italian, 1 234,56 in French."""
    sign, whole, cents = ("-" if units < 0 else ""), abs(units) // 100, abs(units) % 100
    group, decimal = {"en": (",", "."), "fr": (" ", ",")}.get(language, (".", ","))
    return f"{sign}{whole:,}".replace(",", group) + f"{decimal}{cents:02}"


def _date(day: date, language: Language) -> str:
    if language == "en":
        return f"{day.day} {_EN_MONTHS[day.month - 1]} {day.year}"
    return f"{day:%d.%m.%Y}" if language == "de" else f"{day:%d/%m/%Y}"


_EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _percent(rate_bps: int, language: Language) -> str:
    text = f"{rate_bps // 100}" if rate_bps % 100 == 0 else f"{rate_bps // 100}.{rate_bps % 100:02}".rstrip("0")
    return text.replace(".", "." if language == "en" else ",") + " %"


def _point(units: int) -> str:
    return f"{'-' if units < 0 else ''}{abs(units) // 100}.{abs(units) % 100:02}"


def _cii_date(day: date) -> str:
    return f'<udt:DateTimeString format="102">{day:%Y%m%d}</udt:DateTimeString>'


def _cii_party(party: Party) -> str:
    vat = f'<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{party.vat_id}</ram:ID></ram:SpecifiedTaxRegistration>'
    return (
        f"<ram:Name>{escape(party.name)}</ram:Name><ram:PostalTradeAddress>"
        f"<ram:LineOne>{escape(party.street)}</ram:LineOne><ram:CityName>{escape(party.town)}</ram:CityName>"
        f"<ram:CountryID>{party.country}</ram:CountryID></ram:PostalTradeAddress>{vat if party.vat_id else ''}"
    )


def _cii_line(number: int, item: Item) -> str:
    return (
        "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument>"
        f"<ram:LineID>{number}</ram:LineID></ram:AssociatedDocumentLineDocument>"
        f"<ram:SpecifiedTradeProduct><ram:Name>{escape(item.description)}</ram:Name></ram:SpecifiedTradeProduct>"
        "<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>"
        f"<ram:ChargeAmount>{_point(item.unit_price)}</ram:ChargeAmount></ram:NetPriceProductTradePrice>"
        "</ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery>"
        f"<ram:BilledQuantity unitCode='C62'>{item.quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>"
        "<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>"
        f"<ram:CategoryCode>{_category(item.vat_bps)}</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>{_point(item.vat_bps)}</ram:RateApplicablePercent>"
        "</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>"
        f"<ram:LineTotalAmount>{_point(item.net)}</ram:LineTotalAmount>"
        "</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>"
        "</ram:IncludedSupplyChainTradeLineItem>"
    )


def _category(rate_bps: int) -> str:
    return "S" if rate_bps else "Z"


def _ubl_category(name: str, rate_bps: int) -> str:
    return (
        f"<cac:{name}><cbc:ID>{_category(rate_bps)}</cbc:ID><cbc:Percent>{_point(rate_bps)}</cbc:Percent>"
        f"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:{name}>"
    )


def _ubl_party(party: Party) -> str:
    tax = (
        f"<cac:PartyTaxScheme><cbc:CompanyID>{party.vat_id}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
        "</cac:TaxScheme></cac:PartyTaxScheme>"
    )
    return (
        f"<cac:Party><cac:PostalAddress><cbc:StreetName>{escape(party.street)}</cbc:StreetName>"
        f"<cbc:CityName>{escape(party.town)}</cbc:CityName><cac:Country><cbc:IdentificationCode>{party.country}"
        f"</cbc:IdentificationCode></cac:Country></cac:PostalAddress>{tax if party.vat_id else ''}"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{escape(party.name)}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>"
    )


if __name__ == "__main__":
    main()
