"""ScVals from bytes straight to Python values, without objects in between. Refuses what it does not know (P30, P71)."""

from collections.abc import Callable
from functools import lru_cache
from struct import Struct
from typing import Any

from stellar_sdk import StrKey

DEPTH_MAX = 64
"""Deeper than any value of ours; the host's own limit is 500."""

Reader = Callable[[bytes, int], tuple[Any, int]]
"""(data, position) -> (value, position behind it)."""


class Undecodable(Exception):
    """Bytes that are no ScVal, or not the one expected here."""


_U32, _I32, _U64, _I64 = Struct(">I"), Struct(">i"), Struct(">Q"), Struct(">q")
_TAG_I128 = Struct(">IqQ")
_TAG_U64 = Struct(">IQ")
_TAG_U32 = Struct(">II")
_BOOL, _VOID, _ERROR, _U32_TAG, _I32_TAG, _U64_TAG, _I64_TAG, _TIMEPOINT, _DURATION = range(9)
_U128_TAG, _I128_TAG, _U256_TAG, _I256_TAG, _BYTES, _STRING, _SYMBOL, _VEC, _MAP, _ADDRESS = range(9, 19)
_ACCOUNT, _CONTRACT, _MUXED, _CLAIMABLE, _POOL = range(5)
_SYMBOL_MAX = 32
_WORD = 4


def native(data: bytes) -> Any:
    """The value of one whole ScVal: int, bool, None, bytes, str (strings, symbols, addresses), list, dict.

    `Undecodable` for unknown arms, wrong lengths, dirty padding, trailing bytes and depth beyond `DEPTH_MAX`.
    """
    return whole(data, read_any)


def whole(data: bytes, read: Reader) -> Any:
    """What `read` makes of `data`, all of it."""
    value, end = read(data, 0)
    if end != len(data):
        raise Undecodable(f"{len(data) - end} bytes follow the value.")
    return value


def read_any(data: bytes, at: int, depth: int = 0) -> tuple[Any, int]:  # noqa: C901, PLR0911, PLR0912 - one arm a line
    tag, at = read_u32(data, at)
    if tag == _I128_TAG:
        return _wide(data, at, 16, signed=True)
    if tag == _ADDRESS:
        return _address(data, at)
    if tag in (_U64_TAG, _TIMEPOINT, _DURATION):
        return _fixed(data, at, _U64)
    if tag == _U32_TAG:
        return read_u32(data, at)
    if tag == _SYMBOL:
        return _symbol(data, at)
    if tag == _BYTES:
        return _opaque(data, at)
    if tag == _STRING:
        return _text(data, at)
    if tag == _VOID:
        return None, at
    if tag == _BOOL:
        return _flag(data, at)
    if tag in (_VEC, _MAP):
        return _collection(data, at, depth, tag)
    if tag == _I64_TAG:
        return _fixed(data, at, _I64)
    if tag == _I32_TAG:
        return _fixed(data, at, _I32)
    if tag == _U128_TAG:
        return _wide(data, at, 16, signed=False)
    if tag in (_U256_TAG, _I256_TAG):
        return _wide(data, at, 32, signed=tag == _I256_TAG)
    raise Undecodable(f"ScVal arm {tag} is not one that contracts of ours use.")


def read_u32(data: bytes, at: int) -> tuple[int, int]:
    if at + _WORD > len(data):
        raise Undecodable("The value ends too early.")
    return _U32.unpack_from(data, at)[0], at + _WORD


def read_i128_value(data: bytes, at: int) -> tuple[int, int]:
    """An ScVal that must be an i128."""
    if at + 20 > len(data):
        raise Undecodable("The value ends too early.")
    tag, high, low = _TAG_I128.unpack_from(data, at)
    if tag != _I128_TAG:
        raise Undecodable(f"ScVal arm {tag} where an i128 belongs.")
    return (high << 64) | low, at + 20


