"""The command line: a refusal is one sentence and exit code 2, never a trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BARE = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}


def tenor(*args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tenor.cli", *args]
    return subprocess.run(command, env=BARE | environ, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("command", ["gaps", "stuck", "reconcile", "replay"])
def test_a_missing_setting_is_one_sentence(command: str, tmp_path: Path) -> None:
    done = tenor(command, TENOR_DATA=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("tenor: DATABASE_URL is not set")
    assert len(done.stderr.strip().splitlines()) == 1


def test_missing_keys_are_one_sentence(tmp_path: Path) -> None:
    done = tenor(
        "stuck",
        TENOR_DATA=str(tmp_path),
        DATABASE_URL="postgresql://127.0.0.1:1/x",
        REDIS_URL="redis://127.0.0.1:1",
        RPC_URL="http://127.0.0.1:1",
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "keys.json does not exist" in done.stderr


def test_a_node_that_is_down_is_one_sentence(tmp_path: Path) -> None:
    keys = tenor("keys", TENOR_DATA=str(tmp_path))
    assert keys.returncode == 0, keys.stderr
    done = tenor(
        "gaps",
        TENOR_DATA=str(tmp_path),
        DATABASE_URL="postgresql://127.0.0.1:1/x",
        REDIS_URL="redis://127.0.0.1:1",
        RPC_URL="http://127.0.0.1:1",
    )
    assert done.returncode == 2
    assert "did not answer getNetwork" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "doctor",
        "journal",
        "diff",
        "serve",
        "worker",
        "migrate",
        "replay",
        "gaps",
        "stuck",
        "reconcile",
        "verify",
        "channels",
        "disburse",
    ],
)
def test_every_operational_command_explains_itself(command: str) -> None:
    done = tenor(command, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout
