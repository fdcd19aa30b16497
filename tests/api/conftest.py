"""What tests of the API share beyond the application itself."""

import httpx
import pytest
from people import LogIn
from trade import Trade

from tenor.chain.keys import PlatformKeys
from tenor.db import Maker
from tenor.settings import Settings
from tenor.world import World


@pytest.fixture
def trade(  # noqa: PLR0917 - fixtures are asked for by name
    client: httpx.AsyncClient, database: Maker, world: World, settings: Settings, keys: PlatformKeys, log_in: LogIn
) -> Trade:
    return Trade(client, database, world, settings, keys, log_in)
