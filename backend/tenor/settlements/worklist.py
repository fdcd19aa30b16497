"""What waits for the platform's people, counted, and which invoices are overdue. Reads only; moves nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts.models import KycSubmission
from tenor.chain.models import ChainTransaction
from tenor.invoices import worklists
from tenor.invoices.escrows import indexed_at, now_indexed
from tenor.invoices.models import Debtor, Escrow, Invoice
from tenor.invoices.worklists import Queue
from tenor.kernel.actor import Actor, Role
from tenor.settlements.models import PaymentRecord
from tenor.settlements.rules import DAY_SECONDS, RECORD, default_from

LISTED_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Counts. `approvals`: proposed settlements that the asker may decide; `defaults_due`: of the overdue ones."""

    kyc: int
    queues: dict[Queue, int]
    approvals: int
    overdue: int
    defaults_due: int
    refused: int
    disputes: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """`default_at`: the first moment at which a default can be declared."""

    escrow: Escrow
    debtor: Debtor | None
    invoice: Invoice | None
    days_late: int
    default_at: int
    default_due: bool


async def waiting(session: AsyncSession, actor: Actor) -> Waiting:
    """For the home of the platform's people. Operators and admins."""
    actor.require(Role.OPERATOR, Role.ADMIN)

    async def count(table: type, *where: ColumnElement[bool]) -> int:
        return int(await session.scalar(select(func.count()).select_from(table).where(*where)) or 0)

    late = (Escrow.status == "funded", Escrow.due_at < indexed_at())
    return Waiting(
        kyc=await count(KycSubmission, KycSubmission.status == "submitted"),
        queues=await worklists.counts(session, actor),
        approvals=await count(
            PaymentRecord, PaymentRecord.status == RECORD.start, PaymentRecord.proposer_address != actor.address
        ),
        overdue=await count(Escrow, *late),
        defaults_due=await count(Escrow, *late, Escrow.due_at + Escrow.grace_days * DAY_SECONDS < indexed_at()),
        refused=await count(ChainTransaction, ChainTransaction.status == "failed", ChainTransaction.role.is_not(None)),
        disputes=await count(Escrow, Escrow.dispute_until > indexed_at()),
    )


async def overdue(session: AsyncSession, actor: Actor) -> Sequence[Overdue]:
    """Financed invoices whose due date has passed and in default ones that still owe, longest overdue first."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    now = await now_indexed(session)
    query = (
        select(Escrow, Debtor, Invoice)
        .join(Debtor, Debtor.debtor_key == Escrow.debtor_key, isouter=True)
        .join(Invoice, Invoice.chain_id == Escrow.chain_id, isouter=True)
        .where(
            Escrow.status.in_(("funded", "defaulted")),
            Escrow.due_at < now,
            Escrow.received_units < Escrow.face_units,
        )
        .order_by(Escrow.due_at, Escrow.chain_id)
        .limit(LISTED_MAX)
    )
    found = []
    for escrow, debtor, invoice in await session.execute(query):
        last = default_from(escrow.due_at, escrow.grace_days)
        days = -(-(now - escrow.due_at) // DAY_SECONDS)
        found.append(Overdue(escrow, debtor, invoice, days, last + 1, escrow.status == "funded" and now > last))
    return found
