"""PURE: who sells and who owes: names, VAT ids, IBAN. Never looks anything up; a name is what the page prints."""

import re
from collections import defaultdict
from collections.abc import Iterator

from tenor.invoices.dates import dates_in
from tenor.invoices.identifiers import Identifier, ibans_in, vat_ids_in
from tenor.invoices.layout import Cell, plain
from tenor.invoices.reading import ABSENT, Candidate, Field, chosen
from tenor.invoices.search import Found, Sheet, Spot
from tenor.kernel.pages import Finding, Severity

_FORMS = (
    r"GmbH(?: & Co\.? KG)?|AG|UG|KG|OHG|e\.?\s?K\.?|e\.?V\.?|Ltd\.?|Limited|PLC|LLP|LLC|Inc\.?|Corp\.?|SARL|"
    r"S\.A\.R\.L\.?|"
    r"SASU?|S\.A\.S\.?|EURL|SA|S\.A\.?|S\.?L\.?U?\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|S\.?n\.?c\.?|"
    r"B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|SE|Oy|AB|ApS|A/S|"
    r"Sp\. z o\.o\.|s\.r\.o\.|Pty|Pvt\.? Ltd\.?|Private Limited|GbR|mbH|eG|SCOP|SNC"
)
_LEGAL_FORM = re.compile(rf"(?:^|[\s,])(?:{_FORMS})(?=$|[\s,.;])")
_SEPARATOR = re.compile(r"\s+[-–—●•·|∙*]\s+|\s*[●•·|∙]\s*|,\s+(?=\d|[A-Z]{0,2}-?\d{4})|\s{3,}")
_POSTAL = re.compile(
    r"^(?:[A-Z]{1,3}[-\s])?\d{4,5}(?:\s?[A-Z]{2}\s)?\s?,?\s?[A-ZÀ-Þ][A-Za-zÀ-ÿ].+|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|,?\s[A-Z]{2}\s\d{5}(?:-\d{4})?$"
)
_DOMAIN = re.compile(
    r"(?:@|www\.|https?://(?:www\.)?)([a-z0-9][a-z0-9.-]*?)\.(?:[a-z]{2,3}\.)?[a-z]{2,10}\b", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"^(?:adresse|address|lieferadr|lieferanschrift|deliver|ship|livraison|eur$|usd$|gbp$|chf$|inhalt|bemerkung|att?n?\b|t\.?a\.?v|z\.?\s?hd|c/o|page|seite|copy|kopie|original|tel|fon|fax|invoice|rechnung|facture|factura|fattura|"
    r"factuur|receipt|gutschrift|avoir|date|datum|total|iban|bic|www|http|powered|payment|mr\.?$|mrs\.?$)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?:stra(?:ße|sse|be)|str\.|\bweg|\bplatz|\ballee)\s*\d|"
    r"\b(?:rue|avenue|boulevard|street|road|lane|via|viale|piazza|calle|plaza|chemin|camino|paseo)\b.*\d|"
    r"\d.*\b(?:rue|avenue|boulevard|street|st|road|rd|lane|ave|chemin|calle|camino)\b", re.IGNORECASE
)  # fmt: skip
_EVERYDAY = frozenset(
    [
        "amount",
        "montant",
        "betrag",
        "importe",
        "importo",
        "rooms",
        "france",
        "spain",
        "espana",
        "germany",
        "deutschland",
        "nederland",
        "italia",
        "italie",
        "austria",
        "osterreich",
        "schweiz",
        "suisse",
        "belgium",
        "belgique",
        "unitedkingdom",
        "unitedstates",
        "description",
        "reglement",
        "payment",
        "zahlung",
        "pago",
    ]
)
_FREE_MAIL = frozenset(
    [
        "gmail",
        "googlemail",
        "outlook",
        "hotmail",
        "yahoo",
        "gmx",
        "web",
        "t-online",
        "orange",
        "free",
        "example",
        "localhost",
        "icloud",
    ]
)
_NAME_LENGTH_MAX, _SECTION_LINES = 70, 9
_PARTY_LABELS = frozenset({"seller", "debtor"})
_PARTY_STRENGTH = 80
_LINE_GAP = {"text": 26, "ocr": 40}
"""Widest gap inside an address, in tenths of a letter height; recognised letters are boxed by their ink, so lower."""
_LABELLED, _SECTION_NAME, _INFERRED_MAX, _WORTH_SAYING = 96, 97, 86, 44


