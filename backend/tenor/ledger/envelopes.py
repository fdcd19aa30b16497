"""Transaction envelopes: what was built, and whether what came back from a wallet is that. Never signs, never sends."""

from dataclasses import dataclass

from stellar_sdk import FeeBumpTransactionEnvelope, Keypair, TransactionEnvelope
from stellar_sdk.exceptions import BadSignatureError, SdkError

from tenor.kernel.errors import Conflict, Invalid

ENVELOPE_CHARS_MAX = 176_128
"""Base64 of the network's largest transaction, 132,096 bytes (P89)."""


class EnvelopeUnreadable(Invalid):
    pass


class TransactionAltered(Invalid):
    pass


class SignatureMissing(Invalid):
    pass


class TransactionExpired(Conflict):
    pass


@dataclass(frozen=True, slots=True)
class Built:
    """A simulated transaction, ready to be signed.

    `hash` is 64 hex digits under the network's passphrase; `valid_until` the upper time bound (Unix seconds,
    inclusive); `fee_stroops` the most it can cost (inclusion + resources); `ledger` the newest one when it was built.
    """

    envelope_xdr: str
    hash: str
    source: str
    sequence: int
    valid_until: int
    fee_stroops: int
    ledger: int


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed to a wallet: everything that must come back unchanged."""

    hash: str
    source: str
    valid_until: int


def check_signed(signed_xdr: str, handed: Handed, *, passphrase: str, ledger_time: int) -> str:
    """The signed envelope, if it is the one that was handed out, signed by its source, in time (P26, P27).

    `EnvelopeUnreadable`, `TransactionAltered`, `SignatureMissing` or `TransactionExpired` otherwise.
    """
    envelope = _parse(signed_xdr, passphrase)
    if envelope.hash().hex() != handed.hash:
        raise TransactionAltered(
            "What came back is not the transaction that was handed out. Sign it unchanged, on the right network."
        )
    if not _signed_by(envelope, handed.source):
        raise SignatureMissing(f"The transaction must be signed by {handed.source}.")
    if ledger_time > handed.valid_until:
        raise TransactionExpired("The time to sign has passed. Ask for the transaction again and sign the new one.")
    return envelope.to_xdr()


def _parse(signed_xdr: str, passphrase: str) -> TransactionEnvelope:
    if len(signed_xdr) > ENVELOPE_CHARS_MAX:
        raise EnvelopeUnreadable(f"The transaction is longer than {ENVELOPE_CHARS_MAX} characters.")
    try:
        if not FeeBumpTransactionEnvelope.is_fee_bump_transaction_envelope(signed_xdr):
            return TransactionEnvelope.from_xdr(signed_xdr, passphrase)
    except (SdkError, ValueError, EOFError, TypeError, KeyError) as error:
        raise EnvelopeUnreadable("The signed transaction is no XDR envelope in base64.") from error
    raise TransactionAltered("The transaction came back inside a fee bump. Sign the transaction itself.")


def _signed_by(envelope: TransactionEnvelope, source: str) -> bool:
    key, message = Keypair.from_public_key(source), envelope.hash()
    for signature in envelope.signatures:
        if signature.signature_hint != key.signature_hint():
            continue
        try:
            key.verify(message, signature.signature)
        except BadSignatureError:
            continue
        return True
    return False
