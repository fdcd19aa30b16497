"""Investing over HTTP: calculator, purchase, positions, sale, claim, refund, pushes. Decides nothing."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import ChainTransaction
from tenor.chain.routes import TransactionView, view
from tenor.edge.paging import After, Limit, Page, cursor, key_of, page
from tenor.investments import flows, positions, pushes
from tenor.investments.positions import Position
from tenor.invoices.market_routes import ScenarioView
from tenor.invoices.wire import at as when
from tenor.kernel.actor import Actor
from tenor.kernel.money import to_decimal
from tenor.world import World

Amount = Annotated[str, msgspec.Meta(max_length=40, description="Decimal string of the asset, such as 950.05.")]
ChainId = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", description="The invoice's id on the ledger.")]
Address = Annotated[str, msgspec.Meta(max_length=60, description="A Stellar address, G... or C...")]
Signer = Literal["wallet", "platform"]
"""Who sends a call that needs nobody's authorisation: the caller's wallet, or the platform."""


class QuoteView(msgspec.Struct):
    """What an amount buys now, one share per unit of the advance. `terms_hash` is what an investment agrees to."""

    chain_id: str
    asset: str
    shares: str
    left: str
    terms_hash: str
    at: datetime
    scenarios: list[ScenarioView]


class InvestmentRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Takes `max_amount` or what is left, if that is at least `min_amount`; the unused part comes back in the call."""

    chain_id: ChainId
    max_amount: Amount
    min_amount: Amount
    terms_hash: ChainId


class SaleRequest(msgspec.Struct, forbid_unknown_fields=True):
    to: Address
    shares: Amount


class ClaimRequest(msgspec.Struct, forbid_unknown_fields=True):
    signer: Signer = "wallet"


class RefundRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`holder`: who is paid back, by default the caller; anyone may send it for anyone."""

    holder: Address | None = None
    signer: Signer = "wallet"


class PositionView(msgspec.Struct, kw_only=True):
    """`claimable`: what a claim pays now. `accruing`: what comes on top if the debtor pays the holders off at `at`.

    `deferred`: why the last push did not reach the holder. `disputed_until`: when an open dispute lapses at the latest.
    """

    chain_id: str
    status: str
    asset: str
    at: datetime
    due_at: datetime
    shares: str
    supply: str
    invested: str
    bought: str
    sold: str
    refunded: str
    paid: str
    claimable: str
    accruing: str
    refundable: str
    deferred: str | None
    disputed_until: datetime | None


class HappeningView(msgspec.Struct):
    """`what`: invested, bought, sold, shares_in, shares_out, pushed, claimed or refunded."""

    what: str
    amount: str
    counterparty: str | None
    ledger: int
    at: datetime
    tx_hash: str


class PositionDetail(PositionView, kw_only=True):
    history: list[HappeningView]


class PushPage(msgspec.Struct):
    """`deferred`: holder -> the asset's error code; null until the page is confirmed."""

    transaction: TransactionView
    holders: list[str]
    deferred: dict[str, int] | None


@get("/marketplace/{chain_id:str}/quote", summary="What an amount would buy, and bring")
async def quote(
    chain_id: FromPath[str],
    amount: FromQuery[str],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
) -> QuoteView:
    """Shares and net returns if the customer pays early, on time, late, half or never. Promises nothing."""
    found = await flows.calculate(session, world, chain_id, amount)
    digits = found.asset.decimals
    return QuoteView(
        chain_id=chain_id,
        asset=found.asset.code,
        shares=to_decimal(found.shares, digits),
        left=to_decimal(found.rest_units, digits),
        terms_hash=found.terms_hash,
        at=when(found.at),
        scenarios=[
            ScenarioView(
                name=s.name,
                paid_at=when(s.paid_at),
                paid=to_decimal(s.paid_units, digits),
                received=to_decimal(s.received_units, digits),
                profit=to_decimal(s.profit_units, digits),
                yield_bps=s.yield_bps,
            )
            for s in found.scenarios
        ],
    )


