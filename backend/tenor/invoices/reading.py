"""PURE: what was read off an invoice: fields with source, confidence, place and alternatives. Never a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from tenor.invoices.layout import Cell
from tenor.invoices.thresholds import CLEAR_TWICE_BPS
from tenor.kernel.pages import Box, Finding, Severity

FieldName = Literal[
    "number",
    "type",
    "issue_date",
    "due_date",
    "currency",
    "seller_name",
    "seller_vat_id",
    "seller_iban",
    "debtor_name",
    "debtor_vat_id",
    "net",
    "vat",
    "gross",
    "prepaid",
    "amount_due",
]
FIELD_NAMES: tuple[FieldName, ...] = FieldName.__args__  # type: ignore[attr-defined]
AMOUNT_NAMES: tuple[FieldName, ...] = ("net", "vat", "gross", "prepaid", "amount_due")
REQUIRED_NAMES: tuple[FieldName, ...] = (
    *("number", "issue_date", "due_date", "currency", "seller_name", "debtor_name", "gross", "amount_due"),
)
FieldSource = Literal["xml", "text", "ocr"]
Value = str | int
"""Amounts are integers in the currency's minor unit; dates are ISO 8601; everything else is text."""
ACCEPT_BPS = 9_000
"""From here on a value may stand without a second look; below it the seller confirms it explicitly (P111)."""


_CLEAR_COUNTS_BPS = 9_900


@dataclass(frozen=True, slots=True)
class Alternative:
    value: Value
    confidence_bps: int
    page: int | None
    box: Box | None


@dataclass(frozen=True, slots=True)
class Field:
    """One value as read. `value` is None where nothing was found, and where several were and none is surer (P113):
    then `alternatives` holds them. `page` and `box` are None for XML.
    """

    value: Value | None
    source: FieldSource | None
    confidence_bps: int
    page: int | None = None
    box: Box | None = None
    alternatives: tuple[Alternative, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        return self.value is None and len(self.alternatives) > 1

    @property
    def is_accepted(self) -> bool:
        return self.value is not None and self.confidence_bps >= ACCEPT_BPS


ABSENT = Field(None, None, 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """All fields of one document. `minor_digits`: decimals of the amounts, by the currency (2 where unknown)."""

    fields: Mapping[FieldName, Field]
    findings: tuple[Finding, ...]
    minor_digits: int

    def __getitem__(self, name: FieldName) -> Field:
        return self.fields[name]

    @property
    def is_refused(self) -> bool:
        return any(finding.severity is Severity.REFUSE for finding in self.findings)

    @property
    def doubtful(self) -> tuple[FieldName, ...]:
        """Fields a person must look at: required and missing, or present and not sure."""
        blocked = {finding.field for finding in self.findings if finding.severity is not Severity.NOTE}
        return tuple(
            name
            for name, field in self.fields.items()
            if name in blocked
            or (field.value is not None and not field.is_accepted)
            or (field.value is None and (name in REQUIRED_NAMES or field.alternatives))
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value a field might have, with the score 0..100 of the evidence and where it stands.

    `is_proven`: it agrees with something else on the page to the last digit (a sum, check digits), which a misread
    digit would have broken; what the recogniser thought of single words then counts for a quarter.
    `clear_bps`: from here on recognised words count as read clearly.
    """

    value: Value
    score: int
    cell: Cell | None
    is_proven: bool = False
    clear_bps: int = CLEAR_TWICE_BPS


def chosen(candidates: Iterable[Candidate], *, margin: int = 6) -> Field:
    """The best candidate, if it leads every other value by `margin`; else an ambiguous field with all of them."""
    best: dict[Value, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.value)
        if known is None or candidate.score > known.score:
            best[candidate.value] = candidate
    ranked = sorted(best.values(), key=lambda c: -c.score)
    if not ranked:
        return ABSENT
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < margin:
        return Field(None, _source(ranked[0]), 0, alternatives=tuple(map(_alternative, ranked[:5])))
    return field_of(ranked[0], ranked[1:5])


def field_of(candidate: Candidate, others: Iterable[Candidate] = ()) -> Field:
    cell = candidate.cell
    return Field(
        value=candidate.value,
        source=_source(candidate),
        confidence_bps=_confidence_bps(candidate),
        page=cell.page if cell else None,
        box=cell.box if cell else None,
        alternatives=tuple(_alternative(other) for other in others),
    )


def _confidence_bps(candidate: Candidate) -> int:
    """The evidence's score, no surer than the value's worst recognised word; clear words count as nearly certain."""
    seen = candidate.cell.confidence_bps if candidate.cell else 10_000
    seen = max(seen, _CLEAR_COUNTS_BPS) if seen >= candidate.clear_bps else min(seen, CLEAR_TWICE_BPS)
    if candidate.is_proven:
        seen = 10_000 - (10_000 - seen) // 4
    return max(0, min(candidate.score, 99)) * 100 * seen // 10_000


def _alternative(candidate: Candidate) -> Alternative:
    cell = candidate.cell
    return Alternative(
        candidate.value, _confidence_bps(candidate), cell.page if cell else None, cell.box if cell else None
    )


def _source(candidate: Candidate) -> FieldSource | None:
    return candidate.cell.source if candidate.cell else None
