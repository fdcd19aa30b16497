"""The money of one invoice as a model in rationals, written from the equations alone, and the vectors it makes.

Imports nothing of Tenor's, so that the contracts (Rust) and the pricing code (Python) can be judged by it.
`python tests/golden/model.py` writes `vectors/*.json`; `--check` only compares.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

from stellar_sdk import scval
from stellar_sdk import xdr as stellar_xdr

VECTORS = Path(__file__).parent / "vectors"
DAY = 86_400
I64_MAX = 2**63 - 1
SEED = 20_261_121


@dataclass(frozen=True)
class Deal:
    """What was agreed. Amounts in units, times in Unix seconds."""

    advance: int
    claim: int
    face: int
    funded_at: int
    due: int
    linear: bool
    min_earned_days: int
    late_bps_per_day: int
    late_days_max: int
    profit_fee_bps: int

    @property
    def discount(self) -> int:
        return self.claim - self.advance


@dataclass(frozen=True)
class Books:
    """What has happened, up to `checkpoint_at`."""

    received: int
    holders: int
    fee_taken: int
    earned: int
    late: int
    late_days_charged: int
    checkpoint_at: int
    settled: bool
    face: int = 0
    recourse_paid: int = 0
    disputes: tuple[tuple[int, int], ...] = ()
    """Each from its first second to its end or, while it is open, to the moment at which it lapses."""


def at_funding(deal: Deal) -> Books:
    earned = 0 if deal.linear else deal.discount
    return Books(0, 0, 0, earned, 0, 0, deal.funded_at, settled=False, face=deal.face)


def earned_at(deal: Deal, books: Books, at: int) -> int:
    if not deal.linear:
        return deal.discount
    unpaid_advance = max(0, deal.advance - books.holders)
    elapsed = min(at, deal.due) - min(books.checkpoint_at, deal.due)
    part = Fraction(unpaid_advance, deal.advance) * Fraction(elapsed, deal.due - deal.funded_at)
    return min(deal.discount, books.earned + ceil(deal.discount * part))


def earned_or_minimum(deal: Deal, books: Books, at: int) -> int:
    if not deal.linear:
        return deal.discount
    part = Fraction(deal.min_earned_days * DAY, deal.due - deal.funded_at)
    return max(earned_at(deal, books, at), min(deal.discount, ceil(deal.discount * part)))


def disputed_after_due(deal: Deal, books: Books, at: int) -> int:
    return sum(max(0, min(at, end) - max(start, deal.due)) for start, end in books.disputes)


def late_days(deal: Deal, books: Books, at: int) -> int:
    seconds = max(0, at - deal.due - disputed_after_due(deal, books, at))
    return min(deal.late_days_max, ceil(Fraction(seconds, DAY)))


def late_at(deal: Deal, books: Books, at: int) -> int:
    base = max(0, deal.advance + earned_or_minimum(deal, books, at) - books.holders)
    days = late_days(deal, books, at) - books.late_days_charged
    return books.late + ceil(base * Fraction(deal.late_bps_per_day * days, 10_000))


def claim_at(deal: Deal, books: Books, at: int) -> int:
    if books.settled:
        return books.holders
    return min(deal.face, deal.advance + earned_or_minimum(deal, books, at) + late_at(deal, books, at))


def pay(deal: Deal, books: Books, amount: int, at: int) -> tuple[Books, dict[str, int]]:
    gross = min(amount, claim_at(deal, books, at) - books.holders)
    after, fee = take(deal, books, gross, at)
    after = replace(after, received=books.received + amount)
    return after, {"to_holders": gross - fee, "fee": fee, "to_seller": amount - gross}


def recourse_due(deal: Deal, books: Books, at: int, *, whole: bool) -> int:
    """What the seller may bring in: the shortfall `C - F`, or all that is missing where the seller answers for it."""
    rest = claim_at(deal, books, at) - books.holders
    return rest if whole else min(rest, max(0, max(0, deal.claim - books.face) - books.recourse_paid))


def pay_recourse(deal: Deal, books: Books, amount: int, at: int) -> tuple[Books, dict[str, int]]:
    """All of it goes to the holders; the debtor owes as much as before."""
    after, fee = take(deal, books, amount, at)
    after = replace(after, recourse_paid=books.recourse_paid + amount)
    return after, {"to_holders": amount - fee, "fee": fee, "to_seller": 0}


def take(deal: Deal, books: Books, gross: int, at: int) -> tuple[Books, int]:
    claim = claim_at(deal, books, at)
    profit = max(0, books.holders + gross - deal.advance)
    fee = floor(profit * Fraction(deal.profit_fee_bps, 10_000)) - books.fee_taken
    after = replace(
        books,
        holders=books.holders + gross,
        fee_taken=books.fee_taken + fee,
        settled=books.holders + gross == claim,
    )
    if not books.settled:
        after = replace(
            after,
            earned=earned_at(deal, books, at),
            late=late_at(deal, books, at),
            late_days_charged=late_days(deal, books, at),
            checkpoint_at=at,
        )
    return after, fee


def random_deal(rng: random.Random) -> Deal:
    top = rng.choice([9, 1_000, 10**7, 10**13, I64_MAX])
    low, middle, high = sorted(rng.randint(1, top) for _ in range(3))
    shape = rng.random()
    if shape < 0.1:
        middle = low
    elif shape < 0.2:
        high = middle
    elif shape < 0.25:
        low = middle = high = top
    tenor = rng.choice([DAY, 30 * DAY, 90 * DAY + 1, 730 * DAY, rng.randint(DAY, 700 * DAY)])
    funded_at = rng.choice([1_767_225_600, 1_795_000_001])
    return Deal(
        advance=low,
        claim=middle,
        face=high,
        funded_at=funded_at,
        due=funded_at + tenor,
        linear=rng.random() < 0.7,
        min_earned_days=rng.choice([0, 0, 1, 7, 30, 730]),
        late_bps_per_day=rng.choice([0, 1, 5, 100]),
        late_days_max=rng.choice([0, 1, 30, 365]),
        profit_fee_bps=rng.choice([0, 1, 1_000, 2_500, 10_000]),
    )


def moments(deal: Deal) -> list[int]:
    """Early, around the due date to the second, late, and long after the last late day."""
    half = (deal.funded_at + deal.due) // 2
    around = [deal.due - 1, deal.due, deal.due + 1, deal.due + DAY, deal.due + DAY + 1]
    return [deal.funded_at, deal.funded_at + 1, half, *around, deal.due + 40 * DAY, deal.due + 800 * DAY]


def pricing_case(rng: random.Random) -> dict[str, Any]:
    deal = random_deal(rng)
    books = at_funding(deal)
    claims = [{"at": at, "claim": claim_at(deal, books, at)} for at in moments(deal)]
    return {"deal": asdict(deal), "claims": claims}


PLAIN = ("received", "holders", "fee_taken", "earned", "late", "late_days_charged", "checkpoint_at", "settled")


def shown(books: Books, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(books, name) for name in names}


def payments_case(rng: random.Random) -> dict[str, Any]:
    deal = random_deal(rng)
    books, at, steps = at_funding(deal), deal.funded_at, []
    for _ in range(rng.randint(1, 6)):
        left = deal.face - books.received
        if left == 0:
            break
        at += rng.choice([0, 0, 1, rng.randint(0, deal.due - deal.funded_at), DAY, 20 * DAY])
        payoff = claim_at(deal, books, at) - books.holders
        sizes = [1, left, payoff, payoff - 1, rng.randint(1, left), rng.randint(1, max(1, left // 3))]
        amount = min(left, max(1, rng.choice(sizes)))
        claim = claim_at(deal, books, at)
        books, parts = pay(deal, books, amount, at)
        assert sum(parts.values()) == amount
        assert min(parts.values()) >= 0
        steps.append({"at": at, "amount": amount, "claim": claim, **parts, "books": shown(books, PLAIN)})
    return {"deal": asdict(deal), "steps": steps}


DISPUTED_SECONDS_MAX = 60 * DAY


def life_case(rng: random.Random) -> dict[str, Any]:
    """Payments, credit notes, disputes and the seller's recourse in any order; at most 60 days of dispute in all."""
    deal = random_deal(rng)
    whole = rng.random() < 0.5
    books, at, steps = at_funding(deal), deal.funded_at, []
    for _ in range(rng.randint(3, 12)):
        at += rng.choice([0, 1, rng.randint(0, deal.due - deal.funded_at), DAY, DAY - 1, 25 * DAY])
        before, claim = books, claim_at(deal, books, at)
        kind = rng.choice(["pay", "pay", "reduce", "recourse", "dispute", "resolve"])
        books, step = live(rng, deal, books, at, kind, whole=whole)
        if step is None:
            continue
        assert claim_at(deal, books, at) == claim >= books.holders >= before.holders
        assert books.received <= books.face <= deal.face
        disputed = {"disputed_seconds": disputed_after_due(deal, books, at)}
        state = {**shown(books, PLAIN), **shown(books, ("face", "recourse_paid")), **disputed}
        steps.append({"kind": kind, "at": at, "claim": claim, **step, "books": state})
    return {"deal": asdict(deal), "whole": whole, "steps": steps}


