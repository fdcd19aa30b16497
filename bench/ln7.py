"""LN7: what a local network weighs after a hundred thousand transactions, and that its window bounds it."""

import base64
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
from ledger_kit import Net
from stellar_sdk import Account, Asset, Keypair, TransactionBuilder

from tenor.settings import STANDALONE

ID = "LN7"
WHAT = "localnet: growth of memory from 50,000 to 100,000 payments with a window of 10 ledgers (all kept beside)"
UNIT = "times"
GOAL = ("<", 1.1)
SENDERS = 1_000
LEDGERS = 100
BATCH = 100
WINDOW = 10
SEQUENCE_AT = 40
"""In the XDR of a transaction, behind the source account and the fee."""


def run(_repeats: int) -> dict[str, Any]:
    """A thousand payments of one signature each in every ledger."""
    half, bounded = _fill(window=WINDOW)
    _, whole = _fill(window=None)
    return {
        "value": bounded / half,
        "ours": {
            "MiB, 10 ledgers kept": bounded,
            "MiB, all kept": whole,
            "KiB a payment kept": 1_024 * (whole - bounded) / (SENDERS * (LEDGERS - WINDOW)),
        },
        "yardstick": None,
        "spread": None,
        "repeats": 1,
    }


def _fill(*, window: int | None) -> tuple[float, float]:
    """Resident MiB half way, and at the end."""
    options = () if window is None else ("--retention", str(window))
    with Net(close="instant", options=options) as net, httpx.Client(base_url=net.base, timeout=120) as client:
        senders = net.accounts(SENDERS)
        blanks = [_blank(sender) for sender in senders]
        first = [int(net.server.load_account(sender.public_key).sequence) for sender in senders]
        net.set_close("manual")
        half = 0.0
        for number in range(1, LEDGERS + 1):
            ready = [_signed(blank, at + number, key) for blank, at, key in zip(blanks, first, senders, strict=True)]
            for start in range(0, SENDERS, BATCH):
                answers = client.post("/rpc", json=ready[start : start + BATCH]).json()
                assert all(answer["result"]["status"] == "PENDING" for answer in answers), answers
            client.post("/control/close").raise_for_status()
            if number == LEDGERS // 2:
                half = _resident_mib(net.process.pid)
        return half, _resident_mib(net.process.pid)


def _blank(sender: Keypair) -> bytearray:
    builder = TransactionBuilder(Account(sender.public_key, 0), STANDALONE, base_fee=100).add_time_bounds(0, 0)
    built = builder.append_payment_op(sender.public_key, Asset.native(), "0.01").build()
    return bytearray(built.transaction.to_xdr_object().to_xdr_bytes())


def _signed(transaction: bytearray, sequence: int, sender: Keypair) -> dict[str, Any]:
    """The envelope, put together by hand: the SDK would take longer than the network."""
    transaction[SEQUENCE_AT : SEQUENCE_AT + 8] = sequence.to_bytes(8, "big")
    kind = (2).to_bytes(4, "big")
    signature = sender.sign(sha256(sha256(STANDALONE.encode()).digest() + kind + transaction).digest())
    count, length = (1).to_bytes(4, "big"), len(signature).to_bytes(4, "big")
    envelope = kind + transaction + count + sender.signature_hint() + length + signature
    params = {"transaction": base64.b64encode(envelope).decode()}
    return {"jsonrpc": "2.0", "id": 1, "method": "sendTransaction", "params": params}


def _resident_mib(pid: int) -> float:
    with Path(f"/proc/{pid}/status").open() as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1_024
