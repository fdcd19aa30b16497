"""PURE: net, VAT, gross, paid and due, chosen together so that they add up (EN 16931 BR-CO-15, BR-CO-16).

Never takes an amount for a total only because it is the largest, nor calls a sum sure that the print does not bear out.
"""

import itertools
import re
from dataclasses import dataclass, replace

from tenor.invoices.lines import InvoiceLine, invoice_lines
from tenor.invoices.numbers import Amount, Decimal, amounts_in
from tenor.invoices.reading import ABSENT, AMOUNT_NAMES, Alternative, Candidate, Field, FieldName, chosen, field_of
from tenor.invoices.search import Found, Sheet
from tenor.kernel.pages import Finding, Severity

_RATE = re.compile(r"(?<![\d.,])(\d{1,2})(?:[.,](\d{1,2}))?\s?%")
_ADDS_UP, _PAIR_WITHOUT_LABEL, _FROM_LINES = 60, 35, 40
_SURE, _ALONE_MAX, _DERIVED = 97, 80, 74
_CANDIDATES_MAX, _SUM_PARTS_MAX = 7, 4
_BELOW_FACTOR = 55
_RIVAL_MARGIN = 10
_WEAK_LABEL, _SURE_LABEL = 55, 80


@dataclass(frozen=True, slots=True)
class _Choice:
    """A consistent set: what each amount is, and how well the print supports it.

    `from_lines`: the lines add up to the net, or to the total where no VAT is printed (EN 16931 BR-CO-10).
    """

    gross: Candidate
    net: Candidate | None
    vat: Candidate | None
    score: int
    from_lines: bool = False

    @property
    def adds_up(self) -> bool:
        return (self.net is not None and self.vat is not None) or self.from_lines

    @property
    def is_sure(self) -> bool:
        return self.adds_up and (self.gross.score > _WEAK_LABEL or self.from_lines)


def totals(sheet: Sheet, *, decimal: Decimal | None, places: int, findings: list[Finding]) -> dict[FieldName, Field]:
    """The five amounts in minor units."""
    roles = {name: _candidates(sheet, name, decimal, places) for name in AMOUNT_NAMES}
    pool = _pool(sheet, decimal, places)
    lines = invoice_lines(sheet.lines, decimal, places)
    ranked = _ranked(roles, pool, _rates(sheet), lines)
    if not ranked:
        due = chosen(roles["amount_due"])
        return dict.fromkeys(AMOUNT_NAMES, ABSENT) | {"amount_due": due}
    best = ranked[0]
    rival = next(
        (c for c in ranked[1:] if c.gross.value != best.gross.value and best.score - c.score < _RIVAL_MARGIN), None
    )
    if rival is not None:
        both = chosen([Candidate(c.gross.value, 70, c.gross.cell) for c in (best, rival)])
        findings.append(Finding("total-ambiguous", Severity.REVIEW, "Two amounts may be the invoice's total.", "gross"))
        return dict.fromkeys(AMOUNT_NAMES, ABSENT) | {"gross": both, "amount_due": chosen(roles["amount_due"])}
    return _fields(best, ranked, roles, pool, findings)


def _fields(
    best: _Choice,
    ranked: list[_Choice],
    roles: dict[FieldName, list[Candidate]],
    pool: list[Candidate],
    findings: list[Finding],
) -> dict[FieldName, Field]:
    others = tuple(dict.fromkeys(c.gross.value for c in ranked if c.gross.value != best.gross.value))[:4]
    ceiling = _SURE if best.is_sure else _ALONE_MAX
    gross = _with_others(_lifted(best.gross, ceiling), others)
    net = _lifted(best.net, _SURE) if best.net else _unproven(roles["net"])
    vat = _lifted(best.vat, _SURE) if best.vat else _unproven(roles["vat"])
    if not best.adds_up:
        sentence = "Net and VAT that add up to the total were not found on the page (EN 16931 BR-CO-15)."
        findings.append(Finding("totals-unproven", Severity.NOTE, sentence, "gross"))
    prepaid, due = _settlement(best, roles, pool, findings)
    return {"net": net, "vat": vat, "gross": gross, "prepaid": prepaid, "amount_due": due}


def _same_place(one: Candidate, other: Candidate) -> bool:
    """One amount that is called both total and due, as `Amount payable` over a payment and the rest would be."""
    return one.cell is not None and other.cell is not None and one.cell.box == other.cell.box


def _split_otherwise(best: _Choice, pool: list[Candidate]) -> bool:
    """Two further printed amounts make up the total: perhaps a payment and what remains, under names unknown here."""
    gross = int(best.gross.value)
    known = {int(part.value) for part in (best.net, best.vat) if part is not None}
    values = {abs(int(c.value)) for c in pool if _stands_after(c, best.gross)} - known
    return any(0 < value < gross and gross - value in values for value in values)


def _stands_after(candidate: Candidate, total: Candidate) -> bool:
    """In the total's line or below it: what is paid and what remains never come before what they are parts of."""
    one, other = candidate.cell, total.cell
    if one is None or other is None:
        return True
    return (one.page, one.box.bottom) > (other.page, other.box.top)


