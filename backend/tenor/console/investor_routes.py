"""The investor's own pages: portfolio, position, account. Draws what the API answers for him; decides nothing."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts import routes as accounts_api
from tenor.accounts.flows import sessions_of
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.edge.paging import After
from tenor.investments import market_routes as shares_api
from tenor.investments import routes as api
from tenor.investments import statement_routes
from tenor.investments.routes import PositionDetail, PositionView
from tenor.investments.statement_routes import Form
from tenor.invoices import market_routes
from tenor.kernel.money import parse_units, to_decimal
from tenor.settlements import routes as settlements_api
from tenor.world import World

PER_PAGE = 50
OFFER_DAYS = (1, 3, 7, 30, 60)
SUMMED = ("invested", "paid", "claimable", "accruing")


@get("/portfolio")
async def portfolio(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    after: After = None,
) -> Response[str]:
    actor = visitor.known
    found = (await api.list_positions.fn(request, session, world, actor, after, PER_PAGE)).content
    owed = await settlements_api.list_owed.fn(session, world, actor)
    return page(
        visitor,
        "portfolio.html",
        positions=found.items,
        following=found.next,
        paged=after is not None,
        sums=_sums(found.items, world),
        owed=owed,
        mine=await shares_api.list_mine.fn(session, world, actor),
        performance=await statement_routes.show_performance.fn(session, world, actor),
    )


@get("/portfolio/live")
async def live(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    """The figures that move by themselves."""
    found = (await api.list_positions.fn(request, session, world, visitor.known, None, PER_PAGE)).content
    return page(visitor, "portfolio_sums.html", sums=_sums(found.items, world))


@get("/portfolio/statement")
async def statement(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    form: FromQuery[Form] = "csv",
) -> Response[bytes]:
    """GET /v1/investments/statement for a browser's link."""
    answer: Response[bytes] = await statement_routes.download.fn(session, world, visitor.known, form)
    return answer


@get("/portfolio/{chain_id:str}")
async def position(
    chain_id: FromPath[str],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    found: PositionDetail = await api.show_position.fn(chain_id, session, world, visitor.known)
    offer = await market_routes.show_offer.fn(session, world, chain_id)
    mine = await shares_api.list_mine.fn(session, world, visitor.known, chain_id=chain_id)
    endings = [(days, (found.at + timedelta(days=days)).isoformat()) for days in OFFER_DAYS]
    return page(visitor, "position.html", position=found, offer=offer, mine=mine, endings=endings)


@get("/account")
async def account(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    actor = visitor.known
    me = await accounts_api.me.fn(session, world, actor)
    sessions = await sessions_of(session, world, actor)
    return page(visitor, "account.html", me=me, sessions=sessions)


def _sums(positions: list[PositionView], world: World) -> list[dict[str, str]]:
    """One line an asset: amounts of different assets are never added."""
    found = []
    for asset in world.deployment.assets:
        mine = [each for each in positions if each.asset == asset.code]
        if mine or asset is world.deployment.assets[0]:
            line = {"asset": asset.code}
            for name in SUMMED:
                units = sum(parse_units(getattr(each, name), asset.decimals) for each in mine)
                line[name] = to_decimal(units, asset.decimals)
            found.append(line)
    return found


PAGES = (portfolio, live, statement, position, account)
