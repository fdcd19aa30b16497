"""ADAPTER to PDFium's text layer: words with their boxes, one open document for all pages. Never recognises pictures.

Two calls a word instead of seven a letter: the page's text comes in one piece, and only the first and last letter of
each word are asked where they stand. Turned pages, and those whose letters PDFium numbers otherwise, come back as None.
"""

import ctypes
import itertools
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tenor.kernel.pages import Box, Page, Word

WORDS_PER_PAGE_MAX = 20_000
_OBJECTS_MAX = 100_000
_INVISIBLE = 3
_POINT = 100
_TOKEN = re.compile(r"[^\s\ud800-\udfff]+")
"""Words; halves of characters beyond the basic plane (pictograms) stand alone in PDFium's text and mean nothing."""
_MARKED = "\ufffe\ufffb\x02"
"""What PDFium writes for a hyphen at a line's end and for what it cannot tell."""


@dataclass(frozen=True, slots=True)
class TextPage:
    """`page` is None where the words' places are not to be had this way; `is_painted`: any text can be seen."""

    number: int
    page: Page | None
    is_painted: bool


def text_layer(data: bytes, numbers: Sequence[int]) -> Iterator[TextPage]:
    """The pages' words in reading order of the file. A scan's hidden text says nothing about what people see (P112)."""
    with pypdfium2.PdfDocument(data) as document:
        for number in numbers:
            page = document[number - 1]
            width, height = page.get_size()
            words = _words(page)
            placed = None if words is None else Page(number, int(width * _POINT), int(height * _POINT), words, "text")
            yield TextPage(number, placed, _is_painted(page))


def _words(page: pypdfium2.PdfPage) -> tuple[Word, ...] | None:
    if page.get_rotation():
        return None
    textpage = page.get_textpage()
    count = textpage.count_chars()
    text = _text(textpage, count)
    if len(text) != count:
        return None
    left, _bottom, _right, top = _bounds(page)
    return tuple(_placed(textpage.raw, text, left, top))


def _placed(textpage: Any, text: str, page_left: float, page_top: float) -> Iterator[Word]:
    """Boxes by the fonts' heights, so that the words of a line share theirs.

    The hot path (bench/gp11.py): addresses instead of pointer objects, and both rectangles side by side in one buffer.
    """
    page = ctypes.cast(textpage, ctypes.c_void_p).value
    corners = (ctypes.c_float * 8)()
    to_first = ctypes.addressof(corners)
    to_last = to_first + ctypes.sizeof(corners) // 2
    page_left, page_top = page_left * _POINT, page_top * _POINT
    for token in itertools.islice(_TOKEN.finditer(text), WORDS_PER_PAGE_MAX):
        start, end = token.span()
        if not (_loose_box(page, start, to_first) and _loose_box(page, end - 1, to_last)):
            continue
        left, top, right, bottom, last_left, last_top, last_right, last_bottom = _EIGHT(corners)
        left, right = (last_left, right) if last_left < left else (left, last_right)
        box = Box(
            int(left * _POINT - page_left),
            int(page_top - (top if top >= last_top else last_top) * _POINT),  # noqa: FURB136 - a call costs more
            int(right * _POINT - page_left),
            int(page_top - (bottom if bottom <= last_bottom else last_bottom) * _POINT),  # noqa: FURB136
        )
        word = token[0]
        yield Word(word if word[-1] not in _MARKED else word.rstrip(_MARKED) + "-", box)


_EIGHT = struct.Struct("8f").unpack_from
_loose_box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)


def _text(textpage: pypdfium2.PdfTextPage, count: int) -> str:
    """Character n of the answer is PDFium's character n, or the answer has another length."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage.raw, 0, count, buffer)
    return bytes(memoryview(buffer).cast("B")[: max(written - 1, 0) * 2]).decode("utf-16-le", "surrogatepass")


def _bounds(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _is_painted(page: pypdfium2.PdfPage) -> bool:
    return any(
        pdfium.FPDFTextObj_GetTextRenderMode(thing) != _INVISIBLE
        for thing in itertools.islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]), _OBJECTS_MAX)
    )
