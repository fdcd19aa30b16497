"""The share market: offers found, made, bought and withdrawn. Drafts only; shares and money meet in the contract."""

import secrets
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import StrKey

from tenor.accounts import flows as accounts
from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.investments import resale
from tenor.investments.flows import AddressInvalid, asset_of, entry_of
from tenor.investments.models import Holding, ShareOffer, ShareToken
from tenor.investments.resale import Standing
from tenor.investments.rules import BuyerNotApproved, SharesLocked
from tenor.invoices.escrows import escrow_of, indexed_at, now_indexed
from tenor.invoices.models import Debtor, Escrow
from tenor.kernel.actor import Actor
from tenor.kernel.errors import NotFound, Unavailable
from tenor.kernel.ids import new_id
from tenor.kernel.money import parse_units
from tenor.ledger import offers, scval
from tenor.ledger.calls import Invocation
from tenor.world import World

Sort = Literal["newest", "cheapest"]
Step = Literal["allow", "offer"]
MINE_MAX = 200


class OfferUnknown(NotFound):
    pass


class MarketMissing(Unavailable):
    """This installation was deployed before there was a market."""


@dataclass(frozen=True, slots=True)
class Found:
    """An offer, its invoice, and what decides whether it can be bought; `at`: time of the newest projected ledger."""

    offer: ShareOffer
    escrow: Escrow
    debtor: Debtor | None
    standing: Standing
    at: int


async def listed(
    session: AsyncSession,
    *,
    chain_id: str | None = None,
    sort: Sort = "newest",
    buyer: str | None = None,
    after: tuple[int, str] | None,
    limit: int,
) -> list[Found]:
    """What can be bought now: by anybody, or by `buyer` too where an offer names him. `after`: rate and event id."""
    open_now = [
        ShareOffer.status == "standing",
        ShareOffer.expires_at >= indexed_at(),
        ShareOffer.index_scaled == ShareToken.index_scaled,
        Holding.shares > 0,
        ShareOffer.buyer.is_(None) if buyer is None else or_(ShareOffer.buyer.is_(None), ShareOffer.buyer == buyer),
    ]
    if chain_id is not None:
        open_now.append(ShareOffer.chain_id == chain_id)
    order: tuple[Any, ...] = (ShareOffer.event_id.desc(),)
    if sort == "cheapest":
        order = (ShareOffer.rate_ppm, ShareOffer.event_id)
    if after is not None:
        rate, event_id = after
        beyond = and_(ShareOffer.rate_ppm == rate, ShareOffer.event_id > event_id)
        cheaper = or_(ShareOffer.rate_ppm > rate, beyond)
        open_now.append(cheaper if sort == "cheapest" else ShareOffer.event_id < event_id)
    return await _found(session, _OFFERS.where(*open_now).order_by(*order).limit(limit))


async def mine(session: AsyncSession, actor: Actor, *, chain_id: str | None = None) -> list[Found]:
    """The actor's offers that are neither sold out nor withdrawn, newest first, at most `MINE_MAX`."""
    query = _OFFERS.where(ShareOffer.seller == actor.address, ShareOffer.status == "standing")
    if chain_id is not None:
        query = query.where(ShareOffer.chain_id == chain_id)
    return await _found(session, query.order_by(ShareOffer.event_id.desc()).limit(MINE_MAX))


async def one(session: AsyncSession, offer_id: str) -> Found:
    """Offers are public, as the ledger is. `OfferUnknown`."""
    found = await _found(session, _OFFERS.where(ShareOffer.offer_id == offer_id))
    if not found:
        raise OfferUnknown(f"There is no offer {offer_id[:64]}.")
    return found[0]


async def fillable(world: World, offer_id: str) -> int:
    """Shares that the contract would sell at this moment, the seller's allowance included."""
    answer = await world.ledger.read(offers.fillable(_market(world), offer_id))
    return int(scval.native(answer.to_xdr_bytes()))


async def make(
    session: AsyncSession,
    world: World,
    actor: Actor,
    *,
    chain_id: str,
    shares: str,
    price: str,
    expires_at: int,
    buyer: str | None,
) -> tuple[Step, ChainTransaction]:
    """What the seller signs next: first the allowance for all his offers of these shares, then the offer itself.

    Both are needed because shares stay with the seller: the market moves them when somebody buys.
    """
    market, escrow = _market(world), await escrow_of(session, chain_id)
    token, asset = await session.get_one(ShareToken, chain_id), asset_of(world, escrow.asset)
    tip = await world.ledger.tip()
    if not token.unlocked:
        raise SharesLocked("Shares cannot move before the invoice is fully funded; wait, or take a refund.")
    units = parse_units(shares, asset.decimals)
    price_units, offered = parse_units(price, asset.decimals), await _offered(session, actor.address, chain_id)
    resale.check_offer(
        await entry_of(session, chain_id, actor.address),
        shares=units,
        offered=offered,
        price_units=price_units,
        seconds=expires_at - tip.closed_at,
        decimals=asset.decimals,
    )
    await _check_buyer(session, actor, buyer, restricted=escrow.restricted)
    shown = {token.token: (chain_id, asset.decimals)}
    needed, ledgers = offered + units, resale.allowance_ledgers(expires_at - tip.closed_at)
    if not await _is_allowed(world, token.token, actor.address, shares=needed, until=tip.sequence + ledgers):
        call = offers.allow(
            token.token,
            market=market,
            seller=actor.address,
            shares=needed,
            # Longer than needed: the ledgers go on until the offer itself is asked for.
            live_until_ledger=tip.sequence + min(resale.ALLOWANCE_LEDGERS_MAX, 2 * ledgers + 1_000),
        )
        return "allow", await _draft(
            session, world, actor, purpose="allow_market", subject=chain_id, call=call, shown=shown
        )
    ask = offers.Ask(chain_id, units, price_units, escrow.asset, expires_at, buyer)
    call = offers.offer(market, seller=actor.address, reference=secrets.token_hex(32), ask=ask)
    return "offer", await _draft(
        session, world, actor, purpose="offer_shares", subject=chain_id, call=call, shown=shown
    )


