"""What was answered as applied is there after a kill, and the data directory belongs to one network and one process."""

import signal
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from kill_loop import survive
from localnet_kit import Net, binary, contract_data_key, return_value
from stellar_sdk import scval

Start = Callable[..., Net]


def state_of(net: Net, keys: list[object]) -> list[str]:
    entries = net.server.get_ledger_entries(keys).entries or []  # type: ignore[arg-type]
    return [f"{e.key} {e.xdr} {e.last_modified_ledger} {e.live_until_ledger}" for e in entries]


@pytest.mark.parametrize("round_", range(3))
def test_a_killed_network_comes_back_as_it_was(start_net: Start, tmp_path: Path, round_: int) -> None:
    net = start_net("--close", "instant", "--data", str(tmp_path))
    owner = net.person()
    contract = net.deploy(owner)
    for number in range(5 + round_):
        arguments = [scval.to_address(owner.public_key), scval.to_symbol(f"k{number}"), scval.to_uint32(number)]
        net.call(owner, contract, "put", arguments)
    keys: list[object] = [contract_data_key(contract, scval.to_symbol(f"k{number}")) for number in range(5 + round_)]
    net.control("archive", key=keys[0].to_xdr())  # type: ignore[attr-defined]
    net.control("clock", advance_seconds=86_400)
    before = (net.server.get_latest_ledger(), state_of(net, keys), net.server.get_events(1).events)
    envelope = net.builder(owner).append_bump_sequence_op(1).build()
    envelope.sign(owner)
    assert net.send(envelope).status.value == "PENDING"
    entries = net.http("/control")[1]["entries"]
    net.stop(signal.SIGKILL)
    net.start()
    assert net.http("/control")[1]["entries"] == entries
    assert net.server.get_transaction(envelope.hash_hex()).status.value == "SUCCESS"
    latest = net.server.get_latest_ledger()
    assert latest.sequence == before[0].sequence + 1
    assert latest.close_time >= before[0].close_time
    assert state_of(net, keys) == before[1]
    assert net.server.get_events(1).events[: len(before[2])] == before[2]
    done = net.call(owner, contract, "get", [scval.to_symbol("k0")])
    assert scval.from_uint32(return_value(done)) == 0


def test_a_torn_tail_is_forgotten(start_net: Start, tmp_path: Path) -> None:
    net = start_net("--close", "instant", "--data", str(tmp_path))
    person = net.person()
    last = net.server.get_latest_ledger()
    net.person()
    net.stop(signal.SIGKILL)
    log = tmp_path / "ledger.log"
    log.write_bytes(log.read_bytes()[:-7])
    net.start()
    assert net.server.get_latest_ledger().id == last.id
    net.submit(net.builder(person).append_bump_sequence_op(1), person)


def test_a_snapshot_survives_the_process(start_net: Start, tmp_path: Path) -> None:
    net = start_net("--close", "instant", "--data", str(tmp_path))
    person = net.person()
    net.control("snapshot", name="kept")
    stranger = net.person()
    net.stop(signal.SIGKILL)
    net.start()
    net.control("restore", name="kept")
    assert net.http("/accounts/" + stranger.public_key)[0] == 404
    net.submit(net.builder(person).append_bump_sequence_op(1), person)
    net.stop(signal.SIGKILL)
    net.start()
    assert net.http("/accounts/" + stranger.public_key)[0] == 404
    assert net.http("/accounts/" + person.public_key)[0] == 200


