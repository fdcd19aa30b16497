"""A holder's statement over HTTP, as CSV or PDF. Decides nothing."""

from typing import Literal

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments import papers
from tenor.investments.accounting import statement_of
from tenor.kernel.actor import Actor
from tenor.world import World

Form = Literal["csv", "pdf"]
MEDIA_TYPES: dict[Form, str] = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


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


router = Router("/investments", route_handlers=[download], tags=["investments"])
