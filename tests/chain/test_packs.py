"""Packs over a node that loses answers, forgets and asks for more: one at a time a channel, each at most once."""

from typing import Any
from uuid import UUID

import pytest
from chainkit import ALICE, BOB
from node import BUSY, DROP, Node, opened
from sqlalchemy import func, select
from stellar_sdk import TransactionEnvelope
from submitting import KEYS, NodeClock

from tenor.chain import channels, flows, jobs, packs
from tenor.chain.keys import channel_key
from tenor.chain.models import ChainTransaction, Channel, Envelope, SourceLease
from tenor.chain.signer import SigningRefused
from tenor.db import Maker, transaction
from tenor.ledger import calls, fees, packing
from tenor.ledger.packing import Classic, Pay
from tenor.world import World

XLM = Classic("XLM", None)
TREASURY = KEYS["treasury"].public_key
COUNT = 3
ADDRESSES = {n: channel_key(KEYS["treasury"], n).public_key for n in range(1, COUNT + 1)}


class Office:
    """The pack engine as a worker runs it, and what it told the features."""

    def __init__(self, maker: Maker, world: World) -> None:
        self.maker, self.world = maker, world
        self.finished: list[tuple[str, str]] = []

    async def order(self, key: str, *, payees: tuple[str, ...] = (ALICE,)) -> UUID:
        async with transaction(self.maker) as session:
            return await packs.order(
                session, role="treasury", purpose="test", purpose_key=key, subject=key,
                packed=packing.operations(TREASURY, XLM, [Pay(payee, 5) for payee in payees]),
            )  # fmt: skip

    async def work(self) -> int:
        async def on_finished(_: object, row: ChainTransaction) -> None:
            self.finished.append((row.purpose_key, row.status))

        return await packs.submit(self.maker, self.world, on_finished)

    async def row(self, row_id: UUID) -> ChainTransaction:
        async with transaction(self.maker) as session:
            return await session.get_one(ChainTransaction, row_id)

    async def leased(self) -> set[str]:
        async with transaction(self.maker) as session:
            return set(await session.scalars(select(SourceLease.source)))

    async def envelopes(self, row_id: UUID) -> set[str]:
        async with transaction(self.maker) as session:
            return set(await session.scalars(select(Envelope.hash).where(Envelope.transaction_id == row_id)))


@pytest.fixture
async def office(database: Maker, world: World, node: Node) -> Office:
    for address in ADDRESSES.values():
        node.accounts[address] = 100
    async with transaction(database) as session:
        session.add_all([Channel(number=n, address=address, state="ready") for n, address in ADDRESSES.items()])
    return Office(database, world)


async def test_p009_packs_go_side_by_side_each_on_a_sequence_of_its_own(office: Office, node: Node) -> None:
    rows = [await office.order(f"pack:{n}") for n in range(5)]
    assert await office.order("pack:0") == rows[0]  # one row a purpose (P29)
    for _ in range(4):
        await office.work()
        assert len(await office.leased()) <= COUNT
        node.close()
    done = [await office.row(row) for row in rows]
    assert [row.status for row in done] == ["confirmed"] * 5
    assert sorted(office.finished) == [(f"pack:{n}", "confirmed") for n in range(5)]
    assert len({(row.source, row.sequence) for row in done}) == 5
    assert await office.leased() == set()
    assert len(node.received) == 5


async def test_p010_a_channel_stays_out_while_its_last_outcome_is_unknown(office: Office, node: Node) -> None:
    async with transaction(office.maker) as session:
        for number in (2, 3):
            (await session.get_one(Channel, number)).state = "low"
    first, second = await office.order("first"), await office.order("second")
    node.after = lambda method, _: DROP if method == "sendTransaction" else None
    for _ in range(5):
        await office.work()
    assert (await office.row(first)).status == "signed"
    assert (await office.row(second)).status == "planned", "the only channel may still carry the first"
    assert len(set(node.received)) == 1
    node.after = None
    for _ in range(3):
        await office.work()
        node.close()
    await office.work()
    assert [(await office.row(row)).status for row in (first, second)] == ["confirmed", "confirmed"]


