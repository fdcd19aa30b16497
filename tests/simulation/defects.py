"""Planted defects: engines as others have shipped them, laid over the production one in a process of the bench.

Each is a mistake that was found in the field or is one line away from ours. They prove that the simulator has teeth;
none is a switch of the production code.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import delete, select, update

from tenor.chain import eventlog, index, jobs
from tenor.chain.flows import call_from_json, keep_envelope
from tenor.chain.models import ChainTransaction, SourceLease
from tenor.chain.rpc import RpcLedger
from tenor.db import transaction
from tenor.ledger import submission
from tenor.ledger.errors import LedgerUnavailable
from tenor.ledger.submission import Absent, Finish, Rebuild, Send, Wait

_next_step, _step, _plan, _send, _close = jobs.next_step, jobs._step, jobs._plan, jobs._send, jobs._close
_commit, _move, _lease, _due = index._commit, jobs._move, jobs._lease, jobs.due


def retry_on_not_found() -> None:
    """A transaction that a node does not know is built again at once: paid twice (P01)."""

    def careless(envelope: submission.Envelope, seen: submission.Seen, **more: Any) -> submission.Step:
        if isinstance(seen, Absent) and envelope.status == "sent" and envelope.by_platform:
            return Rebuild()
        return _next_step(envelope, seen, **more)

    jobs.next_step = careless


def store_after_sending() -> None:
    """The hash is written down when the node has taken the transaction (P02)."""

    async def plan(maker: Any, world: Any, finished: Any, row: ChainTransaction) -> bool:
        role = cast(Any, row.role)
        if not await _lease(maker, world.signer.address(role), row.id):
            return False
        call, extra = call_from_json(row.call)
        source = world.signer.address(role)
        built = await world.ledger.build(call, source=source, valid_seconds=jobs.PLATFORM_SECONDS, extra=extra)
        signed = await world.signer.sign(built.envelope_xdr, role)
        await world.ledger.send(signed)
        async with transaction(maker) as session:
            stored = {"source": built.source, "envelope_xdr": signed, "hash": built.hash, "sequence": built.sequence}
            stored |= {"valid_until": built.valid_until, "built_ledger": built.ledger, "sent_ledger": None}
            changed = await _move(session, row, "sign", **stored, attempts=row.attempts + 1)
            if changed:
                await keep_envelope(session, row.id, built)
        return changed

    jobs._plan = plan


def lost_answer_is_a_failure() -> None:
    """A send without an answer is taken for one that never arrived, and planned again (P08)."""

    async def send(maker: Any, world: Any, row: ChainTransaction, seen: Absent) -> bool:
        try:
            return await _send(maker, world, row, seen)
        except LedgerUnavailable:
            if row.role is None:
                raise
            async with transaction(maker) as session:
                await session.execute(
                    update(ChainTransaction).where(ChainTransaction.id == row.id).values(status="planned")
                )
            return False

    jobs._send = send


def duplicate_is_a_failure() -> None:
    """DUPLICATE, which says that the node has it already, ends the transaction (P04)."""

    async def send(maker: Any, world: Any, row: ChainTransaction, seen: Absent) -> bool:
        answer = await world.ledger.send(cast(str, row.envelope_xdr))
        if answer.status == "DUPLICATE":
            return await _close(maker, _nobody, row, "fail", error_code="Duplicate", error_sentence="Duplicate.")
        async with transaction(maker) as session:
            return await _move(session, row, "send", sent_ledger=seen.tip.sequence) and False

    jobs._send = send


def busy_is_a_failure() -> None:
    """TRY_AGAIN_LATER ends the transaction, though another copy of it may be on its way (P04, P06)."""

    async def send(maker: Any, world: Any, row: ChainTransaction, seen: Absent) -> bool:
        answer = await world.ledger.send(cast(str, row.envelope_xdr))
        if answer.status == "TRY_AGAIN_LATER":
            return await _close(maker, _nobody, row, "fail", error_code="Busy", error_sentence="Busy.")
        async with transaction(maker) as session:
            return await _move(session, row, "send", sent_ledger=seen.tip.sequence) and False

    jobs._send = send


def own_clock() -> None:
    """The bounds are judged by this machine's clock, which is five minutes fast (P13)."""

    async def step(maker: Any, world: Any, finished: Any, row: ChainTransaction) -> bool:
        seen = await world.ledger.seen(row.hash)
        if isinstance(seen, Absent):
            seen = Absent(replace(seen.tip, closed_at=world.clock.now()))
        return await _decided(maker, world, finished, row, seen)

    jobs._step = step


def tip_of_another_node() -> None:
    """ "Not found" of one node is believed together with the newer ledger of another (P03, P24)."""

    async def step(maker: Any, world: Any, finished: Any, row: ChainTransaction) -> bool:
        tip = await world.ledger.tip()
        seen = await world.ledger.seen(row.hash)
        if isinstance(seen, Absent):
            seen = Absent(replace(tip, closed_at=tip.closed_at))
        return await _decided(maker, world, finished, row, seen)

    async def believes(self: RpcLedger, method: str, params: Any, kind: Any) -> Any:
        return await self._ask(method, params, kind)

    jobs._step = step
    RpcLedger._fresh = believes  # type: ignore[method-assign]


