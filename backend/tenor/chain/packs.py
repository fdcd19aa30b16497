"""Packs of classic operations on their way to the ledger: many at a time, a handful of statements for all of them.

The same life as any transaction of the platform (`ledger.submission` decides), from a channel account that is leased
until the outcome is known. What the ledger refused is final for a pack: whoever ordered it packs the rest anew.
"""

from asyncio import gather
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import landmark, leases
from tenor.chain.leases import PACK
from tenor.chain.many import Change, change, keep_envelopes
from tenor.chain.models import ChainTransaction, Envelope, SourceLease
from tenor.db import Maker, transaction
from tenor.kernel.errors import Unavailable
from tenor.kernel.ids import new_id
from tenor.ledger import errors, fees, packing, results, submission
from tenor.ledger.packing import Memo
from tenor.ledger.submission import (
    ATTEMPTS_MAX,
    TRANSACTION,
    Absent,
    Applied,
    Finish,
    Rebuild,
    Seen,
    Send,
    next_step,
)
from tenor.logs import log
from tenor.world import PlatformRole, World

OnFinished = Callable[[AsyncSession, ChainTransaction], Awaitable[None]]

VALID_SECONDS = 120
"""Time bounds of a pack (P11)."""
TOGETHER_MAX = 50
"""Packs of one round: five ledgers full."""
_ROUNDS_MAX = 4


async def order(
    session: AsyncSession,
    *,
    role: PlatformRole,
    purpose: str,
    purpose_key: str,
    subject: str,
    packed: bytes,
    memo: Memo = packing.NO_MEMO,
    closes: Sequence[int] = (),
    road: str = "channel",
) -> UUID:
    """A pack that the `role` key will sign: PLANNED. `packed` from `packing.operations`, acting for the role's account.

    One row a `purpose_key` (P29). `closes`: channels whose own keys must sign as well. `road` own: the role's account
    lends its own sequence.
    """
    row_id = new_id()
    call = {
        "operations": b64encode(packed).decode(),
        "count": int.from_bytes(packed[:4], "big"),
        "memo": b64encode(packing.memo_xdr(memo)).decode(),
        "closes": list(closes),
    }
    stored = await session.scalar(
        insert(ChainTransaction)
        .values(
            id=row_id,
            purpose_key=purpose_key,
            purpose=purpose,
            subject=subject,
            role=role,
            kind=PACK,
            road=road,
            call=call,
            status=TRANSACTION.start,
            attempts=0,
            preview={"sentences": [], "warnings": []},
        )
        .on_conflict_do_nothing(index_elements=["purpose_key"])
        .returning(ChainTransaction.id)
    )
    if stored is not None:
        return row_id
    known = select(ChainTransaction.id).where(ChainTransaction.purpose_key == purpose_key)
    return (await session.scalars(known)).one()


async def submit(maker: Maker, world: World, finished: OnFinished) -> int:
    """Take every pack as far as it goes now; how many moved. May run twice at once or never end (P131)."""
    moved = 0
    for _ in range(_ROUNDS_MAX):
        async with transaction(maker) as session:
            if await landmark.stopped(session) is not None:
                return moved
        step = await _look(maker, world, finished) + await _plan(maker, world)
        moved += step
        if not step:
            break
    return moved


@dataclass(frozen=True, slots=True)
class _Ready:
    """A pack to hand over, from a ledger at which it was surely not applied yet."""

    row: ChainTransaction
    envelope_xdr: str
    ledger: int


async def _plan(maker: Maker, world: World) -> int:
    """Lease, build, sign, write down, and only then send."""
    async with transaction(maker) as session:
        leased = await leases.for_packs(session, world, TOGETHER_MAX)
    if not leased:
        return 0
    tip, bids, sources = await world.ledger.tip(), await world.ledger.bids(), await leases.look(world, leased)
    low = [leased_to for leased_to in leased if not sources[leased_to.source].pays(_fee(leased_to.row, bids.classic))]
    await leases.let_go_low(maker, low)
    fit = [leased_to for leased_to in leased if leased_to not in low]
    built = await gather(*(_build(world, each, sources[each.source].sequence + 1, tip, bids.classic) for each in fit))
    async with transaction(maker) as session:
        changed = await change(session, "sign", built)
        mine = [each for each in built if each.row.id in changed]
        await keep_envelopes(session, mine)
    ready = [_Ready(_as(each), str(each.values["envelope_xdr"]), tip.sequence) for each in mine]
    await _send(maker, world, ready)
    return len(mine) + len(low)


