"""Lets wallets in browsers reach the SEP endpoints from anywhere (SEP-1, SEP-10). Opens no other path."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

OPEN_PATHS = frozenset({"/auth", "/.well-known/stellar.toml"})
_ANYWHERE = (b"access-control-allow-origin", b"*")
_PREFLIGHT = (
    _ANYWHERE,
    (b"access-control-allow-methods", b"GET, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Authorization, Content-Type"),
    (b"access-control-max-age", b"86400"),
)


def open_to_wallets(app: ASGIApp) -> ASGIApp:
    """`app`, with the header on every answer of those paths, refusals included. No credentials are ever allowed."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"] not in OPEN_PATHS:
            await app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": list(_PREFLIGHT)})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], _ANYWHERE]
            await send(message)

        await app(scope, receive, answer)

    return handle
