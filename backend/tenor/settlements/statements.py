"""The statement of one invoice: every unit in and out, from projections, with totals that must agree. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.investments.models import Deposit, Funding, Holding, Payout, Refund, ShareMove, ShareToken
from tenor.investments.rules import Entry, Pool
from tenor.invoices.escrows import EscrowNotFound, escrow_of, now_indexed
from tenor.invoices.models import Escrow
from tenor.kernel.actor import Actor, Role
from tenor.settlements import rules
from tenor.settlements.flows import recourse_due_of
from tenor.settlements.models import FaceReduction, Owed, Payment, Release
from tenor.settlements.rules import Conservation, Journal, PaymentSplit

TOGETHER = 1_000
"""Invoices that are checked at once."""
Direction = Literal["in", "out", "kept"]
"""`kept`: another line of the same transaction shows it as out, but it could not be sent; it waits in the escrow."""


@dataclass(frozen=True, slots=True)
class Line:
    """One movement of `units` of the invoice's asset between `party` and the contracts."""

    event_id: str
    what: str
    direction: Direction
    units: int
    party: str
    ledger: int
    closed_at: int
    tx_hash: str


@dataclass(frozen=True, slots=True)
class Statement:
    """`reductions`: by what and when the debtor came to owe less; `recourse_due_units`: the seller's debt now."""

    escrow: Escrow
    lines: tuple[Line, ...]
    totals: Conservation
    reductions: tuple[FaceReduction, ...]
    recourse_due_units: int


async def statement(session: AsyncSession, actor: Actor, chain_id: str) -> Statement:
    """For the seller, the debtor, whoever ever held a share, and the platform's people; others get `EscrowNotFound`."""
    escrow = await escrow_of(session, chain_id)
    if not await _may_see(session, actor, escrow):
        raise EscrowNotFound(f"There is no invoice {chain_id[:64]} of yours.")
    rows = await _rows_of(session, chain_id)
    lowered = select(FaceReduction).where(FaceReduction.chain_id == chain_id).order_by(FaceReduction.event_id)
    return Statement(
        escrow,
        tuple(_lines(escrow, rows)),
        rules.conservation(_journal(rows)),
        tuple(await session.scalars(lowered)),
        recourse_due_of(escrow, at=await now_indexed(session)),
    )


async def conservation_of(session: AsyncSession, chain_id: str) -> Conservation:
    """Whether every unit of one invoice is accounted for, for reconciliation; zero tolerance."""
    return rules.conservation(_journal(await _rows_of(session, chain_id)))


async def broken(session: AsyncSession) -> dict[str, tuple[str, ...]]:
    """Invoice -> differences, for every invoice whose rows do not add up; empty when all is well.

    Nine questions for every `TOGETHER` invoices, whatever happened to them.
    """
    found: dict[str, tuple[str, ...]] = {}
    last = ""
    while True:
        after = select(Escrow.chain_id).where(Escrow.chain_id > last).order_by(Escrow.chain_id).limit(TOGETHER)
        chunk = (await session.scalars(after)).all()
        if not chunk:
            return found
        for chain_id, rows in (await _rows_of_many(session, chunk)).items():
            totals = rules.conservation(_journal(rows))
            if not totals.holds:
                found[chain_id] = totals.differences
        last = chunk[-1]


async def _rows_of_many(session: AsyncSession, chain_ids: Sequence[str]) -> "dict[str, _Rows]":
    """As `_rows_of`, in plain rows: a session that held half a million objects would remember each."""

    async def of(table: Any) -> dict[str, list[Any]]:
        columns = table.__table__.columns
        found: dict[str, list[Any]] = {}
        for row in await session.execute(select(*columns).where(table.chain_id.in_(chain_ids))):
            found.setdefault(row.chain_id, []).append(row)
        return found

    tokens = await of(ShareToken)
    kinds = {"fundings": Funding, "refunds": Refund, "releases": Release, "payments": Payment, "deposits": Deposit}
    kinds |= {"payouts": Payout, "owed": Owed, "holdings": Holding}
    rows = {name: await of(table) for name, table in kinds.items()}
    return {
        chain_id: _Rows(token=tokens[chain_id][0], **{name: found.get(chain_id, []) for name, found in rows.items()})
        for chain_id in chain_ids
    }


