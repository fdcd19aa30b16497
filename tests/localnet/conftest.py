"""A local network for the whole session, and fresh ones where a test moves the clock or kills the process."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from localnet_kit import Net


@pytest.fixture(scope="session")
def net() -> Iterator[Net]:
    """Instant close. Tests share it, so they look only at what they made themselves."""
    running = Net().start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def start_net() -> Iterator[Callable[..., Net]]:
    """Starts networks with options of their own; all end with the test."""
    started: list[Net] = []

    def start(*options: str) -> Net:
        started.append(Net(options).start())
        return started[-1]

    yield start
    for running in started:
        if running.process is not None:
            running.stop()
