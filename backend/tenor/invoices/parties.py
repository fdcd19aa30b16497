"""PURE: who sells and who owes: names, VAT ids, IBAN. Never looks anything up; a name is what the page prints."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tenor.invoices.dates import dates_in
from tenor.invoices.identifiers import Identifier, ibans_in, vat_ids_in
from tenor.invoices.labels import labels_in
from tenor.invoices.layout import Cell, Line, plain
from tenor.invoices.reading import ABSENT, Candidate, Field, chosen
from tenor.invoices.search import Found, Sheet, Spot
from tenor.invoices.thresholds import CLEAR_BPS
from tenor.kernel.pages import Finding, Severity

_FORMS = (
    r"GmbH(?: & Co\.? KG)?|AG|UG|KG|OHG|e\.?\s?K\.?|e\.?V\.?|Ltd\.?|Limited|PLC|LLP|LLC|Inc\.?|Corp\.?|SARL|S[àa]rl|"
    r"S\.[àAa]\.?\s?[Rr]\.?\s?[Ll]\.?|S\.A\.R\.L\.?|"
    r"SASU?|S\.A\.S\.?|EURL|SA|S\.A\.?|S\.?L\.?U?\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|S\.?n\.?c\.?|"
    r"B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|SE|Oy|AB|ApS|A/S|"
    r"SRL|S\.R\.L\.|SLU|SpA|SPA|e\.?\s?U\.?|Sp\. z o\.o\.|s\.r\.o\.|"
    r"Pty|Pvt\.? Ltd\.?|Private Limited|GbR|mbH|eG|SCOP|SNC"
)
_LEGAL_FORM = re.compile(rf"(?:^|[\s,])(?:{_FORMS})(?=$|[\s,.;])")
_FORM_THEN_COMMA = re.compile(rf"(?:^|[\s,])((?:{_FORMS})),\s")
_SEPARATOR = re.compile(r"\s+[-–—●•·|∙*]\s+|\s*[●•·|∙]\s*|,\s+(?=\d|[A-Z]{0,2}-?\d{4})|\s{3,}")
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[●•·|∙*,]\s*|\s{3,}")
"""As `_SEPARATOR`, and at every comma."""
_POSTAL = re.compile(
    r"^(?:[A-Z]{1,3}[-\s])?\d{4,5}(?:\s?[A-Z]{2}\s)?\s?,?\s?[A-ZÀ-Þ][A-Za-zÀ-ÿ].+|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[AC-FHKNPRTV-Y]\d[\dW]\s?[0-9AC-FHKNPRTV-Y]{4}$|,?\s[A-Z]{2}\s\d{5}(?:-\d{4})?$"
)
_DOMAIN = re.compile(
    r"(?:@|www\.|https?://(?:www\.)?)([a-z0-9][a-z0-9.-]*?)\.(?:[a-z]{2,3}\.)?[a-z]{2,10}\b", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"^(?:(?:adresse|address|deliver|delivery|ship|livraison|inhalt|bemerkung|att?n?|c/o|page|seite|copy|kopie|original|"
    r"tel|fon|fax|phone|telefon|telephone|date|datum|total|iban|bic|payment|receipt)\b|eur$|usd$|gbp$|chf$|mr\.?$|mrs\.?$|"
    r"lieferadr|lieferanschrift|t\.?a\.?v|z\.?\s?hd|invoice|rechnung|facture|factura|fattura|factuur|gutschrift|avoir|www|http|"
    r"powered|(?:sarl|sasu?|eurl|s\.?a\.?) au capital)",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"^[^\d,]{3,40},?\s\d{1,4}\s?[a-zA-Z]?$|^\d{1,4}\s?[a-zA-Z]?,?\s[^\d,]{3,40}$")
"""A street in any language: words and a house number, nothing else."""
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
_BANK = re.compile(
    r"\b\w*bank\b|\bbanque\b|\bbanc[oa]\b|\bcaja\b|\bcassa\b|\w*sparkasse\b|"
    r"\bcaisse\b|\bcr[eé]dit\b|\bcredito\b|\bbuilding society\b", re.IGNORECASE
)  # fmt: skip
"""Stands at the account, and hardly ever sends invoices that somebody wants to finance."""
_DELIVERY = frozenset(
    plain(text)
    for text in (
        *("ship to", "deliver to", "delivery address", "lieferanschrift", "lieferadresse", "warenempfanger", "livre a"),
        *("adresse de livraison", "direccion de envio", "indirizzo di consegna", "afleveradres"),
        "abweichender warenempfanger",
    )
)
_CONTACT = re.compile(
    r"\+\d[\d ()/-]{6,}\d|\b(?:tel|fon|phone|telefon|téléphone|fax)\b|\bwww\.|https?://", re.IGNORECASE
)
"""Under a name: the sender wants to be called. A mailbox is written under the customer's name too."""
_ALIGNED, _WORD_OF_A_DOMAIN = 600, 5
_NAME_LENGTH_MAX, _SECTION_LINES = 70, 9
_PARTY_LABELS = frozenset({"seller", "debtor"})
_PARTY_STRENGTH = 80
_LINE_GAP = {"text": 26, "ocr": 40}
"""Widest gap inside an address, in tenths of a letter height; recognised letters are boxed by their ink, so lower."""
_LABELLED, _SECTION_NAME, _INFERRED_MAX, _WORTH_SAYING = 96, 97, 86, 44
_ATTESTED, _SIGNS_NEEDED, _SELLER_SURE_BPS = 93, 3, 8_000


