"""Everything that ever moved between one holder and the contracts, from the ledger's events. Reads only."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments import positions
from tenor.investments.models import Funding, Payout, Refund, ShareMove, ShareSale
from tenor.investments.positions import Position
from tenor.invoices.escrows import now_indexed
from tenor.kernel.actor import Actor
from tenor.kernel.errors import Invalid
from tenor.kernel.money import Asset
from tenor.world import World

LINES_MAX = 20_000
POSITIONS_MAX = 2_000


class StatementTooLong(Invalid):
    pass


@dataclass(frozen=True, slots=True)
class Line:
    """`what`: invested, bought, sold, refunded, pushed, claimed (units), shares_in, shares_out (shares)."""

    at: int
    chain_id: str
    what: str
    units: int
    asset: Asset
    counterparty: str | None
    ledger: int
    tx_hash: str
    event_id: str


@dataclass(frozen=True, slots=True)
class HolderStatement:
    """`at`: close time of the newest ledger that it knows. Lines in the ledger's order."""

    holder: str
    at: int
    positions: tuple[Position, ...]
    lines: tuple[Line, ...]


async def statement_of(session: AsyncSession, world: World, actor: Actor) -> HolderStatement:
    """For the holder himself. `StatementTooLong` beyond `LINES_MAX` lines."""
    held = await positions.page(session, world, actor, after=None, limit=POSITIONS_MAX)
    assets = {position.chain_id: position.asset for position in held}
    found: list[Line] = []
    for table, who in ((Funding, Funding.investor), (Refund, Refund.holder), (Payout, Payout.holder)):
        for row in await _rows(session, table, who == actor.address):
            what = {Funding: "invested", Refund: "refunded"}.get(table) or str(row.kind)
            found.append(_line(row, what, row.units, None, assets))
    moved = or_(ShareMove.giver == actor.address, ShareMove.taker == actor.address)
    for row in await _rows(session, ShareMove, moved):
        if row.giver is None or row.taker is None:
            continue  # made by an investment or redeemed by a refund, which is a line already
        sold = row.giver == actor.address
        what, other = ("shares_out", row.taker) if sold else ("shares_in", row.giver)
        found.append(_line(row, what, row.shares, other, assets))
    for row in await _rows(
        session, ShareSale, or_(ShareSale.seller == actor.address, ShareSale.buyer == actor.address)
    ):
        what, other = ("sold", row.buyer) if row.seller == actor.address else ("bought", row.seller)
        found.append(_line(row, what, row.paid_units, other, assets))
    if len(found) > LINES_MAX:
        raise StatementTooLong(f"This statement has more than {LINES_MAX} lines; ask the platform for an export.")
    lines = tuple(sorted(found, key=lambda line: line.event_id))
    return HolderStatement(actor.address, await now_indexed(session), tuple(held), lines)


async def _rows(session: AsyncSession, table: Any, where: Any) -> list[Any]:
    query = select(table).where(where, table.chain_id.is_not(None)).order_by(table.event_id).limit(LINES_MAX + 1)
    return list(await session.scalars(query))


def _line(row: Any, what: str, units: int, counterparty: str | None, assets: dict[str, Asset]) -> Line:
    return Line(
        row.closed_at,
        row.chain_id,
        what,
        units,
        assets[row.chain_id],
        counterparty,
        row.ledger,
        row.tx_hash,
        row.event_id,
    )
