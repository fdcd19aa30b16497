"""What every list on the wire has: items, an opaque cursor, a limit, a Link header. Knows no table and no noun."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.params import QueryParameter

from tenor.kernel.errors import Invalid

T = TypeVar("T")

LIMIT_MAX = 100
CURSOR_CHARACTERS_MAX = 400
Limit = Annotated[int, QueryParameter(ge=1, le=LIMIT_MAX, description="How many items at most.")]
After = Annotated[str | None, QueryParameter(name="cursor", description="The `next` of the page before.")]


class CursorInvalid(Invalid):
    status = 400


class Page(msgspec.Struct, Generic[T]):
    """`next` is null on the last page; pass it as `cursor` for the page after. Also in the header Link (RFC 8288)."""

    items: list[T]
    next: str | None


def page(request: Request[Any, Any, Any], items: list[T], following: str | None) -> Response[Page[T]]:
    """`following`: the cursor of the page after these items, None when there is none."""
    link = {} if following is None else {"Link": f'<{request.url.path}?{_query(request, following)}>; rel="next"'}
    return Response(Page(items, following), headers=link)


def cursor(*key: str | int) -> str:
    """The place after a row with this sort key; opaque to callers, who hand it back unread."""
    return urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def key_of(given: str, *kinds: type[str] | type[int]) -> list[Any]:
    """The sort key inside a cursor; `CursorInvalid` unless it has exactly these `kinds`."""
    try:
        key = json.loads(urlsafe_b64decode(given[:CURSOR_CHARACTERS_MAX] + "=" * (-len(given) % 4)))
    except ValueError as error:
        raise CursorInvalid("`cursor` is not one of ours: start without it.") from error
    if not isinstance(key, list) or [type(part) for part in key] != list(kinds):
        raise CursorInvalid("`cursor` belongs to another list: start without it.")
    return key


def id_of(given: str | None) -> UUID | None:
    """The row id inside a cursor of a list that is sorted by id."""
    if given is None:
        return None
    try:
        return UUID(key_of(given, str)[0])
    except ValueError as error:
        raise CursorInvalid("`cursor` belongs to another list: start without it.") from error


def _query(request: Request[Any, Any, Any], following: str) -> str:
    kept = [(name, value) for name, value in parse_qsl(request.url.query) if name != "cursor"]
    return urlencode([*kept, ("cursor", following)])
