"""The share market over HTTP: offers, purchases, withdrawals. Decides nothing."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_201_CREATED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.routes import TransactionView, view
from tenor.edge.paging import After, Limit, Page, cursor, key_of, page
from tenor.investments import market, resale
from tenor.investments.market import Found, Sort, Step
from tenor.investments.routes import Address, Amount, ChainId
from tenor.invoices.escrows import books_of, deal_of
from tenor.invoices.wire import at as when
from tenor.kernel.actor import Actor
from tenor.kernel.money import parse_units, to_decimal
from tenor.world import World


class OfferView(msgspec.Struct, kw_only=True):
    """`left`: not sold yet; `available`: of them still held by the seller; `price`: of all `available` shares.

    `value_now`: what they would bring, after the fee, if the debtor paid the holders off at `at`; `value_due` at the
    due date. `discount_bps`: how far the price is below `value_now`, negative above it. `yield_bps`: simple, a year,
    if paid when due; null on the last day and after. `status`: standing, expired, outdated (the shares were paid
    since), uncovered (the seller sold them elsewhere), sold, withdrawn.
    """

    id: str
    chain_id: str
    seller: str
    buyer: str | None
    status: str
    asset: str
    shares: str
    left: str
    available: str
    price: str
    rate_ppm: int
    value_now: str
    value_due: str
    discount_bps: int
    yield_bps: int | None
    at: datetime
    expires_at: datetime
    made_at: datetime
    due_at: datetime
    invoice_status: str
    disputed: bool
    acknowledged: bool
    recourse: bool
    restricted: bool
    grade: str | None
    country: str | None


class OfferDetail(OfferView, kw_only=True):
    """`fillable`: what the contract itself would sell at this moment, the seller's allowance included."""

    fillable: str


class PriceView(msgspec.Struct, kw_only=True):
    """What a part costs now, rounded up, and what it would bring at the due date."""

    shares: str
    price: str
    value_now: str
    value_due: str
    discount_bps: int
    yield_bps: int | None
    asset: str


class OfferRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`price`: for all `shares` together. `buyer`: who alone may buy; null for anybody."""

    chain_id: ChainId
    shares: Amount
    price: Amount
    expires_at: datetime
    buyer: Address | None = None


class OfferStep(msgspec.Struct):
    """`step`: `allow` (the market may move the shares; then ask again) or `offer` (the offer itself)."""

    step: Step
    transaction: TransactionView


class PurchaseRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`max_price`: for all of `shares`; the call fails rather than take more."""

    shares: Amount
    max_price: Amount


@get("/", summary="Shares on offer")
async def list_shares(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    chain_id: FromQuery[str | None] = None,
    buyer: FromQuery[str | None] = None,
    sort: FromQuery[Sort] = "newest",
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[OfferView]]:
    """What can be bought now, newest or cheapest first; with `buyer`, offers to that address alone too. No login."""
    place = None if after is None else key_of(after, int, str)
    found = await market.listed(
        session,
        chain_id=chain_id,
        buyer=buyer,
        sort=sort,
        after=None if place is None else (place[0], place[1]),
        limit=limit + 1,
    )
    last = found[limit - 1].offer if len(found) > limit else None
    following = None if last is None else cursor(last.rate_ppm, last.event_id)
    return page(request, [OfferView(**_offer(each, world)) for each in found[:limit]], following)


@get("/mine", summary="The caller's offers that still stand, or have lapsed and can be withdrawn")
async def list_mine(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromQuery[str | None] = None,
) -> list[OfferView]:
    return [OfferView(**_offer(each, world)) for each in await market.mine(session, actor, chain_id=chain_id)]


@get("/{offer_id:str}", summary="One offer, as the ledger would fill it now")
async def show_share_offer(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], offer_id: FromPath[str]
) -> OfferDetail:
    found = await market.one(session, offer_id)
    units = 0
    if resale.state_of(found.standing, at=found.at) == "standing":
        units = await market.fillable(world, offer_id)
    return OfferDetail(**_offer(found, world), fillable=to_decimal(units, _digits(found, world)))


