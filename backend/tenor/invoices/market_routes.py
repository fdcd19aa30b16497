"""The marketplace over HTTP: invoices on offer, one in detail, and a calculator. Needs no login, decides nothing."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.edge.paging import After, Limit, Page, cursor, key_of
from tenor.invoices import marketplace
from tenor.invoices.debtors import record_of
from tenor.invoices.escrows import books_of, deal_of, escrow_of, is_expired, now_indexed
from tenor.invoices.marketplace import Filters, MarketStatus, Shopfront, Sort
from tenor.invoices.pricing import claim_at
from tenor.invoices.rules import NotListed, shown
from tenor.invoices.scenarios import scenarios
from tenor.invoices.wire import amount, at
from tenor.kernel.errors import Invalid
from tenor.kernel.money import parse_units, to_decimal
from tenor.world import Deployment, SettlementAsset, World

Days = Annotated[int | None, QueryParameter(ge=0, le=1_000)]
Bps = Annotated[int | None, QueryParameter(ge=0, le=1_000_000)]

_ENCODER = msgspec.json.Encoder()


class AssetUnknown(Invalid):
    pass


class ListingView(msgspec.Struct, kw_only=True):
    """One invoice on offer. `rest` is what can still be invested; `net_yield_bps` a year, after the profit fee, if it
    were funded at listing and paid when due; `grade` is the platform's, of the debtor. `disputed_until`: when an open
    dispute lapses at the latest.
    """

    chain_id: str
    asset: str
    advance: str
    claim: str
    face: str
    funded: str
    rest: str
    min_ticket: str
    net_yield_bps: int
    tenor_days: int
    due_at: datetime
    funding_deadline_at: datetime
    created_at: datetime
    status: str
    acknowledged: bool
    recourse: bool
    restricted: bool
    grade: str | None
    country: str | None
    sector: str | None
    disputed_until: datetime | None


class ListingDetail(ListingView, kw_only=True):
    """With all terms, the books and what to weigh. `claim_now` is what holders are owed in all at this moment."""

    seller: str
    debtor: str | None
    token: str
    document: str
    terms_hash: str
    accrual: str
    min_earned_days: int
    late_bps_per_day: int
    late_days_max: int
    grace_days: int
    origination_fee_bps: int
    profit_fee_bps: int
    min_payment: str
    funded_at: datetime | None
    received: str
    holders_received: str
    claim_now: str | None
    outstanding: str
    risks: list[str]


class ScenarioView(msgspec.Struct, kw_only=True):
    name: Literal["early", "on_time", "late", "default_half", "default_nothing"]
    paid_at: datetime
    paid: str
    received: str
    profit: str
    """Negative for a loss."""
    yield_bps: int


class ScenariosView(msgspec.Struct, kw_only=True):
    chain_id: str
    asset: str
    amount: str
    scenarios: list[ScenarioView]


@get(
    "/",
    responses={HTTP_200_OK: ResponseSpec(Page[ListingView], generate_examples=False)},
)
async def list_offers(
    request: Request[Any, Any, Any],
    shopfront: NamedDependency[Shopfront],
    status: FromQuery[MarketStatus] = "listed",
    sort: FromQuery[Sort] = "newest",
    asset: FromQuery[str | None] = None,
    grade: FromQuery[str | None] = None,
    tenor_days_min: Days = None,
    tenor_days_max: Days = None,
    yield_bps_min: Bps = None,
    acknowledged: FromQuery[bool | None] = None,
    recourse: FromQuery[bool | None] = None,
    after: After = None,
    limit: Limit = 50,
) -> Response[bytes]:
    """Invoices on the ledger by status, newest first or sorted by yield, due date or amount."""
    filters = Filters(
        status=status,
        asset=None if asset is None else _asset(shopfront.deployment, asset).contract,
        grade=grade,
        tenor_days_min=tenor_days_min,
        tenor_days_max=tenor_days_max,
        yield_bps_min=yield_bps_min,
        acknowledged=acknowledged,
        recourse=recourse,
    )
    place = None if after is None else key_of(after, str, int, str)
    if place is not None and place[0] != sort:
        place = None
    found = await marketplace.find(
        shopfront.maker, filters, sort=sort, after=None if place is None else (place[1], place[2]), limit=limit + 1
    )
    kept = found[:limit]
    following = cursor(sort, kept[-1]["sort_value"], kept[-1]["chain_id"]) if len(found) > limit else None
    body = _ENCODER.encode(Page(_views(kept, shopfront.deployment), following))
    return _cached(request, body, following)


@get("/{chain_id:str}")
async def show_offer(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], chain_id: FromPath[str]
) -> ListingDetail:
    """One invoice on the ledger, with everything an investor should know."""
    escrow = await escrow_of(session, chain_id)
    now = await now_indexed(session)
    debtor = await marketplace.debtor_behind(session, escrow)
    record = None if debtor is None else await record_of(session, debtor.debtor_key)
    asset = world.deployment.asset(escrow.asset)
    grade = None if debtor is None else debtor.grade
    claim = None
    if escrow.funded_at is not None:
        claim = claim_at(deal_of(escrow), books_of(escrow), max(now, escrow.checkpoint_at))
    same = (
        *("seller", "debtor", "token", "document", "terms_hash", "accrual", "min_earned_days", "late_bps_per_day"),
        *("late_days_max", "grace_days", "origination_fee_bps", "profit_fee_bps"),
    )
    (row,) = await marketplace.rows_of(session, [chain_id])
    (listed,) = _views([row], world.deployment)
    return ListingDetail(
        **msgspec.structs.asdict(listed),
        **{name: getattr(escrow, name) for name in same},
        min_payment=amount(escrow.min_payment_units, asset),
        funded_at=None if escrow.funded_at is None else at(escrow.funded_at),
        received=amount(escrow.received_units, asset),
        holders_received=amount(escrow.holders_gross_units - escrow.fee_taken_units, asset),
        claim_now=None if claim is None else amount(claim, asset),
        outstanding=amount(escrow.face_units - escrow.received_units, asset),
        risks=marketplace.risks(escrow, grade, record, decimals=asset.decimals),
    )


@get("/{chain_id:str}/scenarios")
async def calculate(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    chain_id: FromPath[str],
    amount_invested: Annotated[str, QueryParameter(name="amount", description="A decimal string of the asset.")],
) -> ScenariosView:
    """What `amount` of shares, bought at par now, brings if the debtor pays early, on time, late, half, never."""
    escrow = await escrow_of(session, chain_id)
    asset = world.deployment.asset(escrow.asset)
    units = parse_units(amount_invested, asset.decimals)
    now = max(await now_indexed(session), escrow.checkpoint_at)
    if escrow.status not in {"open", "funded", "defaulted"} or is_expired(escrow, now):
        status = shown("listing", escrow.status, attested=escrow.attested, expired=is_expired(escrow, now))
        raise NotListed(f"Invoice {chain_id} is {status}: nothing more comes of its shares.")
    books = None if escrow.funded_at is None else books_of(escrow)
    found = scenarios(deal_of(escrow, funded_at=now), books, amount_units=units, grace_days=escrow.grace_days, now=now)
    return ScenariosView(
        chain_id=chain_id,
        asset=asset.code,
        amount=amount(units, asset),
        scenarios=[
            ScenarioView(
                name=each.name,
                paid_at=at(each.paid_at),
                paid=amount(each.paid_units, asset),
                received=amount(each.received_units, asset),
                profit=amount(each.profit_units, asset),
                yield_bps=each.yield_bps,
            )
            for each in found
        ],
    )


def _views(rows: Sequence[Any], deployment: Deployment) -> list[ListingView]:
    """A page of `marketplace.find`. Spelled out: this runs for every visitor."""
    assets = {asset.contract: asset for asset in deployment.assets}
    return [_view(assets, row) for row in rows]


def _view(assets: dict[str, SettlementAsset], row: Any) -> ListingView:
    chain_id, contract, advance_units, claim_units, face_units, funded_units, min_ticket_units, *rest = row
    net_yield_bps, tenor_days, due_at, funding_deadline_at, created_at, status, attested, *rest = rest
    acknowledged, recourse, restricted, dispute_until, grade, country, sector, now, *_ = rest
    asset = assets[contract]
    decimals = asset.decimals
    expired = status == "open" and now > funding_deadline_at
    return ListingView(
        chain_id=chain_id,
        asset=asset.code,
        advance=to_decimal(advance_units, decimals),
        claim=to_decimal(claim_units, decimals),
        face=to_decimal(face_units, decimals),
        funded=to_decimal(funded_units, decimals),
        rest=to_decimal(advance_units - funded_units, decimals),
        min_ticket=to_decimal(min_ticket_units, decimals),
        net_yield_bps=net_yield_bps,
        tenor_days=tenor_days,
        due_at=at(due_at),
        funding_deadline_at=at(funding_deadline_at),
        created_at=at(created_at),
        status=shown("listing", status, attested=attested, expired=expired),
        acknowledged=acknowledged,
        recourse=recourse,
        restricted=restricted,
        grade=grade,
        country=country,
        sector=sector,
        disputed_until=at(dispute_until) if dispute_until > now else None,
    )


def _cached(request: Request[Any, Any, Any], body: bytes, following: str | None) -> Response[bytes]:
    """The page, or 304 when the caller has it already."""
    tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if following is not None:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        headers["Link"] = f'<{request.url.path}?{urlencode([*kept, ("cursor", following)])}>; rel="next"'
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _asset(deployment: Deployment, code: str) -> SettlementAsset:
    found = next((asset for asset in deployment.assets if asset.code == code), None)
    if found is None:
        known = ", ".join(asset.code for asset in deployment.assets)
        raise AssetUnknown(f"{code[:20]!r} is not a settlement asset here; there are {known}.")
    return found


router = Router(
    "/marketplace", route_handlers=[list_offers, show_offer, calculate], tags=["marketplace"], security=[{}]
)
