"""Disputes: raised by the debtor or for him, ruled on by the platform, lapsing by themselves. Moves no money."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.investments.flows import asset_of, ordered
from tenor.invoices.escrows import EscrowNotFound, escrow_of, now_indexed
from tenor.invoices.models import Debtor, Escrow, Invoice
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Invalid, NotAllowed, NotFound
from tenor.kernel.ids import new_id
from tenor.kernel.money import parse_units, to_decimal
from tenor.ledger import calls
from tenor.settlements import rules
from tenor.settlements.evidence import evidence_of
from tenor.settlements.models import Dispute, Objection, Ruling
from tenor.world import World

REASON_CHARACTERS_MAX = 2_000
LISTED_MAX = 200
Standing = Literal["open", "lapsed", "rejected", "upheld"]


class DisputeUnknown(NotFound):
    pass


class NotTheDebtor(NotAllowed):
    pass


class ReasonInvalid(Invalid):
    pass


class RulerIsClaimant(NotAllowed):
    """Whoever wrote the dispute down for the debtor does not decide it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A dispute with what only we know of it: its reason, and the ruling. `at`: time of the newest projected ledger."""

    dispute: Dispute
    escrow: Escrow
    objection: Objection | None
    ruling: Ruling | None
    invoice: Invoice | None
    debtor: Debtor | None
    at: int

    @property
    def status(self) -> Standing:
        if self.dispute.resolved_at is not None:
            return "upheld" if self.dispute.upheld else "rejected"
        return "lapsed" if self.at >= self.dispute.lapses_at else "open"


async def draft(session: AsyncSession, world: World, actor: Actor, *, chain_id: str, reason: str) -> ChainTransaction:
    """`open_dispute` for the debtor's wallet. The reason stays with us; the ledger has its salted hash."""
    escrow = await escrow_of(session, chain_id)
    if actor.address != escrow.debtor:
        raise NotTheDebtor("Only the customer who owes this invoice can dispute it.")
    text, at = _checked(reason), (await world.ledger.tip()).closed_at
    rules.check_dispute(status=escrow.status, dispute_until=escrow.dispute_until, at=at)
    salt = secrets.token_bytes(32)
    row = await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="open_dispute",
        purpose_key=f"open_dispute:{new_id()}",
        subject=chain_id,
        call=calls.open_dispute(world.deployment.escrow, chain_id, by=actor.address, reason=hash_of(salt, text)),
        account_id=actor.account_id,
    )
    _keep(session, world, actor, chain_id=chain_id, salt=salt, reason=text, evidence_id=None)
    return row


async def order(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, reason: str, evidence_id: UUID
) -> ChainTransaction:
    """`open_dispute` by the operator for a debtor who wrote or called; the evidence shows that he did (a credit note
    of the seller's, a letter). Somebody else has to rule on it.
    """
    actor.require(Role.OPERATOR, Role.ADMIN)
    escrow, text = await escrow_of(session, chain_id), _checked(reason)
    evidence = await evidence_of(session, actor, evidence_id)
    at = (await world.ledger.tip()).closed_at
    rules.check_dispute(status=escrow.status, dispute_until=escrow.dispute_until, at=at)
    salt = secrets.token_bytes(32)
    by, digest = world.signer.address("operator"), hash_of(salt, text)
    _keep(session, world, actor, chain_id=chain_id, salt=salt, reason=text, evidence_id=evidence.id)
    return await chain.order(
        session,
        role="operator",
        purpose="open_dispute",
        purpose_key=f"open_dispute:{digest}",
        subject=chain_id,
        call=calls.open_dispute(world.deployment.escrow, chain_id, by=by, reason=digest),
    )


