"""A seller's pages: overview, reading review, quote, progress, statement. Draws the API's answers; decides nothing."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.console.charts import Bar
from tenor.console.formats import amount as shown_amount
from tenor.console.languages import say
from tenor.console.rendering import page
from tenor.console.visitor import Visitor
from tenor.edge.paging import After
from tenor.invoices import overview_routes, paper_routes
from tenor.invoices import routes as api
from tenor.invoices.overview import STAGES
from tenor.invoices.overview_routes import MonthView, OverviewView
from tenor.invoices.routes import TermsRequest
from tenor.invoices.wire import FieldView, InvoiceView, ReadingView
from tenor.kernel.money import to_decimal
from tenor.settings import Settings
from tenor.settlements import dispute_routes
from tenor.settlements import routes as settlements
from tenor.settlements.dispute_routes import DisputeView
from tenor.settlements.routes import StatementView
from tenor.world import World

PER_PAGE = 25
FIELDS: tuple[str, ...] = TermsRequest.__struct_fields__
EDITABLE = frozenset({"read", "confirmed", "quoted", "accepted"})
ON_LEDGER = frozenset({"awaiting_attestation", "listed", "expired", "funded", "settled", "cancelled", "defaulted"})
_STEPS = ("upload", "check", "price", "list", "funded", "paid")
_REACHED = {
    **dict.fromkeys(("received", "refused"), 0),
    **dict.fromkeys(("read",), 1),
    **dict.fromkeys(("confirmed", "quoted"), 2),
    **dict.fromkeys(("accepted", "listing"), 3),
    **dict.fromkeys(("awaiting_attestation", "listed", "expired"), 4),
    **dict.fromkeys(("funded", "defaulted"), 5),
    "settled": 6,
}
Chosen = Annotated[Literal["all", "preparing", "offered", "financed", "closed"], QueryParameter(name="stage")]


@get("/invoices")
async def overview(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    stage: Chosen = "all",
    after: After = None,
) -> Response[str]:
    actor = visitor.known
    found: OverviewView = await overview_routes.show_overview.fn(session, world, actor)
    wanted = None if stage == "all" else stage
    answer = await api.list_invoices.fn(request, session, world, actor, stage=wanted, after=after, limit=PER_PAGE)
    return page(
        visitor,
        "seller_overview.html",
        overview=found,
        paid_bars=_bars(found.months, "paid_out", visitor.language),
        due_bars=_bars(found.months, "due", visitor.language),
        invoices=answer.content.items,
        following=answer.content.next,
        paged=after is not None,
        stage=stage,
        stages=("all", *STAGES),
        waiting=_waiting(found),
    )


@get("/invoices/{invoice_id:uuid}")
async def invoice(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    settings: NamedDependency[Settings],
    invoice_id: FromPath[UUID],
) -> Response[str]:
    """Where one invoice stands and what comes next."""
    actor = visitor.known
    found: InvoiceView = await api.show.fn(session, world, actor, invoice_id)
    statement: StatementView | None = None
    disputes: list[DisputeView] = []
    if found.escrow is not None:
        statement = await settlements.show_statement.fn(session, world, actor, found.escrow.chain_id)
        disputes = await dispute_routes.list_disputes.fn(session, world, actor, found.escrow.chain_id)
    return page(
        visitor,
        "seller_invoice.html",
        invoice=found,
        statement=statement,
        disputes=disputes,
        repayments=[] if statement is None else [line for line in statement.lines if line.what == "payment"],
        reserve=_reserve(statement),
        steps=[(name, place < _REACHED.get(found.status, 0)) for place, name in enumerate(_STEPS)],
        step_now=_REACHED.get(found.status),
        editable=found.status in EDITABLE,
        debtor_link=f"{settings.public_url}/bills/{found.id}",
    )


@get("/invoices/{invoice_id:uuid}/review")
async def review(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    invoice_id: FromPath[UUID],
) -> Response[str]:
    """The pages beside the fields, doubtful ones first."""
    actor = visitor.known
    found: InvoiceView = await api.show.fn(session, world, actor, invoice_id)
    reading: ReadingView = await api.show_reading.fn(session, actor, invoice_id)
    fields = sorted(FIELDS, key=lambda name: (not _doubtful(reading, name), FIELDS.index(name)))
    return page(
        visitor,
        "seller_review.html",
        invoice=found,
        reading=reading,
        fields=[(name, reading.fields[name], _value(found, reading, name)) for name in fields],
        doubts=sum(_doubtful(reading, name) for name in FIELDS),
        boxes={each.number: boxes_of(reading, each.number) for each in reading.pages},
        editable=found.status in EDITABLE,
    )


@get("/invoices/{invoice_id:uuid}/pages/{file:str}", media_type="image/png")
async def picture(
    request: Request[Any, Any, Any],
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    invoice_id: FromPath[UUID],
    file: FromPath[str],
) -> Response[bytes]:
    """The API's picture for an <img>, which cannot send a bearer."""
    answer: Response[bytes] = await paper_routes.show_page.fn(request, session, world, visitor.known, invoice_id, file)
    return answer


