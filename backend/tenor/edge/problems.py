"""Refusals and failures as RFC 9457 problems. Never tells what happened inside; the log does, by request id."""

import re
from typing import Any

from litestar import Request, Response
from litestar.exceptions import ClientException, HTTPException, ValidationException
from litestar.plugins.problem_details import ProblemDetailsConfig, ProblemDetailsException, ProblemDetailsPlugin
from litestar.types import Message, Receive, Scope

from tenor.db import is_gone
from tenor.edge.observing import request_id
from tenor.kernel.errors import TenorError
from tenor.logs import log

MEDIA_TYPE = "application/problem+json"


class Problem(ProblemDetailsException):
    """`type, title, status, detail, instance` of the RFC, and `code, errors[], request_id, retryable` of ours."""

    def __init__(
        self,
        *,
        status: int,
        code: str,
        detail: str,
        fields: dict[str, str] | None = None,
        retryable: bool = False,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(
            detail=detail,
            status_code=status,
            type_=f"urn:tenor:problem:{code}",
            title=code.replace("-", " ").capitalize(),
            headers=headers,
            extra={
                "code": code,
                "errors": [{"field": name, "detail": what} for name, what in (fields or {}).items()],
                "retryable": retryable,
            },
        )

    def to_response(self, request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
        self.instance = request.url.path
        assert isinstance(self.extra, dict)
        self.extra["request_id"] = request_id(request.scope)
        return super().to_response(request)


def of_refusal(error: TenorError) -> Problem:
    wait_seconds = 60 if error.status == 429 else 5  # noqa: PLR2004 - too many requests
    headers = {"Retry-After": str(wait_seconds)} if error.retryable else None
    return Problem(
        status=error.status,
        code=error.code,
        detail=str(error),
        fields=error.fields,
        retryable=error.retryable,
        headers=headers,
    )


def of_http(error: HTTPException) -> Problem:
    """What the framework refuses: malformed requests, unknown paths, bodies that are too long."""
    code = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__.removesuffix("Exception")).lower()
    if type(error) is ClientException:
        code = "request-malformed"
    if error.status_code >= 500:  # noqa: PLR2004
        log.error("request_failed", exc_info=error)
    detail = error.detail if error.status_code < 500 else "The server failed; nothing was changed."  # noqa: PLR2004
    return Problem(status=error.status_code, code=code, detail=detail, headers=error.headers)


def of_validation(error: ValidationException) -> Problem:
    """A request that does not have the documented shape; `errors[]` says where."""
    found = error.extra if isinstance(error.extra, list) else []
    fields = {str(item.get("key", "")): str(item.get("message", "")) for item in found if isinstance(item, dict)}
    return Problem(
        status=error.status_code,
        code="request-invalid",
        detail="The request does not have the documented shape; see `errors`.",
        fields=fields,
    )


def of_database(error: Exception) -> Problem:
    """The database went away: nothing was committed, and the same request may succeed when it is back."""
    log.error("database_unavailable", error=type(error).__name__)
    return Problem(
        status=503,
        code="database-unavailable",
        detail="The database does not answer; nothing was changed. Repeat the request in a few seconds.",
        retryable=True,
        headers={"Retry-After": "5"},
    )


def of_defect(error: Exception) -> Problem:
    """A defect of ours, a failed commit included: the transaction was rolled back (P75)."""
    log.error("request_failed", exc_info=error)
    return Problem(status=500, code="internal-error", detail="The server failed; nothing was changed.")


def of_failure(error: Exception) -> Problem:
    """Whatever was raised that is no refusal of ours."""
    if isinstance(error, ValidationException):
        return of_validation(error)
    if isinstance(error, HTTPException):
        return of_http(error)
    return of_database(error) if is_gone(error) else of_defect(error)


async def rendered(error: Exception, scope: Scope, receive: Receive) -> list[Message]:
    """The whole answer to `error`, for a middleware that finds out when the framework takes the answer as given."""
    problem = of_refusal(error) if isinstance(error, TenorError) else of_failure(error)
    request = Request[Any, Any, Any](scope)
    messages: list[Message] = []

    async def collect(message: Message) -> None:
        messages.append(message)

    await problem.to_response(request).to_asgi_response(app=None, request=request)(scope, receive, collect)
    return messages


PROBLEMS = ProblemDetailsPlugin(
    ProblemDetailsConfig(
        exception_to_problem_detail_map={
            TenorError: of_refusal,
            HTTPException: of_failure,
            Exception: of_failure,
        }
    )
)
