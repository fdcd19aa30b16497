"""The yearly return of dated payments, against cases that are known by heart, and parts of a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.investments.returns import Flow, shares_bps, xirr_bps

DAY = 86_400


@pytest.mark.parametrize(
    ("flows", "bps"),
    [
        ([(0, -1_000), (365, 1_100)], 1_000),
        ([(0, -1_000), (730, 1_210)], 1_000),
        ([(0, -1_000), (365, 900)], -1_000),
        ([(0, -1_000), (73, 1_020)], 1_040),  # 1.02 to the fifth
        ([(0, -1_000), (365, 100), (730, 1_100)], 1_000),
        ([(0, -1_000), (365, -1_000), (730, 2_310)], 1_000),
    ],
)
def test_known_returns(flows: list[tuple[int, int]], bps: int) -> None:
    found = xirr_bps([Flow(day * DAY, units * 10**7) for day, units in flows])
    assert found is not None
    assert abs(found - bps) <= 1


@pytest.mark.parametrize("flows", [[], [(0, -5)], [(0, 5)], [(0, -5), (0, 6)], [(0, -5), (9, -5)], [(0, -5), (9, 0)]])
def test_where_no_rate_says_anything(flows: list[tuple[int, int]]) -> None:
    assert xirr_bps([Flow(day * DAY, units) for day, units in flows]) is None


@given(st.integers(1, 10**15), st.integers(1, 2_000), st.integers(-5_000, 20_000))
def test_one_payment_in_and_one_back_give_their_own_rate(units: int, days: int, bps: int) -> None:
    back = units * (10_000 + bps) // 10_000
    found = xirr_bps([Flow(0, -units * 10**6), Flow(days * DAY, back * 10**6)])
    if found is None:
        assert back == 0 or days < 30  # beyond what a yearly rate can say
    elif back != units:
        assert (found >= 0) == (back >= units)


def test_parts_of_a_whole_are_summed_by_name_largest_first() -> None:
    assert shares_bps([("a", 1), ("b", 5), ("a", 2), ("c", 0)]) == [("b", 6_250), ("a", 3_750)]
    assert shares_bps([]) == shares_bps([("a", 0)]) == []
