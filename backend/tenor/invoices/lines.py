"""PURE: the invoice's lines, by what makes one: quantity times price is its sum. Never one that does not multiply."""

from dataclasses import dataclass
from itertools import combinations

from tenor.invoices.layout import Cell, Line
from tenor.invoices.numbers import Amount, Decimal, amounts_in

_QUANTITY_MAX = 1_000_000
_AMOUNTS_MAX = 8


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """`quantity` in thousandths, `price_units` and `net_units` in the currency's minor unit."""

    text: str
    quantity_milli: int
    price_units: int
    net_units: int
    cell: Cell


def invoice_lines(lines: list[Line], decimal: Decimal | None, places: int) -> list[InvoiceLine]:
    """Every line whose last amount is the product of two numbers before it, to the minor unit."""
    found = []
    for line in lines:
        numbers = [(cell, amount) for cell in line.cells for amount in amounts_in(cell, decimal, places)]
        one = _product([amount for _, amount in numbers[-_AMOUNTS_MAX:]], places)
        if one is not None:
            quantity, price, net = one
            found.append(InvoiceLine(line.cells[0].text, quantity, price, net.meanings[0], net.cell))
    return found


def _product(amounts: list[Amount], places: int) -> tuple[int, int, Amount] | None:
    """Quantity (in thousandths), price and sum among the numbers of one line; the sum stands last or nearly so."""
    scale = 10**places
    for net in reversed(amounts[2:]):
        if not net.has_decimals and places:
            continue
        before = amounts[: amounts.index(net)]
        for quantity, price in combinations(before, 2):
            count, each = quantity.meanings[0], price.meanings[0]
            if not (0 < count <= _QUANTITY_MAX * scale and each and (price.has_decimals or not places)):
                continue
            if (2 * abs(count * each - net.meanings[0] * scale)) <= scale:
                return count * 1_000 // scale, each, net
    return None
