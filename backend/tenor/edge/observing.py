"""What every request passes first: its id, its log line, its figures, its security headers. Never reads a body."""

import re
import time
from collections.abc import Mapping
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from tenor.kernel.ids import new_id
from tenor.logs import log
from tenor.metrics import REQUEST_SECONDS, REQUESTS

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: Mapping[bytes, bytes] = {
    b"content-security-policy": CONTENT_SECURITY_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cache-control": b"no-store",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
_QUIET = frozenset({"/health", "/ready", "/metrics"})
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


def request_id(scope: Scope) -> str:
    """The caller's `X-Request-Id` if it is a sane one, else a new UUIDv7; the same for the whole request."""
    found: str | None = scope["state"].get("request_id")
    if found is None:
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        found = given.decode() if _REQUEST_ID.fullmatch(given) else str(new_id())
        scope["state"]["request_id"] = found
    return found


def observed(app: ASGIApp) -> ASGIApp:
    """`app` with the above around it, unknown paths and failures included."""

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        scope.setdefault("state", {})
        identity, started, status = request_id(scope), time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_defaults(message.get("headers", ()), identity)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=identity):
            try:
                await app(scope, receive, answer)
            finally:
                _record(scope, status, time.perf_counter() - started)

    return handle


def _with_defaults(headers: Any, identity: str) -> list[tuple[bytes, bytes]]:
    """A handler's own value wins: the API documentation and previews need another policy."""
    given = list(headers)
    names = {name.lower() for name, _ in given}
    added = [(name, value) for name, value in _HEADERS.items() if name not in names]
    return [*given, *added, (b"x-request-id", identity.encode())]


def _record(scope: Scope, status: int, seconds: float) -> None:
    route = str(scope.get("path_template") or "unmatched")
    method = str(scope.get("method", ""))
    REQUESTS.labels(method, route, str(status)).inc()
    REQUEST_SECONDS.labels(method, route).observe(seconds)
    if route not in _QUIET:
        log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))