def parties(sheet: Sheet, findings: list[Finding]) -> tuple[Field, Field]:
    """Seller's and debtor's name."""
    debtors = list(_labelled_names(sheet, "debtor"))
    sellers = list(_labelled_names(sheet, "seller"))
    blocks = list(_address_blocks(sheet))
    if not any(candidate.score >= _LABELLED - 10 for candidate in sellers):
        sellers += _inferred_sellers(sheet, blocks, taken={plain(str(c.value)) for c in debtors})
    seller = chosen(_merged(sellers))
    if not debtors:
        debtors = _inferred_debtors(sheet, blocks, seller)
    debtor = chosen(_merged(debtors))
    if seller.value is not None and debtor.value is not None and _same(str(seller.value), str(debtor.value)):
        sentence = "Seller and debtor read as the same; say who owes whom."
        findings.append(Finding("parties-equal", Severity.REVIEW, sentence, "debtor_name"))
    return seller, debtor


def vat_ids(sheet: Sheet, debtor: Field) -> tuple[Field, Field]:
    """VAT ids of seller and debtor, told apart by label, by the party's section, and by the debtor's block."""
    sellers: list[Candidate] = []
    debtors: list[Candidate] = []
    sections = _sections(sheet)
    for number, line in enumerate(sheet.lines):
        for column, cell in enumerate(line.cells):
            for found in vat_ids_in(cell):
                labels = {label.field for label in sheet.labels_at(number, column)}
                labels |= {label.field for label in sheet.labels_at(number, column - 1)} if column else set()
                labelled = bool(labels & {"vat_id", "vat", "debtor_vat_id"})
                score = (96 if found.is_valid else 82) if labelled else (88 if found.is_valid else 55)
                of_debtor = "debtor_vat_id" in labels
                in_section = sections.get(number) == "debtor" and _under(sheet, number, cell)
                target = debtors if of_debtor or in_section or _within_block(found, debtor) else sellers
                target.append(Candidate(found.value, score, found.cell, found.is_valid))
    if len({c.value for c in sellers}) == 2 and not debtors:  # noqa: PLR2004  -- two ids, nobody says whose: both to review
        return chosen([Candidate(c.value, 60, c.cell) for c in sellers]), ABSENT
    return chosen(sellers), chosen(debtors)


def iban(sheet: Sheet) -> Field:
    """The seller's account. Several valid ones are an ambiguity: money goes where the seller says, not to the first."""
    return chosen(
        Candidate(found.value, 97 if found.is_valid else 45, found.cell, found.is_valid)
        for line in sheet.lines
        for cell in (*line.cells, Cell(line.page, line.cells[0].source, tuple(w for c in line.cells for w in c.words)))
        for found in ibans_in(cell)
    )


def _labelled_names(sheet: Sheet, party: str) -> Iterator[Candidate]:
    for found in sheet.labelled(party):
        cell = sheet.cell(found)
        named = _name_in_section(sheet, found)
        if named is not None:
            yield Candidate(_name(named.text), _SECTION_NAME, named)
            continue
        for spot in _spots_below_first(sheet, found) if found.alone else sheet.spots(found):
            if not found.alone and not _is_name(spot.cell):
                break  # `Customer: 2` is a number's label
            if _is_name(spot.cell):
                short = len(plain(cell.text)) <= 4  # noqa: PLR2004
                strength = found.label.strength
                if strength < _PARTY_STRENGTH:  # a bank account may be held by the owner in person
                    strength = 80 if _LEGAL_FORM.search(spot.cell.text) else 46
                score = strength * spot.nearness // 100 - (20 if short else 0)
                yield Candidate(_name(spot.cell.text), min(score, _LABELLED), spot.cell)
                break


def _spots_below_first(sheet: Sheet, found: Found) -> list[Spot]:
    """Address blocks hang under their heading; what is right of a lone heading is usually the next heading's."""
    box = sheet.label_cell(found).box
    spots = list(sheet.spots(found))
    return sorted(spots, key=lambda spot: spot.cell.box.top < box.bottom)


def _name_in_section(sheet: Sheet, found: Found) -> Cell | None:
    """`Seller` as a heading, then lines `Name: ...`: the first name before the next party's heading."""
    for number in range(found.line, min(found.line + _SECTION_LINES, len(sheet.lines))):
        if sheet.lines[number].page != sheet.lines[found.line].page:
            return None
        for other in (f for f in sheet.found if f.line == number):
            if number > found.line and other.label.field in _PARTY_LABELS and other.alone:
                return None
            if (
                other.label.field == "name"
                and number > found.line
                and other.label.start == 0
                and other.column <= found.column + 1
            ):
                spot = next(sheet.spots(other), None)
                return spot.cell if spot is not None and _is_name(spot.cell) else None
    return None