def gives_up() -> None:
    """After three looks without a trace the transaction counts as failed (P05)."""
    looks: dict[Any, int] = {}

    async def step(maker: Any, world: Any, finished: Any, row: ChainTransaction) -> bool:
        seen = await world.ledger.seen(row.hash)
        looks[row.id] = looks.get(row.id, 0) + 1
        if isinstance(seen, Absent) and looks[row.id] > 3:
            return await _close(maker, finished, row, "fail", error_code="Timeout", error_sentence="Timeout.")
        return await _decided(maker, world, finished, row, seen)

    jobs._step = step


def no_lease() -> None:
    """Several transactions of one account at once (P09)."""

    async def always(*_: Any) -> bool:
        return True

    jobs._lease = always


def lease_ends_with_sending() -> None:
    """The account is free again as soon as its transaction was handed over, whatever comes of it (P10)."""

    async def send(maker: Any, world: Any, row: ChainTransaction, seen: Absent) -> bool:
        sent = await _send(maker, world, row, seen)
        async with transaction(maker) as session:
            await session.execute(delete(SourceLease).where(SourceLease.transaction_id == row.id))
        return sent

    jobs._send = send


def last_write_wins() -> None:
    """Rows are written by id alone: two workers each believe in their own envelope (P74)."""

    async def move(session: Any, row: ChainTransaction, event: str, **values: Any) -> bool:
        status = submission.TRANSACTION.moves[event][1]
        await session.execute(
            update(ChainTransaction).where(ChainTransaction.id == row.id).values(status=status, **values)
        )
        return True

    jobs._move = move


def tells_before_it_commits() -> None:
    """What follows from an outcome is done in a transaction of its own, before the status is (P46)."""

    async def close(maker: Any, finished: Any, row: ChainTransaction, event: str, **values: Any) -> bool:
        async with transaction(maker) as session:
            row.status = submission.TRANSACTION.after(event, was := row.status)
            await finished(session, row)
        row.status = was
        return await _close(maker, _nobody, row, event, **values)

    jobs._close = close


def forgets_what_was_sent() -> None:
    """The sweep looks for what has to be sent, and never again at what was (P45)."""

    async def due(maker: Any, world: Any) -> list[str]:
        found = await _due(maker, world)
        async with transaction(maker) as session:
            sent = await session.scalars(select(ChainTransaction.id).where(ChainTransaction.status == "sent"))
            return [row_id for row_id in found if row_id not in {str(each) for each in sent}]

    jobs.due = due


def cursor_first() -> None:
    """The indexer moves its cursor, and then writes what it has read (P62)."""

    async def commit(maker: Any, written: Any, here: Any, events: Any, after: Any) -> None:
        async with transaction(maker) as session:
            if not await eventlog.take_over(session, here):
                return
            await eventlog.move(session, after)
        async with transaction(maker) as session:
            await eventlog.append(session, events)
            for event in events:
                await written.project(session, event)

    index._commit = commit


def projects_apart() -> None:
    """Log and cursor in one transaction, the projection in the next (P62)."""

    async def commit(maker: Any, written: Any, here: Any, events: Any, after: Any) -> None:
        await _commit(maker, replace(written, project=_unprojected), here, events, after)
        async with transaction(maker) as session:
            for event in events:
                await written.project(session, event)

    index._commit = commit


def skips_trouble() -> None:
    """What could not be fetched is passed over: the cursor goes to the newest ledger (P57, P64)."""
    whole = index._next

    async def onward(world: Any, decoder: Any, here: Any, page_events: int, *more: Any) -> Any:
        try:
            return await whole(world, decoder, here, page_events, *more)
        except LedgerUnavailable:
            tip = await world.ledger.tip()
            place = eventlog.Place(f"{((tip.sequence + 1) << 32) - 1:019d}-4294967295", tip.sequence, tip.closed_at)
            return index._Batch([], place, tip.sequence)

    index._next = onward


async def _decided(maker: Any, world: Any, finished: Any, row: ChainTransaction, seen: Any) -> bool:
    """The production step, for an answer that was tampered with."""
    match jobs.next_step(jobs.envelope_of(row), seen):
        case Send():
            return await jobs._send(maker, world, row, seen)
        case Finish(event=event):
            return await jobs._close(maker, finished, row, event, **jobs._outcome(seen))
        case Rebuild():
            return await jobs._plan_again(maker, row, seen)
        case Wait():
            return False


async def _nobody(*_: Any) -> None: ...


async def _unprojected(*_: Any) -> None: ...


DEFECTS: dict[str, Callable[[], None]] = {
    plant.__name__: plant
    for plant in (
        retry_on_not_found,
        store_after_sending,
        lost_answer_is_a_failure,
        duplicate_is_a_failure,
        busy_is_a_failure,
        own_clock,
        tip_of_another_node,
        gives_up,
        no_lease,
        lease_ends_with_sending,
        last_write_wins,
        tells_before_it_commits,
        forgets_what_was_sent,
        cursor_first,
        projects_apart,
        skips_trouble,
    )
}
