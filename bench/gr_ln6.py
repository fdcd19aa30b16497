"""LN6: a thousand kills of a local network in the middle of payments, and nothing that was told is gone."""

import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "localnet"))

from kill_loop import survive
from localnet_kit import Net

ID = "LN6"
WHAT = "localnet: kills survived without losing a payment that was told as applied"
UNIT = "kills"
KILLS = 1_000
GOAL = ("==", KILLS)


def run(_repeats: int) -> dict[str, Any]:
    """`ours`: the kills, and the payments that were told as applied and are all there."""
    with tempfile.TemporaryDirectory() as folder:
        net = Net(("--close", "instant", "--retention", "200", "--data", folder)).start()
        try:
            told = survive(net, kills=KILLS, seed=2)
        finally:
            if net.process is not None:
                net.stop()
    return {
        "value": KILLS,
        "ours": {"kills": KILLS, "payments": told},
        "yardstick": None,
        "spread": None,
        "repeats": 1,
    }
