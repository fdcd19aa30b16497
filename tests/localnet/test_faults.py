"""A node in trouble, as the control path makes one: what callers are told changes, the ledger never does."""

import http.client
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from localnet_kit import Net, contract_data_key, error_code, return_value
from stellar_sdk import Asset, AuthorizationFlag, Keypair, TransactionEnvelope, scval

NATIVE = "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4"
"""The contract of the native asset on the standalone network."""
FLAGS = (
    AuthorizationFlag.AUTHORIZATION_REQUIRED
    | AuthorizationFlag.AUTHORIZATION_REVOCABLE
    | AuthorizationFlag.AUTHORIZATION_CLAWBACK_ENABLED
)


@pytest.fixture(scope="module")
def quiet() -> Iterator[Net]:
    """Manual close, so that the ledgers are those a test makes."""
    running = Net(("--close", "manual")).start()
    yield running
    assert running.stop() == 0


@pytest.fixture(autouse=True)
def no_fault_is_left(quiet: Net) -> Iterator[None]:
    yield
    urllib.request.urlopen(urllib.request.Request(quiet.url + "/control/faults", method="DELETE")).close()


def latest(net: Net) -> int:
    return int(net.rpc("getLatestLedger")["result"]["sequence"])


def funded(net: Net) -> Keypair:
    person = Keypair.random()
    net.control("fund", address=person.public_key, amount="50")
    return person


def bump_of(net: Net, person: Keypair) -> TransactionEnvelope:
    envelope = net.builder(person).append_bump_sequence_op(1).build()
    envelope.sign(person)
    return envelope


def applied(net: Net, person: Keypair) -> str:
    """The hash of a transaction in a ledger of its own."""
    envelope = bump_of(net, person)
    assert net.send(envelope).status.value == "PENDING"
    net.control("close")
    return envelope.hash_hex()


def event_ids(net: Net, **params: Any) -> list[str]:
    return [event["id"] for event in net.rpc("getEvents", params)["result"]["events"]]


def test_a_node_that_fell_behind_knows_nothing_of_the_newest_ledgers(quiet: Net) -> None:
    person = funded(quiet)
    sequence = quiet.account(person).sequence
    old, seen = applied(quiet, person), latest(quiet)
    new = applied(quiet, person)
    quiet.control("close")
    quiet.control("faults", method="*", kind="stale", ledgers=2, times=0)
    assert (latest(quiet), quiet.rpc("getHealth")["result"]["latestLedger"]) == (seen, seen)
    assert quiet.server.get_transaction(new).status.value == "NOT_FOUND"
    assert quiet.server.get_transaction(old).status.value == "SUCCESS"
    assert quiet.account(person).sequence == sequence + 1
    assert quiet.rpc("getEvents", {"startLedger": seen + 1})["error"]["code"] == -32600
    assert all(int(one.split("-")[0]) >> 32 <= seen for one in event_ids(quiet, startLedger=2))
    ledgers = quiet.rpc("getLedgers", {"startLedger": seen - 1})["result"]["ledgers"]
    assert [ledger["sequence"] for ledger in ledgers] == [seen - 1, seen]
    urllib.request.urlopen(urllib.request.Request(quiet.url + "/control/faults", method="DELETE")).close()
    assert latest(quiet) == seen + 2
    assert quiet.server.get_transaction(new).status.value == "SUCCESS"
    assert quiet.account(person).sequence == sequence + 2


def test_a_stale_node_shows_contract_data_as_it_was(start_net: Any) -> None:
    net = start_net("--close", "instant")
    owner = net.person()
    contract = net.deploy(owner)
    key = contract_data_key(contract, scval.to_symbol("k"))
    put = [scval.to_address(owner.public_key), scval.to_symbol("k")]

    def entry(behind: int) -> Any:
        net.control("faults", method="getLedgerEntries", kind="stale", ledgers=behind)
        found = net.rpc("getLedgerEntries", {"keys": [key.to_xdr()]})["result"]["entries"]
        return found[0] if found else None

    net.control("close")
    assert entry(1) is None
    net.call(owner, contract, "put", [*put, scval.to_uint32(1)])
    first = net.rpc("getLedgerEntries", {"keys": [key.to_xdr()]})["result"]["entries"][0]
    net.call(owner, contract, "put", [*put, scval.to_uint32(2)])
    assert entry(2) is None
    assert entry(1) == first
    net.control("faults", method="simulateTransaction", kind="stale", ledgers=1)
    read = net.builder(owner).append_invoke_contract_function_op(contract, "get", [scval.to_symbol("k")]).build()
    stale, true = (net.server.simulate_transaction(read).results[0].xdr for _ in range(2))
    assert (scval.from_uint32(stale), scval.from_uint32(true)) == (1, 2)
    done = net.call(owner, contract, "get", [scval.to_symbol("k")])
    assert scval.from_uint32(return_value(done)) == 2