def _paid_in_print(gross: int, due: list[Candidate], pool: list[Candidate]) -> tuple[Field, Field] | None:
    """A labelled remainder whose difference to the total is printed as an amount of its own (a list of payments)."""
    by_value = {int(c.value): c for c in pool}
    for candidate in sorted(due, key=lambda c: -c.score):
        paid = gross - int(candidate.value)
        if candidate.score > _SURE_LABEL and int(candidate.value) > 0 and paid in by_value:
            return field_of(Candidate(paid, 88, by_value[paid].cell)), _lifted(candidate, _SURE - 2)
    return None


def _settlement(
    best: _Choice, roles: dict[FieldName, list[Candidate]], pool: list[Candidate], findings: list[Finding]
) -> tuple[Field, Field]:
    """Paid and due: together they must make the gross; without either label the whole gross is owed."""
    gross = int(best.gross.value)
    paid = [Candidate(abs(int(c.value)), c.score, c.cell) for c in roles["prepaid"] if 0 < abs(int(c.value)) <= gross]
    due = [c for c in roles["amount_due"] if 0 <= int(c.value) <= gross]
    for p, d in itertools.product(paid, due):
        if gross - int(p.value) == int(d.value) and int(d.value) != gross:
            return _lifted(p, _SURE), _lifted(d, _SURE)
    equal = next((d for d in due if int(d.value) == gross), None)
    if equal is not None and not paid and not (_same_place(equal, best.gross) and _split_otherwise(best, pool)):
        return ABSENT, _lifted(equal, _SURE if best.adds_up else _ALONE_MAX + 8)
    unlabelled = _paid_in_print(gross, due, pool)
    if unlabelled is not None:
        return unlabelled
    if due:
        sentence = "The amount due differs from the total, and no payment explains it (EN 16931 BR-CO-16)."
        findings.append(Finding("due-unexplained", Severity.REVIEW, sentence, "amount_due"))
        return _unproven(paid), _unproven(due)
    if paid:
        sentence = "A payment is printed, but not what remains due; the remainder was computed (EN 16931 BR-CO-16)."
        findings.append(Finding("due-derived", Severity.REVIEW, sentence, "amount_due"))
        part = max(paid, key=lambda c: c.score)
        return _unproven(paid), field_of(Candidate(gross - int(part.value), 60, part.cell))
    sure = best.is_sure and not _split_otherwise(best, pool)
    score = 93 if sure else _DERIVED
    return ABSENT, field_of(Candidate(gross, score, best.gross.cell, score > _DERIVED))


