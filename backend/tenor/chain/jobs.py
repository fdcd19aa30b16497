"""Worker entry of the submission engine: takes an id, asks the ledger, moves the row one step. Decides in `ledger`."""

from collections.abc import Awaitable, Callable
from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import landmark, leases
from tenor.chain.flows import call_from_json, keep_envelope
from tenor.chain.leases import PACK
from tenor.chain.models import ChainTransaction, Envelope, SourceLease
from tenor.db import Maker, transaction
from tenor.ledger import errors, submission
from tenor.ledger.errors import CallRefused, SourceMissing
from tenor.ledger.footprint import account_key
from tenor.ledger.submission import (
    FINAL,
    TRANSACTION,
    Absent,
    Applied,
    Finish,
    Rebuild,
    Seen,
    Send,
    Wait,
    next_step,
)
from tenor.logs import log
from tenor.world import PlatformRole, World

OnFinished = Callable[[AsyncSession, ChainTransaction], Awaitable[None]]

PLATFORM_SECONDS = 120
"""Time bounds of what the platform signs itself."""
DUE_MAX = 200
_STEPS_MAX = 6
"""Steps of one run; the sweep takes up the rest, so that no job lives long."""


async def submit(maker: Maker, world: World, finished: OnFinished, transaction_id: str) -> None:
    """Take one transaction as far as it goes now. May run twice at once or never end: nothing breaks (P131)."""
    for _ in range(_STEPS_MAX):
        async with transaction(maker) as session:
            row = await session.get(ChainTransaction, UUID(transaction_id))
            stopped = await landmark.stopped(session)
        if row is None or row.status in FINAL or row.kind == PACK or stopped is not None:
            return
        take = _plan if row.status == "planned" else _step
        moved = await take(maker, world, finished, row)
        if not moved:
            return


async def due(maker: Maker, world: World) -> list[str]:
    """Every transaction that a step could be due for: planned, signed, sent, and drafts past their time."""
    tip = await world.ledger.tip()
    unsigned = (ChainTransaction.status == "built") & (ChainTransaction.valid_until < tip.closed_at)
    under_way = ChainTransaction.status.in_(("planned", "signed", "sent"))
    async with transaction(maker) as session:
        found = await session.scalars(
            select(ChainTransaction.id)
            .where(or_(under_way, unsigned), ChainTransaction.kind != PACK)
            .order_by(ChainTransaction.created_at, ChainTransaction.id)
            .limit(DUE_MAX)
        )
        return [str(row_id) for row_id in found]


async def _plan(maker: Maker, world: World, finished: OnFinished, row: ChainTransaction) -> bool:
    """Build and sign what the platform ordered, once no other transaction of the same account is under way (P09)."""
    role = cast(PlatformRole, row.role)
    own = world.signer.address(role)
    lent = await leases.channel_for(maker, row.id) if row.road == "channel" else (own, None)
    if lent is None or (row.road != "channel" and not await _lease(maker, own, row.id)):
        return False
    (source, channel), acting = lent, own if row.road == "channel" else None
    call, extra = call_from_json(row.call)
    try:
        built = await world.ledger.build(
            call, source=source, valid_seconds=PLATFORM_SECONDS, extra=extra, acting=acting
        )
    except (CallRefused, SourceMissing) as refused:
        if channel is not None and isinstance(refused, SourceMissing):
            await leases.let_go_low(maker, [leases.Leased(row, source, channel)])
            return False
        name = refused.name if isinstance(refused, CallRefused) else refused.code
        return await _close(maker, finished, row, "fail", error_code=name, error_sentence=str(refused))
    signed = await world.signer.sign(built.envelope_xdr, role, channel=channel)
    async with transaction(maker) as session:
        changed = await _move(
            session,
            row,
            "sign",
            source=built.source,
            envelope_xdr=signed,
            hash=built.hash,
            sequence=built.sequence,
            valid_until=built.valid_until,
            fee_stroops=built.fee_stroops,
            built_ledger=built.ledger,
            sent_ledger=None,
            attempts=row.attempts + 1,
        )
        if changed:
            await keep_envelope(session, row.id, built)
            await session.execute(update(Envelope).where(Envelope.hash == built.hash).values(envelope_xdr=signed))
    return changed


