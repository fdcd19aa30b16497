# ruff: noqa: E501 - a page in rows
"""GR8: mutated duplicates against the invoices on file, recurring invoices that are none, and a million in a database.

The verdicts are counted without a database, a hundred thousand of them; the questions asked of one are timed beside.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta

from copies_kit import Paper, at_scale

from corpus import tuning
from corpus.facts import Facts
from corpus.printed import Style, amount, day
from invoice_files import LANGUAGES
from tenor.invoices.duplicates import Identity, compare
from tenor.invoices.likeness import Sketch, bands, compare_sketches, sketch
from tenor.kernel.pages import Box, Page, Word

ID = "GR8"
WHAT = "mutated duplicates that pass unseen (recurring invoices refused, or sent to review, beside)"
UNIT = "of all"
GOAL = ("==", 0)
_ON_FILE, _OTHERS, _MUTATED, _RECURRING = 1_000, 300, 100_000, 3_000
_STORED, _ASKED = 1_000_000, 300
_NOWHERE = Box(0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class _Filed:
    identity: Identity
    issued: str
    words: tuple[str, ...]
    sketch: Sketch

    @property
    def paper(self) -> Paper:
        return self.identity, self.issued, self.sketch


def run(
    repeats: int,
    *,
    mutated: int = _MUTATED,
    on_file: int = _ON_FILE,
    recurring: int = _RECURRING,
    stored: int = _STORED,
) -> dict[str, object]:
    """One pass; the generator is seeded. Prints verdicts by mutation."""
    del repeats
    chance = random.Random(8)  # noqa: S311 - repeatable
    facts = [tuning.facts(chance, chance.choice(LANGUAGES)) for _ in range(on_file)]
    others = [tuning.facts(chance, chance.choice(LANGUAGES)) for _ in range(min(_OTHERS, on_file))]
    """Not on file: whose letterheads are borrowed, and what is billed next."""
    office = _Office([_filed(told) for told in facts])
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for number in range(mutated):
        place = chance.randrange(on_file)
        kind = _MUTATIONS[number % len(_MUTATIONS)]
        verdicts[kind.__name__.removeprefix("_")][
            office.judge(kind(facts[place], office.filed[place], others, chance))
        ] += 1
    monthly = Counter(
        office.judge(_next_month(facts[chance.randrange(on_file)], others, chance)) for _ in range(recurring)
    )
    same_lines = Counter(
        office.judge(_subscription(facts[chance.randrange(on_file)], chance)) for _ in range(recurring)
    )
    for kind_name, counted in verdicts.items():
        print(f"      {kind_name:<20} {dict(counted)}")
    print(f"      {'recurring':<20} {dict(monthly)}")
    print(f"      {'subscription':<20} {dict(same_lines)}")
    known = office.filed[:_ASKED]
    copies = [_rescanned(told, one, others, chance) for told, one in zip(facts, known, strict=False)]
    scale = at_scale([one.paper for one in known], [one.paper for one in copies], stored=stored) if stored else {}
    print(f"      {'in a database':<20} {scale}")
    passed = sum(counted["pass"] for counted in verdicts.values())
    return {
        "value": passed,
        "ours": {
            "duplicates": mutated,
            "refused %": round(sum(c["refuse"] for c in verdicts.values()) * 100 / mutated, 1),
            "recurring refused %": round((monthly["refuse"] + same_lines["refuse"]) * 50 / recurring, 2),
            "recurring to review %": round(monthly["review"] * 100 / recurring, 1),
            "subscriptions to review %": round(same_lines["review"] * 100 / recurring, 1),
            **scale,
        },
        "yardstick": {"recurring refused %": 0.1},
        "spread": [passed, passed],
        "repeats": 1,
    }


class _Office:
    """Everything on file, with the three ways in which the platform looks for an earlier one."""

    def __init__(self, filed: list[_Filed]) -> None:
        self.filed = filed
        self._by_band: dict[int, set[int]] = defaultdict(set)
        self._by_debtor: dict[str, set[int]] = defaultdict(set)
        self._by_seller: dict[str, set[int]] = defaultdict(set)
        for place, one in enumerate(filed):
            self._by_debtor[_key(one.identity.debtor)].add(place)
            self._by_seller[_key(one.identity.seller_vat_id)].add(place)
            for band in bands(one.sketch):
                self._by_band[band].add(place)

    def judge(self, new: _Filed) -> str:
        outcome = "pass"
        for place in self._by_debtor[_key(new.identity.debtor)] | self._by_seller[_key(new.identity.seller_vat_id)]:
            known = self.filed[place]
            verdict = compare(new.identity, known.identity, new_sha256=b"new", known_sha256=b"known")
            if verdict.outcome == "refuse":
                return "refuse"
            claim = (known.identity.debtor, known.identity.amount_due, known.identity.currency, known.issued)
            same = claim == (new.identity.debtor, new.identity.amount_due, new.identity.currency, new.issued)
            outcome = "review" if same or verdict.outcome == "review" else outcome
        if outcome == "pass":
            near = set().union(*(self._by_band.get(band, set()) for band in bands(new.sketch)))
            if any(compare_sketches(new.sketch, self.filed[place].sketch).outcome == "review" for place in near):
                outcome = "review"
        return outcome


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _filed(told: Facts) -> _Filed:
    invoice = told.invoice
    identity = Identity(
        seller_vat_id=invoice.seller.vat_id or invoice.seller.name,
        number=invoice.number,
        debtor=invoice.debtor.vat_id or invoice.debtor.name,
        currency=invoice.currency,
        amount_due=invoice.amount_due,
    )
    words = _words(told)
    return _Filed(identity, invoice.issue_date.isoformat(), words, _sketched(words))


def _words(told: Facts) -> tuple[str, ...]:
    """The words of the page in reading order; what a text layer would say."""
    invoice, style = told.invoice, Style("code-after", 0)
    rows = [
        invoice.seller.name, invoice.seller.street, invoice.seller.town, invoice.seller.vat_id, told.phone, told.web,
        invoice.debtor.name, invoice.debtor.street, invoice.debtor.town, invoice.debtor.vat_id,
        *tuning._WORDS[invoice.language]["title"].split("|")[:1], invoice.number, day(invoice.issue_date, invoice, style),  # noqa: SLF001
        day(invoice.due_date, invoice, style), told.order_number, told.customer_number,
        *(f"{i.description} {i.quantity} {amount(i.unit_price, invoice, style)} {amount(i.net, invoice, style)}" for i in invoice.items),
        amount(invoice.net, invoice, style), amount(invoice.vat, invoice, style), amount(invoice.gross, invoice, style),
        invoice.seller.iban, told.register, invoice.seller.email,
    ]  # fmt: skip
    return tuple(word for row in rows for word in row.split())


def _sketched(words: tuple[str, ...]) -> Sketch:
    found = sketch([Page(1, 59_500, 84_200, tuple(Word(word, _NOWHERE) for word in words), "text")])
    assert found is not None
    return found


def _same_fields(told: Facts, filed: _Filed, others: list[Facts], chance: random.Random) -> _Filed:
    """Exported again: other case, spaces and zeros in the identity; the file's bytes differ."""
    del told, others
    identity = filed.identity
    number = identity.number.lower().replace("-", chance.choice((" ", " / ", "--", "_", ".")))
    debtor = chance.choice((identity.debtor.lower(), f" {identity.debtor} ", identity.debtor.replace("", " ").strip()))
    vat_id = chance.choice(
        (identity.seller_vat_id.lower(), identity.seller_vat_id[:2] + " " + identity.seller_vat_id[2:])
    )
    return replace(filed, identity=replace(identity, number=number, debtor=debtor, seller_vat_id=vat_id))


