"""LN3: how many contract calls a second the local network applies on its one core, with mainnet's limits."""

import asyncio
import statistics
import time
from typing import Any

import httpx
from ledger_kit import INTERVAL_MS, Net, applied_per_second, fund, open_market, ready, sequence_of, transfer

ID = "LN3"
WHAT = "localnet: asset transfers applied a second, a ledger full of them (fund_escrow beside)"
UNIT = "tx/s"
GOAL = (">=", 200.0)
ACCOUNTS = 250
"""As many transfers as one ledger of mainnet's takes."""
BATCH = 50


def run(repeats: int) -> dict[str, Any]:
    """Closing the ledgers is what is timed, after all are simulated, signed and queued; each account sends one of each
    kind a repeat. `end to end` is from the first send to the last ledger, at one ledger a second: mostly waiting.
    """
    transfers, fundings, waited = [], [], []
    with Net(close="instant") as net, httpx.Client(base_url=net.base, timeout=120) as client:
        market = open_market(net, investors=ACCOUNTS)
        wallets, token = market.investors, market.deployment.assets[0].contract
        sequences = [sequence_of(net, wallet) for wallet in wallets]
        for number in range(repeats):
            first = [sequence + 3 * number for sequence in sequences]
            pairs = list(zip(wallets, wallets[1:] + wallets[:1], first, strict=True))
            sends = [ready(net, giver, transfer(token, giver, taker), at) for giver, taker, at in pairs]
            transfers.append(_closed_per_second(net, client, sends))
            funds = [ready(net, wallet, fund(market, wallet), at + 1) for wallet, _, at in pairs]
            fundings.append(_closed_per_second(net, client, funds))
            more = [ready(net, giver, transfer(token, giver, taker), at + 2) for giver, taker, at in pairs]
            net.set_close(INTERVAL_MS)
            waited.append(asyncio.run(applied_per_second(net, more)))
            net.set_close("instant")
    return {
        "value": statistics.median(transfers),
        "ours": {
            "transfer": statistics.median(transfers),
            "fund_escrow": statistics.median(fundings),
            "transfer end to end": statistics.median(waited),
        },
        "yardstick": None,
        "spread": [min(transfers), max(transfers)],
        "repeats": repeats,
    }


def _closed_per_second(net: Net, client: httpx.Client, envelopes: list[str]) -> float:
    net.set_close("manual")
    for start in range(0, len(envelopes), BATCH):
        calls = [
            {"jsonrpc": "2.0", "id": 1, "method": "sendTransaction", "params": {"transaction": envelope}}
            for envelope in envelopes[start : start + BATCH]
        ]
        answers = client.post("/rpc", json=calls).json()
        assert all(answer["result"]["status"] == "PENDING" for answer in answers), answers
    applied, seconds = 0, 0.0
    while applied < len(envelopes):
        began = time.perf_counter()
        client.post("/control/close").raise_for_status()
        seconds += time.perf_counter() - began
        ledger = client.get("/ledgers", params={"order": "desc", "limit": 1}).json()["_embedded"]["records"][0]
        assert ledger["failed_transaction_count"] == 0, ledger
        assert ledger["successful_transaction_count"] > 0, ledger
        applied += ledger["successful_transaction_count"]
    net.set_close("instant")
    return applied / seconds