@dataclass(frozen=True, slots=True)
class _Rows:
    """Everything projected about one invoice's money, each in the ledger's order."""

    token: ShareToken
    fundings: Sequence[Funding]
    refunds: Sequence[Refund]
    releases: Sequence[Release]
    payments: Sequence[Payment]
    deposits: Sequence[Deposit]
    payouts: Sequence[Payout]
    owed: Sequence[Owed]
    holdings: Sequence[Holding]


async def _rows_of(session: AsyncSession, chain_id: str) -> _Rows:
    async def of(table: Any) -> Sequence[Any]:
        return (await session.scalars(select(table).where(table.chain_id == chain_id).order_by(table.event_id))).all()

    return _Rows(
        token=await session.get_one(ShareToken, chain_id),
        fundings=await of(Funding),
        refunds=await of(Refund),
        releases=await of(Release),
        payments=await of(Payment),
        deposits=await of(Deposit),
        payouts=await of(Payout),
        owed=await of(Owed),
        holdings=(await session.scalars(select(Holding).where(Holding.chain_id == chain_id))).all(),
    )


def _journal(rows: _Rows) -> Journal:
    release = rows.releases[0] if rows.releases else None
    return Journal(
        fundings=tuple(row.units for row in rows.fundings),
        refunds=tuple(row.units for row in rows.refunds),
        released=None if release is None else (release.seller_units, release.fee_units),
        payments=tuple(
            PaymentSplit(row.amount_units, row.holders_units, row.fee_units, row.seller_units) for row in rows.payments
        ),
        deposits=tuple(row.units for row in rows.deposits),
        payouts=tuple(row.units for row in rows.payouts),
        owed_units=sum(row.units for row in rows.owed if row.paid_event_id is None),
        pool=Pool(rows.token.supply_units, rows.token.index_scaled, rows.token.remainder_scaled),
        received_units=rows.token.received_units,
        paid_units=rows.token.paid_units,
        entries=tuple(Entry(row.shares, row.index_scaled, row.accrued_scaled) for row in rows.holdings),
    )


def _lines(escrow: Escrow, rows: _Rows) -> list[Line]:
    """In the ledger's order; parts of zero are no lines. What goes to holders shows when it reaches them."""
    seller, treasury = escrow.seller, escrow.treasury
    lines = [_line(row, "investment", "in", row.units, row.investor) for row in rows.fundings]
    lines += [_line(row, "refund", "out", row.units, row.holder) for row in rows.refunds]
    for release in rows.releases:
        lines.append(_line(release, "advance", "out", release.seller_units, seller))
        lines.append(_line(release, "origination_fee", "out", release.fee_units, treasury))
    for payment in rows.payments:
        lines.append(
            _line(payment, "recourse" if payment.is_recourse else "payment", "in", payment.amount_units, payment.payer)
        )
        lines.append(_line(payment, "profit_fee", "out", payment.fee_units, treasury))
        lines.append(_line(payment, "reserve", "out", payment.seller_units, seller))
    lines += [_line(row, f"payout_{row.kind}", "out", row.units, row.holder) for row in rows.payouts]
    for owed in rows.owed:
        lines.append(_line(owed, "not_sent", "kept", owed.units, owed.owner))
        if owed.paid_event_id is not None:
            lines.append(_withdrawal(owed))
    return sorted((line for line in lines if line.units), key=lambda line: line.event_id)


def _line(row: Any, what: str, direction: Direction, units: int, party: str) -> Line:
    return Line(row.event_id, what, direction, units, party, row.ledger, row.closed_at, row.tx_hash)


def _withdrawal(owed: Owed) -> Line:
    assert owed.paid_event_id is not None
    assert owed.paid_ledger is not None
    assert owed.paid_closed_at is not None
    return Line(
        owed.paid_event_id,
        "withdrawal",
        "out",
        owed.units,
        owed.owner,
        owed.paid_ledger,
        owed.paid_closed_at,
        str(owed.paid_tx_hash),
    )


async def _may_see(session: AsyncSession, actor: Actor, escrow: Escrow) -> bool:
    if actor.has(Role.ADMIN, Role.OPERATOR) or actor.address in {escrow.seller, escrow.debtor}:
        return True
    held = select(ShareMove.event_id).where(
        ShareMove.chain_id == escrow.chain_id,
        or_(ShareMove.giver == actor.address, ShareMove.taker == actor.address),
    )
    return await session.scalar(held.limit(1)) is not None
