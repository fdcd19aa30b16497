"""Hostile bytes, code, sizes and connections: each gets a typed answer, the process stays up, its memory bounded."""

import base64
import concurrent.futures
import json
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contract_wasm import module, number_of, section, text_of, vector
from localnet_kit import WASM, Net, error_code
from stellar_sdk import Keypair, scval

METHODS = ("sendTransaction", "simulateTransaction", "getLedgerEntries", "getEvents", "getTransaction")
CLIENTS = 200
MEMORY_MIB = 400


@pytest.fixture(scope="module")
def hostile() -> Iterator[Net]:
    """One network takes it all; at the end it still answers and has not grown."""
    running = Net().start()
    yield running
    assert running.rpc("getHealth")["result"]["status"] == "healthy"
    assert running.process is not None
    status = Path(f"/proc/{running.process.pid}/status").read_text()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert resident < MEMORY_MIB * 1_024
    assert running.stop() == 0


def is_typed(answer: Any) -> bool:
    """A JSON-RPC answer: a result, or an error with a code and a sentence."""
    error = answer.get("error")
    return "result" in answer if error is None else error["code"] < 0 and bool(error["message"])


def envelope_of(net: Net) -> bytes:
    person = net.person()
    built = net.builder(person).append_invoke_contract_function_op(
        "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4", "balance", [scval.to_address(person.public_key)]
    )
    envelope = net.server.prepare_transaction(built.build())
    envelope.sign(person)
    return envelope.to_xdr_object().to_xdr_bytes()


def test_random_and_damaged_transactions(hostile: Net) -> None:
    chance = random.Random(5)
    good = envelope_of(hostile)
    for number in range(600):
        if number % 3 == 0:
            spoilt = chance.randbytes(chance.randrange(400))
        else:
            damaged = bytearray(good)
            for _ in range(chance.randrange(1, 6)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            spoilt = bytes(damaged[: chance.randrange(len(damaged))]) if number % 3 == 1 else bytes(damaged)
        text = base64.b64encode(spoilt).decode()
        for method in METHODS[:2]:
            assert is_typed(hostile.rpc(method, {"transaction": text})), text
        assert is_typed(hostile.rpc("getLedgerEntries", {"keys": [text]}))
        topics = [{"topics": [[text]]}]
        assert is_typed(hostile.rpc("getEvents", {"startLedger": 1, "filters": topics}))


def test_values_nested_without_end(hostile: Net) -> None:
    vec, void = (16).to_bytes(4, "big") + b"\0\0\0\1\0\0\0\1", b"\0\0\0\1"
    for depth in (100, 499, 5_000, 20_000):
        nested = base64.b64encode(vec * depth + void).decode()
        answer = hostile.rpc("getEvents", {"startLedger": 1, "filters": [{"topics": [[nested]]}]})
        assert is_typed(answer)
        assert depth < 499 or answer["error"]["code"] == -32602
    braces = b'{"jsonrpc":"2.0","id":1,"method":"getHealth","params":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001
    assert hostile.http("/rpc", raw=braces)[1]["error"]["code"] == -32700


def test_lengths_that_lie(hostile: Net) -> None:
    # bytes, a string and a vector that say they are four gigabytes long
    for kind in (13, 14, 16):
        present = b"\0\0\0\1" if kind == 16 else b""
        lie = base64.b64encode(kind.to_bytes(4, "big") + present + b"\xff\xff\xff\xff" + b"\0" * 8).decode()
        answer = hostile.rpc("getEvents", {"startLedger": 1, "filters": [{"topics": [[lie]]}]})
        assert answer["error"]["code"] == -32602


def test_wrong_shapes_of_requests(hostile: Net) -> None:
    shapes: list[Any] = [None, 1, "x", [], {}, [1], [[]], {"jsonrpc": "2.0"}, {"jsonrpc": "1.0", "method": "getHealth"}]
    for shape in shapes:
        answer = hostile.http("/rpc", raw=json.dumps(shape).encode())[1]
        for one in answer if isinstance(answer, list) else [answer]:
            assert one["error"]["code"] in (-32600, -32700), shape
    wrong: list[Any] = [[], "", 7, {"x": 1}, -1, 1e99, True, "9" * 5_000]
    for method in METHODS:
        for value in wrong:
            for name in ("transaction", "keys", "startLedger", "filters", "hash", "pagination", "xdrFormat"):
                answer = hostile.rpc(method, {name: value})
                assert is_typed(answer), (method, name, value, answer)


def test_bodies_that_are_too_large(hostile: Net) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"getHealth","params":{"x":"' + b"a" * (600 << 10) + b'"}}'
    for path in ("/rpc", "/transactions", "/friendbot", "/control/close"):
        assert raw_status(hostile, path, body) == 413, path
    batch = json.dumps([{"jsonrpc": "2.0", "id": 1, "method": "getHealth"}] * 101).encode()
    assert hostile.http("/rpc", raw=batch)[1]["error"]["code"] == -32600


