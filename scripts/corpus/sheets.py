"""What made-up invoices have in common while they are set: words, values, rows. Never where on the paper they go."""

import io
from collections.abc import Iterable
from datetime import date
from typing import Literal

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.facts import Facts
from corpus.printed import MoneyStyle, Printed, Style, amount, day, in_groups, percent
from invoice_files import Language, Party

Words = dict[Language, dict[str, str]]
"""Language -> name of a label -> its wordings, parted by bars."""
Align = Literal["left", "middle", "right"]
ALWAYS: Printed = frozenset(
    {"number", "type", "issue_date", "due_date", "currency", "seller_name", "debtor_name", "gross", "amount_due"}
)
"""What nearly every sheet shows; the rest is noted in `printed` as it is written."""
_SHIFT: dict[Align, float] = {"left": 0.0, "middle": 0.5, "right": 1.0}


class Sheet:
    """One invoice in one layout's habits: `turn` picks its wordings, `money` and `dates` how it writes values."""

    def __init__(
        self, told: Facts, words: Words, turn: int, *, money: MoneyStyle, dates: int, printed: Printed = ALWAYS
    ) -> None:
        self.told, self.invoice, self.turn = told, told.invoice, turn
        self.words = {name: several.split("|") for name, several in words[told.invoice.language].items()}
        self.style = Style(money, dates, swiss=told.invoice.currency == "CHF")
        self.printed = set(printed)

    def word(self, name: str, turn: int | None = None) -> str:
        several = self.words[name]
        return several[(self.turn if turn is None else turn) % len(several)]

    def money(self, units: int) -> str:
        return amount(units, self.invoice, self.style)

    def bare(self, units: int) -> str:
        return amount(units, self.invoice, Style("bare", 0, swiss=self.style.swiss))

    def day(self, when: date) -> str:
        return day(when, self.invoice, self.style)

    def fact_rows(self, *, due: bool = True) -> list[tuple[str, str]]:
        """Number and date; the due date unless the layout prints its terms in days."""
        rows = [(self.word("number"), self.invoice.number), (self.word("issued"), self.day(self.invoice.issue_date))]
        if due:
            self.printed.add("due_date")
            rows.append((self.word("due"), self.day(self.invoice.due_date)))
        return rows

    def sum_rows(self, *, label: str = "{vat} {rate}", prepaid_sign: int = -1) -> list[tuple[str, str]]:
        """Net and VAT where there is VAT, the gross amount, and after a prepayment what is left to pay."""
        invoice, rows = self.invoice, []
        if invoice.vat:
            self.printed |= {"net", "vat"}
            rows.append((self.word("net"), self.money(invoice.net)))
            for bps, (_, vat) in invoice.vat_by_rate.items():
                rate = percent(bps, invoice.language)
                rows.append((label.format(vat=self.word("vat"), rate=rate), self.money(vat)))
        rows.append((self.word("gross"), self.money(invoice.gross)))
        if invoice.prepaid:
            self.printed.add("prepaid")
            rows.append((self.word("prepaid"), self.money(prepaid_sign * invoice.prepaid)))
            rows.append((self.word("payable"), self.money(invoice.amount_due)))
        return rows

    def seller_vat(self, mark: str = ":") -> list[str]:
        """The seller's VAT id behind its label and `mark`; nothing where there is none."""
        return self._identified("vat_id", "seller_vat_id", self.invoice.seller, mark)

    def debtor_vat(self, mark: str = ":") -> list[str]:
        return self._identified("your_vat", "debtor_vat_id", self.invoice.debtor, mark)

    def account(self, mark: str = "", *, grouped: bool = True) -> list[str]:
        """The seller's IBAN, in fours where `grouped`; nothing where there is none."""
        iban = self.invoice.seller.iban
        if not iban:
            return []
        self.printed.add("seller_iban")
        return [f"IBAN{mark} {in_groups(iban) if grouped else iban}"]

    def _identified(self, label: str, field: str, party: Party, mark: str) -> list[str]:
        if not party.vat_id:
            return []
        self.printed.add(field)
        return [f"{self.word(label)}{mark} {party.vat_id}"]


class Drawing(Sheet):
    """A sheet drawn text by text on A4; places are points from the lower left corner, as PDF has them."""

    leading = 1.3

    def __init__(
        self, told: Facts, words: Words, turn: int, *, money: MoneyStyle, dates: int, faces: tuple[str, str],
        size: float, printed: Printed = ALWAYS,
    ) -> None:  # fmt: skip
        super().__init__(told, words, turn, money=money, dates=dates, printed=printed)
        self.faces, self.size = faces, size
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4, invariant=1)

    def put(
        self, x: float, y: float, text: str, size: float = 0, *, bold: bool = False, align: Align = "left"
    ) -> float:
        """Text that begins, ends or has its middle at x; the y of a line below it comes back."""
        face, size = self.faces[bold], size or self.size
        self.canvas.setFont(face, size)
        self.canvas.drawString(x - _SHIFT[align] * stringWidth(text, face, size), y, text)
        return y - size * self.leading

    def stack(
        self, x: float, y: float, rows: Iterable[str], size: float = 0, *, align: Align = "left",
        bold_first: bool = False,
    ) -> float:  # fmt: skip
        """Rows below one another; the y of a line below the last comes back."""
        for place, row in enumerate(rows):
            y = self.put(x, y, row, size, bold=bold_first and place == 0, align=align)
        return y

    def saved(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


def address(party: Party) -> list[str]:
    return [party.name, party.street, party.town]