def test_a_short_window_makes_old_cursors_an_error(quiet: Net) -> None:
    tx_hash, seen = applied(quiet, funded(quiet)), latest(quiet)
    quiet.control("close", ledgers=3)
    quiet.control("faults", method="*", kind="short_window", ledgers=2, times=4)
    health = quiet.rpc("getHealth")["result"]
    assert (health["oldestLedger"], health["latestLedger"]) == (seen + 2, seen + 3)
    refused = quiet.rpc("getEvents", {"startLedger": seen})["error"]
    assert (refused["code"], f"{seen + 2} - {seen + 3}" in refused["message"]) == (-32600, True)
    assert quiet.server.get_transaction(tx_hash).status.value == "NOT_FOUND"
    assert quiet.rpc("getTransactions", {"startLedger": seen})["error"]["code"] == -32600
    assert quiet.server.get_transaction(tx_hash).status.value == "SUCCESS"


def test_a_gap_hides_ledgers_in_the_middle(quiet: Net) -> None:
    person = funded(quiet)
    hashes = [applied(quiet, person) for _ in range(3)]
    last = latest(quiet)
    whole = event_ids(quiet, startLedger=last - 2)
    quiet.control("faults", method="*", kind="gap", **{"from": last - 1, "to": last - 1, "times": 0})
    found = [quiet.server.get_transaction(tx_hash).status.value for tx_hash in hashes]
    assert found == ["SUCCESS", "NOT_FOUND", "SUCCESS"]
    assert latest(quiet) == last
    left = event_ids(quiet, startLedger=last - 2)
    assert left == [one for one in whole if int(one.split("-")[0]) >> 32 != last - 1] != whole
    ledgers = quiet.rpc("getLedgers", {"startLedger": last - 2})["result"]["ledgers"]
    assert [ledger["sequence"] for ledger in ledgers] == [last - 2, last]


@pytest.mark.parametrize("method", ["getEvents", "getTransactions", "getLedgers"])
def test_a_page_comes_twice(quiet: Net, method: str) -> None:
    person = funded(quiet)
    first = latest(quiet)
    for _ in range(3):
        applied(quiet, person)
    quiet.control("faults", method=method, kind="duplicate_page")
    page = quiet.rpc(method, {"startLedger": first, "pagination": {"limit": 2}})["result"]
    again = quiet.rpc(method, {"pagination": {"limit": 2, "cursor": page["cursor"]}})["result"]
    following = quiet.rpc(method, {"pagination": {"limit": 2, "cursor": page["cursor"]}})["result"]
    assert again == page
    assert following["cursor"] != page["cursor"]


def test_a_refused_call_leaves_nothing_and_a_lost_answer_does(quiet: Net) -> None:
    person = funded(quiet)
    envelope = bump_of(quiet, person)
    for kind, status in (("refuse", "NOT_FOUND"), ("drop_after_accept", "SUCCESS")):
        quiet.control("faults", method="sendTransaction", kind=kind)
        with pytest.raises(http.client.RemoteDisconnected):
            quiet.rpc("sendTransaction", {"transaction": envelope.to_xdr()})
        quiet.control("close")
        assert quiet.server.get_transaction(envelope.hash_hex()).status.value == status
    quiet.control("faults", method="getHealth", kind="unavailable")
    assert quiet.http("/rpc", {"jsonrpc": "2.0", "id": 1, "method": "getHealth"})[0] == 503
    assert quiet.rpc("getHealth")["result"]["status"] == "healthy"


