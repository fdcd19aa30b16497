"""What a document says: words with their places, page by page. Never what they mean, never the file itself.

Boxes and words are msgspec structs: a page has hundreds, and a frozen dataclass takes ten times as long to make.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import msgspec

DocumentKind = Literal["pdf", "jpeg", "png", "tiff", "xml"]
PageSource = Literal["text", "ocr"]
CERTAIN_BPS = 10_000


class Box(msgspec.Struct, frozen=True, gc=False):
    """A place on a page in hundredths of a point (1/7200 inch), from the page's upper left corner."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> int:
        return (self.top + self.bottom) // 2

    def joined(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Word(msgspec.Struct, frozen=True, gc=False):
    """One word as printed. `confidence_bps`: 10,000 for a text layer, what OCR claims otherwise."""

    text: str
    box: Box
    confidence_bps: int = CERTAIN_BPS


@dataclass(frozen=True, slots=True)
class Page:
    """One page. A scan was turned upright by `turned_mdeg` (thousandths of a degree, anticlockwise) before its words
    were located: whoever draws the boxes turns the page image the same way first.
    """

    number: int
    width: int
    height: int
    words: tuple[Word, ...]
    source: PageSource
    turned_mdeg: int = 0
    look: bytes = b""
    """How it looks (`documents/looks.py`), of the first page; b"" where nobody looked."""


class Severity(StrEnum):
    """What a finding asks for: to be seen, to be decided by a person, or to stop."""

    NOTE = "note"
    REVIEW = "review"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact a reviewer must see. `code` is stable; `sentence` says it with the values; `field` is what it is about."""

    code: str
    severity: Severity
    sentence: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentText:
    """Everything that reading one file hands over; `xml` is the e-invoice, embedded or uploaded as such."""

    kind: DocumentKind
    sha256: bytes
    size_bytes: int
    xml: bytes | None
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...] = ()
