"""The submission engine over a node that loses answers, lags, lies and forgets: every intent at most once."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from chainkit import ALICE, ESCROW, INVOICE
from node import BUSY, DROP, Node
from sqlalchemy import func, select
from stellar_sdk import Keypair, TransactionEnvelope
from submitting import KEYS, NodeClock, Submitter

from tenor.chain import flows
from tenor.chain.models import ChainTransaction, Envelope, SourceLease
from tenor.db import Maker, transaction
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import NotFound
from tenor.kernel.ids import new_id
from tenor.ledger import calls
from tenor.ledger.envelopes import TransactionAltered, TransactionExpired
from tenor.ledger.errors import AddressUnusable, CallRefused, LedgerUnavailable, SourceMissing
from tenor.world import World

WALLET = Keypair.from_raw_ed25519_seed(b"wallet.........................!")
OWNER = Actor(UUID(int=1), WALLET.public_key, frozenset({Role.INVESTOR}))


async def order(maker: Maker, key: str = "allow:1") -> ChainTransaction:
    async with transaction(maker) as session:
        return await flows.order(
            session,
            role="operator",
            purpose="set_allowed",
            purpose_key=key,
            subject=ALICE,
            call=calls.set_allowed(ESCROW, account=ALICE, allowed=True),
        )


async def draft(maker: Maker, world: World, *, key: str = "ack:1", invoice: str = INVOICE) -> ChainTransaction:
    async with transaction(maker) as session:
        return await flows.draft(
            session,
            world,
            actor_address=WALLET.public_key,
            purpose="acknowledge",
            purpose_key=key,
            subject=invoice,
            call=calls.acknowledge(ESCROW, invoice),
            account_id=OWNER.account_id,
        )


async def hand_in(maker: Maker, world: World, row: ChainTransaction, **changes: Any) -> ChainTransaction:
    assert row.envelope_xdr is not None
    envelope = TransactionEnvelope.from_xdr(row.envelope_xdr, world.ledger.passphrase)
    envelope.sign(WALLET)
    async with transaction(maker) as session:
        return await flows.accept_signature(session, world, changes.get("actor", OWNER), row.id, envelope.to_xdr())


@pytest.fixture(autouse=True)
def wallet(node: Node) -> None:
    node.accounts[WALLET.public_key] = 7


# --- the straight road


async def test_an_order_is_built_signed_sent_and_confirmed(submitter: Submitter, node: Node) -> None:
    row = await order(submitter.maker)
    assert (row.status, row.hash) == ("planned", None)
    await submitter.submit(row.id)
    sent = await submitter.row(row.id)
    assert (sent.status, sent.source) == ("sent", KEYS["operator"].public_key)
    node.close()
    await submitter.submit(row.id)
    done = await submitter.row(row.id)
    assert (done.status, done.ledger, done.hash) == ("confirmed", node.ledger, sent.hash)
    assert submitter.finished == [("allow:1", "confirmed")]
    assert node.received == [sent.hash]


async def test_a_draft_goes_to_a_wallet_and_back(submitter: Submitter, node: Node, world: World) -> None:
    row = await draft(submitter.maker, world)
    assert row.status == "built"
    assert row.preview["sentences"][0].startswith("Confirms as its debtor")
    assert row.preview["warnings"] == []
    signed = await hand_in(submitter.maker, world, row)
    assert signed.status == "signed"
    await submitter.sweep()
    node.close()
    await submitter.sweep()
    assert (await submitter.row(row.id)).status == "confirmed"
    assert len(node.received) == 1


# --- hazards


async def test_p001_nothing_new_is_signed_while_the_old_may_land(submitter: Submitter, node: Node) -> None:
    node.after = lambda method, _: DROP if method == "sendTransaction" else None
    row = await order(submitter.maker)
    for _ in range(20):
        with pytest.raises(LedgerUnavailable):
            await submitter.submit(row.id)
    hashes = set(node.received)
    assert len(hashes) == 1
    node.after = None
    node.pending.clear()  # the network forgot it, and it may still be handed over by anyone
    node.close(ledgers=6)
    await submitter.submit(row.id)
    assert set(node.received) == hashes
    node.close()
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).status == "confirmed"


async def test_p001_a_dead_envelope_is_replaced_once_and_only_then(submitter: Submitter, node: Node) -> None:
    row = await order(submitter.maker)
    await submitter.submit(row.id)
    first = (await submitter.row(row.id)).hash
    node.pending.clear()
    valid_until = (await submitter.row(row.id)).valid_until
    assert valid_until is not None
    node.closed_at = valid_until - 5
    node.close()  # closes exactly at the bound: it could still be in there on another node
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).hash == first
    node.pending.clear()
    node.close()
    await submitter.submit(row.id)
    again = await submitter.row(row.id)
    assert again.hash != first
    assert again.attempts == 2
    node.close()
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).status == "confirmed"
    async with transaction(submitter.maker) as session:
        kept = (await session.scalars(select(Envelope).where(Envelope.transaction_id == row.id))).all()
    assert {envelope.hash for envelope in kept} == {first, again.hash}
    assert len(node.included) == 1


async def test_p002_the_envelope_is_durable_before_the_node_hears_of_it(submitter: Submitter, node: Node) -> None:
    stored: list[int] = []
    row = await order(submitter.maker)
    loop = asyncio.get_running_loop()

    async def count() -> int:
        async with transaction(submitter.maker) as session:
            return await session.scalar(select(func.count()).select_from(Envelope)) or 0

    class Watched:
        """Looks into the database at the moment of sending."""

        def __init__(self, inner: Any) -> None:
            self._inner = inner

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inner, name)

        async def send(self, envelope_xdr: str) -> Any:
            stored.append(await count())
            return await self._inner.send(envelope_xdr)

    from dataclasses import replace

    submitter.world = replace(submitter.world, ledger=Watched(submitter.world.ledger))
    await submitter.submit(row.id)
    assert stored == [1]
    assert loop.is_running()


@pytest.mark.parametrize(
    "method", ["getHealth", "getLedgerEntries", "simulateTransaction", "sendTransaction", "getTransaction"]
)
@pytest.mark.parametrize("when", ["fault", "after"])
async def test_p002_p008_an_answer_lost_anywhere_costs_nothing(
    submitter: Submitter, node: Node, method: str, when: str
) -> None:
    lost = 0

    def lose_one(asked: str, _: dict[str, Any]) -> bytes | None:
        nonlocal lost
        if asked == method and lost < 2:
            lost += 1
            return DROP
        return None

    setattr(node, when, lose_one)
    row = await order(submitter.maker)
    for _ in range(8):
        try:
            await submitter.submit(row.id)
        except LedgerUnavailable:
            continue
        node.close()
    assert lost == 2
    assert (await submitter.row(row.id)).status == "confirmed"
    assert len(node.included) == 1
    assert len(set(node.received)) == 1
    assert submitter.finished == [("allow:1", "confirmed")]


async def test_p003_a_node_that_forgot_proves_nothing(submitter: Submitter, node: Node) -> None:
    row = await order(submitter.maker)
    await submitter.submit(row.id)
    sent = await submitter.row(row.id)
    node.pending.clear()
    node.close(200, ledgers=50)
    node.oldest = node.ledger - 10
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).hash == sent.hash
    assert (await submitter.row(row.id)).status == "sent"


async def test_p004_refusals_after_inclusion_are_not_believed(submitter: Submitter, node: Node) -> None:
    row = await order(submitter.maker)
    node.after = lambda method, _: DROP if method == "sendTransaction" else None
    with pytest.raises(LedgerUnavailable):
        await submitter.submit(row.id)
    node.after = None
    node.close()
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).status == "confirmed"
    assert (await submitter.row(row.id)).error_code is None


async def test_p004_a_taken_sequence_is_an_error_until_the_look_up_says_otherwise(
    submitter: Submitter, node: Node
) -> None:
    row = await order(submitter.maker)
    operator = KEYS["operator"].public_key
    node.fault = lambda method, _: node.accounts.update({operator: 101}) if method == "sendTransaction" else None
    await submitter.submit(row.id)
    refused = await submitter.row(row.id)
    assert (refused.status, refused.error_code) == ("sent", "BAD_SEQ")
    node.fault = None
    node.close()
    await submitter.submit(row.id)  # the place is taken and the hash absent: dead before its time, and built anew
    node.close()
    await submitter.submit(row.id)
    done = await submitter.row(row.id)
    assert (done.status, done.attempts, done.error_code) == ("confirmed", 2, None)


async def test_p009_p010_one_transaction_of_an_account_at_a_time(submitter: Submitter, node: Node) -> None:
    rows = [await order(submitter.maker, f"allow:{n}") for n in range(4)]
    for _ in range(12):
        await asyncio.gather(*(submitter.submit(row.id) for row in rows))
        assert len(node.pending) <= 1
        node.close()
    assert {(await submitter.row(row.id)).status for row in rows} == {"confirmed"}
    assert [(await submitter.row(row.id)).attempts for row in rows] == [1, 1, 1, 1]
    assert len(node.received) == len(set(node.received)) == 4
    async with transaction(submitter.maker) as session:
        assert await session.scalar(select(func.count()).select_from(SourceLease)) == 0


async def test_p010_an_account_stays_taken_while_the_outcome_is_unknown(submitter: Submitter, node: Node) -> None:
    first, second = await order(submitter.maker, "allow:1"), await order(submitter.maker, "allow:2")
    await submitter.submit(first.id)
    node.pending.clear()
    node.close(ledgers=20)
    await submitter.submit(second.id)
    assert (await submitter.row(second.id)).status == "planned"


@pytest.mark.parametrize("off", [-300, 300])
async def test_p013_a_wrong_clock_changes_no_outcome(
    submitter: Submitter, node: Node, clock: NodeClock, off: int
) -> None:
    clock.off = off
    row = await order(submitter.maker)
    await submitter.submit(row.id)
    node.pending.clear()
    node.close(20, ledgers=5)
    await submitter.submit(row.id)
    first = await submitter.row(row.id)
    assert first.attempts == 1
    node.close()
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).status == "confirmed"
    assert (await submitter.row(row.id)).hash == first.hash


async def test_p019_failed_on_the_ledger_is_final_for_the_envelope_only(submitter: Submitter, node: Node) -> None:
    row = await order(submitter.maker)
    await submitter.submit(row.id)
    first = (await submitter.row(row.id)).hash
    assert first is not None
    node.fails_on_ledger.add(first)
    node.close()
    await submitter.submit(row.id)
    second = await submitter.row(row.id)
    assert (second.attempts, second.status) == (2, "sent")
    assert second.hash != first
    node.close()
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).status == "confirmed"
    async with transaction(submitter.maker) as session:
        outcomes = {each.hash: each.outcome for each in await session.scalars(select(Envelope))}
    assert outcomes == {first: "failed", second.hash: "confirmed"}


async def test_p019_a_wallets_failure_is_told_and_not_repeated(submitter: Submitter, node: Node, world: World) -> None:
    row = await hand_in(submitter.maker, world, await draft(submitter.maker, world))
    assert row.hash is not None
    node.fails_on_ledger.add(row.hash)
    await submitter.sweep()
    node.close()
    await submitter.sweep()
    failed = await submitter.row(row.id)
    assert (failed.status, failed.error_code) == ("failed", "TRAPPED")
    assert failed.error_sentence
    assert submitter.finished == [("ack:1", "failed")]


async def test_a_call_that_the_contract_refuses_fails_before_anything_is_signed(
    submitter: Submitter, node: Node
) -> None:
    node.simulation_error = "HostError: Error(Contract, #133)\n\nEvent log (newest first): ..."
    row = await order(submitter.maker)
    await submitter.submit(row.id)
    failed = await submitter.row(row.id)
    assert (failed.status, failed.error_code) == ("failed", "AlreadyRecorded")
    assert node.received == []
    node.simulation_error = None
    async with transaction(submitter.maker) as session:
        assert await flows.retry(session, row.id)
    await submitter.submit(row.id)
    node.close()
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).status == "confirmed"
    async with transaction(submitter.maker) as session:
        assert not await flows.retry(session, row.id)


async def test_p020_p021_what_simulation_refuses_is_an_error_with_a_sentence(
    submitter: Submitter, node: Node, world: World
) -> None:
    node.simulation_error = "HostError: Error(Contract, #125)"
    with pytest.raises(CallRefused, match="smallest investment") as refused:
        await draft(submitter.maker, world)
    assert refused.value.name == "BelowMinTicket"
    node.simulation_error = None
    node.accounts.pop(WALLET.public_key)
    with pytest.raises(SourceMissing, match=WALLET.public_key):
        await draft(submitter.maker, world)


async def test_a_contract_cannot_be_a_source(submitter: Submitter, world: World) -> None:
    async with transaction(submitter.maker) as session:
        with pytest.raises(AddressUnusable):
            await flows.draft(
                session, world, actor_address=ESCROW, purpose="p", purpose_key="k", subject="s",
                call=calls.acknowledge(ESCROW, INVOICE), account_id=OWNER.account_id,
            )  # fmt: skip


async def test_p026_p027_signatures_late_twice_altered_or_of_strangers(
    submitter: Submitter, node: Node, world: World
) -> None:
    row = await draft(submitter.maker, world)
    signed = await hand_in(submitter.maker, world, row)
    again = await hand_in(submitter.maker, world, row)
    assert (again.id, again.status, again.envelope_xdr) == (signed.id, "signed", signed.envelope_xdr)

    with pytest.raises(NotFound):
        await hand_in(submitter.maker, world, row, actor=Actor(UUID(int=2), ALICE, frozenset({Role.SELLER})))

    other = await draft(submitter.maker, world, key="ack:2", invoice="2e" * 32)
    other.envelope_xdr = row.envelope_xdr
    with pytest.raises(TransactionAltered):
        await hand_in(submitter.maker, world, other)
    fresh = await submitter.row(other.id)
    node.close(400)
    with pytest.raises(TransactionExpired):
        await hand_in(submitter.maker, world, fresh)
    assert (await submitter.row(other.id)).status == "built"


async def test_p027_p084_an_unsigned_draft_expires_and_leaves_nothing(
    submitter: Submitter, node: Node, world: World
) -> None:
    row = await draft(submitter.maker, world)
    assert await submitter.sweep() == 0
    node.close(400)
    assert await submitter.sweep() == 1
    assert (await submitter.row(row.id)).status == "expired"
    again = await draft(submitter.maker, world)
    assert (again.id, again.status) == (row.id, "built")
    assert again.hash != row.hash
    assert submitter.finished == [("ack:1", "expired")]


async def test_a_draft_that_the_wallet_sent_by_itself_is_recognised(
    submitter: Submitter, node: Node, world: World
) -> None:
    row = await draft(submitter.maker, world)
    assert row.envelope_xdr is not None
    envelope = TransactionEnvelope.from_xdr(row.envelope_xdr, world.ledger.passphrase)
    envelope.sign(WALLET)
    await world.ledger.send(envelope.to_xdr())
    node.close()
    assert (await draft(submitter.maker, world)).hash == row.hash
    node.close(400)
    await submitter.sweep()
    assert (await submitter.row(row.id)).status == "confirmed"


async def test_p029_one_purpose_is_one_row_however_often_it_is_asked(submitter: Submitter, world: World) -> None:
    rows = await asyncio.gather(*(order(submitter.maker) for _ in range(20)))
    assert len({row.id for row in rows}) == 1
    drafts = await asyncio.gather(*(draft(submitter.maker, world) for _ in range(8)))
    assert len({row.id for row in drafts}) == 1
    stored = await submitter.row(drafts[0].id)
    assert {row.hash for row in drafts} == {stored.hash}


async def test_a_draft_is_handed_out_again_while_it_is_good_and_renewed_when_the_call_changed(
    submitter: Submitter, node: Node, world: World
) -> None:
    row = await draft(submitter.maker, world)
    assert (await draft(submitter.maker, world)).hash == row.hash
    changed = await draft(submitter.maker, world, invoice="2e" * 32)
    assert changed.id == row.id
    assert changed.hash != row.hash
    node.close(250)
    late = await draft(submitter.maker, world, invoice="2e" * 32)
    assert late.hash != changed.hash


async def test_p131_every_job_twice_and_at_once_has_one_effect(submitter: Submitter, node: Node) -> None:
    row = await order(submitter.maker)
    for _ in range(4):
        await asyncio.gather(*(submitter.submit(row.id) for _ in range(6)))
        node.close()
    assert (await submitter.row(row.id)).status == "confirmed"
    assert len(node.included) == 1
    assert submitter.finished == [("allow:1", "confirmed")]


async def test_p137_two_workers_do_not_finish_twice(submitter: Submitter, node: Node, world: World) -> None:
    other = Submitter(submitter.maker, world, submitter.finished)
    rows = [await order(submitter.maker, f"allow:{n}") for n in range(6)]
    for _ in range(10):
        await asyncio.gather(submitter.sweep(), other.sweep())
        node.close()
    assert sorted(submitter.finished) == [(f"allow:{n}", "confirmed") for n in range(6)]
    assert len(node.included) == 6
    assert {(await submitter.row(row.id)).attempts for row in rows} == {1}


async def test_p138_no_row_is_locked_while_the_node_thinks(submitter: Submitter, node: Node) -> None:
    row = await order(submitter.maker)
    asked, gate = asyncio.Event(), asyncio.Event()

    class Slow:
        def __init__(self, inner: Any) -> None:
            self._inner = inner

        def __getattr__(self, name: str) -> Callable[..., Any]:
            inner = getattr(self._inner, name)
            if name == "passphrase":
                return inner  # type: ignore[no-any-return]

            async def slowly(*args: Any, **named: Any) -> Any:
                asked.set()
                await gate.wait()
                return await inner(*args, **named)

            return slowly

    from dataclasses import replace

    slow = Submitter(submitter.maker, replace(submitter.world, ledger=Slow(submitter.world.ledger)), [])
    task = asyncio.create_task(slow.submit(row.id))
    await asked.wait()
    async with transaction(submitter.maker) as session:
        locked = select(ChainTransaction).where(ChainTransaction.id == row.id).with_for_update(nowait=True)
        assert (await session.scalars(locked)).one().status == "planned"
    gate.set()
    await task
    assert (await submitter.row(row.id)).status == "sent"


@pytest.mark.parametrize("answer", [BUSY, b"<html>", b"{}", b'{"jsonrpc":"2.0","id":-1,"result":{}}', DROP])
async def test_an_rpc_that_is_busy_or_answers_nonsense_changes_nothing(
    submitter: Submitter, node: Node, answer: bytes
) -> None:
    row = await order(submitter.maker)
    node.fault = lambda _, __: answer
    with pytest.raises(LedgerUnavailable):
        await submitter.submit(row.id)
    assert (await submitter.row(row.id)).status == "planned"
    node.fault = None
    await submitter.submit(row.id)
    node.close()
    await submitter.submit(row.id)
    assert (await submitter.row(row.id)).status == "confirmed"


async def test_an_unknown_id_is_no_work(submitter: Submitter) -> None:
    await submitter.submit(new_id())
    assert submitter.finished == []
