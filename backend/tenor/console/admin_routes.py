"""The desk of the platform's people: home, KYC, operation. Draws what the API answers; decides nothing."""

from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts import routes as accounts
from tenor.accounts.routes import AccountView, KycView
from tenor.chain import change_routes, operation_routes
from tenor.console.languages import say
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.db import Maker
from tenor.edge.paging import After
from tenor.kernel.actor import Role
from tenor.settlements import worklist_routes
from tenor.settlements.worklist_routes import WaitingView
from tenor.world import World

PER_PAGE = 50
KYC_STATUSES = ("submitted", "approved", "rejected", "revoked")
HOME: tuple[tuple[str, str, str], ...] = (
    ("kyc", "/desk/kyc", "account"),
    ("findings", "/desk/invoices?queue=findings", "file"),
    ("debtors", "/desk/invoices?queue=debtors", "bill"),
    ("attestation", "/desk/invoices?queue=attestation", "desk"),
    ("approvals", "/desk/settlements", "check"),
    ("overdue", "/desk/overdue", "clock"),
    ("defaults_due", "/desk/overdue", "warn"),
    ("disputes", "/desk/disputes", "warn"),
    ("refused", "/desk/operation", "warn"),
)
"""What waits: name of the count, where it is worked off, icon."""
KycFilter = Annotated[Literal["submitted", "approved", "rejected", "revoked"], QueryParameter(name="status")]


async def desk(visitor: Visitor, session: AsyncSession) -> WaitingView:
    """For every page of the desk: refuses who does not belong here, and counts for the tabs."""
    found: WaitingView = await worklist_routes.show_waiting.fn(session, visitor.require(Role.ADMIN, Role.OPERATOR))
    return found


@get("/desk")
async def home(visitor: NamedDependency[Visitor], session: NamedDependency[AsyncSession]) -> Response[str]:
    waiting = await desk(visitor, session)
    counted = [(name, path, icon, getattr(waiting, name)) for name, path, icon in HOME]
    return page(visitor, "admin_home.html", waiting=waiting, counted=counted)


@get("/desk/kyc")
async def kyc_queue(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    status: KycFilter = "submitted",
    after: After = None,
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.require(Role.ADMIN)
    answer = await accounts.list_kyc.fn(request, session, actor, status=status, after=after, limit=PER_PAGE)
    return page(
        visitor,
        "admin_kyc.html",
        waiting=waiting,
        submissions=answer.content.items,
        following=answer.content.next,
        paged=after is not None,
        shown=status,
        statuses=KYC_STATUSES,
    )


@get("/desk/kyc/{submission_id:uuid}")
async def kyc_case(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    submission_id: FromPath[UUID],
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.require(Role.ADMIN)
    found: KycView = await accounts.show_kyc.fn(session, world, actor, submission_id)
    account: AccountView = await accounts.account.fn(session, world, actor, found.account_id)
    details = [(name, getattr(found.details, name)) for name in found.details.__struct_fields__]
    return page(
        visitor,
        "admin_kyc_case.html",
        waiting=waiting,
        submission=found,
        account=account,
        details=[(name, value) for name, value in details if value],
    )


@get("/desk/operation")
async def operation(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    maker: NamedDependency[Maker],
    world: NamedDependency[World],
) -> Response[str]:
    waiting, actor = await desk(visitor, session), visitor.require(Role.ADMIN, Role.OPERATOR)
    refused = await operation_routes.list_refused.fn(session, world, actor)
    return page(
        visitor,
        "admin_operation.html",
        waiting=waiting,
        refused=refused,
        contract=await operation_routes.show_contract.fn(world, actor),
        stuck=await operation_routes.list_stuck.fn(maker, world, actor),
        reconciled=await operation_routes.show_reconciliation.fn(session, actor),
        may_pause=actor.has(Role.ADMIN),
    )


@get("/desk/changes")
async def changes(
    visitor: NamedDependency[Visitor], session: NamedDependency[AsyncSession], world: NamedDependency[World]
) -> Response[str]:
    """What is announced and when it can be carried out, the pauses, and who may become admin."""
    waiting, actor = await desk(visitor, session), visitor.known
    return page(
        visitor,
        "admin_changes.html",
        waiting=waiting,
        changes=await change_routes.list_changes.fn(session, actor),
        contract=await operation_routes.show_contract.fn(world, actor),
        may_change=actor.has(Role.ADMIN),
        left=partial(_left, visitor.language),
    )


def _left(language: str, seconds: int) -> str:
    days, rest = divmod(seconds, 86_400)
    return say(language, "change.left", days=days, hours=rest // 3_600, minutes=rest % 3_600 // 60)


PAGES = (home, kyc_queue, kyc_case, operation, changes)
