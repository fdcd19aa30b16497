# ruff: noqa: E501, PLR2004 - tables of words, and places on paper
"""Twenty-four more layouts to tune on: panels on a grid, VAT by rate, facts in bars and sentences. Never used to say
how well it reads.

They were held out once: 97.4 % exact, 91.6 % accepted, one wrong of 3,229, before any rule was chosen by them.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from corpus.facts import Facts, Names, invent, renumbered
from corpus.fonts import FAMILIES, register
from corpus.printed import MoneyStyle, Printed, percent
from corpus.sheets import Align, Drawing, Words
from invoice_files import Item, Language

LAYOUTS = tuple(f"panels-{number:02}" for number in range(24))
NAMES: Names = {
    "GB": ["Larkfield Joinery Ltd", "Penrose Catering Limited", "Stanmore & Dale LLP", "Ravensbourne Plastics PLC", "Kestrel Signs Ltd"],
    "IE": ["Dunmore Oysters Ltd", "Avonbeg Sawmills Limited", "Tolka Media Limited"],
    "US": ["Juniper Falls Brewing LLC", "Great Basin Tooling Inc.", "Palmetto Courier Corp."],
    "DE": ["Hollerbusch Gartenbau GmbH", "Vierländer Fruchthandel AG", "Tessmar & Voss OHG", "Eichhorst Messtechnik GmbH & Co. KG", "Brockmann Umzüge e.K."],
    "AT": ["Traunsee Bootsbau GmbH", "Kirchschlager Bäckerei KG"],
    "CH": ["Birseck Druckguss AG", "Simmental Käse GmbH", "Morges Voiles Sàrl"],
    "FR": ["Charpentes Lemoine SARL", "Savonnerie du Vallon SAS", "Papeterie Guilbert SA", "Traiteur Bonnard EURL"],
    "BE": ["Vitrerie Goossens SRL", "Cartonnages Denis SA"],
    "ES": ["Panadería Santángel S.L.", "Mármoles Valverde S.A.", "Ferretería Iturbe S.L.U.", "Frutas Benimar S.L."],
    "IT": ["Falegnameria Tosi S.r.l.", "Caffè Brunello S.p.A.", "Stamperia Volta S.n.c.", "Serramenti Galli S.r.l."],
}  # fmt: skip
STREETS: dict[str, list[str]] = {
    "GB": ["Foundry Lane|Sheffield S1 2HE", "Church Walk|Oxford OX2 6LY", "Castle Hill|Lincoln LN1 3AA"],
    "IE": ["O'Connell Street|Limerick V94 T28R", "Strand Road|Sligo F91 YX5T"],
    "US": ["Birch Street|Tacoma, WA 98402", "Mission Road|Tucson, AZ 85701"],
    "DE": ["Schulstraße|30159 Hannover", "Marktplatz|79098 Freiburg", "Hafenweg|48155 Münster"],
    "AT": ["Salzburger Straße|4600 Wels", "Kirchengasse|6020 Innsbruck"],
    "CH": ["Hauptstrasse|4102 Binningen", "Grand-Rue|1110 Morges"],
    "FR": ["rue Victor Hugo|69002 Lyon", "avenue Jean Jaurès|38000 Grenoble", "impasse des Tilleuls|29200 Brest"],
    "BE": ["rue de Fer|5000 Namur", "chaussée de Mons|1070 Anderlecht"],
    "ES": ["Calle Alcalá|28009 Madrid", "Rambla Nova|43003 Tarragona", "Avenida América|15004 La Coruña"],
    "IT": ["Via Mazzini|38122 Trento", "Largo Cairoli|70121 Bari", "Via Dante|25121 Brescia"],
}
_WORDS: Words = {
    "en": {"title": "Invoice|VAT INVOICE|INVOICE|Commercial Invoice", "number": "Invoice No|Invoice ID|Inv #|Invoice reference|Document No.",
           "issued": "Invoice Date|Date issued|Tax point|Date|Billing date", "due": "Due Date|Pay by|Payment due date|To be paid by|Payment date due",
           "to": "Invoice To|Bill To|Customer|Billing address|Sold To", "from": "From|Supplier details|Vendor|Issuer",
           "net": "Net amount|Total ex VAT|Subtotal|Total excluding VAT|Net value", "vat": "VAT|VAT amount|Total VAT", "gross": "Total inc VAT|Invoice total|Total|Grand total|Total including VAT",
           "prepaid": "Payment received|Less deposit|Paid to date|Advance payment", "payable": "Balance due|Amount due|Outstanding|Balance to pay|Please pay",
           "vat_id": "VAT Reg. No.|VAT No.|VAT number", "your_vat": "Customer VAT No.|Your VAT number|Customer VAT number", "aside": "Order number|Account number|Job ref.|Despatch date",
           "what": "Description|Goods and services|Details", "count": "Qty|Quantity", "each": "Unit price|Each", "line": "Amount|Value", "rate": "VAT rate", "base": "Taxable amount",
           "greet": "Thank you for your order. We invoice you as agreed:", "please": "Please transfer the amount by {due}, quoting {number}.", "bank": "Our bank|Bank details", "page": "Page {} of {}", "sentence": "Invoice {number} of {issued}, payable by {due}"},
    "de": {"title": "Rechnung|RECHNUNG|Faktura", "number": "Rechnungsnummer|Rechnungs-Nr.|Rechnung Nr.|Belegnummer|Rechnungsnr.",
           "issued": "Rechnungsdatum|Datum|Ausstellungsdatum|Belegdatum|Rechnung vom", "due": "Fällig am|Zahlbar bis|Fälligkeitsdatum|Zahlung bis|Zahlungsfrist",
           "to": "Rechnungsempfänger|Kunde|Rechnungsanschrift|Rechnung an|Käufer", "from": "Lieferant|Verkäufer|Absender|Rechnungssteller",
           "net": "Nettobetrag|Summe netto|Gesamt netto|Zwischensumme|Nettosumme", "vat": "MwSt.|USt.|Mehrwertsteuer", "gross": "Gesamtbetrag|Rechnungsbetrag|Bruttobetrag|Gesamt brutto|Endsumme",
           "prepaid": "Anzahlung|Bereits gezahlt|abzgl. Anzahlung|Geleistete Zahlung", "payable": "Zahlbetrag|Offener Betrag|Restbetrag|Zu zahlender Betrag|Noch zu zahlen",
           "vat_id": "USt-IdNr.|USt-ID|UID-Nr.", "your_vat": "USt-IdNr. des Kunden|Ihre USt-IdNr.|UID Kunde", "aside": "Auftragsnummer|Kundennummer|Projekt|Versanddatum",
           "what": "Bezeichnung|Leistung|Artikel", "count": "Menge|Anzahl", "each": "Einzelpreis|E-Preis", "line": "Betrag|Gesamtpreis", "rate": "Steuersatz", "base": "Netto",
           "greet": "Vielen Dank für Ihren Auftrag. Wir berechnen Ihnen:", "please": "Bitte zahlen Sie bis {due} unter Angabe von {number}.", "bank": "Unsere Bank|Bankverbindung", "page": "Seite {} von {}", "sentence": "Rechnung {number} vom {issued}, zahlbar bis {due}"},
    "fr": {"title": "Facture|FACTURE", "number": "Facture n°|N° de facture|Numéro de facture|Facture no|N° facture",
           "issued": "Date de facture|Date|Date d'émission|Date facture|Émise le", "due": "Date d'échéance|Échéance|À régler avant le|Échéance de paiement|Payable avant le",
           "to": "Client|Facturé à|Adresse de facturation|Destinataire|Acheteur", "from": "Fournisseur|Vendeur|Émetteur|Prestataire",
           "net": "Total HT|Sous-total HT|Montant HT|Total hors TVA|Total net HT", "vat": "TVA|Total TVA|Montant TVA", "gross": "Total TTC|Montant TTC|Total général TTC|Montant total TTC|Total à payer TTC",
           "prepaid": "Acompte versé|Déjà payé|Acompte déduit|Versement reçu", "payable": "Net à payer|Reste à payer|Solde à régler|Montant à payer|Solde dû",
           "vat_id": "N° TVA|TVA intracommunautaire|N° de TVA", "your_vat": "N° TVA client|TVA client|Votre n° de TVA", "aside": "N° de commande|Code client|Affaire|Date d'expédition",
           "what": "Désignation|Description|Prestation", "count": "Quantité|Qté", "each": "Prix unitaire|PU", "line": "Montant|Total", "rate": "Taux TVA", "base": "Base HT",
           "greet": "Nous vous remercions de votre commande et vous facturons :", "please": "Merci de régler avant le {due} en rappelant {number}.", "bank": "Notre banque|Coordonnées bancaires", "page": "Page {} sur {}", "sentence": "Facture {number} du {issued}, payable avant le {due}"},
    "es": {"title": "Factura|FACTURA", "number": "Nº de factura|Factura nº|Número de factura|N.º factura|Factura núm.",
           "issued": "Fecha de factura|Fecha|Fecha de emisión|Fecha factura|Emitida el", "due": "Fecha de vencimiento|Vencimiento|Vence el|Fecha de pago|Pagar antes del",
           "to": "Cliente|Facturar a|Datos del cliente|Destinatario|Facturado a", "from": "Proveedor|Emisor|Vendedor|Empresa",
           "net": "Base imponible|Subtotal|Importe neto|Total sin IVA|Suma neta", "vat": "IVA|Cuota IVA|Total IVA", "gross": "Total factura|Importe total|TOTAL|Total con IVA|Total IVA incluido",
           "prepaid": "Anticipo|Pago recibido|Entrega a cuenta|Ya abonado", "payable": "Total a pagar|Importe pendiente|Pendiente de pago|Resto a pagar|Saldo a pagar",
           "vat_id": "NIF|CIF|NIF/IVA", "your_vat": "NIF cliente|CIF cliente|NIF del cliente", "aside": "Nº de pedido|Código de cliente|Proyecto|Fecha de envío",
           "what": "Descripción|Concepto|Detalle", "count": "Cantidad|Uds.", "each": "Precio|Precio unitario", "line": "Importe|Total", "rate": "Tipo IVA", "base": "Base",
           "greet": "Gracias por su pedido. Le facturamos lo siguiente:", "please": "Le rogamos abone antes del {due} indicando {number}.", "bank": "Nuestro banco|Datos bancarios", "page": "Página {} de {}", "sentence": "Factura {number} de fecha {issued}, vencimiento {due}"},
    "it": {"title": "Fattura|FATTURA", "number": "Fattura n.|Numero fattura|N. fattura|Fattura nr.|Documento n.",
           "issued": "Data fattura|Data|Data emissione|Data documento|Emessa il", "due": "Data scadenza|Scadenza|Da pagare entro|Scadenza pagamento|Pagare entro il",
           "to": "Cliente|Spett.le|Intestata a|Fatturare a|Destinatario", "from": "Fornitore|Cedente|Emittente|Mittente",
           "net": "Imponibile|Totale imponibile|Totale netto|Subtotale|Totale senza IVA", "vat": "IVA|Totale IVA|Importo IVA", "gross": "Totale fattura|Totale documento|Totale|Totale con IVA|Importo totale",
           "prepaid": "Acconto|Acconto versato|Pagamento ricevuto|Già saldato", "payable": "Netto a pagare|Totale da pagare|Residuo|Saldo da pagare|Importo da pagare",
           "vat_id": "P. IVA|Partita IVA|P.IVA", "your_vat": "P. IVA cliente|Partita IVA cliente|P.IVA del cliente", "aside": "Ordine n.|Codice cliente|Commessa|Data spedizione",
           "what": "Descrizione|Articolo|Prodotto", "count": "Quantità|Q.tà", "each": "Prezzo unitario|Prezzo", "line": "Importo|Totale", "rate": "Aliquota", "base": "Imponibile",
           "greet": "Grazie per il Vostro ordine. Vi fatturiamo quanto segue:", "please": "Vi preghiamo di pagare entro il {due} indicando {number}.", "bank": "La nostra banca|Coordinate bancarie", "page": "Pagina {} di {}", "sentence": "Fattura {number} del {issued}, scadenza {due}"},
}  # fmt: skip
_MONEY: tuple[MoneyStyle, ...] = ("code-after", "before", "after", "code-before", "bare")
_BANKS = {
    "en": "Fenland Bank plc",
    "de": "Sparbank Niederelbe AG",
    "fr": "Crédit Armorique SA",
    "es": "Caja Norte S.A.",
    "it": "Cassa Tirrena S.p.A.",
}
_WIDTH, _HEIGHT = A4


def facts(chance: random.Random, language: Language) -> Facts:
    told = invent(chance, language, NAMES, STREETS)
    year, serial = told.invoice.issue_date.year, chance.randrange(100, 99_999)
    number = chance.choice(
        (
            told.invoice.number,
            f"INV/{year}/{serial:05}",
            f"SI-{serial:06}",
            f"{year}/{serial}/A",
            f"R{year % 100}-{serial}",
        )
    )
    return renumbered(told, number)


def sheet(layout: str, told: Facts, _seed: int) -> tuple[bytes, Printed]:
    """The PDF in this layout, and which fields it prints."""
    register()
    number = LAYOUTS.index(layout)
    paper = _Paper(_plan(number), told)
    return paper.drawn(), frozenset(paper.printed)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one layout decides each of its questions; `turn` picks its words."""

    turn: int
    head: int
    debtor: int
    facts: int
    table: int
    sums: int
    foot: int
    face: tuple[str, str]
    size: float
    style: int


