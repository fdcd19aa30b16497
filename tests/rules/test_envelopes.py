"""What came back from a wallet is exactly what was handed out, or it is refused with the way out."""

import pytest
from chainkit import ESCROW, INVOICE, PASSPHRASE
from hypothesis import given, settings
from hypothesis import strategies as st
from stellar_sdk import Keypair, Network, TransactionBuilder, TransactionEnvelope

from tenor.kernel.errors import TenorError
from tenor.ledger import calls
from tenor.ledger.assembly import unsimulated
from tenor.ledger.envelopes import (
    ENVELOPE_CHARS_MAX,
    EnvelopeUnreadable,
    Handed,
    SignatureMissing,
    TransactionAltered,
    TransactionExpired,
    check_signed,
)

WALLET, OTHER = Keypair.from_raw_ed25519_seed(b"w" * 32), Keypair.from_raw_ed25519_seed(b"o" * 32)
VALID_UNTIL = 2_000_000_000


def handed_out(passphrase: str = PASSPHRASE) -> TransactionEnvelope:
    return unsimulated(
        calls.acknowledge(ESCROW, INVOICE),
        source=WALLET.public_key,
        account_sequence=41,
        valid_until=VALID_UNTIL,
        passphrase=passphrase,
        inclusion_stroops=100,
    )


HANDED = Handed(handed_out().hash_hex(), WALLET.public_key, VALID_UNTIL)


def check(envelope: TransactionEnvelope | str, *, at: int = VALID_UNTIL) -> str:
    text = envelope if isinstance(envelope, str) else envelope.to_xdr()
    return check_signed(text, HANDED, passphrase=PASSPHRASE, ledger_time=at)


def signed(*signers: Keypair) -> TransactionEnvelope:
    envelope = handed_out()
    for signer in signers:
        envelope.sign(signer)
    return envelope


def test_the_envelope_signed_by_its_source_is_taken() -> None:
    assert check(signed(WALLET)) == signed(WALLET).to_xdr()


def test_p012_p027_in_time_is_up_to_the_bound_and_no_longer() -> None:
    check(signed(WALLET), at=VALID_UNTIL)
    with pytest.raises(TransactionExpired, match="Ask for the transaction again"):
        check(signed(WALLET), at=VALID_UNTIL + 1)


def test_p026_unsigned_or_signed_by_another_is_refused() -> None:
    for envelope in (signed(), signed(OTHER)):
        with pytest.raises(SignatureMissing, match=WALLET.public_key):
            check(envelope)


def test_p026_a_signature_of_another_transaction_is_refused() -> None:
    envelope = handed_out()
    other = handed_out()
    other.transaction.fee += 1
    other.sign(WALLET)
    envelope.signatures = other.signatures
    with pytest.raises(SignatureMissing):
        check(envelope)


@pytest.mark.parametrize("field", ["fee", "sequence"])
def test_p026_an_altered_transaction_is_refused_though_its_source_signed(field: str) -> None:
    envelope = handed_out()
    setattr(envelope.transaction, field, getattr(envelope.transaction, field) + 1)
    envelope.sign(WALLET)
    with pytest.raises(TransactionAltered):
        check(envelope)


def test_p022_signed_for_another_network_is_refused() -> None:
    envelope = handed_out(Network.TESTNET_NETWORK_PASSPHRASE)
    envelope.sign(WALLET)
    with pytest.raises(SignatureMissing):
        check(envelope)


def test_a_fee_bump_is_told_from_the_transaction() -> None:
    bump = TransactionBuilder.build_fee_bump_transaction(OTHER, 1_000, signed(WALLET), PASSPHRASE)
    with pytest.raises(TransactionAltered, match="fee bump"):
        check(bump.to_xdr())


@pytest.mark.parametrize("text", ["", "AAAA", "not base64 at all", "é", "A" * (ENVELOPE_CHARS_MAX + 1)])
def test_p089_rubbish_is_refused(text: str) -> None:
    with pytest.raises(EnvelopeUnreadable):
        check(text)


@settings(max_examples=100)
@given(data=st.data())
def test_p026_one_changed_byte_never_passes(data: st.DataObject) -> None:
    good = signed(WALLET).to_xdr_object().to_xdr_bytes()
    raw = bytearray(good)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    import base64

    try:
        kept = check(base64.b64encode(bytes(raw)).decode())
    except TenorError:
        return
    # Padding that says nothing: what is kept and sent is the envelope that was handed out, to the byte.
    assert base64.b64decode(kept) == good


def test_p020_p011_what_is_built_has_no_memo_and_an_end() -> None:
    transaction = handed_out().transaction
    assert transaction.memo is None or transaction.memo.to_xdr_object().type.value == 0
    assert transaction.source.account_muxed is None
    assert transaction.preconditions is not None
    assert transaction.preconditions.time_bounds is not None
    assert transaction.preconditions.time_bounds.max_time == VALID_UNTIL
