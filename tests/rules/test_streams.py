"""What a stream has accrued and what may be done to it: pure, to the unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenor.streams import rules
from tenor.streams.rules import Running, accrued, elapsed, is_due

START = 1_795_219_200


def running(**changes: object) -> Running:
    known: dict[str, object] = {
        "status": "active",
        "deposited_units": 1_000_003,
        "paid_units": 0,
        "units": 1_000_003,
        "seconds": 7_000,
        "ran_seconds": 0,
        "since_at": START,
    }
    return Running(**(known | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "units"),
    [(0, 0), (START, 0), (START + 1, 142), (START + 3_499, 499_858), (START + 7_000, 1_000_003), (2**63, 1_000_003)],
)
def test_h051_a_fixed_total_accrues_evenly_and_is_rounded_down_once(at: int, units: int) -> None:
    assert accrued(running(), at) == units


def test_an_open_ended_stream_stops_at_its_deposit() -> None:
    flow = running(units=7, seconds=0, deposited_units=1_000)
    assert [accrued(flow, START + at) for at in (0, 1, 142, 143, 10**9)] == [0, 7, 994, 1_000, 1_000]


def test_pauses_are_left_out() -> None:
    paused = running(status="paused", ran_seconds=300, since_at=START + 300)
    assert elapsed(paused, START + 9_999) == 300
    resumed = running(ran_seconds=300, since_at=START + 10_000)
    assert [elapsed(resumed, START + at) for at in (0, 10_000, 10_700)] == [300, 300, 1_000]


@given(
    units=st.integers(1, 2**63 - 1),
    seconds=st.integers(0, 315_000_000),
    deposit=st.integers(1, 2**63 - 1),
    moments=st.lists(st.integers(0, 2**40), min_size=2, max_size=6),
)
def test_h051_nothing_that_accrued_is_lost_and_never_more_than_was_locked(
    units: int, seconds: int, deposit: int, moments: list[int]
) -> None:
    stream = running(units=units, seconds=seconds, deposited_units=units if seconds else deposit)
    found = [accrued(stream, START + moment) for moment in sorted(moments)]
    assert found == sorted(found)
    assert 0 <= found[0] <= found[-1] <= stream.deposited_units


def test_what_may_be_done_depends_on_where_it_stands() -> None:
    now = START + 100
    open_ended = running(units=7, seconds=0)
    rules.check_pause(running(), now)
    rules.check_top_up(open_ended, 1, now)
    with pytest.raises(rules.StreamIsFixed):
        rules.check_top_up(running(), 1, now)
    with pytest.raises(rules.StreamAmountNotPositive):
        rules.check_top_up(open_ended, 0, now)
    with pytest.raises(rules.StreamIsRunning):
        rules.check_resume(running())
    paused = running(status="paused")
    rules.check_resume(paused)
    with pytest.raises(rules.StreamIsPaused):
        rules.check_pause(paused, now)
    for check in (rules.check_pause, lambda stream, at: rules.check_top_up(stream, 1, at)):
        with pytest.raises(rules.StreamUsedUp):
            check(running(), START + 7_000)
        for status in ("cancelled", "completed"):
            with pytest.raises(rules.StreamIsOver):
                check(running(status=status), now)


def test_the_platform_settles_daily_and_at_the_end() -> None:
    day = rules.SETTLE_SECONDS
    long = running(seconds=10 * day)
    assert not is_due(long, last_settled_at=START, at=START + day - 1)
    assert is_due(long, last_settled_at=START, at=START + day)
    assert not is_due(long, last_settled_at=START + day, at=START + day + 5)
    assert is_due(running(), last_settled_at=START + 6_999, at=START + 7_000)
    assert not is_due(running(paid_units=1_000_003), last_settled_at=START, at=START + 9 * day)
    assert not is_due(running(status="cancelled"), last_settled_at=START, at=START + 9 * day)
