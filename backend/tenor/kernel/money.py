"""Integer units of one asset. No float, no Decimal, no amount without its asset, nothing negative."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tenor.kernel.errors import Invalid

UNITS_MAX = 2**63 - 1
"""Classic balances and BIGINT columns end here; contracts refuse terms beyond it (H68)."""
BPS = 10_000

_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,18})(?:\.([0-9]{1,18}))?", re.ASCII)


class AmountInvalid(Invalid):
    pass


class AssetMismatch(Invalid):
    pass


@dataclass(frozen=True, slots=True)
class Asset:
    """A settlement asset: its SEP-41 contract (strkey C...), display code and number of decimals."""

    contract: str
    code: str
    decimals: int = 7


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`units` of `asset`, `0 <= units <= 2^63-1`."""

    units: int
    asset: Asset

    def __post_init__(self) -> None:
        if not 0 <= self.units <= UNITS_MAX:
            raise AmountInvalid(f"{self.units} units of {self.asset.code} are outside 0..{UNITS_MAX}.")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.units + self._same(other), self.asset)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.units - self._same(other), self.asset)

    def _same(self, other: "Money") -> int:
        if other.asset != self.asset:
            raise AssetMismatch(f"{self.asset.code} and {other.asset.code} cannot be added.")
        return other.units

    def __str__(self) -> str:
        return f"{to_decimal(self.units, self.asset.decimals)} {self.asset.code}"


def parse_units(text: str, decimals: int) -> int:
    """Units from a plain decimal string (`"950"`, `"950.05"`), exactly.

    Refuses signs, exponents, separators, leading zeros, more than `decimals` decimals and anything above 2^63-1 (P53).
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise AmountInvalid(f"{text[:40]!r} is not an amount: write digits with a point, such as 950.05.")
    whole, fraction = match[1], match[2] or ""
    if len(fraction) > decimals:
        raise AmountInvalid(f"{text} has {len(fraction)} decimals; this asset has {decimals}.")
    units: int = int(whole) * 10**decimals + int(fraction.ljust(decimals, "0") or "0")
    if units > UNITS_MAX:
        raise AmountInvalid(f"{text} is more than can be held (at most {to_decimal(UNITS_MAX, decimals)}).")
    return units


def to_decimal(units: int, decimals: int) -> str:
    """The decimal string of `units`, all decimals written out; negative units keep their sign (differences)."""
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(decimals + 1, "0")
    if decimals == 0:
        return sign + digits
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def split(total: int, weights: Sequence[int]) -> list[int]:
    """`total` units in proportion to `weights`, adding up exactly: largest remainder first, ties to the earlier."""
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise AmountInvalid(f"{total} units cannot be split by weights that sum to {whole}.")
    parts = [total * weight // whole for weight in weights]
    rest = total - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[:rest]:
        parts[i] += 1
    return parts


def bps_floor(units: int, bps: int) -> int:
    return units * bps // BPS


def bps_ceil(units: int, bps: int) -> int:
    return -(-units * bps // BPS)
