"""What the page for others shows works as it stands there: the fixture, the helper, the options and the faults."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from localnet_kit import REPOSITORY, Net, binary
from test_javascript import node  # noqa: F401  a fixture: Node with the SDK beside it

README = (REPOSITORY / "localnet" / "README.md").read_text()


def block(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """An environment where the program is on the path under its own name."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "tenor-localnet").symlink_to(binary())
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_the_pytest_fixture(installed: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(block("python"))
    (tmp_path / "test_mine.py").write_text(
        "from stellar_sdk import Keypair, SorobanServer\n"
        "from urllib.request import urlopen\n"
        "def test_mine(stellar):\n"
        "    me = Keypair.random().public_key\n"
        "    urlopen(f'{stellar}/friendbot?addr={me}').close()\n"
        "    assert SorobanServer(f'{stellar}/rpc').load_account(me).sequence > 0\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path / "test_mine.py")]
    done = subprocess.run(
        command, cwd=tmp_path, env=installed, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_the_node_helper(installed: dict[str, str], tmp_path: Path, node: list[str]) -> None:  # noqa: F811
    (tmp_path / "stellar.mjs").write_text(block("js"))
    (tmp_path / "mine.mjs").write_text(
        'import { startStellar } from "./stellar.mjs";\n'
        "const stellar = await startStellar();\n"
        'const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "getHealth" });\n'
        'const answer = await fetch(stellar.url + "/rpc", { method: "POST", body });\n'
        "console.log((await answer.json()).result.status);\n"
        "stellar.stop();\n"
    )
    command = [*node, str(tmp_path / "mine.mjs")]
    done = subprocess.run(
        command, cwd=tmp_path, env=installed, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "healthy"), done.stderr


def test_every_option_and_no_other_is_told() -> None:
    helped = subprocess.run([binary(), "--help"], capture_output=True, text=True, timeout=30, check=True).stdout
    options = set(re.findall(r"--[a-z]+", helped)) - {"--help", "--version"}
    assert set(re.findall(r"--[a-z]+", README.partition("## Options")[2].partition("## Control")[0])) == options


def test_every_kind_of_fault_is_told(net: Net) -> None:
    refused = net.http("/control/faults", {"method": "getHealth", "kind": "?"})[1]["detail"]
    kinds = set(re.findall(r"`(\w+)`", refused)) - {"?"}
    section = README.partition("### A node in trouble")[2]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == kinds


def test_mainnets_rhythm_has_a_name(net: Net) -> None:
    before = net.http("/control")[1]["close"]
    assert net.control("mode", close="mainnet")["close"] == 5_000
    assert net.control("mode", close=before)["close"] == before