def _translated(told: Facts, filed: _Filed, others: list[Facts], chance: random.Random) -> _Filed:
    """Every third word replaced, as other labels in another language would."""
    del told, others
    words = tuple(f"mot{chance.randrange(999)}" if place % 3 == 0 else word for place, word in enumerate(filed.words))
    return replace(filed, words=words, sketch=_sketched(words))


def _renumbered(told: Facts, filed: _Filed, others: list[Facts], chance: random.Random) -> _Filed:
    del filed, others
    return _filed(replace(told, invoice=replace(told.invoice, number=f"N{chance.randrange(10**7)}")))


def _letterhead(told: Facts, filed: _Filed, others: list[Facts], chance: random.Random) -> _Filed:
    """The same claim under another seller's name and id."""
    del filed
    seller = chance.choice(others).invoice.seller
    return _filed(replace(told, invoice=replace(told.invoice, seller=seller)))


def _one_digit(told: Facts, filed: _Filed, others: list[Facts], chance: random.Random) -> _Filed:
    """Another number and another amount due: one digit of the printed total."""
    del others
    words = list(filed.words)
    due = f"{filed.identity.amount_due:03}"
    place = chance.randrange(len(due))
    changed = int(due[:place] + str((int(due[place]) + chance.randrange(1, 10)) % 10) + due[place + 1 :])
    gross = amount(told.invoice.gross, told.invoice, Style("code-after", 0)).split()[0]
    words = [str(changed) if word == gross else word for word in words]
    identity = replace(filed.identity, number=f"N{chance.randrange(10**7)}", amount_due=changed)
    return replace(filed, identity=identity, words=tuple(words), sketch=_sketched(tuple(words)))


def _rescanned(told: Facts, filed: _Filed, others: list[Facts], chance: random.Random) -> _Filed:
    """One word in thirty misread, and renumbered; the claim is the same."""
    del told, others
    words = tuple(word[::-1] if chance.random() < 1 / 30 else word for word in filed.words)
    identity = replace(filed.identity, number=f"N{chance.randrange(10**7)}")
    return replace(filed, identity=identity, words=words, sketch=_sketched(words))


def _next_month(told: Facts, others: list[Facts], chance: random.Random) -> _Filed:
    """Another invoice of the same seller to the same customer: its own number, dates and lines."""
    other = chance.choice(others)
    kept_terms = {name: getattr(told.invoice, name) for name in ("seller", "debtor", "currency", "language")}
    invoice = replace(other.invoice, number=f"N{chance.randrange(10**7)}", **kept_terms)
    kept = {"phone": told.phone, "web": told.web, "register": told.register, "customer_number": told.customer_number}
    return _filed(replace(other, invoice=invoice, **kept))


def _subscription(told: Facts, chance: random.Random) -> _Filed:
    """The next month's invoice with the very same lines and total: only number and dates differ."""
    month = timedelta(days=chance.choice((28, 30, 31)))
    invoice = replace(
        told.invoice,
        number=f"N{chance.randrange(10**7)}",
        issue_date=told.invoice.issue_date + month,
        due_date=told.invoice.due_date + month,
    )
    return _filed(replace(told, invoice=invoice))


_MUTATIONS = (_same_fields, _translated, _renumbered, _letterhead, _one_digit, _rescanned)
