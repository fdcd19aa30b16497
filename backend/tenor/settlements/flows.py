"""Payments into invoices: recorded by operators with evidence and a second person, or drafted for the debtor's wallet.

Never moves money: approved records become orders, and what happened is what the ledger says.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.documents.hygiene import accept
from tenor.documents.vault import Sealed, open_sealed, seal
from tenor.investments.flows import asset_of, ordered, parties_of
from tenor.invoices.escrows import escrow_of
from tenor.invoices.models import Escrow
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Invalid, NotFound
from tenor.kernel.ids import new_id
from tenor.kernel.money import parse_units
from tenor.kernel.state import MoveRefused
from tenor.ledger import calls
from tenor.ledger.footprint import for_payment
from tenor.settlements import rules
from tenor.settlements.models import Evidence, Owed, Payment, PaymentRecord
from tenor.settlements.rules import RECORD, Payable
from tenor.world import World

NOTE_CHARACTERS_MAX = 500
PURPOSE = "record_payment"


class EvidenceUnknown(NotFound):
    pass


class EvidenceInfected(Invalid):
    pass


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


# --- evidence


async def keep_evidence(session: AsyncSession, world: World, actor: Actor, *, name: str, data: bytes) -> Evidence:
    """A file, sealed and pinned; the same file of the same person is the first one again (P110).

    Operators and admins. Refusals of `hygiene.accept`, `EvidenceInfected`.
    """
    actor.require(Role.OPERATOR, Role.ADMIN)
    digest = hashlib.sha256(data).digest()
    found = await _evidence_by_hash(session, actor, digest)
    if found is not None:
        return found
    kind, scanned = accept(data), await world.scanner.scan(data)
    if scanned.verdict == "infected":
        raise EvidenceInfected(f"The file is infected ({scanned.detail}); it was not kept.")
    identity = new_id()
    sealed = seal(data, document_id=str(identity), platform_key=world.secrets.vault_key)
    cid = await world.documents.put(sealed.envelope)
    await session.execute(
        insert(Evidence)
        .values(
            id=identity,
            account_id=actor.account_id,
            file_name=name[:200],
            file_kind=kind,
            size_bytes=len(data),
            sha256=digest,
            scan_verdict=scanned.verdict,
            sealed_cid=cid,
            wrapped_key=sealed.wrapped_key,
            created_at=_now(world),
        )
        .on_conflict_do_nothing(index_elements=["account_id", "sha256"])
    )
    kept = await _evidence_by_hash(session, actor, digest)
    assert kept is not None
    return kept


async def open_evidence(session: AsyncSession, world: World, actor: Actor, evidence_id: UUID) -> tuple[Evidence, bytes]:
    """The file in the clear, for the platform's people: whoever approves has to read it."""
    found = await _evidence(session, actor, evidence_id)
    envelope = await world.documents.get(found.sealed_cid)
    clear = open_sealed(
        Sealed(envelope, found.wrapped_key), document_id=str(found.id), platform_key=world.secrets.vault_key
    )
    return found, clear


# --- the operator's record, four eyes


async def propose(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, amount: str, evidence_id: UUID, note: str
) -> PaymentRecord:
    """A record that a payment came in outside the ledger. It moves nothing before somebody else approves (P38)."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    _check_text(note, "note")
    evidence = await _evidence(session, actor, evidence_id)
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
        proposed_at=_now(world),
    )
    session.add(row)
    await session.flush()
    return row


async def approve(session: AsyncSession, world: World, actor: Actor, settlement_id: UUID, *, reason: str) -> Record:
    """A second person's yes. It orders `record_payment`, whose payment id makes every retry safe."""
    row = await _record(session, actor, settlement_id)
    escrow = await escrow_of(session, row.chain_id)
    rules.check_approver(proposer=row.proposer_id, approver=actor.account_id)
    rules.check_payment(payable_of(escrow), row.amount_units, asset_of(world, escrow.asset).decimals)
    payer = world.signer.address("operator")
    await _decide(session, world, actor, row, event="be_approved", reason=reason, payer=payer)
    await _order(session, world, row)
    return await record(session, actor, settlement_id)


async def decline(session: AsyncSession, world: World, actor: Actor, settlement_id: UUID, *, reason: str) -> Record:
    """A second person's no; it is final."""
    row = await _record(session, actor, settlement_id)
    rules.check_approver(proposer=row.proposer_id, approver=actor.account_id)
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


# --- the debtor's and the seller's own signature


async def draft_payment(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, amount: str
) -> ChainTransaction:
    """`record_payment` for the debtor's or the seller's wallet: pays `amount`, split by the waterfall when it lands."""
    escrow = await _payers_escrow(session, actor, chain_id)
    asset = asset_of(world, escrow.asset)
    units = parse_units(amount, asset.decimals)
    rules.check_payment(payable_of(escrow), units, asset.decimals)
    call = calls.record_payment(
        world.deployment.escrow, chain_id, payer=actor.address, units=units, payment_id=_wallet_payment_id()
    )
    return await _draft(session, world, actor, escrow, call)


