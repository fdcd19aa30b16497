"""The platform's desk over HTTP: rate cards and the registry of debtors. Decides nothing."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.edge.paging import After, Limit, Page, cursor, id_of, key_of, page
from tenor.invoices import debtors, offers, ratecards, rates, worklist_routes
from tenor.invoices.models import Debtor, RateCard
from tenor.invoices.rates import Card
from tenor.invoices.wire import OfferView, at, offer_fields
from tenor.kernel.actor import Actor, Role
from tenor.world import World

Text = Annotated[str, msgspec.Meta(max_length=200)]


class RateCardRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`valid_from`: default now."""

    rules: Card
    note: Annotated[str, msgspec.Meta(max_length=500)]
    valid_from: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class RateCardView(msgspec.Struct, kw_only=True):
    version: int
    valid_from: datetime
    author_account_id: UUID
    created_at: datetime
    note: str
    rules: Card


class WhatIfRequest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Price an imagined invoice off `rules`, off `version`, or off the card in force."""

    amount_due: Text
    currency: Text
    due_date: date
    grade: Text
    assurance: Literal["attested", "acknowledged"] = "attested"
    recourse: bool = False
    version: int | None = None
    rules: Card | None = None


class DebtorRequest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`address`: the debtor's wallet; invoices can be attested only once it is known."""

    vat_id: Text
    name: Text
    country: Text
    grade: Text
    reason: Text
    sector: Text | None = None
    email: Text | None = None
    address: Text | None = None


class DebtorPatch(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Fields left out stay as they are."""

    reason: Text
    name: Text | msgspec.UnsetType = msgspec.UNSET
    country: Text | msgspec.UnsetType = msgspec.UNSET
    grade: Text | msgspec.UnsetType = msgspec.UNSET
    status: Literal["active", "blocked"] | msgspec.UnsetType = msgspec.UNSET
    sector: Text | msgspec.UnsetType | None = msgspec.UNSET
    email: Text | msgspec.UnsetType | None = msgspec.UNSET
    address: Text | msgspec.UnsetType | None = msgspec.UNSET


class DebtorView(msgspec.Struct, kw_only=True):
    id: UUID
    vat_id: str
    name: str
    country: str
    sector: str | None
    email: str | None
    grade: str
    status: str
    address: str | None
    debtor_key: str
    created_at: datetime


class ChangeView(msgspec.Struct, kw_only=True):
    at: datetime
    account_id: UUID
    field: str
    before: str | None
    after: str | None
    reason: str


class RecordView(msgspec.Struct, kw_only=True):
    """Counts of invoices of this debtor, from the ledger."""

    financed: int
    settled: int
    settled_late: int
    outstanding: int
    defaulted: int


class DebtorDetail(DebtorView, kw_only=True):
    record: RecordView
    changes: list[ChangeView]


@post("/rate-cards", status_code=HTTP_201_CREATED)
async def publish(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[RateCardRequest],
) -> RateCardView:
    """Admins: a new version. Older ones stay as they are; accepted quotes keep theirs."""
    row = await ratecards.publish(session, world, actor, card=data.rules, note=data.note, valid_from=data.valid_from)
    return _card_view(row)


@get("/rate-cards")
async def list_cards(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],  # noqa: ARG001 - prices are for those who are logged in
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[RateCardView]]:
    """All versions, newest first."""
    before = None if after is None else key_of(after, int)[0]
    found = await ratecards.page(session, before=before, limit=limit + 1)
    items = [_card_view(row) for row in found[:limit]]
    return page(request, items, cursor(items[-1].version) if len(found) > limit else None)


@get("/rate-cards/{version:int}")
async def show_card(
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],  # noqa: ARG001 - prices are for those who are logged in
    version: FromPath[int],
) -> RateCardView:
    return _card_view(await ratecards.version_of(session, version))


@get("/rate-cards/starter")
async def starter(world: NamedDependency[World], actor: NamedDependency[Actor]) -> Card:
    """Admins: a card to begin with and edit, for this deployment's first asset."""
    return await ratecards.starter(world, actor)


@post("/rate-cards/what-if", status_code=HTTP_200_OK)
async def what_if(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[WhatIfRequest],
) -> OfferView:
    """Admins: what a card makes of an imagined invoice, every factor named. Stores nothing."""
    actor.require(Role.ADMIN)
    now = (await world.ledger.tip()).closed_at
    assets = ratecards.assets_of(world)
    card = data.rules
    if card is not None:
        rates.check(card, assets)
    else:
        found = await (
            ratecards.in_force(session, now) if data.version is None else ratecards.version_of(session, data.version)
        )
        card = ratecards.rules_of(found)
    offer = offers.quote(
        card,
        assets,
        offers.Ask(
            amount_due=data.amount_due,
            currency=data.currency,
            due_date=data.due_date,
            grade=data.grade,
            assurance=data.assurance,
            recourse=data.recourse,
        ),
        now=now,
    )
    terms: dict[str, Any] = msgspec.to_builtins(offer.terms)
    factors: list[dict[str, Any]] = msgspec.to_builtins(offer.factors)
    fee, expires_at = offer.origination_fee_units, at(offer.expires_at)
    return OfferView(**offer_fields(terms, factors, fee_units=fee, expires_at=expires_at, world=world))


@post("/debtors", status_code=HTTP_201_CREATED)
async def add_debtor(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[DebtorRequest],
) -> DebtorView:
    """Admins: register a debtor whose identity has been checked."""
    return _debtor_view(await debtors.add(session, world, actor, **msgspec.structs.asdict(data)))


@patch("/debtors/{debtor_id:uuid}")
async def change_debtor(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    debtor_id: FromPath[UUID],
    data: JSONBody[DebtorPatch],
) -> DebtorView:
    """Admins: change what is known, with a reason that is kept."""
    given = {name: value for name, value in msgspec.structs.asdict(data).items() if value is not msgspec.UNSET}
    return _debtor_view(await debtors.change(session, world, actor, debtor_id, **given))


@get("/debtors")
async def list_debtors(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],
    vat_id: FromQuery[str | None] = None,
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[DebtorView]]:
    """For the platform's people: the registry, oldest first, or the one debtor with `vat_id`."""
    found = await debtors.page(session, actor, vat_id=vat_id, after=id_of(after), limit=limit + 1)
    items = [_debtor_view(row) for row in found[:limit]]
    return page(request, items, cursor(str(items[-1].id)) if len(found) > limit else None)


