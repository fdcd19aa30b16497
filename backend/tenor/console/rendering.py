"""Templates to answers: one environment, one strict content-security policy, errors as pages. Reads no table."""

import json
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException, NotFoundException
from markupsafe import Markup

from tenor.console import assets, charts, formats, languages
from tenor.console.navigation import offered
from tenor.console.visitor import LoginNeeded, SessionStale, Visitor, preferences
from tenor.edge.observing import request_id
from tenor.edge.problems import of_failure, of_refusal
from tenor.kernel.errors import TenorError

TEMPLATES = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",  # some wallets are windows of their own and answer us
    "Vary": "Cookie, Accept-Language",
}
_SERVER_ERROR = 500


def page(visitor: Visitor, template: str, *, status: int = 200, **context: Any) -> Response[str]:
    """`template` with what every page knows (see README.md) and `context`."""
    language = visitor.language
    shown = (
        _environment()
        .get_template(template)
        .render(
            visitor=visitor,
            actor=visitor.actor,
            lang=language,
            t=partial(languages.say, language),
            languages=languages.known(),
            entries=offered(visitor.actor, local=visitor.local),
            asset=assets.address,
            texts_of_scripts=_texts_of_scripts(language),
            amount=partial(formats.amount, language=language),
            percent=partial(formats.percent, language=language),
            day=partial(formats.day, language=language),
            moment=partial(formats.moment, language=language),
            short=formats.short,
            browser=formats.browser,
            share_bps=formats.share_bps,
            chart=charts,
            **context,
        )
    )
    return Response(shown, media_type=MediaType.HTML, status_code=status, headers=dict(_HEADERS))


def refusal(request: Request[Any, Any, Any], error: TenorError) -> Response[Any]:
    """What a caller did wrong, as a page with the way out."""
    visitor = _nobody(request)
    if isinstance(error, SessionStale):
        by_script = request.headers.get("sec-fetch-dest") == "empty"  # which must not put this into a page
        return page(visitor, "renewing.html", status=error.status if by_script else 200)
    if isinstance(error, LoginNeeded):
        return page(visitor, "login.html", status=401, next_path=visitor.path, said=str(error))
    return _error_page(visitor, of_refusal(error).status_code, str(error), request)


def failure(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Anything else, as a page. The log has the cause, by request id."""
    problem = of_failure(error)
    return _error_page(_nobody(request), problem.status_code, problem.detail, request)


EXCEPTION_HANDLERS: Any = {TenorError: refusal, HTTPException: failure, Exception: failure}


def nowhere(request: Request[Any, Any, Any], error: NotFoundException) -> Response[Any]:
    """A path that leads nowhere: a page for people, a problem for clients of the API."""
    if request.url.path.startswith("/v1/") or "text/html" not in request.headers.get("accept", ""):
        return of_failure(error).to_response(request)
    visitor = _nobody(request)
    said = languages.say(visitor.language, "shell.error.nowhere")
    return _error_page(visitor, error.status_code, said, request)


def _nobody(request: Request[Any, Any, Any]) -> Visitor:
    return preferences(request, request.app.state["settings"])


def _error_page(visitor: Visitor, status: int, sentence: str, request: Request[Any, Any, Any]) -> Response[Any]:
    said = sentence if status < _SERVER_ERROR else languages.say(visitor.language, "shell.error.server")
    return page(
        visitor, "error.html", status=status, error_status=status, sentence=said, request_id=request_id(request.scope)
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["json"] = _json
    return made


def _json(value: Any) -> Markup:
    """For data blocks and attributes: nothing in it can end a script element."""
    text = json.dumps(value, separators=(",", ":"), sort_keys=True)
    for letter, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(letter, escaped)
    return Markup(text)  # noqa: S704 - escaped above


@cache
def _texts_of_scripts(language: str) -> dict[str, str]:
    """What the ES modules say: everything under `script.`"""
    held = languages.texts(language)
    return {key.removeprefix("script."): text for key, text in held.items() if key.startswith("script.")}
