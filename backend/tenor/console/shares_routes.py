"""The share market as pages: offers, one offer to buy from, its price. Draws what the API answers; decides nothing."""

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts.flows import is_allowed
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.edge.paging import After
from tenor.investments import market_routes as api
from tenor.investments.market import Sort
from tenor.investments.market_routes import OfferDetail, PriceView
from tenor.kernel.errors import TenorError
from tenor.world import World

PER_PAGE = 24
SORTS: tuple[Sort, ...] = ("newest", "cheapest")
Invoice = Annotated[str, QueryParameter(name="chain_id", max_length=64)]
Wanted = Annotated[str, QueryParameter(max_length=40)]


@get("/shares")
async def shares(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    sort: FromQuery[Sort] = "newest",
    invoice: Invoice = "",
    after: After = None,
) -> Response[str]:
    """Offers to anybody, and those that name who looks."""
    actor = visitor.actor
    answer = await api.list_shares.fn(
        request,
        session,
        world,
        chain_id=invoice or None,
        buyer=None if actor is None else actor.address,
        sort=sort,
        after=after,
        limit=PER_PAGE,
    )
    chosen = {"sort": sort, "chain_id": invoice}
    return page(
        visitor,
        "shares.html",
        offers=answer.content.items,
        mine=[] if actor is None else await api.list_mine.fn(session, world, actor),
        following=answer.content.next,
        paged=after is not None,
        chosen=chosen,
        with_filters=lambda **changes: "/shares?" + urlencode({k: v for k, v in (chosen | changes).items() if v}),
        sorts=SORTS,
    )


@get("/shares/{offer_id:str}")
async def share_offer(
    offer_id: FromPath[str],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    found: OfferDetail = await api.show_share_offer.fn(session, world, offer_id)
    actor = visitor.actor
    priced, said = await _priced(session, world, offer_id, found.fillable)
    return page(
        visitor,
        "share_offer.html",
        offer=found,
        price=priced,
        said=said,
        mine=actor is not None and actor.address == found.seller,
        allowed=actor is not None and (not found.restricted or await is_allowed(session, actor.address)),
        for_another=found.buyer is not None and (actor is None or actor.address != found.buyer),
    )


@get("/shares/{offer_id:str}/price")
async def share_price(
    offer_id: FromPath[str],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    wanted: Wanted = "",
) -> Response[str]:
    """What another number of shares costs, or why there is no price."""
    priced, said = await _priced(session, world, offer_id, wanted)
    return page(visitor, "share_price.html", price=priced, said=said)


async def _priced(
    session: AsyncSession, world: World, offer_id: str, wanted: str
) -> tuple[PriceView | None, str | None]:
    try:
        return await api.price.fn(session, world, offer_id, wanted), None
    except TenorError as refused:
        return None, str(refused)


PAGES = (shares, share_offer, share_price)
