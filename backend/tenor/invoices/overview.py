"""One seller's invoices at a glance: how many stand where, what they brought, what is still to come. Reads only."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices import rules
from tenor.invoices.escrows import now_indexed
from tenor.invoices.models import Escrow, Invoice
from tenor.kernel.actor import Actor

Stage = Literal["preparing", "offered", "financed", "closed"]
STAGES: tuple[Stage, ...] = ("preparing", "offered", "financed", "closed")
MONTHS_BEFORE, MONTHS_AFTER = 5, 6
_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Units of `asset`. `outstanding`: what customers still have to pay of financed invoices; `reserve_to_come`: what
    of it is the seller's if everybody pays on time; `reserve_returned`: what of it the seller has had already.
    """

    asset: str
    offered_units: int
    offered_funded_units: int
    paid_out_units: int
    outstanding_units: int
    reserve_to_come_units: int
    reserve_returned_units: int


@dataclass(frozen=True, slots=True)
class Month:
    """`paid_out_units`: advances of this month; `due_units`: open invoices that fall due in it."""

    year: int
    month: int
    asset: str
    paid_out_units: int
    due_units: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`counts`: shown status -> invoices. `months`: from five before this one to six after it, by asset."""

    counts: dict[str, int]
    sums: list[Sums]
    months: list[Month]


async def overview(session: AsyncSession, actor: Actor) -> Overview:
    """Of the actor's own invoices, withdrawn ones left out of the counts."""
    now = await now_indexed(session)
    sums = await _sums(session, actor)
    months = await _months(session, actor, now, [each.asset for each in sums])
    return Overview(await _counts(session, actor, now), sums, months)


def staged(stage: Stage) -> list[ColumnElement[bool]]:
    """SQL: invoices of one stage, for a query of `Invoice` outer-joined with `Escrow`."""
    before = and_(Escrow.chain_id.is_(None), Invoice.status != "withdrawn")
    conditions: dict[Stage, list[ColumnElement[bool]]] = {
        "preparing": [before],
        "offered": [Escrow.status == "open", Invoice.status != "withdrawn"],
        "financed": [Escrow.status.in_(("funded", "defaulted"))],
        "closed": [or_(Invoice.status == "withdrawn", Escrow.status.in_(("settled", "cancelled")))],
    }
    return conditions[stage]


async def page(
    session: AsyncSession, actor: Actor, *, stage: Stage | None, before: UUID | None, limit: int
) -> Sequence[Invoice]:
    """The actor's own invoices, newest first, of one stage or all."""
    query = select(Invoice).where(Invoice.seller_account_id == actor.account_id)
    if stage is not None:
        query = query.join(Escrow, Escrow.chain_id == Invoice.chain_id, isouter=True).where(*staged(stage))
    if before is not None:
        query = query.where(Invoice.id < before)
    return (await session.scalars(query.order_by(Invoice.id.desc()).limit(limit))).all()


async def _counts(session: AsyncSession, actor: Actor, now: int) -> dict[str, int]:
    expired = func.coalesce(and_(Escrow.status == "open", Escrow.funding_deadline_at < now), false())
    columns = (Invoice.status, Escrow.status, func.coalesce(Escrow.attested, false()), expired)
    query = (
        select(*columns, func.count())
        .join(Escrow, Escrow.chain_id == Invoice.chain_id, isouter=True)
        .where(Invoice.seller_account_id == actor.account_id, Invoice.status != "withdrawn")
        .group_by(*(text(str(place)) for place in range(1, len(columns) + 1)))
    )
    counts: Counter[str] = Counter()
    for status, escrow_status, attested, is_expired, number in await session.execute(query):
        counts[rules.shown(status, escrow_status, attested=attested, expired=is_expired)] += number
    return dict(counts)


async def _sums(session: AsyncSession, actor: Actor) -> list[Sums]:
    def total(what: Any, *statuses: str) -> Any:
        return func.coalesce(func.sum(case((Escrow.status.in_(statuses), what), else_=0)), 0)

    paid = ("funded", "settled", "defaulted")
    query = (
        select(
            Escrow.asset,
            total(Escrow.advance_units, "open"),
            total(Escrow.funded_units, "open"),
            total(func.coalesce(Escrow.released_units, 0), *paid),
            total(Escrow.face_units - Escrow.received_units, "funded", "defaulted"),
            total(Escrow.initial_face_units - Escrow.claim_units, "funded"),
            total(Escrow.received_units - Escrow.holders_gross_units, *paid),
        )
        .join(Invoice, Invoice.chain_id == Escrow.chain_id)
        .where(Invoice.seller_account_id == actor.account_id, Invoice.status != "withdrawn")
        .group_by(Escrow.asset)
        .order_by(Escrow.asset)
    )
    return [
        Sums(
            asset=asset,
            offered_units=int(offered),
            offered_funded_units=int(funded),
            paid_out_units=int(paid_out),
            outstanding_units=int(outstanding),
            reserve_to_come_units=int(to_come),
            reserve_returned_units=int(returned),
        )
        for asset, offered, funded, paid_out, outstanding, to_come, returned in await session.execute(query)
    ]


async def _months(session: AsyncSession, actor: Actor, now: int, assets: Sequence[str]) -> list[Month]:
    paid = await _by_month(session, actor, Escrow.funded_at, Escrow.released_units, Escrow.funded_at.is_not(None))
    open_units = Escrow.face_units - Escrow.received_units
    due = await _by_month(session, actor, Escrow.due_at, open_units, Escrow.status == "funded")
    today = datetime.fromtimestamp(now, UTC)
    first = today.year * _YEAR_MONTHS + today.month - 1 - MONTHS_BEFORE
    shown = [divmod(first + step, _YEAR_MONTHS) for step in range(MONTHS_BEFORE + 1 + MONTHS_AFTER)]
    return [
        Month(year, month + 1, asset, paid[year, month + 1, asset], due[year, month + 1, asset])
        for asset in assets
        for year, month in shown
    ]


async def _by_month(
    session: AsyncSession, actor: Actor, moment: Any, units: Any, *where: ColumnElement[bool]
) -> dict[tuple[int, int, str], int]:
    at = func.timezone("UTC", func.to_timestamp(moment))
    year, month = func.extract("year", at), func.extract("month", at)
    query = (
        select(year, month, Escrow.asset, func.sum(func.coalesce(units, 0)))
        .join(Invoice, Invoice.chain_id == Escrow.chain_id)
        .where(Invoice.seller_account_id == actor.account_id, Invoice.status != "withdrawn", *where)
        .group_by(text("1"), text("2"), Escrow.asset)
    )
    found: dict[tuple[int, int, str], int] = defaultdict(int)
    for in_year, in_month, asset, total in await session.execute(query):
        found[int(in_year), int(in_month), asset] = int(total)
    return found
