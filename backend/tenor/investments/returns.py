"""PURE: what a series of payments returned a year (XIRR), and how much of a whole stands on how few. Integers only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenor.invoices.pricing import DAY_SECONDS
from tenor.kernel.money import BPS

_ONE = 10**18
"""Fixed point: factors have eighteen decimals."""
_YEAR_DAYS = 365
_FACTOR_MIN, _FACTOR_MAX = 98 * _ONE // 100, 103 * _ONE // 100
"""A day's discount factor: about +160,000 % a year to -99.998 %."""
_STEPS = 64


@dataclass(frozen=True, slots=True)
class Flow:
    """`units` paid in are negative, got back positive; `at` in Unix seconds."""

    at: int
    units: int


def xirr_bps(flows: Sequence[Flow]) -> int | None:
    """The yearly rate at which all flows together are worth nothing, days counted whole, a year of 365; floor of bps.

    None where no rate says anything: all on one day, or money going one way only.
    """
    if not flows or min(flow.units for flow in flows) >= 0 or max(flow.units for flow in flows) <= 0:
        return None
    first = min(flow.at for flow in flows)
    by_day = [((flow.at - first) // DAY_SECONDS, flow.units) for flow in flows]
    if all(day == by_day[0][0] for day, _ in by_day):
        return None
    low, high = _FACTOR_MIN, _FACTOR_MAX
    at_low = _worth(by_day, low)
    if (at_low > 0) == (_worth(by_day, high) > 0):
        return None
    for _ in range(_STEPS):
        middle = (low + high) // 2
        if (_worth(by_day, middle) > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    return _ONE * BPS // _power(low, _YEAR_DAYS) - BPS


def shares_bps(parts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Name and its part of the sum in basis points, the largest first; nothing for nothing."""
    summed: dict[str, int] = {}
    for name, units in parts:
        summed[name] = summed.get(name, 0) + units
    whole = sum(summed.values())
    if whole == 0:
        return []
    ordered = sorted(summed.items(), key=lambda part: (-part[1], part[0]))
    return [(name, units * BPS // whole) for name, units in ordered if units]


def _worth(by_day: Sequence[tuple[int, int]], factor: int) -> int:
    return sum(units * _power(factor, day) for day, units in by_day)


def _power(factor: int, times: int) -> int:
    result = _ONE
    while times:
        if times & 1:
            result = result * factor // _ONE
        factor = factor * factor // _ONE
        times >>= 1
    return result
