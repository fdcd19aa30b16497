"""LN2: how long one simulateTransaction takes, over HTTP, on a contract with real state."""

import statistics
import time
from typing import Any

import httpx
from ledger_kit import INTERVAL_MS, Net, fund, invocation, open_market, transfer

ID = "LN2"
WHAT = "localnet: simulate fund_escrow, p50 (p99 and an asset transfer beside)"
UNIT = "ms"
GOAL = ("<", 5.0)
CALLS = 200


def run(repeats: int) -> dict[str, Any]:
    """`yardstick`: getHealth, the same road without any work, in turns with ours."""
    with Net(close="instant") as net:
        market = open_market(net, investors=2)
        investor, other = market.investors
        token = market.deployment.assets[0].contract
        questions = {
            "fund_escrow": _simulate(invocation(net.builder(investor.public_key), fund(market, investor)).to_xdr()),
            "transfer": _simulate(
                invocation(net.builder(investor.public_key), transfer(token, investor, other)).to_xdr()
            ),
            "getHealth": {"jsonrpc": "2.0", "id": 1, "method": "getHealth"},
        }
        net.set_close(INTERVAL_MS)
        runs: dict[str, list[list[float]]] = {name: [] for name in questions}
        with httpx.Client(base_url=net.base) as client:
            for _ in range(repeats):
                taken: dict[str, list[float]] = {name: [] for name in questions}
                for _ in range(CALLS):
                    for name, question in questions.items():
                        began = time.perf_counter()
                        answer = client.post("/rpc", json=question).json()["result"]
                        taken[name].append(1_000 * (time.perf_counter() - began))
                        assert "error" not in answer, answer
                for name, times in taken.items():
                    runs[name].append(sorted(times))
    medians = [statistics.median(times) for times in runs["fund_escrow"]]
    return {
        "value": statistics.median(medians),
        "ours": {
            f"{name} {label}": _percentile(runs[name], part)
            for name in ("fund_escrow", "transfer")
            for label, part in PARTS
        },
        "yardstick": {f"getHealth {label}": _percentile(runs["getHealth"], part) for label, part in PARTS},
        "spread": [min(medians), max(medians)],
        "repeats": repeats,
    }


PARTS = (("p50", 0.50), ("p99", 0.99))


def _simulate(envelope: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": "simulateTransaction", "params": {"transaction": envelope}}


def _percentile(runs: list[list[float]], part: float) -> float:
    return statistics.median(times[min(len(times) - 1, int(part * len(times)))] for times in runs)
