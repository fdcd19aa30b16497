"""Seals documents so that whoever stores them cannot read them (P115). Never keeps a key, a document or a clear byte.

A sealed document is this envelope, which is what gets pinned:

    "TENORDOC" | version 0x01 | nonce (24 bytes) | XChaCha20-Poly1305 ciphertext and tag

encrypted under a random data key of its own, with `"TENORDOC" | 0x01 | document id` as associated data: an envelope
cannot pass for another document. The data key is kept apart, wrapped by the platform key as

    0x01 | nonce (24 bytes) | XChaCha20-Poly1305 ciphertext and tag, associated data "TENORKEY" | 0x01 | document id

Erasure is deleting the wrapped key: without it the envelope is noise wherever copies of it lie.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_sign_ed25519_pk_to_curve25519,
)
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from nacl.utils import random

from tenor.documents.refusals import SealBroken

KEY_BYTES = 32
_NONCE_BYTES = 24
_DOCUMENT, _KEY, _VERSION = b"TENORDOC", b"TENORKEY", b"\x01"


@dataclass(frozen=True, slots=True)
class Sealed:
    envelope: bytes
    wrapped_key: bytes

    def __repr__(self) -> str:
        return f"Sealed({len(self.envelope)} bytes)"


def seal(data: bytes, *, document_id: str, platform_key: bytes) -> Sealed:
    """Encrypt `data` under a fresh key, and wrap that key by the platform's (32 bytes)."""
    data_key = random(KEY_BYTES)
    return Sealed(
        envelope=_DOCUMENT + _VERSION + _encrypt(data, _bound(_DOCUMENT, document_id), data_key),
        wrapped_key=_wrap(data_key, document_id, platform_key),
    )


def open_sealed(sealed: Sealed, *, document_id: str, platform_keys: Sequence[bytes]) -> bytes:
    """The document; during a rotation any of `platform_keys` may be the one that wraps.

    Raises SealBroken for other keys, another document id or altered bytes.
    """
    data_key = _unwrapped(sealed.wrapped_key, document_id, platform_keys)
    header = _DOCUMENT + _VERSION
    if not sealed.envelope.startswith(header):
        raise SealBroken(f"Document {document_id} is not sealed in a form this version opens.")
    return _decrypt(sealed.envelope[len(header) :], _DOCUMENT, document_id, data_key)


def rewrap(wrapped_key: bytes, *, document_id: str, old_key: bytes, new_key: bytes) -> bytes:
    """The same data key under another platform key; the pinned envelope stays as it is."""
    return _wrap(_unwrap(wrapped_key, document_id, old_key), document_id, new_key)


def is_wrapped_by(wrapped_key: bytes, *, document_id: str, platform_key: bytes) -> bool:
    try:
        _unwrap(wrapped_key, document_id, platform_key)
    except SealBroken:
        return False
    return True


def key_for_reader(wrapped_key: bytes, *, document_id: str, platform_keys: Sequence[bytes], reader_key: bytes) -> bytes:
    """The document's data key in a sealed box (X25519) that only the holder of `reader_key` opens.

    `reader_key`: the 32 bytes of a wallet's Ed25519 public key. The reader opens the pinned envelope without us.
    Raises SealBroken for a key that is no point of the curve.
    """
    data_key = _unwrapped(wrapped_key, document_id, platform_keys)
    try:
        return SealedBox(PublicKey(crypto_sign_ed25519_pk_to_curve25519(reader_key))).encrypt(data_key)
    except (CryptoError, ValueError, TypeError) as error:
        raise SealBroken("Nothing can be sealed to this reader's key.") from error


def _wrap(data_key: bytes, document_id: str, platform_key: bytes) -> bytes:
    return _VERSION + _encrypt(data_key, _bound(_KEY, document_id), platform_key)


def _unwrapped(wrapped_key: bytes, document_id: str, platform_keys: Sequence[bytes]) -> bytes:
    for key in platform_keys[:-1]:
        if is_wrapped_by(wrapped_key, document_id=document_id, platform_key=key):
            return _unwrap(wrapped_key, document_id, key)
    return _unwrap(wrapped_key, document_id, platform_keys[-1])


def _unwrap(wrapped_key: bytes, document_id: str, platform_key: bytes) -> bytes:
    if not wrapped_key.startswith(_VERSION):
        raise SealBroken(f"The key of document {document_id} is not wrapped in a form this version opens.")
    return _decrypt(wrapped_key[1:], _KEY, document_id, platform_key)


def _bound(purpose: bytes, document_id: str) -> bytes:
    return purpose + _VERSION + document_id.encode()


def _encrypt(data: bytes, bound: bytes, key: bytes) -> bytes:
    nonce = random(_NONCE_BYTES)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(data, bound, nonce, key)


def _decrypt(data: bytes, purpose: bytes, document_id: str, key: bytes) -> bytes:
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            data[_NONCE_BYTES:], _bound(purpose, document_id), data[:_NONCE_BYTES], key
        )
    except (CryptoError, ValueError) as error:
        raise SealBroken(
            f"Document {document_id} does not open: wrong key, wrong document or altered bytes."
        ) from error