async def test_p131_a_dead_workers_packs_are_another_workers_next(office: Office, node: Node, world: World) -> None:
    """A lease belongs to the transaction: nobody waits for anybody's time-out."""
    row = await office.order("pack")

    class Killed(BaseException):
        pass

    class Dying:
        def __getattr__(self, name: str) -> Any:
            if name == "bids":
                raise Killed
            return getattr(world.ledger, name)

    from dataclasses import replace

    dead = Office(office.maker, replace(world, ledger=Dying()))
    with pytest.raises(Killed):
        await dead.work()
    assert len(await office.leased()) == 1
    for _ in range(2):
        await office.work()
        node.close()
    await office.work()
    assert (await office.row(row)).status == "confirmed"
    assert len(set(node.received)) == 1


async def test_p015_p016_what_waits_too_long_is_bumped_and_found_by_either_hash(office: Office, node: Node) -> None:
    row_id = await office.order("pack", payees=(ALICE, BOB))
    await office.work()
    first = await office.row(row_id)
    node.pending.clear()  # outbid: the network has dropped it
    node.close(ledgers=4)
    await office.work()
    bumped = await office.row(row_id)
    assert (bumped.hash, bumped.bid_stroops) == (first.hash, 2 * fees.LEAST_STROOPS)
    assert bumped.bump_xdr is not None
    outer, inner = opened(bumped.bump_xdr, node.passphrase)
    assert inner.hash_hex() == first.hash
    assert inner.to_xdr() == first.envelope_xdr, "the same inner transaction, byte by byte"
    assert await office.envelopes(row_id) == {first.hash, outer}
    assert node.received == [first.hash, outer]
    node.close()
    await office.work()
    assert (await office.row(row_id)).status == "confirmed"
    assert office.finished == [("pack", "confirmed")]


async def test_p017_bids_stop_at_the_cap_and_the_same_bytes_wait(office: Office, node: Node) -> None:
    row_id = await office.order("pack")
    await office.work()
    for _ in range(14):
        node.pending.clear()
        node.close(seconds=1, ledgers=4)
        await office.work()
    row = await office.row(row_id)
    assert row.bid_stroops == fees.CAP_STROOPS
    assert row.status == "sent"
    last = node.received[-1]
    assert node.received.count(last) > 1
    assert len(await office.envelopes(row_id)) == len(set(node.received))