def _inferred_sellers(sheet: Sheet, blocks: list[list[Cell]], taken: set[str]) -> Iterator[Candidate]:
    """Company names scored by what speaks for the issuer: legal form, own domain, letterhead, footer, repetition."""
    sites, mails = _domains(sheet, mail=False), _domains(sheet, mail=True)
    yield from _sender_lines(sheet)
    heads = {id(block[0].words[0]) for block in blocks}
    typical = _typical_height(sheet)
    scores: defaultdict[str, int] = defaultdict(int)
    best: dict[str, tuple[int, Candidate]] = {}
    for number, line in enumerate(sheet.lines):
        page = next(p for p in sheet.pages if p.number == line.page)
        for column, cell in enumerate(line.cells):
            parts = _SEPARATOR.split(cell.text)
            name = _name(parts[0])
            key = plain(name)
            labels = sheet.labels_at(number, column)
            if not _is_name(cell) or key in taken or any(label.start == 0 for label in labels) or len(key) < 3:  # noqa: PLR2004
                continue
            top, height = line.box.top * 100 // max(page.height, 1), cell.box.height
            score = 20 + 22 * bool(_LEGAL_FORM.search(name))
            score += 32 if _alike(key, sites) else 18 if _alike(key, mails) else 0
            score += (14 if top < 14 else 9 if top > 86 else 0) + 14 * (height * 10 > typical * 13)  # noqa: PLR2004
            score += 16 * (len(parts) > 2 and top < 40) + 6 * (id(cell.words[0]) in heads)  # noqa: PLR2004
            score -= 25 * (line.page != sheet.pages[0].number) + 20 * (len(name.split()) > 6)  # noqa: PLR2004
            scores[_without_form(key)] += 1
            if score > best.get(_without_form(key), (0, None))[0]:
                best[_without_form(key)] = (score, Candidate(name, score, cell))
    for key, (score, candidate) in best.items():
        repeated = 12 if scores[key] > 1 else 0
        if score + repeated < _WORTH_SAYING:
            continue
        yield Candidate(candidate.value, min(score + repeated, _INFERRED_MAX), candidate.cell)


def _domains(sheet: Sheet, *, mail: bool) -> set[str]:
    """Names in web or mail addresses: a site is nearly always the issuer's, a mailbox may be the customer's."""
    found = (m for line in sheet.lines for m in _DOMAIN.finditer(line.text) if m[0].startswith("@") is mail)
    names = {m[1].lower().split(".")[-1] for m in found}
    return {plain(name) for name in names - _FREE_MAIL if len(name) > 3}  # noqa: PLR2004


def _alike(key: str, domains: set[str]) -> bool:
    return any(domain in key or key in domain or _without_form(key) in domain for domain in domains)


def _sender_lines(sheet: Sheet) -> Iterator[Candidate]:
    """`Name - Street - Town` in one line above an address window or as letterhead."""
    for line in sheet.lines:
        page = sheet.pages[0]
        parts = [part for part in _SEPARATOR.split(line.text) if part]
        upper = line.page == page.number and line.box.top * 2 < page.height
        address = len(parts) > 2 and any(_POSTAL.search(part) for part in parts[1:])  # noqa: PLR2004
        if upper and address and _is_name(line.cells[0]):
            yield Candidate(_name(line.text), _INFERRED_MAX, line.cells[0])


def _inferred_debtors(sheet: Sheet, blocks: list[list[Cell]], seller: Field) -> list[Candidate]:
    """Without a label: the head of the first page's only address block that is not the seller's own."""
    own = str(seller.value or "")
    first = [b for b in blocks if sheet.pages and b[0].page == sheet.pages[0].number]
    found: dict[str, Candidate] = {}
    for block in first:
        name = _name(block[0].text)
        upper = block[0].box.top * 100 < sheet.pages[0].height * 45
        if upper and not _same(name, own) and not any(own and _same(_name(c.text), own) for c in block):
            score = 84 if len(block) > 2 else 60  # noqa: PLR2004
            known = found.get(plain(name))
            if known is None or known.score < score:
                found[plain(name)] = Candidate(name, score, block[0])
    return list(found.values())


