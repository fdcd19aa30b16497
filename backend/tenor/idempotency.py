"""`Idempotency-Key` on every POST that creates or moves something: one effect, however often it is sent (P73).

The stored answer commits together with what the request wrote, so a crash leaves both or neither. Never runs a request
twice at a time, and never keeps an answer that is meant to be retried.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar.enums import ScopeType
from litestar.exceptions import ClientException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from tenor.accounts.tokens import Claims
from tenor.db import Base, Maker, transaction
from tenor.edge.problems import rendered
from tenor.edge.transactions import transaction_of
from tenor.kernel.errors import Conflict, Invalid
from tenor.kernel.ids import new_id
from tenor.metrics import REPLAYS

NOT_NEEDED = frozenset({"/v1/sessions/refresh", "/v1/rate-cards/what-if"})
"""POST routes that need no key: their input works once by itself, or they change nothing."""
KEPT = timedelta(days=7)
LEASE = timedelta(seconds=120)
"""How long a request that crashed blocks its key."""
KEY_CHARACTERS_MAX = 255
_KEY = re.compile(r'"?([\x21\x23-\x5b\x5d-\x7e]{1,255})"?')
_RETRIED = frozenset({401, 409, 429})
_REPLAYED_HEADERS = frozenset({b"content-type", b"location", b"link"})
_BOUNDARY = re.compile(rb'multipart/[^;]+;.*boundary="?([^";]+)"?', re.IGNORECASE)


class IdempotencyKeyMissing(Invalid):
    status = 400


class IdempotencyKeyReused(Invalid):
    """422: the key has been used with another request."""


class RequestInFlight(Conflict):
    retryable = True


class IdempotencyRecord(Base):
    """`answer` is None while the request runs; `claim` says which attempt may store it, `lease_until` until when."""

    __tablename__ = "idempotency_record"

    caller: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    claim: Mapped[UUID]
    lease_until: Mapped[datetime]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"), index=True)


@dataclass(frozen=True, slots=True)
class Claimed:
    """This attempt is the one that may act."""

    caller: str
    key: str
    claim: UUID


class Idempotency(ASGIMiddleware):
    """Stands inside the request's transaction. `claims_of` reads the caller's token, None when it is not a good one;
    `check` raises unless its session still stands: an ended one gets no stored answer either.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(
        self,
        maker: Maker,
        claims_of: Callable[[Scope], Claims | None],
        check: Callable[[AsyncSession, Claims], Awaitable[object]],
    ) -> None:
        self._maker, self._claims_of, self._check = maker, claims_of, check

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        claims = self._claims_of(scope) if _needs_key(scope) else None
        if claims is None:  # nobody: the route's own refusal says what is missing
            await next_app(scope, receive, send)
            return
        key = _key_of(scope)
        body = await _whole(scope, receive)
        async with transaction(self._maker) as session:
            await self._check(session, claims)
            found = await _claim(session, claims.subject, key, _fingerprint(scope, body))
        if isinstance(found, dict):
            REPLAYS.inc()
            await _replay(found, send)
            return
        await _Attempt(self._maker, scope, found, send).run(next_app, _replayed(body))


async def forget_old(session: AsyncSession) -> int:
    """Deletes what has been kept long enough; the number of records."""
    old = delete(IdempotencyRecord).where(IdempotencyRecord.created_at < func.now() - KEPT)
    return len((await session.scalars(old.returning(IdempotencyRecord.key))).all())


class _Attempt:
    """Holds the answer back until it is stored, or the key is free again."""

    def __init__(self, maker: Maker, scope: Scope, claimed: Claimed, send: Send) -> None:
        self._maker, self._scope, self._claimed, self._send = maker, scope, claimed, send
        self._held: list[Message] = []
        self._settled = False

    async def run(self, next_app: ASGIApp, receive: Receive) -> None:
        try:
            await next_app(self._scope, receive, self._answer)
        except BaseException:
            if not self._settled:
                await self._free()
            raise

    async def _answer(self, message: Message) -> None:
        self._held.append(message)
        if message["type"] != "http.response.body" or message.get("more_body"):
            return
        try:
            await self._settle()
        except Exception as error:  # noqa: BLE001 - answered as a problem: the framework believes it has answered
            transaction_of(self._scope).failed = True
            self._held = await rendered(error, self._scope, _nothing)
        for held in self._held:
            await self._send(held)
        self._settled = True
        self._held.clear()

    async def _settle(self) -> None:
        """In the request's own transaction; after a failure in a new one, once the failed one has let go."""
        held = transaction_of(self._scope)
        if held.failed:
            await held.end()
            async with transaction(self._maker) as session:
                await self._keep_or_free(session)
        else:
            await self._keep_or_free(await held.session())

    async def _keep_or_free(self, session: AsyncSession) -> None:
        status = next(held["status"] for held in self._held if held["type"] == "http.response.start")
        if status >= 500 or status in _RETRIED:  # noqa: PLR2004 - server errors
            await session.execute(self._mine(delete(IdempotencyRecord)))
            return
        stored = await session.execute(
            self._mine(update(IdempotencyRecord)).values(answer=_stored(self._held)).returning(IdempotencyRecord.key)
        )
        if stored.scalar_one_or_none() is None:
            raise RequestInFlight("This request took so long that its repetition has taken over; repeat it once more.")

    async def _free(self) -> None:
        async with transaction(self._maker) as session:
            await session.execute(self._mine(delete(IdempotencyRecord)))

    def _mine(self, statement: Any) -> Any:
        record = IdempotencyRecord
        return statement.where(
            record.caller == self._claimed.caller,
            record.key == self._claimed.key,
            record.claim == self._claimed.claim,
            record.answer.is_(None),
        )


