"""Which account lends its sequence to which transaction: row locks decide, one at a time, until the outcome is known.

A lease belongs to a transaction, never to a worker: whoever sweeps next goes on with it (P09, P10).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import xdr

from tenor.chain.models import ChainTransaction, Channel, SourceLease
from tenor.db import Maker, transaction
from tenor.ledger.footprint import account_key
from tenor.logs import log
from tenor.world import PlatformRole, World

BASE_RESERVE_STROOPS = 5_000_000
_ENTRIES_OF_AN_ACCOUNT = 2
PACK = "pack"


@dataclass(frozen=True, slots=True)
class Leased:
    """`channel`: its number, None for the role's own account."""

    row: ChainTransaction
    source: str
    channel: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """An account as the ledger has it; `spare_stroops` is what it may spend on fees. Both 0 when it is not there."""

    sequence: int
    spare_stroops: int

    def pays(self, fee_stroops: int) -> bool:
        return self.spare_stroops >= fee_stroops


async def for_packs(session: AsyncSession, world: World, limit: int) -> list[Leased]:
    """Planned packs with the account each one holds now; those for which none is free stay as they are."""
    rows = (
        await session.scalars(
            select(ChainTransaction)
            .where(ChainTransaction.kind == PACK, ChainTransaction.status == "planned")
            .order_by(ChainTransaction.created_at, ChainTransaction.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    ).all()
    if not rows:
        return []
    held = await _held(session, [row.id for row in rows])
    wanting = [row for row in rows if row.id not in held]
    own = {row.id: world.signer.address(cast(PlatformRole, row.role)) for row in wanting if row.road == "own"}
    lent = [row.id for row in wanting if row.road != "own"]
    pairs = [*own.items(), *zip(lent, await _free(session, len(lent)), strict=False)]
    if pairs:
        leases = [{"source": source, "transaction_id": row_id} for row_id, source in pairs]
        await session.execute(insert(SourceLease).values(leases).on_conflict_do_nothing())
        held = await _held(session, [row.id for row in rows])
    numbers = await _numbers(session, list(held.values()))
    return [Leased(row, held[row.id], numbers.get(held[row.id])) for row in rows if row.id in held]


async def channel_for(maker: Maker, row_id: UUID) -> tuple[str, int] | None:
    """A channel (address, number) for one transaction, the one it holds already or a free one; None when all lend."""
    async with transaction(maker) as session:
        held = await _held(session, [row_id])
        for source in await _free(session, 0 if held else 1):
            lease = insert(SourceLease).values(source=source, transaction_id=row_id)
            await session.execute(lease.on_conflict_do_nothing())
            held = await _held(session, [row_id])
        numbers = await _numbers(session, list(held.values()))
    return next(iter(numbers.items()), None)


async def look(world: World, leased: Sequence[Leased]) -> dict[str, Source]:
    found = await _accounts(world, [each.source for each in leased])
    return {source: Source(0, 0) if account is None else _source(account) for source, account in found.items()}


def spare(account: xdr.AccountEntry) -> int:
    """XLM in stroops above the account's reserve and what its offers bind."""
    v1 = account.ext.v1
    selling = 0 if v1 is None else v1.liabilities.selling.int64
    held = (_ENTRIES_OF_AN_ACCOUNT + account.num_sub_entries.uint32) * BASE_RESERVE_STROOPS
    v2 = None if v1 is None else v1.ext.v2
    if v2 is not None:
        held += (v2.num_sponsoring.uint32 - v2.num_sponsored.uint32) * BASE_RESERVE_STROOPS
    return int(account.balance.int64 - held - selling)


async def sequences(world: World, sources: Sequence[str]) -> dict[str, int]:
    """How far each account has come; asked only for what a node has refused, because it costs a request."""
    found = await _accounts(world, sources)
    return {source: account.seq_num.sequence_number.int64 for source, account in found.items() if account is not None}


async def let_go_low(maker: Maker, low: Sequence[Leased]) -> None:
    """Give back accounts that cannot pay a fee, and use them no more before they are topped up (P18)."""
    if not low:
        return
    for each in low:
        log.warning("too little XLM for a fee", source=each.source, transaction=str(each.row.id))
    async with transaction(maker) as session:
        ids = [each.row.id for each in low]
        await session.execute(delete(SourceLease).where(SourceLease.transaction_id.in_(ids)))
        numbers = [each.channel for each in low if each.channel is not None]
        tired = Channel.number.in_(numbers) & (Channel.state == "ready")
        await session.execute(update(Channel).where(tired).values(state="low"))


async def _free(session: AsyncSession, count: int) -> list[str]:
    """Locked until the lease is written; another worker passes over them."""
    if count == 0:
        return []
    lends = exists().where(SourceLease.source == Channel.address)
    free = (
        select(Channel.address)
        .where(Channel.state == "ready", ~lends)
        .order_by(Channel.number)
        .limit(count)
        .with_for_update(skip_locked=True)
    )
    return list(await session.scalars(free))


async def _held(session: AsyncSession, row_ids: Sequence[UUID]) -> dict[UUID, str]:
    held = select(SourceLease).where(SourceLease.transaction_id.in_(row_ids))
    return {
        lease.transaction_id: lease.source
        for lease in await session.scalars(held.execution_options(populate_existing=True))
    }


async def _numbers(session: AsyncSession, addresses: Sequence[str]) -> dict[str, int]:
    found = await session.execute(select(Channel.address, Channel.number).where(Channel.address.in_(addresses)))
    return {row.address: row.number for row in found}


async def _accounts(world: World, sources: Sequence[str]) -> dict[str, xdr.AccountEntry | None]:
    wanted = sorted(set(sources))
    if not wanted:
        return {}
    found = await world.ledger.entries([account_key(source) for source in wanted])
    return {source: None if entry is None else entry.account for source, entry in zip(wanted, found, strict=True)}


def _source(account: xdr.AccountEntry) -> Source:
    return Source(account.seq_num.sequence_number.int64, spare(account))