def parties(sheet: Sheet, findings: list[Finding]) -> tuple[Field, Field]:
    """Seller's and debtor's name."""
    debtors = list(_labelled_names(sheet, "debtor"))
    sellers = list(_labelled_names(sheet, "seller"))
    blocks = list(_address_blocks(sheet))
    if not any(candidate.score >= _LABELLED - 10 for candidate in sellers):
        sellers += _inferred_sellers(sheet, blocks, debtors)
    seller = chosen(_read_closely(sheet, _merged(sellers), CLEAR_BPS["seller_name"]))
    if not debtors:
        debtors = _inferred_debtors(sheet, blocks, seller)
    debtor = chosen(_read_closely(sheet, _merged(debtors), CLEAR_BPS["debtor_name"]))
    if seller.value is not None and debtor.value is not None and _same(str(seller.value), str(debtor.value)):
        sentence = "Seller and debtor read as the same; say who owes whom."
        findings.append(Finding("parties-equal", Severity.REVIEW, sentence, "debtor_name"))
    return seller, debtor


def _read_closely(sheet: Sheet, candidates: list[Candidate], clear_bps: int) -> list[Candidate]:
    """Nothing bears a name out but the same name elsewhere on the page, recognised on its own.

    A figure in a recognised name is a scrap of what stands beside it.
    """
    texts = [plain(line.text) for line in sheet.lines]

    def is_twice(candidate: Candidate) -> bool:
        return sum(plain(str(candidate.value)) in text for text in texts) > 1

    def weighed(candidate: Candidate) -> Candidate:
        recognised = candidate.cell is not None and candidate.cell.source == "ocr"
        scrap = recognised and any(char.isdigit() for char in str(candidate.value))
        return replace(candidate, score=min(candidate.score, _INFERRED_MAX)) if scrap else candidate

    return [weighed(c) if is_twice(c) else replace(weighed(c), clear_bps=clear_bps) for c in candidates]


