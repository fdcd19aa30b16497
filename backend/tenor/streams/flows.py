"""Streams for wallets to sign, and settlements for the platform to send. Reads, decides, drafts; moves no money."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import scval

from tenor.chain import flows as chain
from tenor.chain.models import ChainTransaction
from tenor.investments.flows import ordered, parties_of
from tenor.invoices.escrows import escrow_of
from tenor.kernel.actor import Actor, Role
from tenor.kernel.ids import new_id
from tenor.kernel.money import parse_units
from tenor.ledger import calls, streams
from tenor.ledger.calls import Invocation
from tenor.ledger.footprint import NOTHING, Footprint, Settlement, balance_key, entry_key, for_payment
from tenor.ledger.streams import Flow, Plan, ToAccount, ToInvoice
from tenor.streams import rules
from tenor.streams.models import Stream, StreamOwed
from tenor.world import SettlementAsset, World

SETTLE = "settle_stream"
_PAGE_MAX = 100
_LINE_BYTES, _ENTRY_BYTES = 200, 400
"""A trustline read from disk; an entry written."""
_INSTRUCTIONS = 1_000_000
"""One payment to a person, or what waits instead: simulated while nothing has accrued, a call knows of neither. Three
times what the tests' ledger measures."""
_REFUNDABLE_STROOPS = 1_000_000
"""Rent of amounts that may be owed for the first time."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a payer asks for, as it came in: amounts are decimal strings of the asset."""

    asset: str
    recipient: str | None
    chain_id: str | None
    total: str | None
    end_at: int | None
    rate_per_second: str | None
    deposit: str | None
    start_at: int


async def draft_stream(session: AsyncSession, world: World, actor: Actor, wish: Wish) -> tuple[ChainTransaction, str]:
    """`create` or `open_ended` for the payer's wallet; the transaction, and the id that the stream will have."""
    asset = _asset(world, wish.asset)
    recipient = await _recipient(session, wish)
    reference = hashlib.sha256(b"tenor stream " + new_id().bytes).hexdigest()
    named = {"payer": actor.address, "reference": reference}
    if wish.total is not None and wish.end_at is not None and wish.rate_per_second is None and wish.deposit is None:
        units = _positive(wish.total, asset)
        now = (await world.ledger.tip()).closed_at
        if wish.end_at <= max(now, wish.start_at):
            raise rules.StreamEndsTooEarly("The stream must end after its start and after now.")
        plan = Plan(recipient, asset.contract, units, wish.start_at, wish.end_at)
        call = streams.create(contract_of(world), **named, plan=plan)
    elif wish.rate_per_second is not None and wish.deposit is not None and wish.total is None and wish.end_at is None:
        rate, deposit = _positive(wish.rate_per_second, asset), _positive(wish.deposit, asset)
        flow = Flow(recipient, asset.contract, rate, wish.start_at, deposit)
        call = streams.open_ended(contract_of(world), **named, flow=flow)
    else:
        raise rules.StreamShapeAmbiguous("Say either `total` and `end_at`, or `rate_per_second` and `deposit`.")
    stream_id = streams.stream_id(actor.address, reference)
    return await _draft(session, world, actor, stream_id, call, key=reference), stream_id


async def draft_top_up(
    session: AsyncSession, world: World, actor: Actor, *, stream_id: str, amount: str
) -> ChainTransaction:
    row = await _paid_by(session, actor, stream_id)
    units = parse_units(amount, _asset(world, row.asset).decimals)
    rules.check_top_up(row.running, units, (await world.ledger.tip()).closed_at)
    call = streams.top_up(contract_of(world), stream_id, units=units)
    return await _draft(session, world, actor, stream_id, call, key=new_id().hex)


async def draft_pause(session: AsyncSession, world: World, actor: Actor, stream_id: str) -> ChainTransaction:
    row = await _paid_by(session, actor, stream_id)
    rules.check_pause(row.running, (await world.ledger.tip()).closed_at)
    call = streams.pause(contract_of(world), stream_id)
    return await _draft(session, world, actor, stream_id, call, key=f"{stream_id}:{row.since_at}")


