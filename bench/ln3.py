"""LN3: how many transactions a second the local network applies, with interval close and mainnet's limits."""

import asyncio
import statistics
from typing import Any

from ledger_kit import INTERVAL_MS, Net, applied_per_second, fund, open_market, ready, sequence_of, transfer

ID = "LN3"
WHAT = "localnet: applied asset transfers a second (fund_escrow beside), from the first send to the last ledger"
UNIT = "tx/s"
GOAL = (">=", 200.0)
"""Mainnet's ceiling for classic operations: 1,000 a ledger of five seconds."""
ACCOUNTS = 300


def run(repeats: int) -> dict[str, Any]:
    """All transactions are simulated and signed before; each account sends one of each kind a repeat."""
    transfers, fundings = [], []
    with Net(close="instant") as net:
        market = open_market(net, investors=ACCOUNTS)
        wallets, token = market.investors, market.deployment.assets[0].contract
        sequences = [sequence_of(net, wallet) for wallet in wallets]
        for number in range(repeats):
            first = [sequence + 2 * number for sequence in sequences]
            pairs = list(zip(wallets, wallets[1:] + wallets[:1], first, strict=True))
            sends = [ready(net, giver, transfer(token, giver, taker), at) for giver, taker, at in pairs]
            net.set_close(INTERVAL_MS)
            transfers.append(asyncio.run(applied_per_second(net, sends)))
            net.set_close("instant")
            funds = [ready(net, wallet, fund(market, wallet), at + 1) for wallet, _, at in pairs]
            net.set_close(INTERVAL_MS)
            fundings.append(asyncio.run(applied_per_second(net, funds)))
            net.set_close("instant")
    return {
        "value": statistics.median(transfers),
        "ours": {"transfer": statistics.median(transfers), "fund_escrow": statistics.median(fundings)},
        "yardstick": None,
        "spread": [min(transfers), max(transfers)],
        "repeats": repeats,
    }
