"""What waits for the platform's people among invoices: unknown debtors, attestations, doubtful readings. Reads only."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices.escrows import indexed_at
from tenor.invoices.models import Debtor, Escrow, Invoice
from tenor.kernel.actor import Actor, Role

Queue = Literal["debtors", "attestation", "findings", "repaying"]
QUEUES: tuple[Queue, ...] = ("debtors", "attestation", "findings", "repaying")
_UNDER_WAY = ("read", "confirmed", "quoted", "accepted")


async def waiting(
    session: AsyncSession, actor: Actor, queue: Queue, *, after: UUID | None, limit: int
) -> Sequence[Invoice]:
    """Invoices of one queue, oldest first. Operators and admins.

    `debtors`: confirmed, but the customer is not in the registry, so nothing can be priced. `attestation`: on the
    ledger and closed to investors until the platform attests. `findings`: reading found something a person should see.
    `repaying`: financed, and still owed something.
    """
    actor.require(Role.OPERATOR, Role.ADMIN)
    query = _of(select(Invoice), queue)
    if after is not None:
        query = query.where(Invoice.id > after)
    return (await session.scalars(query.order_by(Invoice.id).limit(limit))).all()


async def counts(session: AsyncSession, actor: Actor) -> dict[Queue, int]:
    """How many wait in each queue. Operators and admins."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    return {queue: int(await session.scalar(_of(select(func.count(Invoice.id)), queue)) or 0) for queue in QUEUES}


def _of(query: Select[Any], queue: Queue) -> Select[Any]:
    if queue == "attestation":
        return query.join(Escrow, Escrow.chain_id == Invoice.chain_id).where(
            Escrow.status == "open",
            Escrow.attested.is_(False),
            Escrow.funding_deadline_at >= indexed_at(),
            Invoice.status != "withdrawn",
        )
    if queue == "repaying":
        return query.join(Escrow, Escrow.chain_id == Invoice.chain_id).where(
            Escrow.status.in_(("funded", "defaulted")), Escrow.received_units < Escrow.face_units
        )
    return query.where(_debtor_unknown() if queue == "debtors" else _doubtful())


def _debtor_unknown() -> ColumnElement[bool]:
    """A debtor may have been registered after the seller confirmed: then the seller only has to ask for the price."""
    registered = exists().where(Debtor.vat_id == Invoice.confirmed["debtor_vat_id"].astext)
    return and_(Invoice.status == "confirmed", Invoice.debtor_id.is_(None), ~registered)


def _doubtful() -> ColumnElement[bool]:
    found = [Invoice.reading.contains({"findings": [{"severity": severity}]}) for severity in ("review", "refuse")]
    return and_(Invoice.status.in_(_UNDER_WAY), or_(*found))