def live(
    rng: random.Random, deal: Deal, books: Books, at: int, kind: str, *, whole: bool
) -> tuple[Books, dict[str, int] | None]:
    """One step of `kind`, or nothing where it cannot be taken now."""
    is_disputed = bool(books.disputes) and books.disputes[-1][1] > at
    used = sum(end - start for start, end in books.disputes)
    left = books.face - books.received
    if kind == "pay" and left > 0:
        amount = rng.choice([1, left, rng.randint(1, left)])
        books, parts = pay(deal, books, amount, at)
        return books, {"amount": amount, **parts}
    if kind == "reduce" and left > 0:
        amount = rng.choice([1, left, rng.randint(1, left)])
        return replace(books, face=books.face - amount), {"amount": amount}
    if kind == "recourse" and (due := recourse_due(deal, books, at, whole=whole)) > 0:
        amount = rng.choice([1, due, rng.randint(1, due)])
        books, parts = pay_recourse(deal, books, amount, at)
        return books, {"amount": amount, "due": due, **parts}
    if kind == "dispute" and not is_disputed and used < DISPUTED_SECONDS_MAX:
        until = at + DISPUTED_SECONDS_MAX - used
        return replace(books, disputes=(*books.disputes, (at, until))), {"until": until}
    if kind == "resolve" and is_disputed:
        ended = (*books.disputes[:-1], (books.disputes[-1][0], at))
        return replace(books, disputes=ended), {}
    return books, None


