"""What an address has, earned and got, from projections and ledger time. Reads only; changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments import flows, rules
from tenor.investments.models import Funding, Holding, Page, Payout, Refund, ShareMove, ShareSale, ShareToken
from tenor.investments.pushes import reason_of
from tenor.investments.rules import Entry
from tenor.invoices.escrows import books_of, deal_of, now_indexed
from tenor.invoices.models import Escrow
from tenor.kernel.actor import Actor
from tenor.kernel.errors import NotFound
from tenor.kernel.money import Asset
from tenor.world import World

HISTORY_MAX = 200


class PositionUnknown(NotFound):
    pass


@dataclass(frozen=True, slots=True)
class Position:
    """One address in one invoice at `at`, the time of the newest projected ledger. Amounts are units of `asset`.

    `claimable_units`: earned by the distributor's index and not paid yet; `claim` pays exactly this.
    `accruing_units`: what the shares would get besides, after the fee, if the debtor paid all holders are owed now.
    `deferred`: why the last push did not reach the holder, None when it did or there is nothing to claim.
    """

    chain_id: str
    holder: str
    asset: Asset
    status: str
    at: int
    due_at: int
    shares: int
    supply: int
    invested_units: int
    bought_units: int
    """Paid to other holders for shares, on the market."""
    sold_units: int
    refunded_units: int
    paid_units: int
    claimable_units: int
    accruing_units: int
    refundable_units: int
    deferred: str | None
    disputed_until: int | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a position's history; `units` of the asset or, for moves of shares, shares."""

    event_id: str
    what: str
    units: int
    counterparty: str | None
    ledger: int
    closed_at: int
    tx_hash: str


async def page(
    session: AsyncSession, world: World, actor: Actor, *, after: str | None, limit: int
) -> Sequence[Position]:
    """The actor's positions, those already closed included, by invoice id."""
    mine = select(ShareMove.chain_id).where(
        or_(ShareMove.giver == actor.address, ShareMove.taker == actor.address), ShareMove.chain_id > (after or "")
    )
    chain_ids = list(await session.scalars(mine.distinct().order_by(ShareMove.chain_id).limit(limit)))
    return await _positions(session, world, actor.address, chain_ids)


async def one(session: AsyncSession, world: World, actor: Actor, chain_id: str) -> Position:
    """`PositionUnknown` for who never held a share of it."""
    found = await _positions(session, world, actor.address, [chain_id])
    if not found or not await history(session, actor.address, chain_id):
        raise PositionUnknown(f"You never held shares of {chain_id}.")
    return found[0]


async def history(session: AsyncSession, holder: str, chain_id: str) -> list[Happening]:
    """The newest `HISTORY_MAX` things that happened to the position, newest first."""
    found: list[Happening] = []
    for row in await _rows(session, ShareMove, chain_id, or_(ShareMove.giver == holder, ShareMove.taker == holder)):
        if row.giver is not None and row.taker is not None:
            sold = row.giver == holder
            found.append(
                _happening(row, "shares_out" if sold else "shares_in", row.shares, row.taker if sold else row.giver)
            )
    fundings = await _rows(session, Funding, chain_id, Funding.investor == holder)
    refunds = await _rows(session, Refund, chain_id, Refund.holder == holder)
    payouts = await _rows(session, Payout, chain_id, Payout.holder == holder)
    sales = await _rows(session, ShareSale, chain_id, or_(ShareSale.seller == holder, ShareSale.buyer == holder))
    for row in sales:
        sold = row.seller == holder
        what, other = ("sold", row.buyer) if sold else ("bought", row.seller)
        found.append(_happening(row, what, row.paid_units, other))
    found += [_happening(row, "invested", row.units, None) for row in fundings]
    found += [_happening(row, "refunded", row.units, None) for row in refunds]
    found += [_happening(row, row.kind, row.units, None) for row in payouts]
    return sorted(found, key=lambda happening: happening.event_id, reverse=True)[:HISTORY_MAX]


