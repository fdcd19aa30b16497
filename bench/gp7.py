"""GP7: building and signing 100 payments as one transaction against the SDK's builder, byte for byte the same."""

import time
from random import Random
from statistics import median
from typing import Any

from stellar_sdk import Account, Asset, Keypair, StrKey, TransactionBuilder

from tenor.kernel.money import to_decimal
from tenor.ledger import packing
from tenor.ledger.packing import Classic, Pay
from tenor.settings import STANDALONE

ID = "GP7"
WHAT = "100 payments built and signed (channel and sender), payments a second against stellar-sdk, same bytes"
UNIT = "times"
GOAL = (">=", 4.0)

_ROUNDS, _SDK_ROUNDS, _FEE, _UNTIL = 200, 20, 100, 2_000_000_000
_SENDER, _CHANNEL, _ISSUER = (Keypair.from_raw_ed25519_seed(name * 32) for name in (b"s", b"c", b"i"))
_ASSET = Classic("USDC", _ISSUER.public_key)


def run(repeats: int) -> dict[str, Any]:
    rng = Random(7)  # noqa: S311 - payees of a bench
    wanted = [
        Pay(StrKey.encode_ed25519_public_key(rng.randbytes(32)), rng.randrange(1, 10**12))
        for _ in range(packing.OPERATIONS_MAX)
    ]
    assert _ours(wanted, 5) == _sdk(wanted, 5), "not the SDK's bytes"
    pairs = [(_rate(_ours, wanted, _ROUNDS), _rate(_sdk, wanted, _SDK_ROUNDS)) for _ in range(repeats)]
    ratios = [mine / theirs for mine, theirs in pairs]
    return {
        "value": median(ratios),
        "ours": round(median(mine for mine, _ in pairs)),
        "yardstick": round(median(theirs for _, theirs in pairs)),
        "spread": [min(ratios), max(ratios)],
        "repeats": repeats,
    }


def _rate(make: Any, wanted: list[Pay], rounds: int) -> float:
    began = time.perf_counter()
    for sequence in range(rounds):
        packing.account.cache_clear()  # every payee is new, as in a batch
        make(wanted, sequence)
    return rounds * len(wanted) / (time.perf_counter() - began)


def _ours(wanted: list[Pay], sequence: int) -> str:
    unsigned = packing.transaction(
        source=_CHANNEL.public_key,
        sequence=sequence,
        fee_stroops=_FEE * len(wanted),
        valid_until=_UNTIL,
        memo=packing.memo_xdr(packing.NO_MEMO),
        packed=packing.operations(_SENDER.public_key, _ASSET, list(wanted)),
    )
    message = packing.digest(unsigned, STANDALONE)
    return packing.envelope(unsigned, [(key.raw_public_key(), key.sign(message)) for key in (_CHANNEL, _SENDER)])


def _sdk(wanted: list[Pay], sequence: int) -> str:
    builder = TransactionBuilder(Account(_CHANNEL.public_key, sequence - 1), STANDALONE, base_fee=_FEE)
    builder.add_time_bounds(0, _UNTIL)
    asset = Asset("USDC", _ISSUER.public_key)
    for each in wanted:
        builder.append_payment_op(each.payee, asset, to_decimal(each.units, 7), _SENDER.public_key)
    envelope = builder.build()
    for signer in (_CHANNEL, _SENDER):
        envelope.sign(signer)
    return envelope.to_xdr()
