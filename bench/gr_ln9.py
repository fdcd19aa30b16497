"""LN9: the official Rust client reads every answer of the local network."""

import subprocess
from pathlib import Path
from typing import Any

import httpx
from ledger_kit import Net
from stellar_sdk import Keypair

ID = "LN9"
WHAT = "localnet: calls of stellar-rpc-client (Rust) answered as it expects"
UNIT = "calls"
CALLS = 21
GOAL = (">=", CALLS)
JUDGE = Path(__file__).resolve().parent.parent / "tests" / "localnet" / "rust" / "Cargo.toml"


def run(_repeats: int) -> dict[str, Any]:
    """The judge ends with an error at the first answer that it cannot read or that means something else."""
    subprocess.run(["cargo", "build", "--quiet", "--locked", "--manifest-path", JUDGE], check=True)
    with Net(close="instant") as net:
        person = Keypair.random()
        httpx.get(f"{net.base}/friendbot", params={"addr": person.public_key}).raise_for_status()
        command = ["cargo", "run", "--quiet", "--locked", "--manifest-path", JUDGE, "--", f"{net.base}/rpc"]
        done = subprocess.run([*command, person.raw_secret_key().hex()], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    judged = int(done.stdout)
    return {"value": judged, "ours": judged, "yardstick": None, "spread": None, "repeats": 1}
