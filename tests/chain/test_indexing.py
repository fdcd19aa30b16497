"""The indexer over pages that are empty, full, doubled, late, damaged or foreign: every event exactly once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
import pytest
from chainkit import ALICE, DISTRIBUTOR, INVOICE, Place, decoder, event_id, raw
from node import Node
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import StrKey

from tenor.chain import eventlog
from tenor.chain import index as indexer
from tenor.chain.index import Ahead, IndexHalted
from tenor.chain.models import ContractEvent, Cursor
from tenor.db import Maker, transaction
from tenor.ledger.errors import LedgerUnavailable
from tenor.ledger.events import Event, InvoiceCancelled, RawEvent, SharesMoved
from tenor.projector import EventUnhandled
from tenor.world import World

MOVED = {
    "invoice_id": INVOICE, "sender": None, "receiver": ALICE, "amount": 5, "from_balance": 0, "to_balance": 5,
    "supply": 5, "index": 0,
}  # fmt: skip


def cancelled(ledger: int, transaction_: int = 1, index: int = 0) -> RawEvent:
    place = Place(ledger, transaction_, index, tx_hash=f"{ledger:032x}{transaction_:032x}")
    return raw(InvoiceCancelled, {"invoice_id": INVOICE, "by": ALICE, "funded": ledger}, place=place)


def stranger(ledger: int, transaction_: int) -> RawEvent:
    """Another escrow's token that carries our topic."""
    return raw(SharesMoved, MOVED, contract=StrKey.encode_contract(b"s" * 32), place=Place(ledger, transaction_))


@dataclass
class Follower:
    """One indexer with its own projection: what it was told, in order, in the same transaction as the log."""

    maker: Maker
    world: World
    told: list[str] = field(default_factory=list)
    trouble: Callable[[Event], Awaitable[None] | None] | None = None
    ahead: Ahead | None = None

    async def project(self, session: AsyncSession, event: Event) -> None:
        if self.trouble is not None and (found := self.trouble(event)) is not None:
            await found
        self.told.append(event.raw.id)
        # A projection of its own, rolled back with everything else.
        await session.execute(text("INSERT INTO followed (id) VALUES (:id)"), {"id": event.raw.id})

    async def once(self, page_events: int = 5_000) -> bool:
        return await indexer.index(
            self.maker, self.world, decoder(), self.project, page_events=page_events, ahead=self.ahead
        )

    async def all(self, page_events: int = 5_000) -> None:
        while await self.once(page_events):
            pass

    async def state(self) -> tuple[list[str], list[str], Cursor]:
        """Ids in the log, ids projected, the cursor."""
        async with transaction(self.maker) as session:
            log = list(await session.scalars(select(ContractEvent.id).order_by(ContractEvent.id)))
            projected = list(await session.scalars(text("SELECT id FROM followed ORDER BY n")))
            return log, projected, await session.get_one(Cursor, "events")


@pytest.fixture
async def follower(database: Maker, world: World) -> Follower:
    async with transaction(database) as session:
        await session.execute(text('CREATE TABLE followed (n bigserial, id text COLLATE "C" PRIMARY KEY)'))
    return Follower(database, world)


async def test_events_go_to_log_projection_and_cursor_in_order(follower: Follower, node: Node) -> None:
    node.events = [cancelled(9), cancelled(3), cancelled(3, 2), cancelled(5)]
    await follower.all()
    log, projected, cursor = await follower.state()
    assert log == projected == sorted(event.id for event in node.events)
    assert (cursor.ledger, cursor.closed_at, cursor.halted) == (node.ledger, node.closed_at, None)
    async with transaction(follower.maker) as session:
        row = await session.get_one(ContractEvent, event_id(9))
    assert (row.type, row.ledger, row.topics) == ("InvoiceCancelled", 9, list(node.events[0].topics))


@pytest.mark.parametrize("page_events", [1, 2, 3, 4, 7, 1_000])
@pytest.mark.parametrize("looks_ahead", [False, True])
async def test_p058_p061_whatever_the_page_size_every_event_comes_once(
    follower: Follower, node: Node, page_events: int, looks_ahead: bool
) -> None:
    ours = [cancelled(ledger, tx, i) for ledger in (2, 3, 50, 51) for tx in (1, 2) for i in (0, 1)]
    node.events = [*ours, *(stranger(ledger, tx) for ledger in (2, 3, 51) for tx in (3, 4, 5, 6))]
    follower.ahead = Ahead() if looks_ahead else None
    await follower.all(page_events)
    log, projected, cursor = await follower.state()
    assert log == projected == sorted(event.id for event in ours)
    assert cursor.ledger == node.ledger


