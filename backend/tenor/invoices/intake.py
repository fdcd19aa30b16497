"""A file comes in: accepted, scanned, sealed, stored, and read. Never commits, never says what a value means.

Files are scanned, stored and read before a row is touched or locked.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.documents.hygiene import accept
from tenor.documents.refusals import DocumentRefused, PageMissing
from tenor.documents.vault import Sealed, open_sealed, seal
from tenor.invoices import likeness, lookalikes, rules
from tenor.invoices.extract import extract
from tenor.invoices.flows import try_move
from tenor.invoices.likeness import Sketch
from tenor.invoices.models import Invoice
from tenor.invoices.reading import Reading
from tenor.invoices.rules import INVOICE
from tenor.kernel.actor import Actor, Role
from tenor.kernel.ids import new_id
from tenor.kernel.pages import DocumentText
from tenor.world import World

FILE_NAME_CHARACTERS_MAX = 200


async def receive(
    session: AsyncSession, world: World, actor: Actor, *, data: bytes, file_name: str
) -> tuple[Invoice, bool]:
    """The invoice of an uploaded file, and whether it is new: the same file again is the first one (P110).

    Refusals of `documents/refusals.py`, `FileInfected`. The original is sealed before it is stored.
    """
    actor.require(Role.SELLER)
    kind = accept(data)
    digest = hashlib.sha256(data).digest()
    known = await _live_upload(session, actor, digest)
    if known is not None:
        return known, False
    scan = await world.scanner.scan(data)
    if scan.verdict == "infected":
        raise rules.FileInfected(f"The malware scanner found {scan.detail} in this file; it was not kept.")
    await world.reader.inspect(data)
    invoice_id = new_id()
    sealed = seal(data, document_id=str(invoice_id), platform_key=world.secrets.vault_key)
    cid = await world.documents.put(sealed.envelope)
    created = await session.scalar(
        insert(Invoice)
        .values(
            id=invoice_id,
            seller_account_id=actor.account_id,
            seller_address=actor.address,
            created_at=datetime.fromtimestamp(world.clock.now(), UTC),
            status=INVOICE.start,
            file_name=_plain_name(file_name),
            file_kind=kind,
            file_sha256=digest,
            file_size_bytes=len(data),
            scan_verdict=scan.verdict,
            scan_detail=scan.detail,
            sealed_cid=cid,
            wrapped_key=sealed.wrapped_key,
        )
        .on_conflict_do_nothing()
        .returning(Invoice)
    )
    if created is not None:
        return created, True
    first = await _live_upload(session, actor, digest)
    assert first is not None, "the conflict was with an upload of this very file"
    return first, False


@dataclass(frozen=True, slots=True)
class Found:
    """What reading found: the reading ready to be stored, and how the pages read."""

    reading: dict[str, Any]
    sketch: Sketch | None
    look: bytes
    """Of the first page; b"" without one."""
    is_legible: bool


async def read_file(world: World, invoice: Invoice) -> Found | DocumentRefused:
    """What the sealed original says, ready to be stored, or why the file cannot be read.

    Takes no session: reading may last a minute. Raises `Unavailable` of the store and of the reading process.
    """
    data = await original(world, invoice)
    try:
        text = await world.reader.read(data)
        return Found(
            stored_form(extract(text), text), likeness.sketch(text.pages), _look(text), likeness.legible(text.pages)
        )
    except DocumentRefused as refusal:
        return refusal


async def original(world: World, invoice: Invoice) -> bytes:
    """The file as it was uploaded, for this process's own use. Raises `Unavailable` of the store, `SealBroken`."""
    envelope = await world.documents.get(invoice.sealed_cid)
    sealed = Sealed(envelope, invoice.wrapped_key)
    return open_sealed(sealed, document_id=str(invoice.id), platform_keys=world.secrets.vault_keys)


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Which page of a reading, and how far it was turned before its words were located."""

    number: int
    turned_mdeg: int


def page_named(invoice: Invoice, file: str) -> PagePlace:
    """The page that `3.png` means. `NotYetRead` without a reading, `PageMissing` for a page it does not have."""
    if invoice.reading is None:
        raise rules.NotYetRead(f"Invoice {invoice.id} is {invoice.status}; nothing has been read from it.")
    for page in invoice.reading["pages"]:
        if file == f"{page['number']}.png":
            return PagePlace(page["number"], page["turned_mdeg"])
    raise PageMissing(f"The reading of invoice {invoice.id} has no page {file[:20]!r}.")


async def picture(world: World, invoice: Invoice, page: PagePlace) -> bytes:
    """The page as PNG, drawn by the confined reader. Takes no session: drawing takes about a second."""
    data = await original(world, invoice)
    return await world.reader.picture(data, number=page.number, turned_mdeg=page.turned_mdeg)


async def store_reading(session: AsyncSession, invoice_id: UUID, found: Found | DocumentRefused) -> None:
    """What reading found, once; a second run of the job changes nothing (P131)."""
    if isinstance(found, DocumentRefused):
        await try_move(session, invoice_id, "be_refused", refusal_code=found.code, refusal_sentence=str(found))
    elif await try_move(session, invoice_id, "be_read", reading=found.reading):
        await lookalikes.keep(session, invoice_id, found.sketch, found.look, is_legible=found.is_legible)


def stored_form(reading: Reading, text: DocumentText) -> dict[str, Any]:
    """Fields and findings as they are, what is doubtful, and the pages' sizes for drawing boxes; no page's words."""
    shown = ("number", "width", "height", "source", "turned_mdeg")
    return {
        **msgspec.to_builtins(reading),
        "doubtful": list(reading.doubtful),
        "pages": [{name: getattr(page, name) for name in shown} for page in text.pages],
    }


def _look(text: DocumentText) -> bytes:
    return text.pages[0].look if text.pages else b""


async def _live_upload(session: AsyncSession, actor: Actor, digest: bytes) -> Invoice | None:
    query = select(Invoice).where(
        Invoice.seller_account_id == actor.account_id,
        Invoice.file_sha256 == digest,
        Invoice.status != "withdrawn",
    )
    return (await session.scalars(query)).one_or_none()


def _plain_name(name: str) -> str:
    """For display only; a path or a control character in it means nothing."""
    plain = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip()
    return plain[:FILE_NAME_CHARACTERS_MAX] or "invoice"
