"""What a holder's money has returned and on whom it stands, from the same rows as his statement. Reads only."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments import returns
from tenor.investments.accounting import statement_of
from tenor.investments.positions import Position
from tenor.investments.returns import Flow
from tenor.invoices.models import Debtor, Escrow
from tenor.kernel.actor import Actor
from tenor.kernel.money import Asset
from tenor.world import World

_PAID = frozenset({"invested", "bought"})
_GOT = frozenset({"refunded", "pushed", "claimed", "sold"})
LARGEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """One asset's. `value_units`: what waits, accrues or is not released yet, at `at`; profit includes it.

    `invoices`, `debtors`, `countries`: name and part of what is at work, the largest `LARGEST`. Debtors by their key on
    the ledger, which names nobody.
    """

    asset: Asset
    at: int
    paid_units: int
    got_units: int
    value_units: int
    xirr_bps: int | None
    invoices: list[tuple[str, int]]
    debtors: list[tuple[str, int]]
    countries: list[tuple[str, int]]

    @property
    def profit_units(self) -> int:
        return self.got_units + self.value_units - self.paid_units


async def performance_of(session: AsyncSession, world: World, actor: Actor) -> list[Performance]:
    """For the holder himself, an asset each; nothing for who never held a share."""
    told = await statement_of(session, world, actor)
    behind = await _behind(session, [position.chain_id for position in told.positions])
    found = []
    for known in world.deployment.assets:
        mine = [position for position in told.positions if position.asset.contract == known.contract]
        if not mine:
            continue
        lines = [line for line in told.lines if line.asset.contract == known.contract]
        paid = [Flow(line.at, -line.units) for line in lines if line.what in _PAID]
        got = [Flow(line.at, line.units) for line in lines if line.what in _GOT]
        value = sum(_value(position) for position in mine)
        at_work = [(position, position.shares) for position in mine if _value(position)]
        found.append(
            Performance(
                asset=mine[0].asset,
                at=told.at,
                paid_units=-sum(flow.units for flow in paid),
                got_units=sum(flow.units for flow in got),
                value_units=value,
                xirr_bps=returns.xirr_bps([*paid, *got, Flow(told.at, value)]),
                invoices=returns.shares_bps((p.chain_id, units) for p, units in at_work)[:LARGEST],
                debtors=returns.shares_bps((behind[p.chain_id][0], units) for p, units in at_work)[:LARGEST],
                countries=returns.shares_bps((behind[p.chain_id][1], units) for p, units in at_work)[:LARGEST],
            )
        )
    return found


def _value(position: Position) -> int:
    """What it is worth now: paid out or accruing; before the release, and after a cancellation, the money put in."""
    if position.status in {"open", "expired", "cancelled"}:
        return position.shares
    return position.claimable_units + position.accruing_units


async def _behind(session: AsyncSession, chain_ids: list[str]) -> dict[str, tuple[str, str]]:
    """Invoice -> the debtor's key and country; `?` where nobody is attested yet."""
    rows = await session.execute(
        select(Escrow.chain_id, Escrow.debtor_key, Debtor.country)
        .outerjoin(Debtor, Debtor.debtor_key == Escrow.debtor_key)
        .where(Escrow.chain_id.in_(chain_ids))
    )
    return {chain_id: (key or "?", country or "?") for chain_id, key, country in rows}