async def draft_resume(session: AsyncSession, world: World, actor: Actor, stream_id: str) -> ChainTransaction:
    row = await _paid_by(session, actor, stream_id)
    rules.check_resume(row.running)
    call = streams.resume(contract_of(world), stream_id)
    return await _draft(session, world, actor, stream_id, call, key=f"{stream_id}:{row.since_at}")


async def draft_cancel(session: AsyncSession, world: World, actor: Actor, stream_id: str) -> ChainTransaction:
    """By the payer, or by the person who is paid: what has accrued is paid, the rest returned, in one call."""
    row = await stream_of(session, actor, stream_id)
    if actor.address not in {row.payer, row.recipient}:
        raise rules.NotYourStream("Only the payer and the recipient can cancel a stream.")
    rules.check_alive(row.running)
    call = streams.cancel(contract_of(world), stream_id, by=actor.address)
    extra = await _settlement(session, world, row)
    return await _draft(session, world, actor, stream_id, call, key=f"{stream_id}:{actor.address}", extra=extra)


async def stream_of(session: AsyncSession, actor: Actor, stream_id: str) -> Stream:
    """For its payer, its recipient and the platform's people; `StreamUnknown` for anybody else."""
    row = await session.get(Stream, stream_id)
    if row is None or not (actor.address in {row.payer, row.recipient} or actor.has(Role.ADMIN, Role.OPERATOR)):
        raise rules.StreamUnknown(f"There is no stream {stream_id} of yours.")
    return row


async def streams_of(session: AsyncSession, actor: Actor) -> Sequence[Stream]:
    """Those that the caller pays or is paid by, newest first."""
    mine = or_(Stream.payer == actor.address, Stream.recipient == actor.address)
    query = select(Stream).where(mine).order_by(Stream.event_id.desc()).limit(_PAGE_MAX)
    return (await session.scalars(query)).all()


async def owed_to(session: AsyncSession, owner: str) -> Sequence[StreamOwed]:
    query = select(StreamOwed).where(StreamOwed.owner == owner, StreamOwed.units > 0).order_by(StreamOwed.asset)
    return (await session.scalars(query)).all()


async def due_for_settlement(session: AsyncSession, at: int, limit: int) -> list[str]:
    """Streams that are worth a settlement at `at`, those that waited longest first."""
    waits = or_(Stream.status == "active", and_(Stream.status == "paused", Stream.last_settled_at < Stream.since_at))
    rows = await session.scalars(select(Stream).where(waits).order_by(Stream.last_settled_at).limit(limit * 20))
    due = [row.stream_id for row in rows if rules.is_due(row.running, last_settled_at=row.last_settled_at, at=at)]
    return due[:limit]


async def order_settlement(session: AsyncSession, world: World, stream_id: str) -> ChainTransaction | None:
    """`settle`, sent by the platform; nobody has to authorise it. None when it is not due (any more).

    One order a day and amount paid before: an invoice that takes nothing yet is asked again tomorrow.
    """
    row = await session.get(Stream, stream_id)
    at = (await world.ledger.tip()).closed_at
    if row is None or not rules.is_due(row.running, last_settled_at=row.last_settled_at, at=at):
        return None
    day = at // rules.SETTLE_SECONDS
    return await chain.order(
        session,
        role="operator",
        purpose=SETTLE,
        purpose_key=f"{SETTLE}:{stream_id}:{row.paid_units}:{day}",
        subject=stream_id,
        call=streams.settle(contract_of(world), stream_id),
        extra=await _settlement(session, world, row),
    )


