"""Payments by the debtor's own signature, and what anyone may set in motion: default, withdrawal. Moves no money."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.investments.flows import asset_of, ordered, parties_of
from tenor.invoices import pricing
from tenor.invoices.escrows import books_of, deal_of, escrow_of
from tenor.invoices.models import Escrow
from tenor.kernel.actor import Actor
from tenor.kernel.ids import new_id
from tenor.kernel.money import parse_units
from tenor.ledger import calls
from tenor.ledger.footprint import for_payment
from tenor.settlements import rules
from tenor.settlements.models import Owed
from tenor.settlements.rules import Payable
from tenor.world import World


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


async def draft_recourse(
    session: AsyncSession, world: World, actor: Actor, *, chain_id: str, amount: str
) -> ChainTransaction:
    """`pay_recourse` for the seller's wallet: what the holders are owed by him; all of it is for them."""
    escrow = await escrow_of(session, chain_id)
    if actor.address != escrow.seller:
        raise rules.NotTheSeller("Only the seller of this invoice answers for it.")
    asset = asset_of(world, escrow.asset)
    units, at = parse_units(amount, asset.decimals), (await world.ledger.tip()).closed_at
    rules.check_recourse(units, due_units=recourse_due_of(escrow, at=at), decimals=asset.decimals)
    call = calls.pay_recourse(
        world.deployment.escrow, chain_id, payer=actor.address, units=units, payment_id=_wallet_payment_id()
    )
    return await _draft(session, world, actor, escrow, call)


def recourse_due_of(escrow: Escrow, *, at: int) -> int:
    """Units that the seller may bring in at ledger time `at` (escrow `recourse_due`); 0 where nothing is owed."""
    if escrow.status not in {"funded", "defaulted"}:
        return 0
    books = books_of(escrow)
    whole = escrow.recourse and escrow.status == "defaulted"
    return pricing.recourse_due(deal_of(escrow), books, whole=whole, at=max(at, books.checkpoint_at))


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


def _wallet_payment_id() -> str:
    """A payment of a wallet is named anew each time it is drafted: only the signed one ever exists."""
    return hashlib.sha256(b"tenor wallet payment " + new_id().bytes).hexdigest()