async def test_p060_a_page_that_ends_inside_a_ledger_is_gone_on_with_and_not_asked_for_again(
    follower: Follower, node: Node
) -> None:
    """Its ledger is still one database transaction: nothing of it is in the log before the last of it has come."""
    node.events = [cancelled(ledger, tx) for ledger in (2, 3, 4) for tx in range(1, 5)]
    follower.ahead = Ahead()
    ledgers = []
    while await follower.once(page_events=5):
        ledgers.append(sorted({int(each.split("-")[0]) >> 32 for each in (await follower.state())[0]}))
    assert (await follower.state())[0] == sorted(event.id for event in node.events)
    assert ledgers == [[2], [2, 3]]
    assert node.asked.count("getEvents") == 3, "twelve events in pages of five"


async def test_p060_what_was_begun_is_asked_for_again_by_who_takes_over(follower: Follower, node: Node) -> None:
    node.events = [cancelled(ledger, tx) for ledger in (2, 3, 4) for tx in range(1, 5)]
    follower.ahead = Ahead()
    assert await follower.once(page_events=5)
    follower.ahead = Ahead()  # a new process knows nothing of what the old one had begun
    await follower.all(page_events=5)
    log, projected, _ = await follower.state()
    assert log == projected == sorted(event.id for event in node.events)


async def test_p071_an_answer_that_is_not_ascii_stops_the_cursor(follower: Follower, node: Node) -> None:
    node.events = [cancelled(2), msgspec.structs.replace(cancelled(3), tx_hash="\xe9" * 64)]
    with pytest.raises(IndexHalted, match="Ledger 3"):
        await follower.once()
    log, projected, cursor = await follower.state()
    assert log == projected == [event_id(2)]
    assert cursor.ledger == 2


async def test_an_event_without_topics_or_with_many_is_stored_as_it_is(database: Maker) -> None:
    topics = [(), ("AAAA",), tuple(f"{n:0100}" for n in range(4))]
    for number, each in enumerate(topics):
        made = msgspec.structs.replace(cancelled(number + 2), topics=each)
        async with transaction(database) as session:
            await eventlog.append(session, [InvoiceCancelled(made, INVOICE, ALICE, 1)])
        async with transaction(database) as session:
            assert eventlog.raw_event(await session.get_one(ContractEvent, made.id)) == made


async def test_p058_empty_pages_move_the_cursor(follower: Follower, node: Node) -> None:
    node.ledger, node.page_scan = 100_000, 10_000
    node.events = [cancelled(95_000)]
    before = node.asked.count("getEvents")
    while (await _reached(follower)) < node.ledger:
        await follower.once()
    assert node.asked.count("getEvents") - before <= 11
    assert (await follower.state())[0] == [event_id(95_000)]


async def _reached(follower: Follower) -> int:
    async with transaction(follower.maker) as session:
        return await session.scalar(select(Cursor.ledger)) or 0


async def test_p057_a_lost_range_stops_everything_and_is_named(follower: Follower, node: Node) -> None:
    await follower.all()
    node.ledger, node.oldest = 500, 300
    with pytest.raises(IndexHalted, match="on are needed, and the node keeps 300 to 500"):
        await follower.once()
    _, _, cursor = await follower.state()
    assert cursor.ledger == 100
    assert cursor.halted is not None
    assert "300" in cursor.halted


async def test_p057_a_server_that_skips_silently_is_caught(follower: Follower, node: Node) -> None:
    await follower.all()
    node.ledger = 500

    def silent(page: Any) -> Any:
        return replace(page, oldest=300)

    class Skipping:
        def __init__(self, inner: Any) -> None:
            self._inner = inner

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inner, name)

        async def events(self, **asked: Any) -> Any:
            return silent(await self._inner.events(**asked))

    follower.world = replace(follower.world, ledger=Skipping(follower.world.ledger))
    with pytest.raises(IndexHalted, match="oldest is 300"):
        await follower.once()
    assert (await follower.state())[2].ledger == 100


async def test_p059_a_node_behind_the_cursor_is_waited_for(follower: Follower, node: Node) -> None:
    await follower.all()
    node.ledger -= 5
    with pytest.raises(LedgerUnavailable):
        await follower.once()
    assert (await follower.state())[2].halted is None
    node.ledger += 6
    node.events = [cancelled(node.ledger)]
    await follower.once()
    assert (await follower.state())[0] == [event_id(node.ledger)]


