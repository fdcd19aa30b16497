"""PURE: words to lines and cells, the way an eye groups them. Never knows what an invoice is."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

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


@dataclass(frozen=True)
class Cell:
    """Words that stand together on one line. `text` joins them by single spaces; it and `box` are made once."""

    page: int
    source: PageSource
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        return joined(self.words)

    @cached_property
    def has_digits(self) -> bool:
        """Without any there is no amount, date or identifier: most cells are ruled out by this."""
        return _DIGIT.search(self.text) is not None

    @cached_property
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

    @cached_property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @cached_property
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
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """Letters and digits only, no case, no accents: the form in which labels are compared."""
    folded = text.casefold()
    return _OTHER.sub("", folded if folded.isascii() else unicodedata.normalize("NFKD", folded))


def _lines_of_page(page: Page) -> Iterator[Line]:
    rows: list[list[Word]] = []
    for word in sorted(_unglued(page.words), key=lambda w: (w.box.middle, w.box.left)):
        for row in reversed(rows[-4:]):
            if _same_row(row, word):
                row.append(word)
                break
        else:
            rows.append([word])
    for row in sorted(rows, key=lambda words: words[0].box.middle):
        row.sort(key=lambda w: w.box.left)
        whole = _rejoined(row) if page.source == "ocr" else row
        yield Line(page.number, tuple(Cell(page.number, page.source, cell) for cell in _cells(whole, page.source)))


def _same_row(row: Sequence[Word], word: Word) -> bool:
    last = row[-1]
    tolerance = min(last.box.height, word.box.height) * 45 // 100
    return abs(last.box.middle - word.box.middle) <= tolerance


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
