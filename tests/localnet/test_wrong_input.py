"""Wrong input gets the answer that a real network gives, and the network stays up."""

import base64
import random
import socket

import pytest
from localnet_kit import Net
from stellar_sdk import Asset


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", -32700),
        (b"{", -32700),
        (b"1", -32600),
        (b"[]", -32600),
        (b'{"id":1,"method":"getHealth"}', -32600),
        (b'{"jsonrpc":"2.0","id":1}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":"getHealth","params":[1]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"getNothing"}', -32601),
        (b'{"jsonrpc":"2.0","id":1,"method":"rpc.serverInfo"}', -32601),
        (b'{"jsonrpc":"2.0","id":1,"method":"getLedgerEntries","params":{"keys":["!"]}}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"getLedgerEntries","params":{"keys":"AAAA"}}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"getTransaction","params":{"hash":"00"}}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"getTransaction","params":{"hash":"%s"}}' % (b"z" * 64), -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"getLedgers","params":{"startLedger":0}}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":"getTransactions","params":{"pagination":{"limit":201}}}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"sendTransaction","params":{"transaction":"AAAA"}}', -32602),
    ],
)
def test_calls_are_refused_by_code(net: Net, body: bytes, code: int) -> None:
    _, answer = net.http("/rpc", raw=body)
    assert answer["error"]["code"] == code


def test_ids_are_echoed_with_their_type_and_batches_keep_their_order(net: Net) -> None:
    call = {"jsonrpc": "2.0", "method": "getHealth"}
    _, answers = net.http("/rpc", [{**call, "id": "7"}, {**call, "id": 7}, call, {**call, "id": 8, "method": "x"}])
    assert [answer["id"] for answer in answers] == ["7", 7, 8]
    assert "error" in answers[2]


def test_a_body_over_the_limit_is_refused(net: Net) -> None:
    try:
        status, _ = net.http("/rpc", raw=b'{"jsonrpc":"2.0","id":1,"method":"' + b"x" * (513 << 10) + b'"}')
    except (OSError, ValueError):
        status = 413
    assert status == 413


def test_ttl_keys_and_too_many_keys_are_refused(net: Net) -> None:
    ttl = base64.b64encode((9).to_bytes(4, "big") + bytes(32)).decode()
    assert "ttl entries cannot be queried" in net.rpc("getLedgerEntries", {"keys": [ttl]})["error"]["message"]
    many = net.rpc("getLedgerEntries", {"keys": [ttl] * 201})
    assert "exceeds maximum supported (200)" in many["error"]["message"]


def test_altered_envelopes_are_refused_and_never_stop_the_network(net: Net) -> None:
    payer = net.person()
    envelope = net.builder(payer).append_payment_op(payer.public_key, Asset.native(), "1").build()
    envelope.sign(payer)
    good = envelope.to_xdr_object().to_xdr_bytes()
    dice = random.Random(7)
    for _ in range(300):
        altered = bytearray(good)
        altered[dice.randrange(len(altered))] ^= 1 << dice.randrange(8)
        text = base64.b64encode(bytes(altered)).decode()
        sent = net.rpc("sendTransaction", {"transaction": text})
        assert "error" in sent or sent["result"]["status"] == "ERROR", sent
        net.rpc("simulateTransaction", {"transaction": text})
    for _ in range(300):
        noise = base64.b64encode(dice.randbytes(dice.randrange(300))).decode()
        assert net.rpc("sendTransaction", {"transaction": noise})["error"]["message"] == "invalid_xdr"
    assert net.rpc("getHealth")["result"]["status"] == "healthy"


def test_deep_nesting_is_refused(net: Net) -> None:
    # A LedgerKey of contract data whose key is a vector in a vector in a vector ...
    deep = b"".join((16).to_bytes(4, "big") + (1).to_bytes(4, "big") * 2 for _ in range(5_000))
    key = (6).to_bytes(4, "big") + (1).to_bytes(4, "big") + bytes(32) + deep
    answer = net.rpc("getLedgerEntries", {"keys": [base64.b64encode(key[: 12 << 10]).decode()]})
    assert answer["error"]["code"] == -32602
    assert net.rpc("getHealth")["result"]["status"] == "healthy"


def test_half_open_connections_do_not_hold_others_up(net: Net) -> None:
    open_ones = [socket.create_connection(("127.0.0.1", net.port)) for _ in range(50)]
    for connection in open_ones:
        connection.sendall(b"POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    assert net.rpc("getHealth")["result"]["status"] == "healthy"
    for connection in open_ones:
        connection.close()
