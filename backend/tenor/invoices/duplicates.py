"""PURE: when two uploads are the same claim. Exact file, canonical identity, keyed fingerprint; never a guess.

The canonical identity is what stays the same when an invoice is exported again, rescanned or retyped: seller's VAT id,
number, debtor, currency and amount due, stripped of everything that spelling changes.
"""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from typing import Literal

FINGERPRINT_BYTES = 32
_DOMAIN = "tenor-invoice-identity-1"
_CONFUSABLE = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
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
    match: Literal["file", "canonical", "number", "none"]
    reason: str


def canonical(identity: Identity) -> str:
    """The identity in one spelling; equal for equal claims. Parts cannot run into each other: each is length-prefixed."""
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
    """`Re-Nr. 2024 / 0042` as `renr2024042`: letters and digits only, no leading zeros in any run of digits.

    Zeros go from every run because systems pad each part; two numbers of one seller that differ only so are one.
    """
    spaced = "".join(c if c.isalnum() else " " for c in _folded(number))
    runs: list[str] = []
    for char in spaced:
        if runs and char != " " and runs[-1][-1:].isdigit() == char.isdigit() and runs[-1] != " ":
            runs[-1] += char
        else:
            runs.append(char)
    kept = (run.lstrip("0") or "0" if run.isdigit() else run for run in runs if run != " ")
    return "-".join(kept)


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
    if same_seller and canonical_number(new.number) == canonical_number(known.number):
        return Verdict(
            "review", "number", f"Invoice number {known.number} of this seller is on file with other figures."
        )
    return Verdict("pass", "none", "No earlier invoice matches.")


def _plain(text: str) -> str:
    return "".join(c for c in _folded(text) if c.isalnum())


def _folded(text: str) -> str:
    """Compatibility form, no case, no accents: full-width, ligature and composed spellings become one."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_CONFUSABLE))
    return unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c)))