async def _step(maker: Maker, world: World, finished: OnFinished, row: ChainTransaction) -> bool:
    """The hash is looked up before anything else is believed (P04)."""
    assert row.hash is not None
    sequence = await _account_sequence(world, row) if row.error_code is not None else None
    seen = await world.ledger.seen(row.hash)
    match next_step(envelope_of(row), seen, account_sequence=sequence):
        case Send():
            return await _send(maker, world, row, cast(Absent, seen))
        case Finish(event=event):
            return await _close(maker, finished, row, event, **_outcome(seen))
        case Rebuild():
            log.warning("platform transaction planned again", transaction=str(row.id), hash=row.hash)
            return await _plan_again(maker, row, seen)
        case Wait():
            return False


async def _send(maker: Maker, world: World, row: ChainTransaction, seen: Absent) -> bool:
    """Hand over exactly the stored bytes. Whatever the answer, only a later look-up says what happened."""
    assert row.envelope_xdr is not None
    answer = await world.ledger.send(row.envelope_xdr)
    if answer.status == "TRY_AGAIN_LATER":
        return False
    error: dict[str, str | None] = {"error_code": None, "error_sentence": None}
    if answer.status == "ERROR":
        code, sentence = errors.of_result(answer.result_xdr) if answer.result_xdr else ("NotAccepted", "Not accepted.")
        error = {"error_code": code, "error_sentence": sentence}
    async with transaction(maker) as session:
        changed = await _move(session, row, "send", sent_ledger=seen.tip.sequence, **error)
    return changed and answer.status != "ERROR"


async def _close(maker: Maker, finished: OnFinished, row: ChainTransaction, event: str, **values: Any) -> bool:
    """The final status, the account free again, and what follows from it, in one transaction."""
    async with transaction(maker) as session:
        changed = await _move(session, row, event, **values)
        if changed:
            await session.execute(delete(SourceLease).where(SourceLease.transaction_id == row.id))
            if row.hash is not None:
                outcome = TRANSACTION.after(event, row.status)
                await session.execute(update(Envelope).where(Envelope.hash == row.hash).values(outcome=outcome))
            fresh = await session.get_one(ChainTransaction, row.id, populate_existing=True)
            await finished(session, fresh)
    return changed


async def _plan_again(maker: Maker, row: ChainTransaction, seen: Seen) -> bool:
    """The account stays leased: the next envelope of the same intent comes before any other."""
    async with transaction(maker) as session:
        changed = await _move(session, row, "plan_again", **_outcome(seen))
        await session.execute(update(Envelope).where(Envelope.hash == row.hash).values(outcome="failed"))
    return changed


async def _move(session: AsyncSession, row: ChainTransaction, event: str, **values: Any) -> bool:
    """Compare-and-set from exactly what was read; False when another worker was first."""
    changed = await session.scalar(
        update(ChainTransaction)
        .where(
            ChainTransaction.id == row.id,
            ChainTransaction.status == row.status,
            ChainTransaction.hash.is_not_distinct_from(row.hash),
        )
        .values(status=TRANSACTION.after(event, row.status), **values)
        .returning(ChainTransaction.id)
    )
    return changed is not None


async def _lease(maker: Maker, source: str, transaction_id: UUID) -> bool:
    async with transaction(maker) as session:
        await session.execute(
            insert(SourceLease).values(source=source, transaction_id=transaction_id).on_conflict_do_nothing()
        )
        holder = await session.scalar(select(SourceLease.transaction_id).where(SourceLease.source == source))
    return holder == transaction_id


async def _account_sequence(world: World, row: ChainTransaction) -> int | None:
    """How far the source has come; asked only for what a node has refused, because it costs a request."""
    assert row.source is not None
    (entry,) = await world.ledger.entries([account_key(row.source)])
    return None if entry is None or entry.account is None else entry.account.seq_num.sequence_number.int64


def envelope_of(row: ChainTransaction) -> submission.Envelope:
    assert row.valid_until is not None
    assert row.sequence is not None
    assert row.built_ledger is not None
    return submission.Envelope(
        status=row.status,
        sequence=row.sequence,
        valid_until=row.valid_until,
        built_ledger=row.built_ledger,
        sent_ledger=row.sent_ledger,
        by_platform=row.role is not None,
        attempts=row.attempts,
        refused=row.error_code is not None,
    )


def _outcome(seen: Seen) -> dict[str, Any]:
    """What the ledger said, for the row. An envelope that never landed leaves no trace but its last refusal."""
    if not isinstance(seen, Applied):
        return {}
    values: dict[str, Any] = {"ledger": seen.ledger, "result_xdr": seen.result_xdr, "return_xdr": seen.return_xdr}
    code, sentence = (None, None) if seen.success else errors.of_result(seen.result_xdr, seen.diagnostics)
    return values | {"error_code": code, "error_sentence": sentence}
