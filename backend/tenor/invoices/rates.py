"""The platform's rate card: which invoices it finances, and for what. Pure; an edit is a new version, never a change.

Rates are simple, per year of 365 days, on the advance. Bounds mirror `terms::check` of the escrow contract.
"""

import re
from typing import Annotated

import msgspec

from tenor.invoices.pricing import DAY_SECONDS, Accrual
from tenor.kernel.errors import Invalid
from tenor.kernel.money import BPS, AmountInvalid, Asset, parse_units, to_decimal

FUNDING_DAYS_MAX = 90
TENOR_DAYS_MAX = 730

Bps = Annotated[int, msgspec.Meta(ge=0, le=BPS)]
SignedBps = Annotated[int, msgspec.Meta(ge=-BPS, le=BPS)]


class CardInvalid(Invalid):
    """A rate card that cannot price; `fields` names what is wrong where."""


class CurrencyNotFinanced(Invalid):
    pass


class AmountNotFinanced(Invalid):
    pass


class AssetRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Invoices in `currency` are financed in the asset with `code`, one to one. Amounts are decimal strings."""

    code: str
    currency: str
    currency_decimals: Annotated[int, msgspec.Meta(ge=0, le=4)] = 2
    base_bps_per_year: Bps
    face_min: str
    face_max: str
    min_ticket: str
    min_payment: str


class TenorBand(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Applies to the first band whose `days_max` is not below the invoice's tenor."""

    days_max: Annotated[int, msgspec.Meta(ge=1, le=TENOR_DAYS_MAX)]
    add_bps_per_year: SignedBps


class GradeRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    advance_bps: Annotated[int, msgspec.Meta(ge=1, le=BPS)]
    """Of the face value."""
    add_bps_per_year: SignedBps


class Adjustment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    add_bps_per_year: SignedBps = 0
    add_advance_bps: SignedBps = 0


class CardTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is the same for every invoice of this card. The two fees must be those of the contract (`FeeChanged`)."""

    accrual: Accrual
    min_earned_days: Annotated[int, msgspec.Meta(ge=0, le=730)]
    late_bps_per_day: Annotated[int, msgspec.Meta(ge=0, le=100)]
    late_days_max: Annotated[int, msgspec.Meta(ge=0, le=365)]
    grace_days: Annotated[int, msgspec.Meta(ge=0, le=90)]
    origination_fee_bps: Bps
    profit_fee_bps: Bps
    funding_days: Annotated[int, msgspec.Meta(ge=1, le=FUNDING_DAYS_MAX)]
    quote_valid_seconds: Annotated[int, msgspec.Meta(ge=60, le=30 * DAY_SECONDS)]
    restricted: bool


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One version's rules. A grade, currency or tenor that it does not name is not financed."""

    assets: Annotated[tuple[AssetRate, ...], msgspec.Meta(min_length=1, max_length=50)]
    tenor_bands: Annotated[tuple[TenorBand, ...], msgspec.Meta(min_length=1, max_length=50)]
    grades: Annotated[dict[str, GradeRate], msgspec.Meta(min_length=1, max_length=50)]
    acknowledged: Adjustment
    recourse: Adjustment
    terms: CardTerms


def check(card: Card, assets: dict[str, Asset]) -> None:
    """`CardInvalid` unless every rule of `card` can price; `assets`: code -> settlement asset of this deployment."""
    wrong: dict[str, str] = {}
    days = [band.days_max for band in card.tenor_bands]
    if days != sorted(set(days)):
        wrong["tenor_bands"] = "Bands must have rising days_max."
    if any(re.fullmatch(r"[A-Z][A-Z0-9+-]{0,7}", grade) is None for grade in card.grades):
        wrong["grades"] = "A grade is a capital letter, then up to seven capitals, digits, + or -."
    currencies = [rate.currency for rate in card.assets]
    if len(set(currencies)) != len(currencies):
        wrong["assets"] = "A currency maps to one asset only."
    for index, rate in enumerate(card.assets):
        wrong |= {f"assets[{index}].{field}": why for field, why in _asset_faults(rate, assets.get(rate.code)).items()}
    rates = [
        rate.base_bps_per_year + band.add_bps_per_year + grade.add_bps_per_year + acknowledged + recourse
        for rate in card.assets
        for band in card.tenor_bands
        for grade in card.grades.values()
        for acknowledged in (0, card.acknowledged.add_bps_per_year)
        for recourse in (0, card.recourse.add_bps_per_year)
    ]
    if min(rates) < 0:
        wrong["rates"] = f"Some invoice would be priced at {min(rates)} bps a year; a price cannot be negative."
    if wrong:
        first = next(iter(wrong))
        raise CardInvalid(f"This rate card cannot price: {first}: {wrong[first]}", fields=wrong)


