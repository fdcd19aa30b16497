"""Calls of contracts/stream as values, and the id of a stream. Builds, never sends."""

import hashlib
from dataclasses import dataclass

from stellar_sdk import scval, xdr

from tenor.ledger.calls import Invocation


@dataclass(frozen=True, slots=True)
class ToAccount:
    address: str


@dataclass(frozen=True, slots=True)
class ToInvoice:
    """`invoice`: the escrow's id, 64 hex digits."""

    invoice: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`total_units` of `asset` between `start` (0 is now) and `end`, in Unix seconds of the ledger."""

    recipient: ToAccount | ToInvoice
    asset: str
    total_units: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Flow:
    """`units_per_second` of `asset` from `start` (0 is now) until `deposit_units` are used up."""

    recipient: ToAccount | ToInvoice
    asset: str
    units_per_second: int
    start: int
    deposit_units: int


def stream_id(payer: str, reference: str) -> str:
    """`sha256(ScVal XDR of (payer, reference))`: what `create` and `open_ended` answer."""
    identity = scval.to_vec([scval.to_address(payer), _hash(reference)])
    return hashlib.sha256(identity.to_xdr_bytes()).hexdigest()


def payment_id(stream_id: str, paid_units: int) -> str:
    """Under which the stream's next payment into an invoice is recorded; each amount paid before makes another."""
    named = scval.to_vec([_hash(stream_id), scval.to_int128(paid_units)])
    return hashlib.sha256(named.to_xdr_bytes()).hexdigest()


def create(stream: str, *, payer: str, reference: str, plan: Plan) -> Invocation:
    fields = {
        "asset": scval.to_address(plan.asset),
        "end": scval.to_uint64(plan.end),
        "recipient": _recipient(plan.recipient),
        "start": scval.to_uint64(plan.start),
        "total": scval.to_int128(plan.total_units),
    }
    return Invocation(stream, "create", (scval.to_address(payer), _hash(reference), scval.to_struct(fields)))


def open_ended(stream: str, *, payer: str, reference: str, flow: Flow) -> Invocation:
    fields = {
        "asset": scval.to_address(flow.asset),
        "deposit": scval.to_int128(flow.deposit_units),
        "rate_per_second": scval.to_int128(flow.units_per_second),
        "recipient": _recipient(flow.recipient),
        "start": scval.to_uint64(flow.start),
    }
    return Invocation(stream, "open_ended", (scval.to_address(payer), _hash(reference), scval.to_struct(fields)))


def top_up(stream: str, stream_id: str, *, units: int) -> Invocation:
    return Invocation(stream, "top_up", (_hash(stream_id), scval.to_int128(units)))


def settle(stream: str, stream_id: str) -> Invocation:
    return Invocation(stream, "settle", (_hash(stream_id),))


def pause(stream: str, stream_id: str) -> Invocation:
    return Invocation(stream, "pause", (_hash(stream_id),))


def resume(stream: str, stream_id: str) -> Invocation:
    return Invocation(stream, "resume", (_hash(stream_id),))


def cancel(stream: str, stream_id: str, *, by: str) -> Invocation:
    return Invocation(stream, "cancel", (scval.to_address(by), _hash(stream_id)))


def withdraw_owed(stream: str, *, owner: str, asset: str) -> Invocation:
    return Invocation(stream, "withdraw_owed", (scval.to_address(owner), scval.to_address(asset)))


def accrued(stream: str, stream_id: str, *, at: int) -> Invocation:
    return Invocation(stream, "accrued", (_hash(stream_id), scval.to_uint64(at)))


def get_stream(stream: str, stream_id: str) -> Invocation:
    return Invocation(stream, "get_stream", (_hash(stream_id),))


def _recipient(recipient: ToAccount | ToInvoice) -> xdr.SCVal:
    match recipient:
        case ToAccount(address):
            return scval.to_enum("Account", [scval.to_address(address)])
        case ToInvoice(invoice):
            return scval.to_enum("Invoice", [_hash(invoice)])


def _hash(digits: str) -> xdr.SCVal:
    return scval.to_bytes(bytes.fromhex(digits))
