"""CSV that a spreadsheet takes as text and numbers, never as a formula (P40, P91). Knows no table and no noun."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from litestar import Response

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet starts a formula at, full-width forms too."""

_UNSEEN = " \u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Spaces and marks of direction, behind which a formula may hide."""


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180 with a byte-order mark, so that spreadsheets read it as UTF-8."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + held.getvalue()


def download(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Response[str]:
    """The same as an answer that browsers save as `name`."""
    return Response(
        csv_text(header, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _harmless(cell: str) -> str:
    """A number or harmless text as it is; else behind an apostrophe, after which a spreadsheet sees text."""
    risky = cell.lstrip(_UNSEEN).startswith(_FORMULA)
    return f"'{cell}" if risky and not _NUMBER.fullmatch(cell) else cell
