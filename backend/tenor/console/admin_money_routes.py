"""The desk's prices and settlements: rate cards, what-if, payments from outside, overdue invoices. Decides nothing."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.console.admin_review_routes import GRADES
from tenor.console.admin_routes import PER_PAGE, desk
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.edge.paging import LIMIT_MAX, After
from tenor.invoices import desk_routes as prices_api
from tenor.invoices import worklist_routes as invoices_api
from tenor.kernel.actor import Role
from tenor.settlements import desk_routes as settlements_api
from tenor.settlements import dispute_routes, worklist_routes
from tenor.world import World


@get("/desk/prices")
async def prices(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    after: After = None,
) -> Response[str]:
    """Every version of the rate card with what it changed; the newest one, or a starter, to edit."""
    waiting, actor = await desk(visitor, session), visitor.known
    answer = await prices_api.list_cards.fn(request, session, actor, after=after, limit=PER_PAGE)
    cards = answer.content.items
    rules: dict[str, Any] | None = None
    if actor.has(Role.ADMIN):
        newest = cards[0].rules if cards and after is None else await prices_api.starter.fn(world, actor)
        rules = msgspec.to_builtins(newest)
    flat = [dict(leaves(msgspec.to_builtins(card.rules))) for card in cards]
    changes = [changed(flat[place + 1], now) if place + 1 < len(flat) else [] for place, now in enumerate(flat)]
    return page(
        visitor,
        "admin_prices.html",
        waiting=waiting,
        history=list(zip(cards, changes, strict=True)),
        following=answer.content.next,
        rules=rules,
        grades=GRADES,
        currency=cards[0].rules.assets[0].currency if cards else "USD",
    )


@get("/desk/settlements")
async def settlements(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    after: After = None,
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.known
    answer = await settlements_api.list_settlements.fn(request, session, world, actor, after=after, limit=PER_PAGE)
    repaying = await invoices_api.list_waiting.fn(request, session, world, actor, "repaying", limit=LIMIT_MAX)
    return page(
        visitor,
        "admin_settlements.html",
        waiting=waiting,
        settlements=answer.content.items,
        following=answer.content.next,
        paged=after is not None,
        repaying=repaying.content.items,
    )


@get("/desk/settlements/{settlement_id:uuid}")
async def settlement(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settlement_id: FromPath[UUID],
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.known
    found = await settlements_api.show_settlement.fn(session, world, actor, settlement_id)
    return page(
        visitor,
        "admin_settlement.html",
        waiting=waiting,
        settlement=found,
        mine=found.proposer_id == actor.account_id,
    )


@get("/desk/evidence/{evidence_id:uuid}", media_type="application/octet-stream")
async def evidence(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    evidence_id: FromPath[UUID],
) -> Response[bytes]:
    """The API's download, for a link that a browser follows."""
    answer: Response[bytes] = await settlements_api.read_evidence.fn(session, world, visitor.known, evidence_id)
    return answer


@get("/desk/overdue")
async def overdue(
    visitor: NamedDependency[Visitor], session: NamedDependency[AsyncSession], world: NamedDependency[World]
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.known
    found = await worklist_routes.list_overdue.fn(session, world, actor)
    return page(visitor, "admin_overdue.html", waiting=waiting, overdue=found)


@get("/desk/disputes")
async def disputes(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> Response[str]:
    """What customers dispute, the next to lapse first; and where one is written down for a customer."""
    waiting, actor = await desk(visitor, session), visitor.known
    found = await dispute_routes.list_all_disputes.fn(session, world, actor)
    repaying = await invoices_api.list_waiting.fn(request, session, world, actor, "repaying", limit=LIMIT_MAX)
    return page(visitor, "admin_disputes.html", waiting=waiting, disputes=found, repaying=repaying.content.items)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """`{"terms": {"grace_days": 30}}` as `("terms.grace_days", 30)`; places of lists are numbers."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, f"{path}.{place}")
    else:
        yield path, value


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Leaf, what it was, what it is; None where there is none."""
    names = [*after, *(name for name in before if name not in after)]
    return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


PAGES = (prices, settlements, settlement, evidence, overdue, disputes)