async def _claim(session: AsyncSession, caller: str, key: str, fingerprint: bytes) -> Claimed | dict[str, Any]:
    """The right to act, or the answer of who had it. A crashed attempt's right passes on after its lease."""
    record = IdempotencyRecord
    row = insert(record).values(
        caller=caller, key=key, fingerprint=fingerprint, claim=new_id(), lease_until=func.now() + LEASE
    )
    claim = await session.scalar(
        row.on_conflict_do_update(
            index_elements=[record.caller, record.key],
            set_={"claim": row.excluded.claim, "lease_until": row.excluded.lease_until},
            where=record.answer.is_(None)
            & (record.lease_until < func.now())
            & (record.fingerprint == row.excluded.fingerprint),
        ).returning(record.claim)
    )
    if claim is not None:
        return Claimed(caller, key, claim)
    found = await session.scalar(select(record).where(record.caller == caller, record.key == key))
    if found is None or (found.fingerprint == fingerprint and found.answer is None):
        raise RequestInFlight("The same request is being carried out; repeat it in a moment for its answer.")
    if found.fingerprint != fingerprint:
        raise IdempotencyKeyReused(f"The Idempotency-Key {key} was used with another request: take a new one.")
    assert found.answer is not None
    return found.answer


def _needs_key(scope: Scope) -> bool:
    path = str(scope.get("path_template") or "")
    return scope.get("method") == "POST" and path.startswith("/v1/") and path not in NOT_NEEDED


def _key_of(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"idempotency-key", b"").decode("latin-1").strip()
    match = _KEY.fullmatch(given)
    if match is None:
        raise IdempotencyKeyMissing(
            f"Send an `Idempotency-Key` of 1 to {KEY_CHARACTERS_MAX} visible characters, such as a UUID, "
            "and the same one when you repeat the request.",
            fields={"Idempotency-Key": "required header"},
        )
    return match[1]


def _fingerprint(scope: Scope, body: bytes) -> bytes:
    """Method, path, query and body. A multipart boundary is drawn anew for every attempt, so it does not count."""
    content_type = dict(scope["headers"]).get(b"content-type", b"")
    boundary = _BOUNDARY.match(content_type)
    if boundary is not None:
        body = body.replace(boundary[1], b"")
        content_type = b"multipart"
    digest = hashlib.sha256()
    for part in (b"POST", scope["path"].encode(), scope["query_string"], content_type, body):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


async def _whole(scope: Scope, receive: Receive) -> bytes:
    """The body, up to the route's own limit (P89)."""
    limit = scope["route_handler"].resolve_request_max_body_size()  # type: ignore[union-attr]
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientException("The body broke off.")
        parts.append(message["body"])
        size += len(message["body"])
        if limit is not None and size > limit:
            raise RequestEntityTooLarge
        if not message.get("more_body"):
            break
    return b"".join(parts)


def _replayed(body: bytes) -> Receive:
    messages: list[Any] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    return receive


def _stored(held: list[Message]) -> dict[str, Any]:
    start = next(message for message in held if message["type"] == "http.response.start")
    body = b"".join(message["body"] for message in held if message["type"] == "http.response.body")
    headers = [(name.lower(), value) for name, value in start["headers"]]
    kept = {name.decode(): value.decode("latin-1") for name, value in headers if name in _REPLAYED_HEADERS}
    return {"status": start["status"], "headers": kept, "body": b64encode(body).decode()}


async def _nothing() -> Any:
    return {"type": "http.disconnect"}


async def _replay(answer: dict[str, Any], send: Send) -> None:
    body = b64decode(answer["body"])
    headers = [(name.encode(), value.encode("latin-1")) for name, value in answer["headers"].items()]
    headers += [(b"content-length", str(len(body)).encode()), (b"idempotency-replayed", b"true")]
    await send({"type": "http.response.start", "status": answer["status"], "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
