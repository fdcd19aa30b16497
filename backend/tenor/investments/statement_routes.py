"""A holder's statement as CSV or PDF, and what his money has returned, over HTTP. Decides nothing."""

from datetime import datetime
from typing import Literal

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments import papers
from tenor.investments.accounting import statement_of
from tenor.investments.performance import Performance, performance_of
from tenor.invoices.wire import at as when
from tenor.kernel.actor import Actor
from tenor.kernel.money import to_decimal
from tenor.world import World

Form = Literal["csv", "pdf"]
MEDIA_TYPES: dict[Form, str] = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


class PartView(msgspec.Struct):
    """`name`: an invoice, a debtor's key on the ledger, or a country; `bps` of what is at work."""

    name: str
    bps: int


class PerformanceView(msgspec.Struct, kw_only=True):
    """`value`: what waits, accrues or is not released yet. `xirr_bps`: yearly, by dates; null where it says nothing.

    `profit` = `got` + `value` - `paid`, after fees. The largest five of each kind.
    """

    asset: str
    at: datetime
    paid: str
    got: str
    value: str
    profit: str
    xirr_bps: int | None
    invoices: list[PartView]
    debtors: list[PartView]
    countries: list[PartView]


@get("/performance", summary="What the caller's money has returned, and on whom it stands")
async def show_performance(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[PerformanceView]:
    """From the same rows as the statement; one line an asset."""
    return [_performance(each) for each in await performance_of(session, world, actor)]


def _performance(found: Performance) -> PerformanceView:
    digits = found.asset.decimals

    def parts(of: list[tuple[str, int]]) -> list[PartView]:
        return [PartView(name, bps) for name, bps in of]

    return PerformanceView(
        asset=found.asset.code,
        at=when(found.at),
        paid=to_decimal(found.paid_units, digits),
        got=to_decimal(found.got_units, digits),
        value=to_decimal(found.value_units, digits),
        profit=to_decimal(found.profit_units, digits),
        xirr_bps=found.xirr_bps,
        invoices=parts(found.invoices),
        debtors=parts(found.debtors),
        countries=parts(found.countries),
    )


@get("/statement", media_type="text/csv", summary="Everything the caller bought, sold and got, as a file")
async def download(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    form: FromQuery[Form] = "csv",
) -> Response[bytes]:
    """Positions and movements, from the ledger's events alone; the PDF prints the CSV's hash."""
    found = await statement_of(session, world, actor)
    content = papers.to_csv(found) if form == "csv" else papers.to_pdf(found)
    return Response(
        content,
        media_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="tenor-statement-{found.at}.{form}"'},
    )


router = Router("/investments", route_handlers=[download, show_performance], tags=["investments"])
