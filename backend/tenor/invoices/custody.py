"""Who holds what of an invoice's document: opening it, handing a reader its key, the trail of that, erasure.

Decides nothing about who may; the room that calls says so. Never keeps a clear byte.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import Keypair

from tenor.documents.vault import key_for_reader
from tenor.invoices import flows, intake, rules
from tenor.invoices.models import DocumentView, Invoice, InvoiceCorrection, InvoiceLook, InvoiceSketch
from tenor.kernel.actor import Actor, Role
from tenor.world import World

ERASABLE = frozenset({"refused", "withdrawn"})
ERASABLE_ON_LEDGER = frozenset({"settled", "cancelled"})
"""An invoice that somebody still has money in keeps its document: it is what a claim is proved with."""
_REASON_CHARACTERS_MAX = 200
_TRAIL_MAX = 1_000


async def opened(session: AsyncSession, world: World, actor: Actor, invoice: Invoice) -> bytes:
    """The file as it was uploaded; that it was seen is kept. `DocumentErased`, `Unavailable` of the store."""
    _still_there(invoice)
    data = await intake.original(world, invoice)
    note(session, world, actor, invoice.id, "original")
    return data


def reader_key(session: AsyncSession, world: World, actor: Actor, invoice: Invoice) -> bytes:
    """The document's key, sealed to the reader's own wallet (Ed25519 as X25519): it opens the pinned copy without us.

    What a reader has opened once cannot be taken back; new keys end with the right to them. `DocumentErased`.
    """
    _still_there(invoice)
    sealed = key_for_reader(
        invoice.wrapped_key,
        document_id=str(invoice.id),
        platform_keys=world.secrets.vault_keys,
        reader_key=Keypair.from_public_key(actor.address).raw_public_key(),
    )
    note(session, world, actor, invoice.id, "key")
    return sealed


def note(session: AsyncSession, world: World, actor: Actor, invoice_id: UUID, what: str) -> None:
    """One line of the trail."""
    at = datetime.fromtimestamp(world.clock.now(), UTC)
    session.add(
        DocumentView(invoice_id=invoice_id, account_id=actor.account_id, address=actor.address, at=at, what=what)
    )


async def trail(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Sequence[DocumentView]:
    """Who saw what when, oldest first: for the seller and the platform's people."""
    await flows.inspected(session, actor, invoice_id)
    query = select(DocumentView).where(DocumentView.invoice_id == invoice_id).order_by(DocumentView.id)
    return (await session.scalars(query.limit(_TRAIL_MAX))).all()


async def erase(session: AsyncSession, world: World, actor: Actor, invoice_id: UUID, reason: str) -> Invoice:
    """Destroy the document's key and forget what it said, for good; admins. `StillNeeded` while money hangs on it.

    Copies of the sealed envelope elsewhere are noise from now on. What the ledger shows stays: hashes and amounts.
    """
    actor.require(Role.ADMIN)
    invoice = await flows.inspected(session, actor, invoice_id)
    escrow = await flows.escrow_of_invoice(session, invoice)
    if invoice.erased_at is not None:
        return invoice
    if not (invoice.status in ERASABLE or (escrow is not None and escrow.status in ERASABLE_ON_LEDGER)):
        raise rules.StillNeeded(
            f"Invoice {invoice_id} is {escrow.status if escrow else invoice.status}: its document is kept until it is "
            "withdrawn, cancelled or settled."
        )
    await world.documents.drop(invoice.sealed_cid)
    await session.execute(delete(InvoiceCorrection).where(InvoiceCorrection.invoice_id == invoice_id))
    await session.execute(delete(InvoiceSketch).where(InvoiceSketch.invoice_id == invoice_id))
    await session.execute(delete(InvoiceLook).where(InvoiceLook.invoice_id == invoice_id))
    session.add(invoice)
    invoice.erased_at = datetime.fromtimestamp(world.clock.now(), UTC)
    invoice.wrapped_key = b""
    invoice.file_name = "erased"
    invoice.reading = invoice.confirmed = invoice.commitment = None
    note(session, world, actor, invoice_id, f"erased: {reason[:_REASON_CHARACTERS_MAX]}")
    await session.flush()
    return invoice


def _still_there(invoice: Invoice) -> None:
    if invoice.erased_at is not None:
        raise rules.DocumentErased(f"The document of invoice {invoice.id} was erased on {invoice.erased_at:%Y-%m-%d}.")
