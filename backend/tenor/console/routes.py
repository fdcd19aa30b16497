"""Every page of the console on one page. Decides nothing."""

from typing import Annotated, Any

from litestar import Response, Router, get
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from tenor.console import (
    admin_money_routes,
    admin_review_routes,
    admin_routes,
    assets,
    debtor_routes,
    demo_routes,
    explorer_routes,
    investor_routes,
    invoice_routes,
    market_routes,
    notice_routes,
    seller_routes,
    session_routes,
    shares_routes,
    transaction_routes,
)
from tenor.console.languages import known
from tenor.console.rendering import EXCEPTION_HANDLERS, page
from tenor.console.visitor import Visitor, visitor

Next = Annotated[str, QueryParameter(name="next", max_length=500)]
_YEAR_SECONDS = 365 * 86_400


@get("/login")
async def login(visitor: NamedDependency[Visitor], next_path: Next = "/market") -> Response[str]:
    return page(visitor, "login.html", next_path=_inside(next_path), said=None)


@get("/language/{code:str}")
async def choose_language(code: FromPath[str], next_path: Next = "/") -> Response[Any]:
    """Remembers a language and goes back."""
    answer = Redirect(_inside(next_path))
    if code in known():
        answer.set_cookie(Cookie(key="tenor_language", value=code, max_age=_YEAR_SECONDS, samesite="lax"))
    return answer


def _inside(path: str) -> str:
    """A path of this site and nothing else: no open redirect."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


router = Router(
    "/",
    route_handlers=[
        assets.asset,
        session_routes.log_in,
        session_routes.renew,
        session_routes.end,
        Router(
            "/",
            route_handlers=[
                login,
                choose_language,
                *demo_routes.PAGES,
                *market_routes.PAGES,
                *seller_routes.PAGES,
                *admin_routes.PAGES,
                *admin_review_routes.PAGES,
                *admin_money_routes.PAGES,
                *invoice_routes.PAGES,
                *investor_routes.PAGES,
                *shares_routes.PAGES,
                *debtor_routes.PAGES,
                *explorer_routes.PAGES,
                *transaction_routes.PAGES,
                *notice_routes.PAGES,
            ],
            dependencies={"visitor": Provide(visitor)},
            exception_handlers=EXCEPTION_HANDLERS,
        ),
    ],
    include_in_schema=False,
)
