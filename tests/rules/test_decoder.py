"""Events of ours, of strangers, and damaged ones: each is read, told apart, or stops the cursor."""

import base64
from dataclasses import fields, is_dataclass
from enum import IntEnum
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from chainkit import ALICE, ASSET, BOB, DISTRIBUTOR, ESCROW, INVOICE, decoder, raw
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from stellar_sdk import StrKey, scval

from tenor.ledger import shapes
from tenor.ledger.decoder import UnknownEvent
from tenor.ledger.events import (
    DISTRIBUTOR_EVENTS,
    ESCROW_EVENTS,
    TOKEN_EVENTS,
    AssetMoved,
    Event,
    InvoiceCancelled,
    PayoutClaimed,
    SharesMoved,
)

KINDS = (*ESCROW_EVENTS, *DISTRIBUTOR_EVENTS, *TOKEN_EVENTS)
DECODER = decoder()
HEX32 = st.binary(min_size=32, max_size=32).map(bytes.hex)
LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "i128": st.integers(-(2**127), 2**127 - 1),
    "u64": st.integers(0, 2**64 - 1),
    "u32": st.integers(0, 2**32 - 1),
    "bool": st.booleans(),
    "bytes32": HEX32,
    "address": st.binary(min_size=32, max_size=32).map(StrKey.encode_ed25519_public_key),
    "variant": st.binary(min_size=32, max_size=32).map(lambda wasm: ["Upgrade", wasm]),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    if NoneType in get_args(hint):
        (inner,) = [part for part in get_args(hint) if part is not NoneType]
        return st.none() | values_of(inner)
    if is_dataclass(hint):
        inner_hints = get_type_hints(hint, include_extras=True)
        return st.builds(hint, **{field.name: values_of(inner_hints[field.name]) for field in fields(hint)})
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return st.sampled_from(hint)
    assert get_origin(hint) is Annotated
    return LEAVES[get_args(hint)[-1]]


def fields_of(kind: type[Event]) -> st.SearchStrategy[dict[str, Any]]:
    hints = get_type_hints(kind, include_extras=True)
    own = [field.name for field in fields(kind) if field.name != "raw"]
    bare = {n: shapes.without_topic(hints[n]) if shapes.is_topic(hints[n]) else hints[n] for n in own}
    return st.fixed_dictionaries({name: values_of(hint) for name, hint in bare.items()})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=15)
@given(data=st.data())
def test_what_the_sdk_writes_is_read_back(kind: type[Event], data: st.DataObject) -> None:
    values = data.draw(fields_of(kind))
    event = DECODER.decode(raw(kind, values))
    assert type(event) is kind
    assert {name: getattr(event, name) for name in values} == values


MOVED = {
    "invoice_id": INVOICE, "sender": None, "receiver": ALICE, "amount": 5, "from_balance": 0, "to_balance": 5,
    "supply": 5, "index": 0,
}  # fmt: skip


def test_p065_a_strangers_event_with_our_topic_is_no_event_of_ours_and_no_alarm() -> None:
    assert DECODER.decode(raw(SharesMoved, MOVED)) is not None
    stranger = StrKey.encode_contract(b"x" * 32)
    assert DECODER.decode(raw(SharesMoved, MOVED, contract=stranger)) is None
    rubbish = replace(raw(SharesMoved, MOVED, contract=stranger), value="!!!!", topics=("AAAA", "?"))
    assert DECODER.decode(rubbish) is None


def test_p065_a_token_of_another_invoice_cannot_speak_for_this_one() -> None:
    other = raw(SharesMoved, MOVED | {"invoice_id": "2e" * 32})
    assert DECODER.decode(replace(other, topics=raw(SharesMoved, MOVED).topics)) is None


@pytest.mark.parametrize("contract", [ESCROW, DISTRIBUTOR])
def test_p064_an_unknown_event_of_ours_stops_everything(contract: str) -> None:
    known = raw(InvoiceCancelled, {"invoice_id": INVOICE, "by": ALICE, "funded": 1}, contract=contract)
    topics = (scval.to_symbol("invoice_sold").to_xdr(), *known.topics[1:])
    with pytest.raises(UnknownEvent, match=known.id):
        DECODER.decode(replace(known, topics=topics))
    with pytest.raises(UnknownEvent):
        DECODER.decode(replace(known, topics=()))


@pytest.mark.parametrize(
    "damage",
    [
        lambda event: replace(event, value="AAAAAQ=="),
        lambda event: replace(event, value="not base64"),
        lambda event: replace(event, value=event.value[:-8]),
        lambda event: replace(event, topics=event.topics[:1]),
        lambda event: replace(event, topics=(*event.topics, event.topics[1])),
        lambda event: replace(event, topics=(event.topics[0], scval.to_symbol("no_id").to_xdr())),
    ],
)
def test_p064_an_unreadable_event_of_ours_is_never_skipped(damage: Any) -> None:
    good = raw(InvoiceCancelled, {"invoice_id": INVOICE, "by": ALICE, "funded": 1})
    assert DECODER.decode(good) is not None
    with pytest.raises(UnknownEvent):
        DECODER.decode(damage(good))


def test_p064_a_field_too_many_or_of_another_type_is_not_read_around() -> None:
    good = raw(InvoiceCancelled, {"invoice_id": INVOICE, "by": ALICE, "funded": 1})
    more = {"by": scval.to_address(ALICE), "fee": scval.to_int128(1), "funded": scval.to_int128(1)}
    other = {"by": scval.to_address(ALICE), "funded": scval.to_uint64(1)}
    for data in (more, other):
        with pytest.raises(UnknownEvent):
            DECODER.decode(replace(good, value=scval.to_struct(data).to_xdr()))


def test_p066_transfers_in_both_forms() -> None:
    claimed = {"token": ESCROW, "holder": ALICE, "amount": 1, "paid_before": 0, "paid_after": 1}
    topics = tuple(
        value.to_xdr() for value in (scval.to_symbol("transfer"), scval.to_address(DISTRIBUTOR), scval.to_address(BOB))
    )
    plain = replace(raw(PayoutClaimed, claimed, contract=ASSET), topics=topics, value=scval.to_int128(9).to_xdr())
    event = DECODER.decode(plain)
    assert isinstance(event, AssetMoved)
    assert (event.sender, event.receiver, event.amount, event.to_muxed_id) == (DISTRIBUTOR, BOB, 9, None)
    muxed = scval.to_struct({"amount": scval.to_int128(9), "to_muxed_id": scval.to_uint64(4)}).to_xdr()
    named = (*topics, scval.to_string("USDC:" + ALICE).to_xdr())
    again = DECODER.decode(replace(plain, value=muxed, topics=named))
    assert isinstance(again, AssetMoved)
    assert (again.amount, again.to_muxed_id) == (9, "4")
    with pytest.raises(UnknownEvent):
        DECODER.decode(replace(plain, value=scval.to_string("nine").to_xdr()))


def test_p056_every_filter_names_its_topics() -> None:
    filters = DECODER.filters()
    assert all(each.topics for each in filters)
    assert len(filters) <= 5
    assert {contract for each in filters for contract in each.contracts} == {ESCROW, DISTRIBUTOR, ASSET}
    for each in filters:
        for topic in each.topics:
            for segment in topic:
                assert segment in {"*", "**"} or base64.b64decode(segment, validate=True)
