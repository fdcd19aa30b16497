"""A node that has forgotten events and still has the ledgers: the same events with the same ids, really."""

from collections.abc import Iterator

import httpx
import pytest

from tenor.chain import index
from tenor.chain.rpc import EventsLost
from tenor.db import Maker, transaction
from tenor.ledger.closes import passes
from tenor.ledger.events import EventFilter
from tenor.projector import project
from tenor.settings import Settings
from tenor.wiring import live_world


@pytest.fixture
def troubled(localnet: str) -> Iterator[httpx.Client]:
    """The network's control path; its faults end with the test."""
    with httpx.Client(base_url=localnet, timeout=30) as http:
        yield http
        http.delete("/control/faults")


def fault(http: httpx.Client, method: str, left: int, times: int = 0) -> None:
    body = {"method": method, "kind": "short_window", "ledgers": left, "times": times}
    http.post("/control/faults", json=body).raise_for_status()


def three_more(http: httpx.Client) -> None:
    """Ledgers without any event."""
    http.post("/control/close", json={"ledgers": 3}).raise_for_status()


async def test_p057_events_are_read_from_ledgers_with_the_same_ids(
    settings: Settings, database: Maker, troubled: httpx.Client
) -> None:
    async with live_world(settings) as world:
        first = world.deployment.first_ledger
        decoder = index.decoder_of(world)
        everything = (*decoder.filters(), EventFilter((), (("**",),)))
        three_more(troubled)
        expected = (await world.ledger.events(filters=everything, start=first, limit=10_000)).events
        assert len(expected) > 10
        fault(troubled, "getEvents", 1)
        found, start = [], first
        while start <= expected[-1].ledger:
            page = await world.ledger.events(filters=everything, start=start, limit=10_000)
            found += page.events
            start = (int(page.cursor.split("-")[0]) >> 32) + 1
        named = [event for event in found if event.id in {each.id for each in expected}]
        assert named == [event for event in expected if event.contract and _in_operation(event.id)]
        while (await _indexed_to(database)) < expected[-1].ledger:  # and the indexer goes the same way
            await index.index(database, world, decoder, project)
        fault(troubled, "getLedgers", 1)
        with pytest.raises(EventsLost, match="do not reach back"):
            await world.ledger.events(filters=everything, start=first, limit=10)


def _in_operation(event_id: str) -> bool:
    """Fee events stand before or behind all transactions."""
    transaction_ = int(event_id.split("-", maxsplit=1)[0]) >> 12 & 0xFFFFF
    return 0 < transaction_ < 0xFFFFF


async def _indexed_to(database: Maker) -> int:
    from tenor.chain.eventlog import place

    async with transaction(database) as session:
        return (await place(session, first_ledger=1)).ledger


@pytest.mark.parametrize(
    ("pattern", "topics", "through"),
    [
        (("a", "*"), ("a", "b"), True),
        (("a", "*"), ("a",), False),
        (("a", "*"), ("a", "b", "c"), False),
        (("a", "**"), ("a",), True),
        (("a", "**"), ("a", "b", "c"), True),
        (("**",), (), True),
        (("b", "**"), ("a",), False),
    ],
)
def test_a_filter_lets_through_what_the_node_would(
    pattern: tuple[str, ...], topics: tuple[str, ...], through: bool
) -> None:
    assert passes(EventFilter((), (pattern,)), "C1", topics) == through
    assert passes(EventFilter(("C1", "C2"), (pattern,)), "C1", topics) == through
    assert not passes(EventFilter(("C2",), (pattern,)), "C1", topics)
