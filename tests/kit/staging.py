"""Fixtures of tests that move time: a ledger of the package's own, so that no other test's clock jumps.

A package asks for them by importing them into its conftest.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from network import install, running_localnet
from people import LogIn
from stage import Stage

from tenor.chain.direct import Direct
from tenor.chain.keys import PlatformKeys
from tenor.db import Maker
from tenor.settings import Settings
from tenor.world import World


@pytest.fixture(scope="package")
def localnet(scratch: Path) -> Iterator[str]:
    with running_localnet(Path(mkdtemp(prefix="stage-", dir=scratch)) / "localnet.log") as url:
        yield url


@pytest.fixture(scope="package")
def installation(localnet: str, scratch: Path) -> dict[str, str]:
    return install(localnet, Path(mkdtemp(prefix="stage-", dir=scratch)))


@pytest.fixture
async def direct(settings: Settings) -> AsyncIterator[Direct]:
    async with Direct(
        rpc_url=settings.rpc_url,
        network_passphrase=settings.network_passphrase,
        friendbot_url=settings.friendbot_url,
    ) as direct:
        yield direct


@pytest.fixture
async def stage(  # noqa: PLR0917 - fixtures are asked for by name
    localnet: str, world: World, database: Maker, keys: PlatformKeys, direct: Direct, log_in: LogIn
) -> Stage:
    """The platform as it is right after deployment, with an empty database that has read the ledger so far."""
    stage = Stage(localnet, world, database, keys, direct, log_in)
    await stage.settle()
    return stage
