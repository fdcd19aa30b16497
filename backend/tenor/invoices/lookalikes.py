"""Near copies among the invoices on file: by their wording and by what they claim. Never refuses: a person looks.

Names no figure of somebody else's invoice: an answer must not tell one seller what another one bills.
"""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, any_, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from tenor.invoices.duplicates import Verdict
from tenor.invoices.likeness import Sketch, bands, compare_sketches, look_bands, looks_alike, packed, unpacked
from tenor.invoices.models import Invoice, InvoiceLook, InvoiceSketch
from tenor.invoices.rules import Confirmed

_COMPARED_MAX = 50
_NAMED_MAX = 3

Pair = tuple[Verdict, UUID]
"""A verdict, and the other invoice it is about: the id is for the platform's people only."""


async def keep(
    session: AsyncSession, invoice_id: UUID, sketched: Sketch | None, look: bytes = b"", *, is_legible: bool = True
) -> None:
    """Store how an invoice reads and how its first page looks, once."""
    if sketched is not None:
        row = {"invoice_id": invoice_id, "sketch": packed(sketched), "bands": sorted(set(bands(sketched)))}
        await session.execute(insert(InvoiceSketch).values(row).on_conflict_do_nothing())
    if look:
        seen = {
            "invoice_id": invoice_id,
            "look": look,
            "is_legible": sketched is not None and is_legible,
            "bands": look_bands(look),
        }
        await session.execute(insert(InvoiceLook).values(seen).on_conflict_do_nothing())


async def verdicts(session: AsyncSession, invoice: Invoice, terms: Confirmed) -> list[Verdict]:
    """Invoices on file, whoever's, that read like this one, or claim the same of the same debtor at the same date."""
    return [verdict for verdict, _ in await pairs(session, invoice, terms)]


async def pairs(session: AsyncSession, invoice: Invoice, terms: Confirmed | None) -> list[Pair]:
    """The same with the other invoice's id. Without `terms`, which come with the confirmation, by wording alone."""
    claims = [] if terms is None else await _alike_in_claim(session, invoice, terms)
    return [*await _alike_in_words(session, invoice), *await _alike_in_look(session, invoice), *claims]


async def _alike_in_words(session: AsyncSession, invoice: Invoice) -> list[Pair]:
    own = await session.get(InvoiceSketch, invoice.id)
    if own is None:
        return []
    found = []
    for sketch, other_id, seller in await session.execute(_nearest(InvoiceSketch, InvoiceSketch.sketch, own)):
        likeness = compare_sketches(unpacked(own.sketch), unpacked(sketch))
        if likeness.outcome == "review":
            verdict = Verdict("review", "wording", f"{likeness.reason} It is {_whose(invoice, other_id, seller)}.")
            found.append((likeness.exact_percent, (verdict, other_id)))
    return [pair for _, pair in sorted(found, key=lambda one: -one[0])[:_NAMED_MAX]]


async def _alike_in_look(session: AsyncSession, invoice: Invoice) -> list[Pair]:
    """Pages that look alike, where one of the two has too few words to be compared by them."""
    own = await session.get(InvoiceLook, invoice.id)
    if own is None:
        return []
    query = _nearest(InvoiceLook, InvoiceLook.look, own, *([~InvoiceLook.is_legible] if own.is_legible else []))
    return [
        (
            Verdict(
                "review",
                "look",
                "Its first page looks like that of an invoice on file, and one of the two has hardly a legible word: "
                f"compare them. It is {_whose(invoice, other_id, seller)}.",
            ),
            other_id,
        )
        for look, other_id, seller in await session.execute(query)
        if looks_alike(own.look, look)
    ][:_NAMED_MAX]


Banded = TypeVar("Banded", InvoiceSketch, InvoiceLook)


def _nearest(
    table: type[Banded], compared: InstrumentedAttribute[bytes], own: Banded, *only: ColumnElement[bool]
) -> Select[bytes, UUID, UUID]:
    """Confirmed invoices that share a band with `own`, first those that share most: thousands are on one form."""
    band = func.unnest(table.bands).column_valued("band")
    of_own = band == any_(literal(own.bands, ARRAY(BigInteger)))
    live = Invoice.status != "withdrawn", Invoice.confirmed.is_not(None)
    seller_of = select(Invoice.seller_account_id).where(Invoice.id == table.invoice_id, *live)
    near = (
        select(
            compared.label("compared"),
            table.invoice_id,
            # A subquery a row, not a join: guessing how many share a band, PostgreSQL would read every invoice.
            seller_of.correlate(table).scalar_subquery().label("seller"),
            select(func.count()).where(of_own).correlate(table).scalar_subquery().label("shared"),
        )
        .where(table.bands.overlap(own.bands), table.invoice_id != own.invoice_id, *only)
        .subquery()
    )
    return (
        select(near.c.compared, near.c.invoice_id, near.c.seller)
        .where(near.c.seller.is_not(None))
        .order_by(near.c.shared.desc(), near.c.invoice_id)
        .limit(_COMPARED_MAX)
    )


def _whose(invoice: Invoice, other_id: UUID, seller: UUID) -> str:
    return f"your invoice {other_id}" if seller == invoice.seller_account_id else "another seller's invoice"


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
