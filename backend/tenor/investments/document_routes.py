"""An invoice's document for those whose money is in it, over HTTP. Decides nothing.

The right to it follows the shares as the ledger has them: it begins with the funding and ends with the sale.
"""

from base64 import b64encode
from uuid import UUID

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments.readers import invoice_to_read
from tenor.invoices import custody
from tenor.kernel.actor import Actor
from tenor.world import World


class KeyView(msgspec.Struct, kw_only=True):
    """`sealed_key`: base64 of a sealed box (X25519 of the wallet's own key) with the key that opens `sealed_cid`."""

    document_id: UUID
    sealed_cid: str
    sealed_key: str


@get("/{invoice_id:uuid}/document", media_type="application/octet-stream")
async def download_document(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
) -> Response[bytes]:
    """The file itself: for its seller, the platform's people, and whoever holds shares of it now."""
    invoice = await invoice_to_read(session, actor, invoice_id)
    name = f"invoice-{invoice_id}.{invoice.file_kind or 'bin'}"
    data = await custody.opened(session, world, actor, invoice)
    return Response(
        data,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@get("/{invoice_id:uuid}/document/key")
async def document_key(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
) -> KeyView:
    """The document's key sealed to the caller's wallet: opens the pinned copy, fetched from anywhere, without us."""
    invoice = await invoice_to_read(session, actor, invoice_id)
    sealed = custody.reader_key(session, world, actor, invoice)
    return KeyView(document_id=invoice.id, sealed_cid=invoice.sealed_cid, sealed_key=b64encode(sealed).decode())


router = Router("/invoices", route_handlers=[download_document, document_key], tags=["invoices"])