def vat_ids(sheet: Sheet, debtor: Field) -> tuple[Field, Field]:
    """VAT ids of seller and debtor, told apart by label, by the party's section, and by the debtor's block."""
    sellers: list[Candidate] = []
    debtors: list[Candidate] = []
    by_place: list[Candidate] = []
    for number, line in enumerate(sheet.lines):
        for column, cell in enumerate(line.cells):
            for found in vat_ids_in(cell):
                labels = {label.field for label in sheet.labels_at(number, column)}
                if column:  # a label that ends the cell before; one with a value behind it speaks of that value
                    last = len(line.cells[column - 1].words)
                    labels |= {label.field for label in sheet.labels_at(number, column - 1) if label.end == last}
                labelled = bool(labels & {"vat_id", "vat", "debtor_vat_id"})
                score = (96 if found.is_valid else 82) if labelled else (88 if found.is_valid else 55)
                of_debtor = "debtor_vat_id" in labels
                in_section = _under(sheet, number, cell)
                near = in_section or _within_block(found, debtor)
                target = debtors if of_debtor else by_place if near else sellers
                target.append(Candidate(found.value, score, found.cell, found.is_valid))
    if debtors and not sellers:  # one is called the customer's: the other is not, wherever it stands
        named = {candidate.value for candidate in debtors}
        sellers = [candidate for candidate in by_place if candidate.value not in named]
    else:
        debtors += [_surely_placed(candidate) for candidate in by_place]
    if len({c.value for c in sellers}) == 2 and not debtors:  # noqa: PLR2004  -- two ids, nobody says whose: both to review
        return chosen([Candidate(c.value, 60, c.cell) for c in sellers]), ABSENT
    return chosen(sellers), chosen(debtors)


