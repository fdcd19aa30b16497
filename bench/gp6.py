"""GP6: how many ledgers 10,000 payments take on a local network with mainnet's limits and interval.

A ledger holds 1,000 operations, so ten is the least. Beside it, with the same channels: one payment a transaction
inside a fee bump each, which is how the Stellar Disbursement Platform pays (derived from its first ledgers).
"""

import asyncio
import time
from typing import Any
from uuid import UUID

import httpx
from ledger_kit import Net
from paying_kit import Desk, lend, measured, propose, work
from sqlalchemy import func, select
from stellar_sdk import Asset, Keypair, TransactionBuilder

from tenor.chain.rpc import RpcLedger
from tenor.db import transaction
from tenor.disbursements.models import DisbursementLine
from tenor.settings import STANDALONE
from tenor.wiring import SystemClock

ID = "GP6"
WHAT = "Ledgers for 10,000 payments by 24 channels, mainnet's limits, a ledger every five seconds"
UNIT = "ledgers"
GOAL = ("<=", 11)

_PAYMENTS, _CHANNELS, _BAD, _INTERVAL_MS, _PER_LEDGER = 10_000, 24, 100, 5_000, 1_000
_NAIVE_LEDGERS = 3


def run(repeats: int) -> dict[str, Any]:
    """Once: it waits for ledgers, and not for this machine."""
    del repeats
    with Net(close="instant") as net:
        client = httpx.AsyncClient(timeout=60)
        ledger = RpcLedger(client, url=f"{net.base}/rpc", passphrase=STANDALONE, clock=SystemClock())
        return dict(measured(lambda: ledger, lambda desk: _measure(desk, net, client)))


async def _measure(desk: Desk, net: Net, client: httpx.AsyncClient) -> dict[str, Any]:
    friendbot = {"addr": desk.treasury.public_key}
    (await client.get(f"{net.base}/friendbot", params=friendbot)).raise_for_status()
    wallets = await asyncio.to_thread(net.accounts, _PAYMENTS)
    payees = [wallet.public_key for wallet in wallets]
    await asyncio.to_thread(_open, net, desk)
    await lend(desk, _CHANNELS)
    good = await propose(desk, payees, amount="0.0000100")
    net.set_close(_INTERVAL_MS)
    began = time.perf_counter()
    await work(desk, good, pause=0.2)
    taken = time.perf_counter() - began
    ledgers, paid = await _ledgers(desk, good)
    assert paid == _PAYMENTS
    spoiled = [Keypair.random().public_key if n % (_PAYMENTS // _BAD) == 0 else each for n, each in enumerate(payees)]
    bad = await propose(desk, spoiled, amount="0.0000100")
    await work(desk, bad, pause=0.2)
    ledgers_bad, paid_bad = await _ledgers(desk, bad)
    assert paid_bad == _PAYMENTS - _BAD
    naive = await asyncio.to_thread(_naive, net, desk, payees)
    await client.aclose()
    return {
        "value": ledgers,
        "ours": {
            "payments/s": round(_PAYMENTS / taken),
            "slots used": round(_PAYMENTS / (ledgers * _PER_LEDGER), 3),
            "ledgers with 1 % bad payees": ledgers_bad,
        },
        "yardstick": {"one a transaction, bumped, payments/s": round(naive, 1)},
        "spread": [ledgers, ledgers],
        "repeats": 1,
    }


def _open(net: Net, desk: Desk) -> None:
    builder = net.builder(desk.treasury.public_key)
    for number in range(1, _CHANNELS + 1):
        builder.append_create_account_op(desk.channel(number).public_key, "20")
    net.apply(builder.build(), desk.treasury)


async def _ledgers(desk: Desk, batch: UUID) -> tuple[int, int]:
    """From the first ledger with a payment to the last, both counted; and how many were paid."""
    mine = (DisbursementLine.disbursement_id == batch) & (DisbursementLine.status == "paid")
    query = select(func.min(DisbursementLine.ledger), func.max(DisbursementLine.ledger), func.count()).where(mine)
    async with transaction(desk.maker) as session:
        first, last, count = (await session.execute(query)).one()
    return last - first + 1, count


def _naive(net: Net, desk: Desk, payees: list[str]) -> float:
    """Payments a second: every channel has one transaction with one payment under way, and takes the next after it."""
    channels = [desk.channel(number) for number in range(1, _CHANNELS + 1)]
    began, done = time.perf_counter(), 0
    for _ in range(_NAIVE_LEDGERS):
        sent = [_one(net, desk, channel, payees[done + n]) for n, channel in enumerate(channels)]
        while any(net.server.get_transaction(each).status.value == "NOT_FOUND" for each in sent):
            time.sleep(0.1)
        done += len(sent)
    return done / (time.perf_counter() - began)


def _one(net: Net, desk: Desk, channel: Keypair, payee: str) -> str:
    builder = net.builder(channel.public_key)
    inner = builder.append_payment_op(payee, Asset.native(), "0.00001", desk.treasury.public_key).build()
    for signer in (channel, desk.treasury):
        inner.sign(signer)
    bump = TransactionBuilder.build_fee_bump_transaction(desk.treasury, 20_000, inner, STANDALONE)
    bump.sign(desk.treasury)
    return str(net.server.send_transaction(bump).hash)
