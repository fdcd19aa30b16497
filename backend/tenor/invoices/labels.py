"""PURE: finds the names of fields in the words of a cell. Never looks at values.

A label is compared in `plain` form without spaces, so that `Rechnungs-Nr.:`, `Rechnungsnr` and `RECHNUNGS NR` are one.
Strength says how surely the words name the field; `other` keeps a customer number from being taken for the invoice's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tenor.invoices.layout import Cell, plain
from tenor.invoices.vocabulary import PHRASES

LABEL_WORDS_MAX = 7


@dataclass(frozen=True, slots=True)
class Label:
    """A field's name found in a cell: words `start` to `end`."""

    field: str
    strength: int
    start: int
    end: int


def _compiled() -> dict[str, tuple[tuple[str, int], ...]]:
    table: dict[str, list[tuple[str, int]]] = {}
    for field, by_strength in PHRASES.items():
        for strength, phrases in by_strength.items():
            for phrase in phrases.split("|"):
                key = plain(phrase)
                entries = table.setdefault(key, [])
                if all(known != field for known, _ in entries):
                    entries.append((field, strength))
    return {key: tuple(entries) for key, entries in table.items()}


_TABLE = _compiled()
_LONGEST = max(map(len, _TABLE))


def labels_in(cell: Cell) -> Iterator[Label]:
    """The labels of a cell, longest first match, none inside another. One text may name several fields."""
    forms = [plain(word.text) for word in cell.words]
    start = 0
    while start < len(forms):
        found = _longest(forms, start)
        if found is None:
            start += 1
            continue
        end, entries = found
        for field, strength in entries:
            yield Label(field, strength, start, end)
        start = end


def _longest(forms: list[str], start: int) -> tuple[int, tuple[tuple[str, int], ...]] | None:
    if not forms[start]:
        return None
    best, key = None, ""
    for end in range(start, min(start + LABEL_WORDS_MAX, len(forms))):
        key += forms[end]
        if len(key) > _LONGEST:
            break
        entries = _TABLE.get(key)
        if entries is not None:
            best = (end + 1, entries)
    return best
