"""GR2: does the simulator have teeth? Engines with a planted defect each, until a run of theirs goes wrong."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "simulation"))

import many
from defects import DEFECTS

ID = "GR2"
WHAT = "crash simulator: planted defects that none of 1,000 runs shows"
UNIT = "defects"
RUNS = 1_000
GOAL = ("==", 0)


def run(_repeats: int) -> dict[str, Any]:
    """`ours`: how many runs each defect took."""
    taken: dict[str, int] = {}
    escaped = 0
    with many.server() as url:
        for name in DEFECTS:
            results = list(many.run_many(url, 0, RUNS, defect=name, stop_at_first=True))
            taken[name] = len(results)
            escaped += not any(result["wrong"] for result in results)
            print(f"      {name}: {len(results)} runs", flush=True)
    return {"value": escaped, "ours": taken, "yardstick": None, "spread": [escaped, escaped], "repeats": 1}
