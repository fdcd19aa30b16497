"""GP8: payments a second from a stored batch to outcomes, and round trips to the database, on a fake ledger.

Ours claims, packs, signs, writes down, sends, looks up and closes. Beside it the shape of the Stellar Disbursement
Platform on the same database and ledger: one payment a transaction, a fee bump each, rows moved one by one.
"""

import time
from collections.abc import Sequence
from random import Random
from statistics import median
from typing import Any

from paying_kit import Desk, lend, measured, propose, work
from sqlalchemy import update
from stellar_sdk import Account, Asset, Keypair, StrKey, TransactionBuilder, xdr

from tenor.chain.models import ChainTransaction, Envelope
from tenor.db import transaction
from tenor.kernel.ids import new_id
from tenor.ledger.fees import Bids
from tenor.ledger.submission import Applied, SendAnswer, Tip
from tenor.settings import STANDALONE

ID = "GP8"
WHAT = "Durable payments a second through the submission engine (claimed, stored, sent, confirmed), fake ledger"
UNIT = "payments/s"
GOAL = (">=", 1_000)

_PAYMENTS, _CHANNELS, _NAIVE = 10_000, 20, 200


def run(repeats: int) -> dict[str, Any]:
    rounds = [measured(FakeLedger, _measure) for _ in range(repeats)]
    return {
        "value": round(median(mine for mine, _, _ in rounds)),
        "ours": {
            "payments/s": round(median(mine for mine, _, _ in rounds)),
            "database round trips a payment": round(median(trips for _, _, trips in rounds), 4),
        },
        "yardstick": {"one a transaction, bumped, payments/s": round(median(naive for _, naive, _ in rounds))},
        "spread": [min(mine for mine, _, _ in rounds), max(mine for mine, _, _ in rounds)],
        "repeats": repeats,
    }


class FakeLedger:
    """Takes everything and has applied it at once; every account exists and is rich. Only the engine costs time."""

    passphrase = STANDALONE

    def __init__(self) -> None:
        self.sequence, self.sent = 100, 0

    async def tip(self) -> Tip:
        return Tip(self.sequence, int(time.time()), 1)

    async def bids(self) -> Bids:
        return Bids(100, 100)

    async def entries(self, keys: Sequence[xdr.LedgerKey]) -> list[xdr.LedgerEntryData | None]:
        return [_RICH] * len(keys)

    async def send(self, envelope_xdr: str) -> SendAnswer:  # noqa: ARG002 - of the Protocol
        self.sent += 1
        return SendAnswer("PENDING", None)

    async def seen(self, tx_hash: str) -> Applied:
        return Applied(tx_hash, self.sequence + 1, int(time.time()), success=True, result_xdr=_DONE, return_xdr=None,
                       fee_charged_stroops=100)  # fmt: skip


async def _measure(desk: Desk) -> tuple[float, float, float]:
    rng = Random(8)  # noqa: S311 - payees of a bench
    await lend(desk, _CHANNELS)
    payees = [StrKey.encode_ed25519_public_key(rng.randbytes(32)) for _ in range(_PAYMENTS)]
    batch = await propose(desk, payees)
    desk.trips.clear()
    began = time.perf_counter()
    await work(desk, batch, pause=0)
    rate, trips = _PAYMENTS / (time.perf_counter() - began), len(desk.trips) / _PAYMENTS
    began = time.perf_counter()
    for number, payee in enumerate(payees[:_NAIVE]):
        await _one(desk, payee, number)
    return rate, _NAIVE / (time.perf_counter() - began), trips


async def _one(desk: Desk, payee: str, number: int) -> None:
    channel, row_id = desk.channel(1), new_id()
    async with transaction(desk.maker) as session:
        session.add(
            ChainTransaction(
                id=row_id,
                purpose_key=f"naive:{number}",
                purpose="naive",
                subject=payee,
                call={},
                status="planned",
                preview={},
            )
        )
    builder = TransactionBuilder(Account(channel.public_key, number), STANDALONE, base_fee=100)
    builder.add_time_bounds(0, int(time.time()) + 120)
    inner = builder.append_payment_op(payee, Asset.native(), "0.00001", desk.treasury.public_key).build()
    for signer in (channel, desk.treasury):
        inner.sign(signer)
    bump = TransactionBuilder.build_fee_bump_transaction(desk.treasury, 200, inner, STANDALONE)
    bump.sign(desk.treasury)
    async with transaction(desk.maker) as session:
        await _set(session, row_id, status="signed", hash=inner.hash_hex(), envelope_xdr=bump.to_xdr())
        session.add(Envelope(hash=bump.hash_hex(), transaction_id=row_id, envelope_xdr=bump.to_xdr(), valid_until=0))
    await desk.world.ledger.send(bump.to_xdr())
    async with transaction(desk.maker) as session:
        await _set(session, row_id, status="sent")
    await desk.world.ledger.seen(bump.hash_hex())
    async with transaction(desk.maker) as session:
        await _set(session, row_id, status="confirmed")


async def _set(session: Any, row_id: Any, **values: Any) -> None:
    await session.execute(update(ChainTransaction).where(ChainTransaction.id == row_id).values(**values))


def _rich() -> xdr.LedgerEntryData:
    account = xdr.AccountEntry(
        account_id=Keypair.from_raw_ed25519_seed(bytes(32)).xdr_account_id(),
        balance=xdr.Int64(10**16),
        seq_num=xdr.SequenceNumber(xdr.Int64(7)),
        num_sub_entries=xdr.Uint32(0),
        inflation_dest=None,
        flags=xdr.Uint32(0),
        home_domain=xdr.String32(b""),
        thresholds=xdr.Thresholds(b"\1\0\0\0"),
        signers=[],
        ext=xdr.AccountEntryExt(0),
    )
    return xdr.LedgerEntryData(xdr.LedgerEntryType.ACCOUNT, account=account)


_RICH = _rich()
_DONE = xdr.TransactionResult(
    xdr.Int64(100), xdr.TransactionResultResult(xdr.TransactionResultCode.txSUCCESS, results=[]),
    xdr.TransactionResultExt(0),
).to_xdr()  # fmt: skip
