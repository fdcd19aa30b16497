"""The committed table of what contract calls cost, after a run of the test that holds compiled code against it."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEER_FUNDING = 755_350
"""Trustless Work's `fund_escrow`, which mints nothing, measured outside this repository."""
PEER_RELEASE = 602_407
"""Its release, per recipient: the goal is 0.7 of that, 421,685."""


def costs() -> dict[str, list[int]]:
    """Row -> its numbers, instructions first. Fails where the compiled contracts cost more than the table says."""
    kept = {name: value for name, value in os.environ.items() if name != "WRITE_DOCUMENTS"}
    command = ["cargo", "test", "--quiet", "--package", "tenor-escrow", "--", "costs::h127"]
    subprocess.run(command, cwd=ROOT, env=kept, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rows: dict[str, list[int]] = {}
    for line in (ROOT / "contracts" / "COSTS.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > 1 and cells[1].isdigit():
            rows[cells[0]] = [int(cell) for cell in cells[1:]]
    return rows
