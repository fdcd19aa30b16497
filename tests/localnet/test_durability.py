"""What was answered as applied is there after a kill, and the data directory belongs to one network and one process."""

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
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
