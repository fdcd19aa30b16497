"""Settings of one's own: a file that says what differs from a preset, taken whole or refused in a sentence."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from localnet_kit import WASM, Net, binary
from stellar_sdk import xdr

Start = Callable[..., Net]
Write = Callable[[Any], str]

SMALL = {
    "based_on": "testnet",
    "updated_entry": [
        {"contract_compute_v0": {"tx_max_instructions": "1000000"}},
        {"contract_execution_lanes": {"ledger_max_tx_count": 3}},
    ],
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes such a file; its path."""

    def to(content: Any) -> str:
        path = tmp_path / "settings.json"
        path.write_text(json.dumps(content))
        return str(path)

    return to


def setting(net: Net, name: str) -> Any:
    """A setting as the ledger shows it."""
    kind = xdr.ConfigSettingID["CONFIG_SETTING_" + name.upper()]
    key = xdr.LedgerKey(
        xdr.LedgerEntryType.CONFIG_SETTING, config_setting=xdr.LedgerKeyConfigSetting(config_setting_id=kind)
    )
    found = net.rpc("getLedgerEntries", {"keys": [key.to_xdr()], "xdrFormat": "json"})["result"]["entries"]
    return found[0]["dataJson"]["config_setting"][name]


def test_what_the_file_names_differs_and_the_rest_is_the_presets(start_net: Start, write: Write) -> None:
    net = start_net("--close", "instant", "--limits", write(SMALL))
    compute = setting(net, "contract_compute_v0")
    assert (compute["tx_max_instructions"], compute["tx_memory_limit"]) == ("1000000", 41_943_040)
    assert setting(net, "contract_execution_lanes")["ledger_max_tx_count"] == 3
    assert setting(net, "state_archival")["min_persistent_ttl"] == 120_960
    # The network holds calls to it: parsing this code takes more than a million instructions.
    owner = net.person()
    told = net.server.simulate_transaction(net.builder(owner).append_upload_contract_wasm_op(WASM).build())
    assert told.error is not None
    assert "Budget" in told.error


def test_a_data_directory_remembers_its_file(start_net: Start, write: Write, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    net = start_net("--limits", write(SMALL), "--data", data)
    net.stop()
    net.start().stop()
    other = write({**SMALL, "based_on": "mainnet"})
    for limits in ("testnet", other):
        command = [str(binary()), "--port", "0", "--data", data, "--limits", limits]
        refused = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert refused.returncode == 1
        assert "limits own " in refused.stderr


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"updated_entry": [{"contract_compute": {}}]}, "no setting"),
        ({"updated_entry": [{"contract_compute_v0": {"tx_max_instructions": "-1"}}]}, "must be positive"),
        ({"updated_entry": [{"contract_cost_params_cpu_instructions": []}]}, "86 rows"),
        ({"based_on": "pubnet", "updated_entry": []}, "names no preset"),
        ([1], "not a file of settings"),
    ],
)
def test_a_file_that_is_not_sound_is_refused(write: Write, content: Any, why: str) -> None:
    command = [str(binary()), "--port", "0", "--limits", write(content)]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert why in refused.stderr


def test_a_file_that_is_not_there_is_told_with_the_presets(tmp_path: Path) -> None:
    command = [str(binary()), "--port", "0", "--limits", str(tmp_path / "none.json")]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 2
    assert "mainnet, testnet, unlimited" in refused.stderr