async def _positions(session: AsyncSession, world: World, holder: str, chain_ids: list[str]) -> list[Position]:
    if not chain_ids:
        return []
    at = await now_indexed(session)
    rows = (
        await session.execute(
            select(Escrow, ShareToken, Holding)
            .join(ShareToken, ShareToken.chain_id == Escrow.chain_id)
            .outerjoin(Holding, (Holding.chain_id == Escrow.chain_id) & (Holding.holder == holder))
            .where(Escrow.chain_id.in_(chain_ids))
            .order_by(Escrow.chain_id)
        )
    ).all()
    invested = await _sums(session, Funding.units, Funding, Funding.investor == holder, chain_ids)
    bought = await _sums(session, ShareSale.paid_units, ShareSale, ShareSale.buyer == holder, chain_ids)
    sold = await _sums(session, ShareSale.paid_units, ShareSale, ShareSale.seller == holder, chain_ids)
    refunded = await _sums(session, Refund.units, Refund, Refund.holder == holder, chain_ids)
    paid = await _sums(session, Payout.units, Payout, Payout.holder == holder, chain_ids)
    deferred = await _deferred(session, holder, chain_ids)
    found = []
    for escrow, token, holding in rows:
        entry = Entry(holding.shares, holding.index_scaled, holding.accrued_scaled) if holding else Entry()
        claimable = entry.payable(token.index_scaled)
        refundable = rules.is_refundable(flows.offer_of(world, escrow), at=at)
        found.append(
            Position(
                chain_id=escrow.chain_id,
                holder=holder,
                asset=flows.asset_of(world, escrow.asset),
                status="expired" if escrow.status == "open" and refundable else escrow.status,
                at=at,
                due_at=escrow.due_at,
                shares=entry.balance,
                supply=token.supply_units,
                invested_units=invested.get(escrow.chain_id, 0),
                bought_units=bought.get(escrow.chain_id, 0),
                sold_units=sold.get(escrow.chain_id, 0),
                refunded_units=refunded.get(escrow.chain_id, 0),
                paid_units=paid.get(escrow.chain_id, 0),
                claimable_units=claimable,
                accruing_units=_accruing(escrow, entry, at),
                refundable_units=entry.balance if refundable else 0,
                deferred=deferred.get(escrow.chain_id) if claimable else None,
                disputed_until=escrow.dispute_until if escrow.dispute_until > at else None,
            )
        )
    return found


def _accruing(escrow: Escrow, entry: Entry, at: int) -> int:
    if escrow.funded_at is None or entry.balance == 0:
        return 0
    books = books_of(escrow)
    return rules.claim_share(deal_of(escrow), books, shares=entry.balance, at=max(at, books.checkpoint_at))


async def _sums(session: AsyncSession, column: Any, table: Any, where: Any, chain_ids: list[str]) -> dict[str, int]:
    rows = await session.execute(
        select(table.chain_id, func.sum(column)).where(where, table.chain_id.in_(chain_ids)).group_by(table.chain_id)
    )
    return {chain_id: int(units) for chain_id, units in rows}


async def _deferred(session: AsyncSession, holder: str, chain_ids: list[str]) -> dict[str, str]:
    """Invoice -> the sentence for the newest page that could not reach the holder."""
    pages = await session.execute(
        select(Page.chain_id, Page.deferred[holder].as_integer())
        .where(Page.chain_id.in_(chain_ids), Page.deferred.has_key(holder))
        .order_by(Page.ordered_at, Page.purpose_key)
    )
    return {chain_id: reason_of(code) for chain_id, code in pages}


async def _rows(session: AsyncSession, table: Any, chain_id: str, where: Any) -> Sequence[Any]:
    query = select(table).where(table.chain_id == chain_id, where).order_by(table.event_id.desc()).limit(HISTORY_MAX)
    return (await session.scalars(query)).all()


def _happening(row: Any, what: str, units: int, counterparty: str | None) -> Happening:
    return Happening(row.event_id, what, units, counterparty, row.ledger, row.closed_at, row.tx_hash)
