"""Several RPC servers: who lags, lies or is silent is named and passed over; nothing moves while they disagree."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import httpx
import pytest
from chainkit import ALICE, ESCROW
from node import BUSY, Node, served
from submitting import KEYS, NodeClock, Submitter

from tenor.chain import landmark
from tenor.chain import nodes as of
from tenor.chain.index import IndexHalted, index
from tenor.chain.models import Landmark
from tenor.chain.nodes import Nodes, NodesDisagree
from tenor.chain.rpc import EventsLost, Newest, RpcLedger, WrongNetwork
from tenor.db import Maker, transaction
from tenor.ledger import calls
from tenor.ledger.errors import LedgerUnavailable
from tenor.ledger.events import EventFilter
from tenor.ledger.submission import Absent, Applied
from tenor.projector import project
from tenor.replay import begin_again
from tenor.world import World

FILTERS = (EventFilter((ESCROW,), (("**",),)),)


@pytest.fixture
async def three() -> AsyncIterator[list[Node]]:
    async with AsyncExitStack() as stack:
        found = [await stack.enter_async_context(served(Node())) for _ in range(3)]
        for node in found:
            for key in KEYS.values():
                node.accounts[key.public_key] = 100
        yield found


@pytest.fixture
async def network(three: list[Node]) -> AsyncIterator[Nodes]:
    clock = NodeClock(three[0])
    newest = Newest()
    async with httpx.AsyncClient() as client:
        yield Nodes(
            [
                of.Node(name, RpcLedger(client, url=node.url, passphrase=node.passphrase, clock=clock, newest=newest))
                for name, node in zip(("first", "second", "third"), three, strict=True)
            ],
            clock=clock,
        )


def later(three: list[Node], seconds: int = of.LOOK_SECONDS) -> None:
    """Time for another look at them all."""
    for node in three:
        node.close(seconds)


async def test_p024_the_next_node_answers_when_the_first_is_silent_and_the_first_again_when_it_is_back(
    three: list[Node], network: Nodes
) -> None:
    three[0].fault = lambda *_: BUSY
    assert (await network.tip()).sequence == three[1].ledger
    troubled = await network.troubled()
    assert list(troubled) == ["first"]
    assert "503" in troubled["first"]
    three[0].fault = None
    later(three)
    before = len(three[0].asked)
    await network.tip()
    assert await network.troubled() == {}
    assert three[0].asked[before:].count("getHealth") == 2, "looked at, and asked again"


async def test_p003_p024_a_node_that_lags_is_named_and_asked_last(three: list[Node], network: Nodes) -> None:
    three[0].ledger -= 30
    assert (await network.tip()).sequence == three[1].ledger
    assert await network.troubled() == {"first": "It is 30 ledgers behind the others."}


async def test_p023_a_node_that_contradicts_two_others_is_never_asked(three: list[Node], network: Nodes) -> None:
    three[0].history = "false"
    three[0].ledger += 3
    assert (await network.tip()).sequence == three[1].ledger
    assert list(await network.troubled()) == ["first"]
    for node in three[1:]:
        node.fault = lambda *_: BUSY
    with pytest.raises(LedgerUnavailable):
        await network.tip()
    assert "getFeeStats" not in three[0].asked


async def test_p023_two_that_disagree_move_nothing_until_they_agree(three: list[Node], network: Nodes) -> None:
    three[2].fault = lambda *_: BUSY
    three[1].history = "false"
    for attempt in (network.tip(), network.send("AAAA"), network.seen("00" * 32)):
        with pytest.raises(NodesDisagree, match=r"first has .*second has"):
            await attempt
    assert not three[0].received
    assert not three[1].received
    three[1].history = "true"
    later(three)
    assert (await network.tip()).sequence == three[0].ledger


async def test_p022_a_node_of_another_network_is_named_and_never_asked(three: list[Node], network: Nodes) -> None:
    three[0].passphrase = "Test SDF Network ; September 2015"
    with pytest.raises(WrongNetwork):
        await network.check()
    assert (await network.tip()).sequence == three[1].ledger
    assert "another network" in (await network.troubled())["first"]


async def test_p001_p003_one_node_that_knows_a_transaction_outweighs_those_that_do_not(
    three: list[Node], network: Nodes
) -> None:
    assert isinstance(await network.seen("ab" * 32), Absent)
    from node import Included

    three[2].included["ab" * 32] = Included(99, 1_799_999_990, success=True)
    assert isinstance(await network.seen("ab" * 32), Applied)


async def test_p003_absence_reaches_only_as_far_as_the_node_furthest_behind(three: list[Node], network: Nodes) -> None:
    three[1].ledger, three[1].closed_at = three[1].ledger + 2, three[1].closed_at + 10
    three[2].oldest = 50
    seen = await network.seen("ab" * 32)
    assert isinstance(seen, Absent)
    assert (seen.tip.sequence, seen.tip.oldest) == (three[0].ledger, 50)


async def test_p057_a_range_is_lost_only_when_no_node_keeps_it(three: list[Node], network: Nodes) -> None:
    for node in three:
        node.ledger, node.oldest = 500, 300
    three[2].oldest = 1
    assert (await network.events(filters=FILTERS, start=5, limit=10)).latest == 500
    three[2].oldest = 300
    with pytest.raises(EventsLost):
        await network.events(filters=FILTERS, start=5, limit=10)


# --- the network itself


async def test_p023_a_reset_network_stops_sending_and_indexing_and_says_the_way_out(
    submitter: Submitter, node: Node
) -> None:
    from tenor.chain import flows

    maker, world = submitter.maker, submitter.world
    assert await landmark.watch(maker, world) is None
    async with transaction(maker) as session:
        row = await flows.order(
            session, role="operator", purpose="set_allowed", purpose_key="k", subject=ALICE,
            call=calls.set_allowed(ESCROW, account=ALICE, allowed=True),
        )  # fmt: skip
    node.history = "after a reset"
    node.close()
    trouble = await landmark.watch(maker, world)
    assert trouble is not None
    assert "reset" in trouble
    assert "tenor reindex" in trouble
    await submitter.submit(row.id)
    assert not node.received
    assert (await submitter.row(row.id)).status == "planned"
    with pytest.raises(IndexHalted, match="reset"):
        await follow(maker, world)
    node.history = "true"
    assert await landmark.watch(maker, world) is None
    await submitter.submit(row.id)
    assert len(node.received) == 1, "it goes on by itself"
    await follow(maker, world)


async def test_p023_a_network_that_begins_again_below_what_was_seen_is_a_reset_too(
    database: Maker, world: World, node: Node
) -> None:
    await landmark.watch(database, world)
    node.ledger = 40
    assert isinstance(world.ledger, RpcLedger)
    world.ledger._newest.ledger = 0  # a process that has just started
    trouble = await landmark.watch(database, world)
    assert trouble is not None
    assert "ledger 100 was seen before" in trouble


async def test_p022_another_passphrase_stops_everything(database: Maker, world: World, node: Node) -> None:
    await landmark.watch(database, world)
    node.passphrase = "Test SDF Network ; September 2015"
    trouble = await landmark.watch(database, world)
    assert trouble is not None
    assert "Test SDF Network" in trouble


async def test_p023_begin_again_forgets_the_old_network_and_nothing_while_it_is_the_same(
    submitter: Submitter, node: Node
) -> None:
    maker, world = submitter.maker, submitter.world
    await landmark.watch(maker, world)
    assert await begin_again(maker) is None
    await follow(maker, world)
    node.history = "after a reset"
    await landmark.watch(maker, world)
    assert await begin_again(maker) is not None
    async with transaction(maker) as session:
        assert await session.get(Landmark, landmark.NAME) is None
    assert await landmark.watch(maker, world) is None
    await follow(maker, replace(world))


async def follow(maker: Maker, world: World) -> None:
    from chainkit import decoder

    await index(maker, world, decoder(), project)