def test_another_network_or_a_second_process_is_refused_with_a_sentence(start_net: Start, tmp_path: Path) -> None:
    net = start_net("--close", "instant", "--data", str(tmp_path))

    def refusal(*options: str) -> str:
        command = [str(binary()), "--port", "0", "--data", str(tmp_path), *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == 1
        return done.stderr

    assert "another process uses this data directory" in refusal()
    net.stop()
    assert "holds another network" in refusal("--passphrase", "Another")
    assert "holds another network" in refusal("--limits", "testnet")


def test_a_taken_port_is_told(net: Net) -> None:
    done = subprocess.run(
        [str(binary()), "--port", str(net.port)], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{net.port}" in done.stderr


def test_twenty_kills_in_the_middle_of_payments_lose_nothing_that_was_told(start_net: Start, tmp_path: Path) -> None:
    """`make prove` does it a thousand times."""
    net = start_net("--close", "instant", "--data", str(tmp_path))
    assert survive(net, kills=20, seed=1) >= 10


def test_a_log_written_anew_is_shorter_and_holds_the_same(start_net: Start, tmp_path: Path) -> None:
    net = start_net("--close", "instant", "--retention", "10", "--data", str(tmp_path))
    owner = net.person()
    contract = net.deploy(owner)
    key = contract_data_key(contract, scval.to_symbol("k"))
    for number in range(30):
        net.call(
            owner, contract, "put", [scval.to_address(owner.public_key), scval.to_symbol("k"), scval.to_uint32(number)]
        )
    log = tmp_path / "ledger.log"
    before = (log.stat().st_size, net.server.get_latest_ledger(), state_of(net, [key]), net.server.get_health())
    net.control("compact")
    assert log.stat().st_size < before[0] / 2
    after = [net.call(owner, contract, "get", [scval.to_symbol("k")]).transaction_hash for _ in range(2)]
    net.stop(signal.SIGKILL)
    net.start()
    assert state_of(net, [key]) == before[2]
    health = net.server.get_health()
    assert health.latest_ledger - health.oldest_ledger == 9
    assert health.oldest_ledger == before[3].oldest_ledger + 2
    assert [net.server.get_transaction(tx_hash).status.value for tx_hash in after] == ["SUCCESS"] * 2
    page = net.server.get_ledgers(health.oldest_ledger).ledgers
    assert page[-3].hash == before[1].id


def test_a_network_travels_as_one_file(start_net: Start, tmp_path: Path) -> None:
    net = start_net("--close", "instant")
    owner = net.person()
    contract = net.deploy(owner)
    put = [scval.to_address(owner.public_key), scval.to_symbol("k"), scval.to_uint32(5)]
    done = net.call(owner, contract, "put", put)
    net.control("clock", advance_seconds=86_400)
    with urllib.request.urlopen(net.url + "/control/export") as answer:
        exported = answer.read()
    other = start_net("--close", "instant", "--data", str(tmp_path))
    assert other.http("/control/import", raw=exported)[0] == 200
    for _ in range(2):
        assert other.server.get_latest_ledger().id == net.server.get_latest_ledger().id
        assert other.server.get_transaction(done.transaction_hash).result_meta_xdr == done.result_meta_xdr
        read = other.call(owner, contract, "get", [scval.to_symbol("k")])
        assert scval.from_uint32(return_value(read)) == 5
        assert other.http("/control")[1]["clock"] >= net.http("/control")[1]["clock"] - 1
        assert other.http("/control/import", raw=exported)[0] == 200
        other.stop(signal.SIGKILL)
        other.start()


def test_a_file_that_is_cut_or_of_another_network_changes_nothing(start_net: Start) -> None:
    net, stranger = start_net("--close", "instant"), start_net("--close", "instant", "--passphrase", "Another")
    with urllib.request.urlopen(net.url + "/control/export") as answer:
        exported = answer.read()
    before = net.http("/control")[1]["entries"], net.server.get_latest_ledger().id
    assert net.http("/control/import", raw=exported[:-1])[0] == 400
    assert net.http("/control/import", raw=b"")[0] == 400
    status, told = stranger.http("/control/import", raw=exported)
    assert status == 400
    assert "another network" in told["detail"]
    assert (net.http("/control")[1]["entries"], net.server.get_latest_ledger().id) == before
    assert stranger.person()


def test_what_is_older_than_the_retention_is_forgotten(start_net: Start) -> None:
    net = start_net("--close", "instant", "--retention", "5")
    person = net.person()
    old = net.submit(net.builder(person).append_bump_sequence_op(0), person)
    net.control("close", ledgers=5)
    assert net.server.get_transaction(old.transaction_hash).status.value == "NOT_FOUND"
    health = net.rpc("getHealth")["result"]
    assert health["ledgerRetentionWindow"] == 5
    assert health["latestLedger"] - health["oldestLedger"] == 4
    refused = net.rpc("getEvents", {"startLedger": health["oldestLedger"] - 1})
    assert refused["error"]["code"] == -32600