async def rule(
    session: AsyncSession, world: World, actor: Actor, dispute_id: str, *, reduction: str | None, reason: str
) -> ChainTransaction:
    """`resolve_dispute` with the resolver's key: rejected without a reduction, else the debtor owes so much less."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    found = await _cases(session, Dispute.event_id == dispute_id, limit=1)
    if not found:
        raise DisputeUnknown(f"There is no dispute {dispute_id[:40]}.")
    case = found[0]
    if case.objection is not None and case.objection.address == actor.address:
        raise RulerIsClaimant("You wrote this dispute down; somebody else must decide it.")
    text, asset = _checked(reason), asset_of(world, case.escrow.asset)
    units = None if reduction is None else parse_units(reduction, asset.decimals)
    rest = case.escrow.face_units - case.escrow.received_units
    rules.check_ruling(
        lapses_at=case.dispute.lapses_at,
        is_resolved=case.dispute.resolved_at is not None,
        reduction_units=units,
        rest=to_decimal(rest, asset.decimals),
        most=rest,
        at=(await world.ledger.tip()).closed_at,
    )
    said = {
        "reduction_units": units,
        "reason": text,
        "account_id": actor.account_id,
        "address": actor.address,
        "decided_at": _now(world),
    }
    kept = insert(Ruling).values(dispute_event_id=dispute_id, **said)
    await session.execute(kept.on_conflict_do_update(index_elements=["dispute_event_id"], set_=said))
    return await ordered(
        session,
        role="resolver",
        purpose="resolve_dispute",
        purpose_key=f"resolve_dispute:{dispute_id}:{units}",
        subject=case.escrow.chain_id,
        call=calls.resolve_dispute(world.deployment.escrow, case.escrow.chain_id, reduction_units=units),
    )


async def of_invoice(session: AsyncSession, actor: Actor, chain_id: str) -> list[Case]:
    """Newest first, for the parties and the platform's people; strangers and holders get `EscrowNotFound`."""
    escrow = await escrow_of(session, chain_id)
    if actor.address not in {escrow.seller, escrow.debtor} and not actor.has(Role.OPERATOR, Role.ADMIN):
        raise EscrowNotFound(f"There is no invoice {chain_id[:64]} of yours.")
    return await _cases(session, Dispute.chain_id == chain_id, limit=LISTED_MAX)


async def unresolved(session: AsyncSession, actor: Actor) -> list[Case]:
    """Open ones first to lapse, for the platform's people; then those that ended, newest first."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    found = await _cases(session, Dispute.event_id != "", limit=LISTED_MAX)
    waiting = sorted((case for case in found if case.status == "open"), key=lambda case: case.dispute.lapses_at)
    return [*waiting, *(case for case in found if case.status != "open")]


def hash_of(salt: bytes, reason: str) -> str:
    """What the ledger keeps of a reason: nobody can guess it, and whoever is told both can check it."""
    return hashlib.sha256(salt + reason.encode()).hexdigest()


async def _cases(session: AsyncSession, where: Any, *, limit: int) -> list[Case]:
    query = (
        select(Dispute, Escrow, Objection, Ruling, Invoice, Debtor)
        .join(Escrow, Escrow.chain_id == Dispute.chain_id)
        .outerjoin(
            Objection, and_(Objection.reason_hash == Dispute.reason_hash, Objection.chain_id == Dispute.chain_id)
        )
        .outerjoin(Ruling, Ruling.dispute_event_id == Dispute.event_id)
        .outerjoin(Invoice, Invoice.chain_id == Dispute.chain_id)
        .outerjoin(Debtor, Debtor.debtor_key == Escrow.debtor_key)
        .where(where)
        .order_by(Dispute.event_id.desc())
        .limit(limit)
    )
    rows: Sequence[Any] = (await session.execute(query)).all()
    at = await now_indexed(session)
    return [Case(row[0], row[1], row[2], row[3], row[4], row[5], at) for row in rows]


def _keep(
    session: AsyncSession,
    world: World,
    actor: Actor,
    *,
    chain_id: str,
    salt: bytes,
    reason: str,
    evidence_id: UUID | None,
) -> None:
    session.add(
        Objection(
            reason_hash=hash_of(salt, reason),
            chain_id=chain_id,
            salt=salt,
            reason=reason,
            account_id=actor.account_id,
            address=actor.address,
            evidence_id=evidence_id,
            created_at=_now(world),
        )
    )


def _checked(reason: str) -> str:
    text = reason.strip()
    if not text or len(text) > REASON_CHARACTERS_MAX:
        raise ReasonInvalid(
            f"Write why, in at most {REASON_CHARACTERS_MAX} characters; it is kept.",
            fields={"reason": "missing or long"},
        )
    return text


def _now(world: World) -> datetime:
    return datetime.fromtimestamp(world.clock.now(), UTC)
