"""A local Stellar network of the tests' own, with the contracts deployed on it. The real binary, the real wasm."""

import asyncio
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tenor.chain.deploy import Plan, deploy, read_wasm
from tenor.chain.keys import ensure_keys
from tenor.settings import load
from tenor.up.localnet import localnet_binary
from tenor.up.start import wasm_folder


@contextmanager
def running_localnet(log: Path) -> Iterator[str]:
    """URL of a network that closes a ledger whenever a transaction arrives; what it complains of is in `log`."""
    command = [localnet_binary(), "--port", "0", "--close", "instant"]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=output, text=True)
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"listening on (http://\S+)", first)
        assert found, f"localnet said {first!r}: {log.read_text()[-2000:]}"
        yield found[1].rstrip("/")
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()


def install(localnet: str, data: Path) -> dict[str, str]:
    """Deploy on `localnet`; the environment of that installation, without a database of its own."""
    environ = {
        "TENOR_DATA": str(data),
        "DATABASE_URL": "postgresql://unused",
        "REDIS_URL": "redis://unused",
        "RPC_URL": f"{localnet}/rpc",
        "FRIENDBOT_URL": f"{localnet}/friendbot",
    }
    settings = load(environ)
    plan = Plan(wasm=read_wasm(wasm_folder()))
    asyncio.run(deploy(settings, ensure_keys(settings.keys_file), plan, say=lambda _: None))
    return environ
