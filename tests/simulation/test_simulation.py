"""The engine under faults, as a seeded smoke: every run must end as if nothing had happened.

P01 to P05, P08 to P10, P13, P24, P29, P45, P46, P60, P62, P72, P131, P135. `make prove ID=GR1` takes ten thousand
seeds, ID=GR2 all planted defects.
"""

import os

import many
import pytest
from defects import DEFECTS
from sqlalchemy.ext.asyncio import AsyncEngine
from storm import Run, prepare

RUNS = int(os.environ.get("TENOR_SIMULATIONS", "200"))
QUICK = ("retry_on_not_found", "cursor_first")
"""Defects that a handful of runs shows."""


@pytest.fixture
async def prepared(engine: AsyncEngine) -> AsyncEngine:
    await prepare(engine)
    return engine


def test_p001_p002_p131_nothing_is_paid_twice_or_lost_or_stuck(postgres: str) -> None:
    results = list(many.run_many(postgres, 0, RUNS))
    wrong = [result["wrong"] for result in results if result["wrong"]]
    assert not wrong, wrong[0]
    told = many.total(results)
    assert told["runs"] == RUNS
    assert told["crashes"] > RUNS, "a storm without a crash proves little"
    assert told["paid"] > RUNS, told


async def test_a_seed_is_the_same_run_again(prepared: AsyncEngine) -> None:
    for seed in (7, 11):
        first, second = [await Run(seed, prepared).go() for _ in range(2)]
        assert first.weather.trace == second.weather.trace
        assert first.network.effects == second.network.effects


@pytest.mark.parametrize("name", QUICK)
def test_the_simulator_has_teeth(postgres: str, name: str) -> None:
    results = list(many.run_many(postgres, 0, 100, defect=name, workers=1, stop_at_first=True))
    assert any(result["wrong"] for result in results), f"{name} escaped"


def test_every_planted_defect_says_what_it_is() -> None:
    assert len(DEFECTS) >= 12
    assert all(plant.__doc__ and "(P" in plant.__doc__ for plant in DEFECTS.values())
