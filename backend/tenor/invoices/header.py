"""PURE: number, dates and currency of an invoice from its labels. Never reads amounts or names."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from tenor.invoices.dates import Order, PrintedDate, dates_in, days_between, order_of, settled
from tenor.invoices.layout import Cell, plain
from tenor.invoices.numbers import CODES, SYMBOLS, Amount
from tenor.invoices.reading import ABSENT, Candidate, Field, FieldName, chosen, field_of
from tenor.invoices.search import Found, Sheet
from tenor.invoices.thresholds import CLEAR_BPS, CLEAR_TWICE_BPS
from tenor.kernel.pages import Finding, Severity

_FILLER = re.compile(
    r"[#:.\-–—|/()]*|n[°ºro.]*|no\.?|nr\.?|num\.?|numero|number|nummer|id|\(?380\)?|\(?389\)?|\(?384\)?", re.IGNORECASE
)
_NUMBER = re.compile(r"[A-Z0-9ÄÖÜ#][A-Z0-9ÄÖÜ/\-_.:#\\]*", re.IGNORECASE)
_NUMBER_LENGTH_MAX = 40
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PREFIX = re.compile(r"[A-Z]{1,6}[-/.]?")
_TITLE_STRENGTH, _WEAK_DATE, _SURE = 75, 60, 90
_TERM_DAYS = re.compile(
    r"(?<!\d)(\d{1,3})\s*(?:days?|tagen?|jours?|giorni|d[ií]as|dagen|gg\.?|j\.?)\b(?!\s*(?:\d|%|skonto|discount))",
    re.IGNORECASE,
)
_NET_DAYS = re.compile(r"\bnet(?:to)?\s*(\d{1,3})\b", re.IGNORECASE)
_DAYS_MAX, _BEHIND = 365, 100
_LONE_DATE, _BARE_NUMBER, _NAMED_ELSEWHERE, _TORN, _REFERENCE, _IN_WORDS = 93, 80, 55, 60, 40, 92
_FACTS_LINES = 2
_STATE_AND_ZIP = re.compile(r",\s[A-Z]{2}\s\d{5}(?:-\d{4})?(?![\w-])")
_PAY = re.compile(
    r"\b(?:pay|paid|payment|transfer|remit|settle|zahlen|zahlung|überweisen|überweisung|begleichen|payer|régler|règlement|"
    r"virer|pague|pagar|pago|abone|abonar|transfiera|ingresar|pagare|pagamento|versare|saldare|bonifico|betalen)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:by|until|before|later|bis|spätestens|avant|tard|antes|hasta|tardar|entro|oltre|uiterlijk|voor)\b",
    re.IGNORECASE,
)
_DISCOUNT = re.compile(r"skonto|discount|escompte|descuento|sconto|korting|%", re.IGNORECASE)
_ISLES = re.compile(r"\b(?:GB|IE)\s?\d{7}|£|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\bUnited Kingdom\b|\bIreland\b")
"""What only invoices from Britain and Ireland show: VAT ids, pounds, postcodes."""


def number(sheet: Sheet) -> Field:
    """The invoice number; where two stand with equal right, both as alternatives."""
    candidates = list(_numbers(sheet))
    return chosen(_repeated(candidates or list(_references(sheet)), sheet))


def _references(sheet: Sheet) -> Iterator[Candidate]:
    """What stands behind a bare "Reference", for a person to say whether it is the invoice's own."""
    for found in sheet.labelled("number"):
        if found.label.strength == _REFERENCE and found.label.start == 0:
            spot = next(sheet.spots(found), None)
            cell = None if spot is None else _number_in(spot.cell, must_be_next=True)
            if cell is not None:
                yield Candidate(_clean(cell.text), _NAMED_ELSEWHERE, cell)


