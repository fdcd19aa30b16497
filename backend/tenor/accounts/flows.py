"""Logging in, staying logged in, who may do what. Never sees a user's key; never puts a network call under a lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts import challenges, tokens
from tenor.accounts.challenges import Answer, ChallengeInvalid, Site
from tenor.accounts.models import Account, AllowedAccount, LoginSession, RefreshToken, RoleGrant, SpentChallenge
from tenor.accounts.rules import AccountInvalid, Subject, authority_of, subject_of
from tenor.accounts.tokens import Claims, NotLoggedIn
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import NotFound
from tenor.kernel.ids import new_id
from tenor.ledger.events import AccountAllowed
from tenor.settings import Settings
from tenor.world import World

AGENT_CHARACTERS_MAX = 200


class AccountNotFound(NotFound):
    pass


class SessionNotFound(NotFound):
    pass


@dataclass(frozen=True, slots=True)
class Login:
    """What a wallet gets for its signature; `refresh_token` is shown once and works once."""

    access_token: str
    refresh_token: str
    claims: Claims


def site(world: World, settings: Settings) -> Site:
    return Site(settings.home_domain, world.signer.address("web_auth"), world.ledger.passphrase)


async def challenge(
    world: World, settings: Settings, *, account: str, memo: str | None, home_domain: str | None
) -> str:
    """A challenge signed by the platform (SEP-10 GET), in base64 XDR."""
    here = site(world, settings)
    if home_domain is not None and home_domain != here.domain:
        raise ChallengeInvalid(f"`home_domain` must be {here.domain} or be left out.")
    subject = subject_of(account, memo)
    if subject.address == here.signing_key:
        raise AccountInvalid("`account` is the platform's own login key.")
    return await world.signer.sign(challenges.build(here, subject, now=world.clock.now()), "web_auth")


async def log_in(session: AsyncSession, world: World, settings: Settings, *, signed_xdr: str, agent: str) -> Login:
    """A session for who signed the challenge (SEP-10 POST). One token per challenge, whoever is faster (P78)."""
    here, now = site(world, settings), world.clock.now()
    answer = challenges.opened(here, signed_xdr, now=now)
    (entry,) = await world.ledger.entries([challenges.account_key(answer.subject.address)])
    challenges.judge(here, answer, authority_of(answer.subject.address, entry))
    await _spend(session, answer, now)
    account_id = await _account_of(session, answer.subject)
    opened = LoginSession(
        id=new_id(),
        account_id=account_id,
        agent=agent[:AGENT_CHARACTERS_MAX],
        created_at=now,
        refreshed_at=now,
        expires_at=now + tokens.SESSION_SECONDS,
    )
    session.add(opened)
    await session.flush()
    return await _login(session, world, settings, opened, str(answer.subject))


async def refresh(
    session: AsyncSession, world: World, settings: Settings, *, refresh_token: str, grace_seconds: int = 0
) -> Login | None:
    """A new pair for an unused token. None when the token is not good any more.

    A used token seen again ends its session, so this must be able to commit: it returns rather than raises.
    Within `grace_seconds` of its use it gets another pair instead, for a caller that may have lost the answer; the
    pair it replaces is used up by that, so that of two holders one is found out at his next renewal.
    """
    now, digest = world.clock.now(), tokens.digest(refresh_token)
    recent = RefreshToken.used_at > now - grace_seconds
    used = await session.execute(
        update(RefreshToken)
        .where(RefreshToken.hash == digest, RefreshToken.used_at.is_(None) | recent)
        .values(used_at=func.coalesce(RefreshToken.used_at, now))
        .returning(RefreshToken.session_id)
    )
    session_id = used.scalar_one_or_none()
    if session_id is None:
        await _end(
            session,
            now,
            "a refresh token was used twice",
            LoginSession.id.in_(select(RefreshToken.session_id).where(RefreshToken.hash == digest)),
        )
        return None
    found = await session.get(LoginSession, session_id)
    if found is None or found.revoked_at is not None or now >= found.expires_at:
        return None
    await session.execute(
        update(RefreshToken)
        .where(RefreshToken.session_id == session_id, RefreshToken.used_at.is_(None))
        .values(used_at=now)
    )
    found.refreshed_at = now
    subject = await session.scalar(select(Account.subject).where(Account.id == found.account_id))
    return await _login(session, world, settings, found, str(subject))


async def actor_of(session: AsyncSession, world: World, claims: Claims) -> Actor:
    """Who asks, with the roles of this moment: a revoked session or role ends at once, not with the token."""
    row = (
        await session.execute(
            select(Account.address, Account.subject, LoginSession.revoked_at, LoginSession.expires_at)
            .join(Account, Account.id == LoginSession.account_id)
            .where(LoginSession.id == claims.session_id, Account.id == claims.account_id)
        )
    ).one_or_none()
    if row is None or row.revoked_at is not None or world.clock.now() >= row.expires_at:
        raise NotLoggedIn("This session has ended: log in again at /auth.")
    granted = await session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == claims.account_id))
    roles = frozenset(Role(role) for role in granted) | platform_roles(world, row.subject)
    return Actor(claims.account_id, row.address, roles)


def platform_roles(world: World, subject: str) -> frozenset[Role]:
    """The deployment's own keys are the first admin and the first operator; nobody has to grant that."""
    return frozenset(
        role
        for role, address in (
            (Role.ADMIN, world.signer.address("admin")),
            (Role.OPERATOR, world.signer.address("operator")),
        )
        if subject == address
    )


async def platform_actor(session: AsyncSession, world: World, role: Literal[Role.ADMIN, Role.OPERATOR]) -> Actor:
    """The deployment's own key as somebody who acts; what he decides is recorded as his."""
    address = world.signer.address("admin" if role is Role.ADMIN else "operator")
    account_id = await _account_of(session, subject_of(address, None))
    return Actor(account_id, address, platform_roles(world, address))


