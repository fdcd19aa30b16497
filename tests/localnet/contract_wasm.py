"""A small contract in WebAssembly, assembled here byte by byte, for tests that must not wait for a compiler.

Functions: put(who, key, value) needs who's authorisation, stores for good and emits [key] -> value; get(key);
brief(key, value) stores for a short time; trap(); spin() never ends. A second one is an account that leaves its
authorisation to the first delegate it is given.
"""

I64 = 0x7E
PROTOCOL = 26
DELEGATES_PROTOCOL = 27


def _number(value: int) -> bytes:
    """Unsigned LEB128."""
    out = bytearray()
    while True:
        low, value = value & 0x7F, value >> 7
        if value == 0:
            return bytes([*out, low])
        out.append(low | 0x80)


def _text(value: str) -> bytes:
    return _number(len(value)) + value.encode()


def _vector(items: list[bytes]) -> bytes:
    return _number(len(items)) + b"".join(items)


def _section(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + _number(len(body)) + body


def _signature(params: int) -> bytes:
    return b"\x60" + _vector([bytes([I64])] * params) + _vector([bytes([I64])])


def _local(index: int) -> bytes:
    return b"\x20" + _number(index)


def _const(value: int) -> bytes:
    assert value < 64  # one byte of signed LEB128
    return b"\x42" + bytes([value])


def _call(index: int) -> bytes:
    return b"\x10" + _number(index)


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
    return _module(IMPORTS, FUNCTIONS, PROTOCOL)


def assemble_delegating_account() -> bytes:
    return _module(DELEGATING_IMPORTS, DELEGATING_FUNCTIONS, DELEGATES_PROTOCOL)


def _module(imported: list[tuple[str, str, int]], named: dict[str, tuple[int, bytes]], protocol: int) -> bytes:
    imports = [_text(module) + _text(name) + b"\x00" + _number(params) for module, name, params in imported]
    functions = list(named.values())
    exports = [_text(name) + b"\x00" + _number(len(imports) + at) for at, name in enumerate(named)]
    code = [_vector([]) + body + END for _, body in functions]
    env_meta = b"\x00\x00\x00\x00" + protocol.to_bytes(4, "big") + b"\x00\x00\x00\x00"
    return (
        b"\x00asm\x01\x00\x00\x00"
        + _section(1, _vector([_signature(params) for params in range(4)]))
        + _section(2, _vector(imports))
        + _section(3, _vector([_number(params) for params, _ in functions]))
        + _section(7, _vector(exports))
        + _section(10, _vector([_number(len(body)) + body for body in code]))
        + _section(0, _text("contractenvmetav0") + env_meta)
    )
