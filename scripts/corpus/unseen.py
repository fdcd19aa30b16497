# ruff: noqa: E501, PLR2004 - tables of words, and places on paper
"""Twenty-four layouts that say how well the reader reads: letters as a word processor sets them, on tab stops.

No rule and no threshold was chosen by it: who changes one looks at the other modules of this folder, and here at the
totals only. Once it has been looked at field by field it belongs to those, and a new one is written here.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from corpus.facts import Facts, Names, invent, renumbered
from corpus.fonts import FAMILIES, register
from corpus.printed import MoneyStyle, Printed
from corpus.sheets import Align, Drawing, Words
from invoice_files import Language

LAYOUTS = tuple(f"unseen-{number:02}" for number in range(24))
NAMES: Names = {
    "GB": ["Peveril Instruments Ltd", "Hazelmere Laundry Limited", "Fenwick & Oakes LLP", "Trent Bearings PLC", "Corriedale Knitwear Ltd"],
    "IE": ["Lough Key Timber Ltd", "Athboy Plastics Limited", "Cashel Nurseries Limited"],
    "US": ["Ridgeline Drilling LLC", "Saguaro Instruments Inc.", "Chesapeake Awning Corp."],
    "DE": ["Dollinger Brandschutz GmbH", "Nordhorn Textil AG", "Ruprecht & Lang OHG", "Havelwerft Bootsservice GmbH & Co. KG", "Stielike Uhrmacherei e.K."],
    "AT": ["Wörthersee Gastro GmbH", "Hinterleitner Holz KG"],
    "CH": ["Napfgebiet Molkerei AG", "Seetal Elektro GmbH", "Gruyère Outillage Sàrl"],
    "FR": ["Ebénisterie Malet SARL", "Cidrerie du Bocage SAS", "Faïencerie Guérin SA", "Fleurs Lacombe EURL"],
    "BE": ["Garage Hendrickx SRL", "Ardoisières Bodart SA"],
    "ES": ["Toldos Escudero S.L.", "Lácteos Peñaflor S.A.", "Reformas Cuadrado S.L.U.", "Viveros Alarcón S.L."],
    "IT": ["Torrefazione Bruni S.r.l.", "Cartiera Lombardi S.p.A.", "Restauri Amadei S.n.c.", "Idraulica Pace S.r.l."],
}  # fmt: skip
STREETS: dict[str, list[str]] = {
    "GB": ["Weaver Street|Bolton BL1 4AE", "Chapel Lane|Truro TR1 2HX", "Kingsway|Dundee DD1 1DN"],
    "IE": ["Barrack Street|Carlow R93 K2T6", "Harbour View|Wexford Y35 PN84"],
    "US": ["Sycamore Lane|Boulder, CO 80302", "Front Street|Mobile, AL 36602"],
    "DE": ["Goethestraße|07743 Jena", "Kirchplatz|33098 Paderborn", "Uferweg|78462 Konstanz"],
    "AT": ["Klagenfurter Straße|9500 Villach", "Mühlgasse|2700 Wiener Neustadt"],
    "CH": ["Luzernstrasse|6130 Willisau", "Rue de Bouleyres|1630 Bulle"],
    "FR": ["rue Saint-Martin|14000 Caen", "avenue des Alpes|05000 Gap", "quai de Rohan|56100 Lorient"],
    "BE": ["rue de la Station|6600 Bastogne", "chaussée de Tongres|4000 Liège"],
    "ES": ["Calle Sierpes|41004 Sevilla", "Avenida Portugal|37001 Salamanca", "Plaza Mayor|34001 Palencia"],
    "IT": ["Via Marconi|60121 Ancona", "Via San Paolo|33100 Udine", "Piazza Duomo|98122 Messina"],
}
_WORDS: Words = {
    "en": {"title": "INVOICE|Invoice", "number": "Invoice number|Invoice ref.", "issued": "Invoice date|Issued", "due": "Due date|Please pay by", "to": "Billed to|Customer", "net": "Net total|Total ex. VAT", "vat": "VAT|Plus VAT",
           "gross": "Invoice total|Total", "prepaid": "Paid on account|Less deposit", "payable": "Balance due|Amount payable", "vat_id": "VAT registration no.|VAT no.", "your_vat": "Your VAT no.|VAT no. of customer",
           "what": "Item|Description", "n": "Quantity|Qty", "at": "Price|Unit price", "of": "Amount|Total", "extra": "Your order|Customer no.", "dear": "We thank you for your business and charge as follows.|As agreed we invoice:", "bye": "Goods remain our property until paid in full.|Thank you."},
    "de": {"title": "RECHNUNG|Rechnung", "number": "Rechnungsnummer|Rechnungs-Nr.", "issued": "Rechnungsdatum|Datum", "due": "Zahlbar bis|Fälligkeitsdatum", "to": "Rechnungsanschrift|Kunde", "net": "Nettosumme|Gesamt netto", "vat": "MwSt.|zzgl. USt.",
           "gross": "Rechnungssumme|Gesamtbetrag", "prepaid": "Anzahlung|abzgl. Anzahlung", "payable": "Zahlbetrag|Noch offen", "vat_id": "USt-IdNr.|Umsatzsteuer-ID", "your_vat": "Ihre USt-IdNr.|USt-ID des Kunden",
           "what": "Artikel|Leistung", "n": "Menge|Anz.", "at": "Preis|Einzelpreis", "of": "Betrag|Summe", "extra": "Ihre Bestellung|Kundennummer", "dear": "Wir danken für Ihren Auftrag und berechnen wie folgt.|Vereinbarungsgemäß berechnen wir:", "bye": "Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.|Vielen Dank."},
    "fr": {"title": "FACTURE|Facture", "number": "Facture numéro|Facture n°", "issued": "Date de facture|Date", "due": "Date d'échéance|À régler avant le", "to": "Facturé à|Client", "net": "Total net HT|Total hors taxes", "vat": "TVA|Montant TVA",
           "gross": "Total TTC|Montant total TTC", "prepaid": "Acompte|Déjà réglé", "payable": "Net à payer|Reste dû", "vat_id": "N° TVA|N° de TVA", "your_vat": "Votre n° TVA|TVA du client",
           "what": "Désignation|Libellé", "n": "Quantité|Qté", "at": "Prix|Prix unitaire", "of": "Montant|Total", "extra": "Votre commande|Code client", "dear": "Nous vous remercions de votre confiance et vous facturons comme suit.|Comme convenu, nous facturons :", "bye": "La marchandise reste notre propriété jusqu'au paiement complet.|Merci."},
    "es": {"title": "FACTURA|Factura", "number": "Número de factura|Factura nº", "issued": "Fecha de factura|Fecha", "due": "Fecha de vencimiento|Vence el", "to": "Facturar a|Cliente", "net": "Total neto|Base imponible", "vat": "IVA|Cuota de IVA",
           "gross": "Importe total|Total factura", "prepaid": "A cuenta|Anticipo recibido", "payable": "Total a pagar|Pendiente", "vat_id": "NIF|CIF", "your_vat": "NIF del cliente|CIF cliente",
           "what": "Artículo|Concepto", "n": "Cantidad|Uds.", "at": "Precio|Precio unitario", "of": "Importe|Total", "extra": "Su pedido|Código de cliente", "dear": "Agradecemos su confianza y le facturamos lo siguiente.|Según lo acordado facturamos:", "bye": "La mercancía es de nuestra propiedad hasta su pago completo.|Gracias."},
    "it": {"title": "FATTURA|Fattura", "number": "Numero fattura|Fattura n.", "issued": "Data fattura|Data", "due": "Data scadenza|Scadenza", "to": "Intestata a|Cliente", "net": "Totale netto|Imponibile", "vat": "IVA|Totale IVA",
           "gross": "Totale fattura|Importo totale", "prepaid": "Acconto|Acconto ricevuto", "payable": "Netto a pagare|Residuo", "vat_id": "Partita IVA|P. IVA", "your_vat": "Vs. partita IVA|P. IVA del cliente",
           "what": "Articolo|Descrizione", "n": "Quantità|Q.tà", "at": "Prezzo|Prezzo unitario", "of": "Importo|Totale", "extra": "Vostro ordine|Codice cliente", "dear": "Vi ringraziamo per la fiducia e fatturiamo quanto segue.|Come concordato fatturiamo:", "bye": "La merce resta di nostra proprietà fino al saldo completo.|Grazie."},
}  # fmt: skip
_MONEY: tuple[MoneyStyle, ...] = ("before", "after", "code-before", "bare", "code-after")
_HIGH = A4[1]


def facts(chance: random.Random, language: Language) -> Facts:
    told = invent(chance, language, NAMES, STREETS)
    serial = chance.randrange(100, 999_999)
    number = chance.choice(
        (
            told.invoice.number,
            f"{serial}",
            f"IN{serial}",
            f"{told.invoice.issue_date:%Y}-{serial % 997}-B",
            f"A/{serial}",
        )
    )
    return renumbered(told, number)


def sheet(layout: str, told: Facts, _seed: int) -> tuple[bytes, Printed]:
    """The PDF in this layout, and which fields it prints."""
    register()
    letter = _Letter(LAYOUTS.index(layout), told)
    letter.write()
    return letter.saved(), frozenset(letter.printed)


@dataclass(frozen=True, slots=True)
class _Tab:
    """Where a run of text stands: from `at` on, or up to it."""

    at: float
    align: Align = "left"


class _Letter(Drawing):
    """Written from the top down: each paragraph is runs of text on tab stops, and moves the pen below itself."""

    def __init__(self, number: int, told: Facts) -> None:
        super().__init__(
            told,
            _WORDS,
            number,
            money=_MONEY[number % 5],
            dates=(number // 2) % 4,
            faces=FAMILIES[(5 - number) % len(FAMILIES)],
            size=8.6 + (number % 4) * 0.5,
        )
        self.number = number
        self.left, self.end = 46.0 + 6 * (number % 5), 560.0 - 7 * (number % 4)
        self.pen = 56.0

    def write(self) -> None:
        """The order of the parts is the layout's; every third one keeps its facts for the place below the title."""
        order = (self.number // 4) % 3
        self.sender()
        if order == 0:
            self.recipient()
            self.subject()
            self.list_facts()
        elif order == 1:
            self.subject()
            self.list_facts()
            self.recipient()
        else:
            self.side_by_side()
            self.subject()
        self.space(12)
        self.paragraph((_Tab(self.left), self.word("dear")))
        self.space(8)
        self.goods()
        self.space(6)
        self.totals()
        self.space(14)
        self.ending()

    # -- paragraphs

    def space(self, points: float) -> None:
        self.pen += points

    def paragraph(self, *runs: tuple[_Tab, str], bold: bool = False, size: float = 0) -> None:
        size = size or self.size
        for tab, text in runs:
            self.put(tab.at, _HIGH - self.pen, text, size, bold=bold, align=tab.align)
        self.pen += size * 1.38

    # -- parts

    def sender(self) -> None:
        """Left, right, or centred by a tab; with the VAT id in every second layout, else that stands at the end."""
        seller, right = self.invoice.seller, self.number % 3 == 1
        tab = _Tab(self.end, align="right") if right else _Tab(self.left + (150 if self.number % 3 == 2 else 0))
        self.paragraph((tab, seller.name), bold=True, size=self.size + 4)
        rows = [seller.street, seller.town, self.told.phone, *([self.told.web] if self.number % 2 else [seller.email])]
        for row in [*rows, *(self.seller_vat("") if self.number % 2 == 0 else [])]:
            self.paragraph((tab, row), size=self.size - 0.8)
        self.space(20)

    def debtor(self) -> Iterator[tuple[str, bool]]:
        who = self.invoice.debtor
        if self.number % 4 != 3:
            yield f"{self.word('to')}{':' if self.number % 2 else ''}", True
        yield from ((text, False) for text in (who.name, who.street, who.town))
        if self.number % 4 != 3:
            yield from ((text, False) for text in self.debtor_vat(""))

    def recipient(self) -> None:
        for text, bold in self.debtor():
            self.paragraph((_Tab(self.left), text), bold=bold)
        self.space(18)

    def subject(self) -> None:
        self.paragraph((_Tab(self.left), self.word("title")), bold=True, size=15)
        self.space(6)

    def known(self) -> list[tuple[str, str]]:
        known = self.fact_rows()
        extra = (self.word("extra"), self.told.order_number if self.number % 2 == 0 else self.told.customer_number)
        return [*known[:1], extra, *known[1:]] if self.number % 3 == 0 else [*known, extra]

    def list_facts(self) -> None:
        """Label, tab, value; some with dots between, some with a colon."""
        for name, value in self.known():
            mark = (":", "", " :")[self.number % 3]
            self.paragraph((_Tab(self.left), name + mark), (_Tab(self.left + 145), value))
        self.space(8)

    def side_by_side(self) -> None:
        """Recipient at the left, facts at the right, line for line."""
        debtor, known = list(self.debtor()), self.known()
        for place in range(max(len(debtor), len(known))):
            runs = [(_Tab(self.left), debtor[place][0])] if place < len(debtor) else []
            if place < len(known):
                runs += [(_Tab(335), known[place][0]), (_Tab(self.end, align="right"), known[place][1])]
            self.paragraph(*runs)
        self.space(22)

    def goods(self) -> None:
        tabs = (
            _Tab(self.left),
            _Tab(self.end - 178, align="right"),
            _Tab(self.end - 90, align="right"),
            _Tab(self.end, align="right"),
        )
        heads = tuple(zip(tabs, (self.word("what"), self.word("n"), self.word("at"), self.word("of")), strict=True))
        self.paragraph(*heads, bold=True)
        self.space(4)
        for item in self.invoice.items:
            if self.pen > _HIGH - 84:
                self.canvas.showPage()
                self.pen = 60.0
                self.paragraph(*heads, bold=True)
            texts = (item.description, f"{item.quantity}", self.bare(item.unit_price), self.bare(item.net))
            self.paragraph(*zip(tabs, texts, strict=True))
            self.space(2)

    def totals(self) -> None:
        label = "{rate} {vat}" if self.number % 4 == 2 else "{vat} {rate}"
        rows = self.sum_rows(label=label, prepaid_sign=-1 if self.number % 2 else 1)
        if self.pen + 15 * len(rows) > _HIGH - 120:
            self.canvas.showPage()
            self.pen = 60.0
        start = _Tab((self.left, self.end - 210, self.end - 180)[self.number % 3])
        for name, value in rows:
            self.paragraph((start, name), (_Tab(self.end, align="right"), value), bold=name == rows[-1][0])
            self.space(2)

    def ending(self) -> None:
        if self.style.money == "bare":
            note = {
                "en": "Amounts in",
                "de": "Beträge in",
                "fr": "Montants en",
                "es": "Importes en",
                "it": "Importi in",
            }
            self.paragraph((_Tab(self.left), f"{note[self.invoice.language]} {self.invoice.currency}"))
        self.paragraph((_Tab(self.left), self.word("bye")))
        for text in self.account(grouped=self.number % 3 != 0):
            name, number = text.split(" ", 1)
            self.paragraph((_Tab(self.left), name), (_Tab(self.left + 60), number))
        if self.number % 2:
            for text in self.seller_vat(""):
                self.paragraph((_Tab(self.left), text))
