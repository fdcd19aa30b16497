"""The platform's signer refuses everything that no policy of ours lets through."""

import pytest
from chainkit import ESCROW, INVOICE, PASSPHRASE
from stellar_sdk import Keypair, TransactionBuilder, TransactionEnvelope
from submitting import KEYS

from tenor.chain.signer import SigningRefused
from tenor.ledger import calls
from tenor.ledger.assembly import unsimulated
from tenor.world import World


def call_of(signer: Keypair, *, valid_until: int = 2_000_000_000) -> TransactionEnvelope:
    return unsimulated(
        calls.acknowledge(ESCROW, INVOICE), source=signer.public_key, account_sequence=1, valid_until=valid_until,
        passphrase=PASSPHRASE, inclusion_stroops=100,
    )  # fmt: skip


def challenge_of(signer: Keypair, sequence: int = -1) -> TransactionEnvelope:
    from stellar_sdk import Account

    builder = TransactionBuilder(Account(signer.public_key, sequence), PASSPHRASE).add_time_bounds(1, 2_000_000_000)
    return builder.append_manage_data_op("tenor auth", b"x").build()


async def test_it_signs_its_own_calls_under_its_own_network(world: World) -> None:
    envelope = call_of(KEYS["operator"])
    signed = TransactionEnvelope.from_xdr(await world.signer.sign(envelope.to_xdr(), "operator"), PASSPHRASE)
    KEYS["operator"].verify(envelope.hash(), signed.signatures[0].signature)


async def test_p007_p011_nothing_without_an_end_is_signed(world: World) -> None:
    with pytest.raises(SigningRefused, match="never expires"):
        await world.signer.sign(call_of(KEYS["operator"], valid_until=0).to_xdr(), "operator")
    bare = call_of(KEYS["operator"])
    bare.transaction.preconditions = None
    with pytest.raises(SigningRefused, match="never expires"):
        await world.signer.sign(bare.to_xdr(), "operator")


async def test_p103_not_for_another_account(world: World) -> None:
    with pytest.raises(SigningRefused, match="not that of the role operator"):
        await world.signer.sign(call_of(KEYS["admin"]).to_xdr(), "operator")


async def test_p103_a_challenge_is_no_transaction_and_a_transaction_no_challenge(world: World) -> None:
    await world.signer.sign(challenge_of(KEYS["web_auth"]).to_xdr(), "web_auth")
    for envelope, role in (
        (challenge_of(KEYS["web_auth"], 4), "web_auth"),
        (call_of(KEYS["web_auth"]), "web_auth"),
        (challenge_of(KEYS["operator"]), "operator"),
    ):
        with pytest.raises(SigningRefused, match="does not sign this kind"):
            await world.signer.sign(envelope.to_xdr(), role)


async def test_a_fee_bump_is_refused(world: World) -> None:
    inner = call_of(KEYS["operator"])
    inner.sign(KEYS["operator"])
    bump = TransactionBuilder.build_fee_bump_transaction(KEYS["operator"], 10_000, inner, PASSPHRASE)
    with pytest.raises(SigningRefused):
        await world.signer.sign(bump.to_xdr(), "operator")
