"""The local network as a child process: finds the binary, waits for its first answer. Knows nothing of its insides."""

import asyncio
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import httpx

from tenor.kernel.errors import Invalid
from tenor.up.children import Children
from tenor.up.ports import free_port

HOST, PORT = "127.0.0.1", 8000
TICK_SECONDS = 5
"""A ledger at least this often, as on the public network."""


class LocalnetMissing(Invalid):
    pass


def localnet_binary() -> Path:
    """`TENOR_LOCALNET`, else where cargo put it."""
    target = Path(os.environ.get("CARGO_TARGET_DIR") or "target")
    binary = Path(os.environ.get("TENOR_LOCALNET") or target / "localnet" / "tenor-localnet").resolve()
    if not binary.exists():
        raise LocalnetMissing(f"{binary} does not exist: run `make localnet`, or set RPC_URL to a network you have.")
    return binary


async def tick(base: str) -> None:
    """Close a ledger every few seconds, so that time goes on when nobody sends anything."""
    async with httpx.AsyncClient(timeout=5) as client:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            with suppress(httpx.TransportError):
                await client.post(f"{base}/control/close")


async def start_localnet(children: Children, data: Path, passphrase: str, env: Mapping[str, str]) -> str:
    """Start it on port 8000 or a free one, with its state in `data`; the base of its addresses."""
    port = free_port(HOST, PORT)
    command: list[str | Path] = [localnet_binary(), "--port", str(port), "--data", data, "--passphrase", passphrase]
    command += ["--close", "instant"]  # a transaction is in a ledger at once; `tick` closes the empty ones
    await children.start("localnet", command, env=env)
    base = f"http://{HOST}:{port}"
    question = {"jsonrpc": "2.0", "id": 1, "method": "getHealth"}
    async with httpx.AsyncClient(timeout=5) as client:
        while True:
            if (ended := children.ended()) is not None:
                raise ended
            with suppress(httpx.TransportError):
                if "result" in (await client.post(f"{base}/rpc", json=question)).json():
                    return base
            await asyncio.sleep(0.02)
