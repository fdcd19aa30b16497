"""Pushing payouts to holders, a page at a time, after each deposit. Orders only; a holder who is missed can claim."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts.models import Account
from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.investments import rules
from tenor.investments.models import Deposit, Holding, Page, Push, ShareToken
from tenor.investments.rules import Entry
from tenor.invoices.escrows import escrow_of
from tenor.kernel.actor import Actor, Role
from tenor.ledger import calls, scval
from tenor.ledger.errors import of_code
from tenor.notices.flows import notify
from tenor.world import World

PURPOSE = "distribute"


async def push(session: AsyncSession, world: World, chain_id: str) -> list[ChainTransaction]:
    """Order the pages of the newest deposit, for whoever has something to be paid; once, whoever asks how often."""
    deposit_event_id = await session.scalar(select(func.max(Deposit.event_id)).where(Deposit.chain_id == chain_id))
    if deposit_event_id is None:
        return []
    taken = await session.scalar(
        insert(Push)
        .values(deposit_event_id=deposit_event_id, chain_id=chain_id, attempt=1, ordered_at=_now(world))
        .on_conflict_do_nothing()
        .returning(Push.deposit_event_id)
    )
    if taken is None:
        return []
    return await _order_pages(session, world, chain_id, deposit_event_id, attempt=1)


async def push_again(session: AsyncSession, world: World, actor: Actor, chain_id: str) -> list[ChainTransaction]:
    """An operator's wish: pages for everyone who still has something to be paid (a new trustline, a failed page)."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    await escrow_of(session, chain_id)
    newest = select(Push).where(Push.chain_id == chain_id).order_by(Push.deposit_event_id.desc()).limit(1)
    found = await session.scalar(newest.with_for_update())
    if found is None:
        return await push(session, world, chain_id)
    found.attempt += 1
    return await _order_pages(session, world, chain_id, found.deposit_event_id, attempt=found.attempt)


async def due(session: AsyncSession, limit: int) -> Sequence[str]:
    """Invoices whose newest deposit has not been pushed yet."""
    newest = (
        select(Deposit.chain_id, func.max(Deposit.event_id).label("event_id")).group_by(Deposit.chain_id).subquery()
    )
    query = (
        select(newest.c.chain_id)
        .outerjoin(Push, Push.deposit_event_id == newest.c.event_id)
        .where(Push.deposit_event_id.is_(None))
        .order_by(newest.c.event_id)
        .limit(limit)
    )
    return (await session.scalars(query)).all()


async def pages_of(session: AsyncSession, actor: Actor, chain_id: str) -> list[tuple[Page, ChainTransaction]]:
    """For the platform's people: every ordered page, oldest first."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    rows = await session.execute(
        select(Page, ChainTransaction)
        .join(ChainTransaction, ChainTransaction.purpose_key == Page.purpose_key)
        .where(Page.chain_id == chain_id)
        .order_by(Page.ordered_at, Page.purpose_key)
    )
    return [(page, transaction) for page, transaction in rows]


async def on_page_finished(session: AsyncSession, transaction: ChainTransaction) -> None:
    """Keep whom a confirmed page could not reach, and why (the distributor's answer); tell those who log in here."""
    page = await session.get(Page, transaction.purpose_key)
    if page is None or transaction.status != "confirmed" or transaction.return_xdr is None:
        return
    answer = scval.native(base64.b64decode(transaction.return_xdr))
    page.deferred = {deferral["holder"]: deferral["reason"] for deferral in answer["deferred"]}
    await session.flush()
    for holder, code in page.deferred.items():
        for account_id in await session.scalars(select(Account.id).where(Account.address == holder)):
            await notify(
                session,
                account_id=account_id,
                key=f"payout_deferred:{page.purpose_key}:{holder}",
                kind="payout_deferred",
                subject=page.chain_id,
                title="A payout could not reach you",
                body=f"{reason_of(code)} Your claim is kept: put this right, then claim it in your position.",
            )


def reason_of(code: int) -> str:
    """Why a push did not reach a holder, from the asset's error code; 0 where the asset gave none."""
    return of_code(code)[1] if code else "Your account could not take the payout."


async def _order_pages(
    session: AsyncSession, world: World, chain_id: str, deposit_event_id: str, *, attempt: int
) -> list[ChainTransaction]:
    token = await session.get_one(ShareToken, chain_id)
    holdings = await session.scalars(select(Holding).where(Holding.chain_id == chain_id))
    payable = [
        row.holder
        for row in holdings
        if Entry(row.shares, row.index_scaled, row.accrued_scaled).payable(token.index_scaled) > 0
    ]
    transactions = []
    for number, holders in enumerate(rules.pages(payable)):
        key = f"{PURPOSE}:{deposit_event_id}:{attempt}.{number}"
        session.add(
            Page(
                purpose_key=key,
                chain_id=chain_id,
                deposit_event_id=deposit_event_id,
                ordered_at=_now(world),
                holders=list(holders),
                deferred=None,
            )
        )
        call = calls.distribute(world.deployment.distributor, token=token.token, holders=holders)
        transactions.append(
            await chain.order(session, role="operator", purpose=PURPOSE, purpose_key=key, subject=chain_id, call=call)
        )
    await session.flush()
    return transactions


def _now(world: World) -> datetime:
    return datetime.fromtimestamp(world.clock.now(), UTC)
