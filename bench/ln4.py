"""LN4: how long one getEvents takes when the local network holds a million events, over HTTP."""

import base64
import statistics
import time
from hashlib import sha256
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
SEQUENCE_AT = 40
"""In the XDR of a transaction, behind the source account and the fee."""


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
    transaction = bytearray(builder.build().transaction.to_xdr_object().to_xdr_bytes())
    client.get("/friendbot", params={"addr": payer.public_key}).raise_for_status()
    for number in range(1, EVENTS // (OPERATIONS + FEE_EVENTS) + 2):
        transaction[SEQUENCE_AT : SEQUENCE_AT + 8] = (sequence + number).to_bytes(8, "big")
        envelope = base64.b64encode(_signed(bytes(transaction), payer)).decode()
        sent = client.post("/rpc", json=_call("sendTransaction", {"transaction": envelope})).json()["result"]
        assert sent["status"] == "PENDING", sent


def _signed(transaction: bytes, payer: Keypair) -> bytes:
    """The envelope, put together by hand: the SDK would take longer than the network."""
    kind = (2).to_bytes(4, "big")
    signature = payer.sign(sha256(sha256(STANDALONE.encode()).digest() + kind + transaction).digest())
    count, length = (1).to_bytes(4, "big"), len(signature).to_bytes(4, "big")
    return kind + transaction + count + payer.signature_hint() + length + signature


def _call(method: str, params: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def _p99(times: list[float]) -> float:
    return sorted(times)[int(0.99 * (len(times) - 1))]


def _resident_mib(pid: int) -> float:
    with Path(f"/proc/{pid}/status").open() as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1_024
