"""PURE: when two uploads are the same claim. Exact file, canonical identity, keyed fingerprint; never a guess.

The canonical identity is what stays the same when an invoice is exported again, rescanned or retyped: seller's VAT id,
number, debtor, currency and amount due, stripped of everything that spelling changes.
"""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

FINGERPRINT_BYTES = 32
_DOMAIN = "tenor-invoice-identity-1"
_CONFUSABLE = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "\u0131": "i"})
_ZEROS_FIRST = re.compile(r"(?<!\d)0+(?=\d)")
_LEGAL_FORMS = (
    *("gmbhcokg", "gmbh", "aktiengesellschaft", "ag", "ug", "kg", "ohg", "ek", "ev", "limited", "ltd", "plc", "llp"),
    *("llc", "inc", "corp", "sarl", "sas", "sasu", "eurl", "sa", "sl", "srl", "spa", "snc", "bv", "nv", "vof", "bvba"),
)
"""Dropped from the end of a debtor's name: it is written with and without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who claims what from whom. `amount_due` in the currency's minor units; ids and names as read or confirmed."""

    seller_vat_id: str
    number: str
    debtor: str
    """The debtor's VAT id where known, else its name."""
    currency: str
    amount_due: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`match` says which test answered; `reason` is the sentence for the seller."""

    outcome: Literal["refuse", "review", "pass"]
    match: Literal["file", "canonical", "number", "claim", "wording", "look", "none"]
    reason: str


def canonical(identity: Identity) -> str:
    """The identity in one spelling; equal for equal claims. Parts are length-prefixed: none runs into the next."""
    parts = (
        _DOMAIN,
        _plain(identity.seller_vat_id),
        canonical_number(identity.number),
        canonical_debtor(identity.debtor),
        _plain(identity.currency),
        str(identity.amount_due),
    )
    return "".join(f"{len(part)}:{part};" for part in parts)


def canonical_number(number: str) -> str:
    """`Re-Nr. 2024 / 0042` as `renr20240042`: letters and digits only, no zeros before a run of digits."""
    return _ZEROS_FIRST.sub("", _plain(number))


def canonical_debtor(debtor: str) -> str:
    """A VAT id or a name without case, accents, punctuation and legal form."""
    plain = _plain(debtor)
    for form in _LEGAL_FORMS:
        if plain.endswith(form) and len(plain) > len(form) + 2 and not plain[-1].isdigit():
            return plain[: -len(form)]
    return plain


def fingerprint(identity: Identity, *, key: bytes) -> bytes:
    """HMAC-SHA256 of the canonical identity, 32 bytes: what the registry contract reserves.

    Outsiders learn nothing from it; holders of the key could test guesses, which the documentation says.
    """
    return hmac.new(key, canonical(identity).encode(), hashlib.sha256).digest()


def compare(new: Identity, known: Identity, *, new_sha256: bytes, known_sha256: bytes) -> Verdict:
    """What is to be done with `new` when `known` is on file already (P110, H86)."""
    if hmac.compare_digest(new_sha256, known_sha256):
        return Verdict("refuse", "file", "This very file was uploaded before.")
    if canonical(new) == canonical(known):
        return Verdict("refuse", "canonical", f"Invoice {known.number} over this amount to this debtor is on file.")
    same_seller = _plain(new.seller_vat_id) == _plain(known.seller_vat_id)
    if same_seller and _without_zeros(new.number) == _without_zeros(known.number):
        return Verdict("review", "number", f"Invoice number {known.number} of this seller resembles this one.")
    return Verdict("pass", "none", "No earlier invoice matches.")


def _without_zeros(number: str) -> str:
    """Padding inside a number (2024-42, 2024-0042) cannot be told from its value, so such pairs go to a person."""
    return _plain(number).replace("0", "")


def _plain(text: str) -> str:
    return "".join(c for c in _folded(text) if c.isalnum())


def _folded(text: str) -> str:
    """Compatibility form, no case, no accents: full-width, ligature and composed spellings become one."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_CONFUSABLE))
    return unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c)))