def read_u64_value(data: bytes, at: int) -> tuple[int, int]:
    if at + 12 > len(data):
        raise Undecodable("The value ends too early.")
    tag, value = _TAG_U64.unpack_from(data, at)
    if tag != _U64_TAG:
        raise Undecodable(f"ScVal arm {tag} where a u64 belongs.")
    return value, at + 12


def read_u32_value(data: bytes, at: int) -> tuple[int, int]:
    if at + 8 > len(data):
        raise Undecodable("The value ends too early.")
    tag, value = _TAG_U32.unpack_from(data, at)
    if tag != _U32_TAG:
        raise Undecodable(f"ScVal arm {tag} where a u32 belongs.")
    return value, at + 8


def read_bool_value(data: bytes, at: int) -> tuple[bool, int]:
    return _flag(data, _expect(data, at, _BOOL))


def read_symbol_value(data: bytes, at: int) -> tuple[str, int]:
    return _symbol(data, _expect(data, at, _SYMBOL))


def read_string_value(data: bytes, at: int) -> tuple[str, int]:
    return _text(data, _expect(data, at, _STRING))


def read_address_value(data: bytes, at: int) -> tuple[str, int]:
    return _address(data, _expect(data, at, _ADDRESS))


def read_hex32_value(data: bytes, at: int) -> tuple[str, int]:
    """An ScVal that must be 32 bytes; their hex digits."""
    end = at + 40
    if end > len(data) or data[at : at + 8] != b"\0\0\0\x0d\0\0\0\x20":
        raise Undecodable("No 32 bytes where a BytesN<32> belongs.")
    return data[at + 8 : end].hex(), end


def option(read: Reader) -> Reader:
    """Void, or what `read` takes."""

    def read_option(data: bytes, at: int) -> tuple[Any, int]:
        if data[at : at + 4] == b"\0\0\0\x01":
            return None, at + 4
        return read(data, at)

    return read_option


def vec(read: Reader) -> Reader:
    def read_vec(data: bytes, at: int) -> tuple[tuple[Any, ...], int]:
        count, at = _count(data, _expect(data, at, _VEC))
        items = []
        for _ in range(count):
            item, at = read(data, at)
            items.append(item)
        return tuple(items), at

    return read_vec


def struct(
    make: Callable[..., Any], fields: dict[str, Reader], *, omitted: frozenset[str] = frozenset()
) -> Reader:
    """A contract's struct: a map with exactly these symbol keys. `make` gets the values by name.

    `omitted`: fields that may be left out and are None then, as optional fields of a contract's event are.
    """
    rows = [(name, _symbol_bytes(name), read) for name, read in sorted(fields.items())]
    head = _U32.pack(_MAP) + _U32.pack(1)
    counts = {_U32.pack(len(rows) - missing): len(rows) - missing for missing in range(len(omitted) + 1)}

    def read_struct(data: bytes, at: int) -> tuple[Any, int]:
        count = counts.get(data[at + 8 : at + 12])
        if count is None or data[at : at + 8] != head:
            raise Undecodable(f"No struct of {len(rows)} fields where one belongs.")
        at += 12
        values = {}
        for name, key, read in rows:
            end = at + len(key)
            if data[at:end] == key:
                values[name], at = read(data, end)
                count -= 1
            elif name in omitted:
                values[name] = None
            else:
                raise Undecodable(f"The field {name} is not where it belongs.")
        if count:
            raise Undecodable(f"{count} fields of a struct are not known.")
        return make(**values), at

    return read_struct


def _symbol_bytes(text: str) -> bytes:
    raw = text.encode("ascii")
    return _U32.pack(_SYMBOL) + _U32.pack(len(raw)) + raw + b"\0" * (-len(raw) % 4)


def _expect(data: bytes, at: int, tag: int) -> int:
    found, at = read_u32(data, at)
    if found != tag:
        raise Undecodable(f"ScVal arm {found} where arm {tag} belongs.")
    return at