def _surely_placed(candidate: Candidate) -> Candidate:
    """On a scan the id whose label would have told may be the one that was not recognised."""
    recognised = candidate.cell is not None and candidate.cell.source == "ocr"
    return replace(candidate, score=min(candidate.score, _INFERRED_MAX)) if recognised else candidate


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
            yield Candidate(_name(named.text), _worth(named, _SECTION_NAME), named)
            continue
        for spot in _spots_below_first(sheet, found) if found.alone else _whole_spots(sheet, found):
            if not found.alone and not _is_name(spot.cell):
                break  # `Customer: 2` is a number's label
            if _is_name(spot.cell):
                short = len(plain(cell.text)) <= 4  # noqa: PLR2004
                strength = found.label.strength
                if strength < _PARTY_STRENGTH:  # a bank account may be held by the owner in person
                    strength = 80 if _LEGAL_FORM.search(spot.cell.text) else 46
                loss = 0 if not short or _LEGAL_FORM.search(spot.cell.text) else 20
                score = min(strength * spot.nearness // 100 - loss, _LABELLED)
                yield Candidate(_name(spot.cell.text), _worth(spot.cell, score), spot.cell)
                break


def _worth(cell: Cell, score: int) -> int:
    """A name without a legal form may be a town, a contact, a heading: it is shown, and a person says yes."""
    return score if _LEGAL_FORM.search(_name(cell.text)) else min(score, _INFERRED_MAX)


def _whole_spots(sheet: Sheet, found: Found) -> Iterator[Spot]:
    """Behind a party's label all words are its name: `del` and `of` are no labels there."""
    cell = sheet.cell(found)
    for spot in sheet.spots(found):
        behind = spot.cell.words[0] is cell.words[found.label.end] if found.label.end < len(cell.words) else False
        yield Spot(cell.part(found.label.end, len(cell.words)), spot.nearness) if behind else spot


def _spots_below_first(sheet: Sheet, found: Found) -> list[Spot]:
    """Address blocks hang under their heading; what is right of a lone heading is usually the next heading's, unless
    it names a company and what is below does not.
    """
    box = sheet.label_cell(found).box
    spots = list(sheet.spots(found))
    return sorted(
        spots, key=lambda spot: (_LEGAL_FORM.search(_name(spot.cell.text)) is None, spot.cell.box.top < box.bottom)
    )


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


def _inferred_sellers(sheet: Sheet, blocks: list[list[Cell]], debtors: list[Candidate]) -> Iterator[Candidate]:
    """Company names scored by what speaks for the issuer: legal form, own domain, letterhead, footer, repetition."""
    taken = {plain(str(candidate.value)) for candidate in debtors}
    senders = list(_sender_lines(sheet))
    yield from senders
    debtor_is_named = any(candidate.score >= _LABELLED - 10 for candidate in debtors)
    evidence = _Evidence(sheet, blocks, senders, debtor_is_named=debtor_is_named)
    scores: defaultdict[str, int] = defaultdict(int)
    signs: defaultdict[str, set[str]] = defaultdict(set)
    best: dict[str, tuple[int, Candidate]] = {}
    for number, line in enumerate(sheet.lines):
        for column, cell in enumerate(line.cells):
            if any(label.start == 0 for label in sheet.labels_at(number, column)) or not _is_name(cell):
                continue
            name = _name(_SEPARATOR.split(cell.text)[0])
            key = plain(name)
            if key in taken or len(key) < 3 or _names_a_debtor(cell) or _BANK.search(name):  # noqa: PLR2004
                continue
            if _HOUSE.search(name) and not _LEGAL_FORM.search(name):
                continue
            short = _without_form(key)
            scores[short] += 1
            signs[short] |= evidence.signs(name, cell, line)
            score = evidence.score(name, cell, line)
            if score > best.get(short, (0, None))[0]:
                best[short] = (score, Candidate(name, score, cell))
    _forget_half_names(best, scores, signs)
    companies = [key for key, shown in signs.items() if "form" in shown]
    if debtor_is_named and len(companies) == 1 and not _has_second_address(sheet):
        signs[companies[0]].add("only")
    attested = _attested(signs, debtors, blocks, sheet)
    for key, (score, candidate) in best.items():
        repeated = 12 if scores[key] > 1 else 0
        if score + repeated < _WORTH_SAYING:
            continue
        ceiling = _ATTESTED if key == attested else _INFERRED_MAX
        worth = _ATTESTED if key == attested else score + repeated
        yield Candidate(candidate.value, min(worth, ceiling), candidate.cell)


class _Evidence:
    """What a page offers to tell its issuer by. `signs` are independent of one another, `score` ranks them."""

    def __init__(
        self, sheet: Sheet, blocks: list[list[Cell]], senders: list[Candidate], *, debtor_is_named: bool
    ) -> None:
        self._pages = {page.number: page for page in sheet.pages}
        self._first = sheet.pages[0].number
        self._sites, self._mails = _domains(sheet, mail=False), _domains(sheet, mail=True)
        self._sending = {_without_form(plain(str(candidate.value))) for candidate in senders}
        self._own_ids = list(_own_ids(sheet)) if debtor_is_named else []
        self._contacts = [cell for line in sheet.lines for cell in line.cells if _CONTACT.search(cell.text)]
        self._heads = {id(block[0].words[0]) for block in blocks}
        self._typical = _typical_height(sheet)

    def signs(self, name: str, cell: Cell, line: Line) -> set[str]:
        key, domains, top = plain(name), self._sites | self._mails, self._top(line)
        shown = (
            ("form", bool(_LEGAL_FORM.search(name))),
            ("domain", _alike(key, domains) or _begins(name, domains)),
            ("identified", any(_belongs(own, cell, line) for own in self._own_ids)),
            ("contact", any(_belongs(one, cell, line) for one in self._contacts)),
            ("letterhead", top < 20 and line.page == self._first),  # noqa: PLR2004
            ("large", self._is_large(cell)),
            ("sender", _without_form(key) in self._sending),
            ("footer", top > 86),  # noqa: PLR2004
        )
        return {sign for sign, shows in shown if shows}

    def score(self, name: str, cell: Cell, line: Line) -> int:
        key, top = plain(name), self._top(line)
        score = 20 + 22 * bool(_LEGAL_FORM.search(name))
        score += 32 if _alike(key, self._sites) else 18 if _alike(key, self._mails) else 0
        score += (14 if top < 14 else 9 if top > 86 else 0) + 14 * self._is_large(cell)  # noqa: PLR2004
        parts = _SEPARATOR.split(cell.text)
        score += 16 * (len(parts) > 2 and top < 40) + 6 * (id(cell.words[0]) in self._heads)  # noqa: PLR2004
        return score - 25 * (line.page != self._first) - 20 * (len(name.split()) > 6)  # noqa: PLR2004

    def _top(self, line: Line) -> int:
        """How far down its page, in hundredths."""
        return line.box.top * 100 // max(self._pages[line.page].height, 1)

    def _is_large(self, cell: Cell) -> bool:
        return cell.box.height * 10 > self._typical * 13


def _forget_half_names(
    best: dict[str, tuple[int, Candidate]], times: Mapping[str, int], signs: dict[str, set[str]]
) -> None:
    """A recogniser that lost a word leaves half a name: only what stands twice, or in an address, is believed."""
    for short, (_, candidate) in best.items():
        recognised = candidate.cell is not None and candidate.cell.source == "ocr"
        if recognised and times[short] == 1 and not signs[short] & {"domain", "sender"}:
            signs[short].clear()


def _attested(
    signs: dict[str, set[str]], debtors: list[Candidate], blocks: list[list[Cell]], sheet: Sheet
) -> str | None:
    """The one company that three independent signs call the issuer, while no other company has even two.

    Whoever stands in the address field is no rival: that is whom the letter goes to.
    """
    known = {_without_form(plain(str(candidate.value))) for candidate in debtors}
    if not known:
        upper = [b for b in blocks if b[0].page == sheet.pages[0].number and len(b) > 2]  # noqa: PLR2004
        known = {_without_form(plain(_name(block[0].text))) for block in upper}
    issuers = [key for key, shown in signs.items() if len(shown) >= _SIGNS_NEEDED and "form" in shown]
    rivals = [key for key, shown in signs.items() if key not in known and len(shown) > 1 and "form" in shown]
    return issuers[0] if len(issuers) == 1 and set(rivals) <= set(issuers) else None


def _own_ids(sheet: Sheet) -> Iterator[Cell]:
    """Cells with a VAT id that nothing calls the customer's."""
    for number, line in enumerate(sheet.lines):
        for column, cell in enumerate(line.cells):
            labels = {label.field for label in sheet.labels_at(number, column)}
            own = "debtor_vat_id" not in labels and not _under(sheet, number, cell)
            if own and next(vat_ids_in(cell), None) is not None:
                yield cell


def _belongs(own: Cell, name: Cell, line: Line) -> bool:
    """The id stands in the name's own line, or below it in its column, set left or right, as in a letterhead."""
    if own.page != name.page:
        return False
    if own in line.cells:
        return True
    below = own.box.top - name.box.bottom
    aligned = abs(own.box.left - name.box.left) < _ALIGNED or abs(own.box.right - name.box.right) < _ALIGNED
    return aligned and 0 <= below < name.box.height * _SECTION_LINES


def _has_second_address(sheet: Sheet) -> bool:
    """Goods that go elsewhere: a third company may stand there."""
    return any(plain(sheet.label_cell(found).text) in _DELIVERY for found in sheet.labelled("other"))


def _begins(name: str, domains: set[str]) -> bool:
    """`Redstone Analytics` at redstone-works.com."""
    first = plain(name.split(maxsplit=1)[0])
    return len(first) >= _WORD_OF_A_DOMAIN and any(domain.startswith(first) for domain in domains)


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
        parts = [part for part in _PARTS.split(line.text) if part]
        upper = line.page == page.number and line.box.top * 2 < page.height
        address = len(parts) > 2 and any(_POSTAL.search(part) for part in parts[1:])  # noqa: PLR2004
        if upper and address and _is_name(line.cells[0]) and not _HOUSE.search(_name(line.text)):
            yield Candidate(_name(line.text), _INFERRED_MAX, line.cells[0])


def _is_sender(text: str) -> bool:
    """A name, a street and a town in one line: the sender's, over the window for the address."""
    parts = [part for part in _PARTS.split(text) if part]
    return len(parts) > 2 and any(_POSTAL.search(part) for part in parts[1:])  # noqa: PLR2004


def _inferred_debtors(sheet: Sheet, blocks: list[list[Cell]], seller: Field) -> list[Candidate]:
    """Without a label: the head of the first page's only address block that is not the seller's own."""
    own = str(seller.value or "")
    first = [b for b in blocks if sheet.pages and b[0].page == sheet.pages[0].number]
    found: dict[str, Candidate] = {}
    for block in first:
        name = _name(block[0].text)
        upper = block[0].box.top * 100 < sheet.pages[0].height * 45
        if upper and not _same(name, own) and not any(own and _same(_name(c.text), own) for c in block):
            whole = len(block) > 2 and bool(_LEGAL_FORM.search(name)) and seller.confidence_bps >= _SELLER_SURE_BPS  # noqa: PLR2004
            score = _ATTESTED if whole else 84 if len(block) > 2 else 60  # noqa: PLR2004
            known = found.get(plain(name))
            if known is None or known.score < score:
                found[plain(name)] = Candidate(name, score, block[0])
    if len(found) > 1:  # two addresses: whose is whose is for a person to say
        return [Candidate(c.value, min(c.score, 84), c.cell) for c in found.values()]
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
            sender = len(_SEPARATOR.split(above.text)) > 2 or _is_sender(above.text)  # noqa: PLR2004
            if sender or len(block) > 5 or gap * 10 > lowest.box.height * _LINE_GAP[town.source]:  # noqa: PLR2004
                break
            block.insert(0, above)
        block = [c for c in block if not _NOT_A_NAME.match(c.text) and not _only_label(c)] or block
        while len(block) > 1 and not _is_name(block[0]):
            block.pop(0)
        if len(block) > 3 and not _LEGAL_FORM.search(block[0].text) and _LEGAL_FORM.search(block[1].text):  # noqa: PLR2004
            block.pop(0)  # a heading in words unknown here
        if len(block) > 1:
            yield block


def _names_a_debtor(cell: Cell) -> bool:
    """`Client Dupont SA` without a colon: no heading, but certainly not the issuer."""
    return any(label.start == 0 and label.field == "debtor" for label in labels_in(cell))


def _only_label(cell: Cell) -> bool:
    return any(label.start == 0 and label.end == len(cell.words) for label in labels_in(cell))


def _under(sheet: Sheet, number: int, cell: Cell) -> bool:
    """Whether the nearest party heading above, of those side by side the one in this cell's column, is the debtor's."""
    heads = [
        (found.line, -abs(head.box.left - cell.box.left), found.label.field)
        for found in sheet.labelled(*_PARTY_LABELS)
        if (head := sheet.label_cell(found)).page == cell.page
        and found.line <= number < found.line + _SECTION_LINES
        and abs(head.box.left - cell.box.left) < 12_000  # noqa: PLR2004
    ]
    return bool(heads) and max(heads)[2] == "debtor"


def _within_block(found: Identifier, debtor: Field) -> bool:
    """Directly under the debtor's name, in its column."""
    if debtor.box is None or debtor.page != found.cell.page:
        return False
    box = found.cell.box
    below = box.top - debtor.box.bottom
    return 0 <= below < debtor.box.height * 9 and abs(box.left - debtor.box.left) < 9_000  # noqa: PLR2004


def _is_name(cell: Cell) -> bool:
    text = cell.text
    letters = sum(map(str.isalpha, text))
    if letters < 2 or "@" in text or _NOT_A_NAME.match(text):  # noqa: PLR2004
        return False
    name = _name(text)
    return (
        len(name) <= _NAME_LENGTH_MAX
        and sum(map(str.isdigit, name)) * 3 <= letters
        and not _POSTAL.search(name)
        and next(dates_in(cell), None) is None
        and not _STREET.search(name)
        and plain(text) not in _EVERYDAY
        and ":" not in name + text[-1:]
    )


def _name(text: str) -> str:
    """The name without the address that a letterhead puts behind it."""
    first = _SEPARATOR.split(text.strip(" ,;:"))[0].strip(" ,;:")
    form = _FORM_THEN_COMMA.search(first)
    return first[: form.end(1)] if form else first


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


def _typical_height(sheet: Sheet) -> int:
    heights = sorted(word.box.height for page in sheet.pages for word in page.words)
    return heights[len(heights) // 2] if heights else 0