def face_of(card: Card, assets: dict[str, Asset], *, amount: str, currency: str) -> tuple[Asset, AssetRate, int]:
    """The settlement asset of `currency` and the face value in its units, one to one, by moving the decimal point.

    `CurrencyNotFinanced`, `AmountInvalid` (too many decimals, signs), `AmountNotFinanced` (zero, outside the card).
    """
    rate = next((rate for rate in card.assets if rate.currency == currency), None)
    if rate is None:
        known = ", ".join(f"{rate.currency} (in {rate.code})" for rate in card.assets)
        raise CurrencyNotFinanced(
            f"Invoices in {currency} are not financed: no settlement asset and rate apply to it. Financed: {known}.",
            fields={"currency": f"one of {known}"},
        )
    asset = assets[rate.code]
    minor = parse_units(amount, rate.currency_decimals)
    face = parse_units(to_decimal(minor, rate.currency_decimals), asset.decimals)
    lowest, highest = parse_units(rate.face_min, asset.decimals), parse_units(rate.face_max, asset.decimals)
    if not lowest <= face <= highest or face == 0:
        raise AmountNotFinanced(
            f"{amount} {currency} cannot be financed: invoices from {rate.face_min} to {rate.face_max} {currency} are.",
            fields={"amount_due": f"between {rate.face_min} and {rate.face_max}"},
        )
    return asset, rate, face


def starter_card(code: str, currency: str, *, origination_fee_bps: int, profit_fee_bps: int) -> Card:
    """A first card for a new deployment, to be edited by its admins; fees as the contract has them."""
    return Card(
        assets=(
            AssetRate(
                code=code,
                currency=currency,
                base_bps_per_year=800,
                face_min="10.00",
                face_max="5000000.00",
                min_ticket="1.00",
                min_payment="1.00",
            ),
        ),
        tenor_bands=(
            TenorBand(days_max=30, add_bps_per_year=0),
            TenorBand(days_max=60, add_bps_per_year=50),
            TenorBand(days_max=90, add_bps_per_year=100),
            TenorBand(days_max=180, add_bps_per_year=250),
        ),
        grades={
            "A": GradeRate(advance_bps=9_000, add_bps_per_year=0),
            "B": GradeRate(advance_bps=8_500, add_bps_per_year=200),
            "C": GradeRate(advance_bps=8_000, add_bps_per_year=500),
        },
        acknowledged=Adjustment(add_bps_per_year=-100, add_advance_bps=250),
        recourse=Adjustment(add_bps_per_year=-100, add_advance_bps=250),
        terms=CardTerms(
            accrual=Accrual.LINEAR,
            min_earned_days=7,
            late_bps_per_day=5,
            late_days_max=90,
            grace_days=30,
            origination_fee_bps=origination_fee_bps,
            profit_fee_bps=profit_fee_bps,
            funding_days=14,
            quote_valid_seconds=3 * DAY_SECONDS,
            restricted=True,
        ),
    )


def _asset_faults(rate: AssetRate, asset: Asset | None) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if asset is None:
        return {"code": f"{rate.code} is not a settlement asset of this deployment."}
    if re.fullmatch(r"[A-Z]{3}", rate.currency) is None:
        wrong["currency"] = "An ISO 4217 code has three capital letters."
    if rate.currency_decimals > asset.decimals:
        wrong["currency_decimals"] = f"{rate.code} has only {asset.decimals} decimals."
    units: dict[str, int] = {}
    for field in ("face_min", "face_max", "min_ticket", "min_payment"):
        try:
            units[field] = parse_units(getattr(rate, field), asset.decimals)
        except AmountInvalid as error:
            wrong[field] = str(error)
    if not wrong and not 1 <= units["face_min"] <= units["face_max"]:
        wrong["face_min"] = "It must be above zero and at most face_max."
    for field in ("min_ticket", "min_payment"):
        if not wrong and units[field] < 1:
            wrong[field] = "It must be above zero."
    return wrong
