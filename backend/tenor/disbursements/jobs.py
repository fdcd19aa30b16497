"""Worker entry of the disbursements: looks at payees, orders packs, watches balances that wait to be claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import xdr

from tenor.chain import flows as chain
from tenor.chain import packs
from tenor.chain.leases import PACK
from tenor.chain.models import ChainTransaction, Channel
from tenor.db import Maker, transaction
from tenor.disbursements import outcomes, preflight, rules
from tenor.disbursements.models import Disbursement, DisbursementLine, Purse
from tenor.disbursements.rules import LINE, Due, Holding
from tenor.kernel.ids import new_id
from tenor.kernel.money import to_decimal
from tenor.ledger import calls, packing, results
from tenor.ledger.packing import Classic, Hold, Memo, Operation, Pay
from tenor.ledger.submission import FINAL
from tenor.world import SettlementAsset, World

DAY_SECONDS = 86_400
PACKS_A_CHANNEL = 2
"""Under way for each channel: one with the network, one that follows. The rest stays ready, and can be paused (P42)."""
LINES_MAX = 2_000
_WATCHED_MAX = 1_000
_ROUNDS_MAX = 20


@dataclass(frozen=True, slots=True)
class _Round:
    """What one round decides on. `turn` of the purse, and what others had `committed` when the lines were read."""

    batch: Disbursement
    asset: SettlementAsset
    lines: Sequence[DisbursementLine]
    turn: int
    committed: int


class _Overtaken(Exception):
    """Somebody else moved these lines or committed this balance meanwhile: look again."""


async def due(maker: Maker, _: World) -> list[UUID]:
    """Batches with something that can be packed."""
    return await _running(maker, DisbursementLine.status == "ready")


async def due_again(maker: Maker, _: World) -> list[UUID]:
    """Batches with parked lines, which a payee may have put right meanwhile (P34)."""
    return await _running(maker, DisbursementLine.status == "parked")


async def pay(maker: Maker, world: World, batch_id: str) -> None:
    """Pack what is ready, as far as channels and balance reach. May run twice at once or never end (P131)."""
    for _ in range(_ROUNDS_MAX):
        if not await _round(maker, world, UUID(batch_id), "ready"):
            return


async def look_again(maker: Maker, world: World, batch_id: str) -> None:
    await _round(maker, world, UUID(batch_id), "parked")


async def watch(maker: Maker, world: World) -> int:
    """Held balances that are gone were claimed, unless it was us who took them back; how many there were."""
    async with transaction(maker) as session:
        held = select(DisbursementLine).where(DisbursementLine.status == "held").limit(_WATCHED_MAX)
        lines = (await session.scalars(held.order_by(func.random()))).all()
    keys = [_balance_key(str(line.balance_id)) for line in lines]
    found = await world.ledger.entries(keys) if keys else []
    gone = [line.id for line, entry in zip(lines, found, strict=True) if entry is None]
    async with transaction(maker) as session:
        claimed = update(DisbursementLine).where(DisbursementLine.id.in_(gone), DisbursementLine.status == "held")
        done = await session.scalars(
            claimed.values(status=LINE.after("be_claimed", "held")).returning(DisbursementLine.id)
        )
        return len(done.all())


async def _running(maker: Maker, wanted: Any) -> list[UUID]:
    there = select(DisbursementLine.id).where(DisbursementLine.disbursement_id == Disbursement.id, wanted).exists()
    async with transaction(maker) as session:
        found = select(Disbursement.id).where(Disbursement.status == "running", there).order_by(Disbursement.id)
        return list(await session.scalars(found))


async def _round(maker: Maker, world: World, batch_id: UUID, status: str) -> bool:
    """One look and one commit; whether more may follow at once."""
    async with transaction(maker) as session:
        read = await _read(session, world, batch_id, status)
    if read is None:
        return False
    holding = await preflight.treasury(world, read.asset)
    classic = [line.payee for line in read.lines if not line.payee.startswith("C")]
    payees = await preflight.payees(world, read.asset, classic)
    tip = await world.ledger.tip()
    obstacles = {
        line.number: rules.obstacle(payees[line.payee], line.units)
        for line in read.lines
        if not line.payee.startswith("C")
    }
    claimable = read.batch.when_missing == "claimable"
    plain = {line.number for line in read.lines if line.payee.startswith("G") and line.memo_kind == "none"}
    # A claimable balance knows neither memo nor muxed number: such a payee waits for the account itself.
    held = {n for n, code in obstacles.items() if claimable and code in rules.MISSING and n in plain}
    parked = {n: code for n, code in obstacles.items() if code is not None and n not in held}
    wanted = [
        Due(line.number, line.payee, line.units, (line.memo_kind, line.memo_value))
        for line in read.lines
        if line.number not in parked
    ]
    spare = max(0, holding.spare - read.committed) if holding.authorized else 0
    fits = rules.affordable(wanted, spare)
    reclaim_at = tip.closed_at + read.batch.reclaim_days * DAY_SECONDS
    try:
        async with transaction(maker) as session:
            await _commit(session, world, read, _Plan(rules.packs(fits), held, parked, reclaim_at))
            await _tell(session, read, None if fits or not wanted else _too_little(read.asset, holding, wanted[0]))
    except _Overtaken:
        return True
    return bool(fits) and status == "ready"


@dataclass(frozen=True, slots=True)
class _Plan:
    """`packed`: lines a transaction each. `held` by a claimable balance; `parked`: number -> why."""

    packed: list[list[Due]]
    held: set[int]
    parked: dict[int, str]
    reclaim_at: int


async def _read(session: AsyncSession, world: World, batch_id: UUID, status: str) -> _Round | None:
    batch = await session.get(Disbursement, batch_id)
    if batch is None or batch.status != "running":
        return None
    usable = await session.scalar(select(func.count()).select_from(Channel).where(Channel.state == "ready")) or 0
    open_packs = select(func.count()).where(ChainTransaction.kind == PACK, ChainTransaction.status.not_in(FINAL))
    room = usable * PACKS_A_CHANNEL - (await session.scalar(open_packs) or 0)
    if usable == 0:
        await _say(session, batch, "There is no channel account with XLM for fees: `tenor channels list` shows them.")
    if room <= 0:
        return None
    limit = min(LINES_MAX, room * packing.OPERATIONS_MAX)
    mine = (DisbursementLine.disbursement_id == batch.id) & (DisbursementLine.status == status)
    lines = (
        await session.scalars(select(DisbursementLine).where(mine).order_by(DisbursementLine.number).limit(limit))
    ).all()
    if not lines:
        return None
    await session.execute(insert(Purse).values(asset=batch.asset, turn=0).on_conflict_do_nothing())
    turn = await session.scalar(select(Purse.turn).where(Purse.asset == batch.asset)) or 0
    committed = await session.scalar(
        select(func.coalesce(func.sum(DisbursementLine.units), 0))
        .join(Disbursement, Disbursement.id == DisbursementLine.disbursement_id)
        .where(DisbursementLine.status == "sending", Disbursement.asset == batch.asset)
    )
    return _Round(batch, world.deployment.asset(batch.asset), lines, turn, int(committed or 0))


async def _commit(session: AsyncSession, world: World, read: _Round, plan: _Plan) -> None:
    """Packs and what their lines become, all or nothing: `_Overtaken` when anything was moved meanwhile."""
    mine = await session.scalar(
        update(Purse)
        .where(Purse.asset == read.batch.asset, Purse.turn == read.turn)
        .values(turn=read.turn + 1)
        .returning(Purse.turn)
    )
    still = await session.scalar(select(Disbursement.status).where(Disbursement.id == read.batch.id).with_for_update())
    if mine is None or still != "running":
        raise _Overtaken
    by_number = {line.number: line for line in read.lines}
    moved: list[tuple[UUID, UUID, int, str]] = []
    for pack in plan.packed:
        pack_id = await _order(session, world, read, pack, plan)
        for position, due_line in enumerate(pack):
            way = "call" if due_line.payee.startswith("C") else "hold" if due_line.number in plan.held else "pay"
            moved.append((by_number[due_line.number].id, pack_id, position, way))
    await _send(session, moved, read.lines[0].status, plan.reclaim_at)
    await _park(session, {by_number[number].id: code for number, code in plan.parked.items()})


async def _order(session: AsyncSession, world: World, read: _Round, pack: list[Due], plan: _Plan) -> UUID:
    own, asset = world.signer.address("treasury"), read.asset
    if pack[0].payee.startswith("C"):
        call = calls.transfer(asset.contract, sender=own, receiver=pack[0].payee, units=pack[0].units)
        row = await chain.order(
            session,
            role="treasury",
            purpose=outcomes.CALL,
            purpose_key=f"{outcomes.CALL}:{read.batch.id}:{pack[0].number}",
            subject=str(read.batch.id),
            call=call,
            road="channel",
        )
        return row.id
    wanted: list[Operation] = [
        Hold(packing.plain(each.payee), each.units, plan.reclaim_at)
        if each.number in plan.held
        else Pay(each.payee, each.units)
        for each in pack
    ]
    return await packs.order(
        session,
        role="treasury",
        purpose=outcomes.PACK,
        purpose_key=f"{outcomes.PACK}:{read.batch.id}:{pack[0].number}:{new_id()}",
        subject=str(read.batch.id),
        packed=packing.operations(own, Classic(asset.code, asset.issuer), wanted),
        memo=Memo(*pack[0].memo),
    )


async def _send(session: AsyncSession, moved: list[tuple[UUID, UUID, int, str]], before: str, reclaim_at: int) -> None:
    if not moved:
        return
    kinds = (Uuid(), Uuid(), DisbursementLine.__table__.c.position.type, Text())
    columns: list[tuple[Any, list[Any]]] = [(kind, [row[at] for row in moved]) for at, kind in enumerate(kinds)]
    given: list[Any] = [bindparam(None, held, type_=ARRAY(kind)) for kind, held in columns]
    new = func.unnest(*given).table_valued("line", "pack", "place", "way", name="new").render_derived()
    done = await session.scalars(
        update(DisbursementLine)
        .where(DisbursementLine.id == new.c.line, DisbursementLine.status == before)
        .values(
            status=LINE.after("be_sent", before),
            pack_id=new.c.pack,
            position=new.c.place,
            way=new.c.way,
            reclaim_at=reclaim_at,
            code=None,
            reason=None,
        )
        .returning(DisbursementLine.id)
        .execution_options(synchronize_session=False)
    )
    if len(done.all()) != len(moved):
        raise _Overtaken


async def _park(session: AsyncSession, parked: dict[UUID, str]) -> None:
    by_code: dict[str, list[UUID]] = {}
    for line_id, code in parked.items():
        by_code.setdefault(code, []).append(line_id)
    for code, ids in by_code.items():
        waiting = DisbursementLine.id.in_(ids) & DisbursementLine.status.in_(("ready", "parked"))
        told = {"code": code, "reason": results.SENTENCES[code]}
        await session.execute(update(DisbursementLine).where(waiting).values(status="parked", **told))


async def _tell(session: AsyncSession, read: _Round, waiting: str | None) -> None:
    """Why the batch stands still: the treasury's balance, or what the network says of its packs."""
    if waiting is None:
        told = select(ChainTransaction.error_sentence).where(
            ChainTransaction.kind == PACK,
            ChainTransaction.subject == str(read.batch.id),
            ChainTransaction.status.not_in(FINAL),
            ChainTransaction.error_sentence.is_not(None),
        )
        waiting = await session.scalar(told.limit(1))
    await _say(session, read.batch, waiting)


async def _say(session: AsyncSession, batch: Disbursement, waiting: str | None) -> None:
    if waiting != batch.waiting:
        await session.execute(update(Disbursement).where(Disbursement.id == batch.id).values(waiting=waiting))


def _too_little(asset: SettlementAsset, holding: Holding, line: Due) -> str:
    has, needs = (to_decimal(units, asset.decimals) for units in (holding.spare, line.units))
    return f"The treasury can spend {has} {asset.code}, part of which is under way; the next payment is {needs}."


def _balance_key(balance: str) -> xdr.LedgerKey:
    found = xdr.ClaimableBalanceID(
        xdr.ClaimableBalanceIDType.CLAIMABLE_BALANCE_ID_TYPE_V0, v0=xdr.Hash(bytes.fromhex(balance))
    )
    return xdr.LedgerKey(
        xdr.LedgerEntryType.CLAIMABLE_BALANCE, claimable_balance=xdr.LedgerKeyClaimableBalance(balance_id=found)
    )
