"""From a reading to an accepted quote: confirm, price, accept, withdraw; and who may see an invoice. Never commits.

Every step is a compare-and-set on the invoice's status.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices import debtors, lookalikes, offers, ratecards, rules
from tenor.invoices.duplicates import Verdict, compare, fingerprint
from tenor.invoices.models import Debtor, Escrow, Invoice, InvoiceCorrection, Quote
from tenor.invoices.offers import Ask, Offer
from tenor.invoices.rules import INVOICE, Confirmed, DuplicateInvoice, InvoiceNotFound
from tenor.kernel.actor import Actor, Role
from tenor.kernel.ids import new_id
from tenor.kernel.pages import Severity
from tenor.world import World

FILE_NAME_CHARACTERS_MAX = 200
_SAME_NUMBER_LIMIT = 200


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
    doubts = await refuse_duplicates(session, invoice, terms)
    doubts += await lookalikes.verdicts(session, invoice, terms)
    before = invoice.confirmed or _read_texts(reading)
    debtor = await debtors.by_vat_id(session, terms.debtor_vat_id)
    try:
        async with session.begin_nested():
            moved = await move(
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
    await move(
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
    moved = await move(session, invoice, "be_accepted", quote_id=quote_id)
    row.accepted_at = datetime.fromtimestamp(now, UTC)
    await session.flush()
    return moved


async def withdraw(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """Give an invoice up: its file and its fingerprint are free again. `AlreadyListed` while its escrow lives."""
    invoice = await owned(session, actor, invoice_id)
    return await move(session, invoice, "be_withdrawn")


async def owned(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """The seller's own; `InvoiceNotFound` for everybody else (P81)."""
    invoice = await session.get(Invoice, invoice_id)
    if invoice is None or invoice.seller_account_id != actor.account_id:
        raise _unknown(invoice_id)
    return invoice


async def inspected(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """For its seller and the platform's people; `InvoiceNotFound` for everybody else (P81)."""
    invoice = await session.get(Invoice, invoice_id)
    if invoice is None or not may_inspect(actor, invoice):
        raise _unknown(invoice_id)
    return invoice


async def visible(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """For its debtor's wallet too, which is shown no price; `InvoiceNotFound` for strangers (P81)."""
    invoice = await session.get(Invoice, invoice_id)
    if invoice is not None and may_inspect(actor, invoice):
        return invoice
    return await owed(session, actor, invoice_id)


async def owed(session: AsyncSession, actor: Actor, invoice_id: UUID) -> Invoice:
    """For the debtor alone, by its wallet; `InvoiceNotFound` for everybody else."""
    invoice = await session.get(Invoice, invoice_id)
    debtor = await session.get(Debtor, invoice.debtor_id) if invoice is not None and invoice.debtor_id else None
    if invoice is None or debtor is None or debtor.address != actor.address:
        raise _unknown(invoice_id)
    return invoice


def may_inspect(actor: Actor, invoice: Invoice) -> bool:
    return invoice.seller_account_id == actor.account_id or actor.has(Role.ADMIN, Role.OPERATOR)


async def newest_quote(session: AsyncSession, invoice_id: UUID) -> Quote | None:
    query = select(Quote).where(Quote.invoice_id == invoice_id).order_by(Quote.id.desc()).limit(1)
    return (await session.scalars(query)).one_or_none()


async def quotes_of(session: AsyncSession, invoices: Sequence[Invoice]) -> dict[UUID, Quote]:
    """Invoice id -> its accepted quote, or its newest one while it is quoted."""
    accepted = [invoice.quote_id for invoice in invoices if invoice.quote_id is not None]
    quoted = [invoice.id for invoice in invoices if invoice.status == "quoted"]
    query = select(Quote).where(or_(Quote.id.in_(accepted), Quote.invoice_id.in_(quoted))).order_by(Quote.id)
    return {quote.invoice_id: quote for quote in await session.scalars(query)}


async def escrows_of(session: AsyncSession, invoices: Sequence[Invoice]) -> dict[str, Escrow]:
    """Chain id -> what the ledger says of it."""
    listed = [invoice.chain_id for invoice in invoices if invoice.chain_id is not None]
    query = select(Escrow).where(Escrow.chain_id.in_(listed)).execution_options(populate_existing=True)
    return {escrow.chain_id: escrow for escrow in await session.scalars(query)} if listed else {}


async def escrow_of_invoice(session: AsyncSession, invoice: Invoice) -> Escrow | None:
    return None if invoice.chain_id is None else await session.get(Escrow, invoice.chain_id, populate_existing=True)


async def corrections_of(session: AsyncSession, invoice_id: UUID) -> Sequence[InvoiceCorrection]:
    query = select(InvoiceCorrection).where(InvoiceCorrection.invoice_id == invoice_id)
    return (await session.scalars(query.order_by(InvoiceCorrection.id))).all()


async def move(session: AsyncSession, invoice: Invoice, event: str, **values: Any) -> Invoice:
    """Compare-and-set for the flows of this folder: `MoveRefused` when somebody else moved the invoice first (P47)."""
    moved = await try_move(session, invoice.id, event, **values)
    if moved is None:
        await session.refresh(invoice)
        INVOICE.after(event, invoice.status)
        raise AssertionError(f"{event} was refused by SQL and allowed by the table")
    return moved


async def try_move(session: AsyncSession, invoice_id: UUID, event: str, **values: Any) -> Invoice | None:
    """The same for a job: None when there is nothing to do any more."""
    target = INVOICE.moves[event][1]
    return await session.scalar(
        update(Invoice)
        .where(Invoice.id == invoice_id, Invoice.status.in_(INVOICE.sources(event)))
        .values(status=target, **values)
        .returning(Invoice)
        .execution_options(populate_existing=True)
    )


async def refuse_duplicates(session: AsyncSession, invoice: Invoice, terms: Confirmed) -> list[Verdict]:
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


def _unknown(invoice_id: UUID) -> InvoiceNotFound:
    return InvoiceNotFound(f"There is no invoice {invoice_id} of yours.")
