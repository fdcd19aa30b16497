"""A seller's overview over HTTP. Decides nothing."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.edge.spreadsheet import download
from tenor.invoices import flows
from tenor.invoices import overview as of
from tenor.invoices.escrows import now_indexed
from tenor.invoices.overview import Month, Sums
from tenor.invoices.wire import InvoiceView, amount, invoice_view
from tenor.kernel.actor import Actor
from tenor.world import World

EXPORTED_MAX = 10_000
_CSV_COLUMNS = (
    *("id", "created_at", "status", "file", "number", "issue_date", "due_date", "debtor", "amount_due", "currency"),
    *("advance", "paid_out", "received", "asset", "chain_id"),
)


class SumsView(msgspec.Struct, kw_only=True):
    """Of all invoices in one asset. `outstanding` is what customers still have to pay; `reserve_to_come` is the part of
    it that is the seller's if everybody pays on time, `reserve_returned` what the seller has had of it already.
    """

    asset: str
    offered: str
    offered_funded: str
    paid_out: str
    outstanding: str
    reserve_to_come: str
    reserve_returned: str


class MonthView(msgspec.Struct, kw_only=True):
    """`month`: 2026-11. `paid_out`: advances of that month; `due`: financed invoices that fall due in it."""

    month: str
    asset: str
    paid_out: str
    due: str


class OverviewView(msgspec.Struct):
    """`counts`: status -> invoices, those given up left out. `months`: five before this one to six after it."""

    counts: dict[str, int]
    sums: list[SumsView]
    months: list[MonthView]


@get("/overview")
async def show_overview(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> OverviewView:
    """My invoices at a glance: how many stand where, what they brought, what is still to come."""
    found = await of.overview(session, actor)
    return OverviewView(
        found.counts, [_sums(each, world) for each in found.sums], [_month(each, world) for each in found.months]
    )


@get("/export.csv", media_type="text/csv")
async def export_invoices(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> Response[str]:
    """My invoices for a spreadsheet, newest first: what each says, where it stands, what it brought."""
    found = await of.page(session, actor, stage=None, before=None, limit=EXPORTED_MAX)
    quotes, escrows = await flows.quotes_of(session, found), await flows.escrows_of(session, found)
    now = await now_indexed(session)
    views = [
        invoice_view(each, world, quote=quotes.get(each.id), escrow=escrows.get(each.chain_id or ""), now=now)
        for each in found
    ]
    return download("invoices.csv", _CSV_COLUMNS, [_row(view) for view in views])


def _row(view: InvoiceView) -> tuple[str, ...]:
    terms, escrow = view.terms, view.escrow
    said = ("",) * 6
    if terms is not None:
        dates = (terms.issue_date.isoformat(), terms.due_date.isoformat())
        said = (terms.number, *dates, terms.debtor_name, terms.amount_due, terms.currency)
    ledger = ("",) * 5
    if escrow is not None:
        ledger = (escrow.advance, escrow.paid_out or "", escrow.received, escrow.asset, escrow.chain_id)
    return (str(view.id), f"{view.created_at:%Y-%m-%dT%H:%M:%SZ}", view.status, view.file.name, *said, *ledger)


def _sums(each: Sums, world: World) -> SumsView:
    asset = world.deployment.asset(each.asset)
    return SumsView(
        asset=asset.code,
        **{name: amount(getattr(each, f"{name}_units"), asset) for name in SumsView.__struct_fields__[1:]},
    )


def _month(each: Month, world: World) -> MonthView:
    asset = world.deployment.asset(each.asset)
    return MonthView(
        month=f"{each.year}-{each.month:02}",
        asset=asset.code,
        paid_out=amount(each.paid_out_units, asset),
        due=amount(each.due_units, asset),
    )


HANDLERS = (show_overview, export_invoices)
