"""A small contract in WebAssembly, assembled here byte by byte, for tests that must not wait for a compiler.

Functions: put(who, key, value) needs who's authorisation, stores for good and emits [key] -> value; get(key);
brief(key, value) stores for a short time; trap(); spin() never ends. A second one is an account that leaves its
authorisation to the first delegate it is given.
"""

I64 = 0x7E
PROTOCOL = 26
DELEGATES_PROTOCOL = 27


def number_of(value: int) -> bytes:
    """Unsigned LEB128."""
    out = bytearray()
    while True:
        low, value = value & 0x7F, value >> 7
        if value == 0:
            return bytes([*out, low])
        out.append(low | 0x80)


def text_of(value: str) -> bytes:
    return number_of(len(value)) + value.encode()


def vector(items: list[bytes]) -> bytes:
    return number_of(len(items)) + b"".join(items)


def section(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + number_of(len(body)) + body


def _signature(params: int) -> bytes:
    return b"\x60" + vector([bytes([I64])] * params) + vector([bytes([I64])])


def _local(index: int) -> bytes:
    return b"\x20" + number_of(index)


def _const(value: int) -> bytes:
    assert value < 64  # one byte of signed LEB128
    return b"\x42" + bytes([value])


def _call(index: int) -> bytes:
    return b"\x10" + number_of(index)


DROP = b"\x1a"
END = b"\x0b"
VOID = _const(2)
TEMPORARY, PERSISTENT = _const(0), _const(1)

# name in the module, how many arguments
IMPORTS = [("l", "_", 3), ("l", "1", 2), ("a", "0", 1), ("x", "1", 2), ("v", "_", 0), ("v", "6", 2)]
PUT_DATA, GET_DATA, REQUIRE_AUTH, EMIT, VEC_NEW, VEC_PUSH = range(6)

FUNCTIONS = {
    "put": (
        3,
        _local(0)
        + _call(REQUIRE_AUTH)
        + DROP
        + _local(1)
        + _local(2)
        + PERSISTENT
        + _call(PUT_DATA)
        + DROP
        + _call(VEC_NEW)
        + _local(1)
        + _call(VEC_PUSH)
        + _local(2)
        + _call(EMIT)
        + DROP
        + _local(2),
    ),
    "get": (1, _local(0) + PERSISTENT + _call(GET_DATA)),
    "brief": (2, _local(0) + _local(1) + TEMPORARY + _call(PUT_DATA) + DROP + VOID),
    "trap": (0, b"\x00"),
    "spin": (0, b"\x03\x40\x0c\x00" + END + VOID),
}


DELEGATING_IMPORTS = [("a", "9", 0), ("v", "8", 1), ("a", "a", 1)]
DELEGATES, FIRST, LET_SIGN = range(3)

DELEGATING_FUNCTIONS = {
    "__check_auth": (3, _call(DELEGATES) + _call(FIRST) + _call(LET_SIGN)),
}


def assemble() -> bytes:
    return module(IMPORTS, FUNCTIONS, PROTOCOL)


def assemble_delegating_account() -> bytes:
    return module(DELEGATING_IMPORTS, DELEGATING_FUNCTIONS, DELEGATES_PROTOCOL)


def module(imported: list[tuple[str, str, int]], named: dict[str, tuple[int, bytes]], protocol: int) -> bytes:
    imports = [text_of(group) + text_of(name) + b"\x00" + number_of(params) for group, name, params in imported]
    functions = list(named.values())
    exports = [text_of(name) + b"\x00" + number_of(len(imports) + at) for at, name in enumerate(named)]
    code = [vector([]) + body + END for _, body in functions]
    env_meta = b"\x00\x00\x00\x00" + protocol.to_bytes(4, "big") + b"\x00\x00\x00\x00"
    return (
        b"\x00asm\x01\x00\x00\x00"
        + section(1, vector([_signature(params) for params in range(4)]))
        + section(2, vector(imports))
        + section(3, vector([number_of(params) for params, _ in functions]))
        + section(7, vector(exports))
        + section(10, vector([number_of(len(body)) + body for body in code]))
        + section(0, text_of("contractenvmetav0") + env_meta)
    )
