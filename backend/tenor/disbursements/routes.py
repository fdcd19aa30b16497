"""Disbursements over HTTP: proposed, decided by a second person, steered, told line by line. Decides nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.disbursements import flows, parse, reclaims
from tenor.disbursements.flows import Wish
from tenor.disbursements.models import Disbursement, DisbursementLine
from tenor.edge.paging import After, Limit, Page, cursor, id_of, key_of, page
from tenor.edge.spreadsheet import download
from tenor.investments.routes import Amount
from tenor.invoices.wire import amount, at
from tenor.kernel.actor import Actor
from tenor.world import World

_FORM_BYTES = 16_384
"""What multipart adds around the file."""
_JSON_BYTES_MAX = 6_000_000
"""Ten thousand payments with every field."""
Words = Annotated[str, msgspec.Meta(max_length=500)]
Cell = Annotated[str, msgspec.Meta(max_length=parse.CELL_CHARACTERS_MAX)]
WhenMissing = Literal["park", "claimable"]
HEADER = ("line", "id", "payee", "memo_type", "memo", "amount", "status", "code", "reason", "transaction", "ledger")


class PaymentRequest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`payee`: G, M or C address. `id`: your own, never paid twice."""

    payee: Cell
    amount: Amount
    memo_type: Cell = ""
    memo: Cell = ""
    id: Cell = ""


class DisbursementRequest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`asset`: code or contract. `when_missing`: what becomes of a payee without account or trustline."""

    name: Words
    asset: Cell
    payments: Annotated[list[PaymentRequest], msgspec.Meta(min_length=1, max_length=parse.LINES_MAX)]
    when_missing: WhenMissing = "park"
    reclaim_days: Annotated[int, msgspec.Meta(ge=1, le=flows.RECLAIM_DAYS_MAX)] = 30
    repeats: bool = False


class DisbursementUpload(msgspec.Struct, kw_only=True):
    """One CSV file with the columns payee, amount and, as wished, asset, memo_type, memo and id."""

    file: UploadFile
    name: Words
    asset: Cell
    when_missing: WhenMissing = "park"
    reclaim_days: str = "30"
    repeats: Literal["yes", "no"] = "no"


class DeclineRequest(msgspec.Struct, forbid_unknown_fields=True):
    reason: Words


class Sum(msgspec.Struct):
    payments: int
    amount: str


class DisbursementView(msgspec.Struct, kw_only=True):
    """`waiting`: why it stands still. `sums` by the status of the payments, which together are the whole batch."""

    id: UUID
    name: str
    status: str
    waiting: str | None
    asset: str
    payments: int
    amount: str
    sums: dict[str, Sum]
    when_missing: str
    reclaim_days: int
    creator: str
    approver: str | None
    reason: str | None
    created_at: datetime
    decided_at: datetime | None


class PaymentView(msgspec.Struct, kw_only=True):
    """`status`: ready, sending, paid, parked, failed, held (to be claimed), claimed, reclaiming, reclaimed, cancelled.

    Paid and held are what the ledger said, in `ledger`. `code` is the ledger's own name for why it is not.
    """

    line: int
    id: str | None
    payee: str
    memo_type: str
    memo: str
    amount: str
    status: str
    code: str | None
    reason: str | None
    transaction: str | None
    ledger: int | None
    balance_id: str | None
    reclaim_at: datetime | None


class TakenBack(msgspec.Struct):
    payments: int


@post("/disbursements", status_code=HTTP_201_CREATED, request_max_body_size=_JSON_BYTES_MAX)
async def propose(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[DisbursementRequest],
) -> DisbursementView:
    """Operators and admins: a batch of payments. It moves nothing before somebody else approves."""
    rows = [msgspec.to_builtins(payment) for payment in data.payments]
    wish = Wish(
        name=data.name,
        asset=data.asset,
        rows=rows,
        when_missing=data.when_missing,
        reclaim_days=data.reclaim_days,
        repeats=data.repeats,
    )
    return await _view(session, world, await flows.propose(session, world, actor, wish))


@post("/disbursements/files", status_code=HTTP_201_CREATED, request_max_body_size=parse.FILE_BYTES_MAX + _FORM_BYTES)
async def propose_file(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: MultipartBody[DisbursementUpload],
) -> DisbursementView:
    """The same from a CSV file; every bad line is named by its number, and then nothing is stored."""
    rows = parse.from_csv(await data.file.read(parse.FILE_BYTES_MAX + 1))
    digits = data.reclaim_days
    wish = Wish(
        name=data.name,
        asset=data.asset,
        rows=rows,
        when_missing=data.when_missing,
        reclaim_days=int(digits) if digits.isascii() and digits.isdigit() and len(digits) < len("10000") else 0,
        repeats=data.repeats == "yes",
    )
    return await _view(session, world, await flows.propose(session, world, actor, wish))


@get("/disbursements")
async def list_disbursements(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[DisbursementView]]:
    """Operators and admins: newest first."""
    found = await flows.listed(session, actor, after=id_of(after), limit=limit)
    items = [await _view(session, world, batch) for batch in found[:limit]]
    following = cursor(str(found[limit - 1].id)) if len(found) > limit else None
    return page(request, items, following)


@get("/disbursements/{disbursement_id:uuid}")
async def show_disbursement(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
) -> DisbursementView:
    return await _view(session, world, await flows.get(session, actor, disbursement_id))


@get("/disbursements/{disbursement_id:uuid}/payments")
async def list_payments(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
    status: FromQuery[str | None] = None,
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[PaymentView]]:
    """The payments of a batch in the order of its file, all or those with one status."""
    batch = await flows.get(session, actor, disbursement_id)
    start = 0 if after is None else key_of(after, int)[0]
    found = await flows.lines_of(session, batch.id, status=status, after=start, limit=limit)
    following = cursor(found[limit - 1].number) if len(found) > limit else None
    return page(request, [_payment(line, batch, world) for line in found[:limit]], following)


@get("/disbursements/{disbursement_id:uuid}/statement", media_type="text/csv")
async def statement(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
) -> Response[str]:
    """CSV: what became of every payment, with the transaction and ledger that say so."""
    batch = await flows.get(session, actor, disbursement_id)
    told = [_payment(line, batch, world) for line in await flows.lines_of(session, batch.id)]
    return download(f"disbursement-{batch.id}.csv", HEADER, [_cells(each) for each in told])


@post("/disbursements/{disbursement_id:uuid}/approval", status_code=HTTP_200_OK)
async def approve(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
) -> DisbursementView:
    """Anybody of the platform's people but the one who proposed it: the payments begin."""
    return await _view(session, world, await flows.decide(session, actor, disbursement_id, move="be_approved"))


