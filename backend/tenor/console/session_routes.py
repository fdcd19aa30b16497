"""The console's login: SEP-10's signed challenge in, cookies and an access token out. Judges nothing itself.

The refresh token lives in a cookie that no script reads and that is sent to these two addresses alone; calls of the API
carry the access token in a header, so that no other site can make a browser act (P80). Reuse of a refresh token ends
its session (`accounts.flows.refresh`).
"""

from contextlib import suppress
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts import flows, tokens
from tenor.accounts.challenges import XDR_CHARACTERS_MAX
from tenor.accounts.flows import Login
from tenor.accounts.tokens import Claims, NotLoggedIn
from tenor.console.visitor import ACCESS_COOKIE
from tenor.edge.problems import of_refusal
from tenor.kernel.errors import NotAllowed, TenorError
from tenor.metrics import LOGINS
from tenor.settings import Settings
from tenor.world import World

REFRESH_COOKIE = "tenor_refresh"
REFRESH_PATH = "/session"
RENEW_SECONDS = 120
"""An access token with less time left than this is renewed."""
LOST_ANSWER_SECONDS = 10
"""A page that is left while it renews may lose the new cookies: for so long the old ones renew once more."""


class ForeignSite(NotAllowed):
    """Another site's page asked; only our own pages may (CSRF)."""


class SignedLogin(msgspec.Struct, forbid_unknown_fields=True):
    transaction: Annotated[str, msgspec.Meta(max_length=XDR_CHARACTERS_MAX)]


class AccessView(msgspec.Struct):
    """`token`: the bearer of API calls, until `expires_at` (Unix seconds)."""

    token: str
    expires_at: int


@post("/session/login", status_code=HTTP_200_OK)
async def log_in(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
    data: JSONBody[SignedLogin],
) -> Response[AccessView]:
    """What POST /auth does for other clients, with the tokens in cookies."""
    check_same_site(request)
    try:
        agent = request.headers.get("user-agent", "")
        login = await flows.log_in(session, world, settings, signed_xdr=data.transaction, agent=agent)
    except TenorError:
        LOGINS.labels("refused").inc()
        raise
    LOGINS.labels("accepted").inc()
    return _given(login, settings)


@post("/session", status_code=HTTP_200_OK)
async def renew(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """The access token, renewed when its time is nearly up. 401 and empty cookies when the session has ended."""
    check_same_site(request)
    held = request.cookies.get(ACCESS_COOKIE, "")
    claims = _read(held, world, settings)
    if claims is not None and claims.expires_at - world.clock.now() > RENEW_SECONDS:
        with suppress(NotLoggedIn):  # its session may have been ended elsewhere
            await flows.actor_of(session, world, claims)
            return Response(AccessView(held, claims.expires_at))
    given = request.cookies.get(REFRESH_COOKIE)
    login = None if not given else await _refreshed(session, world, settings, given)
    if login is None:
        # Answered, not raised: that the session was ended for it must be committed.
        refusal = of_refusal(NotLoggedIn("You are not logged in any more.")).to_response(request)
        for cookie in _cookies("", "", settings, seconds=0):
            refusal.set_cookie(cookie)
        return refusal
    return _given(login, settings)


@post("/session/end", status_code=HTTP_200_OK)
async def end(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
) -> Response[dict[str, bool]]:
    """Log out here: the session ends and the cookies go, whatever they held."""
    check_same_site(request)
    claims = _read(request.cookies.get(ACCESS_COOKIE, ""), world, settings)
    if claims is not None:
        with suppress(NotLoggedIn):
            actor = await flows.actor_of(session, world, claims)
            await flows.end_session(session, world, actor, claims.session_id)
    return Response({"ended": True}, cookies=_cookies("", "", settings, seconds=0))


def check_same_site(request: Request[Any, Any, Any]) -> None:
    """Browsers say where a request comes from; only our own pages may use the cookies."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    ours = urlsplit(origin).netloc == request.headers.get("host") if origin else site == "same-origin"
    if not ours or site not in (None, "same-origin"):
        raise ForeignSite("This is for the console's own pages; other clients log in at /auth.")


async def _refreshed(session: AsyncSession, world: World, settings: Settings, given: str) -> Login | None:
    return await flows.refresh(session, world, settings, refresh_token=given, grace_seconds=LOST_ANSWER_SECONDS)


def _read(token: str, world: World, settings: Settings) -> Claims | None:
    try:
        return tokens.read(token, public_url=settings.public_url, key=world.secrets.token_key, now=world.clock.now())
    except NotLoggedIn:
        return None


def _given(login: Login, settings: Settings) -> Response[AccessView]:
    return Response(
        AccessView(login.access_token, login.claims.expires_at),
        cookies=_cookies(login.access_token, login.refresh_token, settings, seconds=tokens.SESSION_SECONDS),
    )


def _cookies(access: str, refresh: str, settings: Settings, *, seconds: int) -> list[Cookie]:
    """The access cookie outlives its token: that it is there tells a page to renew rather than to ask for a login."""
    secure = settings.public_url.startswith("https://")

    def made(name: str, value: str, path: str, site: Literal["lax", "strict"]) -> Cookie:
        return Cookie(key=name, value=value, path=path, max_age=seconds, httponly=True, secure=secure, samesite=site)

    return [made(ACCESS_COOKIE, access, "/", "lax"), made(REFRESH_COOKIE, refresh, REFRESH_PATH, "strict")]
