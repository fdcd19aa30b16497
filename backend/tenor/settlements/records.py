"""Operators' records of payments from outside the ledger: evidence, four eyes, then an order. Moves no money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import ChainTransaction
from tenor.investments.flows import asset_of, ordered, parties_of
from tenor.invoices.escrows import escrow_of
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Invalid, NotFound
from tenor.kernel.ids import new_id
from tenor.kernel.money import parse_units
from tenor.kernel.state import MoveRefused
from tenor.ledger import calls
from tenor.ledger.footprint import for_payment
from tenor.notices.flows import notify
from tenor.settlements import rules
from tenor.settlements.evidence import evidence_of
from tenor.settlements.flows import payable_of
from tenor.settlements.models import Evidence, Payment, PaymentRecord
from tenor.settlements.rules import RECORD
from tenor.world import World

NOTE_CHARACTERS_MAX = 500
PURPOSE = "record_payment"


class SettlementUnknown(NotFound):
    pass


class NoteInvalid(Invalid):
    pass


@dataclass(frozen=True, slots=True)
class Record:
    """An operator's record as people see it. `transaction`: its order, once approved; `payment`: the ledger's word."""

    row: PaymentRecord
    evidence: Evidence
    transaction: ChainTransaction | None
    payment: Payment | None

    @property
    def status(self) -> str:
        transaction = None if self.transaction is None else self.transaction.status
        return rules.shown_status(self.row.status, transaction=transaction, recorded=self.payment is not None)


async def propose(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, amount: str, evidence_id: UUID, note: str
) -> PaymentRecord:
    """A record that a payment came in outside the ledger. It moves nothing before somebody else approves (P38)."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    _check_text(note, "note")
    evidence = await evidence_of(session, actor, evidence_id)
    escrow = await escrow_of(session, chain_id)
    asset = asset_of(world, escrow.asset)
    units = parse_units(amount, asset.decimals)
    rules.check_payment(payable_of(escrow), units, asset.decimals)
    identity = new_id()
    row = PaymentRecord(
        id=identity,
        chain_id=chain_id,
        amount_units=units,
        asset=escrow.asset,
        payment_id=rules.payment_id(identity).hex(),
        evidence_id=evidence.id,
        note=note.strip(),
        status=RECORD.start,
        proposer_id=actor.account_id,
        proposer_address=actor.address,
        proposed_at=_now(world),
    )
    session.add(row)
    await session.flush()
    return row


async def approve(session: AsyncSession, world: World, actor: Actor, settlement_id: UUID, *, reason: str) -> Record:
    """A second person's yes. It orders `record_payment`, whose payment id makes every retry safe."""
    row = await _record(session, actor, settlement_id)
    escrow = await escrow_of(session, row.chain_id)
    rules.check_approver(proposer=row.proposer_address, approver=actor.address)
    rules.check_payment(payable_of(escrow), row.amount_units, asset_of(world, escrow.asset).decimals)
    payer = world.signer.address("operator")
    await _decide(session, world, actor, row, event="be_approved", reason=reason, payer=payer)
    await _order(session, world, row)
    return await record(session, actor, settlement_id)


async def decline(session: AsyncSession, world: World, actor: Actor, settlement_id: UUID, *, reason: str) -> Record:
    """A second person's no; it is final."""
    row = await _record(session, actor, settlement_id)
    rules.check_approver(proposer=row.proposer_address, approver=actor.address)
    await _decide(session, world, actor, row, event="be_declined", reason=reason, payer=None)
    return await record(session, actor, settlement_id)


async def retry(session: AsyncSession, world: World, actor: Actor, settlement_id: UUID) -> Record:
    """Send an approved record again whose transaction failed. The contract refuses a second payment of the same id."""
    row = await _record(session, actor, settlement_id)
    if row.status != "ordered":
        raise MoveRefused(f"Settlement {settlement_id} is {row.status}; only an approved one is sent.")
    await _order(session, world, row)
    return await record(session, actor, settlement_id)


async def record(session: AsyncSession, actor: Actor, settlement_id: UUID) -> Record:
    actor.require(Role.OPERATOR, Role.ADMIN)
    found = await _records(session, PaymentRecord.id == settlement_id, limit=1)
    if not found:
        raise SettlementUnknown(f"There is no settlement {settlement_id}.")
    return found[0]