def _address_blocks(sheet: Sheet) -> Iterator[list[Cell]]:
    """Cells that hang together above a line with a postal code: name, street, town."""
    cells = [(cell, number) for number, line in enumerate(sheet.lines) for cell in line.cells]
    for town, _number in cells:
        if not _POSTAL.search(town.text) or len(town.text) > _NAME_LENGTH_MAX or _SEPARATOR.search(town.text):
            continue
        block = [town]
        for above, _ in reversed([c for c in cells if c[0].page == town.page and c[0].box.top < town.box.top]):
            lowest = block[0]
            gap = lowest.box.top - above.box.bottom
            if abs(above.box.left - lowest.box.left) > 600:  # noqa: PLR2004
                continue
            sender = len(_SEPARATOR.split(above.text)) > 2  # noqa: PLR2004
            if sender or len(block) > 5 or gap * 10 > lowest.box.height * _LINE_GAP[town.source]:  # noqa: PLR2004
                break
            block.insert(0, above)
        block = [c for c in block if not _NOT_A_NAME.match(c.text)] or block
        while len(block) > 1 and not _is_name(block[0]):
            block.pop(0)
        if len(block) > 1:
            yield block


def _sections(sheet: Sheet) -> dict[int, str]:
    """Line number -> party whose heading was the last above it, for `_SECTION_LINES` lines."""
    sections: dict[int, str] = {}
    for found in sheet.labelled(*_PARTY_LABELS):
        if found.label.start == 0 and (found.alone or _ends_with_colon(sheet, found)):
            for number in range(found.line, min(found.line + _SECTION_LINES, len(sheet.lines))):
                sections[number] = found.label.field
    return sections


def _under(sheet: Sheet, number: int, cell: Cell) -> bool:
    """Whether the nearest party heading above, in this cell's column, is the debtor's."""
    nearest: tuple[int, str] | None = None
    for found in sheet.labelled(*_PARTY_LABELS):
        head = sheet.label_cell(found)
        if found.line <= number and head.page == cell.page and abs(head.box.left - cell.box.left) < 12_000:  # noqa: PLR2004
            nearest = max(nearest or (0, ""), (found.line, found.label.field))
    return nearest is not None and nearest[1] == "debtor"


def _within_block(found: Identifier, debtor: Field) -> bool:
    """Directly under the debtor's name, in its column."""
    if debtor.box is None or debtor.page != found.cell.page:
        return False
    box = found.cell.box
    below = box.top - debtor.box.bottom
    return 0 <= below < debtor.box.height * 9 and abs(box.left - debtor.box.left) < 9_000  # noqa: PLR2004


def _is_name(cell: Cell) -> bool:
    text = cell.text
    letters = sum(char.isalpha() for char in text)
    return (
        letters >= 2  # noqa: PLR2004
        and len(_name(text)) <= _NAME_LENGTH_MAX
        and not _NOT_A_NAME.match(text)
        and "@" not in text
        and not _POSTAL.search(_name(text))
        and sum(char.isdigit() for char in _name(text)) * 3 <= letters
        and next(dates_in(cell), None) is None
        and not _STREET.search(_name(text))
        and plain(text) not in _EVERYDAY
        and not text.endswith(":")
    )


def _name(text: str) -> str:
    """The name without the address that a letterhead puts behind it."""
    return _SEPARATOR.split(text.strip(" ,;:"))[0].strip(" ,;:")


def _without_form(key: str) -> str:
    return re.sub(r"(gmbhcokg|gmbh|ag|ug|kg|ltd|limited|llc|inc|sarl|sas|sa|sl|srl|spa|bv|nv)$", "", key) or key


def _same(one: str, other: str) -> bool:
    return bool(one) and _without_form(plain(one)) == _without_form(plain(other))


def _merged(candidates: list[Candidate]) -> list[Candidate]:
    """Spellings of one name with and without its legal form are one candidate: the fuller one."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, -len(str(c.value)))):
        if not any(_same(str(candidate.value), str(other.value)) for other in kept):
            kept.append(candidate)
    return kept


def _ends_with_colon(sheet: Sheet, found: Found) -> bool:
    return sheet.cell(found).words[found.label.end - 1].text.endswith(":")


def _typical_height(sheet: Sheet) -> int:
    heights = sorted(word.box.height for page in sheet.pages for word in page.words)
    return heights[len(heights) // 2] if heights else 0