def _plan(number: int) -> _Plan:
    """Every head and every kind of sums with several others, no two layouts alike."""
    return _Plan(
        turn=number * 7 % 30,
        head=number % 4,
        debtor=(number // 4 + number) % 3,
        facts=number * 3 % 5,
        table=number // 2 % 3,
        sums=(number // 3 + number) % 4,
        foot=number // 5 % 3,
        face=FAMILIES[(number * 5 + 2) % len(FAMILIES)],
        size=(8.5, 9, 9.5, 10)[number // 6],
        style=number * 11 % 20,
    )


@dataclass(slots=True)
class _Panel:
    """Rows of text to be set in a column; a row is (text, is bold)."""

    rows: list[tuple[str, bool]]
    size: float
    align: Align = "left"

    @property
    def height(self) -> float:
        return len(self.rows) * self.size * 1.32


class _Paper(Drawing):
    """One invoice on as many pages as it takes; `y` is the pen's height from the top edge, growing downwards."""

    def __init__(self, plan: _Plan, told: Facts) -> None:
        super().__init__(
            told,
            _WORDS,
            plan.turn,
            money=_MONEY[plan.style % 5],
            dates=plan.style // 5,
            faces=plan.face,
            size=plan.size,
        )
        self.plan = plan
        self.margin = 44.0 + plan.turn
        self.page = 1
        self.mark = ":" if plan.turn % 2 else ""

    def drawn(self) -> bytes:
        y = self.head()
        y = self.parties(y)
        y = self.table(y + 16)
        y = self.sums(y + 14)
        self.closing(y + 22)
        return self.saved()

    # -- the pen

    def write(
        self, x: float, y: float, text: str, size: float = 0, *, bold: bool = False, align: Align = "left"
    ) -> None:
        self.put(x, _HEIGHT - y, text, size, bold=bold, align=align)

    def panel(self, x: float, y: float, panel: _Panel) -> float:
        for text, bold in panel.rows:
            self.write(x, y, text, panel.size, bold=bold, align=panel.align)
            y += panel.size * 1.32
        return y

    def rule(self, y: float, left: float | None = None, weight: float = 0.6) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.line(self.margin if left is None else left, _HEIGHT - y, _WIDTH - self.margin, _HEIGHT - y)

    # -- what is said of the parties

    def seller_rows(self, *, named: bool, identified: bool) -> list[tuple[str, bool]]:
        seller = self.invoice.seller
        rows = [(seller.name, True)] if named else []
        rows += [(seller.street, False), (seller.town, False)]
        return rows + ([(text, False) for text in self.seller_vat(self.mark)] if identified else [])

    def debtor_rows(self, *, identified: bool) -> list[tuple[str, bool]]:
        debtor = self.invoice.debtor
        rows = [(debtor.name, self.plan.turn % 3 == 0), (debtor.street, False), (debtor.town, False)]
        return rows + [(text, False) for text in (self.debtor_vat() if identified else [])]

    def pairs(self) -> list[tuple[str, str]]:
        asides, found = self.words["aside"], self.fact_rows()
        extra = [
            (asides[0], self.told.order_number),
            (asides[1], self.told.customer_number),
            (asides[3], self.day(self.told.delivery_date)),
        ]
        found[1:1] = extra[: self.plan.turn % 2]
        return found + extra[1 : 1 + self.plan.turn % 3]

    # -- the head

    def head(self) -> float:
        return (self.head_band, self.head_two_columns, self.head_contacts, self.head_plain)[self.plan.head]()

    def head_band(self) -> float:
        """The sender's name in white on a band, its address under it at the right."""
        self.canvas.setFillGray(0.25)
        self.canvas.rect(0, _HEIGHT - 62, _WIDTH, 62, stroke=0, fill=1)
        self.canvas.setFillGray(1)
        self.write(self.margin, 38, self.invoice.seller.name, 17, bold=True)
        self.canvas.setFillGray(0)
        rows = [*self.seller_rows(named=False, identified=True), (self.told.phone, False)]
        return self.panel(_WIDTH - self.margin, 82, _Panel(rows, 8, "right")) + 14

    def head_two_columns(self) -> float:
        """Title at the left, sender at the right."""
        self.write(self.margin, 60, self.word("title"), 22, bold=True)
        return (
            self.panel(_WIDTH - self.margin, 50, _Panel(self.seller_rows(named=True, identified=True), 9, "right")) + 26
        )

    def head_contacts(self) -> float:
        """Name, one line of contacts below, a rule."""
        seller = self.invoice.seller
        self.write(self.margin, 52, seller.name, 14, bold=True)
        line = "  |  ".join([f"{seller.street}, {seller.town}", self.told.phone, self.told.web])
        self.write(self.margin, 66, line, 7.5)
        self.rule(74, weight=1.2)
        return 110

    def head_plain(self) -> float:
        """No letterhead: the sender is a panel with a heading among the parties."""
        self.write(_WIDTH / 2, 56, self.word("title").upper(), 18, bold=True, align="middle")
        return 92

    # -- debtor and facts

    def parties(self, y: float) -> float:
        heading = (self.word("to") + (":" if self.plan.turn % 2 else ""), True)
        rows = self.debtor_rows(identified=self.plan.debtor != 1)
        titled = self.plan.head in {1, 3}
        if self.plan.head == 3:
            seller = [(self.word("from"), True), *self.seller_rows(named=True, identified=True)]
            low = max(
                self.panel(self.margin, y, _Panel(seller, self.size)),
                self.panel(320, y, _Panel([heading, *rows], self.size)),
            )
            return self.facts(low + 12, titled=titled)
        if self.plan.debtor == 0:
            low = self.panel(self.margin, y, _Panel([heading, *rows], self.size))
        elif self.plan.debtor == 1:
            low = self.panel(self.margin, max(y, 140), _Panel(rows, 10.5)) + 10
        else:
            panel = _Panel([heading, *rows], self.size)
            self.canvas.setLineWidth(0.5)
            self.canvas.rect(310, _HEIGHT - y - panel.height - 2, _WIDTH - self.margin - 310, panel.height + 16)
            low = self.panel(318, y, panel) + 8
        return self.facts(low + 12, titled=titled)

    def facts(self, y: float, *, titled: bool) -> float:
        if not titled and self.plan.facts != 3:
            self.write(self.margin, y + 8, self.word("title"), 15, bold=True)
            y += 26
        build: Callable[[float], float] = (
            self.facts_list,
            self.facts_grid,
            self.facts_right,
            self.facts_sentence,
            self.facts_bar,
        )[self.plan.facts]
        return build(y)

    def facts_list(self, y: float) -> float:
        for label, value in self.pairs():
            self.write(self.margin, y, f"{label}:")
            self.write(self.margin + 140, y, value)
            y += self.size * 1.5
        return y

    def facts_grid(self, y: float) -> float:
        """A table of one row: labels in its head, boxed values below."""
        pairs = self.pairs()[:4]
        width = (_WIDTH - 2 * self.margin) / len(pairs)
        for place, (label, value) in enumerate(pairs):
            x = self.margin + place * width
            self.canvas.setLineWidth(0.4)
            self.canvas.rect(x, _HEIGHT - y - 22, width, 34)
            self.write(x + 5, y, label, 7.5)
            self.write(x + 5, y + 15, value, 9.5, bold=True)
        return y + 32

    def facts_right(self, y: float) -> float:
        for label, value in self.pairs():
            self.write(_WIDTH - self.margin - 110, y, label, 8.5, align="right")
            self.write(_WIDTH - self.margin, y, value, 8.5, bold=True, align="right")
            y += 13
        return y

    def facts_sentence(self, y: float) -> float:
        """All three in one heading."""
        said = self.word("sentence").format(
            number=self.invoice.number, issued=self.day(self.invoice.issue_date), due=self.day(self.invoice.due_date)
        )
        self.write(self.margin, y + 6, said, 12, bold=True)
        return y + 20

    def facts_bar(self, y: float) -> float:
        """Pairs behind one another in two rows, label and value with a colon."""
        pairs = self.pairs()
        for start in range(0, len(pairs), 3):
            for place, (label, value) in enumerate(pairs[start : start + 3]):
                self.write(self.margin + place * 170, y, f"{label}: {value}", 8)
            y += 14
        return y

    # -- lines

    def table(self, y: float) -> float:
        if self.plan.table == 1:
            self.write(self.margin, y, self.word("greet"))
            y += 20
        y = self.table_head(y)
        for place, item in enumerate(self.invoice.items, start=1):
            if y > _HEIGHT - 90:
                y = self.table_head(self.turn_over())
            y = self.line(y, place, item)
        self.rule(y - self.size + 3)
        return y

    def columns(self) -> list[tuple[str, float, Align]]:
        """(label, place, alignment)."""
        right, left = _WIDTH - self.margin, self.margin
        shown: list[tuple[str, float, Align]] = [(self.word("what"), left + (0 if self.plan.table == 2 else 26), "left"), (self.word("count"), right - 170, "right"),
                 (self.word("each"), right - 85, "right"), (self.word("line"), right, "right")]  # fmt: skip
        return shown if self.plan.table == 2 else [("#", left, "left"), *shown]

    def table_head(self, y: float) -> float:
        if self.plan.table == 0:
            self.canvas.setFillGray(0.88)
            self.canvas.rect(
                self.margin - 3, _HEIGHT - y - 4, _WIDTH - 2 * self.margin + 6, self.size + 6, stroke=0, fill=1
            )
            self.canvas.setFillGray(0)
        for label, x, align in self.columns():
            self.write(x, y, label, self.size - 0.5, bold=True, align=align)
        if self.plan.table:
            self.rule(y + 4)
        return y + self.size * 1.9

    def line(self, y: float, place: int, item: Item) -> float:
        texts = [item.description, str(item.quantity), self.bare(item.unit_price), self.bare(item.net)]
        if self.plan.table != 2:
            texts.insert(0, str(place))
        for text, (_, x, align) in zip(texts, self.columns(), strict=True):
            self.write(x, y, text, align=align)
        return y + self.size * 1.55

    def turn_over(self) -> float:
        self.write(_WIDTH - self.margin, _HEIGHT - 30, str(self.page), 7, align="right")
        self.canvas.showPage()
        self.page += 1
        self.write(self.margin, 44, f"{self.invoice.seller.name}", 8)
        return 70

    # -- sums

    def sums(self, y: float) -> float:
        if y > _HEIGHT - 230:
            y = self.turn_over()
        return (self.sums_column, self.sums_breakdown, self.sums_boxed, self.sums_row)[self.plan.sums](y)

    def sums_column(self, y: float) -> float:
        rows = self.sum_rows()
        for place, (label, value) in enumerate(rows):
            self.write(_WIDTH - self.margin - 120, y, label, align="right", bold=place == len(rows) - 1)
            self.write(_WIDTH - self.margin, y, value, align="right", bold=place == len(rows) - 1)
            y += self.size * 1.6
        return y

    def sums_breakdown(self, y: float) -> float:
        """VAT by rate in a table of its own at the left, the sums at the right."""
        invoice, left = self.invoice, self.margin
        start = y
        if invoice.vat:
            for x, label in ((0, "rate"), (120, "base"), (200, "vat")):
                self.write(left + x, y, self.word(label), 7.5, bold=True, align="right" if x else "left")
            for rate, (base, vat) in invoice.vat_by_rate.items():
                y += 12
                self.write(left, y, percent(rate, invoice.language), 7.5)
                self.write(left + 120, y, self.bare(base), 7.5, align="right")
                self.write(left + 200, y, self.bare(vat), 7.5, align="right")
        rows = self.sum_rows()
        if invoice.vat:
            rows[1 : 1 + len(invoice.vat_by_rate)] = [(self.word("vat"), self.money(invoice.vat))]
        for label, value in rows:
            self.write(330, start, label)
            self.write(_WIDTH - self.margin, start, value, align="right")
            start += self.size * 1.6
        return max(start, y + 12)

    def sums_boxed(self, y: float) -> float:
        """A grid: every pair in its own frame."""
        for label, value in self.sum_rows():
            self.canvas.setLineWidth(0.4)
            self.canvas.rect(300, _HEIGHT - y - 5, _WIDTH - self.margin - 300, 18)
            self.write(306, y, label)
            self.write(_WIDTH - self.margin - 6, y, value, align="right")
            y += 18
        return y

    def sums_row(self, y: float) -> float:
        """All but the last in a small line, the last one large."""
        *rows, (label, value) = self.sum_rows()
        for small, units in rows:
            self.write(_WIDTH - self.margin - 90, y, small, 8, align="right")
            self.write(_WIDTH - self.margin, y, units, 8, align="right")
            y += 12
        self.rule(y - 4, 300)
        self.write(300, y + 12, label, 12, bold=True)
        self.write(_WIDTH - self.margin, y + 12, value, 12, bold=True, align="right")
        return y + 24

    # -- what follows

    def closing(self, y: float) -> None:
        invoice = self.invoice
        if self.plan.facts in {0, 2}:
            said = self.word("please").format(due=self.day(invoice.due_date), number=invoice.number)
            self.write(self.margin, y, said)
            y += 18
        if self.style.money == "bare":
            note = {"en": "Currency", "de": "Währung", "fr": "Devise", "es": "Moneda", "it": "Valuta"}[invoice.language]
            self.write(self.margin, y, f"{note}: {invoice.currency}")
            y += 16
        bank = [self.word("bank"), _BANKS[invoice.language], *self.account(self.mark, grouped=self.plan.turn % 2 == 1)]
        if self.plan.foot == 0:
            self.panel(self.margin, y, _Panel([(text, place == 0) for place, text in enumerate(bank)], 8.5))
        identified = "seller_vat_id" in self.printed
        if self.plan.foot == 1:
            self.rule(_HEIGHT - 66)
            self.panel(self.margin, _HEIGHT - 54, _Panel(self.seller_rows(named=True, identified=not identified), 7))
            self.panel(240, _HEIGHT - 54, _Panel([(self.told.web, False), (invoice.seller.email, False)], 7))
            self.panel(390, _HEIGHT - 54, _Panel([(text, False) for text in bank[1:]], 7))
        if self.plan.foot == 2:
            line = " · ".join([invoice.seller.name, *([] if identified else self.seller_vat(self.mark)), *bank[1:]])
            self.write(_WIDTH / 2, _HEIGHT - 40, line, 6.5, align="middle")
