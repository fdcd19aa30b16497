"""`tenor up`, from the outside: one installation, told in order. The demo is the proof that everything is connected."""

import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from docs_blocks import ROOT, pages_to_run, run_page
from installed import Installed


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    found = Installed(tmp_path_factory.mktemp("up") / "a folder with spaces")
    yield found
    if found.process is not None and found.process.poll() is None:
        found.end(signal.SIGKILL)


def test_1_it_starts_beside_a_taken_port(installed: Installed) -> None:
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]
        installed.start(TENOR_PORT=str(taken))
    assert any(f"port {taken} is taken" in line for line in installed.said)
    assert not installed.url.endswith(f":{taken}")
    while not (ready := httpx.get(f"{installed.url}/ready", timeout=60)).is_success:
        assert installed.process is not None
        assert installed.process.poll() is None, ready.text  # a check may be late on a busy machine
    steps = [line for line in installed.said if line.startswith("[")]
    assert len(steps) == 8
    assert all(line.endswith(" s)") for line in steps)


@pytest.mark.parametrize("page", [page.name for page in pages_to_run()])
def test_2_every_command_in_the_docs_works(installed: Installed, page: str) -> None:
    (found,) = [one for one in pages_to_run() if one.name == page]
    done = run_page(found, installed.data)
    assert done.returncode == 0, done.stdout + done.stderr


def test_3_the_demo_of_the_first_tutorial_ended_equal_to_the_unit() -> None:
    told = json.loads((ROOT / "build" / "story.json").read_text())
    assert told["equal"] is True
    assert len(told["checks"]) > 40
    assert all(one["database"] == one["ledger"] for one in told["checks"])
    assert {one["code"] for one in told["refusals"]} == {"already-funded", "approver-is-proposer"}
    purposes = {one["purpose"] for one in told["transactions"]}
    expected = {
        "create_escrow",
        "attest",
        "acknowledge",
        "fund_escrow",
        "refund",
        "record_payment",
        "distribute",
        "claim",
    }
    assert expected <= purposes, purposes
    assert all(len(one["hash"]) == 64 and one["ledger"] > 0 for one in told["transactions"])


@pytest.mark.parametrize("command", ["reconcile", "gaps", "stuck", "journal", "replay"])
def test_4_operators_find_nothing_to_do(installed: Installed, command: str) -> None:
    done = installed.command(command)
    assert done.returncode == 0, done.stdout + done.stderr


def test_4_the_doctor_looks_at_everything(installed: Installed) -> None:
    """The story has moved the ledger's clock, so not all is well; and nothing is left out."""
    done = installed.command("doctor", "--json")
    found = {each["name"]: each for each in json.loads(done.stdout)}
    assert len(found) >= 15
    assert all(found[name]["ok"] for name in ("keys", "deployment", "database", "migrations", "ledger", "contracts"))
    assert not [name for name, each in found.items() if each["told"] == "not looked at"]


def test_5_a_second_one_says_where_the_first_runs(installed: Installed) -> None:
    done = installed.command("up")
    assert done.returncode == 2
    assert f"already runs from {installed.data} at {installed.url}" in done.stderr


def test_6_a_process_that_dies_is_named_and_takes_all_with_it(installed: Installed) -> None:
    (worker,) = [
        int(folder.name)
        for folder in Path("/proc").iterdir()
        if folder.name.isdigit() and _is_worker(folder, installed.data)
    ]
    os.kill(worker, signal.SIGKILL)
    code, said = installed.last_words()
    assert code == 2
    assert "'worker' ended by SIGKILL" in said
    assert installed.alive() == []


def test_7_a_second_start_finds_its_data_and_ctrl_c_leaves_nobody(installed: Installed) -> None:
    installed.start()
    assert any("0 of them new" in line for line in installed.said)
    assert not any("upload" in line for line in installed.said)
    settled = httpx.get(f"{installed.url}/v1/marketplace", params={"status": "settled"}).json()["items"]
    assert len(settled) == 1
    code, said = installed.end()
    assert code == 0, said
    assert installed.alive() == []


def test_8_down_stops_it_and_forgets_it(installed: Installed) -> None:
    installed.start()
    done = installed.command("down", "--forget")
    assert done.returncode == 0, done.stderr
    assert installed.last_words()[0] == 0
    assert not installed.data.exists()
    assert installed.alive() == []


def _is_worker(folder: Path, data: Path) -> bool:
    try:
        words = (folder / "cmdline").read_bytes().split(b"\0")
        return b"worker" in words and str(data).encode() in (folder / "environ").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False
