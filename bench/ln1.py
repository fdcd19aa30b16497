"""LN1: how long a local network takes from its start to the first ledger that it closes."""

import statistics
import time
from typing import Any

import httpx
from ledger_kit import Net

ID = "LN1"
WHAT = "localnet: from start to the first closed ledger (interval close, mainnet limits)"
UNIT = "s"
GOAL = ("<", 1.0)
CLOSE_MS = "100"


def run(repeats: int) -> dict[str, Any]:
    """`ours`: until a ledger closed after genesis answers; `yardstick`: the same process until it listens."""
    ours, listening = [], []
    for _ in range(repeats):
        began = time.perf_counter()
        with Net(close=CLOSE_MS) as net:
            listening.append(time.perf_counter() - began)
            question = {"jsonrpc": "2.0", "id": 1, "method": "getLatestLedger"}
            first = None
            while True:
                found = httpx.post(f"{net.base}/rpc", json=question).json()["result"]["sequence"]
                first = found if first is None else first
                if found > first:
                    break
            ours.append(time.perf_counter() - began)
    return {
        "value": statistics.median(ours),
        "ours": statistics.median(ours),
        "yardstick": statistics.median(listening),
        "spread": [min(ours), max(ours)],
        "repeats": repeats,
    }
