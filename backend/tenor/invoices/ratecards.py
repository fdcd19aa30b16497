"""Versions of the rate card: published by admins, never changed, in force from a moment on. Prices nothing itself."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices.models import RateCard
from tenor.invoices.rates import Card, CardInvalid, check, starter_card
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Conflict, NotFound
from tenor.kernel.money import Asset
from tenor.ledger import calls, scval
from tenor.ledger.events import Config, Fees
from tenor.ledger.shapes import struct_reader
from tenor.world import World


class RateCardNotFound(NotFound):
    pass


class RateCardMissing(Conflict):
    """No version is in force: nothing can be quoted before an admin publishes one."""


class RateCardRaced(Conflict):
    pass


def assets_of(world: World) -> dict[str, Asset]:
    """Code -> settlement asset of this deployment."""
    return {asset.code: Asset(asset.contract, asset.code, asset.decimals) for asset in world.deployment.assets}


async def publish(
    session: AsyncSession, world: World, actor: Actor, *, card: Card, note: str, valid_from: datetime | None
) -> RateCard:
    """A new version, in force from `valid_from` (default: the newest ledger's time). Admins only.

    `CardInvalid`, also for fees that are not the contract's: it would refuse every listing (`FeeChanged`).
    """
    actor.require(Role.ADMIN)
    check(card, assets_of(world))
    fees = await fees_in_force(world)
    if (card.terms.origination_fee_bps, card.terms.profit_fee_bps) != (fees.origination_bps, fees.profit_bps):
        wrong = f"The contract charges {fees.origination_bps} bps of the advance and {fees.profit_bps} of the profit."
        raise CardInvalid(f"This rate card has other fees than the contract: {wrong}", fields={"terms": wrong})
    if not note.strip() or len(note) > 500 or not note.isprintable():  # noqa: PLR2004 - a sentence or two
        raise CardInvalid(
            "Say in at most 500 characters what this version changes.", fields={"note": "missing or long"}
        )
    newest = datetime.fromtimestamp((await world.ledger.tip()).closed_at, UTC)
    if valid_from is not None and valid_from < newest:
        fields = {"valid_from": f"before {newest}"}
        raise CardInvalid("A rate card cannot be in force from the past.", fields=fields)
    version = (await session.scalar(select(func.coalesce(func.max(RateCard.version), 0)))) or 0
    row: RateCard | None = await session.scalar(
        insert(RateCard)
        .values(
            version=version + 1,
            valid_from=valid_from or newest,
            author_account_id=actor.account_id,
            created_at=datetime.fromtimestamp(world.clock.now(), UTC),
            note=note.strip(),
            rules=msgspec.to_builtins(card),
        )
        .on_conflict_do_nothing()
        .returning(RateCard)
    )
    if row is None:
        raise RateCardRaced("Another admin published a version at this moment; look at it, then publish yours.")
    return row


async def starter(world: World, actor: Actor) -> Card:
    """A card to begin with, for this deployment's first asset. Admins only; stores nothing."""
    actor.require(Role.ADMIN)
    fees = await fees_in_force(world)
    return starter_card(
        world.deployment.assets[0].code,
        "USD",
        origination_fee_bps=fees.origination_bps,
        profit_fee_bps=fees.profit_bps,
    )


async def fees_in_force(world: World) -> Fees:
    """The schedule that the escrow contract wants in new terms."""
    answer = await world.ledger.read(calls.get_config(world.deployment.escrow))
    config: Config = scval.whole(answer.to_xdr_bytes(), struct_reader(Config))
    return config.fees


async def in_force(session: AsyncSession, at: int) -> RateCard:
    """The version that prices at ledger time `at`: the one in force most recently. `RateCardMissing`."""
    query = select(RateCard).where(RateCard.valid_from <= datetime.fromtimestamp(at, UTC))
    row: RateCard | None = await session.scalar(
        query.order_by(RateCard.valid_from.desc(), RateCard.version.desc()).limit(1)
    )
    if row is None:
        raise RateCardMissing("No rate card is in force yet; an admin must publish one before invoices are priced.")
    return row


async def version_of(session: AsyncSession, version: int) -> RateCard:
    row = await session.get(RateCard, version)
    if row is None:
        raise RateCardNotFound(f"There is no version {version} of the rate card.")
    return row


async def page(session: AsyncSession, *, before: int | None, limit: int) -> Sequence[RateCard]:
    """Newest first."""
    query = select(RateCard).order_by(RateCard.version.desc()).limit(limit)
    return (await session.scalars(query.where(RateCard.version < before) if before else query)).all()


def rules_of(row: RateCard) -> Card:
    return msgspec.convert(row.rules, Card)
