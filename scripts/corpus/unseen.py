# ruff: noqa: E501, PLR2004 - tables of words, and places on paper
"""Twenty-four layouts that say how well the reader reads: letters as a word processor sets them, on tab stops.

No rule and no threshold was chosen by it: who changes one looks at the other modules of this folder, and here at the
totals only. Once it has been looked at field by field it belongs to those, and a new one is written here.
"""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.facts import Facts, Names, invent
from corpus.fonts import FAMILIES, register
from corpus.printed import Printed, Style, amount, day, in_groups, percent
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
_W: dict[Language, dict[str, tuple[str, str]]] = {
    "en": {"title": ("INVOICE", "Invoice"), "no": ("Invoice number", "Invoice ref."), "on": ("Invoice date", "Issued"), "by": ("Due date", "Please pay by"), "to": ("Billed to", "Customer"), "net": ("Net total", "Total ex. VAT"), "vat": ("VAT", "Plus VAT"),
           "sum": ("Invoice total", "Total"), "had": ("Paid on account", "Less deposit"), "owe": ("Balance due", "Amount payable"), "own": ("VAT registration no.", "VAT no."), "your": ("Your VAT no.", "VAT no. of customer"),
           "what": ("Item", "Description"), "n": ("Quantity", "Qty"), "at": ("Price", "Unit price"), "of": ("Amount", "Total"), "extra": ("Your order", "Customer no."), "dear": ("We thank you for your business and charge as follows.", "As agreed we invoice:"), "bye": ("Goods remain our property until paid in full.", "Thank you.")},
    "de": {"title": ("RECHNUNG", "Rechnung"), "no": ("Rechnungsnummer", "Rechnungs-Nr."), "on": ("Rechnungsdatum", "Datum"), "by": ("Zahlbar bis", "Fälligkeitsdatum"), "to": ("Rechnungsanschrift", "Kunde"), "net": ("Nettosumme", "Gesamt netto"), "vat": ("MwSt.", "zzgl. USt."),
           "sum": ("Rechnungssumme", "Gesamtbetrag"), "had": ("Anzahlung", "abzgl. Anzahlung"), "owe": ("Zahlbetrag", "Noch offen"), "own": ("USt-IdNr.", "Umsatzsteuer-ID"), "your": ("Ihre USt-IdNr.", "USt-ID des Kunden"),
           "what": ("Artikel", "Leistung"), "n": ("Menge", "Anz."), "at": ("Preis", "Einzelpreis"), "of": ("Betrag", "Summe"), "extra": ("Ihre Bestellung", "Kundennummer"), "dear": ("Wir danken für Ihren Auftrag und berechnen wie folgt.", "Vereinbarungsgemäß berechnen wir:"), "bye": ("Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.", "Vielen Dank.")},
    "fr": {"title": ("FACTURE", "Facture"), "no": ("Facture numéro", "Facture n°"), "on": ("Date de facture", "Date"), "by": ("Date d'échéance", "À régler avant le"), "to": ("Facturé à", "Client"), "net": ("Total net HT", "Total hors taxes"), "vat": ("TVA", "Montant TVA"),
           "sum": ("Total TTC", "Montant total TTC"), "had": ("Acompte", "Déjà réglé"), "owe": ("Net à payer", "Reste dû"), "own": ("N° TVA", "N° de TVA"), "your": ("Votre n° TVA", "TVA du client"),
           "what": ("Désignation", "Libellé"), "n": ("Quantité", "Qté"), "at": ("Prix", "Prix unitaire"), "of": ("Montant", "Total"), "extra": ("Votre commande", "Code client"), "dear": ("Nous vous remercions de votre confiance et vous facturons comme suit.", "Comme convenu, nous facturons :"), "bye": ("La marchandise reste notre propriété jusqu'au paiement complet.", "Merci.")},
    "es": {"title": ("FACTURA", "Factura"), "no": ("Número de factura", "Factura nº"), "on": ("Fecha de factura", "Fecha"), "by": ("Fecha de vencimiento", "Vence el"), "to": ("Facturar a", "Cliente"), "net": ("Total neto", "Base imponible"), "vat": ("IVA", "Cuota de IVA"),
           "sum": ("Importe total", "Total factura"), "had": ("A cuenta", "Anticipo recibido"), "owe": ("Total a pagar", "Pendiente"), "own": ("NIF", "CIF"), "your": ("NIF del cliente", "CIF cliente"),
           "what": ("Artículo", "Concepto"), "n": ("Cantidad", "Uds."), "at": ("Precio", "Precio unitario"), "of": ("Importe", "Total"), "extra": ("Su pedido", "Código de cliente"), "dear": ("Agradecemos su confianza y le facturamos lo siguiente.", "Según lo acordado facturamos:"), "bye": ("La mercancía es de nuestra propiedad hasta su pago completo.", "Gracias.")},
    "it": {"title": ("FATTURA", "Fattura"), "no": ("Numero fattura", "Fattura n."), "on": ("Data fattura", "Data"), "by": ("Data scadenza", "Scadenza"), "to": ("Intestata a", "Cliente"), "net": ("Totale netto", "Imponibile"), "vat": ("IVA", "Totale IVA"),
           "sum": ("Totale fattura", "Importo totale"), "had": ("Acconto", "Acconto ricevuto"), "owe": ("Netto a pagare", "Residuo"), "own": ("Partita IVA", "P. IVA"), "your": ("Vs. partita IVA", "P. IVA del cliente"),
           "what": ("Articolo", "Descrizione"), "n": ("Quantità", "Q.tà"), "at": ("Prezzo", "Prezzo unitario"), "of": ("Importo", "Totale"), "extra": ("Vostro ordine", "Codice cliente"), "dear": ("Vi ringraziamo per la fiducia e fatturiamo quanto segue.", "Come concordato fatturiamo:"), "bye": ("La merce resta di nostra proprietà fino al saldo completo.", "Grazie.")},
}  # fmt: skip
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
    return replace(told, invoice=replace(told.invoice, number=number))