def _ranked(
    roles: dict[FieldName, list[Candidate]], pool: list[Candidate], rates: list[int], lines: list[InvoiceLine]
) -> list[_Choice]:
    """Every total with every net and VAT, best supported first."""
    totals_found = _top(roles["gross"] + [Candidate(c.value, c.score - 12, c.cell) for c in roles["amount_due"]])
    nets, vats = _top(roles["net"]), _top(roles["vat"] + _summed(roles["vat"]))
    choices = []
    for gross in totals_found:
        if int(gross.value) <= 0:
            continue
        choices.append(_Choice(gross, None, None, gross.score))
        labelled = [
            _Choice(gross, net, vat, gross.score + (net.score + vat.score) // 2 + _ADDS_UP)
            for net, vat in itertools.product(nets, vats)
            if int(net.value) + int(vat.value) == int(gross.value)
            and int(net.value) > 0
            and (int(vat.value) > 0 or (int(vat.value) == 0 and vat.score > _WEAK_LABEL and net.score > _WEAK_LABEL))
        ]
        choices += labelled or _inferred(gross, nets, vats, pool, rates)
    return sorted((_held_against(c, lines) for c in choices), key=lambda c: (-c.score, int(c.gross.value)))


def _held_against(choice: _Choice, lines: list[InvoiceLine]) -> _Choice:
    """Lines that add up speak for their sum as loudly as net and VAT do; a line's own sum proves nothing of itself."""
    base = choice.net if choice.net is not None else choice.gross
    own = base.cell is not None and any(line.cell.box == base.cell.box for line in lines)
    if not lines or own or int(base.value) != sum(line.net_units for line in lines):
        return choice
    return replace(choice, score=choice.score + _FROM_LINES, from_lines=True)


def _inferred(
    gross: Candidate, nets: list[Candidate], vats: list[Candidate], pool: list[Candidate], rates: list[int]
) -> list[_Choice]:
    """A pair of which only one part is labelled, or none but the printed rate fits to the unit."""
    total = int(gross.value)
    by_value = {int(c.value): c for c in pool}
    choices = []
    for known, is_net in [(c, True) for c in nets] + [(c, False) for c in vats]:
        rest = total - int(known.value)
        if rest in by_value and (rest >= 0 if is_net else rest > 0) and int(known.value) >= 0:
            net, vat = (known, by_value[rest]) if is_net else (by_value[rest], known)
            if _rate_fits(int(net.value), int(vat.value), rates):
                choices.append(_Choice(gross, net, vat, gross.score + known.score // 2 + _PAIR_WITHOUT_LABEL))
    if not choices:
        for value, net in by_value.items():
            vat_units = total - value
            if 0 < vat_units < value and vat_units in by_value and _rate_exact(value, vat_units, rates):
                choices.append(_Choice(gross, net, by_value[vat_units], gross.score + _PAIR_WITHOUT_LABEL))
    return choices


def _candidates(sheet: Sheet, name: FieldName, decimal: Decimal | None, places: int) -> list[Candidate]:
    candidates: list[Candidate] = []
    for found in sheet.labelled(name):
        for spot in sheet.spots(found):
            shown = [a for a in amounts_in(spot.cell, decimal, places) if _is_money(a, places)]
            if not shown:
                continue
            below = spot.cell.box.top >= sheet.label_cell(found).box.bottom
            strength = found.label.strength * spot.nearness // 100 - _position_loss(sheet, found)
            strength = strength * _BELOW_FACTOR // 100 if below else strength
            for from_right, amount in enumerate(reversed(shown)):
                score = strength - 15 * from_right - (0 if amount.has_decimals or places == 0 else 12)
                candidates += [Candidate(value, score - 10 * n, amount.cell) for n, value in enumerate(amount.meanings)]
            if below:
                break
    return candidates


def _position_loss(sheet: Sheet, found: Found) -> int:
    """Totals stand at their line's start or alone; the same word inside a sentence or a table head means less."""
    before = found.label.start + (3 if found.column > 2 else 0)  # noqa: PLR2004
    page = sheet.pages[[p.number for p in sheet.pages].index(sheet.lines[found.line].page)]
    high = 10 if sheet.label_cell(found).box.top < page.height // 4 else 0
    return min(before * 5, 20) + high


def _pool(sheet: Sheet, decimal: Decimal | None, places: int) -> list[Candidate]:
    return [
        Candidate(amount.meanings[0], 50, amount.cell)
        for line in sheet.lines
        for cell in line.cells
        for amount in amounts_in(cell, decimal, places)
        if _is_money(amount, places) and len(amount.meanings) == 1
    ]


def _is_money(amount: Amount, places: int) -> bool:
    return amount.has_decimals or amount.currency is not None or places == 0


def _summed(vats: list[Candidate]) -> list[Candidate]:
    """VAT by rates: the sum of two to four labelled amounts at different places may be the whole VAT."""
    distinct = list({c.cell.box: c for c in vats if c.cell is not None and int(c.value) > 0}.values())[:_CANDIDATES_MAX]
    return [
        Candidate(sum(int(c.value) for c in parts), min(c.score for c in parts) - 10, parts[-1].cell)
        for count in range(2, min(len(distinct), _SUM_PARTS_MAX) + 1)
        for parts in itertools.combinations(distinct, count)
    ]


def _top(candidates: list[Candidate]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        known = best.get(int(candidate.value))
        if known is None or known.score < candidate.score:
            best[int(candidate.value)] = candidate
    return sorted(best.values(), key=lambda c: -c.score)[:_CANDIDATES_MAX]


def _rates(sheet: Sheet) -> list[int]:
    """The percentages the document prints, in hundredths of a percent."""
    found = {
        int(m[1]) * 100 + int((m[2] or "0").ljust(2, "0")) for line in sheet.lines for m in _RATE.finditer(line.text)
    }
    return sorted(rate for rate in found if rate <= 3_000)  # noqa: PLR2004


def _rate_exact(net: int, vat: int, rates: list[int]) -> bool:
    return any(rate and abs(net * rate - vat * 10_000) <= 10_000 for rate in rates)  # noqa: PLR2004  -- within one unit


def _rate_fits(net: int, vat: int, rates: list[int]) -> bool:
    """The one printed rate to the unit; several rates mix to something between the lowest and the highest."""
    if vat == 0:
        return True
    if len([rate for rate in rates if rate]) == 1:
        return _rate_exact(net, vat, rates)
    return bool(rates) and min(rates) * net <= vat * 10_000 + 10_000 and vat * 10_000 <= max(rates) * net + 10_000


def _lifted(candidate: Candidate, ceiling: int) -> Field:
    """Amounts that bear each other out are as sure as the proof, whatever their label's distance was."""
    proven = ceiling >= _SURE - 2
    return field_of(Candidate(candidate.value, _score_of(candidate, ceiling), candidate.cell, proven))


def _score_of(candidate: Candidate, ceiling: int) -> int:
    return ceiling if ceiling >= _SURE - 2 else min(candidate.score, ceiling)


def _unproven(candidates: list[Candidate]) -> Field:
    return chosen([Candidate(c.value, min(c.score, _ALONE_MAX), c.cell) for c in candidates])


def _with_others(field: Field, others: tuple[int | str, ...]) -> Field:
    more = tuple(Alternative(value, 5_000, None, None) for value in others)
    return Field(field.value, field.source, field.confidence_bps, field.page, field.box, field.alternatives + more)
