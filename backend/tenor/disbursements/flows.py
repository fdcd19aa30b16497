"""Batches of payments: proposed, decided by a second person, paused, ended. Never pays; `jobs` orders the packs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import Channel
from tenor.disbursements import parse
from tenor.disbursements.models import Disbursement, DisbursementLine
from tenor.disbursements.rules import BATCH, LINE, OPEN_LINES
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tenor.kernel.ids import new_id
from tenor.world import SettlementAsset, World

NAME_CHARACTERS_MAX = 120
RECLAIM_DAYS_MAX = 3_650
_STORED_TOGETHER = 1_000


class DisbursementUnknown(NotFound):
    pass


class OwnDisbursement(NotAllowed):
    """Whoever proposed a batch does not decide on it (P38)."""


class SettlementAssetUnknown(Invalid):
    pass


class PaymentKnown(Conflict):
    """A payment with this id is in another batch: a file that is sent again pays nothing twice (P35)."""


class DisbursementDecided(Conflict):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`asset`: code or contract. `rows`: one mapping a payment, as `parse.lines_of` takes them."""

    name: str
    asset: str
    rows: Sequence[Mapping[str, str]]
    when_missing: str = "park"
    reclaim_days: int = 30
    repeats: bool = False


async def propose(session: AsyncSession, world: World, actor: Actor, wish: Wish) -> Disbursement:
    """A batch that waits for its second person. `BatchRefused` names every bad line; then nothing was stored (P40)."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    return await keep(session, world, actor.address, wish)


async def keep(session: AsyncSession, world: World, creator: str, wish: Wish) -> Disbursement:
    asset = asset_of(world, wish.asset)
    if not 0 < len(wish.name.strip()) <= NAME_CHARACTERS_MAX or not wish.name.isprintable():
        raise Invalid(f"A batch needs a name of at most {NAME_CHARACTERS_MAX} characters.", fields={"name": "missing"})
    if wish.when_missing not in {"park", "claimable"} or not 1 <= wish.reclaim_days <= RECLAIM_DAYS_MAX:
        raise Invalid(f"when_missing is park or claimable, reclaim_days from 1 to {RECLAIM_DAYS_MAX}.")
    expected = parse.Expected(asset.code, asset.decimals, await _ours(session, world), wish.repeats)
    lines = parse.lines_of(wish.rows, expected)
    batch = Disbursement(
        id=new_id(),
        name=wish.name.strip(),
        asset=asset.contract,
        when_missing=wish.when_missing,
        reclaim_days=wish.reclaim_days,
        lines=len(lines),
        total_units=sum(line.units for line in lines),
        status=BATCH.start,
        creator_address=creator,
    )
    session.add(batch)
    await session.flush()
    values = [_row(batch.id, line) for line in lines]
    try:
        async with session.begin_nested():
            for start in range(0, len(values), _STORED_TOGETHER):
                await session.execute(insert(DisbursementLine), values[start : start + _STORED_TOGETHER])
    except IntegrityError as known:
        raise await _known(session, lines) from known
    return await session.get_one(Disbursement, batch.id, populate_existing=True)


async def decide(
    session: AsyncSession, actor: Actor, batch_id: UUID, *, move: str, reason: str | None = None
) -> Disbursement:
    """`be_approved` or `be_declined`, by anybody of the platform's people but the one who proposed it."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    batch = await get(session, actor, batch_id)
    if batch.creator_address == actor.address:
        raise OwnDisbursement(f"{actor.address} proposed this batch; somebody else decides.")
    batch = await _move(session, batch, move, approver_address=actor.address, reason=reason, decided_at=func.now())
    if batch.status == "declined":
        await _cancel(session, batch.id)
    return batch


async def steer(session: AsyncSession, actor: Actor, batch_id: UUID, *, move: str) -> Disbursement:
    """`be_paused`: what is under way finishes, nothing new starts (P42); `be_resumed`; `be_ended`: cancels the rest."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    batch = await _move(session, await get(session, actor, batch_id), move)
    if batch.status == "ended":
        await _cancel(session, batch.id)
    return batch


async def get(session: AsyncSession, actor: Actor, batch_id: UUID) -> Disbursement:
    """`DisbursementUnknown` also for people who are not the platform's (P81)."""
    batch = await session.get(Disbursement, batch_id) if actor.has(Role.OPERATOR, Role.ADMIN) else None
    if batch is None:
        raise DisbursementUnknown(f"There is no disbursement {batch_id}.")
    return batch


