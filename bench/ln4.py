"""LN4: how long one getEvents takes when the local network holds a million events, over HTTP."""

import statistics
import time
from pathlib import Path
from typing import Any

import httpx
from ledger_kit import Net
from stellar_sdk import Account, Asset, Keypair, TransactionBuilder, scval

from tenor.settings import STANDALONE

ID = "LN4"
WHAT = "localnet: getEvents over 1,000,000 stored events, p99 of the slowest kind of question"
UNIT = "ms"
GOAL = ("<", 50.0)
EVENTS = 1_000_000
OPERATIONS = 100
FEE_EVENTS = 1
PAYEES = 50
CALLS = 100


def run(repeats: int) -> dict[str, Any]:
    """Questions with the default page of 100 from the oldest ledger on, all within one scan window of 10,000."""
    with Net(close="instant") as net, httpx.Client(base_url=net.base) as client:
        payer, payees = net.accounts(1)[0], net.accounts(PAYEES)
        first = net.server.get_latest_ledger().sequence
        _fill(net, client, payer, payees)
        native = Asset.native().contract_id(STANDALONE)
        transfer, payee = scval.to_symbol("transfer").to_xdr(), scval.to_address(payees[7].public_key).to_xdr()
        nobody = scval.to_address(Keypair.random().public_key).to_xdr()
        questions = {
            "everything": [],
            "contract": [{"contractIds": [native]}],
            "contract and topics": [{"contractIds": [native], "topics": [[transfer, "*", payee, "*"]]}],
            "fees": [{"topics": [[scval.to_symbol("fee").to_xdr(), "*"]]}],
            "nothing": [{"contractIds": [native], "topics": [[transfer, "*", nobody, "*"]]}],
        }
        taken: dict[str, list[float]] = {name: [] for name in questions}
        for _ in range(CALLS * repeats):
            for name, filters in questions.items():
                params = {"startLedger": first, "filters": filters}
                began = time.perf_counter()
                answer = client.post("/rpc", json=_call("getEvents", params)).json()["result"]
                taken[name].append(1_000 * (time.perf_counter() - began))
                assert len(answer["events"]) == (0 if name == "nothing" else 100), name
        resident = _resident_mib(net.process.pid)
    p99 = {name: _p99(times) for name, times in taken.items()}
    return {
        "value": max(p99.values()),
        "ours": p99 | {"memory MiB": resident},
        "yardstick": None,
        "spread": [min(map(statistics.median, taken.values())), max(map(statistics.median, taken.values()))],
        "repeats": repeats,
    }


def _fill(net: Net, client: httpx.Client, payer: Keypair, payees: list[Keypair]) -> None:
    sequence = net.server.load_account(payer.public_key).sequence
    builder = TransactionBuilder(Account(payer.public_key, sequence), STANDALONE, base_fee=100)
    builder.add_time_bounds(0, 0)
    for number in range(OPERATIONS):
        builder.append_payment_op(payees[number % PAYEES].public_key, Asset.native(), "0.0000001")
    envelope = builder.build()
    client.get("/friendbot", params={"addr": payer.public_key}).raise_for_status()
    for _ in range(EVENTS // (OPERATIONS + FEE_EVENTS) + 1):
        envelope.signatures = []
        envelope.sign(payer)
        sent = client.post("/rpc", json=_call("sendTransaction", {"transaction": envelope.to_xdr()})).json()["result"]
        assert sent["status"] == "PENDING", sent
        envelope.transaction.sequence += 1


def _call(method: str, params: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def _p99(times: list[float]) -> float:
    return sorted(times)[int(0.99 * (len(times) - 1))]


def _resident_mib(pid: int) -> float:
    with Path(f"/proc/{pid}/status").open() as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1_024