async def admins(session: AsyncSession, world: World) -> set[UUID]:
    """Accounts of everybody who is an admin now, the deployment's own key included."""
    granted = await session.scalars(select(RoleGrant.account_id).where(RoleGrant.role == Role.ADMIN))
    return {*granted, (await platform_actor(session, world, Role.ADMIN)).account_id}


async def sessions_of(session: AsyncSession, world: World, actor: Actor) -> Sequence[LoginSession]:
    """The sessions that still work, newest first."""
    found = await session.scalars(
        select(LoginSession)
        .where(
            LoginSession.account_id == actor.account_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > world.clock.now(),
        )
        .order_by(LoginSession.id.desc())
    )
    return found.all()


async def end_session(session: AsyncSession, world: World, actor: Actor, session_id: UUID) -> None:
    """Its access and refresh tokens stop working at once. Ending what has ended is fine; another's is not found."""
    found = await session.scalar(
        select(LoginSession.id).where(LoginSession.id == session_id, LoginSession.account_id == actor.account_id)
    )
    if found is None:
        raise SessionNotFound(f"You have no session {session_id}.")
    await _end(session, world.clock.now(), "its owner ended it", LoginSession.id == session_id)


async def account(session: AsyncSession, actor: Actor, account_id: UUID) -> Account:
    """Yours, or anybody's for an admin; strangers get the same 404 as for what does not exist (P81)."""
    found = await session.get(Account, account_id)
    if found is None or (found.id != actor.account_id and not actor.has(Role.ADMIN)):
        raise AccountNotFound(f"There is no account {account_id}.")
    return found


async def roles_of(session: AsyncSession, world: World, found: Account) -> frozenset[Role]:
    granted = await session.scalars(select(RoleGrant.role).where(RoleGrant.account_id == found.id))
    return frozenset(Role(role) for role in granted) | platform_roles(world, found.subject)


async def grant_role(session: AsyncSession, actor: Actor, account_id: UUID, role: Role) -> None:
    """By an admin; granting twice is fine. Takes effect with the account's next request."""
    actor.require(Role.ADMIN)
    found = await account(session, actor, account_id)
    grant = insert(RoleGrant).values(account_id=found.id, role=role, granted_by=actor.account_id)
    await session.execute(grant.on_conflict_do_nothing())


async def withdraw_role(session: AsyncSession, actor: Actor, account_id: UUID, role: Role) -> None:
    """By an admin. The deployment's own keys keep theirs: those are changed with the deployment."""
    actor.require(Role.ADMIN)
    found = await account(session, actor, account_id)
    await session.execute(delete(RoleGrant).where(RoleGrant.account_id == found.id, RoleGrant.role == role))


async def is_allowed(session: AsyncSession, address: str) -> bool:
    """Whether the escrow contract lets `address` sell and invest, as far as the ledger has been projected."""
    return bool(await session.scalar(select(AllowedAccount.allowed).where(AllowedAccount.address == address)))


async def on_account_allowed(session: AsyncSession, event: AccountAllowed) -> None:
    """Projection of the contract's allowlist (`set_allowed`)."""
    row = insert(AllowedAccount).values(
        address=event.account, allowed=event.allowed, event_id=event.raw.id, ledger=event.raw.ledger
    )
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[AllowedAccount.address],
            set_={name: row.excluded[name] for name in ("allowed", "event_id", "ledger")},
        )
    )


async def forget_expired(session: AsyncSession, world: World) -> int:
    """Deletes challenges whose time bounds have passed and sessions that ended a month ago; the number of rows."""
    now = world.clock.now()
    old = select(LoginSession.id).where(LoginSession.expires_at < now - tokens.SESSION_SECONDS)
    forgotten = 0
    for statement in (
        delete(SpentChallenge).where(SpentChallenge.valid_until < now).returning(SpentChallenge.hash),
        delete(RefreshToken).where(RefreshToken.session_id.in_(old)).returning(RefreshToken.hash),
        delete(LoginSession).where(LoginSession.id.in_(old)).returning(LoginSession.id),
    ):
        forgotten += len((await session.execute(statement)).all())
    return forgotten


async def _spend(session: AsyncSession, answer: Answer, now: int) -> None:
    row = insert(SpentChallenge).values(hash=answer.hash, valid_until=max(answer.valid_until, now))
    taken = await session.scalar(row.on_conflict_do_nothing().returning(SpentChallenge.hash))
    if taken is None:
        raise ChallengeInvalid("This challenge has been used already: ask for a new one.")


async def _account_of(session: AsyncSession, subject: Subject) -> UUID:
    row = insert(Account).values(id=new_id(), subject=str(subject), address=subject.address)
    await session.execute(row.on_conflict_do_nothing(index_elements=[Account.subject]))
    return (await session.execute(select(Account.id).where(Account.subject == str(subject)))).scalar_one()


async def _login(session: AsyncSession, world: World, settings: Settings, opened: LoginSession, subject: str) -> Login:
    token = tokens.new_refresh_token()
    session.add(RefreshToken(hash=tokens.digest(token), session_id=opened.id))
    access, claims = tokens.issue(
        subject=subject,
        account_id=opened.account_id,
        session_id=opened.id,
        public_url=settings.public_url,
        key=world.secrets.token_key,
        now=world.clock.now(),
    )
    return Login(access, token, claims)


async def _end(session: AsyncSession, now: int, because: str, which: ColumnElement[bool]) -> None:
    await session.execute(
        update(LoginSession)
        .where(which, LoginSession.revoked_at.is_(None))
        .values(revoked_at=now, revoked_because=because)
    )
