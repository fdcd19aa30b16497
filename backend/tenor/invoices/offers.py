"""The explained quote: what the rate card makes of one invoice. Pure; a seller never types his own terms (P83).

Amounts are units of the settlement asset, times Unix seconds of the ledger.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import msgspec

from tenor.invoices.pricing import DAY_SECONDS, Accrual
from tenor.invoices.rates import (
    TENOR_DAYS_MAX,
    Adjustment,
    AmountNotFinanced,
    AssetRate,
    Card,
    GradeRate,
    TenorBand,
    face_of,
)
from tenor.kernel.errors import Conflict, Invalid
from tenor.kernel.money import BPS, Asset, bps_floor, parse_units, to_decimal

YEAR_DAYS = 365
NEAREST_SECONDS = DAY_SECONDS + 3_600
"""A nearer due date leaves no time to fund: the contract wants a day between funding deadline and due date."""

Assurance = Literal["attested", "acknowledged"]


class GradeNotFinanced(Conflict):
    pass


class DueDateNotFinanced(Invalid):
    pass


class Factor(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the price. `bps` and `units` where it has them; units are of the settlement asset."""

    name: str
    bps: int | None = None
    units: int | None = None
    sentence: str


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The escrow's terms but for `document`; names as in the contract."""

    asset: str
    advance: int
    claim: int
    face: int
    funding_deadline: int
    due: int
    accrual: Accrual
    min_earned_days: int
    late_bps_per_day: int
    late_days_max: int
    grace_days: int
    origination_fee_bps: int
    profit_fee_bps: int
    min_ticket: int
    min_payment: int
    recourse: bool
    restricted: bool


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What a price is asked for. `amount_due` as a decimal string of `currency`."""

    amount_due: str
    currency: str
    due_date: date
    grade: str
    assurance: Assurance
    recourse: bool


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: terms, what reaches the seller's account at full funding, and every factor named."""

    terms: Terms
    origination_fee_units: int
    payout_units: int
    reserve_units: int
    expires_at: int
    factors: tuple[Factor, ...]


def due_at(due_date: date) -> int:
    """The last second of the due date in UTC: paying on the day is never late."""
    return int((datetime(due_date.year, due_date.month, due_date.day, tzinfo=UTC) + timedelta(days=1)).timestamp()) - 1


def quote(card: Card, assets: dict[str, Asset], ask: Ask, *, now: int) -> Offer:
    """The price of one invoice at ledger time `now`, with every factor.

    Refusals: those of `face_of`, `GradeNotFinanced`, `DueDateNotFinanced`.
    """
    asset, rate, face = face_of(card, assets, amount=ask.amount_due, currency=ask.currency)
    grade = card.grades.get(ask.grade)
    if grade is None:
        raise GradeNotFinanced(f"Debtors of grade {ask.grade} are not financed; financed are {', '.join(card.grades)}.")
    due = due_at(ask.due_date)
    band, tenor_days = _band(card, due, now=now, due_date=ask.due_date)
    funding_deadline = min(now + card.terms.funding_days * DAY_SECONDS, due - DAY_SECONDS)

    steps = _Steps(asset)
    steps.add("face", units=face, why=f"{ask.amount_due} {ask.currency} are owed, one {asset.code} each")
    advance_bps = _advance_rate(card, ask, grade, steps)
    rate_bps = _yearly_rate(card, ask, steps, rate=rate, band=band, grade=grade)
    advance, claim = _advance_and_claim(face, advance_bps=advance_bps, rate_bps=rate_bps, days=tenor_days, steps=steps)
    fee = bps_floor(advance, card.terms.origination_fee_bps)
    steps.add("origination_fee", bps=card.terms.origination_fee_bps, units=fee, why="the platform's fee on the advance")
    steps.add("payout", units=advance - fee, why="reaches the account at full funding")
    steps.add("reserve", units=face - claim, why="comes back after the customer paid in full on the due date")
    terms = Terms(
        asset=asset.contract,
        advance=advance,
        claim=claim,
        face=face,
        funding_deadline=funding_deadline,
        due=due,
        accrual=card.terms.accrual,
        min_earned_days=card.terms.min_earned_days,
        late_bps_per_day=card.terms.late_bps_per_day,
        late_days_max=card.terms.late_days_max,
        grace_days=card.terms.grace_days,
        origination_fee_bps=card.terms.origination_fee_bps,
        profit_fee_bps=card.terms.profit_fee_bps,
        min_ticket=min(advance, parse_units(rate.min_ticket, asset.decimals)),
        min_payment=min(face, parse_units(rate.min_payment, asset.decimals)),
        recourse=ask.recourse,
        restricted=card.terms.restricted,
    )
    return Offer(
        terms=terms,
        origination_fee_units=fee,
        payout_units=advance - fee,
        reserve_units=face - claim,
        expires_at=min(now + card.terms.quote_valid_seconds, funding_deadline),
        factors=tuple(steps.factors),
    )


