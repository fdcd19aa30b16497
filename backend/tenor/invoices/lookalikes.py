"""Near copies among the invoices on file: by their wording and by what they claim. Never refuses: a person looks.

Names no figure of somebody else's invoice: an answer must not tell one seller what another one bills.
"""

from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, any_, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices.duplicates import Verdict
from tenor.invoices.likeness import Sketch, bands, compare_sketches, packed, unpacked
from tenor.invoices.models import Invoice, InvoiceSketch
from tenor.invoices.rules import Confirmed

_COMPARED_MAX = 50
_NAMED_MAX = 3

Pair = tuple[Verdict, UUID]
"""A verdict, and the other invoice it is about: the id is for the platform's people only."""


async def keep(session: AsyncSession, invoice_id: UUID, sketched: Sketch) -> None:
    """Store how an invoice reads, once."""
    row = {"invoice_id": invoice_id, "sketch": packed(sketched), "bands": sorted(set(bands(sketched)))}
    await session.execute(insert(InvoiceSketch).values(row).on_conflict_do_nothing())


async def verdicts(session: AsyncSession, invoice: Invoice, terms: Confirmed) -> list[Verdict]:
    """Invoices on file, whoever's, that read like this one, or claim the same of the same debtor at the same date."""
    return [verdict for verdict, _ in await pairs(session, invoice, terms)]


async def pairs(session: AsyncSession, invoice: Invoice, terms: Confirmed | None) -> list[Pair]:
    """The same with the other invoice's id. Without `terms`, which come with the confirmation, by wording alone."""
    claims = [] if terms is None else await _alike_in_claim(session, invoice, terms)
    return [*await _alike_in_words(session, invoice), *claims]


async def _alike_in_words(session: AsyncSession, invoice: Invoice) -> list[Pair]:
    own = await session.get(InvoiceSketch, invoice.id)
    if own is None:
        return []
    band = func.unnest(InvoiceSketch.bands).column_valued("band")
    of_own = band == any_(literal(own.bands, ARRAY(BigInteger)))
    live = Invoice.status != "withdrawn", Invoice.confirmed.is_not(None)
    seller_of = select(Invoice.seller_account_id).where(Invoice.id == InvoiceSketch.invoice_id, *live)
    near = (
        select(
            InvoiceSketch.sketch,
            InvoiceSketch.invoice_id,
            # A subquery a row, not a join: guessing how many share a band, PostgreSQL would read every invoice.
            seller_of.correlate(InvoiceSketch).scalar_subquery().label("seller"),
            select(func.count()).where(of_own).correlate(InvoiceSketch).scalar_subquery().label("shared"),
        )
        .where(InvoiceSketch.bands.overlap(own.bands), InvoiceSketch.invoice_id != invoice.id)
        .subquery()
    )
    query = (
        select(near.c.sketch, near.c.invoice_id, near.c.seller)
        .where(near.c.seller.is_not(None))
        .order_by(near.c.shared.desc(), near.c.invoice_id)  # thousands share a seller's form: the nearest come first
        .limit(_COMPARED_MAX)
    )
    found = []
    for sketch, other_id, seller in await session.execute(query):
        likeness = compare_sketches(unpacked(own.sketch), unpacked(sketch))
        if likeness.outcome == "review":
            whose = f"your invoice {other_id}" if seller == invoice.seller_account_id else "another seller's invoice"
            verdict = Verdict("review", "wording", f"{likeness.reason} It is {whose}.")
            found.append((likeness.exact_percent, (verdict, other_id)))
    return [pair for _, pair in sorted(found, key=lambda one: -one[0])[:_NAMED_MAX]]


async def _alike_in_claim(session: AsyncSession, invoice: Invoice, terms: Confirmed) -> list[Pair]:
    """The same debtor, amount, currency and issue date under another number: perhaps renumbered, perhaps resold."""
    same = {name: terms.texts()[name] for name in ("debtor_vat_id", "amount_due", "currency", "issue_date")}
    query = select(Invoice.id, Invoice.seller_account_id).where(
        Invoice.id != invoice.id, Invoice.status != "withdrawn", Invoice.confirmed.contains(same)
    )
    return [
        (
            Verdict(
                "review",
                "claim",
                f"{f'Your invoice {other}' if seller == invoice.seller_account_id else 'Another invoice'} "
                "claims the same amount of the same debtor at the same date under another number or seller.",
            ),
            other,
        )
        for other, seller in await session.execute(query.limit(_NAMED_MAX))
    ]