def test_a_late_answer_comes_after_its_effect_and_the_third_call_is_the_one(quiet: Net) -> None:
    person = funded(quiet)
    quiet.control("faults", method="sendTransaction", kind="delay_answer", ms=300, after=2)
    envelope = bump_of(quiet, person)
    statuses = [quiet.send(envelope).status.value for _ in range(2)]
    began = time.monotonic()
    statuses.append(quiet.send(envelope).status.value)
    assert time.monotonic() - began >= 0.3
    assert statuses == ["PENDING", "DUPLICATE", "DUPLICATE"]


@pytest.mark.parametrize(
    "fault",
    [
        {"method": "getNothing", "kind": "error"},
        {"method": "getEvents", "kind": "try_again_later"},
        {"method": "sendTransaction", "kind": "stale", "ledgers": 1},
        {"method": "getHealth", "kind": "stale"},
        {"method": "getHealth", "kind": "delay"},
        {"method": "getHealth", "kind": "duplicate_page"},
        {"method": "getEvents", "kind": "gap", "from": 5, "to": 4},
        {"method": "getEvents", "kind": "error", "tims": 2},
    ],
)
def test_faults_that_cannot_be_are_refused(quiet: Net, fault: dict[str, object]) -> None:
    status, told = quiet.http("/control/faults", fault)
    assert (status, bool(told["detail"])) == (400, True)
    assert quiet.http("/control/faults")[1] == []


def test_anybody_is_given_any_asset(net: Net) -> None:
    issuer, holder, owner = Keypair.random(), Keypair.random(), net.person()
    asset, contract = f"GIFT:{issuer.public_key}", net.deploy(owner)
    start = latest(net) + 1
    net.control("fund", address=holder.public_key, asset=asset, amount="12.5")
    net.control("fund", address=holder.public_key, asset=asset, amount="1")
    net.control("fund", address=contract, asset=asset, amount="3.0000001")
    net.control("fund", address=contract, amount="2")
    balances = net.http("/accounts/" + holder.public_key)[1]["balances"]
    assert {"13.5000000"} == {line["balance"] for line in balances if line.get("asset_code") == "GIFT"}
    mint = scval.to_symbol("mint").to_xdr()
    minted = net.rpc("getEvents", {"startLedger": start, "filters": [{"topics": [[mint, "**"]]}]})["result"]["events"]
    assert [scval.from_int128(event["value"]) for event in minted] == [125_000_000, 10_000_000, 30_000_001]
    asset_contract = minted[0]["contractId"]
    for token, units in ((asset_contract, 30_000_001), (NATIVE, 20_000_000)):
        done = net.call(owner, token, "balance", [scval.to_address(contract)])
        assert scval.from_int128(return_value(done)) == units


def test_an_issuer_that_asks_for_leave_is_not_asked(net: Net) -> None:
    issuer, holder = net.person(), net.person()
    net.submit(net.builder(issuer).append_set_options_op(set_flags=FLAGS), issuer)
    owner = net.person()
    contract = net.deploy(owner)
    for address in (holder.public_key, contract):
        net.control("fund", address=address, asset=f"LEAVE:{issuer.public_key}", amount="7")
    balances = net.http("/accounts/" + holder.public_key)[1]["balances"]
    line = next(line for line in balances if line.get("asset_code") == "LEAVE")
    assert (line["balance"], line["is_authorized"]) == ("7.0000000", True)


def test_gifts_that_cannot_be_are_told(net: Net) -> None:
    person = net.person()
    wrong = [
        {"address": "nobody", "amount": "1"},
        {"address": person.public_key, "amount": "0"},
        {"address": person.public_key, "amount": "1.00000001"},
        {"address": person.public_key, "asset": "USD", "amount": "1"},
        {"address": person.public_key, "asset": f"USD:{person.public_key}", "amount": "1"},
        {"address": person.public_key, "amount": "922337203685.4775807"},
    ]
    for body in wrong:
        status, told = net.http("/control/fund", body)
        assert (status, bool(told["detail"])) == (400, True), body


def test_a_gift_needs_no_signature_but_a_stranger_still_does(net: Net) -> None:
    """What the control path may do, an envelope over the RPC may not."""
    giver, taker = net.person(), net.person()
    envelope = (
        net.builder(taker).append_payment_op(taker.public_key, Asset.native(), "1", source=giver.public_key).build()
    )
    envelope.sign(taker)
    sent = net.send(envelope)
    assert sent.status.value == "ERROR"
    assert error_code(sent) == "txFAILED"
