"""Settlements over HTTP: evidence, records, payments, defaults, debts, statements. Decides nothing."""

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
from tenor.investments.routes import Address, Amount, ChainId, sent
from tenor.invoices.wire import amount, at
from tenor.kernel.actor import Actor
from tenor.kernel.errors import Invalid
from tenor.settlements import flows, statements
from tenor.settlements.flows import Record
from tenor.settlements.models import Evidence, Owed
from tenor.settlements.statements import Line, Statement
from tenor.world import World

_FORM_BYTES = 16_384
"""What multipart adds around the file."""
Words = Annotated[str, msgspec.Meta(max_length=flows.NOTE_CHARACTERS_MAX)]


class PaymentAmbiguous(Invalid):
    pass


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


class PaymentRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Either `amount`, or `pay_off_max`: whatever makes the holders whole when it lands, at most this."""

    amount: Amount | None = None
    pay_off_max: Amount | None = None


class WithdrawalRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`asset`: the contract of the settlement asset."""

    owner: Address
    asset: Address


class OwedView(msgspec.Struct, kw_only=True):
    """What the escrow could not send to the caller, because the account could not take it."""

    chain_id: str | None
    amount: str
    asset: str
    asset_contract: str
    ledger: int
    at: datetime
    tx_hash: str


class LineView(msgspec.Struct, kw_only=True):
    """`direction`: in, out, or kept (shown as out by another line, but kept in the escrow for its owner)."""

    what: str
    direction: str
    amount: str
    party: str
    ledger: int
    at: datetime
    tx_hash: str
    event_id: str


class TotalsView(msgspec.Struct, kw_only=True):
    """`paid_in` = `paid_out` + `in_escrow` + `claimable` + `dust`, to the unit; else `differences` says where not."""

    paid_in: str
    paid_out: str
    in_escrow: str
    claimable: str
    dust: str
    agrees: bool
    differences: list[str]


class StatementView(msgspec.Struct, kw_only=True):
    chain_id: str
    asset: str
    status: str
    face: str
    received: str
    outstanding: str
    holders_gross: str
    fee_taken: str
    lines: list[LineView]
    totals: TotalsView


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
    return _evidence(await flows.keep_evidence(session, world, actor, name=data.file.filename, data=content))


@get("/evidence/{evidence_id:uuid}", media_type="application/octet-stream")
async def read_evidence(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    evidence_id: FromPath[UUID],
) -> Response[bytes]:
    """The file in the clear, for the platform's people; always as a download."""
    found, clear = await flows.open_evidence(session, world, actor, evidence_id)
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
    row = await flows.propose(
        session,
        world,
        actor,
        chain_id=data.chain_id,
        amount=data.amount,
        evidence_id=data.evidence_id,
        note=data.note,
    )
    return _settlement(await flows.record(session, actor, row.id), world)


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
    found = await flows.records(session, actor, chain_id=chain_id, after=id_of(after), limit=limit + 1)
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
    return _settlement(await flows.record(session, actor, settlement_id), world)


@post("/settlements/{settlement_id:uuid}/approval", status_code=HTTP_200_OK)
async def approve(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    settlement_id: FromPath[UUID],
    data: JSONBody[DecisionRequest],
) -> Response[SettlementView]:
    """Another person than the proposer has read the evidence: the payment is sent to the ledger."""
    return _woken(await flows.approve(session, world, actor, settlement_id, reason=data.reason), world)


@post("/settlements/{settlement_id:uuid}/refusal", status_code=HTTP_200_OK)
async def decline(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    settlement_id: FromPath[UUID],
    data: JSONBody[DecisionRequest],
) -> SettlementView:
    """Another person than the proposer does not believe it: nothing is ever sent."""
    return _settlement(await flows.decline(session, world, actor, settlement_id, reason=data.reason), world)


@post("/settlements/{settlement_id:uuid}/retry", status_code=HTTP_202_ACCEPTED)
async def retry(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    settlement_id: FromPath[UUID],
) -> Response[SettlementView]:
    """Send an approved settlement again whose transaction failed; the contract takes each payment once."""
    return _woken(await flows.retry(session, world, actor, settlement_id), world)


