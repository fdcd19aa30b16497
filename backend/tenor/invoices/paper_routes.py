"""An invoice's papers over HTTP: pages as pictures, proofs of what it says, who saw it, erasure. Decides nothing."""

from datetime import datetime
from importlib.resources import files
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices import custody, flows, intake, listing
from tenor.kernel.actor import Actor
from tenor.world import World

_DAY_SECONDS = 86_400
_PAGE = files("tenor.invoices").joinpath("verify.html")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src *; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""Its script stands in the page, so that one saved file is enough; it asks whom its reader names."""


class SeenView(msgspec.Struct, kw_only=True):
    """One line of the trail: `what` is a page, the original, its key, a proof, or the erasure."""

    at: datetime
    address: str
    account_id: UUID
    what: str


class ErasureRequest(msgspec.Struct, forbid_unknown_fields=True):
    reason: Annotated[str, msgspec.Meta(min_length=3, max_length=200)]


class ErasedView(msgspec.Struct, kw_only=True):
    id: UUID
    erased_at: datetime


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
    drawn = await intake.picture(world, invoice, page)
    custody.note(session, world, actor, invoice_id, f"page {page.number}")
    return Response(drawn, media_type="image/png", headers=kept)


@get("/{invoice_id:uuid}/proof", media_type="application/json")
async def prove(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
    fields: FromQuery[list[str]],
) -> Response[bytes]:
    """A proof that shows the named `fields` and hides the others, checkable against the root on the ledger.

    `tenor verify PROOF --rpc URL` and the page `/verify.html` check it without this server.
    """
    proof = await listing.proof(session, world, actor, invoice_id, fields)
    custody.note(session, world, actor, invoice_id, f"proof of {', '.join(sorted(fields))}")
    name = f"invoice-{invoice_id}.proof.json"
    return Response(
        proof.encode(),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@get("/{invoice_id:uuid}/trail")
async def show_trail(
    session: NamedDependency[AsyncSession], actor: NamedDependency[Actor], invoice_id: FromPath[UUID]
) -> list[SeenView]:
    """Who saw what of this invoice's document, and when: for its seller and the platform's people."""
    rows = await custody.trail(session, actor, invoice_id)
    return [SeenView(at=row.at, address=row.address, account_id=row.account_id, what=row.what) for row in rows]


@post("/{invoice_id:uuid}/erasure", status_code=HTTP_200_OK)
async def erase(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
    data: JSONBody[ErasureRequest],
) -> ErasedView:
    """Admins: destroy the document's key and forget what it said. 409 while somebody has money in the invoice."""
    invoice = await custody.erase(session, world, actor, invoice_id, data.reason)
    assert invoice.erased_at is not None
    return ErasedView(id=invoice.id, erased_at=invoice.erased_at)


@get("/verify.html", media_type="text/html", include_in_schema=False, security=[{}])
async def verify_page() -> Response[bytes]:
    """The page that checks a proof in a browser: one file that asks only the RPC server its reader names."""
    headers = {"Content-Security-Policy": _PAGE_POLICY, "Cache-Control": "no-cache"}
    return Response(_PAGE.read_bytes(), media_type="text/html", headers=headers)


router = Router("/invoices", route_handlers=[show_page, prove, show_trail, erase], tags=["invoices"])
public = Router("/", route_handlers=[verify_page])
