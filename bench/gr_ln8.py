"""LN8: executions of the fuzz drivers of the local network without a finding."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

ID = "LN8"
WHAT = "localnet: hostile transactions, requests and XDR values judged without a finding"
UNIT = "executions"
EXECUTIONS = 2_000
DRIVERS = 3
GOAL = (">=", DRIVERS * EXECUTIONS)
ROOT = Path(__file__).resolve().parent.parent


def run(_repeats: int) -> dict[str, Any]:
    """Seeded walks over transactions (applied, coins counted, log read back), requests and XDR parameters."""
    command = ["cargo", "test", "-p", "tenor-localnet", "--test", "fuzz", "--", "--nocapture"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"FUZZ_EXECUTIONS": str(EXECUTIONS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    outcomes = {name: int(count) for count, name in re.findall(r"^ *(\d+) (\S.*)$", done.stdout, re.MULTILINE)}
    return {
        "value": DRIVERS * EXECUTIONS,
        "ours": {"applied": outcomes["TxSuccess"], "kinds of outcome": len(outcomes)},
        "yardstick": None,
        "spread": None,
        "repeats": 1,
    }