@get("/{offer_id:str}/price", summary="What a part of an offer costs")
async def price(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    offer_id: FromPath[str],
    shares: FromQuery[str],
) -> PriceView:
    """`ceil(price * shares / shares offered)`, whatever others buy before."""
    found = await market.one(session, offer_id)
    digits = _digits(found, world)
    units = parse_units(shares, digits)
    if not 1 <= units <= found.standing.available_shares:
        rest = to_decimal(found.standing.available_shares, digits)
        raise resale.NotEnoughLeft(f"Ask for more than none and at most {rest} shares.", fields={"shares": "too many"})
    return PriceView(shares=to_decimal(units, digits), **_valued(found, units, world))


@post("/", status_code=HTTP_201_CREATED, summary="Offer shares: the next transaction to sign")
async def offer_shares(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[OfferRequest],
) -> OfferStep:
    """Shares stay with the caller until somebody buys. Answers `allow` first where the market may not move them yet."""
    step, row = await market.make(
        session,
        world,
        actor,
        chain_id=data.chain_id,
        shares=data.shares,
        price=data.price,
        expires_at=int(data.expires_at.timestamp()),
        buyer=data.buyer or None,
    )
    return OfferStep(step, view(row, world))


@post("/{offer_id:str}/purchases", status_code=HTTP_201_CREATED, summary="Draft a purchase for the caller's wallet")
async def buy_shares(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    offer_id: FromPath[str],
    data: JSONBody[PurchaseRequest],
) -> TransactionView:
    """Whole or in part; payment and shares change hands in one call."""
    row = await market.buy(session, world, actor, offer_id, shares=data.shares, max_price=data.max_price)
    return view(row, world)


@post("/{offer_id:str}/withdrawal", status_code=HTTP_201_CREATED, summary="Draft the withdrawal of an offer")
async def withdraw_offer(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    offer_id: FromPath[str],
) -> TransactionView:
    """The seller's; anybody's once it has expired."""
    return view(await market.withdraw(session, world, actor, offer_id), world)


def _digits(found: Found, world: World) -> int:
    return world.deployment.asset(found.offer.asset).decimals


def _valued(found: Found, shares: int, world: World) -> dict[str, Any]:
    """Price and worth of `shares` of an offer."""
    asset, offer, escrow = world.deployment.asset(found.offer.asset), found.standing, found.escrow
    units = resale.price_of(offer, shares) if shares else 0
    told: dict[str, Any] = {
        "price": to_decimal(units, asset.decimals),
        "asset": asset.code,
        "value_now": to_decimal(0, asset.decimals),
        "value_due": to_decimal(0, asset.decimals),
        "discount_bps": 0,
        "yield_bps": None,
    }
    if shares and escrow.funded_at is not None:
        books = books_of(escrow)
        worth = resale.worth(
            deal_of(escrow), books, shares=shares, price_units=units, at=max(found.at, books.checkpoint_at)
        )
        told |= {
            "value_now": to_decimal(worth.now_units, asset.decimals),
            "value_due": to_decimal(worth.due_units, asset.decimals),
            "discount_bps": worth.discount_bps,
            "yield_bps": worth.yield_bps,
        }
    return told


def _offer(found: Found, world: World) -> dict[str, Any]:
    offer, escrow, digits = found.offer, found.escrow, _digits(found, world)
    return {
        "id": offer.offer_id,
        "chain_id": offer.chain_id,
        "seller": offer.seller,
        "buyer": offer.buyer,
        "status": resale.state_of(found.standing, at=found.at),
        "shares": to_decimal(offer.shares, digits),
        "left": to_decimal(offer.left_shares, digits),
        "available": to_decimal(found.standing.available_shares, digits),
        "rate_ppm": offer.rate_ppm,
        "at": when(found.at),
        "expires_at": when(offer.expires_at),
        "made_at": when(offer.closed_at),
        "due_at": when(escrow.due_at),
        "invoice_status": escrow.status,
        "disputed": escrow.dispute_until >= found.at and escrow.dispute_until > 0,
        "acknowledged": escrow.acknowledged,
        "recourse": escrow.recourse,
        "restricted": escrow.restricted,
        "grade": None if found.debtor is None else found.debtor.grade,
        "country": None if found.debtor is None else found.debtor.country,
        **_valued(found, found.standing.available_shares, world),
    }


router = Router(
    "/share-offers",
    route_handlers=[
        Router("/", route_handlers=[list_shares, show_share_offer, price], tags=["share market"], security=[{}]),
        Router("/", route_handlers=[list_mine, offer_shares, buy_shares, withdraw_offer], tags=["share market"]),
    ],
)
