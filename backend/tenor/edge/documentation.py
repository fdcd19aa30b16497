"""The API as OpenAPI 3.1 and a page that shows it, all from this machine (P143). Describes, decides nothing."""

import re
from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, License, SecurityScheme
from litestar.params import FromPath

_ASSETS: Mapping[str, str] = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
_START = """SwaggerUIBundle({
  url: "/docs/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null,
  persistAuthorization: false, docExpansion: "list", tryItOutEnabled: true,
});
"""
_SENTENCE = re.compile(r"\.\s|\.$|\n")
_SEP = frozenset({"/auth", "/.well-known/stellar.toml"})
"""SEP's own routes answer `{"error"}`."""
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "Any visible characters, such as a UUID; the same one when the request is repeated.",
}
_INTRODUCTION = (
    "Amounts are decimal strings beside their asset, times are UTC. Log in with a wallet at `/auth` (SEP-10) and send "
    "the token as `Authorization: Bearer`. Every POST that creates or moves something takes an `Idempotency-Key`. "
    "Refusals are RFC 9457 problems with a stable `code`."
)
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tenor API</title>
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<body>
<main id="api"></main>
<noscript>The description itself is <a href="/docs/openapi.json">openapi.json</a>.</noscript>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
"""


class Problem(msgspec.Struct):
    """RFC 9457. `code` is stable; `errors` names input fields; `retryable`: the same request may succeed later."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: list[dict[str, str]]
    request_id: str
    retryable: bool


class OfflinePage(OpenAPIRenderPlugin):
    """Swagger UI out of the wheel that ships it; our content-security policy stays as it is."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002
        return _PAGE.encode()


class Description(JsonRenderPlugin):
    """openapi.json, with what holds for every route said at every route."""

    def __init__(self, keyless: frozenset[str]) -> None:
        super().__init__(path="/openapi.json")
        self._keyless = keyless

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002
        return msgspec.json.encode(completed(openapi_schema, self._keyless))


def completed(schema: dict[str, Any], keyless: frozenset[str]) -> dict[str, Any]:
    """Adds the problem that any route may answer with, and `Idempotency-Key` to the POSTs that take it."""
    schema = msgspec.json.decode(msgspec.json.encode(schema))
    (_, found) = msgspec.json.schema_components([Problem], ref_template="#/components/schemas/{name}")
    schema["components"]["schemas"] |= found
    problem = {
        "description": "Refused or failed; nothing was changed.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if " " not in operation["summary"] and "description" in operation:  # no more than the handler's name
                operation["summary"] = _SENTENCE.split(operation["description"], maxsplit=1)[0]
            kept = {status: answer for status, answer in operation["responses"].items() if status < "400"}
            operation["responses"] = kept if path in _SEP else kept | {"default": problem}
            if method == "post" and path.startswith("/v1/") and path not in keyless:
                operation.setdefault("parameters", []).append(_KEY)
    return schema


def configuration(keyless: frozenset[str]) -> OpenAPIConfig:
    """`keyless`: the POST routes that take no Idempotency-Key."""
    return OpenAPIConfig(
        title="Tenor",
        version=version("tenor"),
        summary="Invoice finance on Stellar",
        description=_INTRODUCTION,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        path="/docs",
        render_plugins=[OfflinePage(path="/"), Description(keyless)],
        components=Components(
            security_schemes={"wallet": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")}
        ),
        security=[{"wallet": []}],
        use_handler_docstrings=True,
        operation_id_creator=_operation_id,
    )


def _operation_id(handler: HTTPRouteHandler, _method: object, _path: object) -> str:
    """`accounts_submit_kyc`: feature folder and function, unique because a function is."""
    fn = handler.fn
    return f"{fn.__module__.split('.')[1]}_{fn.__name__}"


@get("/start.js", media_type="text/javascript", include_in_schema=False)
async def start() -> str:
    return _START


@get("/assets/{name:str}", include_in_schema=False)
async def asset(name: FromPath[str]) -> Response[bytes]:
    media_type = _ASSETS.get(name)
    if media_type is None:
        raise NotFoundException
    content = (files("swagger_ui") / "static" / name).read_bytes()
    return Response(content, media_type=media_type, headers={"Cache-Control": "public, max-age=86400"})


router = Router("/docs", route_handlers=[start, asset])
