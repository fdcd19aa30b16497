"""Calls of contracts/market and contracts/registry as values. Builds, never sends."""

import hashlib
from dataclasses import dataclass

from stellar_sdk import Address, scval, xdr

from tenor.ledger.calls import Invocation


@dataclass(frozen=True, slots=True)
class Ask:
    """`shares` of an invoice for `price_units` of `asset` in all, through `expires`; to `buyer`, or to anybody."""

    invoice: str
    shares: int
    price_units: int
    asset: str
    expires: int
    buyer: str | None = None


def offer_id(*, seller: str, reference: str, ask: Ask, index: int) -> str:
    """What `offer` answers: sha256 of all terms. `index`: the token's, of what one share has been paid by now."""
    identity = scval.to_vec([scval.to_address(seller), _hash(reference), _ask(ask), scval.to_int128(index)])
    return hashlib.sha256(identity.to_xdr_bytes()).hexdigest()


def allow(token: str, *, market: str, seller: str, shares: int, live_until_ledger: int) -> Invocation:
    """`approve` of a share token: the market may move up to `shares` of the seller's, for all offers together."""
    spender = (scval.to_address(seller), scval.to_address(market))
    return Invocation(token, "approve", (*spender, scval.to_int128(shares), scval.to_uint32(live_until_ledger)))


def allowance_key(token: str, *, owner: str, spender: str) -> xdr.LedgerKey:
    """The temporary entry in which a share token keeps what `spender` may move (contracts/token/src/storage.rs)."""
    key = scval.to_vec([scval.to_symbol("Allowance"), scval.to_address(owner), scval.to_address(spender)])
    where = Address(token).to_xdr_sc_address()
    held = xdr.LedgerKeyContractData(where, key, xdr.ContractDataDurability.TEMPORARY)
    return xdr.LedgerKey(xdr.LedgerEntryType.CONTRACT_DATA, contract_data=held)


def allowance_in(entry: xdr.LedgerEntryData | None) -> tuple[int, int]:
    """Shares that may be moved, and the last ledger in which they may; nothing where there is no entry."""
    if entry is None or entry.contract_data is None:
        return 0, 0
    found = scval.to_native(entry.contract_data.val)
    assert isinstance(found, dict)
    return int(found["amount"]), int(found["live_until_ledger"])


def offer(market: str, *, seller: str, reference: str, ask: Ask) -> Invocation:
    return Invocation(market, "offer", (scval.to_address(seller), _hash(reference), _ask(ask)))


def buy(market: str, offer_id: str, *, buyer: str, shares: int, max_price_units: int) -> Invocation:
    """`max_price_units` for all of `shares`; `price_of` says what they cost."""
    units = (scval.to_int128(shares), scval.to_int128(max_price_units))
    return Invocation(market, "buy", (scval.to_address(buyer), _hash(offer_id), *units))


def cancel(market: str, offer_id: str) -> Invocation:
    return Invocation(market, "cancel", (_hash(offer_id),))


def price_of(market: str, offer_id: str, *, shares: int) -> Invocation:
    return Invocation(market, "price_of", (_hash(offer_id), scval.to_int128(shares)))


def fillable(market: str, offer_id: str) -> Invocation:
    return Invocation(market, "fillable", (_hash(offer_id),))


def set_member(registry: str, *, member: str, admitted: bool) -> Invocation:
    """Whether a platform may reserve fingerprints; by the registry's admin."""
    return Invocation(registry, "set_member", (scval.to_address(member), scval.to_bool(admitted)))


def is_reserved(registry: str, fingerprint: str) -> Invocation:
    return Invocation(registry, "is_reserved", (_hash(fingerprint),))


def get_reservation(registry: str, fingerprint: str) -> Invocation:
    return Invocation(registry, "get_reservation", (_hash(fingerprint),))


def _ask(ask: Ask) -> xdr.SCVal:
    fields = {
        "asset": scval.to_address(ask.asset),
        "buyer": scval.to_void() if ask.buyer is None else scval.to_address(ask.buyer),
        "expires": scval.to_uint64(ask.expires),
        "invoice_id": _hash(ask.invoice),
        "price": scval.to_int128(ask.price_units),
        "shares": scval.to_int128(ask.shares),
    }
    return scval.to_struct(fields)


def _hash(digits: str) -> xdr.SCVal:
    return scval.to_bytes(bytes.fromhex(digits))
