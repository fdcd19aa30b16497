"""Operating the ledger's side over HTTP: stuck and refused work, the contract's pauses. Decides nothing."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import flows, operation
from tenor.chain import stuck as stuck_of
from tenor.chain.operation import Pausable
from tenor.chain.routes import TransactionView, view
from tenor.db import Maker
from tenor.kernel.actor import Actor, Role
from tenor.world import World


class StuckView(msgspec.Struct, kw_only=True):
    """One transaction without an outcome. `next_step`: what the worker does with it, or what a person must do."""

    id: UUID
    purpose: str
    subject: str
    status: str
    age_seconds: int
    reason: str
    next_step: str


class AssetView(msgspec.Struct):
    code: str
    contract: str
    issuer: str | None
    decimals: int


class ContractView(msgspec.Struct, kw_only=True):
    """The escrow contract as the ledger has it now. `roles`: name -> address that holds it. `admin_candidate`: who may
    take over as admin until `admin_deadline`.
    """

    escrow: str
    distributor: str
    roles: dict[str, str]
    origination_fee_bps: int
    profit_fee_bps: int
    create_paused: bool
    fund_paused: bool
    admin_candidate: str | None
    admin_deadline: datetime | None
    assets: list[AssetView]
    wasm_hashes: dict[str, str]


class ReconciliationView(msgspec.Struct, kw_only=True):
    """`agrees`: every value that was `compared` is the ledger's, to the unit; else `findings` says where not."""

    at: datetime
    ledger: int
    compared: int
    agrees: bool
    findings: list[str]


class PauseRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`create`: new listings; `fund`: new investments. Payments, claims and refunds cannot be paused."""

    scope: Pausable
    paused: bool


@get("/operation/stuck")
async def list_stuck(
    maker: NamedDependency[Maker], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[StuckView]:
    """Operators and admins: what has no outcome yet, why, and what happens next, oldest first."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    return [
        StuckView(
            id=each.id,
            purpose=each.purpose,
            subject=each.subject,
            status=each.status,
            age_seconds=each.age_seconds,
            reason=each.reason,
            next_step=each.next_step,
        )
        for each in await stuck_of.stuck(maker, world)
    ]


@get("/operation/refused")
async def list_refused(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[TransactionView]:
    """Operators and admins: the platform's own orders that the ledger refused, newest first."""
    return [view(row, world) for row in await operation.refused(session, actor)]


@post("/operation/refused/{transaction_id:uuid}/retry", status_code=HTTP_202_ACCEPTED)
async def retry_refused(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    transaction_id: FromPath[UUID],
) -> Response[TransactionView]:
    """Operators and admins: plan a refused order once more, after what was wrong has been put right."""
    row = await operation.retry(session, actor, transaction_id)
    return _woken(row.id, view(row, world), world)


@get("/operation/reconciliation")
async def show_reconciliation(
    session: NamedDependency[AsyncSession], actor: NamedDependency[Actor]
) -> ReconciliationView | None:
    """Operators and admins: the newest comparison with the ledger's own entries, null before the first."""
    found = await operation.reconciled(session, actor)
    if found is None:
        return None
    return ReconciliationView(
        at=found.at, ledger=found.ledger, compared=found.compared, agrees=not found.findings, findings=found.findings
    )


@get("/operation/contract")
async def show_contract(world: NamedDependency[World], actor: NamedDependency[Actor]) -> ContractView:
    """Operators and admins: roles, fees and pauses as the escrow contract has them now."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    found, here = await operation.contract(world), world.deployment
    return ContractView(
        escrow=here.escrow,
        distributor=here.distributor,
        roles={name: getattr(found.config.roles, name) for name in found.config.roles.__slots__},
        origination_fee_bps=found.config.fees.origination_bps,
        profit_fee_bps=found.config.fees.profit_bps,
        create_paused=found.paused["create"],
        fund_paused=found.paused["fund"],
        admin_candidate=found.config.admin_candidate,
        admin_deadline=None
        if found.config.admin_candidate is None
        else datetime.fromtimestamp(found.config.admin_deadline, UTC),
        assets=[AssetView(each.code, each.contract, each.issuer, each.decimals) for each in here.assets],
        wasm_hashes=here.wasm_hashes,
    )


@post("/operation/pauses", status_code=HTTP_202_ACCEPTED)
async def pause(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[PauseRequest],
) -> Response[TransactionView]:
    """Admins: stop new listings or new investments, or let them go on. What runs is never stopped."""
    identity = await operation.order_pause(session, world, actor, scope=data.scope, paused=data.paused)
    row = await flows.get(session, actor, identity)
    return _woken(identity, view(row, world), world)


def _woken(identity: UUID, told: TransactionView, world: World) -> Response[TransactionView]:
    """An order wakes the submit job after the commit (P76)."""
    return Response(told, background=BackgroundTask(world.nudger.nudge, "submit", str(identity)))


router = Router(
    "/",
    route_handlers=[list_stuck, list_refused, retry_refused, show_reconciliation, show_contract, pause],
    tags=["operation"],
)
