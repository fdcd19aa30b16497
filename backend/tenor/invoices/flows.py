"""From a file to an accepted quote: receive, read, confirm, price, accept, withdraw. Never commits, never knows HTTP.

Files are read and stored before a row is touched; every step is a compare-and-set on the invoice's status.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.documents.hygiene import accept
from tenor.documents.refusals import DocumentRefused
from tenor.documents.vault import Sealed, open_sealed, seal
from tenor.invoices import debtors, offers, ratecards, rules
from tenor.invoices.duplicates import Verdict, compare, fingerprint
from tenor.invoices.extract import extract
from tenor.invoices.models import Debtor, Escrow, Invoice, InvoiceCorrection, Quote
from tenor.invoices.offers import Ask, Offer
from tenor.invoices.reading import Reading
from tenor.invoices.rules import INVOICE, Confirmed, DuplicateInvoice, InvoiceNotFound
from tenor.kernel.actor import Actor, Role
from tenor.kernel.ids import new_id
from tenor.kernel.pages import DocumentText, Severity
from tenor.world import World

FILE_NAME_CHARACTERS_MAX = 200
_SAME_NUMBER_LIMIT = 200


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


async def read_file(world: World, invoice: Invoice) -> dict[str, Any] | DocumentRefused:
    """What the sealed original says, ready to be stored, or why the file cannot be read.

    Takes no session: reading may last a minute. Raises `Unavailable` of the store and of the reading process.
    """
    envelope = await world.documents.get(invoice.sealed_cid)
    sealed = Sealed(envelope, invoice.wrapped_key)
    data = open_sealed(sealed, document_id=str(invoice.id), platform_key=world.secrets.vault_key)
    try:
        text = await world.reader.read(data)
        return _stored(extract(text), text)
    except DocumentRefused as refusal:
        return refusal


async def store_reading(session: AsyncSession, invoice_id: UUID, found: dict[str, Any] | DocumentRefused) -> None:
    """What reading found, once; a second run of the job changes nothing (P131)."""
    if isinstance(found, DocumentRefused):
        await _try_move(session, invoice_id, "be_refused", refusal_code=found.code, refusal_sentence=str(found))
    else:
        await _try_move(session, invoice_id, "be_read", reading=found)


async def confirm_terms(
    session: AsyncSession, world: World, actor: Actor, invoice_id: UUID, values: Mapping[str, str]
) -> tuple[Invoice, list[Verdict]]:
    """The seller stands by these fields; what differs from the reading is kept as a correction.

    Refusals of `rules.confirmed`, `InvoiceNotFinanceable`, `DuplicateInvoice`. Drops an earlier quote.
    The verdicts returned ask for a look (the same number with other figures); they stop nothing.
    """
    invoice = await owned(session, actor, invoice_id)
    INVOICE.after("be_confirmed", invoice.status)
    reading = invoice.reading or {}
    for finding in reading.get("findings", ()):
        if finding["severity"] == Severity.REFUSE:
            raise rules.InvoiceNotFinanceable(finding["sentence"])
    today = datetime.fromtimestamp((await world.ledger.tip()).closed_at, UTC).date()
    terms = rules.confirmed(values, today=today, xml_amount_due_minor=_xml_amount(reading))
    doubts = await _refuse_duplicates(session, invoice, terms)
    before = invoice.confirmed or _read_texts(reading)
    debtor = await debtors.by_vat_id(session, terms.debtor_vat_id)
    try:
        async with session.begin_nested():
            moved = await _move(
                session,
                invoice,
                "be_confirmed",
                confirmed=terms.texts(),
                fingerprint=fingerprint(terms.identity, key=world.secrets.fingerprint_key),
                debtor_id=None if debtor is None else debtor.id,
                debtor_confirmed_at=None,
                quote_id=None,
                document_root=None,
                commitment=None,
            )
    except IntegrityError as error:
        raise _duplicate(terms) from error
    at = datetime.fromtimestamp(world.clock.now(), UTC)
    for field, after in terms.texts().items():
        if before.get(field) != after:
            session.add(
                InvoiceCorrection(
                    id=new_id(),
                    invoice_id=invoice_id,
                    account_id=actor.account_id,
                    at=at,
                    field=field,
                    before=before.get(field),
                    after=after,
                )
            )
    await session.flush()
    return moved, doubts


async def quote(session: AsyncSession, world: World, actor: Actor, invoice_id: UUID, *, recourse: bool) -> Quote:
    """A price off the rate card in force, for the seller to accept until it expires (ledger time).

    `NotYetConfirmed`, `DebtorUnknown`, `DebtorBlocked`, and the refusals of `offers.quote`.
    """
    invoice = await owned(session, actor, invoice_id)
    if invoice.confirmed is None:
        raise rules.NotYetConfirmed("Confirm the fields of this invoice first; then it can be priced.")
    INVOICE.after("be_quoted", invoice.status)
    terms = rules.restored(invoice.confirmed)
    debtor = await _verified(session, terms.debtor_vat_id)
    now = (await world.ledger.tip()).closed_at
    card = await ratecards.in_force(session, now)
    offer = offers.quote(
        ratecards.rules_of(card),
        ratecards.assets_of(world),
        Ask(
            amount_due=terms.amount_due,
            currency=terms.currency,
            due_date=terms.due_date,
            grade=debtor.grade,
            assurance="attested" if invoice.debtor_confirmed_at is None else "acknowledged",
            recourse=recourse,
        ),
        now=now,
    )
    row = _quote_row(offer, invoice_id=invoice_id, card_version=card.version, now=now)
    session.add(row)
    await session.flush()
    await _move(
        session,
        invoice,
        "be_quoted",
        debtor_id=debtor.id,
        face_asset=offer.terms.asset,
        face_units=offer.terms.face,
        invoice_due_at=offer.terms.due,
        quote_id=None,
    )
    return row


async def accept_quote(session: AsyncSession, world: World, actor: Actor, invoice_id: UUID, quote_id: UUID) -> Invoice:
    """The seller takes a price as it is. `QuoteNotFound`, `QuoteExpired`; only the newest quote can be accepted."""
    invoice = await owned(session, actor, invoice_id)
    row = await newest_quote(session, invoice_id)
    if row is None or row.id != quote_id:
        raise rules.QuoteNotFound(f"Quote {quote_id} is not the newest one of this invoice; ask for the price again.")
    if invoice.status == "accepted" and invoice.quote_id == quote_id:
        return invoice
    now = (await world.ledger.tip()).closed_at
    if now > int(row.expires_at.timestamp()):
        raise rules.QuoteExpired(f"Quote {quote_id} was good until {row.expires_at}; ask for the price again.")
    moved = await _move(session, invoice, "be_accepted", quote_id=quote_id)
    row.accepted_at = datetime.fromtimestamp(now, UTC)
    await session.flush()
    return moved


async def withdraw(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """Give an invoice up: its file and its fingerprint are free again. `AlreadyListed` while its escrow lives."""
    invoice = await owned(session, actor, invoice_id)
    return await _move(session, invoice, "be_withdrawn")


async def owned(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """The seller's own; `InvoiceNotFound` for everybody else (P81)."""
    invoice = await session.get(Invoice, invoice_id)
    if invoice is None or invoice.seller_account_id != actor.account_id:
        raise _unknown(invoice_id)
    return invoice


