"""LN5: how many classic payments a second the local network applies: a thousand of one signature each in one ledger."""

import statistics
import time
from typing import Any

import httpx
from ledger_kit import Net
from stellar_sdk import Account, Asset, Keypair, TransactionBuilder

from tenor.settings import STANDALONE

ID = "LN5"
WHAT = "localnet: classic payments applied a second, a full ledger of 1,000 senders (queueing them beside)"
UNIT = "payments/s"
GOAL = (">=", 1_000.0)
SENDERS = 1_000
BATCH = 100


def run(repeats: int) -> dict[str, Any]:
    """Closing the full ledger is what is timed; `queued` is how fast sendTransaction takes them, over HTTP."""
    applied, queued = [], []
    with Net(close="instant") as net, httpx.Client(base_url=net.base, timeout=120) as client:
        senders = net.accounts(SENDERS)
        numbers = [net.server.load_account(sender.public_key).sequence for sender in senders]
        net.set_close("manual")
        for number in range(repeats):
            ready = [
                _payment(sender, senders[at - 1].public_key, numbers[at] + number) for at, sender in enumerate(senders)
            ]
            began = time.perf_counter()
            for start in range(0, SENDERS, BATCH):
                answers = client.post("/rpc", json=ready[start : start + BATCH]).json()
                assert all(answer["result"]["status"] == "PENDING" for answer in answers), answers
            sent = time.perf_counter()
            client.post("/control/close").raise_for_status()
            closed = time.perf_counter()
            ledger = client.get("/ledgers", params={"order": "desc", "limit": 1}).json()["_embedded"]["records"][0]
            assert ledger["successful_transaction_count"] == SENDERS, ledger
            queued.append(SENDERS / (sent - began))
            applied.append(SENDERS / (closed - sent))
    return {
        "value": statistics.median(applied),
        "ours": {"applied": statistics.median(applied), "queued": statistics.median(queued)},
        "yardstick": None,
        "spread": [min(applied), max(applied)],
        "repeats": repeats,
    }


def _payment(sender: Keypair, to: str, sequence: int) -> dict[str, Any]:
    builder = TransactionBuilder(Account(sender.public_key, sequence), STANDALONE, base_fee=100).add_time_bounds(0, 0)
    envelope = builder.append_payment_op(to, Asset.native(), "0.01").build()
    envelope.sign(sender)
    params = {"transaction": envelope.to_xdr()}
    return {"jsonrpc": "2.0", "id": 1, "method": "sendTransaction", "params": params}