async def test_p018_a_channel_that_cannot_pay_its_fee_is_set_aside(
    office: Office, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    poor = ADDRESSES[1]
    entry = node._entry

    def poorer(key: Any) -> Any:
        found = entry(key)
        if (
            found is not None
            and found.account is not None
            and found.account.account_id.account_id.ed25519.uint256
            == (channel_key(KEYS["treasury"], 1).raw_public_key())
        ):
            found.account.balance.int64 = 10_000_050
        return found

    monkeypatch.setattr(node, "_entry", poorer)
    row_id = await office.order("pack")
    for _ in range(2):
        await office.work()
        node.close()
    await office.work()
    row = await office.row(row_id)
    assert row.status == "confirmed"
    assert row.source != poor
    states = {each.number: each.state for each in await channels.verify(office.maker, office.world)}
    assert states == {1: "low", 2: "ready", 3: "ready"}


async def test_p019_a_refused_pack_is_over_and_no_operator_can_pay_it_again(office: Office, node: Node) -> None:
    row_id = await office.order("pack")
    await office.work()
    node.fails_on_ledger.add(str((await office.row(row_id)).hash))
    node.close()
    await office.work()
    assert (await office.row(row_id)).status == "failed"
    assert office.finished == [("pack", "failed")]
    assert await office.leased() == set()
    async with transaction(office.maker) as session:
        assert not await flows.retry(session, row_id)
    assert str(row_id) not in await jobs.due(office.maker, office.world)


@pytest.mark.parametrize(
    "method", ["getHealth", "getLedgerEntries", "getFeeStats", "sendTransaction", "getTransaction"]
)
@pytest.mark.parametrize("when", ["fault", "after"])
async def test_p002_p008_an_answer_lost_anywhere_pays_once(office: Office, node: Node, method: str, when: str) -> None:
    from tenor.ledger.errors import LedgerUnavailable

    lost = 0

    def lose(asked: str, _: dict[str, Any]) -> bytes | None:
        nonlocal lost
        if asked == method and lost < 3:
            lost += 1
            return (DROP, BUSY)[lost % 2]
        return None

    setattr(node, when, lose)
    row_id = await office.order("pack")
    for _ in range(10):
        try:
            await office.work()
        except LedgerUnavailable:
            continue
        node.close()
    assert lost > 0
    assert (await office.row(row_id)).status == "confirmed"
    assert len(node.included) == 1
    assert set(node.received) <= await office.envelopes(row_id)


async def test_p009_a_call_goes_through_a_channel_and_acts_for_its_role(office: Office, node: Node) -> None:
    from chainkit import ESCROW

    async with transaction(office.maker) as session:
        row = await flows.order(
            session, role="operator", purpose="set_allowed", purpose_key="x", subject=ALICE, road="channel",
            call=calls.set_allowed(ESCROW, account=ALICE, allowed=True),
        )  # fmt: skip

    async def nobody(*_: object) -> None: ...

    await jobs.submit(office.maker, office.world, nobody, str(row.id))
    sent = await office.row(row.id)
    envelope = TransactionEnvelope.from_xdr(str(sent.envelope_xdr), node.passphrase)
    operation = envelope.transaction.operations[0]
    assert (sent.status, sent.source) == ("sent", ADDRESSES[1])
    assert operation.source is not None
    assert operation.source.account_id == KEYS["operator"].public_key
    assert len(envelope.signatures) == 2
    node.close()
    await jobs.submit(office.maker, office.world, nobody, str(row.id))
    assert (await office.row(row.id)).status == "confirmed"
    assert await office.leased() == set()


async def test_p011_p103_the_signer_signs_its_own_packs_alone(world: World, clock: NodeClock) -> None:
    def pack(*, sender: str = TREASURY, source: str = ADDRESSES[1], fee: int = 100, until: int = 2_000_000_000) -> str:
        unsigned = packing.transaction(
            source=source, sequence=5, fee_stroops=fee, valid_until=until, memo=packing.memo_xdr(packing.NO_MEMO),
            packed=packing.operations(sender, XLM, [Pay(ALICE, 5)]),
        )  # fmt: skip
        return packing.envelope(unsigned, [])

    signed = await world.signer.sign_pack(pack(), "treasury", channels=[1])
    assert packing.opened(signed).signatures == 2
    for wrong in (
        pack(sender=KEYS["operator"].public_key),
        pack(sender=ALICE),
        pack(source=ALICE),
        pack(source=ADDRESSES[2]),
        pack(until=0),
        pack(fee=fees.CAP_STROOPS + 1),
        "AAAA",
    ):
        with pytest.raises(SigningRefused):
            await world.signer.sign_pack(wrong, "treasury", channels=[1])
    with pytest.raises(SigningRefused):
        await world.signer.sign_pack(pack(), "treasury", channels=[1_001])
    await world.signer.bump(signed, "treasury", bid_stroops=200)
    for envelope, bid in ((pack(), 200), (signed, fees.CAP_STROOPS + 1)):
        with pytest.raises(SigningRefused):
            await world.signer.bump(envelope, "treasury", bid_stroops=bid)
    with pytest.raises(SigningRefused):
        await world.signer.bump(signed, "operator", bid_stroops=200)


async def test_p131_two_workers_at_once_send_each_pack_once(office: Office, node: Node) -> None:
    from asyncio import gather

    rows = [await office.order(f"pack:{n}") for n in range(6)]
    other = Office(office.maker, office.world)
    for _ in range(6):
        await gather(office.work(), other.work())
        node.close()
    assert [(await office.row(row)).status for row in rows] == ["confirmed"] * 6
    assert sorted(office.finished + other.finished) == [(f"pack:{n}", "confirmed") for n in range(6)]
    assert len(node.included) == 6
    async with transaction(office.maker) as session:
        assert await session.scalar(select(func.count()).select_from(Envelope)) == 6
