"""Landing page and marketplace as pages: the answers of the API's own functions, drawn. Decides nothing."""

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.db import Maker
from tenor.edge.paging import After, Page
from tenor.invoices import market_routes as api
from tenor.invoices.market_routes import ListingView
from tenor.invoices.marketplace import MarketStatus, Shopfront, Sort
from tenor.world import World

PER_PAGE = 24
OPEN_ON_LANDING = 3
Filter = Annotated[str, QueryParameter(max_length=40)]
STATUSES: tuple[MarketStatus, ...] = ("listed", "funded", "settled", "expired", "defaulted")
SORTS: tuple[Sort, ...] = ("newest", "yield", "due", "amount")
GRADES = ("A", "B", "C", "D", "E")


@get("/")
async def landing(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    maker: NamedDependency[Maker],
    world: NamedDependency[World],
) -> Response[str]:
    found = await _offers(request, maker, world, limit=OPEN_ON_LANDING)
    return page(visitor, "landing.html", offers=found.items)


@get("/market")
async def market(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    maker: NamedDependency[Maker],
    world: NamedDependency[World],
    status: FromQuery[MarketStatus] = "listed",
    sort: FromQuery[Sort] = "newest",
    grade: Filter = "",
    tenor_days_max: Filter = "",
    yield_min: Filter = "",
    acknowledged: Filter = "",
    view: Filter = "cards",
    after: After = None,
) -> Response[str]:
    """Filters are the API's; an empty field is no limit."""
    asked = {
        "grade": grade or None,
        "tenor_days_max": _number(tenor_days_max),
        "yield_bps_min": None if _number(yield_min) is None else 100 * (_number(yield_min) or 0),
        "acknowledged": True if acknowledged == "yes" else None,
    }
    found = await _offers(request, maker, world, status=status, sort=sort, after=after, limit=PER_PAGE, **asked)
    chosen = {
        "status": status,
        "sort": sort,
        "grade": grade,
        "tenor_days_max": tenor_days_max,
        "yield_min": yield_min,
        "acknowledged": acknowledged,
        "view": view,
    }
    return page(
        visitor,
        "market.html",
        offers=found.items,
        following=found.next,
        paged=after is not None,
        chosen=chosen,
        with_filters=lambda **changes: "/market?" + urlencode({k: v for k, v in (chosen | changes).items() if v}),
        statuses=STATUSES,
        sorts=SORTS,
        grades=GRADES,
    )


async def _offers(request: Request[Any, Any, Any], maker: Maker, world: World, **asked: Any) -> Page[ListingView]:
    """What GET /v1/marketplace answers."""
    answer = await api.list_offers.fn(request, Shopfront(maker, world.deployment), **asked)
    return msgspec.json.decode(answer.content, type=Page[ListingView]) if answer.content else Page([], None)


def _number(text: str) -> int | None:
    """A filter that is no number is no filter."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None  # noqa: PLR2004


PAGES = (landing, market)