async def _build(world: World, leased: leases.Leased, sequence: int, tip: submission.Tip, asked: int) -> Change:
    row, call = leased.row, leased.row.call
    valid_until = max(tip.closed_at, world.clock.now()) + VALID_SECONDS
    unsigned = packing.transaction(
        source=leased.source,
        sequence=sequence,
        fee_stroops=_fee(row, asked),
        valid_until=valid_until,
        memo=b64decode(call["memo"]),
        packed=b64decode(call["operations"]),
    )
    signers = [*([leased.channel] if leased.channel is not None else []), *call["closes"]]
    signed = await world.signer.sign_pack(
        packing.envelope(unsigned, []), cast(PlatformRole, row.role), channels=signers
    )
    values = {
        "source": leased.source,
        "envelope_xdr": signed,
        "hash": packing.digest(unsigned, world.ledger.passphrase).hex(),
        "sequence": sequence,
        "valid_until": valid_until,
        "fee_stroops": _fee(row, asked),
        "bid_stroops": fees.bid(asked),
        "bump_xdr": None,
        "built_ledger": tip.sequence,
        "sent_ledger": None,
        "attempts": row.attempts + 1,
    }
    return Change(row, values)


def _fee(row: ChainTransaction, asked: int) -> int:
    return fees.bid(asked) * int(row.call["count"])


async def _look(maker: Maker, world: World, finished: OnFinished) -> int:
    """The hash of each is looked up before anything else is believed (P04)."""
    async with transaction(maker) as session:
        under_way = (ChainTransaction.kind == PACK) & ChainTransaction.status.in_(("signed", "sent"))
        found = select(ChainTransaction).where(under_way).order_by(ChainTransaction.id)
        rows = (await session.scalars(found)).all()
    refused = [row for row in rows if row.error_code is not None]
    sequences = await leases.sequences(world, [str(row.source) for row in refused])
    seen = await gather(*(_seen(world, row) for row in rows))
    ready: list[_Ready] = []
    ended: list[tuple[str, Change]] = []
    for row, found_there in zip(rows, seen, strict=True):
        if found_there is None:
            continue
        # Only absence is ever tried again as it is: what the ledger refused is for who ordered it to sort out.
        decided = replace(envelope_of(row), attempts=ATTEMPTS_MAX)
        match next_step(decided, found_there, account_sequence=sequences.get(str(row.source))):
            case Send():
                ready.append(_Ready(row, row.bump_xdr or str(row.envelope_xdr), cast(Absent, found_there).tip.sequence))
            case Finish(event=event):
                ended.append((event, Change(row, outcome(found_there))))
            case Rebuild():
                log.warning("pack planned again", transaction=str(row.id), hash=row.hash)
                ended.append(("plan_again", Change(row, {})))
            case _:
                pass
    closed = await _close(maker, finished, ended)
    raised = [await _raised(maker, world, each) for each in ready]
    await _send(maker, world, raised)
    return closed


async def _seen(world: World, row: ChainTransaction) -> Seen | None:
    """None when nobody could say, which is no reason to hold up the others."""
    try:
        return await world.ledger.seen(str(row.hash))
    except Unavailable:
        return None


