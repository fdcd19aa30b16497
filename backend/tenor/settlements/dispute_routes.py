"""Disputes over HTTP: raised by the debtor or for him, read by the parties, ruled on. Decides nothing."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED, HTTP_202_ACCEPTED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.routes import TransactionView, view
from tenor.investments.routes import Amount, sent
from tenor.invoices.wire import amount, at
from tenor.kernel.actor import Actor
from tenor.settlements import disputes
from tenor.settlements.disputes import Case
from tenor.world import World

Words = Annotated[str, msgspec.Meta(max_length=disputes.REASON_CHARACTERS_MAX)]


class DisputeRequest(msgspec.Struct, forbid_unknown_fields=True):
    reason: Words


class ReportedDisputeRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`evidence_id` from POST /v1/evidence: what the debtor wrote, or the seller's credit note."""

    reason: Words
    evidence_id: UUID


class RulingRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`reduction`: what the debtor owes less; null rejects the dispute."""

    reason: Words
    reduction: Amount | None = None


class DisputeView(msgspec.Struct, kw_only=True):
    """`status`: open, lapsed, rejected or upheld, as the ledger says. `reason` is null where it was not raised here.
    `ruling`: the platform's reason, once it has decided. `reported`: written down for the debtor.
    """

    id: str
    chain_id: str
    invoice_id: UUID | None
    number: str | None
    debtor: str | None
    status: str
    reported: bool
    evidence_id: UUID | None
    reason: str | None
    opened_at: datetime
    lapses_at: datetime
    resolved_at: datetime | None
    ruling: str | None
    reduction: str | None
    outstanding: str
    face: str
    asset: str
    ledger: int
    tx_hash: str


@post("/invoices/{chain_id:str}/disputes", status_code=HTTP_201_CREATED)
async def raise_dispute(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromPath[str],
    data: JSONBody[DisputeRequest],
) -> TransactionView:
    """The debtor's, for his wallet to sign. It stops the late clock and a default, and lapses by itself."""
    return view(await disputes.draft(session, world, actor, chain_id=chain_id, reason=data.reason), world)


@post("/invoices/{chain_id:str}/disputes/reported", status_code=HTTP_202_ACCEPTED)
async def report_dispute(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromPath[str],
    data: JSONBody[ReportedDisputeRequest],
) -> Response[TransactionView]:
    """Operators: for a debtor who wrote or called, or a credit note of the seller's; somebody else rules on it."""
    row = await disputes.order(
        session, world, actor, chain_id=chain_id, reason=data.reason, evidence_id=data.evidence_id
    )
    return sent(row, world)


@get("/invoices/{chain_id:str}/disputes")
async def list_disputes(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromPath[str],
) -> list[DisputeView]:
    """For the seller, the debtor and the platform's people, newest first."""
    return [_view(case, world) for case in await disputes.of_invoice(session, actor, chain_id)]


@get("/desk/disputes")
async def list_all_disputes(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[DisputeView]:
    """Operators and admins: open ones first, the next to lapse at the top."""
    return [_view(case, world) for case in await disputes.unresolved(session, actor)]


@post("/desk/disputes/{dispute_id:str}/ruling", status_code=HTTP_202_ACCEPTED)
async def rule_on_dispute(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    dispute_id: FromPath[str],
    data: JSONBody[RulingRequest],
) -> Response[TransactionView]:
    """Operators and admins, but not who wrote it down: rejected, or upheld with what the debtor owes less."""
    row = await disputes.rule(session, world, actor, dispute_id, reduction=data.reduction, reason=data.reason)
    return sent(row, world)


def _view(case: Case, world: World) -> DisputeView:
    dispute, escrow, ruling = case.dispute, case.escrow, case.ruling
    asset = world.deployment.asset(escrow.asset)
    reduction = None if ruling is None or ruling.reduction_units is None else amount(ruling.reduction_units, asset)
    return DisputeView(
        id=dispute.event_id,
        chain_id=dispute.chain_id,
        invoice_id=None if case.invoice is None else case.invoice.id,
        number=None if case.invoice is None else (case.invoice.confirmed or {}).get("number"),
        debtor=None if case.debtor is None else case.debtor.name,
        status=case.status,
        reported=dispute.by != escrow.debtor,
        evidence_id=None if case.objection is None else case.objection.evidence_id,
        reason=None if case.objection is None else case.objection.reason,
        opened_at=at(dispute.opened_at),
        lapses_at=at(dispute.lapses_at),
        resolved_at=None if dispute.resolved_at is None else at(dispute.resolved_at),
        ruling=None if ruling is None else ruling.reason,
        reduction=reduction,
        outstanding=amount(escrow.face_units - escrow.received_units, asset),
        face=amount(escrow.face_units, asset),
        asset=asset.code,
        ledger=dispute.ledger,
        tx_hash=dispute.tx_hash,
    )


router = Router(
    "/",
    route_handlers=[raise_dispute, report_dispute, list_disputes, list_all_disputes, rule_on_dispute],
    tags=["disputes"],
)
