"""Invoices over HTTP, from the upload to the listing. Decides nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post, put
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_202_ACCEPTED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.routes import TransactionView
from tenor.chain.routes import view as transaction_view
from tenor.documents.hygiene import SIZE_BYTES_MAX
from tenor.documents.refusals import FileTooLarge
from tenor.edge.paging import After, Limit, Page, cursor, id_of, page
from tenor.invoices import flows, intake, listing, overview, overview_routes, rules
from tenor.invoices.escrows import now_indexed
from tenor.invoices.jobs import READ_INVOICE
from tenor.invoices.models import Invoice
from tenor.invoices.overview import Stage
from tenor.invoices.wire import (
    CancelledView,
    ConfirmedView,
    InvoiceView,
    QuoteView,
    ReadingView,
    invoice_view,
    quote_view,
    reading_view,
    verdict_views,
)
from tenor.kernel.actor import Actor
from tenor.world import World

_FORM_BYTES = 16_384
"""What multipart adds around the file."""

Text = Annotated[str, msgspec.Meta(max_length=400)]


class Upload(msgspec.Struct):
    """One file: PDF, JPEG, PNG, TIFF or e-invoice XML, at most 10 MB."""

    file: UploadFile


class TermsRequest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Every field as it stands on the document. `amount_due` a decimal string, dates ISO 8601."""

    number: Text
    issue_date: Text
    due_date: Text
    currency: Text
    amount_due: Text
    seller_name: Text
    seller_vat_id: Text
    debtor_name: Text
    debtor_vat_id: Text


class QuoteRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`recourse`: the seller answers for a debtor who cannot pay, which lowers the price."""

    recourse: bool = False


class ConfirmationRequest(msgspec.Struct, forbid_unknown_fields=True):
    """What the debtor says it owes, and when."""

    amount_due: Text
    due_date: date


class AcceptanceRequest(msgspec.Struct, forbid_unknown_fields=True):
    quote_id: UUID


@post(
    "/",
    status_code=HTTP_201_CREATED,
    request_max_body_size=SIZE_BYTES_MAX + _FORM_BYTES,
    responses={HTTP_200_OK: ResponseSpec(InvoiceView, description="This file was uploaded before: the first invoice.")},
)
async def upload(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: MultipartBody[Upload],
) -> Response[InvoiceView]:
    """Upload an invoice. It is scanned, sealed and stored at once, and read soon after."""
    content = await data.file.read(SIZE_BYTES_MAX + 1)
    if len(content) > SIZE_BYTES_MAX:
        raise FileTooLarge(f"The file has more than {SIZE_BYTES_MAX:,} bytes; export it with a lower image resolution.")
    invoice, is_new = await intake.receive(session, world, actor, data=content, file_name=data.file.filename)
    # Runs after the answer, and so after the commit (P76).
    nudge = BackgroundTask(world.nudger.nudge, READ_INVOICE, str(invoice.id))
    return Response(
        await _view(session, world, actor, invoice),
        status_code=HTTP_201_CREATED if is_new else HTTP_200_OK,
        background=nudge if is_new else None,
    )


@get("/")
async def list_invoices(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    stage: FromQuery[Stage | None] = None,
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[InvoiceView]]:
    """My invoices, newest first: all of them, or those of one stage."""
    found = await overview.page(session, actor, stage=stage, before=id_of(after), limit=limit + 1)
    items = await views_of(session, world, actor, found[:limit])
    return page(request, items, cursor(str(items[-1].id)) if len(found) > limit else None)


@get("/{invoice_id:uuid}")
async def show(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
) -> InvoiceView:
    """One invoice: its seller's, its debtor's, or any for the platform's people."""
    return await _view(session, world, actor, await flows.visible(session, actor, invoice_id))


@get("/{invoice_id:uuid}/reading")
async def show_reading(
    session: NamedDependency[AsyncSession], actor: NamedDependency[Actor], invoice_id: FromPath[UUID]
) -> ReadingView:
    """What was read, field by field, and what the seller changed. 409 while the file has not been read."""
    invoice = await flows.inspected(session, actor, invoice_id)
    if invoice.reading is None:
        raise rules.NotYetRead(f"Invoice {invoice_id} is {invoice.status}; nothing has been read from it.")
    return reading_view(invoice.reading, await flows.corrections_of(session, invoice_id))


