"""What a request writes is one database transaction: returning commits before the answer leaves, raising rolls back.

Not a generator dependency: the framework leaves those open when a later dependency (the login) refuses.
"""

from contextlib import AsyncExitStack

from litestar.enums import ScopeType
from litestar.exceptions import LitestarException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.db import Maker, let_go, transaction
from tenor.edge.problems import rendered


class RequestTransaction:
    """Opens with its first use; ends once. `failed` is set by whatever was raised on the way."""

    def __init__(self, maker: Maker) -> None:
        self.failed = False
        self._maker = maker
        self._opened = AsyncExitStack()
        self._session: AsyncSession | None = None

    async def session(self) -> AsyncSession:
        if self._session is None:
            self._session = await self._opened.enter_async_context(transaction(self._maker))
        return self._session

    async def let_go(self) -> None:
        """Hold no connection for now; the next use of the session takes one again."""
        if self._session is not None:
            await let_go(self._session)

    async def end(self) -> None:
        """Commit, or roll back after a failure; raises what the database says to a commit."""
        refused = _Refused() if self.failed else None
        await self._opened.__aexit__(type(refused) if refused else None, refused, None)


class _Refused(Exception):
    pass


def transaction_of(scope: Scope) -> RequestTransaction:
    found = scope["state"]["transaction"]
    assert isinstance(found, RequestTransaction)
    return found


async def mark_failed(_: Exception, scope: Scope) -> None:
    """The framework calls this before it turns an exception into an answer."""
    if "transaction" in scope["state"]:
        transaction_of(scope).failed = True


class OneTransaction(ASGIMiddleware):
    """Commits when the answer starts: a background task finds what its request wrote (P76)."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, maker: Maker) -> None:
        self._maker = maker

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        held = scope["state"]["transaction"] = RequestTransaction(self._maker)
        refused: Exception | None = None

        async def answer(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                try:
                    await held.end()
                except Exception as error:
                    refused = error
                    raise
            await send(message)

        try:
            await next_app(scope, receive, answer)
        except LitestarException:
            if refused is None:
                raise
            for message in await rendered(refused, scope, receive):
                await send(message)
        finally:
            if refused is None:
                held.failed = True  # nothing was answered, or it has ended already
                await held.end()
