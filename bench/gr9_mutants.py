"""GR9M: bugs that cargo-mutants plants in the arithmetic and the rules, and how many of them a test notices.

`MUTANTS="common escrow" make prove ID=GR9M` chooses rooms; the others keep the figures of their last run.
A survivor is a finding, unless `contracts/proof/survivors.json` says why no test can notice it.
"""

import json
import os
from typing import Any

from proof_kit import PROOF, Clock, Copy, commit, day, needs, read_artefact, say, write_artefact

ID = "GR9M"
WHAT = "contracts: planted bugs that a test notices, of those that compile"
UNIT = "%"
GOAL = (">=", 95.0)
VERSION = "27.1.0"
TEST_SECONDS = 300
SHARE = os.environ.get("MUTANTS_SHARD")
"""`0/8`: every eighth mutant only. The artefact says so."""

ROOMS: dict[str, tuple[str, ...]] = {
    "common": ("math", "pricing", "accrual"),
    "token": ("accrual", "allowances", "holders"),
    "escrow": ("pricing", "lifecycle", "governance", "timelock", "disputes", "funding", "payments", "terms"),
    "distributor": ("payouts",),
    "stream": ("accrual", "lifecycle", "settling"),
    "market": ("trading", "offers"),
    "registry": ("reservations", "governance"),
}


def run(_repeats: int) -> dict[str, Any]:
    """Each room's mutants, judged by its own crate's tests."""
    needs("mutants", "cargo-mutants", VERSION)
    copy, clock = Copy(), Clock()
    copy.refresh()
    copy.provide_wasm(fresh=False)
    rows = read_artefact("mutants").get("rows", {})
    for room in os.environ.get("MUTANTS", " ".join(ROOMS)).split():
        rows[room] = judge(copy, room)
        say(f"{room}: {rows[room]['caught']} of {rows[room]['caught'] + len(rows[room]['survived'])} noticed")
    write_artefact("mutants", [f"contracts/{room}" for room in rows], clock, tool=f"cargo-mutants {VERSION}", rows=rows)
    caught = sum(row["caught"] for row in rows.values())
    survived = sum(len(row["survived"]) for row in rows.values())
    return {
        "value": round(100 * caught / max(1, caught + survived), 1),
        "ours": {"caught": caught, "survived": survived, "rooms": len(rows)},
        "yardstick": None,
        "spread": None,
        "repeats": 1,
    }


def judge(copy: Copy, room: str) -> dict[str, Any]:
    clock, out = Clock(), copy.folder / f"mutants-{room}"
    files = [word for name in ROOMS[room] for word in ("--file", f"contracts/{room}/src/{name}.rs")]
    chosen = ["--shard", SHARE] if SHARE else []
    package = ["--package", f"tenor-{room}", "--test-package", f"tenor-{room}"]
    limits = ["--timeout", str(TEST_SECONDS), "--no-shuffle", "--output", str(out)]
    done = copy.run("cargo", "mutants", "--in-place", *package, *files, *chosen, *limits)
    told = json.loads((out / "mutants.out" / "outcomes.json").read_text())
    assert told["total_mutants"], done.stdout[-3000:]
    copy.refresh()
    copy.touch_wasm()
    excused = json.loads((PROOF / "survivors.json").read_text())
    missed = [one["scenario"]["Mutant"]["name"] for one in told["outcomes"] if one["summary"] == "MissedMutant"]
    known = {name: reason for name in missed for key, reason in excused.items() if key in name}
    return {
        "commit": commit(),
        "day": day(),
        "seconds": clock.seconds,
        "shard": SHARE,
        "mutants": told["total_mutants"],
        "unviable": told["unviable"],
        "caught": told["caught"] + told["timeout"],
        "survived": [name for name in missed if name not in known],
        "cannot be noticed": known,
    }
