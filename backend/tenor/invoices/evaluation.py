"""How well the reader reads: a folder of documents with truth, a table by field and source. Never tunes, never writes.

Truth is `NAME.truth.json` beside `NAME.pdf` (also .xml .png .jpg .tiff): number, type, issue_date, due_date, currency,
seller, debtor, net, vat, gross, prepaid, amount_due; null or absent values are not judged.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tenor.documents import images, pdf, reading
from tenor.invoices.extract import extract
from tenor.invoices.layout import plain
from tenor.invoices.numbers import parse_plain
from tenor.invoices.reading import AMOUNT_NAMES, FieldName, Reading
from tenor.kernel.errors import TenorError
from tenor.kernel.pages import DocumentText

_SUFFIXES = (".pdf", ".xml", ".png", ".jpg", ".jpeg", ".tiff")
_FIELD_OF: dict[str, FieldName] = {"seller": "seller_name", "debtor": "debtor_name"}
_DOTS_PER_INCH = 200


@dataclass(frozen=True, slots=True)
class Case:
    path: Path
    truth: dict[str, str]


@dataclass(slots=True)
class Tally:
    """Counts of one field: `wrong_accepted` is the figure that matters."""

    judged: int = 0
    right: int = 0
    wrong: int = 0
    accepted: int = 0
    wrong_accepted: int = 0


def main(directory: str) -> int:
    """Print the tables for a folder: as it is, with e-invoices hidden, and rendered as scans. Exit code 0."""
    cases = list(cases_in(Path(directory)))
    if not cases:
        print(f"No document with a .truth.json beside it in {directory}.")  # noqa: T201
        return 2
    for title, view in (("as uploaded", _as_is), ("e-invoice hidden", without_xml), ("rendered as scan", as_scan)):
        table, misses = evaluate(cases, view)
        print(f"\n{title}\n{rendered(table)}")  # noqa: T201
        for miss in misses:
            print(f"  {miss}")  # noqa: T201
    return 0


def cases_in(directory: Path) -> Iterator[Case]:
    for truth_path in sorted(directory.glob("*.truth.json")):
        name = truth_path.name.removesuffix(".truth.json")
        path = next(
            (directory / (name + suffix) for suffix in _SUFFIXES if (directory / (name + suffix)).exists()), None
        )
        if path is not None:
            truth = {key: str(value) for key, value in json.loads(truth_path.read_text()).items() if value is not None}
            yield Case(path, truth)


def evaluate(cases: list[Case], view: Callable[[bytes], DocumentText]) -> tuple[dict[str, Tally], list[str]]:
    """Tallies by field, and a line for every value that is wrong or missing."""
    table: dict[str, Tally] = {}
    misses: list[str] = []
    for case in cases:
        try:
            read = extract(view(case.path.read_bytes()))
        except TenorError as refusal:
            misses.append(f"{case.path.name}: {refusal}")
            read = None
        for name, expected in case.truth.items():
            tally = table.setdefault(name, Tally())
            tally.judged += 1
            verdict = "missing" if read is None else _judge(read, _FIELD_OF.get(name, name), expected, tally)  # type: ignore[arg-type]
            if verdict != "right":
                misses.append(f"{case.path.name}: {name} {verdict}; truth {expected}")
    return table, misses


def without_xml(data: bytes) -> DocumentText:
    return replace(reading.read(data), xml=None)


def as_scan(data: bytes) -> DocumentText:
    """The pages as pictures: rendered, then read by text recognition only."""
    if reading.inspect(data).kind != "pdf":
        return without_xml(data)
    count = min(len(pdf.inspect(data).page_sizes), reading.OCR_PAGES_MAX)
    pages = tuple(
        reading.recognise(images.turned(pdf.render(data, number, _DOTS_PER_INCH), 0), number, _DOTS_PER_INCH)
        for number in range(1, count + 1)
    )
    return replace(reading.inspect(data), xml=None, pages=pages)


def rendered(table: dict[str, Tally]) -> str:
    rows = ["field        judged  right  wrong  missing  accepted  wrong accepted"]
    total: Counter[str] = Counter()
    for name, t in table.items():
        rows.append(_row(name, t))
        for key in Tally.__slots__:
            total[key] += getattr(t, key)
    return "\n".join([*rows, _row("all", Tally(**total))])


def _row(name: str, t: Tally) -> str:
    missing = t.judged - t.right - t.wrong
    return f"{name:<12} {t.judged:>6} {t.right:>6} {t.wrong:>6} {missing:>8} {t.accepted:>9} {t.wrong_accepted:>15}"


def _judge(read: Reading, name: FieldName, expected: str, tally: Tally) -> str:
    field = read[name]
    if field.value is None:
        if name == "prepaid" and parse_plain(expected, read.minor_digits) == 0:
            tally.right += 1
            return "right"
        return f"missing {[a.value for a in field.alternatives]}" if field.alternatives else "missing"
    if name in AMOUNT_NAMES:
        right = field.value == parse_plain(expected, read.minor_digits)
    elif name in {"seller_name", "debtor_name"}:
        one, other = plain(str(field.value)), plain(expected)
        right = bool(one) and (one in other or other in one)
    else:
        right = str(field.value) == expected
    accepted = field.is_accepted and name not in read.doubtful
    tally.right += right
    tally.wrong += not right
    tally.accepted += accepted
    tally.wrong_accepted += accepted and not right
    return "right" if right else f"WRONG{' ACCEPTED' if accepted else ''} {field.value!r} ({field.confidence_bps})"


def _as_is(data: bytes) -> DocumentText:
    return reading.read(data)
