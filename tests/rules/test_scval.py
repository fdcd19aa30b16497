"""The decoder without objects against the SDK: same values for whatever is valid, a refusal for everything else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stellar_sdk import Address, StrKey, scval, xdr

from tenor.ledger import scval as ours
from tenor.ledger.scval import DEPTH_MAX, Undecodable

RAW32 = st.binary(min_size=32, max_size=32)
ADDRESSES = st.one_of(
    RAW32.map(StrKey.encode_contract),
    RAW32.map(StrKey.encode_ed25519_public_key),
    RAW32.map(lambda raw: StrKey.encode_claimable_balance(b"\0" + raw)),
    RAW32.map(StrKey.encode_liquidity_pool),
    st.binary(min_size=40, max_size=40).map(StrKey.encode_med25519_public_key),
)
SYMBOLS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", max_size=32)


def signed(bits: int) -> st.SearchStrategy[int]:
    return st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def unsigned(bits: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2**bits - 1)


LEAVES: st.SearchStrategy[xdr.SCVal] = st.one_of(
    st.just(scval.to_void()),
    st.booleans().map(scval.to_bool),
    unsigned(32).map(scval.to_uint32),
    signed(32).map(scval.to_int32),
    unsigned(64).map(scval.to_uint64),
    signed(64).map(scval.to_int64),
    unsigned(64).map(scval.to_timepoint),
    unsigned(64).map(scval.to_duration),
    unsigned(128).map(scval.to_uint128),
    signed(128).map(scval.to_int128),
    unsigned(256).map(scval.to_uint256),
    signed(256).map(scval.to_int256),
    st.binary(max_size=70).map(scval.to_bytes),
    st.text(max_size=40).map(scval.to_string),
    SYMBOLS.map(scval.to_symbol),
    ADDRESSES.map(scval.to_address),
)


def _map(pairs: list[tuple[str, xdr.SCVal]]) -> xdr.SCVal:
    return scval.to_map({scval.to_symbol(name): value for name, value in sorted(dict(pairs).items())})


VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5).map(scval.to_vec),
        st.lists(st.tuples(SYMBOLS, inner), max_size=5).map(_map),
    ),
    max_leaves=12,
)


def _same(native: Any) -> Any:
    """The SDK's native value; only its Address objects are written differently."""
    if isinstance(native, Address):
        return native.address
    if isinstance(native, list):
        return [_same(item) for item in native]
    if isinstance(native, dict):
        return {_same(key): _same(item) for key, item in native.items()}
    return native


@settings(max_examples=200)
@given(VALUES)
def test_every_value_reads_as_the_sdk_reads_it(value: xdr.SCVal) -> None:
    assert ours.native(value.to_xdr_bytes()) == _same(scval.to_native(value))


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_p071_arbitrary_bytes_are_read_as_the_sdk_reads_them_or_refused(data: bytes) -> None:
    try:
        found = ours.native(data)
    except Undecodable:
        return
    assert xdr.SCVal.from_xdr_bytes(data).to_xdr_bytes() == data
    assert found == _same(scval.to_native(xdr.SCVal.from_xdr_bytes(data)))


@settings(max_examples=200)
@given(VALUES, st.data())
def test_p071_one_changed_byte_is_another_value_or_a_refusal(value: xdr.SCVal, data: st.DataObject) -> None:
    raw = bytearray(value.to_xdr_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        ours.native(bytes(raw))
    except Undecodable:
        return
    assert xdr.SCVal.from_xdr_bytes(bytes(raw)).to_xdr_bytes() == bytes(raw)


@given(VALUES)
def test_p071_trailing_bytes_and_cut_ends_are_refused(value: xdr.SCVal) -> None:
    raw = value.to_xdr_bytes()
    for bad in (raw + b"\0", raw + b"\0\0\0\0", raw[:-1], raw[:-4]):
        with pytest.raises(Undecodable):
            ours.native(bad)


def test_p071_depth_is_bounded() -> None:
    nested = scval.to_vec([])
    for _ in range(DEPTH_MAX - 1):
        nested = scval.to_vec([nested])
    ours.native(nested.to_xdr_bytes())
    with pytest.raises(Undecodable):
        ours.native(scval.to_vec([nested]).to_xdr_bytes())


def test_p071_a_count_beyond_the_bytes_is_refused_at_once() -> None:
    with pytest.raises(Undecodable, match="cannot be in"):
        ours.native(bytes.fromhex("00000010 00000001 ffffffff"))


@pytest.mark.parametrize("arm", [2, 19, 20, 21, 22, 23, 2**32 - 1])
def test_p030_unknown_arms_are_refused(arm: int) -> None:
    with pytest.raises(Undecodable, match=f"arm {arm}"):
        ours.native(arm.to_bytes(4, "big") + bytes(64))


def test_dirty_padding_is_refused() -> None:
    good = scval.to_bytes(b"abc").to_xdr_bytes()
    with pytest.raises(Undecodable, match="padding"):
        ours.native(good[:-1] + b"\1")
