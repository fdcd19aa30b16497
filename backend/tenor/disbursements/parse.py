"""A file or a list of payments, read into lines; every bad one is named by its line. Asks nobody, stores nothing."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tenor.kernel.errors import Invalid
from tenor.kernel.money import UNITS_MAX, AmountInvalid, parse_units
from tenor.ledger.packing import MEMO_BYTES_MAX, PayeeUnusable, contract, muxed, plain

LINES_MAX = 10_000
FILE_BYTES_MAX = 4_000_000
CELL_CHARACTERS_MAX = 200
LISTED_MAX = 500
"""Bad lines told at once."""
_KNOWN = ("payee", "amount", "asset", "memo_type", "memo", "id")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MEMO_KINDS = ("text", "id", "hash")
_HASH_DIGITS = 64


class BatchRefused(Invalid):
    """One or more lines are wrong; nothing was stored. `fields` names each by its line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A payment as it will be stored. `payee` is a G, M or C address."""

    number: int
    payee: str
    units: int
    memo_kind: str = "none"
    memo_value: str = ""
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What every line is held against. `ours`: plain addresses of the platform itself, which are no payees (P43)."""

    asset_code: str
    decimals: int
    ours: frozenset[str]
    repeats: bool


def from_csv(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file with a header line. `BatchRefused` when it is not one, or longer than allowed (P40)."""
    if len(data) > FILE_BYTES_MAX:
        raise BatchRefused(f"The file has more than {FILE_BYTES_MAX:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BatchRefused("The file is not UTF-8 text: save it as CSV (UTF-8).") from error
    if "\0" in text:
        raise BatchRefused("The file is not text: save it as CSV (UTF-8).")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, str]] = []
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_header(header)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise BatchRefused(f"Line {reader.line_num} has {len(cells)} cells; the header has {len(header)}.")
            rows.append({"": str(reader.line_num), **dict(zip(header, cells, strict=True))})
            if len(rows) > LINES_MAX:
                raise BatchRefused(f"The file has more than {LINES_MAX:,} payments: split it.")
    except csv.Error as error:
        raise BatchRefused(f"Line {reader.line_num} is no CSV: {error}.") from error
    return rows


def lines_of(rows: Sequence[Mapping[str, str]], expected: Expected) -> list[Line]:
    """Every row as a line; `BatchRefused` names each bad one. A row's own number is under the empty name, if any."""
    if not rows:
        raise BatchRefused("There is no payment in it.")
    if len(rows) > LINES_MAX:
        raise BatchRefused(f"There are more than {LINES_MAX:,} payments: split them.")
    found, wrong = [], dict[str, str]()
    for position, row in enumerate(rows, 1):
        number = int(row.get("", position))
        try:
            found.append(_line(number, {name: cell.strip() for name, cell in row.items()}, expected))
        except _Bad as bad:
            wrong[f"line {number}, {bad.column}"] = bad.sentence
    wrong |= _repeats(found, expected)
    if sum(line.units for line in found) > UNITS_MAX:
        wrong["amount"] = "Together the payments are more than can be held."
    if wrong:
        first = dict(list(wrong.items())[:LISTED_MAX])
        raise BatchRefused(f"{len(wrong)} things are wrong in it, and nothing was stored.", fields=first)
    return found


class _Bad(Exception):
    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def _check_header(header: Sequence[str]) -> None:
    unknown = [name for name in header if name not in _KNOWN]
    missing = [name for name in ("payee", "amount") if name not in header]
    if unknown or missing or len(set(header)) != len(header):
        told = ", ".join(_KNOWN)
        raise BatchRefused(f"The first line must name the columns payee and amount; there can be {told}, each once.")


def _line(number: int, row: Mapping[str, str], expected: Expected) -> Line:
    for column in _KNOWN:
        cell = row.get(column, "")
        if cell.startswith(_FORMULA):
            raise _Bad(column, f"{cell[:20]!r} would be a formula in a spreadsheet: write it as plain text.")
        if len(cell) > CELL_CHARACTERS_MAX or not cell.isprintable():
            raise _Bad(column, f"It has more than {CELL_CHARACTERS_MAX} characters, or some that cannot be printed.")
    asset = row.get("asset", "")
    if asset and asset != expected.asset_code:
        raise _Bad("asset", f"{asset[:20]!r} is not {expected.asset_code}, the asset of this batch.")
    payee = _payee(row.get("payee", ""), expected)
    try:
        units = parse_units(row.get("amount", ""), expected.decimals)
    except AmountInvalid as invalid:
        raise _Bad("amount", str(invalid)) from None
    if units == 0:
        raise _Bad("amount", "A payment must be more than zero.")
    kind, value = _memo(row.get("memo_type", ""), row.get("memo", ""), payee)
    return Line(number, payee, units, kind, value, row.get("id") or None)


def _payee(given: str, expected: Expected) -> str:
    if "*" in given:
        raise _Bad("payee", f"{given[:60]!r} is a federation address: look it up first, and write what it leads to.")
    try:
        own = contract(given) if given.startswith("C") else plain(given)
        if not given.startswith("C"):
            muxed(given)
    except PayeeUnusable as unusable:
        raise _Bad("payee", str(unusable)) from None
    if own in expected.ours:
        raise _Bad("payee", f"{given} is an account or contract of this platform itself.")
    return given


def _memo(kind: str, value: str, payee: str) -> tuple[str, str]:
    if not value:
        if kind:
            raise _Bad("memo", "There is a memo type and no memo.")
        return "none", ""
    if payee.startswith(("C", "M")):
        raise _Bad("memo", "A contract takes no memo, and a muxed address carries its own number: leave the memo out.")
    kind = kind or "text"
    if kind not in _MEMO_KINDS:
        raise _Bad("memo_type", f"{kind[:20]!r} is not one of {', '.join(_MEMO_KINDS)}.")
    fits = {
        "text": len(value.encode()) <= MEMO_BYTES_MAX,
        "id": value.isascii() and value.isdigit() and len(value) <= len(str(2**64)) and int(value) < 2**64,
        "hash": len(value) == _HASH_DIGITS and all(digit in "0123456789abcdef" for digit in value.lower()),
    }
    if not fits[kind]:
        raise _Bad("memo", "A text has at most 28 bytes, an id is a number below 2^64, a hash is 64 hex digits.")
    return kind, str(int(value)) if kind == "id" else value.lower() if kind == "hash" else value


def _repeats(lines: Iterable[Line], expected: Expected) -> dict[str, str]:
    """The same id twice is a mistake; the same payee only when it was not said to be meant (P41)."""
    wrong: dict[str, str] = {}
    ids: dict[str, int] = {}
    payees: dict[tuple[str, str, str], int] = {}
    for line in lines:
        if line.external_id is not None:
            first = ids.setdefault(line.external_id, line.number)
            if first != line.number:
                wrong[f"line {line.number}, id"] = f"{line.external_id[:60]!r} stands in line {first} already."
        key = (line.payee, line.memo_kind, line.memo_value)
        first = payees.setdefault(key, line.number)
        if first != line.number and not expected.repeats:
            wrong[f"line {line.number}, payee"] = f"The same payee as in line {first}: say that repeats are meant."
    return wrong
