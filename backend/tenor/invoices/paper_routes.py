"""An invoice's papers over HTTP: the pictures of its pages. Decides nothing."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.status_codes import HTTP_304_NOT_MODIFIED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices import flows, intake
from tenor.kernel.actor import Actor
from tenor.world import World

_DAY_SECONDS = 86_400


@get(
    "/{invoice_id:uuid}/reading/pages/{file:str}",
    media_type="image/png",
    responses={HTTP_304_NOT_MODIFIED: ResponseSpec(None, description="The caller has this picture.")},
)
async def show_page(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
    file: FromPath[str],
) -> Response[bytes]:
    """The picture of page `{number}.png` at 144 dpi: a box's hundredths of a point divided by 50 are its pixels.

    For whoever may see the reading; turned upright the way the words were located.
    """
    invoice = await flows.inspected(session, actor, invoice_id)
    page = intake.page_named(invoice, file)
    tag = f'"{invoice.file_sha256.hex()[:32]}-{page.number}{page.turned_mdeg:+d}"'
    kept = {"ETag": tag, "Cache-Control": CacheControlHeader(private=True, max_age=_DAY_SECONDS).to_header()}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=HTTP_304_NOT_MODIFIED, headers=kept)
    return Response(await intake.picture(world, invoice, page), media_type="image/png", headers=kept)


router = Router("/invoices", route_handlers=[show_page], tags=["invoices"])