def _numbers(sheet: Sheet) -> Iterator[Candidate]:
    for found in sheet.labelled("number"):
        strength = found.label.strength
        if strength == _REFERENCE:
            continue
        for spot in sheet.spots(found):
            cell = _number_in(spot.cell, must_be_next=strength <= _TITLE_STRENGTH)
            if cell is None or (
                strength == _TITLE_STRENGTH and spot.nearness < _SURE + 5 and not _in_table_head(sheet, found)
            ):
                continue
            if strength < _NAMED_ELSEWHERE and (found.label.start or not _title_line(sheet, found)):
                if found.label.start or not _beside_issue_date(sheet, found) or cell.words[0].text.isalpha():
                    continue  # a bare "Nr." counts only in the invoice's own title, or among its facts
                yield Candidate(_clean(cell.text), _BARE_NUMBER * spot.nearness // 100, cell)
                break
            score = _number_score(found, spot.nearness, spot.cell)
            score = min(score, _TORN) if _is_torn(cell, spot.cell) else score
            yield Candidate(_clean(cell.text), score, cell)
            break


def dates(sheet: Sheet, findings: list[Finding]) -> tuple[Field, Field]:
    """Issue and due date. Numeric dates that stay ambiguous come back without a value and with both readings."""
    order = order_of(line.text for line in sheet.lines) or _order_by_country(sheet)
    terms = _terms(sheet)
    issue = _date_candidates(sheet, "issue_date", order) or _behind_number(sheet, order)
    due = _date_candidates(sheet, "due_date", order) or _in_sentence(sheet, order)
    if order is None:
        order = _order_by_terms(issue, due, terms)
        issue = [(settled(date, order), score) for date, score in issue]
        due = [(settled(date, order), score) for date, score in due]
    issue = _surer_if_alone(issue, due)
    if not issue:
        issue = _unlabelled(sheet, order, due)
    issued, payable = _as_field("issue_date", issue, findings), _as_field("due_date", due, findings)
    if payable.value is None and not payable.alternatives and isinstance(issued.value, str) and len(terms) == 1:
        payable = _from_terms(issued.value, *terms[0], findings)
    return issued, payable


def currency(sheet: Sheet, amounts: list[Amount]) -> Field:
    """The currency by its marks at amounts, or by name; a bare dollar sign is read as USD, but not surely."""
    named: list[Candidate] = []
    marks = Counter(amount.currency for amount in amounts if amount.currency)
    where = {amount.currency: amount.cell for amount in amounts}
    for line in sheet.lines:
        for cell in line.cells:
            for word in cell.words:
                code = word.text.strip("():.,;").upper()
                if code in CODES and word.text.strip("():.,;").isupper():
                    marks[code] += 1
                    where.setdefault(code, cell)
                elif word.text.strip(".,:()") in SYMBOLS:
                    marks[SYMBOLS[word.text.strip(".,:()")]] += 1
                    where.setdefault(SYMBOLS[word.text.strip(".,:()")], cell)
    total = sum(marks.values())
    for code, count in marks.items():
        score = 96 if count == total else 96 * count // total
        named.append(Candidate(code, score, where[code], clear_bps=CLEAR_BPS["currency"]))
    if named:
        return chosen(named)
    dollar = next((cell for line in sheet.lines for cell in line.cells if "$" in cell.text), None)
    return field_of(Candidate("USD", 70, dollar)) if dollar else ABSENT


def _number_in(cell: Cell, *, must_be_next: bool) -> Cell | None:
    """The first word that can be an invoice number, with a short prefix of capitals before it."""
    words = cell.words
    for start, word in enumerate(words):
        text = word.text.strip(".,;:()#")
        if not text or _FILLER.fullmatch(word.text):
            continue
        one = cell.part(start, start + 1)
        if _can_be_number(text) and not _is_date(cell, start):
            return one
        if (
            _PREFIX.fullmatch(text)
            and start + 1 < len(words)
            and _can_be_number(words[start + 1].text.strip(".,;:()#"))
        ):
            return None if _is_date(cell, start + 1) else cell.part(start, start + 2)
        if must_be_next:
            return None
    return None


def _is_torn(cell: Cell, whole: Cell) -> bool:
    """Whether a recognised number has digits beside it that may belong to it: `2025 .65250`."""
    if cell.source != "ocr":
        return False
    first = whole.words.index(cell.words[0])
    beside = whole.words[max(first - 1, 0) : first] + whole.words[first + len(cell.words) :][:1]
    return any(char.isdigit() for word in beside for char in word.text)


def _can_be_number(text: str) -> bool:
    return (
        _NUMBER.fullmatch(text) is not None
        and any(char.isdigit() for char in text)
        and len(text) <= _NUMBER_LENGTH_MAX
        and not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{2}", text)
        and not re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d{2}", text)
    )


def _is_date(cell: Cell, start: int) -> bool:
    """Whether a date begins at this word."""
    first = next(dates_in(cell.part(start, len(cell.words))), None)
    return first is not None and first.cell.words[0] is cell.words[start]


def _clean(text: str) -> str:
    return " ".join(text.strip(" .,;:()#").split())


def _title_line(sheet: Sheet, found: Found) -> bool:
    line = plain(sheet.lines[found.line].text)
    return any(
        word in line for word in ("rechnung", "invoice", "facture", "factura", "fattura", "factuur", "gutschrift")
    )


def _beside_issue_date(sheet: Sheet, found: Found) -> bool:
    """Within two lines of the issue date, where an invoice states its facts; a table's "No." has no date near."""
    return any(abs(other.line - found.line) <= _FACTS_LINES for other in sheet.labelled("issue_date"))


def _in_table_head(sheet: Sheet, found: Found) -> bool:
    """`Customer | Date | Invoice` over a row of values: there the bare word stands for the number."""
    return found.alone and sum(other.line == found.line and other.alone for other in sheet.found) > 2  # noqa: PLR2004


def _number_score(found: Found, nearness: int, value_cell: Cell) -> int:
    """A document's title with the number right behind it names it nearly as surely as "invoice number" does."""
    if found.label.strength != _TITLE_STRENGTH:
        return found.label.strength * nearness // 100
    signed = any(_FILLER.fullmatch(word.text) for word in value_cell.words[:1])
    heading = found.label.start == 0 and len(value_cell.words) == 1 and not _YEAR.fullmatch(value_cell.text)
    return (_SURE + 4 if signed else _SURE + 2 if heading else _SURE - 1) - (_BEHIND - nearness)


def _repeated(candidates: list[Candidate], sheet: Sheet) -> Iterator[Candidate]:
    """A number that stands elsewhere too (footer, payment reference) is surer than one that does not."""
    for candidate in candidates:
        value = str(candidate.value)
        seen = sum(value in line.text for line in sheet.lines)
        score = min(candidate.score + (4 if seen > 1 else 0), 98)
        clear_bps = CLEAR_TWICE_BPS if seen > 1 else CLEAR_BPS["number"]
        yield Candidate(value, score, candidate.cell, clear_bps=clear_bps)


def _date_candidates(sheet: Sheet, name: str, order: Order | None) -> list[tuple[PrintedDate, int]]:
    candidates = []
    for found in sheet.labelled(name):
        strength = found.label.strength
        if strength == _WEAK_DATE:
            if _goes_on(sheet, found):
                continue
            own = _title_line(sheet, found) and _follows_number(sheet, found)
            if not own and _belongs_to_other(sheet, found):
                continue
            strength = 93 if own else strength + 15
        for spot in sheet.spots(found):
            date = next(dates_in(spot.cell), None) or _on_two_lines(sheet, spot.cell)
            if found.label.strength == _WEAK_DATE and date is not None and not _stands_first(date, spot.cell):
                break  # "Date" with more words before the value is the name of some other date
            if date is not None:
                candidates.append((settled(date, order), strength * spot.nearness // 100))
                break
    return candidates


def _behind_number(sheet: Sheet, order: Order | None) -> list[tuple[PrintedDate, int]]:
    """`Invoice 4711, 3 May 2025`: the title, the number, and the one date of that cell."""
    found = []
    for title in sheet.labelled("number"):
        cell = sheet.cell(title)
        if title.label.start or title.label.strength < _TITLE_STRENGTH:
            continue
        rest = cell.part(title.label.end, len(cell.words)) if title.label.end < len(cell.words) else None
        named = None if rest is None else _number_in(rest, must_be_next=True)
        dates_there = list(dates_in(rest)) if rest is not None and named is not None else []
        if len(dates_there) == 1:
            found.append((settled(dates_there[0], order), _IN_WORDS))
    return found


def _in_sentence(sheet: Sheet, order: Order | None) -> list[tuple[PrintedDate, int]]:
    """`Please pay 100.00 by 3 May 2025`; not what is said of discounts, which end earlier."""
    return [
        (settled(dates_there[0], order), _IN_WORDS)
        for line in sheet.lines
        for cell in line.cells
        if _PAY.search(cell.text) and _UNTIL.search(cell.text) and not _DISCOUNT.search(cell.text)
        if len(dates_there := list(dates_in(cell))) == 1
    ]


def _goes_on(sheet: Sheet, found: Found) -> bool:
    """`Date of payment`, `Fecha de pago`: the name of another date, with nothing but words behind the weak one."""
    cell = sheet.cell(found)
    rest = cell.words[found.label.end :]
    return (
        bool(rest)
        and any(char.isalpha() for char in rest[0].text)
        and not cell.part(found.label.end, len(cell.words)).has_digits
    )


def _on_two_lines(sheet: Sheet, cell: Cell) -> PrintedDate | None:
    """A date whose year a narrow column has put on the next line."""
    below = sheet.continued(cell) if cell.has_digits else None
    if below is None:
        return None
    return next(dates_in(Cell(cell.page, cell.source, (*cell.words, below.words[0]))), None)


def _stands_first(date: PrintedDate, cell: Cell) -> bool:
    before = cell.words[: cell.words.index(date.cell.words[0])] if date.cell.words[0] in cell.words else ()
    return not any(char.isalpha() for word in before for char in word.text)


def _surer_if_alone(
    issue: list[tuple[PrintedDate, int]], due: list[tuple[PrintedDate, int]]
) -> list[tuple[PrintedDate, int]]:
    """A bare "Date" names the issue date when nothing else claims to, and no due date lies before it."""
    if len({date.meanings for date, _ in issue}) != 1 or max(score for _, score in issue) < _WEAK_DATE:
        return issue
    (date, score), *_ = issue
    if date.is_ambiguous or any(not d.is_ambiguous and d.meanings[0] < date.meanings[0] for d, _ in due):
        return issue
    return [(date, max(score, _LONE_DATE))]


def _order_by_country(sheet: Sheet) -> Order | None:
    """Four of the languages write the day first wherever they are spoken; in English the country decides."""
    if sheet.language in {"de", "fr", "es", "it"}:
        return "day-first"
    if sheet.language != "en":
        return None
    american = any(_STATE_AND_ZIP.search(cell.text) for line in sheet.lines for cell in line.cells)
    european = any(_ISLES.search(line.text) for line in sheet.lines)
    if american == european:
        return None
    return "month-first" if american else "day-first"


def _follows_number(sheet: Sheet, found: Found) -> bool:
    """`Invoice 4711 of 3 May`: the number's label stands before it in its line, and no other's."""
    before = [
        label
        for column in range(found.column + 1)
        for label in sheet.labels_at(found.line, column)
        if (column, label.end) <= (found.column, found.label.start)
    ]
    numbers = any(label.field == "number" and label.strength >= _TITLE_STRENGTH for label in before)
    return numbers and all(label.field != "other" for label in before)


def _belongs_to_other(sheet: Sheet, found: Found) -> bool:
    """`Order 4711 of 3 May`: a weak word after another field's name speaks of that field."""
    before = [label for label in sheet.labels_at(found.line, found.column) if label.end <= found.label.start]
    waiting = any(
        other.line == found.line and other.column == found.column - 1 and other.alone for other in sheet.found
    )
    return bool(before) or waiting or found.label.start > 0


def _unlabelled(sheet: Sheet, order: Order | None, due: list[tuple[PrintedDate, int]]) -> list[tuple[PrintedDate, int]]:
    """Without any label: the only date in the upper half of the first page that is no due date."""
    taken = {date.meanings for date, _ in due}
    first = sheet.pages[0] if sheet.pages else None
    found = {
        date.meanings: date
        for line in sheet.lines
        if first is not None and line.page == first.number and line.box.top < first.height // 2
        for cell in line.cells
        for date in (settled(date, order) for date in dates_in(cell))
        if date.meanings not in taken
    }
    return [(date, 60) for date in found.values()] if len(found) == 1 else []


def _as_field(name: FieldName, dates_found: list[tuple[PrintedDate, int]], findings: list[Finding]) -> Field:
    if dates_found:
        best, score = max(dates_found, key=lambda found: found[1])
        if best.is_ambiguous:
            sentence = f"{best.cell.text} can be {best.meanings[0]} or {best.meanings[1]}: choose one."
            findings.append(Finding("date-ambiguous", Severity.REVIEW, sentence, name))
            return chosen(Candidate(meaning, score, best.cell) for meaning in best.meanings)
    return chosen(
        Candidate(date.meanings[0], score, date.cell, clear_bps=CLEAR_BPS[name])
        for date, score in dates_found
        if not date.is_ambiguous
    )


def _terms(sheet: Sheet) -> list[tuple[int, Cell]]:
    """Days to pay, where the terms name exactly one number of days."""
    days: dict[int, Cell] = {}
    for found in sheet.labelled("terms", "due_date", "amount_due"):
        texts = [sheet.cell(found), *(spot.cell for spot in sheet.spots(found))]
        for cell in texts:
            for match in (*_TERM_DAYS.finditer(cell.text), *_NET_DAYS.finditer(cell.text)):
                if 0 < int(match[1]) <= _DAYS_MAX:
                    days.setdefault(int(match[1]), cell)
    return list(days.items())


def _order_by_terms(
    issue: list[tuple[PrintedDate, int]], due: list[tuple[PrintedDate, int]], terms: list[tuple[int, Cell]]
) -> Order | None:
    """The terms decide: if only one reading puts the due date as many days after the issue date as they say."""
    if not (issue and due and terms):
        return None
    one, two = max(issue, key=lambda d: d[1])[0], max(due, key=lambda d: d[1])[0]
    if not (one.is_ambiguous and two.is_ambiguous):
        return None
    days = {count for count, _ in terms}
    fits = [days_between(one.meanings[i], two.meanings[i]) in days for i in (0, 1)]
    if fits[0] == fits[1]:
        return None
    return "day-first" if fits[0] else "month-first"


def _from_terms(issued: str, days: int, cell: Cell, findings: list[Finding]) -> Field:
    due = (dt.date.fromisoformat(issued) + dt.timedelta(days=days)).isoformat()
    sentence = f"No due date is printed; {due} follows from the terms, {days} days after {issued}."
    findings.append(Finding("due-date-from-terms", Severity.NOTE, sentence, "due_date"))
    return field_of(Candidate(due, 80, cell))
