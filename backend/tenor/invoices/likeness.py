"""PURE: how alike two documents look, by their words and their pages' shapes. Never decides alone: it asks for a look.

A document's sketch is 128 minimum hashes over shingles of its plain text, taken twice: with the digits as they stand,
and with every digit alike, which a re-numbered copy keeps. Bands of four make an index: alike documents share a band
almost surely, others almost never.
"""

import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from math import isqrt
from typing import Literal

from tenor.invoices.layout import plain
from tenor.kernel.pages import Page

HASHES, ROWS = 128, 4
_SHINGLE = 3
_WORDS_MIN = 12
"""Fewer words say nothing about a document."""
_HASHES = struct.Struct(f">{HASHES}I")
_SAME_PERCENT, _ALIKE_PERCENT = 94, 50
"""One digit changed wherever it stands leaves two thirds of a short page; another month's page shares two fifths."""
_LOOK_BITS_MAX = 22
_LEGIBLE_BPS = 7_000
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Sketch:
    """`exact` over the words as they stand, `form` over them with all digits alike; 128 hashes of 32 bits each."""

    exact: tuple[int, ...]
    form: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two documents are, in percent of shared shingles (estimated), and what to do about it."""

    exact_percent: int
    form_percent: int
    outcome: Literal["review", "pass"]
    reason: str


def sketch(pages: Iterable[Page]) -> Sketch | None:
    """The sketch of a document; None where it has too few words to tell.

    Words are compared without case, accents and punctuation and in the order of the text, so that another font, another
    export or a scan of the same page come out nearly equal.
    """
    words = [form for page in pages for word in page.words if (form := plain(word.text))]
    if len(words) < _WORDS_MIN:
        return None
    return Sketch(_minima(words), _minima([_DIGIT.sub("0", word) for word in words]))


def legible(pages: Iterable[Page]) -> bool:
    """Whether the words say what stands there, going by the recogniser: of a bad copy it reads rubbish in plenty."""
    words = [word for page in pages for word in page.words]
    letters = sum(len(word.text) for word in words)
    return letters > 0 and sum(len(word.text) * word.confidence_bps for word in words) >= _LEGIBLE_BPS * letters


def bands(sketched: Sketch) -> tuple[int, ...]:
    """Signed 64-bit keys of the sketch's bands: two documents to be compared share at least one."""
    keys = []
    for kind, hashes in ((0, sketched.exact), (1, sketched.form)):
        for start in range(0, HASHES, ROWS):
            packed = struct.pack(f">BB{ROWS}I", kind, start, *hashes[start : start + ROWS])
            keys.append(int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big", signed=True))
    return tuple(keys)


def compare_sketches(new: Sketch, known: Sketch) -> Likeness:
    """Nearly every word equal is a copy; the same page with other figures is a form, which sellers reuse monthly."""
    exact, form = _percent(new.exact, known.exact), _percent(new.form, known.form)
    if exact >= _SAME_PERCENT:
        sentence = f"About {exact} % of its wording is that of an invoice on file: it may be the same one again."
        return Likeness(exact, form, "review", sentence)
    if exact >= _ALIKE_PERCENT:
        sentence = f"About {exact} % of its wording is that of an invoice on file, with a few places changed."
        return Likeness(exact, form, "review", sentence)
    return Likeness(exact, form, "pass", "No earlier invoice reads like this one.")


def look_bands(look: bytes) -> tuple[int, ...]:
    """Keys of a look's rows and columns of cells, for an index; those without ink, and full ones, say nothing."""
    bits = f"{int.from_bytes(look, 'big'):0{8 * len(look)}b}"
    side = isqrt(len(bits))
    rows = [bits[start : start + side] for start in range(0, len(bits), side)]
    lines = rows + ["".join(column) for column in zip(*rows, strict=True)]
    return tuple(place << side | int(line, 2) for place, line in enumerate(lines) if "0" in line and "1" in line)


def looks_alike(one: bytes, other: bytes) -> bool:
    """Whether two first pages look alike, as copies do; so do two invoices on one form."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count() <= _LOOK_BITS_MAX


def packed(sketched: Sketch) -> bytes:
    """1,024 bytes, as stored."""
    return struct.pack(f">{2 * HASHES}I", *sketched.exact, *sketched.form)


def unpacked(data: bytes) -> Sketch:
    numbers = struct.unpack(f">{2 * HASHES}I", data)
    return Sketch(numbers[:HASHES], numbers[HASHES:])


def _minima(words: list[str]) -> tuple[int, ...]:
    """Of each of 128 hashes, all cut from one digest of a shingle, the least over the shingles."""
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    hashes = (_HASHES.unpack(hashlib.shake_128(one.encode()).digest(_HASHES.size)) for one in shingles)
    return tuple(map(min, zip(*hashes, strict=True)))


def _percent(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True)) * 100 // HASHES
