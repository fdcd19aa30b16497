"""Throw-away people exist on a local network of our own and nowhere else."""

from dataclasses import replace

import pytest

from tenor.console import demo
from tenor.console.demo import NoDemoHere
from tenor.settings import Settings


@pytest.mark.parametrize(
    "changes",
    [
        {"network_passphrase": "Public Global Stellar Network ; September 2015"},
        {"network_passphrase": "Test SDF Network ; September 2015"},
        {"friendbot_url": None},
        {"host": "0.0.0.0"},
        {"host": "192.168.1.7"},
        {"host": "example.org"},
    ],
)
def test_there_is_no_demo_elsewhere(settings: Settings, changes: dict[str, str | None]) -> None:
    demo.check_here(settings)
    with pytest.raises(NoDemoHere):
        demo.check_here(replace(settings, **changes))  # type: ignore[arg-type]