@put("/{invoice_id:uuid}/terms")
async def confirm_terms(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
    data: JSONBody[TermsRequest],
) -> ConfirmedView:
    """The seller stands by these fields; changes against the reading are kept. Drops an earlier quote."""
    invoice, doubts = await flows.confirm_terms(session, world, actor, invoice_id, msgspec.structs.asdict(data))
    view = await _view(session, world, actor, invoice)
    return ConfirmedView(**msgspec.structs.asdict(view), doubts=verdict_views(doubts))


@post("/{invoice_id:uuid}/quote", status_code=HTTP_201_CREATED)
async def ask_quote(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
    data: JSONBody[QuoteRequest],
) -> QuoteView:
    """The price of this invoice off the rate card in force, every factor named. It holds until `expires_at`."""
    return quote_view(await flows.quote(session, world, actor, invoice_id, recourse=data.recourse), world)


@post("/{invoice_id:uuid}/acceptance", status_code=HTTP_200_OK)
async def accept(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
    data: JSONBody[AcceptanceRequest],
) -> InvoiceView:
    """Take the newest quote as it is."""
    return await _view(
        session, world, actor, await flows.accept_quote(session, world, actor, invoice_id, data.quote_id)
    )


@post("/{invoice_id:uuid}/escrow", status_code=HTTP_201_CREATED)
async def list_on_ledger(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
) -> TransactionView:
    """The transaction that lists the invoice on the ledger, for the seller's wallet to sign."""
    return transaction_view(await listing.draft_escrow(session, world, actor, invoice_id), world)


@post("/{invoice_id:uuid}/attestation", status_code=HTTP_202_ACCEPTED)
async def attest(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
) -> Response[TransactionView]:
    """Operators: name the verified debtor on the ledger, which opens funding. The platform signs it itself."""
    row = await listing.order_attestation(session, world, actor, invoice_id)
    return Response(transaction_view(row, world), background=BackgroundTask(world.nudger.nudge, "submit", str(row.id)))


@post("/{invoice_id:uuid}/confirmation", status_code=HTTP_200_OK)
async def confirm_debt(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
    data: JSONBody[ConfirmationRequest],
) -> InvoiceView:
    """The debtor's wallet, before listing: I owe this amount on this date. The seller gets a better price."""
    invoice = await listing.confirm_debt(
        session, world, actor, invoice_id, amount_due=data.amount_due, due_date=data.due_date
    )
    return await _view(session, world, actor, invoice)


@post("/{invoice_id:uuid}/acknowledgement", status_code=HTTP_201_CREATED)
async def acknowledge(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
) -> TransactionView:
    """The transaction by which the attested debtor acknowledges the debt on the ledger, for its wallet to sign."""
    return transaction_view(await listing.draft_acknowledgement(session, world, actor, invoice_id), world)


@post("/{invoice_id:uuid}/cancellation", status_code=HTTP_200_OK)
async def cancel(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    invoice_id: FromPath[UUID],
) -> CancelledView:
    """Give the invoice up: at once before it is on the ledger, by a transaction to sign while nobody has funded it."""
    invoice, row = await listing.cancel(session, world, actor, invoice_id)
    return CancelledView(
        invoice=await _view(session, world, actor, invoice),
        transaction=None if row is None else transaction_view(row, world),
    )


async def _view(session: AsyncSession, world: World, actor: Actor, invoice: Invoice) -> InvoiceView:
    (view,) = await views_of(session, world, actor, [invoice])
    return view


async def views_of(session: AsyncSession, world: World, actor: Actor, invoices: Sequence[Invoice]) -> list[InvoiceView]:
    """A debtor sees the invoice and its way, not what the seller is offered for it."""
    quotes = await flows.quotes_of(session, [one for one in invoices if flows.may_inspect(actor, one)])
    escrows = await flows.escrows_of(session, invoices)
    now = await now_indexed(session)
    return [
        invoice_view(invoice, world, quote=quotes.get(invoice.id), escrow=escrows.get(invoice.chain_id or ""), now=now)
        for invoice in invoices
    ]


router = Router(
    "/invoices",
    route_handlers=[
        *overview_routes.HANDLERS,
        upload,
        list_invoices,
        show,
        show_reading,
        confirm_terms,
        ask_quote,
        accept,
        list_on_ledger,
        attest,
        confirm_debt,
        acknowledge,
        cancel,
    ],
    tags=["invoices"],
)
