"""How often one address may try to log in. Counts in this process alone; trusts no header that a caller could forge."""

import time
from collections import deque

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from tenor.kernel.errors import TenorError

THROTTLED = frozenset({"/auth", "/v1/sessions/refresh"})
REQUESTS_MAX = 120
WINDOW_SECONDS = 60
ADDRESSES_MAX = 50_000
"""Beyond it the longest-known address is forgotten, so that memory stays bounded whoever calls (P89)."""
_POLICY = f'"login";q={REQUESTS_MAX};w={WINDOW_SECONDS}'.encode()


class TooManyRequests(TenorError):
    status = 429
    retryable = True


class Throttle(ASGIMiddleware):
    """At most `REQUESTS_MAX` in any `WINDOW_SECONDS` for one address (draft-ietf-httpapi-ratelimit-headers-11)."""

    scopes = (ScopeType.HTTP,)

    def __init__(self) -> None:
        self._seen: dict[str, deque[float]] = {}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if str(scope.get("path_template")) not in THROTTLED:
            await next_app(scope, receive, send)
            return
        address = (scope.get("client") or ("unknown", 0))[0]
        left, wait_seconds = self._count(address, time.monotonic())
        if left < 0:
            raise TooManyRequests(f"More than {REQUESTS_MAX} requests in a minute: wait {wait_seconds} s.")

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                rest = f'"login";r={left};t={wait_seconds}'.encode()
                message["headers"] = [*message["headers"], (b"ratelimit-policy", _POLICY), (b"ratelimit", rest)]
            await send(message)

        await next_app(scope, receive, answer)

    def _count(self, address: str, now: float) -> tuple[int, int]:
        """What is left after this request (-1: it was too many), and seconds until one more is free."""
        times = self._seen.pop(address, None) or deque[float]()
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        left = REQUESTS_MAX - len(times) - 1
        if left >= 0:
            times.append(now)
        self._seen[address] = times
        if len(self._seen) > ADDRESSES_MAX:
            del self._seen[next(iter(self._seen))]
        return left, int(times[0] + WINDOW_SECONDS - now) + 1
