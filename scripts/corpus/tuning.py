# ruff: noqa: E501, PLR2004 - tables of words, and places on paper
"""Twenty-four layouts to tune the reader on, drawn line by line. Never used to say how well it reads.

A layout places six parts (sender, debtor, facts, lines, totals, foot) in its own way; its words come from a list per
language, turned on by the layout's number.
"""

import random

from reportlab.pdfbase import pdfmetrics

from corpus.facts import Facts, Names, invent
from corpus.fonts import FAMILIES, register
from corpus.printed import MoneyStyle, Printed
from corpus.sheets import ALWAYS, Drawing, Words, address
from invoice_files import Language

LAYOUTS = tuple(f"tuning-{number:02}" for number in range(24))
NAMES: Names = {
    "GB": ["Heron Valley Supplies Ltd", "Calder Roofing Limited", "Whitcombe Bakery Ltd", "Foxglove Studio LLP"],
    "IE": ["Shannon Glass Limited", "Burren Dairy Ltd"],
    "US": ["Copper Ridge Parts Inc.", "Sandhill Design LLC", "Oakmont Labs Corp."],
    "DE": ["Nordlicht Werbung GmbH", "Haller Werkzeugbau AG", "Bergmann & Partner KG", "Rosenthaler Papier GmbH", "Kiesel IT e.K."],
    "AT": ["Alpenblick Textil GmbH", "Wagner Logistik KG"],
    "CH": ["Uhrenwerk Jura AG", "Zellweger Papier GmbH"],
    "FR": ["Menuiserie Roussel SARL", "Editions Perrin SAS", "Fonderie Leclerc SA", "Garage Morvan EURL"],
    "BE": ["Chocolats Wouters SA", "Etablissements Claes SRL"],
    "ES": ["Suministros Robledo S.L.", "Aceites del Sur S.A.", "Carpintería Nogal S.L.U.", "Gráficas Lorca S.L."],
    "IT": ["Meccanica Rinaldi S.r.l.", "Cantine Moretti S.p.A.", "Arredi Conti S.n.c.", "Tipografia Luce S.r.l."],
}  # fmt: skip
STREETS: dict[str, list[str]] = {
    "GB": ["Station Road|York YO1 6GA", "High Street|Exeter EX4 3LF"],
    "IE": ["Patrick Street|Cork T12 W8KP", "Main Street|Dublin D02 X285"],
    "US": ["Elm Street|Portland, OR 97205", "Market Street|Austin, TX 78701"],
    "DE": ["Industriestraße|90402 Nürnberg", "Ringstr.|50667 Köln", "Am Markt|01067 Dresden"],
    "AT": ["Landstraße|5020 Salzburg", "Ringgasse|8010 Graz"],
    "CH": ["Dorfstrasse|6003 Luzern", "Rue du Lac|1003 Lausanne"],
    "FR": ["rue de la Paix|67000 Strasbourg", "boulevard Voltaire|44000 Nantes", "chemin Vert|06000 Nice"],
    "BE": ["rue Royale|5000 Namur", "Grand Place|7000 Mons"],
    "ES": ["Calle Real|41004 Sevilla", "Plaza España|50001 Zaragoza"],
    "IT": ["Via Roma|40121 Bologna", "Piazza Dante|37121 Verona", "Viale Trieste|34121 Trieste"],
}
_WORDS: Words = {
    "en": {"title": "Invoice|INVOICE|Sales Invoice|Tax invoice", "number": "Invoice number|No.|Invoice no|Document number|Reference",
           "issued": "Invoice date|Date|Dated|Issue date", "due": "Due date|Payable by|Pay before|Due on", "to": "Bill to|Client|Sold to|To|Buyer",
           "other": "Order no.|Customer no.|Delivery note|Contact", "items": "Description|Qty|Price|Total", "net": "Net|Sub-total|Net total|Total before VAT",
           "vat": "VAT|VAT amount|Value added tax", "gross": "Total|Total due|Gross total|Amount payable|Total amount", "prepaid": "Deposit|Already paid|Advance|Paid on account",
           "payable": "Amount due|To pay|Outstanding balance|Remaining", "vat_id": "VAT ID|VAT|VAT Registration", "your_vat": "Your VAT ID|Client VAT no.",
           "account": "IBAN|Account|Payment to", "terms": "Terms: {} days net"},
    "de": {"title": "Rechnung|RECHNUNG|Ausgangsrechnung", "number": "Rechnungs-Nr.|Nr.|Rechnungsnummer|Belegnummer|Rg.-Nr.",
           "issued": "Rechnungsdatum|Datum|vom|Belegdatum", "due": "Fällig am|zahlbar bis|Zahlbar bis zum|Fälligkeitsdatum", "to": "Rechnung an|Kunde|Empfänger|Auftraggeber|Rechnungsadresse",
           "other": "Auftrags-Nr.|Kundennummer|Lieferschein|Ansprechpartner", "items": "Artikel|Menge|Preis|Gesamt", "net": "Netto|Nettosumme|Warenwert netto|Summe",
           "vat": "MwSt|Umsatzsteuer|USt", "gross": "Gesamtsumme|Rechnungssumme|Brutto|Gesamt|Summe inkl. MwSt.", "prepaid": "Anzahlung|erhaltene Anzahlung|Vorauszahlung",
           "payable": "Zahlbetrag|noch offen|zu überweisen|Restsumme", "vat_id": "USt-IdNr.|USt-Id|Ust.-ID-Nr.", "your_vat": "Ihre USt-IdNr.|USt-Id des Kunden",
           "account": "IBAN|Konto|Überweisung an", "terms": "Zahlungsziel: {} Tage"},
    "fr": {"title": "Facture|FACTURE|Facture de vente", "number": "N° facture|Facture N°|Numéro de facture|Référence|N°",
           "issued": "Date de facture|Date|En date du|Le", "due": "Échéance|Payable le|Date limite de paiement|Échéance le", "to": "Client|Facturé à|Acheteur|Adresse de facturation|À l'attention de",
           "other": "N° commande|Réf. client|Bon de livraison|Contact", "items": "Désignation|Qté|P.U.|Montant", "net": "Total HT|Total net HT|Base HT|Montant hors taxes",
           "vat": "TVA|T.V.A.|Total TVA", "gross": "Total TTC|TOTAL TTC|Montant total TTC|Total général", "prepaid": "Acompte|Acomptes versés|Avance reçue",
           "payable": "Net à payer|À payer|Montant dû|Reste dû", "vat_id": "TVA|N° TVA|TVA intracommunautaire", "your_vat": "N° TVA client|TVA de l'acheteur",
           "account": "IBAN|Compte|Virement à", "terms": "Conditions: {} jours"},
    "es": {"title": "Factura|FACTURA|Factura de venta", "number": "Número|Factura n.º|Nº factura|Núm. factura|Referencia",
           "issued": "Fecha|Fecha de la factura|Fecha expedición|Con fecha", "due": "Vencimiento|Fecha vto.|Fecha límite|Pagar antes de", "to": "Cliente|Facturado a|Destinatario|Comprador|A nombre de",
           "other": "Pedido|Nº de cliente|Albarán|Contacto", "items": "Concepto|Cantidad|Precio|Importe", "net": "Base imponible|Total neto|Neto|Total sin IVA",
           "vat": "IVA|I.V.A.|Total IVA", "gross": "Total|Total factura|TOTAL FACTURA|Importe total|Total IVA incluido", "prepaid": "A cuenta|Anticipo recibido|Ya pagado",
           "payable": "A pagar|Resto a pagar|Saldo pendiente|Líquido a pagar", "vat_id": "NIF|CIF|N.I.F.", "your_vat": "NIF del cliente|CIF/NIF cliente",
           "account": "IBAN|Cuenta|Transferencia a", "terms": "Condiciones: {} días"},
    "it": {"title": "Fattura|FATTURA|Fattura di vendita", "number": "Numero|Fattura nr.|N. fattura|Nr. documento|Riferimento",
           "issued": "Data|Data fattura|del|Data emissione", "due": "Scadenza|Scade il|Pagamento entro|Data di scadenza", "to": "Cliente|Spettabile|Fatturato a|Acquirente|Cessionario",
           "other": "Ordine|Codice cliente|DDT|Riferimento ordine", "items": "Descrizione|Q.tà|Prezzo|Importo", "net": "Imponibile|Totale netto|Netto|Totale imponibile",
           "vat": "IVA|I.V.A.|Imposta", "gross": "Totale|Totale fattura|TOTALE|Totale documento|Totale IVA inclusa", "prepaid": "Acconto|Già pagato|Anticipo",
           "payable": "Da pagare|Netto a pagare|Residuo da pagare|Saldo", "vat_id": "P.IVA|Partita IVA|P. IVA", "your_vat": "P.IVA cliente|Partita IVA cliente",
           "account": "IBAN|Conto|Bonifico su", "terms": "Termini: {} giorni"},
}  # fmt: skip
_MONEY: tuple[MoneyStyle, ...] = ("code-after", "after", "bare", "before", "code-before")
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 547, 800, 70
_TAX_FREE = "USD"


