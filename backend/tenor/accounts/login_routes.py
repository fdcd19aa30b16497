"""SEP-1 and SEP-10 over HTTP: stellar.toml and wallet login. Errors are SEP's own `{"error"}`; decides nothing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.exceptions import HTTPException
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import FromQuery
from litestar.status_codes import HTTP_200_OK
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts import flows, toml
from tenor.accounts.challenges import XDR_CHARACTERS_MAX, ChallengeInvalid
from tenor.edge.problems import of_failure, of_refusal
from tenor.kernel.errors import TenorError
from tenor.metrics import LOGINS
from tenor.settings import Settings
from tenor.world import World

BODY_BYTES_MAX = 2 * XDR_CHARACTERS_MAX
FORM = "application/x-www-form-urlencoded"


class Challenge(msgspec.Struct):
    """SEP-10: sign `transaction` (base64 XDR) with the account's keys and POST it back within 15 minutes."""

    transaction: str
    network_passphrase: str


class SignedChallenge(msgspec.Struct):
    transaction: str


class Token(msgspec.Struct):
    """`token`: SEP-10's JWT, the bearer of other requests. `refresh_token`: for POST /v1/sessions/refresh, once."""

    token: str
    refresh_token: str


@dataclass
class _SignedChallengeOperation(Operation):
    """The body comes as JSON or as a form; the framework's own marker knows one of them only."""

    def __post_init__(self) -> None:
        schema = Schema(
            type=OpenAPIType.OBJECT,
            required=["transaction"],
            properties={"transaction": Schema(type=OpenAPIType.STRING)},
        )
        content = {kind: OpenAPIMediaType(schema=schema) for kind in ("application/json", FORM)}
        self.request_body = RequestBody(content=content, required=True)


@get("/.well-known/stellar.toml", media_type=MediaType.TEXT, tags=["login"])
async def stellar_toml(world: NamedDependency[World], settings: NamedDependency[Settings]) -> str:
    """SEP-1: who this platform is, and where its other endpoints are."""
    return toml.document(world, settings)


@get("/auth", tags=["login"])
async def challenge(
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
    account: FromQuery[str | None] = None,
    memo: FromQuery[str | None] = None,
    home_domain: FromQuery[str | None] = None,
) -> Challenge:
    """SEP-10: a challenge for `account` (G... or M...), with `memo` (a number) where users share a G account.

    `client_domain` is not supported and, as the text asks, ignored: the token then names no wallet.
    """
    if account is None:
        raise ChallengeInvalid("`account` is missing.")
    signed = await flows.challenge(world, settings, account=account, memo=memo, home_domain=home_domain)
    return Challenge(signed, world.ledger.passphrase)


@post(
    "/auth",
    status_code=HTTP_200_OK,
    tags=["login"],
    operation_class=_SignedChallengeOperation,
    request_max_body_size=BODY_BYTES_MAX,
)
async def log_in(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
) -> Token:
    """SEP-10: the signed challenge in, as JSON or as a form; a token out."""
    try:
        signed_xdr = _transaction(request.headers.get("content-type", ""), await request.body())
        agent = request.headers.get("user-agent", "")
        login = await flows.log_in(session, world, settings, signed_xdr=signed_xdr, agent=agent)
    except TenorError:
        LOGINS.labels("refused").inc()
        raise
    LOGINS.labels("accepted").inc()
    return Token(login.access_token, login.refresh_token)


def _transaction(content_type: str, body: bytes) -> str:
    try:
        if content_type.partition(";")[0].strip().lower() == FORM:
            (transaction,) = parse_qs(body.decode("ascii"), strict_parsing=True)["transaction"]
            return transaction
        return msgspec.json.decode(body, type=SignedChallenge).transaction
    except (ValueError, KeyError) as error:  # msgspec's errors are ValueErrors
        raise ChallengeInvalid(f"Send `transaction` as JSON or as {FORM}.") from error


def _sep_refusal(_: Request[Any, Any, Any], error: TenorError) -> Response[dict[str, str]]:
    return Response({"error": str(error)}, status_code=error.status, headers=of_refusal(error).headers)


def _sep_failure(_: Request[Any, Any, Any], error: Exception) -> Response[dict[str, str]]:
    failure = of_failure(error)
    return Response({"error": failure.detail}, status_code=failure.status_code, headers=failure.headers)


router = Router(
    "/",
    route_handlers=[stellar_toml, challenge, log_in],
    security=[{}],
    exception_handlers={TenorError: _sep_refusal, HTTPException: _sep_failure, Exception: _sep_failure},
)
