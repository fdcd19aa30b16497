"""Raw events as a node would hand them out, made with the SDK from any event class of ours. Knows no contract."""

from dataclasses import dataclass, fields, is_dataclass
from enum import IntEnum
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from stellar_sdk import StrKey, scval, xdr

from tenor.ledger import shapes
from tenor.ledger.calls import token_address
from tenor.ledger.decoder import Decoder, name_of
from tenor.ledger.events import DISTRIBUTOR_EVENTS, ESCROW_EVENTS, Event, RawEvent

PASSPHRASE = "Standalone Network ; February 2017"
ESCROW = StrKey.encode_contract(b"e" * 32)
DISTRIBUTOR = StrKey.encode_contract(b"d" * 32)
ASSET = StrKey.encode_contract(b"a" * 32)
ALICE, BOB = (StrKey.encode_ed25519_public_key(name * 32) for name in (b"A", b"B"))
INVOICE = "1f" * 32


def decoder() -> Decoder:
    return Decoder(escrow=ESCROW, distributor=DISTRIBUTOR, assets=(ASSET,), passphrase=PASSPHRASE)


def event_id(ledger: int, transaction: int = 1, index: int = 0) -> str:
    return f"{ledger << 32 | transaction << 12:019d}-{index:010d}"


@dataclass(frozen=True)
class Place:
    """Where an event stands."""

    ledger: int = 7
    transaction: int = 1
    index: int = 0
    tx_hash: str = "77" * 32


def raw(
    kind: type[Event], values: dict[str, Any], *, contract: str | None = None, place: Place | None = None
) -> RawEvent:
    """`values`: field -> value, for every field but `raw`."""
    place = place or Place()
    hints = get_type_hints(kind, include_extras=True)
    own = [field for field in fields(kind) if field.name != "raw"]
    topics = [scval.to_symbol(name_of(kind))]
    data: dict[str, xdr.SCVal] = {}
    for field in own:
        hint, value = hints[field.name], values[field.name]
        if shapes.is_topic(hint):
            topics.append(written(shapes.without_topic(hint), value))
        else:
            data[field.metadata.get("wire", field.name)] = written(hint, value)
    return RawEvent(
        id=event_id(place.ledger, place.transaction, place.index),
        ledger=place.ledger,
        closed_at=1_700_000_000 + place.ledger,
        contract=contract or home_of(kind, values),
        tx_hash=place.tx_hash,
        topics=tuple(topic.to_xdr() for topic in topics),
        value=scval.to_struct(dict(sorted(data.items()))).to_xdr(),
    )


def home_of(kind: type[Event], values: dict[str, Any]) -> str:
    if kind in ESCROW_EVENTS:
        return ESCROW
    if kind in DISTRIBUTOR_EVENTS:
        return DISTRIBUTOR
    return token_address(ESCROW, values["invoice_id"], PASSPHRASE)


def written(hint: Any, value: Any) -> xdr.SCVal:
    if NoneType in get_args(hint):
        (inner,) = [part for part in get_args(hint) if part is not NoneType]
        return scval.to_void() if value is None else written(inner, value)
    if is_dataclass(hint):
        inner_hints = get_type_hints(hint, include_extras=True)
        parts = {f.name: written(inner_hints[f.name], getattr(value, f.name)) for f in fields(hint)}
        return scval.to_struct(dict(sorted(parts.items())))
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return scval.to_uint32(int(value))
    assert get_origin(hint) is Annotated
    write: dict[str, Any] = {
        "i128": scval.to_int128,
        "u64": scval.to_uint64,
        "u32": scval.to_uint32,
        "variant": lambda parts: scval.to_vec([scval.to_symbol(parts[0]), *map(scval.to_bytes, parts[1:])]),
        "bool": scval.to_bool,
        "string": scval.to_string,
        "address": scval.to_address,
        "bytes32": lambda digits: scval.to_bytes(bytes.fromhex(digits)),
    }
    made: xdr.SCVal = write[get_args(hint)[-1]](value)
    return made