def terms_case(rng: random.Random) -> dict[str, Any]:
    """Terms as the contract's struct, their XDR as an ScVal, and the hash of that."""
    terms: dict[str, Any] = {
        "asset": scval.to_address(stellar_contract(rng)),
        "advance": rng.randint(1, 10**12),
        "claim": rng.randint(1, I64_MAX),
        "face": rng.randint(1, I64_MAX),
        "funding_deadline": rng.randint(0, 2**40),
        "due": rng.randint(0, 2**64 - 1),
        "accrual": rng.choice([0, 1]),
        "min_earned_days": rng.randint(0, 730),
        "late_bps_per_day": rng.randint(0, 100),
        "late_days_max": rng.randint(0, 365),
        "grace_days": rng.randint(0, 90),
        "origination_fee_bps": rng.randint(0, 10_000),
        "profit_fee_bps": rng.randint(0, 10_000),
        "min_ticket": rng.randint(1, 10**9),
        "min_payment": rng.randint(1, 10**9),
        "recourse": rng.random() < 0.5,
        "restricted": rng.random() < 0.5,
        "document": rng.randbytes(32),
    }
    packed = scval.to_struct({name: as_scval(name, value) for name, value in terms.items()})
    shown = {name: show(value) for name, value in terms.items()}
    xdr = packed.to_xdr_bytes()
    return {"terms": shown, "xdr": xdr.hex(), "hash": hashlib.sha256(xdr).hexdigest()}


def stellar_contract(rng: random.Random) -> str:
    from stellar_sdk import StrKey

    return StrKey.encode_contract(rng.randbytes(32))


def as_scval(name: str, value: Any) -> stellar_xdr.SCVal:
    if isinstance(value, stellar_xdr.SCVal):
        return value
    if isinstance(value, bool):
        return scval.to_bool(value)
    if isinstance(value, bytes):
        return scval.to_bytes(value)
    if name in {"advance", "claim", "face", "min_ticket", "min_payment"}:
        return scval.to_int128(value)
    if name in {"funding_deadline", "due"}:
        return scval.to_uint64(value)
    return scval.to_uint32(value)


def show(value: Any) -> Any:
    if isinstance(value, stellar_xdr.SCVal):
        return scval.from_address(value).address
    return value.hex() if isinstance(value, bytes) else value


def wire(value: Any) -> Any:
    """Whole numbers as decimal strings: JSON readers lose digits above 2^53."""
    if isinstance(value, dict):
        return {key: wire(item) for key, item in value.items()}
    if isinstance(value, list):
        return [wire(item) for item in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def vectors() -> dict[str, str]:
    rng = random.Random(SEED)
    makers = {
        "pricing": (pricing_case, 150),
        "payments": (payments_case, 250),
        "terms_hash": (terms_case, 20),
        "lives": (life_case, 150),
    }
    texts = {}
    for name, (make, count) in makers.items():
        cases = [json.dumps(wire(make(rng)), separators=(",", ":")) for _ in range(count)]
        texts[name] = "[\n" + ",\n".join(cases) + "\n]\n"
    return texts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed files, write nothing")
    check = parser.parse_args().check
    VECTORS.mkdir(exist_ok=True)
    different = []
    for name, text in vectors().items():
        file = VECTORS / f"{name}.json"
        if not check:
            file.write_text(text)
        elif not file.exists() or file.read_text() != text:
            different.append(name)
    if different:
        print(f"these vectors differ from the model: {', '.join(different)}; run without --check")
    return len(different)


if __name__ == "__main__":
    sys.exit(main())
