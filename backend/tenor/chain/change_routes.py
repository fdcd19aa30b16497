"""Changes of the contract that wait, and the next admin, over HTTP. Decides nothing."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED, HTTP_202_ACCEPTED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import changes
from tenor.chain.changes import Change, ChangeInvalid, Kind
from tenor.chain.models import ChainTransaction
from tenor.chain.routes import TransactionView, view
from tenor.kernel.actor import Actor
from tenor.world import World

Address = Annotated[str, msgspec.Meta(max_length=60)]


class FeesRequest(msgspec.Struct, forbid_unknown_fields=True):
    """For invoices created from then on; older ones keep theirs."""

    origination_bps: int
    profit_bps: int


class RolesRequest(msgspec.Struct, forbid_unknown_fields=True):
    """What is null stays as it is. The admin changes in two steps of its own."""

    operator: Address | None = None
    resolver: Address | None = None
    pauser: Address | None = None
    treasury: Address | None = None


class ChangeRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Exactly one of the four. `upgrade` and `token_wasm`: hash of code that is on the ledger already."""

    reason: Annotated[str, msgspec.Meta(max_length=changes.REASON_CHARACTERS_MAX)]
    fees: FeesRequest | None = None
    roles: RolesRequest | None = None
    upgrade: str | None = None
    token_wasm: str | None = None


class CandidateRequest(msgspec.Struct, forbid_unknown_fields=True):
    candidate: Address


class ChangeView(msgspec.Struct, kw_only=True):
    """`status`: waiting, ready, lapsed, executed, withdrawn. `seconds_left`: to readiness, then to its lapse."""

    id: str
    kind: Kind
    values: dict[str, str]
    status: str
    seconds_left: int
    ready_at: datetime
    lapses_at: datetime
    reason: str | None
    scheduled_by: str | None
    ledger: int
    tx_hash: str


@get("/operation/changes")
async def list_changes(session: NamedDependency[AsyncSession], actor: NamedDependency[Actor]) -> list[ChangeView]:
    """Operators and admins: announced changes of the contract, newest first."""
    return [_view(each) for each in await changes.listed(session, actor)]


@post("/operation/changes", status_code=HTTP_202_ACCEPTED)
async def schedule_change(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[ChangeRequest],
) -> Response[TransactionView]:
    """Admins: announce a change on the ledger. It can be executed after two days and within two weeks."""
    kind, values = _asked(data)
    row = await changes.schedule(session, world, actor, kind=kind, values=values, reason=data.reason)
    return _woken(row, world)


@post("/operation/changes/{operation_id:str}/execution", status_code=HTTP_202_ACCEPTED)
async def execute_change(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    operation_id: FromPath[str],
) -> Response[TransactionView]:
    """Admins: carry out a change that is ready."""
    return _woken(await changes.execute(session, world, actor, operation_id), world)


@post("/operation/changes/{operation_id:str}/withdrawal", status_code=HTTP_202_ACCEPTED)
async def withdraw_change(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    operation_id: FromPath[str],
) -> Response[TransactionView]:
    """Admins: take back a change that has not been carried out."""
    return _woken(await changes.withdraw(session, world, actor, operation_id), world)


@post("/operation/admin", status_code=HTTP_202_ACCEPTED)
async def propose_admin(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[CandidateRequest],
) -> Response[TransactionView]:
    """Admins: the first of two steps. Nothing changes before the candidate accepts with his own wallet."""
    return _woken(await changes.propose_admin(session, world, actor, candidate=data.candidate), world)


@post("/operation/admin/acceptance", status_code=HTTP_201_CREATED)
async def accept_admin(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> TransactionView:
    """The candidate: the second step, for his wallet to sign."""
    return view(await changes.accept_admin(session, world, actor), world)


def _asked(data: ChangeRequest) -> tuple[Kind, dict[str, Any]]:
    said: list[tuple[Kind, dict[str, Any]]] = []
    if data.fees is not None:
        said.append(("fees", msgspec.structs.asdict(data.fees)))
    if data.roles is not None:
        said.append(("roles", {name: to for name, to in msgspec.structs.asdict(data.roles).items() if to is not None}))
    if data.upgrade is not None:
        said.append(("upgrade", {"wasm_hash": data.upgrade}))
    if data.token_wasm is not None:
        said.append(("token_wasm", {"wasm_hash": data.token_wasm}))
    if len(said) != 1 or not said[0][1]:
        raise ChangeInvalid("Say exactly one change: `fees`, `roles`, `upgrade` or `token_wasm`.")
    return said[0]


def _view(each: Change) -> ChangeView:
    row = each.row
    until = row.ready_at if each.status == "waiting" else row.lapses_at
    return ChangeView(
        id=row.operation_id,
        kind=each.kind,
        values=each.values,
        status=each.status,
        seconds_left=max(0, until - each.at) if each.status in {"waiting", "ready"} else 0,
        ready_at=datetime.fromtimestamp(row.ready_at, UTC),
        lapses_at=datetime.fromtimestamp(row.lapses_at, UTC),
        reason=None if each.note is None else each.note.reason,
        scheduled_by=None if each.note is None else each.note.address,
        ledger=row.ledger,
        tx_hash=row.tx_hash,
    )


def _woken(row: ChainTransaction, world: World) -> Response[TransactionView]:
    """An order wakes the submit job after the commit (P76)."""
    return Response(view(row, world), background=BackgroundTask(world.nudger.nudge, "submit", str(row.id)))


router = Router(
    "/",
    route_handlers=[list_changes, schedule_change, execute_change, withdraw_change, propose_admin, accept_admin],
    tags=["operation"],
)
