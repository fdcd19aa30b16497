"""What happened on the ledger, told to those it concerns: funded, paid, disputed, sold. Moves nothing.

A place in the event log is kept; whoever is told twice reads it once, because a notice's key is its event.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts import flows as accounts
from tenor.accounts.models import Account
from tenor.investments.flows import asset_of
from tenor.investments.models import ShareSale
from tenor.invoices.models import Escrow, Invoice
from tenor.kernel.money import to_decimal
from tenor.notices.flows import notify
from tenor.settlements.models import Announced, Dispute, FaceReduction, Payment, Release
from tenor.world import World

ROWS_MAX = 500


@dataclass(frozen=True, slots=True)
class _News:
    """To whom: addresses, and the platform's admins where `to_desk`."""

    addresses: tuple[str, ...]
    kind: str
    title: str
    body: str
    to_desk: bool = False


async def announce(session: AsyncSession, world: World) -> int:
    """Tell what is new, at most `ROWS_MAX` rows of a kind; how many rows were looked at."""
    await session.execute(insert(Announced).values(name="ledger", event_id="").on_conflict_do_nothing())
    place = await session.get_one(Announced, "ledger", with_for_update=True)
    found: list[tuple[Any, Escrow, Invoice | None]] = []
    cut: list[str] = []
    for table in _TOLD:
        rows = await session.execute(
            select(table, Escrow, Invoice)
            .join(Escrow, Escrow.chain_id == table.chain_id)
            .outerjoin(Invoice, Invoice.chain_id == table.chain_id)
            .where(table.event_id > place.event_id)
            .order_by(table.event_id)
            .limit(ROWS_MAX)
        )
        held = [(row[0], row[1], row[2]) for row in rows]
        found += held
        if len(held) == ROWS_MAX:
            cut.append(held[-1][0].event_id)
    until = min(cut, default=None)
    new = sorted((one for one in found if until is None or one[0].event_id <= until), key=lambda one: one[0].event_id)
    for row, escrow, invoice in new:
        news = _TOLD[type(row)](row, escrow, _number(invoice, escrow), world)
        await _tell(session, world, news, row, escrow)
    if new:
        place.event_id = new[-1][0].event_id
        await session.flush()
    return len(new)


async def is_due(session: AsyncSession) -> bool:
    """Whether anything lies behind the place that was told last."""
    place = await session.scalar(select(Announced.event_id).where(Announced.name == "ledger")) or ""
    for table in _TOLD:
        newest = await session.scalar(select(func.max(table.event_id)))
        if newest is not None and newest > place:
            return True
    return False


async def _tell(session: AsyncSession, world: World, news: _News, row: Any, escrow: Escrow) -> None:
    told = set(await session.scalars(select(Account.id).where(Account.address.in_(news.addresses))))
    if news.to_desk:
        told |= await accounts.admins(session, world)
    for account_id in sorted(told):
        await notify(
            session,
            account_id=account_id,
            key=f"{news.kind}:{row.event_id}",
            kind=news.kind,
            subject=escrow.chain_id,
            title=news.title,
            body=news.body,
        )


def _number(invoice: Invoice | None, escrow: Escrow) -> str:
    return escrow.chain_id[:8] if invoice is None or invoice.confirmed is None else invoice.confirmed["number"]


def _money(units: int, asset: str, world: World) -> str:
    known = asset_of(world, asset)
    return f"{to_decimal(units, known.decimals)} {known.code}"


def _released(row: Release, escrow: Escrow, number: str, world: World) -> _News:
    money = _money(row.seller_units, escrow.asset, world)
    return _News(
        (escrow.seller,), "invoice_funded", f"Invoice {number} is funded", f"{money} were sent to your wallet."
    )


def _paid(row: Payment, escrow: Escrow, number: str, world: World) -> _News:
    money = _money(row.amount_units, escrow.asset, world)
    if row.is_recourse:
        return _News((escrow.seller,), "invoice_recourse", f"Recourse for invoice {number}", f"You brought in {money}.")
    more = " The holders are whole." if row.status_after == "settled" else ""
    body = f"{money} were paid; {_money(row.seller_units, escrow.asset, world)} of it came to you.{more}"
    return _News((escrow.seller,), "invoice_paid", f"A payment on invoice {number}", body)


def _disputed(row: Dispute, escrow: Escrow, number: str, world: World) -> _News:  # noqa: ARG001 - one shape for all
    body = "The customer says that something is wrong. Read why on its page; it lapses by itself."
    return _News((escrow.seller,), "invoice_disputed", f"Invoice {number} is disputed", body, to_desk=True)


def _lowered(row: FaceReduction, escrow: Escrow, number: str, world: World) -> _News:
    body = f"The customer owes {_money(row.reduction_units, escrow.asset, world)} less."
    if row.shortfall_units:
        body += (
            f" {_money(row.shortfall_units, escrow.asset, world)} of the holders' claim are now the seller's to pay."
        )
    who = (escrow.seller, *(() if escrow.debtor is None else (escrow.debtor,)))
    return _News(who, "invoice_lowered", f"Less is owed on invoice {number}", body)


def _sold(row: ShareSale, escrow: Escrow, number: str, world: World) -> _News:  # noqa: ARG001 - one shape for all
    money = _money(row.paid_units, row.asset, world)
    shares = to_decimal(row.shares, asset_of(world, row.asset).decimals)
    return _News((row.seller,), "payout_sale", "Your shares were bought", f"{shares} shares brought you {money}.")


_TOLD: dict[Any, Callable[[Any, Escrow, str, World], _News]] = {
    Release: _released,
    Payment: _paid,
    Dispute: _disputed,
    FaceReduction: _lowered,
    ShareSale: _sold,
}
