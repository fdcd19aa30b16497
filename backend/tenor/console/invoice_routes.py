"""One invoice on offer as a page: terms, proof, risks, calculator. Draws what the API answers; decides nothing."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts.flows import is_allowed
from tenor.console.charts import Bar
from tenor.console.formats import amount as shown_amount
from tenor.console.formats import day
from tenor.console.languages import say
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.investments.flows import entry_of
from tenor.invoices import market_routes as api
from tenor.invoices.market_routes import ListingDetail, ScenariosView
from tenor.kernel.errors import TenorError
from tenor.kernel.money import parse_units, to_decimal
from tenor.world import World

SUGGESTED = "1000"
_AMOUNT_CHARACTERS_MAX = 40
Amount = Annotated[str, QueryParameter(max_length=_AMOUNT_CHARACTERS_MAX)]


@get("/market/{chain_id:str}")
async def invoice(
    chain_id: FromPath[str],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    offer: ListingDetail = await api.show_offer.fn(session, world, chain_id)
    suggested = _suggested(offer, world)
    found = None
    if offer.status in {"listed", "funded", "defaulted"}:
        found = await _scenarios(session, world, chain_id, suggested if offer.status == "listed" else offer.advance)
    return page(
        visitor,
        "invoice.html",
        offer=offer,
        suggested=suggested,
        allowed=visitor.actor is not None and await is_allowed(session, visitor.actor.address),
        holds=visitor.actor is not None and (await entry_of(session, chain_id, visitor.actor.address)).balance > 0,
        mine=visitor.actor is not None and visitor.actor.address in {offer.seller, offer.debtor},
        **_calculated(found, visitor),
    )


@get("/market/{chain_id:str}/funding")
async def funding(
    chain_id: FromPath[str],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    """The funding bar alone, for pages that stay open."""
    offer: ListingDetail = await api.show_offer.fn(session, world, chain_id)
    return page(visitor, "invoice_funding.html", offer=offer)


@get("/market/{chain_id:str}/calculator")
async def calculator(
    chain_id: FromPath[str],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    amount: Amount = SUGGESTED,
) -> Response[str]:
    """The scenarios for another amount, or why there are none."""
    try:
        found, said = await _scenarios(session, world, chain_id, amount), None
    except TenorError as refused:
        found, said = None, str(refused)
    return page(visitor, "invoice_scenarios.html", said=said, **_calculated(found, visitor))


async def _scenarios(session: AsyncSession, world: World, chain_id: str, amount: str) -> ScenariosView:
    """What GET /v1/marketplace/{chain_id}/scenarios answers."""
    found: ScenariosView = await api.calculate.fn(session, world, chain_id, amount)
    return found


def _suggested(offer: ListingDetail, world: World) -> str:
    """A round amount that can be invested."""
    decimals = next(asset.decimals for asset in world.deployment.assets if asset.code == offer.asset)
    rest, least = (parse_units(text, decimals) for text in (offer.rest, offer.min_ticket))
    text = to_decimal(max(1, min(rest, max(least, parse_units(SUGGESTED, decimals)))), decimals)
    return text.rstrip("0").rstrip(".")


def _calculated(found: ScenariosView | None, visitor: Visitor) -> dict[str, Any]:
    """The table's rows, and bars of what comes back beside what went in."""
    if found is None:
        return {"scenarios": None, "bars": []}
    language = visitor.language
    invested = say(language, "invoice.invested")
    bars = [Bar(_units(found.amount), invested, f"{invested}: {shown_amount(found.amount, language)}", "out")]
    for each in found.scenarios:
        name = say(language, f"invoice.scenario.{each.name}")
        title = f"{name}, {day(each.paid_at, language)}: {shown_amount(each.received, language)} {found.asset}"
        bars.append(Bar(_units(each.received), name, title, "bad" if each.profit.startswith("-") else "plain"))
    return {"scenarios": found, "bars": bars}


def _units(text: str) -> int:
    return int(text.replace(".", ""))


PAGES = (invoice, funding, calculator)
