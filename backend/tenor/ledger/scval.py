"""ScVals from bytes straight to Python values, without objects in between. Refuses what it does not know (P30, P71)."""

from collections.abc import Callable
from functools import lru_cache
from itertools import combinations
from struct import Struct
from struct import error as struct_error
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


_ADDRESS_BYTES = {_ACCOUNT: 40, _CONTRACT: 36, _MUXED: 44, _CLAIMABLE: 40, _POOL: 36}
_ACCOUNT_VALUE_BYTES = 4 + _ADDRESS_BYTES[_ACCOUNT]
_ADDRESS_VALUE_BYTES = {_TAG_U32.pack(_ADDRESS, kind): 4 + size for kind, size in _ADDRESS_BYTES.items()}


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


def read_string_value(data: bytes, at: int) -> tuple[str, int]:
    return _text(data, _expect(data, at, _STRING))


def read_address_value(data: bytes, at: int) -> tuple[str, int]:
    end = at + _ADDRESS_VALUE_BYTES.get(data[at : at + 8], 0)
    if not at < end <= len(data):
        raise Undecodable("No address where one belongs, or one that ends too early.")
    found = _strkey(data[at + 4 : end])
    if end - at == _ACCOUNT_VALUE_BYTES and found[0] == "G" and len(_accounts) < _ACCOUNTS_MAX:
        _accounts[data[at:end]] = found
    return found, end


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

    if read is read_address_value:
        _ADDRESSES.add(read_option)
    return read_option


def struct(make: Callable[..., Any], fields: dict[str, Reader], *, omitted: frozenset[str] = frozenset()) -> Reader:
    """A contract's struct: a map with exactly these symbol keys. `make` gets the values in the order of `fields`.

    `omitted`: fields that may be left out and are None then, as optional fields of a contract's event are.
    """
    layouts: dict[int, list[_Layout]] = {}
    for missing in _subsets(sorted(omitted)):
        there = {name: read for name, read in fields.items() if name not in missing}
        layouts.setdefault(len(there), []).append(_layout(tuple(fields), there))

    def read_struct(data: bytes, at: int) -> tuple[Any, int]:
        try:
            for read in layouts.get(int.from_bytes(data[at + 8 : at + 12], "big"), ()):
                found = read(data, at)
                if found is not None:
                    return make(*found[0]), found[1]
        except struct_error as error:
            raise Undecodable("The value ends too early.") from error
        raise Undecodable(f"No struct of the fields {', '.join(sorted(fields))} where one belongs.")

    return read_struct


_Layout = Callable[[bytes, int], tuple[tuple[Any, ...], int] | None]
"""Reads one arrangement of a struct; None when the bytes are another one."""


def _bool(value: int) -> bool:
    if value > 1:
        raise Undecodable(f"{value} is no boolean.")
    return value == 1


_FIXED: dict[Reader, tuple[bytes, str, tuple[str, ...], str]] = {
    read_i128_value: (_U32.pack(_I128_TAG), "qQ", ("h_{0}", "l_{0}"), "(h_{0} << 64) | l_{0}"),
    read_u64_value: (_U32.pack(_U64_TAG), "Q", ("v_{0}",), "v_{0}"),
    read_u32_value: (_U32.pack(_U32_TAG), "I", ("v_{0}",), "v_{0}"),
    read_bool_value: (_U32.pack(_BOOL), "I", ("v_{0}",), "flag(v_{0})"),
    read_hex32_value: (_U32.pack(_BYTES) + _U32.pack(32), "32s", ("v_{0}",), "v_{0}.hex()"),
}
"""Values of fixed size: what stands before one, its form, the names of its parts, and what is made of them."""


_accounts: dict[bytes, str] = {}
"""Accounts that were read, by their whole ScVal: holders come again and again, and most values are theirs."""
_ACCOUNTS_MAX = 65_536
_ADDRESSES: set[Reader] = {read_address_value}
"""Readers of an address, or of none."""
_ASKED = ("    v_{0}, at = read_{0}(data, at)",)
_REMEMBERED = (
    f"    v_{{0}} = account(data[at : at + {_ACCOUNT_VALUE_BYTES}])",
    "    if v_{0} is None:",
    "        v_{0}, at = read_{0}(data, at)",
    "    else:",
    f"        at += {_ACCOUNT_VALUE_BYTES}",
)


def _subsets(names: list[str]) -> list[tuple[str, ...]]:
    return [chosen for count in range(len(names) + 1) for chosen in combinations(names, count)]


def _layout(order: tuple[str, ...], fields: dict[str, Reader]) -> _Layout:
    """A function made for exactly these fields, as `dataclasses` makes its own: keys and values of fixed size lie at
    fixed places, so a run of them is one unpacking and one comparison. The names come from our classes alone.
    """
    known: dict[str, Any] = {"flag": _bool, "account": _accounts.get}
    lines, values = ["def read(data, at):"], dict.fromkeys(order, "None")
    run = _Run(_U32.pack(_MAP) + _U32.pack(1) + _U32.pack(len(fields)))
    for name, read in sorted(fields.items()):
        before, form, parts, shown = _FIXED.get(read, (b"", "", (), "v_{0}"))
        run.expect(_symbol_bytes(name) + before)
        values[name] = shown.format(name)
        if form:
            run.take(form, [part.format(name) for part in parts])
        else:
            lines += run.close(known)
            known[f"read_{name}"] = read
            lines += [line.format(name) for line in (_REMEMBERED if read in _ADDRESSES else _ASKED)]
            run = _Run()
    lines += run.close(known)
    made = "".join(f"{value}, " for value in values.values())  # an event may have no field at all
    lines.append(f"    return ({made}), at")
    exec("\n".join(lines), known)  # noqa: S102 - see above
    made_reader: _Layout = known["read"]
    return made_reader


class _Run:
    """Constants and values of fixed size in a row. A constant after a constant is one with it."""

    def __init__(self, constant: bytes = b"") -> None:
        self._constants: list[bytes] = []
        self._form, self._targets, self._pending = ">", list[str](), constant

    def expect(self, constant: bytes) -> None:
        constant, self._pending = self._pending + constant, b""
        self._form += f"{len(constant)}s"
        self._targets.append(f"k{len(self._constants)}")
        self._constants.append(constant)

    def take(self, form: str, parts: list[str]) -> None:
        self._form += form
        self._targets += parts

    def close(self, known: dict[str, Any]) -> list[str]:
        """Lines that unpack the run, compare its constants and go behind it."""
        if self._pending:
            self.expect(b"")
        if not self._targets:
            return []
        form, number = Struct(self._form), len(known)
        known[f"unpack_{number}"] = form.unpack_from
        tests = []
        for place, constant in enumerate(self._constants):
            known[f"key_{number}_{place}"] = constant
            tests.append(f"k{place} != key_{number}_{place}")
        return [
            f"    {', '.join(self._targets)}, = unpack_{number}(data, at)",
            f"    if {' or '.join(tests)}:",
            "        return None",
            f"    at += {form.size}",
        ]


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
    kind, _ = read_u32(data, at)
    end = at + _ADDRESS_BYTES.get(kind, 4)
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