async def records(
    session: AsyncSession, actor: Actor, *, chain_id: str | None, after: UUID | None, limit: int
) -> Sequence[Record]:
    """For the platform's people, newest first."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    conditions = []
    if chain_id is not None:
        conditions.append(PaymentRecord.chain_id == chain_id)
    if after is not None:
        conditions.append(PaymentRecord.id < after)
    return await _records(session, *conditions, limit=limit)


async def on_record_finished(session: AsyncSession, transaction: ChainTransaction) -> None:
    """The ledger refused an approved payment: both people hear why. Success comes as an event."""
    if transaction.status != "failed" or transaction.role is None:
        return
    row = await session.get(PaymentRecord, UUID(transaction.purpose_key.removeprefix(f"{PURPOSE}:")))
    assert row is not None, "every order of this purpose is made from a record"
    for account_id in (row.proposer_id, row.approver_id):
        assert account_id is not None, "only what was approved is ordered"
        await notify(
            session,
            account_id=account_id,
            key=f"settlement_failed:{row.id}:{transaction.hash}:{account_id}",
            kind="settlement_failed",
            subject=str(row.id),
            title="An approved settlement was refused",
            body=f"{transaction.error_sentence} Nothing was moved; put this right, then send it again.",
        )


async def _order(session: AsyncSession, world: World, row: PaymentRecord) -> ChainTransaction:
    escrow = await escrow_of(session, row.chain_id)
    assert row.payer is not None, "set by the approval"
    key = calls.payment_key(row.chain_id, row.payer, row.payment_id)
    return await ordered(
        session,
        role="operator",
        purpose=PURPOSE,
        purpose_key=f"{PURPOSE}:{row.id}",
        subject=row.chain_id,
        call=calls.record_payment(
            world.deployment.escrow, row.chain_id, payer=row.payer, units=row.amount_units, payment_id=row.payment_id
        ),
        extra=for_payment(parties_of(world, escrow, caller=row.payer), payment_key=key),
    )


async def _records(session: AsyncSession, *conditions: ColumnElement[bool], limit: int) -> list[Record]:
    rows = await session.execute(
        select(PaymentRecord, Evidence, ChainTransaction, Payment)
        .join(Evidence, Evidence.id == PaymentRecord.evidence_id)
        .outerjoin(
            ChainTransaction, ChainTransaction.purpose_key == literal(f"{PURPOSE}:") + cast(PaymentRecord.id, Text)
        )
        .outerjoin(
            Payment,
            and_(
                Payment.chain_id == PaymentRecord.chain_id,
                Payment.payer == PaymentRecord.payer,
                Payment.payment_id == PaymentRecord.payment_id,
            ),
        )
        .where(*conditions)
        .order_by(PaymentRecord.id.desc())
        .limit(limit)
    )
    return [Record(*row) for row in rows]


async def _record(session: AsyncSession, actor: Actor, settlement_id: UUID) -> PaymentRecord:
    actor.require(Role.OPERATOR, Role.ADMIN)
    row = await session.get(PaymentRecord, settlement_id)
    if row is None:
        raise SettlementUnknown(f"There is no settlement {settlement_id}.")
    return row


async def _decide(
    session: AsyncSession, world: World, actor: Actor, row: PaymentRecord, *, event: str, reason: str, payer: str | None
) -> None:
    """Compare-and-set: of two deciders at one moment, one finds it decided."""
    _check_text(reason, "reason")
    changed = await session.scalar(
        update(PaymentRecord)
        .where(PaymentRecord.id == row.id, PaymentRecord.status.in_(RECORD.sources(event)))
        .values(
            status=RECORD.moves[event][1],
            approver_id=actor.account_id,
            decided_at=_now(world),
            reason=reason.strip(),
            payer=payer,
        )
        .returning(PaymentRecord.id)
    )
    if changed is None:
        raise MoveRefused(f"Settlement {row.id} has been decided already.")
    await session.refresh(row)


def _check_text(text: str, field: str) -> None:
    if not text.strip() or len(text) > NOTE_CHARACTERS_MAX:
        raise NoteInvalid(
            f"Write a {field} of at most {NOTE_CHARACTERS_MAX} characters; it is kept.",
            fields={field: "missing or long"},
        )


def _now(world: World) -> datetime:
    return datetime.fromtimestamp(world.clock.now(), UTC)
