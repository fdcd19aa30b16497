"""GR9C: lines and branches of the contracts that their own tests reach; compiled wasm is not seen.

Only our crates are instrumented (`-C instrument-coverage`), so that nothing else compiles anew. Branch counters need
RUSTC_BOOTSTRAP, which only rustc itself is given. The reports are made by the toolchain's own llvm-tools.
"""

import json
import shutil
import stat
from pathlib import Path
from typing import Any

from proof_kit import Clock, Copy, say, write_artefact

ID = "GR9C"
WHAT = "contracts: lines that a test reaches (branches and the worst file beside)"
UNIT = "%"
GOAL = (">=", 99.0)
CRATES = ("common", "token", "distributor", "escrow", "stream", "market", "registry")
SKIPPED = ("/test/", "/stage/", "/tests/", "events.rs", "errors.rs", "peers.rs")
"""Tests, and files without a line of code that runs: their counters are those of the SDK's macros."""

WRAPPER = """#!/bin/sh
RUSTC_BOOTSTRAP=1 exec "$@" -C instrument-coverage -Z coverage-options=branch
"""


def run(_repeats: int) -> dict[str, Any]:
    """Runs every crate's tests once, in one process each."""
    copy, clock = Copy(), Clock()
    copy.refresh()
    copy.provide_wasm(fresh=False)
    counters = copy.folder / "counters"
    shutil.rmtree(counters, ignore_errors=True)
    programs = [program for crate in CRATES for program in tested(copy, crate, counters)]
    rows = measured(copy, programs, counters)
    lines, branches = total(rows, "lines"), total(rows, "branches")
    worst = min(rows, key=lambda name: rows[name]["lines"][0] / rows[name]["lines"][1])
    write_artefact("coverage", ["contracts"], clock, lines=lines, branches=branches, rows=rows)
    return {
        "value": lines,
        "ours": {"branches %": branches, "files": len(rows), f"least: {worst} %": percent(*rows[worst]["lines"])},
        "yardstick": None,
        "spread": None,
        "repeats": 1,
    }


def tested(copy: Copy, crate: str, counters: Path) -> list[str]:
    """The instrumented test programs of a crate, after they have run."""
    wrapper = copy.folder / "instrumented"
    wrapper.write_text(WRAPPER)
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    environment = {"RUSTC_WORKSPACE_WRAPPER": str(wrapper), "LLVM_PROFILE_FILE": str(counters / "%p-%m.profraw")}
    command = ["cargo", "test", "--locked", "-p", f"tenor-{crate}"]
    listed = copy.run(*command, "--no-run", "--message-format", "json", **environment)
    made = [json.loads(line) for line in listed.stdout.splitlines() if line.startswith("{")]
    programs = [one["executable"] for one in made if one.get("executable") and one["profile"]["test"]]
    assert programs, listed.stdout[-3000:]
    done = copy.run(*command, **environment)
    assert done.returncode == 0, done.stdout[-3000:]
    say(f"{crate}: run")
    return programs


def measured(copy: Copy, programs: list[str], counters: Path) -> dict[str, dict[str, list[int]]]:
    merged = copy.folder / "all.profdata"
    files = [str(file) for file in counters.glob("*.profraw")]
    copy.run(tool(copy, "llvm-profdata"), "merge", "-sparse", "-o", str(merged), *files)
    objects = [word for program in programs[1:] for word in ("-object", program)]
    command = [tool(copy, "llvm-cov"), "export", "-summary-only", "-instr-profile", str(merged), programs[0], *objects]
    told = copy.run(*command).stdout
    pages = json.loads(told[told.index('{"data"') :])["data"][0]["files"]
    rows = {}
    for page in pages:
        name = page["filename"].removeprefix(f"{copy.tree}/")
        if name.startswith("contracts/") and not any(word in name for word in SKIPPED):
            summary = page["summary"]
            rows[name.removeprefix("contracts/")] = {
                kind: [summary[kind]["covered"], summary[kind]["count"]] for kind in ("lines", "branches")
            }
    return dict(sorted((name, row) for name, row in rows.items() if row["lines"][1]))


def tool(copy: Copy, name: str) -> str:
    """Of the compiler's own version: another reads its counters wrongly, or not at all."""
    sysroot = Path(copy.run("rustc", "--print", "sysroot").stdout.strip())
    found = sorted(sysroot.glob(f"lib/rustlib/*/bin/{name}"))
    assert found, f"no {name}: rustup component add llvm-tools"
    return str(found[0])


def total(rows: dict[str, dict[str, list[int]]], kind: str) -> float:
    return percent(sum(row[kind][0] for row in rows.values()), sum(row[kind][1] for row in rows.values()))


def percent(covered: int, count: int) -> float:
    return round(100 * covered / max(1, count), 2)
