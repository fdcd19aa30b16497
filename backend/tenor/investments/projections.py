"""Ledger events into holdings, fundings, refunds and payouts: a pure function of the log. No clock, no intent row.

Accrual is computed here as the token computes it, and every total that an event carries must agree, to the unit.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments import rules
from tenor.investments.models import (
    Deposit,
    Distribution,
    Funding,
    Holding,
    Payout,
    Refund,
    ShareMove,
    ShareToken,
)
from tenor.investments.rules import Entry, Pool
from tenor.ledger import events
from tenor.ledger.events import Event


class ProjectionDiverged(Exception):
    """An event's totals are not those that the earlier events lead to: one is missing, or the arithmetic differs."""


async def on_invoice_created(session: AsyncSession, event: events.InvoiceCreated) -> None:
    session.add(
        ShareToken(
            chain_id=event.invoice_id,
            token=event.token,
            asset=event.terms.asset,
            supply_units=0,
            index_scaled=0,
            remainder_scaled=0,
            unlocked=False,
            received_units=0,
            paid_units=0,
            last_event_id=event.raw.id,
        )
    )
    await session.flush()


async def on_invoice_funded(session: AsyncSession, event: events.InvoiceFunded) -> None:
    session.add(
        Funding(
            chain_id=event.invoice_id,
            investor=event.investor,
            units=event.amount,
            shares=event.amount,
            funded_after_units=event.funded_after,
            **at(event),
        )
    )
    await session.flush()


async def on_invoice_refunded(session: AsyncSession, event: events.InvoiceRefunded) -> None:
    session.add(Refund(chain_id=event.invoice_id, holder=event.holder, units=event.amount, **at(event)))
    await session.flush()


async def on_shares_moved(session: AsyncSession, event: events.SharesMoved) -> None:
    token = await _token(session, event, ShareToken.chain_id == event.invoice_id)
    _agree(event, "the index", event.index, token.index_scaled)
    pool = _pool(token)
    for holder, shares in _sides(event).items():
        row = await session.get(Holding, (token.chain_id, holder))
        pool, entry = rules.rebalance(pool, _entry(row), shares)
        await _write(session, event, token, holder, entry)
    token.supply_units, token.remainder_scaled, token.last_event_id = event.supply, pool.remainder, event.raw.id
    session.add(
        ShareMove(chain_id=token.chain_id, giver=event.sender, taker=event.receiver, shares=event.amount, **at(event))
    )
    await session.flush()


async def on_shares_unlocked(session: AsyncSession, event: events.SharesUnlocked) -> None:
    token = await _token(session, event, ShareToken.chain_id == event.invoice_id)
    token.unlocked, token.last_event_id = True, event.raw.id
    await session.flush()


async def on_payout_accrued(session: AsyncSession, event: events.PayoutAccrued) -> None:
    token = await _token(session, event, ShareToken.chain_id == event.invoice_id)
    pool = _pool(token).accrue(event.amount)
    _agree(event, "the supply", event.supply, pool.supply)
    _agree(event, "the index", event.index, pool.index)
    _agree(event, "the remainder", event.remainder, pool.remainder)
    token.index_scaled, token.remainder_scaled, token.last_event_id = pool.index, pool.remainder, event.raw.id
    await session.flush()


async def on_payout_deposited(session: AsyncSession, event: events.PayoutDeposited) -> None:
    token = await _token(session, event, ShareToken.token == event.token)
    _agree(event, "received", event.received_before, token.received_units)
    token.received_units, token.last_event_id = event.received_after, event.raw.id
    session.add(
        Deposit(
            chain_id=token.chain_id,
            payment_key=event.payment_id,
            units=event.amount,
            received_after_units=event.received_after,
            **at(event),
        )
    )
    await session.flush()


async def on_asset_moved(session: AsyncSession, event: events.AssetMoved) -> None:
    """Money that left the distributor. The distributor's own event, later in the same transaction, says for what."""
    session.add(
        Payout(chain_id=None, kind=None, asset=event.asset, holder=event.receiver, units=event.amount, **at(event))
    )
    await session.flush()


