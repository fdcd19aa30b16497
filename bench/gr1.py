"""GR1: the engine in the crash simulator, ten thousand seeds.

A run that goes wrong is printed with its seed and its way. One run again:
`python tests/simulation/many.py --seed 4711`.
"""

import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "simulation"))

import many

ID = "GR1"
WHAT = "crash simulator: seeded runs that ended with a payment doubled, lost or stuck, or a wrong table"
UNIT = "runs"
RUNS = 10_000
GOAL = ("==", 0)


def run(_repeats: int) -> dict[str, Any]:
    """`ours`: what was simulated, and how fast on the cores there are."""
    began, results = time.perf_counter(), []
    with many.server() as url:
        for result in many.run_many(url, 0, RUNS):
            results.append(result)
            if result["wrong"]:
                print(result["wrong"], flush=True)
    minutes = (time.perf_counter() - began) / 60
    told = many.total(results)
    return {
        "value": told["wrong"],
        "ours": {name: told[name] for name in ("runs", "intents", "paid", "faults", "crashes")}
        | {"runs a minute": round(len(results) / minutes)},
        "yardstick": None,
        "spread": [told["wrong"], told["wrong"]],
        "repeats": 1,
    }
