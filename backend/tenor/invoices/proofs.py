"""PURE: a disclosure proof against the ledger's own entry of that invoice. Needs no database, trusts nobody's word.

A proof names its place on the ledger; what is compared is the entry that stands there and the file, if there is one.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from stellar_sdk import StrKey, xdr

from tenor.invoices.commitment import ProofInvalid, verify
from tenor.invoices.rules import minor_digits
from tenor.kernel.money import to_decimal
from tenor.ledger import calls, footprint, scval
from tenor.ledger.entries import stored
from tenor.ledger.events import Status

PROOF_CHARACTERS_MAX = 200_000
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an invoice stands: its network, the escrow contract, its id there (64 hex digits)."""

    network: str
    escrow: str
    invoice: str

    @property
    def key(self) -> xdr.LedgerKey:
        return footprint.escrow_key(self.escrow, self.invoice)

    def to_json(self) -> dict[str, str]:
        return {"network": self.network, "escrow": self.escrow, "invoice": self.invoice}


@dataclass(frozen=True, slots=True)
class Proven:
    """What was shown, and what the ledger itself says of this invoice. Units as the asset contract counts them."""

    shown: dict[str, str]
    place: Place
    document: str
    """The Merkle root on the ledger, hex."""
    status: str
    seller: str
    asset: str
    face_units: int
    due_at: int
    is_attested: bool
    is_acknowledged: bool
    is_file_checked: bool


def place_of(proof: str) -> Place:
    """Where the proof says that its invoice stands. `ProofInvalid` for anything that is no such place."""
    try:
        if len(proof) > PROOF_CHARACTERS_MAX:
            raise ProofInvalid("This is far longer than a proof.")
        told = json.loads(proof)["ledger"]
        place = Place(str(told["network"]), str(told["escrow"]), str(told["invoice"]))
        known = StrKey.is_valid_contract(place.escrow) and _HASH.fullmatch(place.invoice) is not None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ProofInvalid("The proof does not say where on the ledger its invoice stands.") from error
    if not known or not place.network:
        raise ProofInvalid("The proof does not say where on the ledger its invoice stands.")
    return place


def proven(proof: str, entry: xdr.LedgerEntryData | None, *, file_sha256: bytes | None = None) -> Proven:
    """Check `proof` against the ledger's entry under `place_of(proof).key`, and the file's hash where one is given.

    `ProofInvalid` says what does not fit.
    """
    place = place_of(proof)
    escrow = _escrow(place, entry)
    terms = escrow["terms"]
    document = terms["document"]
    shown = verify(proof, root=document)
    if calls.chain_id(escrow["seller"], escrow["reference"].hex()) != place.invoice:
        raise ProofInvalid(f"The entry under {place.invoice} belongs to another seller; that is no Tenor escrow.")
    if file_sha256 is not None:
        _check_file(shown, file_sha256)
    return Proven(
        shown=shown,
        place=place,
        document=document.hex(),
        status=Status(escrow["status"]).name.lower(),
        seller=escrow["seller"],
        asset=terms["asset"],
        face_units=terms["face"],
        due_at=terms["due"],
        is_attested=escrow["debtor"] is not None,
        is_acknowledged=escrow["acknowledged_at"] is not None,
        is_file_checked=file_sha256 is not None,
    )


def readable(shown: dict[str, str]) -> dict[str, str]:
    """The shown fields as people write them: the amount with its decimals where the currency is shown too."""
    if "amount_due" not in shown or "currency" not in shown or not shown["amount_due"].isdecimal():
        return dict(shown)
    digits = minor_digits(shown["currency"])
    return shown | {"amount_due": to_decimal(int(shown["amount_due"]), digits)}


def _escrow(place: Place, entry: xdr.LedgerEntryData | None) -> dict[str, Any]:
    if entry is None or entry.contract_data is None:
        raise ProofInvalid(
            f"The ledger has no live entry of invoice {place.invoice} on {place.escrow}: it was never listed there, or "
            "the entry is archived and has to be restored first."
        )
    found, asked = entry.contract_data, place.key.contract_data
    assert asked is not None
    if (found.contract, found.key, found.durability) != (asked.contract, asked.key, asked.durability):
        raise ProofInvalid("The RPC server answered with another entry than was asked for.")
    try:
        escrow = stored(found)
        escrow["terms"]["document"], escrow["seller"], escrow["reference"], Status(escrow["status"])
    except (scval.Undecodable, KeyError, TypeError, ValueError, IndexError) as error:
        raise ProofInvalid(f"What stands at {place.escrow} is no Tenor escrow.") from error
    assert isinstance(escrow, dict)
    return escrow


def _check_file(shown: dict[str, str], file_sha256: bytes) -> None:
    if "file_sha256" not in shown:
        raise ProofInvalid("The proof does not show file_sha256, so no file can be compared. Ask for one that does.")
    if shown["file_sha256"] != file_sha256.hex():
        raise ProofInvalid("The file is not the one that was committed: its SHA-256 is another.")