async def on_payout_claimed(session: AsyncSession, event: events.PayoutClaimed) -> None:
    token = await _token(session, event, ShareToken.token == event.token)
    payouts = [
        row
        for row in await _unexplained(session, event, token)
        if row.holder == event.holder and row.units == event.amount
    ]
    await _explain(session, event, token, payouts[-1:], "claimed")


async def on_payout_paged(session: AsyncSession, event: events.PayoutPaged) -> None:
    token = await _token(session, event, ShareToken.token == event.token)
    payouts = await _unexplained(session, event, token)
    _agree(event, "the number of holders paid", event.paid_count, len(payouts))
    session.add(
        Distribution(
            chain_id=token.chain_id,
            paid_units=event.paid_after - event.paid_before,
            paid_count=event.paid_count,
            deferred_count=event.deferred_count,
            **at(event),
        )
    )
    await _explain(session, event, token, payouts, "pushed")


def at(event: Event) -> dict[str, Any]:
    """Where and when: the columns that every row of one event has."""
    raw = event.raw
    return {"event_id": raw.id, "ledger": raw.ledger, "closed_at": raw.closed_at, "tx_hash": raw.tx_hash}


async def _explain(
    session: AsyncSession,
    event: events.PayoutClaimed | events.PayoutPaged,
    token: ShareToken,
    payouts: list[Payout],
    kind: str,
) -> None:
    """Those payouts were this event's: the holders' whole units are paid, their fractions stay."""
    _agree(event, "what was paid", event.paid_after - event.paid_before, sum(row.units for row in payouts))
    _agree(event, "paid before", event.paid_before, token.paid_units)
    pool = _pool(token)
    for payout in payouts:
        row = await session.get(Holding, (token.chain_id, payout.holder))
        entry = _entry(row) or Entry()
        _agree(event, f"what {payout.holder} had earned", payout.units, entry.payable(pool.index))
        pool, left = rules.mark_paid(pool, entry)
        await _write(session, event, token, payout.holder, left)
        payout.chain_id, payout.kind = token.chain_id, kind
    token.remainder_scaled, token.paid_units, token.last_event_id = pool.remainder, event.paid_after, event.raw.id
    await session.flush()


async def _unexplained(session: AsyncSession, event: Event, token: ShareToken) -> list[Payout]:
    """Money that left the distributor in this transaction before this event, and that no event has explained."""
    found = await session.scalars(
        select(Payout)
        .where(
            Payout.tx_hash == event.raw.tx_hash,
            Payout.event_id < event.raw.id,
            Payout.chain_id.is_(None),
            Payout.asset == token.asset,
        )
        .order_by(Payout.event_id)
    )
    return list(found)


async def _write(session: AsyncSession, event: Event, token: ShareToken, holder: str, entry: Entry | None) -> None:
    row = await session.get(Holding, (token.chain_id, holder))
    if entry is None:
        if row is not None:
            await session.delete(row)
            await session.flush()
        return
    if row is None:
        row = Holding(chain_id=token.chain_id, holder=holder)
        session.add(row)
    row.shares, row.index_scaled, row.accrued_scaled = entry.balance, entry.index, entry.accrued_scaled
    row.last_event_id = event.raw.id


async def _token(session: AsyncSession, event: Event, where: Any) -> ShareToken:
    token = await session.scalar(select(ShareToken).where(where))
    if token is None:
        raise ProjectionDiverged(f"Event {event.raw.id} is of a share token whose creation is not in the log.")
    return token


def _pool(token: ShareToken) -> Pool:
    return Pool(supply=token.supply_units, index=token.index_scaled, remainder=token.remainder_scaled)


def _entry(row: Holding | None) -> Entry | None:
    return None if row is None else Entry(row.shares, row.index_scaled, row.accrued_scaled)


def _sides(event: events.SharesMoved) -> dict[str, int]:
    """Holder -> balance afterwards; one side for a mint, a redemption, or a transfer to oneself."""
    sides = {event.sender: event.from_balance, event.receiver: event.to_balance}
    return {holder: shares for holder, shares in sides.items() if holder is not None}


def _agree(event: Event, what: str, said: int, known: int) -> None:
    if said != known:
        raise ProjectionDiverged(f"Event {event.raw.id} says {said} for {what}; the log before it leads to {known}.")