@post("/invoices/{chain_id:str}/payments", status_code=HTTP_201_CREATED)
async def pay(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromPath[str],
    data: JSONBody[PaymentRequest],
) -> TransactionView:
    """A payment for the debtor's or the seller's wallet to sign. Time moves the split, never the amount signed."""
    if data.amount is not None and data.pay_off_max is None:
        return view(await flows.draft_payment(session, world, actor, chain_id=chain_id, amount=data.amount), world)
    if data.pay_off_max is not None and data.amount is None:
        row = await flows.draft_payoff(session, world, actor, chain_id=chain_id, max_amount=data.pay_off_max)
        return view(row, world)
    raise PaymentAmbiguous("Say either `amount` or `pay_off_max`.", fields={"amount": "or pay_off_max"})


@post("/invoices/{chain_id:str}/default", status_code=HTTP_202_ACCEPTED)
async def declare_default(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],  # noqa: ARG001 - anybody who is logged in
    chain_id: FromPath[str],
) -> Response[TransactionView]:
    """Anybody, once the days of grace have passed: the platform sends it. It changes no number."""
    return sent(await flows.order_default(session, world, chain_id), world)


@get("/invoices/{chain_id:str}/statement")
async def show_statement(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromPath[str],
) -> StatementView:
    """Every unit in and out of one invoice, for its parties and holders; rebuilt from the ledger's events alone."""
    return _statement(await statements.statement(session, actor, chain_id), world)


@get("/owed")
async def list_owed(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[OwedView]:
    """What waits in the escrow for the caller."""
    return [_owed(row, world) for row in await flows.owed_to(session, actor.address)]


@post("/owed/withdrawals", status_code=HTTP_202_ACCEPTED)
async def withdraw(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],  # noqa: ARG001 - anybody who is logged in; only the owner is paid
    data: JSONBody[WithdrawalRequest],
) -> Response[TransactionView]:
    """Send what is owed to its owner, and to nobody else. The platform signs it."""
    return sent(await flows.order_withdrawal(session, world, owner=data.owner, asset=data.asset), world)


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


def _owed(row: Owed, world: World) -> OwedView:
    asset = world.deployment.asset(row.asset)
    return OwedView(
        chain_id=row.chain_id,
        amount=amount(row.units, asset),
        asset=asset.code,
        asset_contract=row.asset,
        ledger=row.ledger,
        at=at(row.closed_at),
        tx_hash=row.tx_hash,
    )


def _statement(found: Statement, world: World) -> StatementView:
    escrow, totals = found.escrow, found.totals
    asset = world.deployment.asset(escrow.asset)

    def line(each: Line) -> LineView:
        return LineView(
            what=each.what,
            direction=each.direction,
            amount=amount(each.units, asset),
            party=each.party,
            ledger=each.ledger,
            at=at(each.closed_at),
            tx_hash=each.tx_hash,
            event_id=each.event_id,
        )

    return StatementView(
        chain_id=escrow.chain_id,
        asset=asset.code,
        status=escrow.status,
        face=amount(escrow.face_units, asset),
        received=amount(escrow.received_units, asset),
        outstanding=amount(escrow.face_units - escrow.received_units, asset),
        holders_gross=amount(escrow.holders_gross_units, asset),
        fee_taken=amount(escrow.fee_taken_units, asset),
        lines=[line(each) for each in found.lines],
        totals=TotalsView(
            paid_in=amount(totals.in_units, asset),
            paid_out=amount(totals.out_units, asset),
            in_escrow=amount(totals.escrow_units, asset),
            claimable=amount(totals.claimable_units, asset),
            dust=amount(totals.dust_units, asset),
            agrees=totals.holds,
            differences=list(totals.differences),
        ),
    )


router = Router(
    "/",
    route_handlers=[
        keep_evidence,
        read_evidence,
        propose,
        list_settlements,
        show_settlement,
        approve,
        decline,
        retry,
        pay,
        declare_default,
        show_statement,
        list_owed,
        withdraw,
    ],
    tags=["settlements"],
)
