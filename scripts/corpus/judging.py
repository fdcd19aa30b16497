"""How a reading compares with what the corpus printed: by source, language and field. Never lenient."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Literal, Self

from corpus import camera
from corpus.facts import Facts
from corpus.printed import Printed
from invoice_files import LANGUAGES, Language
from tenor.documents import reading
from tenor.invoices.extract import extract
from tenor.invoices.layout import plain
from tenor.invoices.reading import FIELD_NAMES, Reading
from tenor.kernel.errors import TenorError
from tenor.kernel.pages import DocumentText

Source = Literal["born-digital", "scan", "photo"]
_ITEMS_OF_A_SCAN_MAX = 12
_NAMES = frozenset({"seller_name", "debtor_name"})


@dataclass(frozen=True, slots=True)
class Specimen:
    """One document of the corpus, with what it says and which of that it shows."""

    layout: str
    language: Language
    source: Source
    seed: int
    data: bytes
    told: Facts
    printed: Printed

    @property
    def name(self) -> str:
        return f"{self.layout}-{self.language}-{self.source}-{self.seed}"


@dataclass(slots=True)
class Count:
    """`present`: values printed; `wrong`: accepted though another value, or none, is printed."""

    present: int = 0
    exact: int = 0
    accepted: int = 0
    accepted_present: int = 0
    wrong: int = 0

    def __iadd__(self, other: "Count") -> Self:
        for name in Count.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


Table = dict[tuple[str, str, str], Count]
"""(source, language, field) -> counts."""


def specimens(
    generator: ModuleType, *, digital: int, scans: int, photos: int, every_language: bool = True
) -> Iterator[Specimen]:
    """Of every layout in every language `digital` files; of every layout `scans` and `photos` in turning languages."""
    for number, layout in enumerate(generator.LAYOUTS):
        for place, language in enumerate(LANGUAGES):
            for seed in range(digital if every_language or place == number % len(LANGUAGES) else 0):
                yield _specimen(generator, layout, language, "born-digital", seed)
            for source, count in (("scan", scans), ("photo", photos)):
                if (place - number) % len(LANGUAGES) < count:
                    yield _specimen(generator, layout, language, source, 100 + number)  # type: ignore[arg-type]


def judged(kept: Iterable[Specimen], read: Callable[[bytes], DocumentText] = reading.read) -> tuple[Table, list[str]]:
    """The table, and a line for every value that is wrong or missing."""
    table: Table = defaultdict(Count)
    misses: list[str] = []
    for specimen in kept:
        try:
            found: Reading | None = extract(read(specimen.data))
        except TenorError as refusal:
            found = None
            misses.append(f"{specimen.name}: refused: {refusal}")
        for name, expected in truth(specimen.told).items():
            count, miss = _compare(found, name, expected, is_printed=name in specimen.printed)
            table[specimen.source, specimen.language, name] += count
            if miss:
                misses.append(f"{specimen.name}: {name} {miss}; printed {expected!r}")
    return table, misses


def truth(told: Facts) -> dict[str, str | int | None]:
    invoice = told.invoice
    return {
        "number": invoice.number,
        "type": "380",
        "issue_date": invoice.issue_date.isoformat(),
        "due_date": invoice.due_date.isoformat(),
        "currency": invoice.currency,
        "seller_name": invoice.seller.name,
        "seller_vat_id": invoice.seller.vat_id or None,
        "seller_iban": invoice.seller.iban or None,
        "debtor_name": invoice.debtor.name,
        "debtor_vat_id": invoice.debtor.vat_id or None,
        "net": invoice.net,
        "vat": invoice.vat,
        "gross": invoice.gross,
        "prepaid": invoice.prepaid,
        "amount_due": invoice.amount_due,
    }


def summed(table: Table, part: int) -> dict[str, Count]:
    """The table added up by one part of its key: 0 source, 1 language, 2 field."""
    sums: dict[str, Count] = defaultdict(Count)
    for key, count in table.items():
        sums[key[part]] += count
    return dict(sums)


def total(counts: Iterable[Count]) -> Count:
    whole = Count()
    for count in counts:
        whole += count
    return whole


def printed_table(table: Table) -> str:
    """By source, by language, by field; shares of the values present in the source."""
    order = {name: place for place, name in enumerate((*FIELD_NAMES, *LANGUAGES, "born-digital", "scan", "photo"))}
    rows = [f"{'':<14}{'present':>8}{'exact':>9}{'accepted':>10}{'wrong accepted':>16}"]
    for part in (0, 1, 2):
        rows += [_row(name, count) for name, count in sorted(summed(table, part).items(), key=lambda e: order[e[0]])]
        rows.append("")
    return "\n".join([*rows, _row("all", total(table.values()))])


def _row(name: str, count: Count) -> str:
    present = max(count.present, 1)
    return (
        f"{name:<14}{count.present:>8}{count.exact * 100 / present:>8.2f}%"
        f"{count.accepted_present * 100 / present:>9.2f}%"
        f"{count.wrong:>7} {count.wrong * 100 / max(count.accepted, 1):>7.3f}%"
    )


def _specimen(generator: ModuleType, layout: str, language: Language, source: Source, seed: int) -> Specimen:
    chance = random.Random(f"{layout} {language} {source} {seed}")  # noqa: S311 - the same corpus every time
    told: Facts = generator.facts(chance, language)
    while source != "born-digital" and len(told.invoice.items) > _ITEMS_OF_A_SCAN_MAX:
        told = generator.facts(chance, language)
    data, printed = generator.sheet(layout, told, seed)
    data = camera.scan(data, chance) if source == "scan" else camera.photo(data, chance) if source == "photo" else data
    return Specimen(layout, language, source, seed, data, told, printed)


def _compare(found: Reading | None, name: str, expected: str | int | None, *, is_printed: bool) -> tuple[Count, str]:
    field = found[name] if found is not None else None  # type: ignore[index]
    value = field.value if field is not None else None
    right = _equal(name, value, expected)
    accepted = found is not None and field is not None and field.is_accepted and name not in found.doubtful
    count = Count(
        present=int(is_printed),
        exact=int(is_printed and right),
        accepted=int(accepted),
        accepted_present=int(accepted and is_printed),
        wrong=int(accepted and not right),
    )
    if right or (not is_printed and not accepted):
        return count, ""
    shown = value if value is not None else [a.value for a in field.alternatives] if field is not None else None
    return count, f"{'WRONG ACCEPTED' if accepted else 'wrong' if value is not None else 'missing'} {shown!r}"


def _equal(name: str, value: str | int | None, expected: str | int | None) -> bool:
    if value is None or expected is None:
        return value == expected or (name == "prepaid" and value is None and expected == 0)
    return plain(str(value)) == plain(str(expected)) if name in _NAMES else value == expected
