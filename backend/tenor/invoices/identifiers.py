"""PURE: VAT ids and IBANs in text, with their check digits. A number that fails its check is kept, and said to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import iban
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from tenor.invoices.layout import Cell

_VAT_FORMS = {
    "AT": r"U\d{8}", "BE": r"[01]?\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{9}",
    "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}",
    "FR": r"[A-Z0-9]{2}\d{9}", "GB": r"(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})", "HR": r"\d{11}", "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"(?:\d{9}|\d{12})", "LU": r"\d{8}", "LV": r"\d{11}",
    "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"\d{2,10}", "SE": r"\d{12}",
    "SI": r"\d{8}", "SK": r"\d{10}", "CHE": r"\d{9}(?:MWST|TVA|IVA)?", "NO": r"\d{9}(?:MVA)?", "XI": r"\d{9}",
}  # fmt: skip
_VAT = re.compile(
    r"(?<![A-Z0-9])(" + "|".join(sorted(_VAT_FORMS, key=len, reverse=True)) + r")[-\s.]?((?:[A-Z0-9+*][-\s.]?){2,15})"
)
_SPACE = re.compile(r"\s")
_IBAN = re.compile(r"(?<![A-Z0-9])([A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30})")
_CHECKED_BY_STDNUM = frozenset(_VAT_FORMS) - {"CHE", "NO", "XI"}


@dataclass(frozen=True, slots=True)
class Identifier:
    """`value` without spaces and punctuation; `is_valid`: its check digits agree."""

    value: str
    is_valid: bool
    cell: Cell


def vat_ids_in(cell: Cell) -> Iterator[Identifier]:
    """VAT ids with their country prefix."""
    if not cell.has_digits:
        return
    text, at = cell.text.upper(), 0
    while (match := _VAT.search(text, at)) is not None:
        country, tail = match[1], re.sub(r"[-\s.]", "", match[2])
        whole = re.match(rf"{_VAT_FORMS[country]}(?![0-9])", tail)
        if whole is None or _is_iban_start(text[match.start() :]):
            at = match.end(1)  # `VAT No GB...`: Norway's prefix is no id, and what follows it may be one
            continue
        value = country + whole[0]
        yield Identifier(value, _vat_is_valid(country, value), cell.spanning(match.start(), match.end(2)))
        at = match.end(2)


def ibans_in(cell: Cell) -> Iterator[Identifier]:
    """IBANs; spaces inside are taken out, and what follows a valid one is left alone."""
    if not cell.has_digits:
        return
    for match in _IBAN.finditer(cell.text.upper()):
        compact = _SPACE.sub("", match[1])
        expected = _iban_length(compact)
        if expected is None or len(compact) < expected:
            continue
        value = compact[:expected]
        if sum(char.isdigit() for char in value) * 2 < expected:
            continue  # a sentence in capitals, not an account
        yield Identifier(value, iban.is_valid(value), cell.spanning(match.start(), match.end()))


def normal_vat_id(text: str) -> str:
    return re.sub(r"[^A-Z0-9+*]", "", text.upper())


def normal_iban(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def vat_id_is_valid(value: str) -> bool:
    country = "CHE" if value.startswith("CHE") else value[:2]
    form = _VAT_FORMS.get(country)
    return form is not None and re.fullmatch(form, value[len(country) :]) is not None and _vat_is_valid(country, value)


def _vat_is_valid(country: str, value: str) -> bool:
    """Check digits where stdnum knows the country's; the form alone elsewhere."""
    if country == "GB":
        from stdnum.gb import vat as gb_vat

        return bool(gb_vat.is_valid(value))
    if country not in _CHECKED_BY_STDNUM:
        return True
    try:
        vat.validate(value)
    except ValidationError:
        return False
    return True


def _is_iban_start(text: str) -> bool:
    match = _IBAN.match(text)
    return match is not None and iban.is_valid(re.sub(r"\s", "", match[1])[: _iban_length(match[1][:2]) or 0])


_IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TR": 26,
}  # fmt: skip


def _iban_length(compact: str) -> int | None:
    return _IBAN_LENGTHS.get(compact[:2])
