"""A ledger of its own for stories that move time, so that no other test's clock jumps."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from people import LogIn
from stage import Stage

from tenor.chain.deploy import Plan, deploy, read_wasm
from tenor.chain.direct import Direct
from tenor.chain.keys import PlatformKeys, ensure_keys
from tenor.db import Maker
from tenor.settings import Settings, load
from tenor.up.localnet import localnet_binary
from tenor.up.start import wasm_folder
from tenor.world import World


@pytest.fixture(scope="package")
def localnet(scratch: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [localnet_binary(), "--port", "0", "--close", "instant"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split("listening on ")[1].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture(scope="package")
def installation(localnet: str, scratch: Path) -> dict[str, str]:
    environ = {
        "TENOR_DATA": str(scratch / "stage"),
        "DATABASE_URL": "postgresql://unused",
        "REDIS_URL": "redis://unused",
        "RPC_URL": f"{localnet}/rpc",
        "FRIENDBOT_URL": f"{localnet}/friendbot",
    }
    settings = load(environ)
    keys = ensure_keys(settings.keys_file)
    asyncio.run(deploy(settings, keys, Plan(wasm=read_wasm(wasm_folder())), say=lambda _: None))
    return environ


@pytest.fixture
async def direct(settings: Settings) -> AsyncIterator[Direct]:
    async with Direct(
        rpc_url=settings.rpc_url,
        network_passphrase=settings.network_passphrase,
        friendbot_url=settings.friendbot_url,
    ) as direct:
        yield direct


@pytest.fixture
async def stage(
    *, localnet: str, world: World, database: Maker, keys: PlatformKeys, direct: Direct, log_in: LogIn
) -> Stage:
    """The platform as it is right after deployment, with an empty database that has read the ledger so far."""
    stage = Stage(localnet, world, database, keys, direct, log_in)
    await stage.settle()
    return stage