def _fixed(data: bytes, at: int, form: Struct) -> tuple[int, int]:
    if at + form.size > len(data):
        raise Undecodable("The value ends too early.")
    return form.unpack_from(data, at)[0], at + form.size


def _wide(data: bytes, at: int, size: int, *, signed: bool) -> tuple[int, int]:
    end = at + size
    if end > len(data):
        raise Undecodable("The value ends too early.")
    return int.from_bytes(data[at:end], "big", signed=signed), end


def _flag(data: bytes, at: int) -> tuple[bool, int]:
    value, at = read_u32(data, at)
    if value > 1:
        raise Undecodable(f"{value} is no boolean.")
    return value == 1, at


def _opaque(data: bytes, at: int) -> tuple[bytes, int]:
    size, at = read_u32(data, at)
    end, padded = at + size, at + size + -size % 4
    if padded > len(data):
        raise Undecodable("The value ends too early.")
    if any(data[end:padded]):
        raise Undecodable("The padding is not zero.")
    return data[at:end], padded


def _text(data: bytes, at: int) -> tuple[str, int]:
    raw, at = _opaque(data, at)
    try:
        return raw.decode("utf-8"), at
    except UnicodeDecodeError as error:
        raise Undecodable("A string is not UTF-8.") from error


def _symbol(data: bytes, at: int) -> tuple[str, int]:
    raw, at = _opaque(data, at)
    text = raw.decode("latin-1")
    if len(raw) > _SYMBOL_MAX or not (raw.isascii() and (not raw or text.replace("_", "a").isalnum())):
        raise Undecodable("A symbol has other than letters, digits and underscores, or more than 32.")
    return text, at


def _count(data: bytes, at: int) -> tuple[int, int]:
    """The optional pointer of vec and map (always there) and the number of items."""
    present, at = read_u32(data, at)
    if present != 1:
        raise Undecodable("A collection without a body.")
    count, at = read_u32(data, at)
    if count * 4 > len(data) - at:
        raise Undecodable(f"{count} items cannot be in {len(data) - at} bytes.")
    return count, at


def _collection(data: bytes, at: int, depth: int, tag: int) -> tuple[Any, int]:
    if depth >= DEPTH_MAX:
        raise Undecodable(f"Deeper than {DEPTH_MAX}.")
    count, at = _count(data, at)
    if tag == _VEC:
        items = []
        for _ in range(count):
            item, at = read_any(data, at, depth + 1)
            items.append(item)
        return items, at
    pairs = {}
    for _ in range(count):
        key, at = read_any(data, at, depth + 1)
        if isinstance(key, list | dict) or key in pairs:
            raise Undecodable("A map key is doubled or no plain value.")
        pairs[key], at = read_any(data, at, depth + 1)
    return pairs, at


def _address(data: bytes, at: int) -> tuple[str, int]:
    kind, body = read_u32(data, at)
    end = body + {_ACCOUNT: 36, _CONTRACT: 32, _MUXED: 40, _CLAIMABLE: 36, _POOL: 32}.get(kind, 0)
    if end > len(data):
        raise Undecodable("The value ends too early.")
    return _strkey(data[at:end]), end


@lru_cache(maxsize=65_536)
def _strkey(raw: bytes) -> str:
    """The strkey of an ScAddress; the same few thousand come again and again."""
    kind, body = _U32.unpack_from(raw)[0], raw[4:]
    if kind == _CONTRACT:
        return StrKey.encode_contract(body)
    if kind == _ACCOUNT and body[:4] == b"\0\0\0\0":
        return StrKey.encode_ed25519_public_key(body[4:])
    if kind == _MUXED:
        return StrKey.encode_med25519_public_key(body[8:] + body[:8])
    if kind == _CLAIMABLE and body[:4] == b"\0\0\0\0":
        return StrKey.encode_claimable_balance(b"\0" + body[4:])
    if kind == _POOL:
        return StrKey.encode_liquidity_pool(body)
    raise Undecodable(f"Address arm {kind} is not known.")