async def _raised(maker: Maker, world: World, ready: _Ready) -> _Ready:
    """What has waited too long goes again inside a fee bump, durable before it is sent; the same bytes at the cap."""
    row = ready.row
    waited = row.sent_ledger is not None and row.error_code in {None, "INSUFFICIENT_FEE"}
    if not waited or row.bid_stroops is None:
        return ready
    try:
        asked = (await world.ledger.bids()).classic
    except Unavailable:
        return ready
    bid = fees.raised(row.bid_stroops, asked)
    if bid is None:
        return ready
    bumped, bump_hash = await world.signer.bump(str(row.envelope_xdr), cast(PlatformRole, row.role), bid_stroops=bid)
    async with transaction(maker) as session:
        changed = await session.scalar(
            update(ChainTransaction)
            .where(
                ChainTransaction.id == row.id,
                ChainTransaction.hash == row.hash,
                ChainTransaction.status == row.status,
                ChainTransaction.bid_stroops == row.bid_stroops,
            )
            .values(bump_xdr=bumped, bid_stroops=bid)
            .returning(ChainTransaction.id)
        )
        if changed is not None:
            known = {
                "hash": bump_hash,
                "transaction_id": row.id,
                "envelope_xdr": bumped,
                "valid_until": row.valid_until,
            }
            await session.execute(insert(Envelope).values(**known).on_conflict_do_nothing(index_elements=["hash"]))
    return replace(ready, envelope_xdr=bumped) if changed is not None else ready


async def _send(maker: Maker, world: World, ready: Sequence[_Ready]) -> None:
    """Hand over exactly the stored bytes. Whatever the answers, only a later look-up says what happened."""

    async def one(each: _Ready) -> Change | None:
        try:
            answer = await world.ledger.send(each.envelope_xdr)
        except Unavailable:
            return None
        if answer.status == "TRY_AGAIN_LATER":
            return None
        code, sentence = None, None
        if answer.status == "ERROR":
            text = answer.result_xdr
            code, sentence = errors.of_result(text) if text else ("NotAccepted", "Not accepted.")
        return Change(each.row, {"sent_ledger": each.ledger, "error_code": code, "error_sentence": sentence})

    sent = [each for each in await gather(*map(one, ready)) if each is not None]
    async with transaction(maker) as session:
        await change(session, "send", sent)


async def _close(maker: Maker, finished: OnFinished, ended: Sequence[tuple[str, Change]]) -> int:
    """Final statuses, the channels free again, and what follows from it, in one transaction."""
    if not ended:
        return 0
    count = 0
    async with transaction(maker) as session:
        for event in ("confirm", "fail", "expire", "plan_again"):
            moves = [made for decided, made in ended if decided == event]
            changed = await change(session, event, moves)
            count += len(changed)
            hashes = [made.row.hash for made in moves if made.row.id in changed]
            if not hashes:
                continue
            told = "confirmed" if event == "confirm" else "failed"
            await session.execute(update(Envelope).where(Envelope.hash.in_(hashes)).values(outcome=told))
            if event == "plan_again":  # the channel stays leased: the next envelope of the same pack comes first
                continue
            await session.execute(delete(SourceLease).where(SourceLease.transaction_id.in_(changed)))
            final = select(ChainTransaction).where(ChainTransaction.id.in_(changed)).order_by(ChainTransaction.id)
            for row in (await session.scalars(final.execution_options(populate_existing=True))).all():
                await finished(session, row)
    return count


def outcome(seen: Seen) -> dict[str, Any]:
    """What the ledger said, for the row. An envelope that never landed leaves no trace but its last refusal."""
    if not isinstance(seen, Applied):
        return {}
    code, sentence = None, None
    if not seen.success:
        failed = results.refused(seen.result_xdr)
        code, sentence = (failed[0].code, failed[0].sentence) if failed else errors.of_result(seen.result_xdr)
    return {"ledger": seen.ledger, "result_xdr": seen.result_xdr, "error_code": code, "error_sentence": sentence}


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
        by_platform=True,
        attempts=row.attempts,
        refused=row.error_code is not None,
    )


def _as(made: Change) -> ChainTransaction:
    """The row as it stands in the database after the change, without asking for it again."""
    for name, value in made.values.items():
        setattr(made.row, name, value)
    made.row.status = TRANSACTION.after("sign", made.row.status)
    return made.row
