"""GP11: a born-digital page to words with places, against bare PDFium text and pdfplumber. Never a scan."""

import io
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial

import pdfplumber
import pypdfium2

from invoice_files import DEBTOR, LANGUAGES, LAYOUTS, SELLER, Item, SampleInvoice, born_digital
from tenor.documents.textlayer import text_layer
from tenor.invoices.extract import extract
from tenor.kernel.pages import DocumentText

ID = "GP11"
WHAT = "text of a born-digital page with word boxes, over bare pypdfium2 text (pdfplumber and the fields' time beside)"
UNIT = "times"
GOAL = ("<=", 1.5)
_TURNS = 20


def run(repeats: int) -> dict[str, object]:
    """Median over the sheets of the ratio of processor times, each the least of some turns taken alternately."""
    sheets = [born_digital(_invoice(language, layout)) for language in LANGUAGES for layout in LAYOUTS]
    rounds = [_round(sheets) for _ in range(repeats)]
    ratios = sorted(one["text"] / one["pypdfium2"] for one in rounds)
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    return {
        "value": round(statistics.median(ratios), 2),
        "ours": {"text ms": round(middle["text"] * 1000, 2), "fields ms": round(middle["fields"] * 1000, 2)},
        "yardstick": {
            "pypdfium2 ms": round(middle["pypdfium2"] * 1000, 2),
            "pdfplumber ms": round(middle["pdfplumber"] * 1000, 1),
            "pdfplumber over ours": round(middle["pdfplumber"] / middle["text"], 1),
        },
        "spread": [round(ratios[0], 2), round(ratios[-1], 2)],
        "repeats": repeats,
    }


def _round(sheets: list[bytes]) -> dict[str, float]:
    """Seconds of processor time a page, for each way."""
    total = dict.fromkeys(("text", "pypdfium2", "pdfplumber", "fields"), 0.0)
    for sheet in sheets:
        page = next(text_layer(sheet, (1,))).page
        assert page is not None
        document = DocumentText("pdf", bytes(32), len(sheet), None, (page,))
        if {word.text for word in page.words} != _plumber(sheet):
            raise RuntimeError("the two do not read the same words: no comparison")
        ways: dict[str, Callable[[], object]] = {
            "text": partial(_ours, sheet),
            "pypdfium2": partial(_bare, sheet),
            "fields": partial(extract, document),
        }
        best = dict.fromkeys(total, float("inf"))
        for _ in range(_TURNS):
            for name, work in ways.items():
                best[name] = min(best[name], _seconds(work))
        best["pdfplumber"] = min(_seconds(partial(_plumber, sheet)) for _ in range(2))
        for name, seconds in best.items():
            total[name] += seconds / len(sheets)
    return total


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _ours(sheet: bytes) -> list[object]:
    return list(text_layer(sheet, (1,)))


def _bare(sheet: bytes) -> list[str]:
    with pypdfium2.PdfDocument(sheet) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _plumber(sheet: bytes) -> set[str]:
    with pdfplumber.open(io.BytesIO(sheet)) as document:
        return {word["text"] for page in document.pages for word in page.extract_words()}


def _invoice(language: str, layout: str) -> SampleInvoice:
    """A page as full as invoices are: twenty lines."""
    items = tuple(Item(f"Position {number} of the delivery", number, 1_990 + number) for number in range(1, 21))
    return SampleInvoice(
        "2026-0417", SELLER, DEBTOR, date(2026, 9, 14), date(2026, 11, 13), items,
        language=language, layout=layout,  # type: ignore[arg-type]
    )  # fmt: skip