async def buy(
    session: AsyncSession, world: World, actor: Actor, offer_id: str, *, shares: str, max_price: str
) -> ChainTransaction:
    """A draft of the market's `buy`: payment and shares change hands in one call, or nothing does."""
    found = await one(session, offer_id)
    asset = asset_of(world, found.offer.asset)
    units, most = parse_units(shares, asset.decimals), parse_units(max_price, asset.decimals)
    resale.check_purchase(
        found.standing,
        buyer=actor.address,
        shares=units,
        max_price_units=most,
        decimals=asset.decimals,
        at=(await world.ledger.tip()).closed_at,
    )
    await _check_buyer(session, actor, None, restricted=found.escrow.restricted, receiver=actor.address)
    call = offers.buy(_market(world), offer_id, buyer=actor.address, shares=units, max_price_units=most)
    shown = {found.escrow.token: (found.escrow.chain_id, asset.decimals)}
    return await _draft(
        session, world, actor, purpose="buy_shares", subject=found.escrow.chain_id, call=call, shown=shown
    )


async def withdraw(session: AsyncSession, world: World, actor: Actor, offer_id: str) -> ChainTransaction:
    """A draft of the market's `cancel`: the seller's, or anybody's once the offer has expired."""
    found = await one(session, offer_id)
    expired = (await world.ledger.tip()).closed_at > found.offer.expires_at
    if found.offer.status != "standing":
        raise resale.OfferGone("This offer is gone already; nothing is left to withdraw.")
    if found.offer.seller != actor.address and not expired:
        raise resale.OfferNotForYou("Only its seller can withdraw an offer that still stands.")
    call = offers.cancel(_market(world), offer_id)
    return await _draft(
        session, world, actor, purpose="withdraw_offer", subject=found.escrow.chain_id, call=call, shown={}
    )


_OFFERS: Select[*tuple[Any, ...]] = (
    select(ShareOffer, Escrow, ShareToken, Holding, Debtor)
    .join(Escrow, Escrow.chain_id == ShareOffer.chain_id)
    .join(ShareToken, ShareToken.chain_id == ShareOffer.chain_id)
    .outerjoin(Holding, and_(Holding.chain_id == ShareOffer.chain_id, Holding.holder == ShareOffer.seller))
    .outerjoin(Debtor, Debtor.debtor_key == Escrow.debtor_key)
)


async def _found(session: AsyncSession, query: Select[*tuple[Any, ...]]) -> list[Found]:
    rows, at = (await session.execute(query)).all(), await now_indexed(session)
    return [
        Found(
            offer,
            escrow,
            debtor,
            Standing(
                seller=offer.seller,
                buyer=offer.buyer,
                shares=offer.shares,
                left_shares=offer.left_shares,
                price_units=offer.price_units,
                expires_at=offer.expires_at,
                index_scaled=offer.index_scaled,
                status=offer.status,
                token_index_scaled=token.index_scaled,
                held_shares=0 if holding is None else holding.shares,
            ),
            at,
        )
        for offer, escrow, token, holding, debtor in rows
    ]


async def _offered(session: AsyncSession, seller: str, chain_id: str) -> int:
    """Shares in the seller's offers that can still be bought: the allowance is one for all of them."""
    still = select(func.coalesce(func.sum(ShareOffer.left_shares), 0)).join(
        ShareToken, ShareToken.chain_id == ShareOffer.chain_id
    )
    found = await session.scalar(
        still.where(
            ShareOffer.chain_id == chain_id,
            ShareOffer.seller == seller,
            ShareOffer.status == "standing",
            ShareOffer.expires_at >= indexed_at(),
            ShareOffer.index_scaled == ShareToken.index_scaled,
        )
    )
    return int(found or 0)


async def _is_allowed(world: World, token: str, owner: str, *, shares: int, until: int) -> bool:
    key = offers.allowance_key(token, owner=owner, spender=_market(world))
    (entry,) = await world.ledger.entries([key])
    allowed, last_ledger = offers.allowance_in(entry)
    return allowed >= shares and last_ledger >= until


async def _check_buyer(
    session: AsyncSession, actor: Actor, named: str | None, *, restricted: bool, receiver: str | None = None
) -> None:
    if named is not None and not (StrKey.is_valid_ed25519_public_key(named) or StrKey.is_valid_contract(named)):
        raise AddressInvalid(f"{named[:60]} is no Stellar address.", fields={"buyer": "an address G... or C..."})
    if named == actor.address:
        raise resale.OwnOffer("The buyer you name is yourself; leave it empty to offer to anybody.")
    who = named or receiver
    if restricted and who is not None and not await accounts.is_allowed(session, who):
        raise BuyerNotApproved(
            "Shares of this invoice may only be held by approved investors; the buyer is not one yet.",
            fields={"buyer": "not approved"},
        )


async def _draft(
    session: AsyncSession,
    world: World,
    actor: Actor,
    *,
    purpose: str,
    subject: str,
    call: Invocation,
    shown: dict[str, tuple[str, int]],
) -> ChainTransaction:
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose=purpose,
        purpose_key=f"{purpose}:{new_id()}",
        subject=subject,
        call=call,
        account_id=actor.account_id,
        shares=shown,
    )


def _market(world: World) -> str:
    if world.deployment.market is None:
        raise MarketMissing("This installation has no share market: deploy the contracts again.")
    return world.deployment.market