@get("/invoices/{invoice_id:uuid}/statement.csv", media_type="text/csv")
async def statement_file(
    visitor: NamedDependency[Visitor],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    invoice_id: FromPath[UUID],
) -> Response[str]:
    """The API's export, for a link that a browser follows."""
    found: InvoiceView = await api.show.fn(session, world, visitor.known, invoice_id)
    answer: Response[str] = await settlements.export_statement.fn(session, world, visitor.known, found.chain_id or "")
    return answer


@get("/invoices/export.csv", media_type="text/csv")
async def export(
    visitor: NamedDependency[Visitor], session: NamedDependency[AsyncSession], world: NamedDependency[World]
) -> Response[str]:
    """The API's export, for a link that a browser follows."""
    answer: Response[str] = await overview_routes.export_invoices.fn(session, world, visitor.known)
    return answer


def _bars(months: list[MonthView], what: str, language: str) -> list[Bar]:
    """One bar a month, of the first asset: charts compare, figures stand in the cards."""
    asset = months[0].asset if months else ""
    shown = [each for each in months if each.asset == asset]
    values = [getattr(each, what) for each in shown]
    if not any(value.strip("0.") for value in values):
        return []
    return [
        Bar(
            value=int(value.partition(".")[0]),
            label=say(language, f"shell.month.{int(each.month[5:])}"),
            title=f"{say(language, f'shell.month.{int(each.month[5:])}')} {each.month[:4]}: "
            f"{shown_amount(value, language)} {each.asset}",
        )
        for each, value in zip(shown, values, strict=True)
    ]


def _waiting(found: OverviewView) -> int:
    """Invoices whose next step is the seller's own."""
    return sum(found.counts.get(status, 0) for status in ("read", "confirmed", "quoted", "accepted"))


def _doubtful(reading: ReadingView, name: str) -> bool:
    field = reading.fields[name]
    return field.doubtful or field.value is None


def _value(found: InvoiceView, reading: ReadingView, name: str) -> str:
    """What the seller confirmed, else what was read."""
    stated = reading.fields[name].value if found.terms is None else getattr(found.terms, name)
    return "" if stated is None else str(stated)


def boxes_of(reading: ReadingView, number: int) -> list[tuple[str, FieldView]]:
    """Fields with a place on page `number`."""
    return [
        (name, field) for name in FIELDS if (field := reading.fields[name]).page == number and field.box is not None
    ]


def _reserve(statement: StatementView | None) -> str | None:
    """What came back to the seller so far, from the statement's own lines."""
    if statement is None:
        return None
    returned = [line.amount for line in statement.lines if line.what == "reserve"]
    if not returned:
        return None
    digits = len(returned[0].partition(".")[2])
    return to_decimal(sum(int(text.replace(".", "")) for text in returned), digits)


PAGES = (overview, export, invoice, review, picture, statement_file)
