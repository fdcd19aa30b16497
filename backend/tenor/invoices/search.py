"""PURE: from a label to the places its value may stand: behind it, right of it, below it. Never judges the value."""

from collections.abc import Iterator
from dataclasses import dataclass

from tenor.invoices.labels import Label, labels_in
from tenor.invoices.language import Language, language_of
from tenor.invoices.layout import Cell, Line, lines_of
from tenor.kernel.pages import Page

_BEHIND, _RIGHT, _RIGHT_STEP, _BELOW = 100, 97, 7, 92
_BELOW_HEIGHTS = 4
_MARGIN, _EDGE = 300, 150
_LETTERS_OF_A_HEADING = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A label at its place. `alone`: it is all its cell says."""

    label: Label
    line: int
    column: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a value; `nearness` 0..100."""

    cell: Cell
    nearness: int


_HEADINGS = frozenset({"seller", "debtor", "name"})
"""Labels made of everyday words: they name a party only as a heading or before a colon, not inside a name."""


def _is_heading(label: Label, cell: Cell) -> bool:
    whole = label.start == 0 and label.end == len(cell.words) and not _is_noise(cell)
    colon = cell.words[label.end - 1].text.endswith(":")
    phrase = label.start == 0 and label.end - label.start > 1  # `Bill to Dupont SA`
    return whole or phrase or (colon and (label.start == 0 or label.end - label.start > 1))


def _is_noise(cell: Cell) -> bool:
    """`aN` out of a stamp or a scribble is no "An"."""
    text = cell.text.strip(" :.")
    return len(text) < _LETTERS_OF_A_HEADING and not (text.islower() or text.isupper() or text.istitle())


class Sheet:
    """The lines of a document with their labels, ready to be searched."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self.pages = pages
        self.lines: list[Line] = lines_of(pages)
        self.language: Language | None = language_of(cell for line in self.lines for cell in line.cells)
        self.found: list[Found] = [
            Found(label, line_number, column, label.start == 0 and label.end == len(cell.words))
            for line_number, line in enumerate(self.lines)
            for column, cell in enumerate(line.cells)
            for label in labels_in(cell)
            if label.field not in _HEADINGS or _is_heading(label, cell)
        ]
        self._at: dict[tuple[int, int], list[Label]] = {}
        for found in self.found:
            self._at.setdefault((found.line, found.column), []).append(found.label)

    def labelled(self, *fields: str) -> Iterator[Found]:
        return (found for found in self.found if found.label.field in fields)

    def labels_at(self, line: int, column: int) -> list[Label]:
        return self._at.get((line, column), [])

    def cell(self, found: Found) -> Cell:
        return self.lines[found.line].cells[found.column]

    def label_cell(self, found: Found) -> Cell:
        return self.cell(found).part(found.label.start, found.label.end)

    def spots(self, found: Found) -> Iterator[Spot]:
        """Where the value of a label may stand, nearest first. Ends at the next label: what follows is that one's."""
        cell = self.cell(found)
        next_start = min(
            (other.start for other in self.labels_at(found.line, found.column) if other.start >= found.label.end),
            default=len(cell.words),
        )
        rest = next_start - found.label.end
        if rest > 0:
            yield Spot(cell.part(found.label.end, next_start), _BEHIND)
        if next_start == len(cell.words):
            yield from self._right_of(found)
            yield from self._below(found)

    def continued(self, cell: Cell) -> Cell | None:
        """The cell right below this one in its column, set as its next line."""
        for line in self.lines:
            if (
                line.page != cell.page
                or line.box.top < cell.box.middle
                or line.box.top > cell.box.bottom + cell.box.height
            ):
                continue
            for below in line.cells:
                if abs(below.box.left - cell.box.left) < _MARGIN and below.box.top >= cell.box.middle:
                    return below
        return None

    def _right_of(self, found: Found) -> Iterator[Spot]:
        cells = self.lines[found.line].cells
        for step, column in enumerate(range(found.column + 1, len(cells))):
            starts = [label.start for label in self.labels_at(found.line, column)]
            if 0 in starts:
                return
            yield Spot(cells[column], max(_RIGHT - step * _RIGHT_STEP, 40))

    def _below(self, found: Found) -> Iterator[Spot]:
        box = self.label_cell(found).box
        page = self.lines[found.line].page
        for number in range(found.line + 1, len(self.lines)):
            line = self.lines[number]
            if line.page != page or line.box.top - box.bottom > box.height * _BELOW_HEIGHTS:
                return
            for column, cell in enumerate(line.cells):
                below = cell.box
                if below.left - _MARGIN <= box.right and box.left - _MARGIN <= below.right and below.top >= box.middle:
                    if any(label.start == 0 and label.field != "name" for label in self.labels_at(number, column)):
                        return
                    yield Spot(self._own_part(found, cell), _BELOW)
                    return

    def _own_part(self, found: Found, cell: Cell) -> Cell:
        """Of values that a narrow table has run together, the words from this heading's edge to the next one's."""
        heads = sorted(head.box.left for head in self.lines[found.line].cells)
        own = self.cell(found).box.left
        edges = [
            place for place, word in enumerate(cell.words) if any(abs(word.box.left - left) <= _EDGE for left in heads)
        ]
        start = max((place for place in edges if abs(cell.words[place].box.left - own) <= _EDGE), default=None)
        if start is None or len(edges) < 2:  # noqa: PLR2004 - one heading's values alone
            return cell
        return cell.part(start, min((place for place in edges if place > start), default=len(cell.words)))
