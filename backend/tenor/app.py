"""The HTTP process: every router, dependency and limit on one page. Decides nothing."""

from collections.abc import AsyncIterator

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from tenor.db import create_maker, transaction
from tenor.edge.observing import observed
from tenor.edge.problems import PROBLEMS
from tenor.settings import Settings
from tenor.world import World

BODY_BYTES_MAX = 1_000_000
"""Of a request; the upload of an invoice sets its own, larger one on its route (P89)."""

V1: tuple[ControllerRouterHandler, ...] = ()
ROOT: tuple[ControllerRouterHandler, ...] = ()


def create_app(engine: AsyncEngine, world: World, settings: Settings) -> Litestar:
    """One request is one database transaction: it commits before the answer leaves, and a failed commit is a 500."""
    maker = create_maker(engine)

    async def session() -> AsyncIterator[AsyncSession]:
        async with transaction(maker) as opened:
            yield opened

    app = Litestar(
        [*ROOT, Router("/v1", route_handlers=list(V1))],
        dependencies={
            "session": Provide(session),
            "world": Provide(lambda: world, sync_to_thread=False, use_cache=True),
            "settings": Provide(lambda: settings, sync_to_thread=False, use_cache=True),
        },
        plugins=[PROBLEMS],
        request_max_body_size=BODY_BYTES_MAX,
        logging_config=None,
    )
    app.asgi_handler = observed(app.asgi_handler)
    return app
