"""Packed transactions are the SDK's own, byte by byte; what is read from them is what was written; fees stay capped."""

from base64 import b64encode
from random import Random

import pytest
from chainkit import PASSPHRASE
from hypothesis import given
from hypothesis import strategies as st
from stellar_sdk import (
    Account,
    Asset,
    Claimant,
    ClaimPredicate,
    HashMemo,
    IdMemo,
    Keypair,
    MuxedAccount,
    StrKey,
    TextMemo,
    TransactionBuilder,
    TransactionEnvelope,
)

from tenor.kernel.money import to_decimal
from tenor.ledger import fees, packing
from tenor.ledger.packing import Classic, Close, Hold, Memo, Open, PackUnreadable, Pay, PayeeUnusable, TakeBack

SENDER, CHANNEL, ISSUER = (Keypair.from_raw_ed25519_seed(name * 32) for name in (b"s", b"c", b"i"))
USDC, LONG, NATIVE = Classic("USDC", ISSUER.public_key), Classic("TENORTOKEN", ISSUER.public_key), Classic("XLM", None)


def random_pack(rng: Random) -> tuple[Classic, list[packing.Operation], Memo]:
    def payee() -> str:
        return StrKey.encode_ed25519_public_key(rng.randbytes(32))

    def muxed() -> str:
        return MuxedAccount(payee(), rng.randrange(2**64)).account_muxed or ""

    def one() -> packing.Operation:
        units = rng.choice((1, 10**7, 2**63 - 1, rng.randrange(1, 2**63)))
        return rng.choice(
            (
                lambda: Pay(payee(), units),
                lambda: Pay(muxed(), units),
                lambda: Hold(payee(), units, rng.randrange(2**40)),
                lambda: TakeBack(rng.randbytes(32).hex()),
                lambda: Open(payee(), units),
                lambda: Close(payee()),
            )
        )()

    memo = rng.choice(
        (Memo(), Memo("text", "Rechnung 4711 ä"), Memo("id", str(2**64 - 1)), Memo("hash", rng.randbytes(32).hex()))
    )
    return rng.choice((USDC, LONG, NATIVE)), [one() for _ in range(rng.randint(1, 100))], memo


def by_sdk(
    asset: Classic, wanted: list[packing.Operation], memo: Memo, *, sequence: int, fee: int
) -> TransactionEnvelope:
    builder = TransactionBuilder(Account(CHANNEL.public_key, sequence - 1), PASSPHRASE, base_fee=fee)
    builder.add_time_bounds(0, 2_000_000_000)
    money = Asset.native() if asset.issuer is None else Asset(asset.code, asset.issuer)
    by = SENDER.public_key
    for each in wanted:
        match each:
            case Pay(payee, units):
                builder.append_payment_op(payee, money, to_decimal(units, 7), by)
            case Hold(payee, units, at):
                back = ClaimPredicate.predicate_not(ClaimPredicate.predicate_before_absolute_time(at))
                claimants = [Claimant(payee, ClaimPredicate.predicate_unconditional()), Claimant(by, back)]
                builder.append_create_claimable_balance_op(money, to_decimal(units, 7), claimants, by)
            case TakeBack(balance):
                builder.append_claim_claimable_balance_op("00000000" + balance, by)
            case Open(account, units):
                builder.append_create_account_op(account, to_decimal(units, 7), by)
            case Close(account):
                builder.append_account_merge_op(by, account)
    kinds = {"text": TextMemo, "id": lambda digits: IdMemo(int(digits)), "hash": HashMemo}
    if memo.kind in kinds:
        builder.add_memo(kinds[memo.kind](memo.value))
    envelope = builder.build()
    for signer in (CHANNEL, SENDER):
        envelope.sign(signer)
    return envelope


def by_us(asset: Classic, wanted: list[packing.Operation], memo: Memo, *, sequence: int, fee: int) -> str:
    unsigned = packing.transaction(
        source=CHANNEL.public_key,
        sequence=sequence,
        fee_stroops=fee * len(wanted),
        valid_until=2_000_000_000,
        memo=packing.memo_xdr(memo),
        packed=packing.operations(SENDER.public_key, asset, wanted),
    )
    message = packing.digest(unsigned, PASSPHRASE)
    return packing.envelope(unsigned, [(key.raw_public_key(), key.sign(message)) for key in (CHANNEL, SENDER)])


@pytest.mark.parametrize("seed", range(30))
def test_gp7_an_envelope_is_the_sdks_own_byte_by_byte(seed: int) -> None:
    rng = Random(seed)
    asset, wanted, memo = random_pack(rng)
    sequence, fee = rng.randrange(1, 2**62), rng.randrange(100, 10_000)
    ours, theirs = (make(asset, wanted, memo, sequence=sequence, fee=fee) for make in (by_us, by_sdk))
    assert isinstance(theirs, TransactionEnvelope)
    assert ours == theirs.to_xdr()
    told = packing.opened(str(ours))
    assert (told.source, told.sequence, told.fee_stroops) == (CHANNEL.public_key, sequence, fee * len(wanted))
    assert (told.valid_until, told.count, told.signatures) == (2_000_000_000, len(wanted), 2)
    acting = {each.account if isinstance(each, Close) else SENDER.public_key for each in wanted}
    assert told.senders == acting
    for position, (operation, (_, money, units)) in enumerate(zip(wanted, told.paid, strict=True)):
        assert units == getattr(operation, "units", 0)
        if isinstance(operation, Pay | Hold):
            assert money == packing.asset_xdr(asset).hex()
        if isinstance(operation, Hold):
            expected = theirs.transaction.get_claimable_balance_id(position)
            assert expected == "00000000" + packing.balance_id(CHANNEL.public_key, sequence, position)
    assert packing.digest(packing.unsigned_part(str(ours)), PASSPHRASE) == theirs.hash()


@given(st.binary(max_size=400))
def test_p071_anything_else_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(PackUnreadable):
        packing.opened(b64encode(data).decode())


def test_p071_one_byte_more_or_less_is_another_shape() -> None:
    from base64 import b64decode

    whole = b64decode(by_us(USDC, [Pay(ISSUER.public_key, 5)], Memo(), sequence=5, fee=100))
    for changed in (whole + b"\0", whole[:-1], whole[:-72], whole[4:]):
        with pytest.raises(PackUnreadable):
            packing.opened(b64encode(changed).decode())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "G",
        "é" * 56,
        SENDER.secret,
        SENDER.public_key[:9] + ("B" if SENDER.public_key[9] != "B" else "C") + SENDER.public_key[10:],
        SENDER.public_key.lower(),
        "C" * 56,
    ],
)
def test_p040_what_is_no_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(PayeeUnusable):
        packing.muxed(address)
    with pytest.raises(PayeeUnusable):
        packing.account(address)


def test_p017_a_bid_never_passes_its_cap_and_is_raised_only_below_it() -> None:
    assert fees.bid(0) == 100
    assert fees.bid(10**9) == fees.CAP_STROOPS
    assert fees.raised(100, 150) == 200
    assert fees.raised(100, 5_000) == 5_000
    assert fees.raised(70_000, 100) == fees.CAP_STROOPS
    assert fees.raised(fees.CAP_STROOPS, 10**9) is None
    assert fees.bump_fee(200, 100) == 20_200