def facts(chance: random.Random, language: Language) -> Facts:
    return invent(chance, language, NAMES, STREETS)


def sheet(layout: str, told: Facts, seed: int) -> tuple[bytes, Printed]:
    """The PDF in this layout, and which fields it prints."""
    register()
    drawn = _Sheet(LAYOUTS.index(layout), told, random.Random(seed))  # noqa: S311 - repeatable
    return drawn.draw(), frozenset(drawn.printed)


class _Sheet(Drawing):
    def __init__(self, number: int, told: Facts, chance: random.Random) -> None:
        super().__init__(
            told,
            _WORDS,
            number,
            money=_MONEY[number % 5],
            dates=(number + 1) % 4,
            faces=FAMILIES[number % len(FAMILIES)],
            size=(9, 10, 8.5, 11, 9.5)[number % 5],
            printed=ALWAYS - {"due_date"},
        )
        self.number, self.chance = number, chance

    def draw(self) -> bytes:
        y = (self._sender_left, self._sender_centred, self._sender_right, self._sender_foot_only)[self.number % 4]()
        y = (self._debtor_window, self._debtor_right, self._debtor_beside, self._debtor_line)[self.number // 2 % 4](y)
        y = (self._facts_stacked, self._facts_titled, self._facts_row, self._facts_right, self._facts_dotted)[
            self.number % 5
        ](y)
        y = self._lines(y - 26)
        y = (self._totals_right, self._totals_left, self._totals_across, self._totals_dotted)[self.number // 3 % 4](
            y - 18
        )
        self._payment(min(y - 30, 400))
        self._foot()
        return self.saved()

    # -- who sends

    def _sender_left(self) -> float:
        seller = self.invoice.seller
        self.put(_LEFT, _TOP, seller.name, 16, bold=True)
        return (
            self.stack(
                _LEFT, _TOP - 18, [seller.street, seller.town, self.told.phone, seller.email, *self.seller_vat()], 8
            )
            - 16
        )

    def _sender_centred(self) -> float:
        seller = self.invoice.seller
        self.put(297, _TOP, seller.name.upper() if self.number % 8 == 5 else seller.name, 14, bold=True, align="middle")
        self.put(297, _TOP - 14, f"{seller.street} - {seller.town} - {self.told.web}", 8, align="middle")
        self.canvas.line(_LEFT, _TOP - 22, _RIGHT, _TOP - 22)
        return _TOP - 60

    def _sender_right(self) -> float:
        seller = self.invoice.seller
        self.put(_RIGHT, _TOP, seller.name, 12, bold=True, align="right")
        self.stack(_RIGHT, _TOP - 14, [seller.street, seller.town, self.told.web, *self.seller_vat()], 8, align="right")
        return _TOP - 70

    def _sender_foot_only(self) -> float:
        """A logo nobody can read; the name stands above the window and in the foot."""
        self.canvas.setFillGray(0.6)
        self.canvas.circle(_LEFT + 20, _TOP, 18, fill=1, stroke=0)
        self.canvas.setFillGray(0)
        seller = self.invoice.seller
        self.put(_LEFT, _TOP - 55, f"{seller.name} · {seller.street} · {seller.town}", 7)
        return _TOP - 70

    # -- who owes

    def _debtor_window(self, y: float) -> float:
        return self.stack(_LEFT, y, address(self.invoice.debtor), 10) - 24

    def _debtor_right(self, y: float) -> float:
        self.put(340, y, f"{self.word('to')}:", 8, bold=True)
        return self.stack(340, y - 13, address(self.invoice.debtor) + self.debtor_vat()) - 20

    def _debtor_beside(self, y: float) -> float:
        """Debtor left, delivery address right: two addresses, one debtor."""
        self.put(_LEFT, y, self.word("to"), bold=True)
        ship = {
            "en": "Deliver to",
            "de": "Lieferanschrift",
            "fr": "Adresse de livraison",
            "es": "Dirección de envío",
            "it": "Indirizzo di consegna",
        }
        self.put(330, y, ship[self.invoice.language], bold=True)
        street, town = self.chance.choice(STREETS["DE" if self.invoice.language == "de" else "FR"]).split("|")
        self.stack(330, y - 14, [f"{street} {self.chance.randrange(1, 99)}", town])
        return self.stack(_LEFT, y - 14, address(self.invoice.debtor) + self.debtor_vat()) - 20

    def _debtor_line(self, y: float) -> float:
        debtor = self.invoice.debtor
        self.put(_LEFT, y, f"{self.word('to')}: {debtor.name}")
        self.put(_LEFT, y - 13, f"{debtor.street}, {debtor.town}")
        for text in self.debtor_vat():
            self.put(_LEFT, y - 26, text)
        return y - 50

    # -- facts

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = self.fact_rows(due=self.number % 6 != 4)
        extra = [
            (self.word("other"), self.told.order_number),
            (self.word("other", self.number + 1), self.told.customer_number),
        ]
        return pairs + extra[: self.number % 3]

    def _facts_stacked(self, y: float) -> float:
        self.put(_LEFT, y, self.word("title"), 17, bold=True)
        for label, value in self._pairs():
            y -= 15
            self.put(_LEFT, y, label, bold=True)
            self.put(_LEFT + 130, y, value)
        return y

    def _facts_titled(self, y: float) -> float:
        (_, number), (_, issued), *rest = self._pairs()
        of = {"en": "of", "de": "vom", "fr": "du", "es": "de fecha", "it": "del"}[self.invoice.language]
        sign = {"en": "No.", "de": "Nr.", "fr": "N°", "es": "Nº", "it": "n."}[self.invoice.language]
        self.put(_LEFT, y, f"{self.word('title', 0)} {sign} {number} {of} {issued}", 14, bold=True)
        for label, value in rest:
            y -= 15
            self.put(_LEFT, y, f"{label}: {value}")
        return y

    def _facts_row(self, y: float) -> float:
        self.put(_LEFT, y, self.word("title"), 17, bold=True)
        pairs = self._pairs()
        for place, (label, value) in enumerate(pairs):
            x = _LEFT + place * (_RIGHT - _LEFT) / len(pairs)
            self.put(x, y - 20, label, 7.5, bold=True)
            self.put(x, y - 32, value, 9)
        self.canvas.rect(_LEFT - 4, y - 38, _RIGHT - _LEFT + 8, 30)
        return y - 38

    def _facts_right(self, y: float) -> float:
        """Beside the address: labels end where values begin."""
        self.put(_LEFT, y, self.word("title"), 17, bold=True)
        for label, value in self._pairs():
            y -= 14
            self.put(440, y, f"{label}:", align="right")
            self.put(448, y, value)
        return y

    def _facts_dotted(self, y: float) -> float:
        self.put(297, y, self.word("title"), 17, bold=True, align="middle")
        for label, value in self._pairs():
            y -= 15
            self.put(_LEFT, y, f"{label} : {value}")
        return y

    # -- lines

    def _lines(self, y: float) -> float:
        columns = (_LEFT, 360, 450, _RIGHT)
        self._table_head(y, columns)
        y -= 8
        for place, item in enumerate(self.invoice.items, 1):
            y -= 15
            if y < _BOTTOM + 30:
                carried = {
                    "en": "Carried over",
                    "de": "Übertrag",
                    "fr": "Report",
                    "es": "Suma y sigue",
                    "it": "Riporto",
                }[self.invoice.language]
                so_far = sum(one.net for one in self.invoice.items[: place - 1])
                if self.number % 2:
                    self.put(360, y, carried, align="right")
                    self.put(_RIGHT, y, self.bare(so_far), align="right")
                self._foot()
                self.canvas.showPage()
                y = _TOP - 20
                self._table_head(y + 12, columns)
                y -= 8
            self.put(columns[0], y, f"{place}. {item.description}" if self.number % 2 else item.description)
            for x, text in zip(
                columns[1:], (str(item.quantity), self.bare(item.unit_price), self.bare(item.net)), strict=True
            ):
                self.put(x, y, text, align="right")
        self.canvas.line(_LEFT, y - 6, _RIGHT, y - 6)
        if y < _BOTTOM + 160:
            self._foot()
            self.canvas.showPage()
            y = _TOP - 20
        return y

    def _table_head(self, y: float, columns: tuple[float, ...]) -> None:
        for x, text in zip(columns, self.words["items"], strict=True):
            self.put(x, y, text, bold=True, align="left" if x == _LEFT else "right")
        self.canvas.line(_LEFT, y - 4, _RIGHT, y - 4)

    # -- totals

    def _sums(self) -> list[tuple[str, str]]:
        return self.sum_rows(prepaid_sign=1 if self.number % 2 else -1)

    def _totals_right(self, y: float) -> float:
        for label, value in self._sums():
            self.put(330, y, label)
            self.put(_RIGHT, y, value, align="right")
            y -= 15
        return y

    def _totals_left(self, y: float) -> float:
        for label, value in self._sums():
            self.put(_LEFT, y, f"{label}: {value}", bold=True)
            y -= 15
        return y

    def _totals_across(self, y: float) -> float:
        """Names in a row, amounts in the row below."""
        sums = self._sums()
        for place, (label, value) in enumerate(sums):
            x = _LEFT + (place + 1) * (_RIGHT - _LEFT) / len(sums)
            self.put(x, y, label, 8, bold=True, align="right")
            self.put(x, y - 14, value, 9, align="right")
        return y - 30

    def _totals_dotted(self, y: float) -> float:
        for label, value in self._sums():
            self.put(300, y, label)
            start = 300 + pdfmetrics.stringWidth(label, self.faces[0], self.size) + 4
            end = _RIGHT - pdfmetrics.stringWidth(value, self.faces[0], self.size) - 4
            dots = int((end - start) / pdfmetrics.stringWidth(".", self.faces[0], self.size))
            self.put(start, y, "." * max(dots, 0))
            self.put(_RIGHT, y, value, align="right")
            y -= 15
        return y

    # -- payment and foot

    def _payment(self, y: float) -> None:
        if "due_date" not in self.printed:
            y = self.stack(_LEFT, y, [self.word("terms").format(self.told.terms_days)])
        if self.style.money == "bare":
            note = {
                "en": "All amounts in",
                "de": "Alle Beträge in",
                "fr": "Montants en",
                "es": "Importes en",
                "it": "Importi in",
            }
            y = self.stack(_LEFT, y, [f"{note[self.invoice.language]} {self.invoice.currency}"], 8)
        for text in self.account():
            label = self.word("account")
            self.put(_LEFT, y, text if label == "IBAN" else f"{label} {text}")

    def _foot(self) -> None:
        seller = self.invoice.seller
        if self.number % 4 == 3:
            self.put(_LEFT, 44, f"{seller.name}  {self.told.register}", 7)
            for text in self.seller_vat():
                self.put(_RIGHT, 44, text, 7, align="right")
        elif self.number % 2:
            self.put(297, 40, " | ".join([seller.name, self.told.web, *self.seller_vat()]), 7, align="middle")