async def order_withdrawal(session: AsyncSession, world: World, *, owner: str, asset: str) -> ChainTransaction:
    """`withdraw_owed`: sends everything that waits for `owner` in one asset, to the owner only."""
    contract = _asset(world, asset).contract
    row = await session.get(StreamOwed, (owner, contract))
    if row is None or row.units == 0:
        raise rules.NothingWaits("Nothing waits for this address in this asset; it may have been paid already.")
    return await ordered(
        session,
        role="operator",
        purpose="withdraw_stream_owed",
        purpose_key=f"withdraw_stream_owed:{owner}:{contract}:{row.event_id}",
        subject=owner,
        call=streams.withdraw_owed(contract_of(world), owner=owner, asset=contract),
    )


def contract_of(world: World) -> str:
    if world.deployment.stream is None:
        raise rules.StreamsNotDeployed("This installation has no streams. Deploy the contracts again to have them.")
    return world.deployment.stream


async def _settlement(session: AsyncSession, world: World, row: Stream) -> Footprint:
    """Every entry that settling may touch: time decides what the invoice takes, and whether the rest returns."""
    where, asset = contract_of(world), _asset(world, row.asset)
    settled = Settlement(asset.contract, asset.code, asset.issuer)
    people = [row.payer] if row.recipient is None else [row.payer, row.recipient]
    lines = [key for person in people if (key := balance_key(settled, person)) is not None]
    lines += [entry_key(where, "Owed", scval.to_address(person), scval.to_address(asset.contract)) for person in people]
    made = NOTHING
    if row.chain_id is not None:
        escrow = await escrow_of(session, row.chain_id)
        named = calls.payment_key(row.chain_id, where, streams.payment_id(row.stream_id, row.paid_units))
        made = for_payment(parties_of(world, escrow, caller=where), payment_key=named)
    touched = tuple(dict.fromkeys((*made.read_write, *(key.to_xdr() for key in lines))))
    return replace(
        made,
        read_write=touched,
        instructions=max(made.instructions, _INSTRUCTIONS),
        disk_read_bytes=made.disk_read_bytes + _LINE_BYTES * len(people),
        write_bytes=made.write_bytes + _ENTRY_BYTES * len(lines),
        refundable_stroops=max(made.refundable_stroops, _REFUNDABLE_STROOPS),
    )


async def _draft(
    session: AsyncSession,
    world: World,
    actor: Actor,
    stream_id: str,
    call: Invocation,
    *,
    key: str,
    extra: Footprint = NOTHING,
) -> ChainTransaction:
    purpose = f"{call.function}_stream"
    return await chain.draft(
        session,
        world,
        actor_address=actor.address,
        purpose=purpose,
        purpose_key=f"{purpose}:{key}",
        subject=stream_id,
        call=call,
        account_id=actor.account_id,
        extra=extra,
    )


async def _paid_by(session: AsyncSession, actor: Actor, stream_id: str) -> Stream:
    row = await stream_of(session, actor, stream_id)
    if row.payer != actor.address:
        raise rules.NotYourStream("Only its payer can change a stream; its recipient can cancel it.")
    return row


async def _recipient(session: AsyncSession, wish: Wish) -> ToAccount | ToInvoice:
    if wish.recipient is not None and wish.chain_id is None:
        return ToAccount(wish.recipient)
    if wish.chain_id is not None and wish.recipient is None:
        return ToInvoice((await escrow_of(session, wish.chain_id)).chain_id)
    raise rules.StreamShapeAmbiguous("Say either `recipient`, an address, or `chain_id`, an invoice.")


def _positive(amount: str, asset: SettlementAsset) -> int:
    units = parse_units(amount, asset.decimals)
    rules.check_positive(units)
    return units


def _asset(world: World, named: str) -> SettlementAsset:
    """By code or by contract; `StreamAssetUnknown` for any other."""
    found = next((each for each in world.deployment.assets if named in {each.code, each.contract}), None)
    if found is None:
        known = ", ".join(each.code for each in world.deployment.assets)
        raise rules.StreamAssetUnknown(f"{named[:60]!r} is no settlement asset here; there is {known}.")
    return found
