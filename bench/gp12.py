"""GP12: text recognition of one scanned page, ours against pytesseract as it comes. Never counts a page read worse."""

import os
import statistics
import time
from collections.abc import Callable

import pytesseract

from invoice_files import SAMPLE, scanned
from tenor.documents import ocr, pdf, reading

ID = "GP12"
WHAT = "OCR of a scanned page: default pytesseract (300 dpi, its threads) over ours (levelled, 200 dpi, one thread)"
UNIT = "times"
GOAL = (">=", 2.3)
_OURS_DPI, _DEFAULT_DPI = 200, 300
_MUST_READ = (SAMPLE.number, "7,312.30", "Nordwind", "Lumen")


def run(repeats: int) -> dict[str, object]:
    """Median of pairwise ratios; both sides start from the PDF, use the same languages and must read the same facts."""
    data = scanned(SAMPLE, seed=12)
    pairs = [(_timed(_default, data), _timed(_ours, data)) for _ in range(repeats + 1)][1:]
    ratios = sorted(theirs / ours for theirs, ours in pairs)
    return {
        "value": round(statistics.median(ratios), 2),
        "ours": round(statistics.median(ours for _, ours in pairs), 3),
        "yardstick": round(statistics.median(theirs for theirs, _ in pairs), 3),
        "spread": [round(ratios[0], 2), round(ratios[-1], 2)],
        "repeats": repeats,
    }


def _timed(read: Callable[[bytes], str], data: bytes) -> float:
    started = time.perf_counter()
    text = read(data)
    taken = time.perf_counter() - started
    missing = [fact for fact in _MUST_READ if fact not in text]
    if missing:
        raise RuntimeError(f"one side did not read {missing}: a faster worse reading is no result")
    return taken


def _ours(data: bytes) -> str:
    page = reading.recognise(pdf.render(data, 1, _OURS_DPI), 1, _OURS_DPI)
    return " ".join(word.text for word in page.words)


def _default(data: bytes) -> str:
    os.environ.pop("OMP_THREAD_LIMIT", None)
    image = pdf.render(data, 1, _DEFAULT_DPI)
    table = pytesseract.image_to_data(image, lang=ocr.installed_languages(), output_type=pytesseract.Output.DICT)
    return " ".join(filter(None, table["text"]))
