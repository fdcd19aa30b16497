#!/usr/bin/env python3
"""Chooses from which of the recogniser's figures on a field's value counts as read clearly, and writes thresholds.py.

Reads scans of the tuning layouts (never the held-out ones): the lowest figure from which on no wrong value would have
been accepted, and a margin on top. Takes minutes: every page is recognised once.
"""

import argparse
import re
from pathlib import Path
from unittest import mock

from corpus import flowing, forms, panels, paper, slips, tuning
from corpus.judging import Count, Specimen, judged, specimens, summed
from tenor.documents import reading
from tenor.invoices import thresholds
from tenor.kernel.pages import DocumentText

TUNING = (tuning, flowing, paper, panels, forms, slips)
STEPS_BPS = range(8_600, 9_700, 100)
MARGIN_BPS = 200
"""On top of the worst that was seen: a few hundred values do not show what happens once in a thousand."""
FREE_TEXT_FLOOR_BPS = 9_200
"""Names and numbers, which no check digit and no calendar bears out: wrong ones were seen up to 9,000 in other runs."""
FREE_TEXT = frozenset({"number", "seller_name", "debtor_name"})
PAGE = Path(thresholds.__file__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scans", type=int, default=1, help="scans of every layout (default 1)")
    parser.add_argument("--photos", type=int, default=0, help="photos of every layout (default 0)")
    parser.add_argument("--check", action="store_true", help="print, and write nothing")
    asked = parser.parse_args()
    seen = [
        (specimen, reading.read(specimen.data))
        for module in TUNING
        for specimen in specimens(module, digital=0, scans=asked.scans, photos=asked.photos)
    ]
    found = {name: chosen(seen, name) for name in thresholds.CLEAR_BPS}
    if not asked.check:
        PAGE.write_text(renewed(PAGE.read_text(), found))


def chosen(seen: list[tuple[Specimen, DocumentText]], name: str) -> int:
    """The lowest threshold of this field without a wrong value, and the margin; what it accepts is printed."""
    counts = {step: _counted(seen, name, step) for step in STEPS_BPS}
    wrong = [step for step, count in counts.items() if count.wrong]
    best = min(max(wrong) + 100 + MARGIN_BPS, STEPS_BPS[-1]) if wrong else STEPS_BPS[0]
    best = max(best, FREE_TEXT_FLOOR_BPS) if name in FREE_TEXT else best
    count = counts[best]
    share = count.accepted_present * 100 // max(count.present, 1)
    print(f"{name:<12} {best:>6}  accepts {share:>3} % of {count.present}; wrong below {max(wrong, default=0)}")
    return best


def renewed(page: str, found: dict[str, int]) -> str:
    for name, value in found.items():
        page = re.sub(rf'("{name}": )[\d_]+', rf"\g<1>{value:_}", page)
    return page


def _counted(seen: list[tuple[Specimen, DocumentText]], name: str, step: int) -> Count:
    texts = iter([text for _, text in seen])
    with mock.patch.dict(thresholds.CLEAR_BPS, {name: step}):
        table, _ = judged([specimen for specimen, _ in seen], lambda _: next(texts))
    return summed(table, 2)[name]


if __name__ == "__main__":
    main()