async def listed(session: AsyncSession, actor: Actor, *, after: UUID | None, limit: int) -> Sequence[Disbursement]:
    """Newest first; one more than `limit`, when there is one."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    older = Disbursement.id < after if after is not None else Disbursement.id.is_not(None)
    query = select(Disbursement).where(older).order_by(Disbursement.id.desc()).limit(limit + 1)
    return (await session.scalars(query)).all()


async def lines_of(
    session: AsyncSession, batch_id: UUID, *, status: str | None = None, after: int = 0, limit: int | None = None
) -> Sequence[DisbursementLine]:
    """In the order of the file; one more than `limit`, when there is one."""
    wanted = (DisbursementLine.disbursement_id == batch_id) & (DisbursementLine.number > after)
    if status is not None:
        wanted &= DisbursementLine.status == status
    query = select(DisbursementLine).where(wanted).order_by(DisbursementLine.number)
    return (await session.scalars(query if limit is None else query.limit(limit + 1))).all()


async def sums(session: AsyncSession, batch_id: UUID) -> dict[str, tuple[int, int]]:
    """Status -> (lines, units): together always the whole batch."""
    query = (
        select(DisbursementLine.status, func.count(), func.sum(DisbursementLine.units))
        .where(DisbursementLine.disbursement_id == batch_id)
        .group_by(DisbursementLine.status)
    )
    return {status: (int(count), int(units)) for status, count, units in (await session.execute(query)).all()}


def asset_of(world: World, given: str) -> SettlementAsset:
    found = [asset for asset in world.deployment.assets if given in {asset.code, asset.contract}]
    if len(found) != 1:
        known = ", ".join(sorted(asset.code for asset in world.deployment.assets))
        raise SettlementAssetUnknown(f"{given[:60]!r} is not one of the settlement assets: {known}.")
    return found[0]


async def _ours(session: AsyncSession, world: World) -> frozenset[str]:
    roles = ("admin", "operator", "resolver", "pauser", "treasury", "web_auth")
    here = world.deployment
    contracts = (here.escrow, here.distributor, here.registry, here.stream, here.market)
    channels = await session.scalars(select(Channel.address))
    return frozenset({*(world.signer.address(role) for role in roles), *filter(None, contracts), *channels})  # type: ignore[arg-type]


def _row(batch_id: UUID, line: parse.Line) -> dict[str, Any]:
    return {
        "id": new_id(),
        "disbursement_id": batch_id,
        "number": line.number,
        "external_id": line.external_id,
        "payee": line.payee,
        "memo_kind": line.memo_kind,
        "memo_value": line.memo_value,
        "units": line.units,
        "status": LINE.start,
    }


async def _known(session: AsyncSession, lines: Sequence[parse.Line]) -> PaymentKnown:
    ids = [line.external_id for line in lines if line.external_id is not None]
    there = DisbursementLine.external_id.in_(ids) & (DisbursementLine.status != "cancelled")
    known = set(await session.scalars(select(DisbursementLine.external_id).where(there)))
    fields = {
        f"line {line.number}, id": f"{line.external_id} is in another batch."
        for line in lines
        if line.external_id in known
    }
    first = dict(list(fields.items())[: parse.LISTED_MAX])
    return PaymentKnown(
        f"{len(fields)} of the payments are in another batch already; nothing was stored.", fields=first
    )


async def _cancel(session: AsyncSession, batch_id: UUID) -> None:
    """What is not under way; the rest finishes as the ledger says."""
    waiting = DisbursementLine.status.in_(LINE.sources("be_cancelled"))
    await session.execute(
        update(DisbursementLine)
        .where(DisbursementLine.disbursement_id == batch_id, waiting)
        .values(status="cancelled", reason="The batch was ended before this payment began.")
    )


async def _move(session: AsyncSession, batch: Disbursement, move: str, **values: Any) -> Disbursement:
    """Compare-and-set; `DisbursementDecided` when somebody else was first."""
    changed = await session.scalar(
        update(Disbursement)
        .where(Disbursement.id == batch.id, Disbursement.status == batch.status)
        .values(status=BATCH.after(move, batch.status), waiting=None, **values)
        .returning(Disbursement.id)
    )
    if changed is None:
        raise DisbursementDecided(f"Somebody else has just changed batch {batch.id}: look again.")
    return await session.get_one(Disbursement, batch.id, populate_existing=True)


async def complete(session: AsyncSession, batch_id: UUID) -> None:
    """The batch is over when none of its lines is open any more."""
    still = select(DisbursementLine.id).where(
        DisbursementLine.disbursement_id == batch_id, DisbursementLine.status.in_(OPEN_LINES)
    )
    await session.execute(
        update(Disbursement)
        .where(Disbursement.id == batch_id, Disbursement.status == "running", ~still.exists())
        .values(status=BATCH.after("be_completed", "running"), waiting=None)
    )
