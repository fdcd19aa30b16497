"""GR9H: each hazard's patch breaks the code that prevents it, and the test that carries the hazard's name must fail.

A test that does not fail, or a patch that does not compile, proves nothing and counts as a finding.
Some patches only: `HAZARDS="H46 chance" make prove ID=GR9H` (hazards or names of patches).
"""

import os
import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from proof_kit import PROOF, Clock, Copy, commit, read_artefact, say, write_artefact

ID = "GR9H"
WHAT = "contracts: hazards whose patch made the test of that name fail"
UNIT = "hazards"
FOLDER = PROOF / "hazards"
ROOMS = ["contracts", "Cargo.toml", "Cargo.lock"]
TEST_SECONDS = 300


@dataclass(frozen=True)
class Patch:
    """One way to break the contracts, what it brings back, and the tests that must notice."""

    file: Path
    why: str
    hazards: tuple[str, ...]
    tests: tuple[str, ...]
    compiles: bool

    @property
    def name(self) -> str:
        return self.file.stem


def read(file: Path) -> Patch:
    head = file.read_text().split("\n--- ")[0]
    lines = head.splitlines()
    return Patch(
        file=file,
        why=lines[0],
        hazards=tuple(re.findall(r"^Hazards: (.*)$", head, re.MULTILINE)[0].split()),
        tests=tuple(re.findall(r"^Test: (.*)$", head, re.MULTILINE)),
        compiles="\nCompiles: " in head,
    )


def patches() -> list[Patch]:
    return [read(file) for file in sorted(FOLDER.glob("*.patch"))]


GOAL = (">=", len({hazard for patch in patches() for hazard in patch.hazards}))


def run(_repeats: int) -> dict[str, Any]:
    """Patches one after the other, those of one crate together, so that each compiles as little as possible."""
    wanted = set(os.environ.get("HAZARDS", "").split())
    chosen = [one for one in patches() if not wanted or wanted & {one.name, *one.hazards}]
    copy, clock = Copy(), Clock()
    copy.refresh()
    copy.provide_wasm(fresh=any(one.compiles for one in chosen))
    check_unbroken(copy, chosen)
    for patch in sorted(chosen, key=lambda one: (one.compiles, one.tests[0])):
        finding = judge(copy, patch)
        say(f"{patch.name}: {finding or 'noticed'}")
        note(patch, finding, clock)
    rows = read_artefact("hazards")["rows"]
    proved = {hazard for row in rows.values() if not row["finding"] for hazard in row["hazards"]}
    return {
        "value": len(proved),
        "ours": {"patches judged": len(rows), "not noticed": sum(bool(row["finding"]) for row in rows.values())},
        "yardstick": None,
        "spread": None,
        "repeats": 1,
    }


def note(patch: Patch, finding: str, clock: Clock) -> None:
    """After each patch, because all of them take hours: patches that were not run keep their last judgement."""
    known, there = read_artefact("hazards").get("rows", {}), {one.name for one in patches()}
    rows = {name: row for name, row in known.items() if name in there}
    rows[patch.name] = {"hazards": patch.hazards, "finding": finding, "commit": commit()}
    write_artefact("hazards", ROOMS, clock, patches=len(there), rows=dict(sorted(rows.items())))


def check_unbroken(copy: Copy, chosen: list[Patch]) -> None:
    """Without a patch, every named test passes: otherwise its failing would mean nothing."""
    tests = sorted({test for patch in chosen for test in patch.tests})
    for place, group in groupby(tests, key=place_of):
        names = [name_of(test) for test in group]
        done = copy.run("cargo", "test", "--locked", *place.split(), "--", "--exact", *names)
        passed = {name for name in names if f"test {name} ... ok" in done.stdout}
        assert passed == set(names), f"fail or are missing unbroken: {set(names) - passed}\n{done.stdout[-3000:]}"


def judge(copy: Copy, patch: Patch) -> str:
    """What is wrong with the proof; nothing where every test failed as it must."""
    applied = copy.run("git", "apply", str(patch.file))
    if applied.returncode:
        return f"does not apply: {applied.stdout.strip()}"
    try:
        if patch.compiles and (done := copy.compile_wasm()).returncode:
            return f"does not compile to wasm: {last_error(done.stdout)}"
        copy.touch_wasm()
        return "; ".join(filter(None, (outcome(copy, test) for test in patch.tests)))
    finally:
        copy.run("git", "apply", "-R", str(patch.file))
        copy.restore_wasm()


def outcome(copy: Copy, test: str) -> str:
    place, name = place_of(test).split(), name_of(test)
    compiled = copy.run("cargo", "test", "--quiet", "--locked", "--no-run", *place)
    if compiled.returncode:
        return f"does not compile: {last_error(compiled.stdout)}"
    done = copy.run("cargo", "test", "--locked", *place, "--", "--exact", name, timeout=TEST_SECONDS)
    if "is older than" in done.stdout:
        return f"{name} saw an old wasm"
    noticed = done.returncode and (f"test {name} ... FAILED" in done.stdout or done.returncode == 124)  # noqa: PLR2004
    return "" if noticed else f"{name} did not notice"


def place_of(test: str) -> str:
    """As cargo is told where a test is: `-p tenor-escrow --lib`."""
    return "-p " + test.rsplit(" ", 1)[0]


def name_of(test: str) -> str:
    return test.rsplit(" ", 1)[1]


def last_error(output: str) -> str:
    errors = [line for line in output.splitlines() if line.startswith("error")]
    return errors[0] if errors else output.strip()[-300:]
