"""What an event moved, as lines of double entry: who gave, who took, in units. Sums to zero; knows no row.

An account is an address. What only the rows of an invoice, a stream or an offer know is written as `@seller` and so on,
and filled in when the lines are posted. Amounts that could not be sent come back by the debt that the same transaction
notes (`OwedChanged`): first the owner takes them, then gives them back to the contract that keeps them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tenor.ledger import events as of
from tenor.ledger import market_events as market
from tenor.ledger import stream_events as streams
from tenor.ledger.events import Event

SELLER, TREASURY, PAYER, RECIPIENT = "@seller", "@treasury", "@payer", "@recipient"


@dataclass(frozen=True, slots=True)
class Line:
    """`units` > 0: `account` takes them. `asset` None: that of `subject`, an invoice, share token, stream or offer."""

    what: str
    account: str
    units: int
    subject: str = ""
    asset: str | None = None


def lines_of(event: Event, *, escrow: str) -> tuple[Line, ...]:
    """Empty for an event that moves no money; lines of zero units are left out."""
    write = _WRITERS.get(type(event))
    return () if write is None else tuple(line for line in write(event, escrow) if line.units)


def _move(what: str, giver: str, taker: str, units: int, *, subject: str = "", asset: str | None = None) -> list[Line]:
    return [Line(what, giver, -units, subject, asset), Line(what, taker, units, subject, asset)]


def _funded(event: of.InvoiceFunded, escrow: str) -> list[Line]:
    return _move("investment", event.investor, escrow, event.amount, subject=event.invoice_id)


def _released(event: of.InvoiceReleased, escrow: str) -> list[Line]:
    return [
        Line("advance", escrow, -event.to_seller - event.origination_fee, event.invoice_id),
        Line("advance", SELLER, event.to_seller, event.invoice_id),
        Line("origination_fee", TREASURY, event.origination_fee, event.invoice_id),
    ]


def _refunded(event: of.InvoiceRefunded, escrow: str) -> list[Line]:
    return _move("refund", escrow, event.holder, event.amount, subject=event.invoice_id)


def _paid(event: of.PaymentRecorded, escrow: str) -> list[Line]:
    """The waterfall; what holders get stays in the escrow until its deposit, later in the same transaction."""
    return [
        Line("payment", event.payer, -event.amount, subject=event.invoice_id),
        Line("payment", escrow, event.to_holders, event.invoice_id),
        Line("profit_fee", TREASURY, event.fee, event.invoice_id),
        Line("reserve", SELLER, event.to_seller, event.invoice_id),
    ]


def _deposited(event: of.PayoutDeposited, escrow: str) -> list[Line]:
    return _move("deposit", escrow, event.raw.contract, event.amount, subject=event.token)


def _payout(event: of.AssetMoved, _: str) -> list[Line]:
    return _move("payout", event.sender, event.receiver, event.amount, asset=event.asset)


def _owed(event: of.OwedChanged | streams.StreamOwedChanged, _: str) -> list[Line]:
    """Grows by what could not be sent, falls by what was withdrawn."""
    units = event.after - event.before
    return _move("not_sent" if units > 0 else "withdrawal", event.owner, event.raw.contract, units, asset=event.asset)


def _stream_created(event: streams.StreamCreated, _: str) -> list[Line]:
    return _move(
        "stream_deposit", event.payer, event.raw.contract, event.deposited, subject=event.stream_id, asset=event.asset
    )


def _stream_topped_up(event: streams.StreamToppedUp, _: str) -> list[Line]:
    units = event.deposited_after - event.deposited_before
    return _move("stream_deposit", PAYER, event.raw.contract, units, subject=event.stream_id)


def _stream_settled(event: streams.StreamSettled, _: str) -> list[Line]:
    """Into an invoice it is a payment like any other, and its own event; then there is no recipient."""
    units = event.paid_after - event.paid_before
    return _move("stream_settlement", event.raw.contract, RECIPIENT, units, subject=event.stream_id)


def _stream_ended(event: streams.StreamEnded, _: str) -> list[Line]:
    return _move("stream_return", event.raw.contract, PAYER, event.returned, subject=event.stream_id)


def _sold(event: market.OfferFilled, _: str) -> list[Line]:
    """Straight from buyer to seller: no contract of ours holds it."""
    return _move("share_sale", event.buyer, SELLER, event.paid, subject=event.offer_id)


_WRITERS: dict[type[Event], Callable[[Any, str], list[Line]]] = {
    of.InvoiceFunded: _funded,
    of.InvoiceReleased: _released,
    of.InvoiceRefunded: _refunded,
    of.PaymentRecorded: _paid,
    of.PayoutDeposited: _deposited,
    of.AssetMoved: _payout,
    of.OwedChanged: _owed,
    streams.StreamCreated: _stream_created,
    streams.StreamToppedUp: _stream_topped_up,
    streams.StreamSettled: _stream_settled,
    streams.StreamEnded: _stream_ended,
    streams.StreamOwedChanged: _owed,
    market.OfferFilled: _sold,
}