@post("/disbursements/{disbursement_id:uuid}/decline", status_code=HTTP_200_OK)
async def decline(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
    data: JSONBody[DeclineRequest],
) -> DisbursementView:
    """The same person's no; nothing of it will be paid."""
    batch = await flows.decide(session, actor, disbursement_id, move="be_declined", reason=data.reason)
    return await _view(session, world, batch)


@post("/disbursements/{disbursement_id:uuid}/pause", status_code=HTTP_200_OK)
async def pause(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
) -> DisbursementView:
    """What is under way finishes, nothing new starts."""
    return await _view(session, world, await flows.steer(session, actor, disbursement_id, move="be_paused"))


@post("/disbursements/{disbursement_id:uuid}/resume", status_code=HTTP_200_OK)
async def resume(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
) -> DisbursementView:
    """It goes on where it was paused."""
    return await _view(session, world, await flows.steer(session, actor, disbursement_id, move="be_resumed"))


@post("/disbursements/{disbursement_id:uuid}/end", status_code=HTTP_200_OK)
async def end(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
) -> DisbursementView:
    """What is ready or parked is cancelled; what is under way finishes as the ledger says."""
    return await _view(session, world, await flows.steer(session, actor, disbursement_id, move="be_ended"))


@post("/disbursements/{disbursement_id:uuid}/reclaim", status_code=HTTP_200_OK)
async def reclaim(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    disbursement_id: FromPath[UUID],
) -> TakenBack:
    """Take back every claimable balance of the batch that nobody has claimed in time."""
    batch = await flows.get(session, actor, disbursement_id)
    tip = await world.ledger.tip()
    return TakenBack(await reclaims.take_back(session, world, batch, now=tip.closed_at))


async def _view(session: AsyncSession, world: World, batch: Disbursement) -> DisbursementView:
    asset = world.deployment.asset(batch.asset)
    sums = await flows.sums(session, batch.id)
    return DisbursementView(
        id=batch.id,
        name=batch.name,
        status=batch.status,
        waiting=batch.waiting,
        asset=asset.code,
        payments=batch.lines,
        amount=amount(batch.total_units, asset),
        sums={status: Sum(count, amount(units, asset)) for status, (count, units) in sorted(sums.items())},
        when_missing=batch.when_missing,
        reclaim_days=batch.reclaim_days,
        creator=batch.creator_address,
        approver=batch.approver_address,
        reason=batch.reason,
        created_at=batch.created_at,
        decided_at=batch.decided_at,
    )


def _payment(line: DisbursementLine, batch: Disbursement, world: World) -> PaymentView:
    return PaymentView(
        line=line.number,
        id=line.external_id,
        payee=line.payee,
        memo_type=line.memo_kind,
        memo=line.memo_value,
        amount=amount(line.units, world.deployment.asset(batch.asset)),
        status=line.status,
        code=line.code,
        reason=line.reason,
        transaction=line.hash,
        ledger=line.ledger,
        balance_id=line.balance_id,
        reclaim_at=at(line.reclaim_at) if line.balance_id is not None and line.reclaim_at is not None else None,
    )


def _cells(told: PaymentView) -> Sequence[str]:
    known = (told.line, told.id, told.payee, told.memo_type, told.memo, told.amount, told.status, told.code)
    return ["" if cell is None else str(cell) for cell in (*known, told.reason, told.transaction, told.ledger)]


router = Router(
    "/",
    route_handlers=[
        propose,
        propose_file,
        list_disbursements,
        show_disbursement,
        list_payments,
        statement,
        approve,
        decline,
        pause,
        resume,
        end,
        reclaim,
    ],
    tags=["disbursements"],
)
