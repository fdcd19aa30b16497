"""Who looks at a page and how he likes it: from cookies, never from the address. Changes nothing."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts import tokens
from tenor.accounts.flows import actor_of
from tenor.accounts.tokens import NotLoggedIn
from tenor.console.languages import chosen
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import TenorError
from tenor.settings import STANDALONE, Settings
from tenor.world import World

ACCESS_COOKIE = "tenor_access"
THEMES = ("light", "dark")


class LoginNeeded(TenorError):
    """A page for people who are logged in; becomes the login page."""

    status = 401


class SessionStale(TenorError):
    """The access token of the cookie has had its time; becomes a page that renews it and comes back."""

    status = 401


@dataclass(frozen=True, slots=True)
class Visitor:
    """`local`: the network is one of our own, so that throw-away keys and its explorer are offered."""

    actor: Actor | None
    language: str
    theme: str | None
    """None: as the system likes it."""
    path: str
    local: bool
    session_id: UUID | None = None
    """The login that this window came with."""

    @property
    def known(self) -> Actor:
        """Who is logged in; `LoginNeeded` otherwise."""
        if self.actor is None:
            raise LoginNeeded("Log in with your wallet to see this page.")
        return self.actor

    def require(self, *roles: Role) -> Actor:
        """The same, if he has one of these roles."""
        self.known.require(*roles)
        return self.known


def is_local(settings: Settings) -> bool:
    """A network of our own, with a friendbot: the only place where throw-away keys are offered."""
    return settings.network_passphrase == STANDALONE and settings.friendbot_url is not None


def preferences(request: Request[Any, Any, Any], settings: Settings) -> Visitor:
    """Nobody in particular: for pages that are shown when the login itself is the trouble."""
    theme = request.cookies.get("tenor_theme")
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Visitor(
        actor=None,
        language=chosen(request.cookies.get("tenor_language"), request.headers.get("accept-language", "")),
        theme=theme if theme in THEMES else None,
        path=path,
        local=is_local(settings),
    )


async def visitor(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
) -> Visitor:
    """For every page, as the dependency `visitor`. `SessionStale` when a login is there but not good any more."""
    found = preferences(request, settings)
    token = request.cookies.get(ACCESS_COOKIE)
    if not token:
        return found
    try:
        claims = tokens.read(token, public_url=settings.public_url, key=world.secrets.token_key, now=world.clock.now())
        actor = await actor_of(session, world, claims)
    except NotLoggedIn as stale:
        raise SessionStale("Your login is being renewed.") from stale
    return replace(found, actor=actor, session_id=claims.session_id)