def sheet(layout: str, told: Facts, seed: int) -> tuple[bytes, Printed]:
    """The PDF in this layout, and which fields it prints."""
    register()
    letter = _Letter(LAYOUTS.index(layout), told, random.Random(f"{seed} in {layout}"))  # noqa: S311 - repeatable
    letter.write()
    return letter.saved(), frozenset(letter.printed)


@dataclass(frozen=True, slots=True)
class _Tab:
    """Where a run of text stands: from `at` on, or up to it."""

    at: float
    is_right: bool = False


class _Letter:
    """Written from the top down: each paragraph is runs of text on tab stops, and moves the pen below itself."""

    def __init__(self, number: int, told: Facts, chance: random.Random) -> None:
        self.number, self.told, self.invoice, self.chance = number, told, told.invoice, chance
        self.regular, self.heavy = FAMILIES[(5 - number) % len(FAMILIES)]
        self.size = 8.6 + (number % 4) * 0.5
        self.left, self.end = 46.0 + 6 * (number % 5), 560.0 - 7 * (number % 4)
        money = ("before", "after", "code-before", "bare", "code-after")[number % 5]
        self.style = Style(money, (number // 2) % 4, swiss=told.invoice.currency == "CHF")  # type: ignore[arg-type]
        self.file = io.BytesIO()
        self.sheet = Canvas(self.file, pagesize=A4, invariant=1)
        self.pen = 56.0
        self.printed = {
            "number",
            "type",
            "issue_date",
            "due_date",
            "currency",
            "seller_name",
            "debtor_name",
            "gross",
            "amount_due",
        }

    def saved(self) -> bytes:
        self.sheet.showPage()
        self.sheet.save()
        return self.file.getvalue()

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

    def word(self, name: str) -> str:
        return _W[self.invoice.language][name][self.number % 2]

    def space(self, points: float) -> None:
        self.pen += points

    def paragraph(self, *runs: tuple[_Tab, str], bold: bool = False, size: float = 0) -> None:
        face, size = self.heavy if bold else self.regular, size or self.size
        for tab, text in runs:
            x = tab.at - (stringWidth(text, face, size) if tab.is_right else 0)
            self.sheet.setFont(face, size)
            self.sheet.drawString(x, _HIGH - self.pen, text)
        self.pen += size * 1.38

    def cash(self, units: int) -> str:
        return amount(units, self.invoice, self.style)

    def bare(self, units: int) -> str:
        return amount(units, self.invoice, replace(self.style, money="bare"))

    def day(self, when: date) -> str:
        return day(when, self.invoice, self.style)

    # -- parts

    def seller_id(self) -> list[str]:
        if not self.invoice.seller.vat_id:
            return []
        self.printed.add("seller_vat_id")
        return [f"{self.word('own')} {self.invoice.seller.vat_id}"]

    def sender(self) -> None:
        """Left, right, or centred by a tab; with the VAT id in every second layout, else that stands at the end."""
        seller, right = self.invoice.seller, self.number % 3 == 1
        tab = _Tab(self.end, is_right=True) if right else _Tab(self.left + (150 if self.number % 3 == 2 else 0))
        self.paragraph((tab, seller.name), bold=True, size=self.size + 4)
        rows = [seller.street, seller.town, self.told.phone, *([self.told.web] if self.number % 2 else [seller.email])]
        for row in [*rows, *(self.seller_id() if self.number % 2 == 0 else [])]:
            self.paragraph((tab, row), size=self.size - 0.8)
        self.space(20)

    def debtor(self) -> Iterator[tuple[str, bool]]:
        who = self.invoice.debtor
        if self.number % 4 != 3:
            yield f"{self.word('to')}{':' if self.number % 2 else ''}", True
        yield from ((text, False) for text in (who.name, who.street, who.town))
        if who.vat_id and self.number % 4 != 3:
            self.printed.add("debtor_vat_id")
            yield f"{self.word('your')} {who.vat_id}", False

    def recipient(self) -> None:
        for text, bold in self.debtor():
            self.paragraph((_Tab(self.left), text), bold=bold)
        self.space(18)

    def subject(self) -> None:
        self.paragraph((_Tab(self.left), self.word("title")), bold=True, size=15)
        self.space(6)

    def known(self) -> list[tuple[str, str]]:
        invoice = self.invoice
        known = [
            (self.word("no"), invoice.number),
            (self.word("on"), self.day(invoice.issue_date)),
            (self.word("by"), self.day(invoice.due_date)),
        ]
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
                runs += [(_Tab(335), known[place][0]), (_Tab(self.end, is_right=True), known[place][1])]
            self.paragraph(*runs)
        self.space(22)

    def goods(self) -> None:
        tabs = (
            _Tab(self.left),
            _Tab(self.end - 178, is_right=True),
            _Tab(self.end - 90, is_right=True),
            _Tab(self.end, is_right=True),
        )
        heads = tuple(zip(tabs, (self.word("what"), self.word("n"), self.word("at"), self.word("of")), strict=True))
        self.paragraph(*heads, bold=True)
        self.space(4)
        for item in self.invoice.items:
            if self.pen > _HIGH - 84:
                self.sheet.showPage()
                self.pen = 60.0
                self.paragraph(*heads, bold=True)
            texts = (item.description, f"{item.quantity}", self.bare(item.unit_price), self.bare(item.net))
            self.paragraph(*zip(tabs, texts, strict=True))
            self.space(2)

    def rows(self) -> Iterator[tuple[str, int]]:
        invoice = self.invoice
        if invoice.vat:
            self.printed |= {"net", "vat"}
            yield self.word("net"), invoice.net
            for rate, (_, vat) in invoice.vat_by_rate.items():
                shown = percent(rate, invoice.language)
                yield (f"{shown} {self.word('vat')}" if self.number % 4 == 2 else f"{self.word('vat')} {shown}"), vat
        yield self.word("sum"), invoice.gross
        if invoice.prepaid:
            self.printed.add("prepaid")
            yield self.word("had"), -invoice.prepaid if self.number % 2 else invoice.prepaid
            yield self.word("owe"), invoice.amount_due

    def totals(self) -> None:
        rows = list(self.rows())
        if self.pen + 15 * len(rows) > _HIGH - 120:
            self.sheet.showPage()
            self.pen = 60.0
        start = _Tab((self.left, self.end - 210, self.end - 180)[self.number % 3])
        for name, units in rows:
            self.paragraph((start, name), (_Tab(self.end, is_right=True), self.cash(units)), bold=name == rows[-1][0])
            self.space(2)

    def ending(self) -> None:
        seller = self.invoice.seller
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
        if seller.iban:
            self.printed.add("seller_iban")
            self.paragraph(
                (_Tab(self.left), "IBAN"),
                (_Tab(self.left + 60), in_groups(seller.iban) if self.number % 3 else seller.iban),
            )
        if self.number % 2:
            for text in self.seller_id():
                self.paragraph((_Tab(self.left), text))