async def draft_payoff(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, max_amount: str
) -> ChainTransaction:
    """`pay_off`: what makes the holders whole when it lands, at most `max_amount`; the rest comes back in the call."""
    escrow = await _payers_escrow(session, actor, chain_id)
    asset = asset_of(world, escrow.asset)
    units = parse_units(max_amount, asset.decimals)
    rules.check_accepts_payments(payable_of(escrow))
    call = calls.pay_off(
        world.deployment.escrow, chain_id, payer=actor.address, max_units=units, payment_id=_wallet_payment_id()
    )
    return await _draft(session, world, actor, escrow, call)


# --- what anyone may set in motion


async def order_default(session: AsyncSession, world: World, chain_id: str) -> ChainTransaction:
    """`declare_default` once the days of grace have passed; it changes no number, and nobody has to authorise it."""
    escrow = await escrow_of(session, chain_id)
    at = (await world.ledger.tip()).closed_at
    rules.check_default(status=escrow.status, due_at=escrow.due_at, grace_days=escrow.grace_days, at=at)
    return await ordered(
        session,
        role="operator",
        purpose="declare_default",
        purpose_key=f"declare_default:{chain_id}",
        subject=chain_id,
        call=calls.declare_default(world.deployment.escrow, chain_id),
    )


async def owed_to(session: AsyncSession, owner: str) -> Sequence[Owed]:
    """What waits in the escrow for `owner`, oldest first."""
    query = select(Owed).where(Owed.owner == owner, Owed.paid_event_id.is_(None)).order_by(Owed.event_id)
    return (await session.scalars(query)).all()


async def order_withdrawal(session: AsyncSession, world: World, *, owner: str, asset: str) -> ChainTransaction:
    """`withdraw_owed`: sends everything owed to `owner` in one asset, to the owner only. Anyone may ask."""
    waiting = [row for row in await owed_to(session, owner) if row.asset == asset]
    if not waiting:
        raise rules.NothingOwed("Nothing is owed to this address in this asset; it may have been paid already.")
    return await ordered(
        session,
        role="operator",
        purpose="withdraw_owed",
        purpose_key=f"withdraw_owed:{owner}:{asset}:{waiting[0].event_id}",
        subject=owner,
        call=calls.withdraw_owed(world.deployment.escrow, owner=owner, asset=asset),
    )


def payable_of(escrow: Escrow) -> Payable:
    return Payable(
        status=escrow.status,
        face_units=escrow.face_units,
        received_units=escrow.received_units,
        min_payment_units=escrow.min_payment_units,
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


async def _draft(
    session: AsyncSession, world: World, actor: Actor, escrow: Escrow, call: calls.Invocation
) -> ChainTransaction:
    payment_id = call.args[-1].bytes
    assert payment_id is not None
    key = calls.payment_key(escrow.chain_id, actor.address, payment_id.sc_bytes.hex())
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose=call.function,
        purpose_key=f"{call.function}:{payment_id.sc_bytes.hex()}",
        subject=escrow.chain_id,
        call=call,
        account_id=actor.account_id,
        extra=for_payment(parties_of(world, escrow, caller=actor.address), payment_key=key),
    )


async def _payers_escrow(session: AsyncSession, actor: Actor, chain_id: str) -> Escrow:
    escrow = await escrow_of(session, chain_id)
    rules.check_payer(actor.address, debtor=escrow.debtor, seller=escrow.seller)
    return escrow


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


async def _evidence(session: AsyncSession, actor: Actor, evidence_id: UUID) -> Evidence:
    found = await session.get(Evidence, evidence_id) if actor.has(Role.OPERATOR, Role.ADMIN) else None
    if found is None:
        raise EvidenceUnknown(f"There is no evidence {evidence_id}.")
    return found


async def _evidence_by_hash(session: AsyncSession, actor: Actor, digest: bytes) -> Evidence | None:
    return await session.scalar(
        select(Evidence).where(Evidence.account_id == actor.account_id, Evidence.sha256 == digest)
    )


def _check_text(text: str, field: str) -> None:
    if not text.strip() or len(text) > NOTE_CHARACTERS_MAX:
        raise NoteInvalid(
            f"Write a {field} of at most {NOTE_CHARACTERS_MAX} characters; it is kept.",
            fields={field: "missing or long"},
        )


def _wallet_payment_id() -> str:
    """A payment of a wallet is named anew each time it is drafted: only the signed one ever exists."""
    return hashlib.sha256(b"tenor wallet payment " + new_id().bytes).hexdigest()


def _now(world: World) -> datetime:
    return datetime.fromtimestamp(world.clock.now(), UTC)
