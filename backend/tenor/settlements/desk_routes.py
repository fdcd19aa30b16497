"""The settlement desk over HTTP: evidence, records of payments and their second person. Decides nothing."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_202_ACCEPTED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.routes import TransactionView, view
from tenor.documents.hygiene import SIZE_BYTES_MAX
from tenor.documents.refusals import FileTooLarge
from tenor.edge.paging import After, Limit, Page, cursor, id_of, page
from tenor.investments.routes import Amount, ChainId
from tenor.invoices.wire import amount
from tenor.kernel.actor import Actor
from tenor.settlements import evidence, records, worklist_routes
from tenor.settlements.models import Evidence
from tenor.settlements.records import Record
from tenor.world import World

_FORM_BYTES = 16_384
"""What multipart adds around the file."""
Words = Annotated[str, msgspec.Meta(max_length=records.NOTE_CHARACTERS_MAX)]


class EvidenceUpload(msgspec.Struct):
    """One file: PDF, JPEG, PNG, TIFF or XML, at most 10 MB."""

    file: UploadFile


class EvidenceView(msgspec.Struct, kw_only=True):
    id: UUID
    file_name: str
    kind: str
    size_bytes: int
    sha256: str
    scan: str
    created_at: datetime


class SettlementRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A payment that came in outside the ledger; `evidence_id` from POST /v1/evidence."""

    chain_id: ChainId
    amount: Amount
    evidence_id: UUID
    note: Words


class DecisionRequest(msgspec.Struct, forbid_unknown_fields=True):
    reason: Words


class SettlementView(msgspec.Struct, kw_only=True):
    """`status`: proposed, declined, ordered, failed, or recorded, which the ledger alone says."""

    id: UUID
    chain_id: str
    status: str
    amount: str
    asset: str
    payment_id: str
    note: str
    evidence: EvidenceView
    proposer_id: UUID
    proposed_at: datetime
    approver_id: UUID | None
    decided_at: datetime | None
    reason: str | None
    transaction: TransactionView | None


@post("/evidence", status_code=HTTP_201_CREATED, request_max_body_size=SIZE_BYTES_MAX + _FORM_BYTES)
async def keep_evidence(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: MultipartBody[EvidenceUpload],
) -> EvidenceView:
    """Operators: a file that shows a payment. It is scanned, sealed and pinned; the same file twice is one."""
    content = await data.file.read(SIZE_BYTES_MAX + 1)
    if len(content) > SIZE_BYTES_MAX:
        raise FileTooLarge(f"The file has more than {SIZE_BYTES_MAX:,} bytes.")
    return _evidence(await evidence.keep(session, world, actor, name=data.file.filename, data=content))


@get("/evidence/{evidence_id:uuid}", media_type="application/octet-stream")
async def read_evidence(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    evidence_id: FromPath[UUID],
) -> Response[bytes]:
    """The file in the clear, for the platform's people; always as a download."""
    found, clear = await evidence.opened(session, world, actor, evidence_id)
    name = f"evidence-{found.id}.{found.file_kind}"
    return Response(
        clear,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@post("/settlements", status_code=HTTP_201_CREATED)
async def propose(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[SettlementRequest],
) -> SettlementView:
    """Operators: record that a payment came in. It moves nothing before somebody else approves."""
    row = await records.propose(
        session,
        world,
        actor,
        chain_id=data.chain_id,
        amount=data.amount,
        evidence_id=data.evidence_id,
        note=data.note,
    )
    return _settlement(await records.record(session, actor, row.id), world)


@get("/settlements")
async def list_settlements(
    request: Request[Any, Any, Any],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromQuery[str | None] = None,
    after: After = None,
    limit: Limit = 50,
) -> Response[Page[SettlementView]]:
    """For the platform's people, newest first."""
    found = await records.records(session, actor, chain_id=chain_id, after=id_of(after), limit=limit + 1)
    items = [_settlement(each, world) for each in found[:limit]]
    return page(request, items, cursor(str(items[-1].id)) if len(found) > limit else None)


@get("/settlements/{settlement_id:uuid}")
async def show_settlement(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    settlement_id: FromPath[UUID],
) -> SettlementView:
    """One record, with its evidence and what became of it on the ledger."""
    return _settlement(await records.record(session, actor, settlement_id), world)


@post("/settlements/{settlement_id:uuid}/approval", status_code=HTTP_200_OK)
async def approve(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    settlement_id: FromPath[UUID],
    data: JSONBody[DecisionRequest],
) -> Response[SettlementView]:
    """Another person than the proposer has read the evidence: the payment is sent to the ledger."""
    return _woken(await records.approve(session, world, actor, settlement_id, reason=data.reason), world)


@post("/settlements/{settlement_id:uuid}/refusal", status_code=HTTP_200_OK)
async def decline(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    settlement_id: FromPath[UUID],
    data: JSONBody[DecisionRequest],
) -> SettlementView:
    """Another person than the proposer does not believe it: nothing is ever sent."""
    return _settlement(await records.decline(session, world, actor, settlement_id, reason=data.reason), world)


@post("/settlements/{settlement_id:uuid}/retry", status_code=HTTP_202_ACCEPTED)
async def retry(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    settlement_id: FromPath[UUID],
) -> Response[SettlementView]:
    """Send an approved settlement again whose transaction failed; the contract takes each payment once."""
    return _woken(await records.retry(session, world, actor, settlement_id), world)


def _woken(found: Record, world: World) -> Response[SettlementView]:
    """An order wakes the submit job after the commit (P76)."""
    row = found.transaction
    wakes = None if row is None else BackgroundTask(world.nudger.nudge, "submit", str(row.id))
    return Response(_settlement(found, world), background=wakes)


def _evidence(row: Evidence) -> EvidenceView:
    return EvidenceView(
        id=row.id,
        file_name=row.file_name,
        kind=row.file_kind,
        size_bytes=row.size_bytes,
        sha256=row.sha256.hex(),
        scan=row.scan_verdict,
        created_at=row.created_at,
    )


def _settlement(found: Record, world: World) -> SettlementView:
    row, asset = found.row, world.deployment.asset(found.row.asset)
    return SettlementView(
        id=row.id,
        chain_id=row.chain_id,
        status=found.status,
        amount=amount(row.amount_units, asset),
        asset=asset.code,
        payment_id=row.payment_id,
        note=row.note,
        evidence=_evidence(found.evidence),
        proposer_id=row.proposer_id,
        proposed_at=row.proposed_at,
        approver_id=row.approver_id,
        decided_at=row.decided_at,
        reason=row.reason,
        transaction=None if found.transaction is None else view(found.transaction, world),
    )


router = Router(
    "/",
    route_handlers=[
        *worklist_routes.HANDLERS,
        keep_evidence,
        read_evidence,
        propose,
        list_settlements,
        show_settlement,
        approve,
        decline,
        retry,
    ],
    tags=["settlements"],
)