@get("/debtors/{debtor_id:uuid}")
async def show_debtor(
    session: NamedDependency[AsyncSession], actor: NamedDependency[Actor], debtor_id: FromPath[UUID]
) -> DebtorDetail:
    """For the platform's people: a debtor, how it has paid, and who changed what about it."""
    debtor = await debtors.debtor_of(session, actor, debtor_id)
    record = await debtors.record_of(session, debtor.debtor_key)
    changes = await debtors.changes_of(session, debtor_id)
    return DebtorDetail(
        **msgspec.structs.asdict(_debtor_view(debtor)),
        record=RecordView(
            financed=record.financed,
            settled=record.settled,
            settled_late=record.settled_late,
            outstanding=record.outstanding,
            defaulted=record.defaulted,
        ),
        changes=[
            ChangeView(
                at=row.at,
                account_id=row.account_id,
                field=row.field,
                before=row.before,
                after=row.after,
                reason=row.reason,
            )
            for row in changes
        ],
    )


def _card_view(row: RateCard) -> RateCardView:
    return RateCardView(
        version=row.version,
        valid_from=row.valid_from,
        author_account_id=row.author_account_id,
        created_at=row.created_at,
        note=row.note,
        rules=ratecards.rules_of(row),
    )


def _debtor_view(row: Debtor) -> DebtorView:
    return DebtorView(**{name: getattr(row, name) for name in DebtorView.__struct_fields__})


router = Router(
    "/",
    route_handlers=[
        *worklist_routes.HANDLERS,
        publish,
        list_cards,
        starter,
        show_card,
        what_if,
        add_debtor,
        change_debtor,
        list_debtors,
        show_debtor,
    ],
    tags=["desk"],
)
