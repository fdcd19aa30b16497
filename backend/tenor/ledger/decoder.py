"""Raw events into ours, by the address that emitted them and their first topic. Never skips the unreadable (P64)."""

import re
from binascii import a2b_base64
from collections.abc import Callable
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any, get_type_hints

from stellar_sdk import scval as sdk_scval

from tenor.ledger import scval, shapes
from tenor.ledger.calls import token_address
from tenor.ledger.events import (
    DISTRIBUTOR_EVENTS,
    ESCROW_EVENTS,
    TOKEN_EVENTS,
    AssetMoved,
    Event,
    EventFilter,
    RawEvent,
)
from tenor.ledger.market_events import MARKET_EVENTS
from tenor.ledger.stream_events import STREAM_EVENTS

Make = Callable[[RawEvent], Event]
_TOKENS_KNOWN_MAX = 65_536
_TOPICS_KNOWN_MAX = 65_536


class UnknownEvent(Exception):
    """An event of our own contracts that this program cannot read: the cursor stops, a person looks."""


class Decoder:
    """Reads the events of one deployment: `escrow`, `distributor`, `stream`, `market`, the `assets`, the shares."""

    def __init__(
        self,
        *,
        escrow: str,
        distributor: str,
        assets: tuple[str, ...],
        passphrase: str,
        stream: str | None = None,
        market: str | None = None,
    ) -> None:
        self._escrow, self._distributor, self._passphrase = escrow, distributor, passphrase
        spoken = {escrow: ESCROW_EVENTS, distributor: DISTRIBUTOR_EVENTS, stream: STREAM_EVENTS, market: MARKET_EVENTS}
        known = {origin: kinds for origin, kinds in spoken.items() if origin is not None}
        self._ours = tuple(known)
        self._assets = assets
        self._by_origin: dict[tuple[str, str], Make] = {}
        for origin, kinds in known.items():
            self._by_origin |= {(origin, symbol(name_of(kind))): maker(kind) for kind in kinds}
        for asset in assets:
            self._by_origin[asset, symbol("transfer")] = _asset_moved
            self._by_origin[asset, symbol("burn")] = _asset_returned
        self._of_tokens = {symbol(name_of(kind)): maker(kind) for kind in TOKEN_EVENTS}
        self._tokens: dict[str, str] = {}

    def decode(self, raw: RawEvent) -> Event | None:
        """The event; None for a stranger's that only carries our topic. `UnknownEvent`: ours, and unreadable."""
        name = raw.topics[0] if raw.topics else ""
        make = self._by_origin.get((raw.contract, name))
        if make is None:
            if raw.contract in self._ours:
                raise UnknownEvent(
                    f"Event {raw.id} of {raw.contract} has a first topic {name!r} that is not known here."
                )
            make = self._of_tokens.get(name)
            if make is None or not self._is_our_token(raw):
                return None
        try:
            return make(raw)
        except (scval.Undecodable, ValueError) as error:
            raise UnknownEvent(f"Event {raw.id} of {raw.contract} cannot be read: {error}") from error

    @property
    def escrow(self) -> str:
        return self._escrow

    def filters(self) -> tuple[EventFilter, ...]:
        """What to ask the node for. Every filter sets the same fields where the protocol lets it (P56)."""
        here = address(self._distributor)
        moves = ((symbol("transfer"), here, "*", "**"), (symbol("burn"), here, "**"))
        return (
            EventFilter(self._ours, (("**",),)),
            EventFilter((), tuple((topic, "*") for topic in self._of_tokens)),
            EventFilter(self._assets, moves),
        )

    def _is_our_token(self, raw: RawEvent) -> bool:
        """Only the contract that our escrow deployed for this invoice id stands at that address (P65)."""
        topic = raw.topics[1] if len(raw.topics) > 1 else ""
        known = self._tokens.get(topic)
        if known is None:
            try:
                invoice = scval.whole(_bytes(topic), scval.read_hex32_value)
            except (scval.Undecodable, ValueError):
                return False
            known = token_address(self._escrow, invoice, self._passphrase)
            if raw.contract == known and len(self._tokens) < _TOKENS_KNOWN_MAX:
                self._tokens[topic] = known
        return raw.contract == known


def name_of(kind: type[Event]) -> str:
    """The first topic of an event class: its own, or its name in snake case as the contract macro makes it."""
    return kind.NAME or re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


