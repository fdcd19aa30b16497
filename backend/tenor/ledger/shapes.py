"""Types of dataclass fields that mirror a contract's structs, and the readers made from them. Holds no rule."""

from collections.abc import Callable
from dataclasses import fields
from enum import IntEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tenor.ledger import scval

T = TypeVar("T")

Units = Annotated[int, "i128"]
"""An i128: units of an asset, shares, or a scaled index."""
Seconds = Annotated[int, "u64"]
"""A u64: Unix seconds of ledger time, or an id."""
Count = Annotated[int, "u32"]
Hex32 = Annotated[str, "bytes32"]
"""A BytesN<32> as 64 hex digits."""
Strkey = Annotated[str, "address"]
Words = Annotated[str, "string"]
Flag = Annotated[bool, "bool"]
Variant = Annotated[list[Any], "variant"]
"""A contract's enum with values: its name, then its values."""
Topic = Annotated[T, "topic"]
"""Marks a field that travels as an event's topic; the others are its data."""

_READERS: dict[str, scval.Reader] = {
    "i128": scval.read_i128_value,
    "u64": scval.read_u64_value,
    "u32": scval.read_u32_value,
    "bytes32": scval.read_hex32_value,
    "address": scval.read_address_value,
    "string": scval.read_string_value,
    "bool": scval.read_bool_value,
    "variant": scval.read_any,
}


@cache
def struct_reader(kind: type) -> scval.Reader:
    """Reads a contract struct into the dataclass `kind`: same field names, every one there, none besides."""
    hints = get_type_hints(kind, include_extras=True)
    return scval.struct(kind, {field.name: reader(hints[field.name]) for field in fields(kind)})


def reader(hint: Any) -> scval.Reader:
    """The reader of one annotated type: the aliases above, a nested dataclass, an IntEnum, or one of them or None."""
    if get_origin(hint) is Annotated:
        return _READERS[get_args(hint)[-1]]
    if get_origin(hint) in (Union, UnionType):
        (inner,) = [part for part in get_args(hint) if part is not NoneType]
        return scval.option(reader(inner))
    if isinstance(hint, type) and issubclass(hint, IntEnum):
        return _enum_reader(hint)
    return struct_reader(hint)


def is_optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)


def is_topic(hint: Any) -> bool:
    return get_origin(hint) is Annotated and "topic" in get_args(hint)[1:]


def without_topic(hint: Any) -> Any:
    """`Topic[Hex32]` is Annotated with both words; the reader wants the kind alone."""
    base, *words = get_args(hint)
    kept = [word for word in words if word != "topic"]
    return Annotated[base, kept[-1]] if kept else base


def _enum_reader(kind: Callable[[int], Any]) -> scval.Reader:
    def read(data: bytes, at: int) -> tuple[Any, int]:
        value, at = scval.read_u32_value(data, at)
        try:
            return kind(value), at
        except ValueError as error:
            raise scval.Undecodable(str(error)) from error

    return read
