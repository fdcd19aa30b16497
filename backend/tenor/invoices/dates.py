"""PURE: printed dates in six languages to ISO 8601. A date that can be read two ways says so; it is never guessed."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tenor.invoices.layout import Cell, plain

Order = Literal["day-first", "month-first"]
_MONTHS = (
    ("jan", "january januar janner janvier enero gennaio januari gen ene"),
    ("feb", "february februar fevrier febrero febbraio februari fev fevr"),
    ("mar", "march marz mars marzo maart mrz mrt maerz"),
    ("apr", "april avril abril aprile avr abr"),
    ("may", "may mai mayo maggio mei mag"),
    ("jun", "june juni juin junio giugno giu"),
    ("jul", "july juli juillet julio luglio juil lug"),
    ("aug", "august aout agosto augustus ago"),
    ("sep", "september septembre septiembre settembre sept set"),
    ("oct", "october oktober octobre octubre ottobre okt ott"),
    ("nov", "november novembre noviembre"),
    ("dec", "december dezember decembre diciembre dicembre dez dic"),
)
_MONTH = {name: number for number, (short, names) in enumerate(_MONTHS, 1) for name in (short, *names.split())}
_WORD = r"(?P<word>[A-Za-zÀ-ÿ]{3,10})"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_FORMS = (
    re.compile(rf"(?<![\d.,/-]){_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?![\d/-])"),
    re.compile(r"(?<![\d.,/-])(?P<one>\d{1,2})\s?(?P<mark>[./-])\s?(?P<two>\d{1,2})\s?(?P=mark)\s?"
               r"(?P<year>(?:19|20)\d{2}|\d{2})(?![\d/-]|[.,]\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?[\s-]?(?:de |of )?{_WORD}\.?,?"
               rf"[\s-]?(?:de |del )?{_YEAR}(?!\d)"),
    re.compile(rf"(?<![A-Za-z]){_WORD}\.?\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}(?!\d)"),
)  # fmt: skip
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """`meanings`: one ISO date, or two (day first, month first) where the print allows both."""

    meanings: tuple[str, ...]
    cell: Cell

    @property
    def is_ambiguous(self) -> bool:
        return len(self.meanings) > 1


def dates_in(cell: Cell) -> Iterator[PrintedDate]:
    """Every date of a cell, left to right."""
    if not cell.has_digits:
        return
    text = cell.text
    found = [
        (match.start(), match.end(), meanings)
        for form in _FORMS
        for match in form.finditer(text)
        if (meanings := _meanings(match.groupdict()))
    ]
    end_before = -1
    for start, end, meanings in sorted(found):
        if start >= end_before:
            yield PrintedDate(meanings, cell.spanning(start, end))
            end_before = end


def order_of(texts: Iterable[str]) -> Order | None:
    """The order this document writes numeric dates in, by those that leave no doubt; None without proof."""
    first = second = False
    for text in texts:
        for match in _FORMS[1].finditer(text):
            one, two = int(match["one"]), int(match["two"])
            first |= two <= _MONTHS_A_YEAR < one
            second |= one <= _MONTHS_A_YEAR < two
            first |= match["mark"] == "."  # points are written in day-first countries only
    if first == second:
        return None
    return "day-first" if first else "month-first"


def settled(date: PrintedDate, order: Order | None) -> PrintedDate:
    """The date under the document's order; unchanged where that is unknown."""
    if order is None or not date.is_ambiguous:
        return date
    return PrintedDate((date.meanings[0 if order == "day-first" else 1],), date.cell)


def days_between(earlier: str, later: str) -> int:
    return (dt.date.fromisoformat(later) - dt.date.fromisoformat(earlier)).days


def _meanings(parts: dict[str, str | None]) -> tuple[str, ...]:
    year = int(parts["year"] or 0)
    year += 2000 if year < 100 else 0  # noqa: PLR2004
    word = parts.get("word")
    if word is not None:
        month = _MONTH.get(plain(word))
        return _valid(year, month, int(parts["day"] or 0)) if month else ()
    if parts.get("month"):
        return _valid(year, int(parts["month"] or 0), int(parts["day"] or 0))
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    if parts["mark"] == ".":
        return _valid(year, two, one)
    return tuple(dict.fromkeys(_valid(year, two, one) + _valid(year, one, two)))


def _valid(year: int, month: int, day: int) -> tuple[str, ...]:
    try:
        return (dt.date(year, month, day).isoformat(),)
    except ValueError:
        return ()
