"""PURE: printed amounts to integer minor units, never by float. Where a text can mean two amounts, both come back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tenor.invoices.layout import Cell

Decimal = Literal[".", ","]

_NO_MINOR_UNITS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"]
)
_THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "rs": "INR", "rs.": "INR", "us$": "USD", "fr.": "CHF",
           "sfr.": "CHF", "zł": "PLN", "kč": "CZK", "a$": "AUD", "c$": "CAD", "r$": "BRL"}  # fmt: skip
CODES = frozenset(
    [
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "ISK",
        "TRY",
        "JPY",
        "CNY",
        "INR",
        "AUD",
        "CAD",
        "NZD",
        "BRL",
        "MXN",
        "ZAR",
        "SGD",
        "HKD",
        "AED",
        "KES",
        "NGN",
    ]
)
_MARK = r"(?:€|£|¥|₹|\$|zł|Kč|US\$|A\$|C\$|R\$|S?Fr\.|Rs\.?|" + "|".join(sorted(CODES)) + ")"
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+(?:[.,]\d{1,3})?|\d+(?:[.,]\d{1,3})?"
_TWO_DECIMALS, _SPACES, _MARKS = re.compile(r"[.,]\d{2}$"), re.compile(r"[ \u00a0\u202f'’]"), re.compile(r"[.,]")
_AMOUNT = re.compile(
    rf"(?<![\w.,/'’-])(?P<before>{_MARK})?\s?(?P<sign>[-−–(])?\s?(?P<mark2>{_MARK})?\s?"
    rf"(?P<digits>{_DIGITS})(?:,-|\.-)?(?P<close>\))?(?P<sign_after>-(?!\w))?\s?(?P<after>{_MARK})?"
    r"(?![\w/]|[.,]\d|\s?%|['’-]\d)"
)
_TWO_DECIMALS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,'’ ]\d{3})*(?P<mark>[.,])\d{2}(?![\d.,%])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount: what it can mean in minor units, most likely first, and its currency mark if it has one."""

    meanings: tuple[int, ...]
    currency: str | None
    has_decimals: bool
    cell: Cell


def exponent(currency: str | None) -> int:
    """Decimals of a currency's minor unit (ISO 4217); 2 when unknown."""
    if currency in _NO_MINOR_UNITS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def decimal_mark(texts: Iterable[str]) -> Decimal | None:
    """How this document writes decimals, by the amounts that leave no doubt; None when it does not show."""
    votes = {".": 0, ",": 0}
    for text in texts:
        for match in _TWO_DECIMALS.finditer(text):
            votes[match["mark"]] += 1
    if votes[","] > 2 * votes["."]:
        return ","
    return "." if votes["."] > 2 * votes[","] else None


def parse_amount(digits: str, decimal: Decimal | None, places: int) -> tuple[int, ...]:
    """What `digits` (no sign, no currency) can mean, in units of 10^-places; the likelier first, () if nothing.

    `1.234` is 1234 where the document's decimal mark is a comma, 1.234 where it is a point and `places` is 3, and both
    readings are returned where the document does not show its mark.
    """
    text = _SPACES.sub("", digits)
    marks = [char for char in text if char in ".,"]
    if not marks:
        return (int(text) * 10**places,)
    last = marks[-1]
    whole, _, fraction = text.rpartition(last)
    if len(set(marks)) == 2:  # noqa: PLR2004  -- both marks: the last one is the decimal
        return _scaled(whole, fraction, places) if text.count(last) == 1 else ()
    if len(marks) > 1:  # one mark repeated groups thousands
        return _scaled(text, "", places) if len(fraction) == 3 else ()  # noqa: PLR2004
    if len(fraction) != 3 or whole.startswith("0"):  # noqa: PLR2004
        return _scaled(whole, fraction, places)
    grouped, decimals = _scaled(text, "", places), _scaled(whole, fraction, places)
    if decimal is not None:
        return decimals if decimal == last and places == 3 else grouped  # noqa: PLR2004
    return grouped + decimals


def amounts_in(cell: Cell, decimal: Decimal | None, places: int) -> tuple[Amount, ...]:
    """Every amount a cell shows, left to right. Percentages, dates and parts of longer numbers are none.

    A cell is asked by several fields; it keeps the answer.
    """
    if not cell.has_digits:
        return ()
    known = cell.amounts.get((decimal, places))
    if known is None:
        known = cell.amounts[decimal, places] = tuple(_amounts_in(cell, decimal, places))
    return known


def _amounts_in(cell: Cell, decimal: Decimal | None, places: int) -> Iterator[Amount]:
    text = cell.text
    for match in _AMOUNT.finditer(text):
        meanings = parse_amount(match["digits"], decimal, places)
        if not meanings:
            continue
        negative = match["sign"] in {"-", "−", "–"} or match["sign_after"] or (match["sign"] == "(" and match["close"])
        if negative:
            meanings = tuple(-value for value in meanings)
        mark = match["before"] or match["mark2"] or match["after"]
        yield Amount(
            meanings=meanings,
            currency=currency_of(mark) if mark else None,
            has_decimals=_TWO_DECIMALS.search(match["digits"]) is not None,
            cell=cell.spanning(match.start("digits"), match.end("digits")),
        )


def currency_of(mark: str) -> str | None:
    """The ISO code of a currency mark; a bare dollar sign is none, because many currencies use it."""
    return mark if mark in CODES else SYMBOLS.get(mark.casefold())


def parse_plain(text: str, places: int) -> int | None:
    """An e-invoice's decimal (`-12.5`, point only, XML Schema) in minor units; None if finer than the currency."""
    match = re.fullmatch(r"([+-]?)(\d+)(?:\.(\d*))?", text.strip())
    if match is None:
        return None
    fraction = (match[3] or "").rstrip("0")
    if len(fraction) > places:
        return None
    value: int = int(match[2]) * 10**places + int(fraction.ljust(places, "0") or "0")
    return -value if match[1] == "-" else value


def _scaled(whole: str, fraction: str, places: int) -> tuple[int, ...]:
    """Digits before and after the decimal mark in units of 10^-places; () when finer than that."""
    head = _MARKS.sub("", whole)
    kept = fraction.rstrip("0") if len(fraction) > places else fraction
    if len(kept) > places:
        return ()
    return (int(head or "0") * 10**places + int(kept.ljust(places, "0") or "0"),)