async def test_p060_a_cursor_set_back_changes_nothing(follower: Follower, node: Node) -> None:
    node.events = [cancelled(ledger) for ledger in range(2, 30)]
    await follower.all()
    async with transaction(follower.maker) as session:
        await session.execute(update(Cursor).values(position=None, ledger=0))
    node.events.append(cancelled(40))
    await follower.all(10)
    log, projected, _ = await follower.state()
    assert log == projected == sorted(event.id for event in node.events)


@pytest.mark.parametrize("at", [1, 2, 3, 4])
async def test_p062_a_database_that_goes_away_at_any_event_loses_nothing(
    follower: Follower, node: Node, at: int
) -> None:
    node.events = [cancelled(2), cancelled(2, 2), cancelled(3), cancelled(4)]
    seen = 0

    def gone(_: Event) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            raise OperationalError("INSERT", {}, ConnectionResetError("gone"))

    follower.trouble = gone
    with pytest.raises(OperationalError):
        await follower.once()
    log, projected, cursor = await follower.state()
    assert (log, projected, cursor.ledger, cursor.halted) == ([], [], 0, None)
    await follower.all()
    log, projected, _ = await follower.state()
    assert log == projected == sorted(event.id for event in node.events)


async def test_p064_an_unknown_event_of_ours_stops_right_before_its_ledger(follower: Follower, node: Node) -> None:
    bad = msgspec.structs.replace(cancelled(4, 2), topics=cancelled(4).topics[:1])
    node.events = [cancelled(2), cancelled(3), cancelled(4), bad, cancelled(5)]
    for _ in range(2):
        with pytest.raises(IndexHalted, match=bad.id):
            await follower.once()
    log, projected, cursor = await follower.state()
    assert log == projected == [event_id(2), event_id(3)]
    assert cursor.ledger == 3
    assert cursor.halted is not None
    assert bad.id in cursor.halted
    node.events[3] = cancelled(4, 2)  # a version that can read it
    await follower.all()
    log, projected, cursor = await follower.state()
    assert log == projected == sorted(event.id for event in node.events)
    assert cursor.halted is None


@pytest.mark.parametrize("failure", [EventUnhandled("no handler"), KeyError("seller"), ValueError("negative")])
async def test_p064_an_event_that_does_not_fit_stops_right_before_its_ledger(
    follower: Follower, node: Node, failure: Exception
) -> None:
    node.events = [cancelled(2), cancelled(3), cancelled(4), cancelled(4, 2), cancelled(5)]

    def fails(event: Event) -> None:
        if event.raw.id == event_id(4, 2):
            raise failure

    follower.trouble = fails
    with pytest.raises(IndexHalted, match="Ledger 4 cannot be projected"):
        await follower.once()
    log, projected, cursor = await follower.state()
    assert log == projected == [event_id(2), event_id(3)]
    assert cursor.ledger == 3
    follower.trouble = None
    await follower.all()
    assert (await follower.state())[0] == sorted(event.id for event in node.events)


async def test_p065_strangers_are_skipped_counted_and_no_alarm(follower: Follower, node: Node) -> None:
    stranger = StrKey.encode_contract(b"x" * 32)
    place = Place(6, 1, 0)
    node.events = [
        msgspec.structs.replace(raw(SharesMoved, MOVED, contract=stranger, place=place), value="rubbish"),
        raw(SharesMoved, MOVED, place=Place(6, 2, 0)),
    ]
    await follower.all()
    log, projected, cursor = await follower.state()
    assert log == projected == [event_id(6, 2)]
    assert cursor.halted is None


async def test_p072_two_indexers_at_once_write_every_event_once(
    follower: Follower, node: Node, database: Maker, world: World
) -> None:
    others = [Follower(database, world) for _ in range(3)]
    for _ in range(20):
        node.close(ledgers=3)
        node.events += [cancelled(node.ledger), cancelled(node.ledger, 2), cancelled(node.ledger - 1)]
        await asyncio.gather(*(each.once(7) for each in (follower, *others)))
    await follower.all()
    log, projected, _ = await follower.state()
    assert log == projected == sorted(event.id for event in node.events)


async def test_p062_events_of_the_distributor_and_the_escrow_share_one_order(follower: Follower, node: Node) -> None:
    from tenor.ledger.events import TokenRegistered

    token = StrKey.encode_contract(b"t" * 32)
    registered = raw(TokenRegistered, {"token": token, "asset": token}, place=Place(3, 1, 1))
    assert registered.contract == DISTRIBUTOR
    node.events = [cancelled(3, 1, 2), registered, cancelled(3, 1, 0)]
    await follower.all()
    assert (await follower.state())[1] == [event_id(3, 1, 0), event_id(3, 1, 1), event_id(3, 1, 2)]