def raw_status(net: Net, path: str, body: bytes) -> int:
    """The server may stop reading early, so the answer is read even where sending broke off."""
    with socket.create_connection(("127.0.0.1", net.port), timeout=30) as line:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        line.sendall(head.encode())
        try:
            line.sendall(body)
        except OSError:
            assert len(body) > 0
        return int(line.recv(64).split()[1])


def hostile_modules() -> dict[str, bytes]:
    forever = {"go": (0, b"\x03\x40\x0c\x00\x0b\x42\x02")}
    huge_memory = b"\x00asm\x01\x00\x00\x00" + section(5, vector([b"\x00" + number_of(65_536)]))
    huge_table = b"\x00asm\x01\x00\x00\x00" + section(4, vector([b"\x70\x00" + number_of(0xFFFF_FFF0)]))
    lying = b"\x00asm\x01\x00\x00\x00" + b"\x01" + number_of(0xFFFF_FFF0) + b"\x00"
    start = b"\x00asm\x01\x00\x00\x00" + section(1, vector([b"\x60\x00\x00"])) + section(3, vector([b"\x00"]))
    start += section(8, b"\x00") + section(10, vector([number_of(7) + b"\x00\x03\x40\x0c\x00\x0b\x0b"]))
    chance = random.Random(6)
    cut = {f"cut at {at}": WASM[:at] for at in (0, 4, 8, 9, 40, len(WASM) - 3)}
    spoilt = {}
    for number in range(20):
        changed = bytearray(WASM)
        changed[chance.randrange(8, len(changed))] ^= 1 << chance.randrange(8)
        spoilt[f"spoilt {number}"] = bytes(changed)
    return {
        "endless": module([], forever, 26),
        "huge memory": huge_memory,
        "huge table": huge_table,
        "lying section": lying,
        "endless start": start,
        "named forever": b"\x00asm\x01\x00\x00\x00" + section(0, text_of("x" * 100_000)),
        "random": chance.randbytes(10_000),
        **cut,
        **spoilt,
    }


def test_hostile_modules_are_refused_or_harmless(hostile: Net) -> None:
    owner = hostile.person()
    for name, wasm in hostile_modules().items():
        builder = hostile.builder(owner).append_upload_contract_wasm_op(wasm)
        simulated = hostile.server.simulate_transaction(builder.build())
        if simulated.error is not None:
            assert "HostError" in simulated.error, name
            continue
        contract = hostile.deploy(owner, wasm)
        call = hostile.builder(owner).append_invoke_contract_function_op(contract, "go", [])
        assert hostile.server.simulate_transaction(call.build()).error, name


def test_a_module_refused_by_simulation_fails_when_it_is_sent_anyway(hostile: Net) -> None:
    owner = hostile.person()
    good = hostile.server.prepare_transaction(hostile.builder(owner).append_upload_contract_wasm_op(WASM).build())
    operation = good.transaction.operations[0]
    operation.host_function.wasm = b"\x00asm" + b"\xff" * 64  # type: ignore[attr-defined]
    good.sign(owner)
    done = hostile.wait(hostile.send(good).hash)
    assert done.status.value == "FAILED"


def test_connections_that_never_finish_keep_nobody_out(hostile: Net) -> None:
    stuck = []
    try:
        for number in range(CLIENTS):
            line = socket.create_connection(("127.0.0.1", hostile.port), timeout=10)
            stuck.append(line)
            if number % 2:
                line.sendall(b"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{")
            elif number % 3:
                line.sendall(b"GET /acc")
        assert hostile.rpc("getHealth")["result"]["status"] == "healthy"
        person = hostile.person()
        hostile.submit(hostile.builder(person).append_bump_sequence_op(0), person)
    finally:
        for line in stuck:
            line.close()


def test_two_hundred_clients_at_once(hostile: Net) -> None:
    people = [Keypair.random() for _ in range(CLIENTS)]
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as crowd:
        funded = list(crowd.map(lambda person: hostile.fund(person.public_key)[0], people))
        told = list(crowd.map(lambda person: hostile.http("/accounts/" + person.public_key)[0], people))
    assert set(funded) == set(told) == {200}


def test_a_flood_of_one_account_gets_an_answer_each(hostile: Net) -> None:
    """The same sequence number, sent many times at once: one is applied."""
    person = hostile.person()
    envelopes = []
    for number in range(40):
        builder = hostile.builder(person, fee=100 + number).append_bump_sequence_op(0)
        built = builder.build()
        built.sign(person)
        envelopes.append(built)
    with concurrent.futures.ThreadPoolExecutor(20) as crowd:
        sent = list(crowd.map(hostile.send, envelopes))
    assert [one.status.value for one in sent].count("PENDING") == 1
    assert {error_code(one) for one in sent if one.status.value == "ERROR"} == {"txBAD_SEQ"}
