"""What waits for the platform's people, over HTTP: counts and overdue invoices. Decides nothing."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.invoices.wire import amount, at
from tenor.kernel.actor import Actor
from tenor.settlements import worklist
from tenor.settlements.worklist import Overdue
from tenor.world import World


class WaitingView(msgspec.Struct, kw_only=True):
    """Counts. `approvals`: settlements that the caller may decide. `refused`: orders that the ledger refused."""

    kyc: int
    debtors: int
    attestation: int
    findings: int
    approvals: int
    overdue: int
    defaults_due: int
    refused: int
    disputes: int


class OverdueView(msgspec.Struct, kw_only=True):
    """`default_due`: the days of grace are over since `default_at`, and anybody may declare the default."""

    chain_id: str
    invoice_id: UUID | None
    status: str
    debtor: str | None
    debtor_email: str | None
    asset: str
    face: str
    received: str
    outstanding: str
    due_at: datetime
    days_late: int
    default_at: datetime
    default_due: bool


@get("/desk")
async def show_waiting(session: NamedDependency[AsyncSession], actor: NamedDependency[Actor]) -> WaitingView:
    """Operators and admins: how much waits where."""
    found = await worklist.waiting(session, actor)
    return WaitingView(
        kyc=found.kyc,
        debtors=found.queues["debtors"],
        attestation=found.queues["attestation"],
        findings=found.queues["findings"],
        approvals=found.approvals,
        overdue=found.overdue,
        defaults_due=found.defaults_due,
        refused=found.refused,
        disputes=found.disputes,
    )


@get("/desk/overdue")
async def list_overdue(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[OverdueView]:
    """Operators and admins: invoices past their due date that still owe, longest overdue first."""
    return [_view(each, world) for each in await worklist.overdue(session, actor)]


def _view(found: Overdue, world: World) -> OverdueView:
    escrow, asset = found.escrow, world.deployment.asset(found.escrow.asset)
    return OverdueView(
        chain_id=escrow.chain_id,
        invoice_id=None if found.invoice is None else found.invoice.id,
        status=escrow.status,
        debtor=None if found.debtor is None else found.debtor.name,
        debtor_email=None if found.debtor is None else found.debtor.email,
        asset=asset.code,
        face=amount(escrow.face_units, asset),
        received=amount(escrow.received_units, asset),
        outstanding=amount(escrow.face_units - escrow.received_units, asset),
        due_at=at(escrow.due_at),
        days_late=found.days_late,
        default_at=at(found.default_at),
        default_due=found.default_due,
    )


HANDLERS = (show_waiting, list_overdue)