class _Steps:
    """Collects factors in the order in which they act."""

    def __init__(self, asset: Asset) -> None:
        self.asset, self.factors = asset, list[Factor]()

    def add(self, name: str, *, why: str, bps: int | None = None, units: int | None = None) -> None:
        amount = "" if units is None else f"{to_decimal(units, self.asset.decimals)} {self.asset.code}: "
        share = "" if bps is None else f"{'+' if name.endswith('adjustment') and bps >= 0 else ''}{bps} bps: "
        self.factors.append(Factor(name=name, bps=bps, units=units, sentence=f"{amount}{share}{why}."))


def _advance_rate(card: Card, ask: Ask, grade: GradeRate, steps: _Steps) -> int:
    steps.add(
        "advance_rate", bps=grade.advance_bps, why=f"of the face value is advanced to debtors of grade {ask.grade}"
    )
    total = grade.advance_bps
    for name, adjustment, why in _adjustments(card, ask):
        if adjustment.add_advance_bps:
            steps.add(f"advance_{name}_adjustment", bps=adjustment.add_advance_bps, why=why)
            total += adjustment.add_advance_bps
    return max(1, min(BPS, total))


def _yearly_rate(card: Card, ask: Ask, steps: _Steps, *, rate: AssetRate, band: TenorBand, grade: GradeRate) -> int:
    parts = [
        ("base_rate", rate.base_bps_per_year, f"a year for {rate.code}"),
        ("tenor_adjustment", band.add_bps_per_year, f"a year for up to {band.days_max} days"),
        ("grade_adjustment", grade.add_bps_per_year, f"a year for a debtor of grade {ask.grade}"),
        *((f"{name}_adjustment", adj.add_bps_per_year, f"a year: {why}") for name, adj, why in _adjustments(card, ask)),
    ]
    for name, bps, why in parts:
        steps.add(name, bps=bps, why=why)
    return sum(bps for _, bps, _ in parts)


def _adjustments(card: Card, ask: Ask) -> list[tuple[str, Adjustment, str]]:
    found = []
    if ask.assurance == "acknowledged":
        found.append(("acknowledgement", card.acknowledged, "the debtor has confirmed the debt"))
    if ask.recourse:
        found.append(("recourse", card.recourse, "the seller answers for a debtor who cannot pay"))
    return found


def _advance_and_claim(face: int, *, advance_bps: int, rate_bps: int, days: int, steps: _Steps) -> tuple[int, int]:
    """A and C with `A <= C <= F`: an advance whose discount would pass the face value is lowered until it fits."""
    advance = bps_floor(face, advance_bps)
    year = BPS * YEAR_DAYS
    fitting = face * year // (year + rate_bps * days)
    lowered = min(advance, fitting)
    if lowered < 1:
        raise AmountNotFinanced(f"{face} units are too little to advance anything at {advance_bps} bps.")
    discount = min(face - lowered, -(-lowered * rate_bps * days // year))
    if lowered < advance:
        steps.add("advance_limit", units=lowered, why="the advance is lowered so that the claim fits the face value")
    steps.add("advance", bps=advance_bps, units=lowered, why="what investors put in together")
    steps.add("discount", bps=rate_bps, units=discount, why=f"a year on the advance for {days} days, rounded up")
    steps.add("claim", units=lowered + discount, why="what investors are owed on the due date")
    return lowered, lowered + discount


def _band(card: Card, due: int, *, now: int, due_date: date) -> tuple[TenorBand, int]:
    """The tenor in started days and its band. A due date needs two days ahead: one to fund, one to run."""
    if due <= now:
        raise DueDateNotFinanced(
            f"The due date {due_date} has passed; only invoices that are not due yet are financed.",
            fields={"due_date": "in the past"},
        )
    days = -(-(due - now) // DAY_SECONDS)
    if due - now <= NEAREST_SECONDS:
        raise DueDateNotFinanced(
            f"The due date {due_date} is too near: there must be more than a day to fund it in.",
            fields={"due_date": "at least two days ahead"},
        )
    band = next((band for band in card.tenor_bands if days <= band.days_max), None)
    if band is None or due - now > TENOR_DAYS_MAX * DAY_SECONDS:
        raise DueDateNotFinanced(
            f"The due date {due_date} is {days} days ahead; at most {card.tenor_bands[-1].days_max} are financed.",
            fields={"due_date": f"at most {card.tenor_bands[-1].days_max} days ahead"},
        )
    return band, days