@post("/investments", summary="Draft an investment for the caller's wallet")
async def invest(
    data: JSONBody[InvestmentRequest],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> TransactionView:
    """An unsigned transaction. It reserves nothing: who signs first is served first."""
    row = await flows.invest(
        session,
        world,
        actor,
        chain_id=data.chain_id,
        max_amount=data.max_amount,
        min_amount=data.min_amount,
        terms_hash=data.terms_hash,
    )
    return view(row, world)


@post("/investments/{chain_id:str}/refund", summary="Pay a holder of a cancelled or expired invoice back")
async def refund(
    chain_id: FromPath[str],
    data: JSONBody[RefundRequest],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> Response[TransactionView]:
    """Pays the holder only, whoever sends it."""
    holder = data.holder or actor.address
    if data.signer == "platform":
        return sent(await flows.order_refund(session, world, chain_id=chain_id, holder=holder), world)
    return sent(await flows.draft_refund(session, world, actor, chain_id=chain_id, holder=holder), world)


@get("/positions", summary="The caller's positions, with live accrual")
async def list_positions(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[PositionView]]:
    """Closed ones included, by invoice id."""
    start = None if after is None else key_of(after, str)[0]
    found = await positions.page(session, world, actor, after=start, limit=limit + 1)
    items = [PositionView(**_position(position)) for position in found[:limit]]
    return page(request, items, cursor(items[-1].chain_id) if len(found) > limit else None)


@get("/positions/{chain_id:str}", summary="One position and what happened to it")
async def show_position(
    chain_id: FromPath[str],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> PositionDetail:
    """The newest two hundred lines of its history, newest first."""
    found = await positions.one(session, world, actor, chain_id)
    history = await positions.history(session, actor.address, chain_id)
    return PositionDetail(
        **_position(found),
        history=[
            HappeningView(
                line.what,
                to_decimal(line.units, found.asset.decimals),
                line.counterparty,
                line.ledger,
                when(line.closed_at),
                line.tx_hash,
            )
            for line in history
        ],
    )


@post("/positions/{chain_id:str}/claim", summary="Claim what the caller's shares have earned")
async def claim(
    chain_id: FromPath[str],
    data: JSONBody[ClaimRequest],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> Response[TransactionView]:
    """Drafted for the caller's wallet, or sent by the platform; nobody has to authorise it."""
    if data.signer == "platform":
        return sent(await flows.order_claim(session, world, chain_id=chain_id, holder=actor.address), world)
    return sent(await flows.draft_claim(session, world, actor, chain_id=chain_id, holder=actor.address), world)


@post("/positions/claims", summary="Draft a claim of everything that waits for the caller")
async def claim_all(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> TransactionView:
    """The largest ten at once."""
    return view(await flows.draft_claim_all(session, world, actor), world)


@post("/positions/{chain_id:str}/transfer", summary="Draft a transfer of shares to a buyer")
async def transfer(
    chain_id: FromPath[str],
    data: JSONBody[SaleRequest],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> TransactionView:
    """What the shares have earned so far stays with the caller."""
    return view(await flows.sell(session, world, actor, chain_id=chain_id, to=data.to, shares=data.shares), world)


@get("/invoices/{chain_id:str}/pushes", summary="Pages of payouts ordered for an invoice")
async def list_pushes(
    chain_id: FromPath[str],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> list[PushPage]:
    """For the platform's people: whom each page was for, and whom it could not reach."""
    found = await pushes.pages_of(session, actor, chain_id)
    return [PushPage(view(transaction, world), row.holders, row.deferred) for row, transaction in found]


@post("/invoices/{chain_id:str}/pushes", summary="Push to everyone who still has something to be paid")
async def push_again(
    chain_id: FromPath[str],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> Response[list[TransactionView]]:
    """An operator's wish, after a holder has opened a trustline or a page has failed."""
    rows = await pushes.push_again(session, world, actor, chain_id)
    return Response([view(row, world) for row in rows], background=BackgroundTask(_nudge, world, rows))


def sent(row: ChainTransaction, world: World) -> Response[TransactionView]:
    """The answer to a draft or an order; an order wakes the submit job after the commit (P76)."""
    wakes = BackgroundTask(world.nudger.nudge, "submit", str(row.id)) if row.role is not None else None
    return Response(view(row, world), background=wakes)


async def _nudge(world: World, rows: list[ChainTransaction]) -> None:
    for row in rows:
        await world.nudger.nudge("submit", str(row.id))


def _position(found: Position) -> dict[str, Any]:
    digits = found.asset.decimals
    return {
        "chain_id": found.chain_id,
        "status": found.status,
        "asset": found.asset.code,
        "at": when(found.at),
        "due_at": when(found.due_at),
        "shares": to_decimal(found.shares, digits),
        "supply": to_decimal(found.supply, digits),
        "invested": to_decimal(found.invested_units, digits),
        "bought": to_decimal(found.bought_units, digits),
        "sold": to_decimal(found.sold_units, digits),
        "refunded": to_decimal(found.refunded_units, digits),
        "paid": to_decimal(found.paid_units, digits),
        "claimable": to_decimal(found.claimable_units, digits),
        "accruing": to_decimal(found.accruing_units, digits),
        "refundable": to_decimal(found.refundable_units, digits),
        "deferred": found.deferred,
        "disputed_until": None if found.disputed_until is None else when(found.disputed_until),
    }


router = Router(
    "/",
    route_handlers=[
        quote,
        invest,
        refund,
        list_positions,
        show_position,
        claim,
        claim_all,
        transfer,
        list_pushes,
        push_again,
    ],
    tags=["investments"],
)
