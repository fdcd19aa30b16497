"""The adapter of the node against nodes that are wrong, old, behind, slow or mad."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from chainkit import ALICE, ESCROW, INVOICE
from node import BUSY, DROP, Node
from stellar_sdk import xdr

from tenor.chain import rpc
from tenor.chain.rpc import EventsLost, RpcLedger, WrongNetwork
from tenor.ledger import calls
from tenor.ledger.envelopes import Built
from tenor.ledger.errors import CallRefused, LedgerUnavailable
from tenor.ledger.events import EventFilter
from tenor.ledger.footprint import Footprint, account_key
from tenor.ledger.submission import Absent, Tip
from tenor.world import World

CALL = calls.acknowledge(ESCROW, INVOICE)
FILTERS = (EventFilter((ESCROW,), (("**",),)),)


@pytest.fixture
def ledger(world: World, node: Node) -> RpcLedger:
    node.accounts[ALICE] = 41
    assert isinstance(world.ledger, RpcLedger)
    return world.ledger


async def build(ledger: RpcLedger, extra: Footprint | None = None) -> Built:
    return await ledger.build(CALL, source=ALICE, valid_seconds=60, extra=extra or Footprint())


async def test_p022_another_network_is_refused_at_the_start(ledger: RpcLedger, node: Node) -> None:
    assert await ledger.check() is None
    node.passphrase = "Test SDF Network ; September 2015"
    with pytest.raises(WrongNetwork, match="NETWORK_PASSPHRASE"):
        await ledger.check()


@pytest.mark.parametrize(
    ("version", "warns"),
    [("27.1.0", True), ("v26.9.9-abc", True), ("27.1.1", False), ("28.0.0-rc1", False), ("localnet-0.1.0", False)],
)
async def test_p056_a_server_that_loses_events_is_named(
    ledger: RpcLedger, node: Node, version: str, warns: bool
) -> None:
    node.version = version
    assert (await ledger.check() is not None) == warns


async def test_p012_p020_a_built_transaction_is_bounded_from_ledger_time(ledger: RpcLedger, node: Node) -> None:
    built = await build(ledger)
    assert (built.source, built.sequence, built.ledger) == (ALICE, 42, node.ledger)
    assert built.valid_until == node.closed_at + 60
    tx = xdr.TransactionEnvelope.from_xdr(built.envelope_xdr).v1.tx  # type: ignore[union-attr]
    assert tx.fee.uint32 == built.fee_stroops == 250 + 55_000
    assert tx.memo.type == xdr.MemoType.MEMO_NONE


async def test_p031_fees_and_limits_come_from_the_network(ledger: RpcLedger, node: Node) -> None:
    key = account_key(ALICE).to_xdr()
    extra = Footprint(read_write=(key,), instructions=10_000, write_bytes=1024, refundable_stroops=7)
    plain, more = await build(ledger), await build(ledger, extra)
    # every rate of this node is 1,000: instructions, a disk read, a write and its read, a KB written, the key's bytes
    keys_bytes = len(account_key(ALICE).to_xdr_bytes())
    size = -(-keys_bytes * 2_000 // 1024)
    assert more.fee_stroops - plain.fee_stroops == 1_000 + 1_000 + 2_000 + 1_000 + size + 7
    tx = xdr.TransactionEnvelope.from_xdr(more.envelope_xdr).v1.tx  # type: ignore[union-attr]
    data = tx.ext.soroban_data
    assert data is not None
    assert [key.to_xdr() for key in data.resources.footprint.read_write] == [key]
    assert data.resources.instructions.uint32 == 1_100_000 + 10_000
    assert data.resource_fee.int64 + 250 == tx.fee.uint32
    asked = node.asked.count("getFeeStats")
    node.close(ledgers=rpc.RATES_KEPT_LEDGERS)
    await build(ledger)
    assert node.asked.count("getFeeStats") == asked + 1


async def test_a_key_that_will_be_written_leaves_the_read_only_side(ledger: RpcLedger, node: Node) -> None:
    key = account_key(ALICE)

    def simulated(method: str, _: dict[str, Any]) -> bytes | None:
        if method != "simulateTransaction":
            return None
        answer = node.simulate_transaction({})
        data = xdr.SorobanTransactionData.from_xdr(answer["transactionData"])
        data.resources.footprint.read_only = [key]
        answer["transactionData"] = data.to_xdr()
        return json.dumps({"jsonrpc": "2.0", "id": node.requests, "result": answer}).encode()

    node.fault = simulated
    built = await build(ledger, Footprint(read_write=(key.to_xdr(),)))
    tx = xdr.TransactionEnvelope.from_xdr(built.envelope_xdr).v1.tx  # type: ignore[union-attr]
    footprint = tx.ext.soroban_data.resources.footprint
    assert (len(footprint.read_only), len(footprint.read_write)) == (0, 1)


async def test_p021_a_failed_simulation_is_no_success(ledger: RpcLedger, node: Node) -> None:
    node.simulation_error = "HostError: Error(Storage, MissingValue)"
    with pytest.raises(CallRefused) as refused:
        await build(ledger)
    assert refused.value.name == "HostStorageMissingValue"
    node.simulation_error = "HostError: Error(Contract, #13)"
    with pytest.raises(CallRefused, match="trustline"):
        await build(ledger)


async def test_p021_an_object_in_the_error_data_is_still_an_error(ledger: RpcLedger, node: Node) -> None:
    error = {"code": -32602, "message": "no", "data": {"an": "object"}}
    node.fault = lambda _, __: json.dumps({"jsonrpc": "2.0", "id": 1, "error": error}).encode()
    with pytest.raises(LedgerUnavailable, match=r"no \(-32602\)"):
        await ledger.tip()


async def test_p024_an_answer_from_before_what_was_seen_is_not_believed(ledger: RpcLedger, node: Node) -> None:
    await ledger.tip()
    behind = {"latestLedger": node.ledger - 1}

    def lag(method: str, params: dict[str, Any]) -> bytes | None:
        if method in {"getVersionInfo", "getNetwork"}:
            return None
        name = {"getHealth": node.get_health, "getTransaction": node.get_transaction}[method]
        return json.dumps({"jsonrpc": "2.0", "id": node.requests, "result": name(params) | behind}).encode()

    node.fault = lag
    for ask in (ledger.tip(), ledger.seen("ab" * 32)):
        with pytest.raises(LedgerUnavailable, match="lags, or the network was reset"):
            await ask
    node.fault = None
    assert await ledger.seen("ab" * 32) == Absent(Tip(node.ledger, node.closed_at, node.oldest))


async def test_p024_a_node_that_catches_up_is_waited_for(ledger: RpcLedger, node: Node) -> None:
    await ledger.tip()
    left = 1

    def lag_once(_: str, __: dict[str, Any]) -> bytes | None:
        nonlocal left
        if left == 0:
            return None
        left -= 1
        old = node.get_health({}) | {"latestLedger": node.ledger - 1}
        return json.dumps({"jsonrpc": "2.0", "id": node.requests, "result": old}).encode()

    node.fault = lag_once
    assert (await ledger.tip()).sequence == node.ledger


NONSENSE: list[Callable[[Node], bytes]] = [
    lambda _: DROP,
    lambda _: BUSY,
    lambda _: b"",
    lambda _: b"[]",
    lambda _: b"<html>502</html>",
    lambda _: b'{"jsonrpc":"2.0","id":999999,"result":{}}',
    lambda node: json.dumps({"id": node.requests, "result": None}).encode(),
    lambda node: json.dumps({"id": node.requests, "result": {"latestLedger": "soon"}}).encode(),
    lambda node: json.dumps({"id": node.requests, "result": {"status": "MAYBE", "latestLedger": []}}).encode(),
]


@pytest.mark.parametrize("answer", NONSENSE)
async def test_nonsense_is_unavailable_and_never_a_crash(
    ledger: RpcLedger, node: Node, answer: Callable[[Node], bytes]
) -> None:
    node.fault = lambda _, __: answer(node)
    for ask in (
        ledger.tip,
        lambda: ledger.seen("ab" * 32),
        lambda: ledger.send("AAAA"),
        lambda: build(ledger),
        lambda: ledger.read(CALL),
        lambda: ledger.entries([account_key(ALICE)]),
        lambda: ledger.events(filters=FILTERS, start=1, limit=10),
    ):
        with pytest.raises(LedgerUnavailable):
            await ask()


async def test_a_node_that_does_not_answer_in_time_is_unavailable(
    ledger: RpcLedger, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rpc, "TIMEOUT", httpx.Timeout(0.000_001))
    with pytest.raises(LedgerUnavailable, match="did not answer getHealth"):
        await ledger.tip()


async def test_p057_a_start_that_the_node_has_forgotten_is_lost_not_retried(ledger: RpcLedger, node: Node) -> None:
    node.oldest = 50
    with pytest.raises(EventsLost, match="from ledger 49 on are needed, and the node keeps 50 to 100"):
        await ledger.events(filters=FILTERS, start=49, limit=10)
    with pytest.raises(EventsLost):
        await ledger.events(filters=FILTERS, start=f"{49 << 32:019d}-0000000000", limit=10)


async def test_p059_a_cursor_ahead_of_the_node_is_a_lag_and_no_gap(ledger: RpcLedger, node: Node) -> None:
    with pytest.raises(LedgerUnavailable, match="lags, or was reset") as lag:
        await ledger.events(filters=FILTERS, start=f"{101 << 32:019d}-0000000000", limit=10)
    assert not isinstance(lag.value, EventsLost)


async def test_entries_come_in_the_order_asked_with_none_for_what_is_missing(ledger: RpcLedger, node: Node) -> None:
    from submitting import KEYS

    addresses = [key.public_key for key in KEYS.values()]
    unknown = "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF"
    wanted = [unknown, *reversed(addresses), unknown]
    found = await ledger.entries([account_key(address) for address in wanted])
    assert [entry is None for entry in found] == [True, *[False] * len(addresses), True]
    many = await ledger.entries([account_key(ALICE)] * 450)
    assert len(many) == 450
    assert node.asked.count("getLedgerEntries") == 1 + 3
