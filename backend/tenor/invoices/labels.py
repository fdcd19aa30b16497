"""PURE: finds the names of fields in the words of a cell. Never looks at values.

A label is compared in `plain` form without spaces, so that `Rechnungs-Nr.:`, `Rechnungsnr` and `RECHNUNGS NR` are one.
Strength says how surely the words name the field; `other` keeps a customer number from being taken for the invoice's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tenor.invoices.layout import Cell, plain
from tenor.invoices.vocabulary import PHRASES, composed

LABEL_WORDS_MAX = 7


@dataclass(frozen=True, slots=True)
class Label:
    """A field's name found in a cell: words `start` to `end`."""

    field: str
    strength: int
    start: int
    end: int


_NUMBER_WORDS = frozenset(["no", "nr", "n", "num", "number", "numero", "nummer", "nro"])
_SIGNS = frozenset({"#", "№"})
"""Behind a label they stand for "number"; alone they head a table's first column."""
_STROKES = frozenset({"/", "|", "·", "-", "–"})
_ARTICLES = frozenset(["il", "el", "le", "zum", "am", "on", "del", "the", "der", "du"])
"""A label's last word that a narrow column may have put on the next line, or a writer left out."""


def _compiled() -> dict[str, tuple[tuple[str, int], ...]]:
    listed = {field: {n: phrases.split("|") for n, phrases in several.items()} for field, several in PHRASES.items()}
    table: dict[str, list[tuple[str, int]]] = {}
    for field, strength, phrase in (*_entries(listed), *_entries(composed())):
        for key in _spellings(phrase.split(), is_date=field.endswith("_date")):
            entries = table.setdefault(key, [])
            if all(known != field for known, _ in entries):
                entries.append((field, strength))
    return {key: tuple(entries) for key, entries in table.items()}


def _entries(words: dict[str, dict[int, list[str]]]) -> Iterator[tuple[str, int, str]]:
    for field, by_strength in words.items():
        for strength, phrases in by_strength.items():
            for phrase in phrases:
                yield field, strength, phrase


def _spellings(words: list[str], *, is_date: bool) -> Iterator[str]:
    """As written; with its word for "number" as `n`, so that No, Nr., N° and Número are one; a date without article."""
    forms = [plain(word) for word in words]
    yield "".join(forms)
    if len(forms) > 1:
        yield "".join(map(_canonical, forms))
    if is_date and len(forms) > 2 and forms[-1] in _ARTICLES:  # noqa: PLR2004 - two words at least must remain
        yield "".join(forms[:-1])


def _canonical(form: str) -> str:
    return "n" if form in _NUMBER_WORDS else form


_TABLE = _compiled()
_BEGINNINGS = frozenset(key[:end] for key in _TABLE for end in range(1, len(key) + 1))
"""What a label may begin with: most words of a page begin none, and end the search at once."""


def labels_in(cell: Cell) -> Iterator[Label]:
    """The labels of a cell, longest first match, none inside another. One text may name several fields.

    `Datum / Date`: the same name in two languages is one label.
    """
    found = list(_labels_in(cell))
    while found:
        label = found.pop(0)
        other = next((b for b in found if b.field == label.field and _parted_by_stroke(cell, label, b)), None)
        if other is None:
            yield label
        else:
            found[found.index(other)] = Label(label.field, max(label.strength, other.strength), label.start, other.end)


def _parted_by_stroke(cell: Cell, one: Label, other: Label) -> bool:
    """The first one may have taken the stroke for its own last word."""
    return 0 <= other.start - one.end <= 1 and cell.words[other.start - 1].text in _STROKES


def _labels_in(cell: Cell) -> Iterator[Label]:
    forms = [plain(word.text) or ("n" if place and word.text.strip(".:") in _SIGNS else "")
             for place, word in enumerate(cell.words)]  # fmt: skip
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
    best, key, spelled = None, "", ""
    for end in range(start, min(start + LABEL_WORDS_MAX, len(forms))):
        key += forms[end]
        spelled += _canonical(forms[end])
        if key not in _BEGINNINGS and spelled not in _BEGINNINGS:
            break
        entries = _TABLE.get(key) or _TABLE.get(spelled)
        if entries is not None:
            best = (end + 1, entries)
    return best
