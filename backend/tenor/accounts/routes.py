"""Accounts over HTTP: me, my sessions, roles, KYC. Decides nothing."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts import flows, kyc
from tenor.accounts.models import Account, KycSubmission
from tenor.accounts.rules import Decision
from tenor.accounts.tokens import NotLoggedIn
from tenor.edge.paging import After, Limit, Page, cursor, id_of, page
from tenor.edge.problems import of_refusal
from tenor.kernel.actor import Actor, Role
from tenor.notices import flows as notices
from tenor.settings import Settings
from tenor.world import World

KycStatus = Literal["submitted", "approved", "rejected", "revoked"]


class KycSummary(msgspec.Struct):
    """`reason`: the admin's, once decided."""

    id: UUID
    status: str
    roles: list[str]
    submitted_at: datetime
    decided_at: datetime | None
    reason: str | None


class KycListed(KycSummary):
    account_id: UUID
    address: str


class KycView(KycListed):
    """With what was submitted, in the clear: for its owner and for admins."""

    details: kyc.Details


class AccountView(msgspec.Struct):
    """`allowlisted`: the contract lets `address` sell and invest, as the ledger says; it follows an approved KYC."""

    id: UUID
    subject: str
    address: str
    roles: list[str]
    kyc: KycSummary | None
    allowlisted: bool


class SessionView(msgspec.Struct):
    """Times are Unix seconds. `current`: the one this request came with."""

    id: UUID
    agent: str
    created_at: int
    refreshed_at: int
    expires_at: int
    current: bool


class RefreshRequest(msgspec.Struct, forbid_unknown_fields=True):
    refresh_token: Annotated[str, msgspec.Meta(max_length=200)]


class Tokens(msgspec.Struct):
    """`expires_at`: of `token`, Unix seconds. Both tokens are new; the old refresh token ends the session if reused."""

    token: str
    refresh_token: str
    expires_at: int


class ContactRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`email`: where notices go besides the list; null to stop that."""

    email: Annotated[str, msgspec.Meta(max_length=254)] | None


class KycRequest(msgspec.Struct, forbid_unknown_fields=True):
    roles: Annotated[list[Literal["seller", "investor"]], msgspec.Meta(min_length=1, max_length=2)]
    details: kyc.Details


class DecisionRequest(msgspec.Struct, forbid_unknown_fields=True):
    decision: Decision
    reason: str


@get("/me")
async def me(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> AccountView:
    """Who I am here, what I may do, and how my KYC stands."""
    return await _account_view(session, world, await flows.account(session, actor, actor.account_id))


@put("/me/contact", status_code=204)
async def set_contact(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[ContactRequest],
) -> None:
    """Where my notices go besides the list."""
    await notices.set_email(session, world, actor, data.email)


@post(
    "/sessions/refresh",
    status_code=HTTP_200_OK,
    security=[{}],
    responses={HTTP_200_OK: ResponseSpec(Tokens, generate_examples=False)},
)
async def refresh(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
    data: JSONBody[RefreshRequest],
) -> Response[Any]:
    """A new pair of tokens for an unused refresh token. Needs no access token."""
    login = await flows.refresh(session, world, settings, refresh_token=data.refresh_token)
    if login is None:
        # Answered, not raised: that the session was ended for it must be committed.
        refusal = NotLoggedIn("This refresh token is not good any more: log in again at /auth.")
        return of_refusal(refusal).to_response(request)
    return Response(Tokens(login.access_token, login.refresh_token, login.claims.expires_at))


@get("/sessions")
async def sessions(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    session_id: NamedDependency[UUID],
) -> list[SessionView]:
    """My sessions that still work, newest first."""
    return [
        SessionView(
            id=found.id,
            agent=found.agent,
            created_at=found.created_at,
            refreshed_at=found.refreshed_at,
            expires_at=found.expires_at,
            current=found.id == session_id,
        )
        for found in await flows.sessions_of(session, world, actor)
    ]


@delete("/sessions/{login_id:uuid}")
async def end_session(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    login_id: FromPath[UUID],
) -> None:
    """Log out: the session's tokens stop working at once."""
    await flows.end_session(session, world, actor, login_id)


@get("/accounts/{account_id:uuid}")
async def account(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    account_id: FromPath[UUID],
) -> AccountView:
    """An account: one's own, or anybody's for an admin."""
    return await _account_view(session, world, await flows.account(session, actor, account_id))


@put("/accounts/{account_id:uuid}/roles/{role:str}", status_code=204)
async def grant_role(
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],
    account_id: FromPath[UUID],
    role: FromPath[Role],
) -> None:
    """Admins grant roles; it takes effect with the account's next request."""
    await flows.grant_role(session, actor, account_id, role)


@delete("/accounts/{account_id:uuid}/roles/{role:str}")
async def withdraw_role(
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],
    account_id: FromPath[UUID],
    role: FromPath[Role],
) -> None:
    """Admins take roles back; it takes effect with the account's next request."""
    await flows.withdraw_role(session, actor, account_id, role)


@post("/kyc", status_code=HTTP_201_CREATED)
async def submit_kyc(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[KycRequest],
) -> KycSummary:
    """My details, for an admin to decide on. They are stored sealed."""
    return _summary(await kyc.submit(session, world, actor, details=data.details, roles=data.roles))


@get("/kyc")
async def list_kyc(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    actor: NamedDependency[Actor],
    status: FromQuery[KycStatus | None] = None,
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[KycListed]]:
    """For admins: submissions, oldest first, without their details."""
    found = await kyc.listed(session, actor, status=status, after=id_of(after), limit=limit + 1)
    items = [
        KycListed(**msgspec.structs.asdict(_summary(row)), account_id=row.account_id, address=address)
        for row, address in found[:limit]
    ]
    return page(request, items, cursor(str(items[-1].id)) if len(found) > limit else None)


@get("/kyc/{submission_id:uuid}")
async def show_kyc(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    submission_id: FromPath[UUID],
) -> KycView:
    """A submission with its details: one's own, or anybody's for an admin."""
    opened = await kyc.opened(session, world, actor, submission_id)
    found = await flows.account(session, actor, opened.submission.account_id)
    return KycView(
        **msgspec.structs.asdict(_summary(opened.submission)),
        account_id=found.id,
        address=found.address,
        details=opened.details,
    )


@post("/kyc/{submission_id:uuid}/decision", status_code=HTTP_200_OK)
async def decide_kyc(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    submission_id: FromPath[UUID],
    data: JSONBody[DecisionRequest],
) -> KycSummary:
    """Approve, reject or revoke, with a reason. Approval reaches the contract's allowlist within a ledger or two."""
    found = await kyc.decide(session, world, actor, submission_id, decision=data.decision, reason=data.reason)
    return _summary(found)


async def _account_view(session: AsyncSession, world: World, found: Account) -> AccountView:
    latest = await kyc.latest(session, found.id)
    return AccountView(
        id=found.id,
        subject=found.subject,
        address=found.address,
        roles=sorted(await flows.roles_of(session, world, found)),
        kyc=None if latest is None else _summary(latest),
        allowlisted=await flows.is_allowed(session, found.address),
    )


def _summary(row: KycSubmission) -> KycSummary:
    return KycSummary(row.id, row.status, list(row.roles), row.submitted_at, row.decided_at, row.reason)


router = Router(
    "/",
    route_handlers=[
        me,
        set_contact,
        refresh,
        sessions,
        end_session,
        account,
        grant_role,
        withdraw_role,
        submit_kyc,
        list_kyc,
        show_kyc,
        decide_kyc,
    ],
    tags=["accounts"],
)
