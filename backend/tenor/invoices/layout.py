"""PURE: words to lines and cells, the way an eye groups them. Never knows what an invoice is."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from tenor.kernel.pages import Box, Page, PageSource, Word

_CELL_GAP_PERCENT: dict[PageSource, int] = {"text": 110, "ocr": 150}
"""A gap wider than this share of the letter height parts two cells; word spaces stay below 60.

Recognised letters are boxed by their ink, which is lower than the font.
"""
_DIGIT = re.compile(r"\d")
_OTHER = re.compile(r"[^a-z0-9]+")
_CUT_OFF = re.compile(r"[^\d\s]{0,3}-?\d{1,3}(?:[.,']\d{3})*[.,]")
_REST = re.compile(r"\d{2}[^\d\s]{0,3}|\d{3}(?:[.,']\d{3})*(?:[.,]\d{2})?[^\d\s]{0,3}")
_CUT_GAP_PERCENT = 110
_GLUED = re.compile(
    r"^(?P<label>[^\d\s:]{2,}[:#°º])(?P<value>\S+)$|^(?P<tax>[^\W\d]{2,}\.?)(?P<rate>\d{1,2}(?:[.,]\d{1,2})?%)$"
)


_Owner = TypeVar("_Owner")
_Value = TypeVar("_Value")


class kept(Generic[_Owner, _Value]):  # noqa: N801 - a decorator
    """Works a value out once, as `functools.cached_property` does, without the lock of that before Python 3.12."""

    def __init__(self, make: Callable[[_Owner], _Value]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __get__(self, owner: _Owner, kind: type[_Owner]) -> _Value:
        value = self._make(owner)
        owner.__dict__[self._make.__name__] = value  # found before this descriptor from now on
        return value


@dataclass(frozen=True)
class Cell:
    """Words that stand together on one line. `text` joins them by single spaces; it and `box` are made once."""

    page: int
    source: PageSource
    words: tuple[Word, ...]

    @kept
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @kept
    def box(self) -> Box:
        return joined(self.words)

    @kept
    def has_digits(self) -> bool:
        """Without any there is no amount, date or identifier: most cells are ruled out by this."""
        return _DIGIT.search(self.text) is not None

    @kept
    def amounts(self) -> dict[tuple[str | None, int], Any]:
        """What `numbers.amounts_in` found here, by how it was asked."""
        return {}

    def part(self, start: int, end: int) -> "Cell":
        return Cell(self.page, self.source, self.words[start:end])

    def spanning(self, start: int, end: int) -> "Cell":
        """The words that characters `start` to `end` of `text` fall on."""
        offset, first, last = 0, None, 0
        for number, word in enumerate(self.words):
            if offset < end and offset + len(word.text) > start:
                first, last = (number if first is None else first), number + 1
            offset += len(word.text) + 1
        return self.part(first or 0, max(last, 1))

    @property
    def confidence_bps(self) -> int:
        return min(word.confidence_bps for word in self.words)


@dataclass(frozen=True)
class Line:
    page: int
    cells: tuple[Cell, ...]

    @kept
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @kept
    def box(self) -> Box:
        return joined(word for cell in self.cells for word in cell.words)


def lines_of(pages: Iterable[Page]) -> list[Line]:
    """All lines, top to bottom, page by page."""
    return [line for page in pages for line in _lines_of_page(page)]


def joined(words: Iterable[Word]) -> Box:
    boxes = [word.box for word in words]
    if len(boxes) == 1:
        return boxes[0]
    return Box(
        min([box.left for box in boxes]),
        min([box.top for box in boxes]),
        max([box.right for box in boxes]),
        max([box.bottom for box in boxes]),
    )


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """Letters and digits only, no case, no accents: the form in which labels are compared."""
    folded = text.casefold()
    return _OTHER.sub("", folded if folded.isascii() else unicodedata.normalize("NFKD", folded))


def _lines_of_page(page: Page) -> Iterator[Line]:
    placed = [(word.box.middle, word.box.left, word.box.height, word) for word in _unglued(page.words)]
    placed.sort(key=_by_place)
    rows: list[_Row] = []
    for middle, _left, height, word in placed:
        for row in reversed(rows[-4:]):
            if abs(row.middle - middle) <= min(height, row.height) * 45 // 100:
                row.words.append(word)
                row.middle, row.height = middle, height
                break
        else:
            rows.append(_Row(middle, middle, height, [word]))
    rows.sort(key=_by_first)
    for row in rows:
        words = sorted(row.words, key=lambda w: w.box.left)
        whole = _rejoined(words) if page.source == "ocr" else words
        yield Line(page.number, tuple(Cell(page.number, page.source, cell) for cell in _cells(whole, page.source)))


@dataclass(slots=True)
class _Row:
    """Words beside one another: where the first stands, where and how high the last."""

    first: int
    middle: int
    height: int
    words: list[Word]


_by_place = itemgetter(0, 1)
_by_first = attrgetter("first")


def _rejoined(row: Sequence[Word]) -> list[Word]:
    """`57.889, 87` as one word: a recogniser takes the room behind a mark for the end of a word."""
    whole: list[Word] = []
    for word in row:
        last = whole[-1] if whole else None
        if (
            last is not None
            and _CUT_OFF.fullmatch(last.text)
            and _REST.fullmatch(word.text)
            and (word.box.left - last.box.right) * 100 < last.box.height * _CUT_GAP_PERCENT
        ):
            box, confidence = last.box.joined(word.box), min(last.confidence_bps, word.confidence_bps)
            whole[-1] = Word(last.text + word.text, box, confidence)
        else:
            whole.append(word)
    return whole


def _cells(row: Sequence[Word], source: PageSource) -> Iterator[tuple[Word, ...]]:
    cell: list[Word] = []
    for word in row:
        if cell:
            gap = word.box.left - cell[-1].box.right
            if gap * 100 > max(cell[-1].box.height, word.box.height) * _CELL_GAP_PERCENT[source]:
                yield tuple(cell)
                cell = []
        cell.append(word)
    if cell:
        yield tuple(cell)


def _unglued(words: Iterable[Word]) -> Iterator[Word]:
    """`Nummer:82` and `IVA7%` as two words; addresses of the web stay whole."""
    for word in words:
        match = _GLUED.match(word.text)
        label = (match["label"] or match["tax"]) if match else ""
        rest = word.text[len(label) :]
        if not label or rest.startswith("//"):
            yield word
            continue
        cut = word.box.left + (word.box.right - word.box.left) * len(label) // len(word.text)
        yield Word(label, Box(word.box.left, word.box.top, cut, word.box.bottom), word.confidence_bps)
        yield Word(rest, Box(cut, word.box.top, word.box.right, word.box.bottom), word.confidence_bps)