@cache
def symbol(text: str) -> str:
    return sdk_scval.to_symbol(text).to_xdr()


@cache
def address(strkey: str) -> str:
    return sdk_scval.to_address(strkey).to_xdr()


def maker(kind: type[Event]) -> Make:
    """From the annotations of `kind`: how its topics and its data map are read."""
    hints = get_type_hints(kind, include_extras=True)
    own = [field for field in fields(kind) if field.name != "raw"]
    topics = [
        (f.name, shapes.reader(shapes.without_topic(hints[f.name]))) for f in own if shapes.is_topic(hints[f.name])
    ]
    wire = {f.metadata.get("wire", f.name): f.name for f in own if not shapes.is_topic(hints[f.name])}
    data = scval.struct(
        _values,
        {name: shapes.reader(hints[field]) for name, field in wire.items()},
        omitted=frozenset(name for name, field in wire.items() if shapes.is_optional(hints[field])),
    )
    readers = [read for _, read in topics]
    topic_count = len(topics) + 1
    # Values are handed over by place, which is what the order of the class's fields says: raw, topics, data.
    assert [field.name for field in own] == [*(name for name, _ in topics), *wire.values()], kind

    made = _filler(kind, ["raw", *(field.name for field in own)])

    def make(raw: RawEvent) -> Event:
        if len(raw.topics) != topic_count:
            raise scval.Undecodable(f"{len(raw.topics)} topics where {topic_count} belong.")
        values = scval.whole(_bytes(raw.value), data)
        return made(raw, *map(_topic, raw.topics[1:], readers), *values)

    return make


def _filler(kind: type[Event], names: list[str]) -> Callable[..., Event]:
    """`kind(...)` in half the time: a frozen class's own constructor asks `object` for leave before each field."""
    owners = {name: next(each for each in kind.__mro__ if name in vars(each)) for name in names}
    known: dict[str, Any] = {f"set_{name}": vars(owner)[name].__set__ for name, owner in owners.items()}
    lines = [f"    set_{name}(event, {name})" for name in names]
    code = "\n".join([f"def fill({', '.join(names)}):", "    event = new(kind)", *lines, "    return event"])
    known |= {"new": object.__new__, "kind": kind}
    exec(code, known)  # noqa: S102 - names of our own classes
    filled: Callable[..., Event] = known["fill"]
    return filled


def _values(*values: Any) -> tuple[Any, ...]:
    return values


@lru_cache(maxsize=_TOPICS_KNOWN_MAX)
def _topic(topic: str, read: scval.Reader) -> Any:
    """Remembered: the same invoices and holders are named again and again."""
    return scval.whole(_bytes(topic), read)


def _bytes(text: str) -> bytes:
    """Base64 as the node writes it: padded, without anything else in it."""
    return a2b_base64(text, strict_mode=True)


_TRANSFER_TOPICS = (3, 4)
"""SEP-41 has three; the asset contract adds its SEP-11 name."""


def _asset_moved(raw: RawEvent) -> Event:
    if len(raw.topics) not in _TRANSFER_TOPICS:
        raise scval.Undecodable(f"{len(raw.topics)} topics of a transfer.")
    sender, receiver = (_topic(topic, scval.read_address_value) for topic in raw.topics[1:3])
    value = scval.native(_bytes(raw.value))
    muxed = None
    if isinstance(value, dict):
        found = value.get("to_muxed_id")
        muxed = found.hex() if isinstance(found, bytes) else None if found is None else str(found)
        value = value.get("amount")
    if type(value) is not int:
        raise scval.Undecodable("A transfer without an amount.")
    return AssetMoved(raw, raw.contract, sender, receiver, value, muxed)


_BURN_TOPICS = 3


def _asset_returned(raw: RawEvent) -> Event:
    """A payout to the asset's own issuer: what comes home burns, and the event names the issuer only in the asset."""
    if len(raw.topics) != _BURN_TOPICS:
        raise scval.Undecodable(f"{len(raw.topics)} topics of a burn.")
    sender = _topic(raw.topics[1], scval.read_address_value)
    _, _, issuer = _topic(raw.topics[2], scval.read_string_value).partition(":")
    units = scval.whole(_bytes(raw.value), scval.read_i128_value)
    return AssetMoved(raw, raw.contract, sender, issuer, units, None)
