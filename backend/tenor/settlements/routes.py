"""Payments, defaults, debts and statements over HTTP. Decides nothing."""

from datetime import datetime

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED, HTTP_202_ACCEPTED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.routes import TransactionView, view
from tenor.edge.spreadsheet import download
from tenor.investments.routes import Address, Amount, sent
from tenor.invoices.wire import amount, at
from tenor.kernel.actor import Actor
from tenor.kernel.errors import Invalid
from tenor.settlements import flows, statements
from tenor.settlements.models import Owed
from tenor.settlements.statements import Line, Statement
from tenor.world import World

_CSV_COLUMNS = ("at", "what", "direction", "amount", "asset", "party", "ledger", "tx_hash", "event_id")


class PaymentAmbiguous(Invalid):
    pass


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


class ReductionView(msgspec.Struct, kw_only=True):
    """The debtor owes `amount` less; `shortfall`: how far the face is below the claim then, which the seller owes."""

    amount: str
    face_after: str
    shortfall: str
    ledger: int
    at: datetime
    tx_hash: str


class StatementView(msgspec.Struct, kw_only=True):
    """`recourse_due`: what the seller may bring in now for the holders."""

    chain_id: str
    asset: str
    status: str
    face: str
    received: str
    outstanding: str
    holders_gross: str
    fee_taken: str
    lines: list[LineView]
    reductions: list[ReductionView]
    recourse_due: str
    recourse_paid: str
    totals: TotalsView


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


class RecourseRequest(msgspec.Struct, forbid_unknown_fields=True):
    amount: Amount


@post("/invoices/{chain_id:str}/recourse", status_code=HTTP_201_CREATED)
async def bring_in(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromPath[str],
    data: JSONBody[RecourseRequest],
) -> TransactionView:
    """The seller's: what he owes the holders, for his wallet to sign. All of it is theirs, after the fee."""
    return view(await flows.draft_recourse(session, world, actor, chain_id=chain_id, amount=data.amount), world)


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


@get("/invoices/{chain_id:str}/statement.csv", media_type="text/csv")
async def export_statement(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    chain_id: FromPath[str],
) -> Response[str]:
    """The statement's lines for a spreadsheet, in the ledger's order."""
    found = _statement(await statements.statement(session, actor, chain_id), world)
    rows = [
        (
            *(f"{each.at:%Y-%m-%dT%H:%M:%SZ}", each.what, each.direction, each.amount, found.asset),
            *(each.party, str(each.ledger), each.tx_hash, each.event_id),
        )
        for each in found.lines
    ]
    return download(f"statement-{found.chain_id[:16]}.csv", _CSV_COLUMNS, rows)


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
        reductions=[
            ReductionView(
                amount=amount(each.reduction_units, asset),
                face_after=amount(each.face_after_units, asset),
                shortfall=amount(each.shortfall_units, asset),
                ledger=each.ledger,
                at=at(each.closed_at),
                tx_hash=each.tx_hash,
            )
            for each in found.reductions
        ],
        recourse_due=amount(found.recourse_due_units, asset),
        recourse_paid=amount(escrow.recourse_paid_units, asset),
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
        pay,
        bring_in,
        declare_default,
        show_statement,
        export_statement,
        list_owed,
        withdraw,
    ],
    tags=["settlements"],
)
