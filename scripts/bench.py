#!/usr/bin/env python3
"""Measures: one file per figure in bench/, one result per figure in bench/results/, the table in bench/README.md.

A figure is a module bench/<id>.py with ID, WHAT, UNIT, GOAL = (op, value) and run(repeats) -> dict with the keys value,
ours, yardstick, spread, repeats; `value` is what the goal speaks of. Files gr*.py are the slow proofs (--prove).
A goal that is not reached is shown, and is no error: shared hardware is noisy.
"""

import argparse
import importlib.util
import json
import operator
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "bench"
RESULTS = BENCH / "results"
REPEATS = 5
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<": operator.lt,
    ">": operator.gt,
    "==": operator.eq,
}
BEGIN, END = "<!-- table: made by make bench -->", "<!-- end of table -->"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*", metavar="ID", help="figures to measure, such as GP1; none: all")
    parser.add_argument("--prove", action="store_true", help="the slow proofs instead of the benchmarks")
    parser.add_argument("--repeats", type=int, default=REPEATS, help=f"runs per figure (default {REPEATS})")
    parser.add_argument("--list", action="store_true", help="print the figures and measure nothing")
    chosen = parser.parse_args()
    sys.path[:0] = [str(BENCH), str(ROOT / "scripts")]
    modules = figures(proofs=chosen.prove)
    wanted = [name.upper() for name in chosen.ids] or list(modules)
    if unknown := [name for name in wanted if name not in modules]:
        print(f"No figure {', '.join(unknown)}; there are {', '.join(modules)}.", file=sys.stderr)
        return 2
    for name in wanted:
        if chosen.list:
            print(f"{name:5} {modules[name].WHAT}")
            continue
        print(f"{name:5} {modules[name].WHAT} ...", flush=True)
        result = measure(modules[name], chosen.repeats)
        print(f"      {shown(result)}", flush=True)
    if not chosen.list:
        write_table()
    return 0


def figures(*, proofs: bool) -> dict[str, ModuleType]:
    """Every figure by its id; a file that has no ID is a part shared by several."""
    found = {}
    for path in sorted(BENCH.glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
        if spec is None or spec.loader is None or path.stem.startswith("gr") != proofs:
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        if hasattr(module, "ID"):
            found[module.ID] = module
    return found


def measure(figure: ModuleType, repeats: int) -> dict[str, Any]:
    measured = figure.run(repeats)
    goal, value = figure.GOAL
    result = {
        "id": figure.ID,
        "what": figure.WHAT,
        "value": measured["value"],
        "unit": figure.UNIT,
        "goal": {"op": goal, "value": value},
        "ours": measured["ours"],
        "yardstick": measured["yardstick"],
        "repeats": measured["repeats"],
        "spread": measured["spread"],
        "commit": commit(),
        "machine": f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}",
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{figure.ID}.json").write_text(json.dumps(result, indent=1) + "\n")
    return result


def shown(result: dict[str, Any]) -> str:
    reached = OPERATORS[result["goal"]["op"]](result["value"], result["goal"]["value"])
    goal = f"goal {result['goal']['op']} {result['goal']['value']}"
    return f"{number(result['value'])} {result['unit']}, {goal}: {'reached' if reached else 'not reached'}"


def write_table() -> None:
    """The table of bench/README.md, from all results there are."""
    lines = ["| id | what | value | goal | | ours | yardstick | repeats, spread | commit |", "|" + "---|" * 9]
    for path in sorted(RESULTS.glob("*.json")):
        one = json.loads(path.read_text())
        goal = one["goal"]
        lines.append(
            f"| {one['id']} | {one['what']} | {number(one['value'])} {one['unit']} | {goal['op']} {goal['value']} "
            f"| {'✓' if OPERATORS[goal['op']](one['value'], goal['value']) else '✗'} | {number(one['ours'])} "
            f"| {number(one['yardstick'])} | {one['repeats']}, {number(one['spread'])} | {one['commit']} |"
        )
    readme = BENCH / "README.md"
    before, _, rest = readme.read_text().partition(BEGIN)
    readme.write_text(before + "\n".join([BEGIN, "", *lines, "", END]) + rest.partition(END)[2])
    print("\n".join(lines))


def number(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {number(one)}" for name, one in value.items())
    if isinstance(value, list):
        return " to ".join(map(number, value))
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"  # noqa: PLR2004 - four digits are read at a glance
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def commit() -> str:
    """The short hash of what was measured; with a plus when the tree holds changes."""
    asked = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    dirty = subprocess.run(["git", "-C", ROOT, "diff", "--quiet", "HEAD"], capture_output=True, check=False)
    return (asked.stdout.strip() or "none") + ("+" if dirty.returncode else "")


if __name__ == "__main__":
    sys.exit(main())