async def visible(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """For its seller, its debtor's wallet and the platform's people; `InvoiceNotFound` for strangers (P81)."""
    invoice = await session.get(Invoice, invoice_id)
    if invoice is None:
        raise _unknown(invoice_id)
    if invoice.seller_account_id == actor.account_id or actor.has(Role.ADMIN, Role.OPERATOR):
        return invoice
    debtor = await session.get(Debtor, invoice.debtor_id) if invoice.debtor_id else None
    if debtor is None or debtor.address != actor.address:
        raise _unknown(invoice_id)
    return invoice


async def page(session: AsyncSession, actor: Actor, *, before: UUID | None, limit: int) -> Sequence[Invoice]:
    """The actor's own invoices, newest first."""
    query = select(Invoice).where(Invoice.seller_account_id == actor.account_id)
    query = query.order_by(Invoice.id.desc()).limit(limit)
    return (await session.scalars(query.where(Invoice.id < before) if before else query)).all()


async def newest_quote(session: AsyncSession, invoice_id: UUID) -> Quote | None:
    query = select(Quote).where(Quote.invoice_id == invoice_id).order_by(Quote.id.desc()).limit(1)
    return (await session.scalars(query)).one_or_none()


async def escrow_of_invoice(session: AsyncSession, invoice: Invoice) -> Escrow | None:
    return None if invoice.chain_id is None else await session.get(Escrow, invoice.chain_id, populate_existing=True)


async def corrections_of(session: AsyncSession, invoice_id: UUID) -> Sequence[InvoiceCorrection]:
    query = select(InvoiceCorrection).where(InvoiceCorrection.invoice_id == invoice_id)
    return (await session.scalars(query.order_by(InvoiceCorrection.id))).all()


async def move(session: AsyncSession, invoice: Invoice, event: str, **values: Any) -> Invoice:
    """Compare-and-set for the flows of this folder: `MoveRefused` when somebody else moved the invoice first (P47)."""
    return await _move(session, invoice, event, **values)


def _stored(reading: Reading, text: DocumentText) -> dict[str, Any]:
    """Fields and findings as they are, what is doubtful, and the pages' sizes for drawing boxes; no page's words."""
    shown = ("number", "width", "height", "source", "turned_mdeg")
    return {
        **msgspec.to_builtins(reading),
        "doubtful": list(reading.doubtful),
        "pages": [{name: getattr(page, name) for name in shown} for page in text.pages],
    }


async def _move(session: AsyncSession, invoice: Invoice, event: str, **values: Any) -> Invoice:
    moved = await _try_move(session, invoice.id, event, **values)
    if moved is None:
        await session.refresh(invoice)
        INVOICE.after(event, invoice.status)
        raise AssertionError(f"{event} was refused by SQL and allowed by the table")
    return moved


async def _try_move(session: AsyncSession, invoice_id: UUID, event: str, **values: Any) -> Invoice | None:
    target = INVOICE.moves[event][1]
    return await session.scalar(
        update(Invoice)
        .where(Invoice.id == invoice_id, Invoice.status.in_(INVOICE.sources(event)))
        .values(status=target, **values)
        .returning(Invoice)
        .execution_options(populate_existing=True)
    )


async def _live_upload(session: AsyncSession, actor: Actor, digest: bytes) -> Invoice | None:
    query = select(Invoice).where(
        Invoice.seller_account_id == actor.account_id,
        Invoice.file_sha256 == digest,
        Invoice.status != "withdrawn",
    )
    return (await session.scalars(query)).one_or_none()


async def _refuse_duplicates(session: AsyncSession, invoice: Invoice, terms: Confirmed) -> list[Verdict]:
    """Exact file and canonical identity refuse, whoever uploaded them; the seller's own number only asks for a look."""
    others = Invoice.id != invoice.id, Invoice.status != "withdrawn", Invoice.confirmed.is_not(None)
    same_file = select(Invoice.id).where(*others, Invoice.file_sha256 == invoice.file_sha256).limit(1)
    if await session.scalar(same_file) is not None:
        raise DuplicateInvoice("This very file is on file as another invoice; it can be financed once.")
    own = select(Invoice).where(*others, Invoice.seller_account_id == invoice.seller_account_id)
    doubts = []
    for other in await session.scalars(own.order_by(Invoice.id.desc()).limit(_SAME_NUMBER_LIMIT)):
        verdict = compare(
            terms.identity,
            rules.restored(other.confirmed or {}).identity,
            new_sha256=invoice.file_sha256,
            known_sha256=other.file_sha256,
        )
        if verdict.outcome == "refuse":
            raise _duplicate(terms)
        if verdict.outcome == "review":
            doubts.append(verdict)
    return doubts


async def _verified(session: AsyncSession, vat_id: str) -> Debtor:
    debtor = await debtors.by_vat_id(session, vat_id)
    if debtor is None:
        raise rules.DebtorUnknown(
            f"The debtor {vat_id} is not verified yet. The platform has to register it before this invoice is priced."
        )
    if debtor.status != "active":
        raise rules.DebtorBlocked(f"Invoices to the debtor {vat_id} are not financed at present.")
    return debtor


def _quote_row(offer: Offer, *, invoice_id: UUID, card_version: int, now: int) -> Quote:
    terms = offer.terms
    return Quote(
        id=new_id(),
        invoice_id=invoice_id,
        rate_card_version=card_version,
        created_at=datetime.fromtimestamp(now, UTC),
        expires_at=datetime.fromtimestamp(offer.expires_at, UTC),
        terms=msgspec.to_builtins(terms),
        factors=msgspec.to_builtins(offer.factors),
        face_units=terms.face,
        advance_units=terms.advance,
        claim_units=terms.claim,
        origination_fee_units=offer.origination_fee_units,
        payout_units=offer.payout_units,
    )


def _duplicate(terms: Confirmed) -> DuplicateInvoice:
    return DuplicateInvoice(
        f"Invoice {terms.number} over {terms.amount_due} {terms.currency} to {terms.debtor_vat_id} is on file already; "
        "it can be financed once. If that is a mistake, ask the platform."
    )


def _xml_amount(reading: Mapping[str, Any]) -> int | None:
    field = reading.get("fields", {}).get("amount_due")
    return field["value"] if field and field["source"] == "xml" else None


def _read_texts(reading: Mapping[str, Any]) -> dict[str, str]:
    fields = reading.get("fields", {})
    return {name: str(field["value"]) for name, field in fields.items() if field["value"] is not None}


def _plain_name(name: str) -> str:
    """For display only; a path or a control character in it means nothing."""
    plain = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip()
    return plain[:FILE_NAME_CHARACTERS_MAX] or "invoice"


def _unknown(invoice_id: UUID) -> InvoiceNotFound:
    return InvoiceNotFound(f"There is no invoice {invoice_id} of yours.")
