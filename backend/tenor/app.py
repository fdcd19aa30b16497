"""The HTTP process: every router, dependency and limit on one page. Decides nothing."""

from typing import Any
from uuid import UUID

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.types import ControllerRouterHandler, Scope
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

import tenor.accounts.login_routes
import tenor.accounts.routes
import tenor.chain.change_routes
import tenor.chain.operation_routes
import tenor.chain.routes
import tenor.console.demo_routes
import tenor.console.routes
import tenor.disbursements.routes
import tenor.health
import tenor.investments.document_routes
import tenor.investments.market_routes
import tenor.investments.routes
import tenor.investments.statement_routes
import tenor.invoices.bill_routes
import tenor.invoices.desk_routes
import tenor.invoices.market_routes
import tenor.invoices.paper_routes
import tenor.invoices.routes
import tenor.notices.routes
import tenor.settlements.desk_routes
import tenor.settlements.dispute_routes
import tenor.settlements.routes
import tenor.streams.routes
from tenor.accounts import tokens
from tenor.accounts.flows import actor_of
from tenor.accounts.tokens import Claims, NotLoggedIn
from tenor.console.rendering import nowhere
from tenor.db import create_maker
from tenor.edge import documentation
from tenor.edge.asking import asking
from tenor.edge.cors import open_to_wallets
from tenor.edge.observing import observed
from tenor.edge.problems import PROBLEMS
from tenor.edge.throttle import Throttle
from tenor.edge.transactions import OneTransaction, mark_failed, transaction_of
from tenor.idempotency import NOT_NEEDED, Idempotency
from tenor.invoices.marketplace import Shopfront
from tenor.kernel.actor import Actor
from tenor.settings import Settings
from tenor.world import World

BODY_BYTES_MAX = 1_000_000
"""Of a request; the upload of an invoice sets its own, larger one on its route (P89)."""

ROOT: tuple[ControllerRouterHandler, ...] = (
    tenor.health.router,
    tenor.accounts.login_routes.router,
    documentation.router,
    tenor.console.routes.router,
    tenor.invoices.paper_routes.public,
)
V1: tuple[ControllerRouterHandler, ...] = (
    tenor.accounts.routes.router,
    tenor.chain.routes.transactions,
    tenor.chain.operation_routes.router,
    tenor.chain.change_routes.router,
    tenor.notices.routes.router,
    tenor.invoices.routes.router,
    tenor.invoices.paper_routes.router,
    tenor.invoices.market_routes.router,
    tenor.invoices.bill_routes.router,
    tenor.invoices.desk_routes.router,
    tenor.investments.routes.router,
    tenor.investments.document_routes.router,
    tenor.investments.market_routes.router,
    tenor.investments.statement_routes.router,
    tenor.settlements.routes.router,
    tenor.settlements.desk_routes.router,
    tenor.disbursements.routes.router,
    tenor.settlements.dispute_routes.router,
    tenor.streams.routes.router,
    tenor.console.demo_routes.v1,
)


def create_app(engine: AsyncEngine, world: World, settings: Settings) -> Litestar:
    """What a request writes is one database transaction: it commits before the answer leaves; a failed commit is a 500.

    While a request asks anybody outside it holds no connection.
    """
    maker = create_maker(engine)

    async def session(request: Request[Any, Any, Any]) -> AsyncSession:
        return await transaction_of(request.scope).session()

    def outside(request: Request[Any, Any, Any]) -> World:
        return asking(world, transaction_of(request.scope).let_go)

    def claims(request: Request[Any, Any, Any]) -> Claims:
        token = tokens.bearer(request.headers.get("authorization"))
        return tokens.read(token, public_url=settings.public_url, key=world.secrets.token_key, now=world.clock.now())

    def claims_of(scope: Scope) -> Claims | None:
        try:
            return claims(Request(scope))
        except NotLoggedIn:
            return None

    async def who(session: AsyncSession, claims: Claims) -> Actor:
        return await actor_of(session, world, claims)

    async def actor(session: NamedDependency[AsyncSession], claims: NamedDependency[Claims]) -> Actor:
        return await who(session, claims)

    def session_id(claims: NamedDependency[Claims]) -> UUID:
        return claims.session_id

    app = Litestar(
        [*ROOT, Router("/v1", route_handlers=V1)],
        dependencies={
            "shopfront": Provide(lambda: Shopfront(maker, world.deployment), sync_to_thread=False),
            "maker": Provide(lambda: maker, sync_to_thread=False),
            "session": Provide(session),
            "world": Provide(outside, sync_to_thread=False),
            "settings": Provide(lambda: settings, sync_to_thread=False),
            "claims": Provide(claims, sync_to_thread=False),
            "actor": Provide(actor),
            "session_id": Provide(session_id, sync_to_thread=False),
        },
        middleware=[Throttle(), OneTransaction(maker), Idempotency(maker, claims_of, who)],
        after_exception=[mark_failed],
        exception_handlers={NotFoundException: nowhere},
        plugins=[PROBLEMS],
        openapi_config=documentation.configuration(NOT_NEEDED),
        request_max_body_size=BODY_BYTES_MAX,
        logging_config=None,
        state=State({"settings": settings}),
    )
    app.asgi_handler = observed(open_to_wallets(app.asgi_handler))
    return app
