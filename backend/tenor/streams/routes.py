"""Streams over HTTP: what a wallet signs to open, feed, pause and end one, and what there is. Decides nothing."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED, HTTP_202_ACCEPTED
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.routes import TransactionView, view
from tenor.investments.routes import Address, Amount, sent
from tenor.invoices.wire import amount, at
from tenor.kernel.actor import Actor
from tenor.streams import flows, rules
from tenor.streams.flows import Wish
from tenor.streams.models import Stream
from tenor.world import World


class StreamRequest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """To an address or into an invoice (`chain_id`): `total` until `end_at`, or `rate_per_second` from `deposit`.

    Without `start_at` it starts when the transaction is in a ledger. `asset`: code or contract of a settlement asset.
    """

    asset: Address
    recipient: Address | None = None
    chain_id: str | None = None
    total: Amount | None = None
    end_at: datetime | None = None
    rate_per_second: Amount | None = None
    deposit: Amount | None = None
    start_at: datetime | None = None


class TopUpRequest(msgspec.Struct, forbid_unknown_fields=True):
    amount: Amount


class StreamWithdrawal(msgspec.Struct, forbid_unknown_fields=True):
    """`asset`: code or contract of a settlement asset."""

    asset: Address


class DraftedStream(msgspec.Struct, kw_only=True):
    """`stream_id`: what the stream will be called once the transaction is in a ledger."""

    stream_id: str
    transaction: TransactionView


class StreamView(msgspec.Struct, kw_only=True):
    """`accrued` at the newest ledger; `rate_per_second` for an open-ended stream, `ends_at` if nobody pauses it."""

    stream_id: str
    payer: str
    recipient: str | None
    chain_id: str | None
    asset: str
    asset_contract: str
    status: str
    deposited: str
    accrued: str
    paid: str
    returned: str
    rate_per_second: str | None
    start_at: datetime
    ends_at: datetime | None
    last_settled_at: datetime
    ledger: int
    tx_hash: str


class StreamOwedView(msgspec.Struct, kw_only=True):
    """What the stream contract could not send to the caller, because the account could not take it."""

    amount: str
    asset: str
    asset_contract: str


@post("/streams", status_code=HTTP_201_CREATED)
async def open_stream(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[StreamRequest],
) -> DraftedStream:
    """A stream for the payer's wallet to sign: the whole total or deposit is locked when it lands."""
    wish = Wish(
        asset=data.asset,
        recipient=data.recipient,
        chain_id=data.chain_id,
        total=data.total,
        end_at=_seconds(data.end_at),
        rate_per_second=data.rate_per_second,
        deposit=data.deposit,
        start_at=_seconds(data.start_at) or 0,
    )
    row, stream_id = await flows.draft_stream(session, world, actor, wish)
    return DraftedStream(stream_id=stream_id, transaction=view(row, world))


@post("/streams/{stream_id:str}/top-ups", status_code=HTTP_201_CREATED)
async def top_up(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    stream_id: FromPath[str],
    data: JSONBody[TopUpRequest],
) -> TransactionView:
    """More for an open-ended stream, for its payer's wallet to sign."""
    return view(await flows.draft_top_up(session, world, actor, stream_id=stream_id, amount=data.amount), world)


@post("/streams/{stream_id:str}/pause", status_code=HTTP_201_CREATED)
async def pause_stream(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    stream_id: FromPath[str],
) -> TransactionView:
    """Nothing accrues until it is resumed; for the payer's wallet to sign."""
    return view(await flows.draft_pause(session, world, actor, stream_id), world)


@post("/streams/{stream_id:str}/resume", status_code=HTTP_201_CREATED)
async def resume_stream(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    stream_id: FromPath[str],
) -> TransactionView:
    """It accrues again; for the payer's wallet to sign."""
    return view(await flows.draft_resume(session, world, actor, stream_id), world)


@post("/streams/{stream_id:str}/cancel", status_code=HTTP_201_CREATED)
async def cancel_stream(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    stream_id: FromPath[str],
) -> TransactionView:
    """Pays what has accrued and returns the rest; for the payer's or the recipient's wallet to sign."""
    return view(await flows.draft_cancel(session, world, actor, stream_id), world)


@get("/streams")
async def list_streams(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[StreamView]:
    """The streams that the caller pays or is paid by, newest first, at most 100."""
    return await _views(world, await flows.streams_of(session, actor))


@get("/streams/{stream_id:str}")
async def show_stream(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    stream_id: FromPath[str],
) -> StreamView:
    """One stream, for its payer, its recipient and the platform's people."""
    (shown,) = await _views(world, [await flows.stream_of(session, actor, stream_id)])
    return shown


@get("/streams/owed")
async def list_stream_owed(
    session: NamedDependency[AsyncSession], world: NamedDependency[World], actor: NamedDependency[Actor]
) -> list[StreamOwedView]:
    """What waits in the stream contract for the caller."""
    owed = await flows.owed_to(session, actor.address)
    assets = [(row, world.deployment.asset(row.asset)) for row in owed]
    return [
        StreamOwedView(amount=amount(row.units, asset), asset=asset.code, asset_contract=asset.contract)
        for row, asset in assets
    ]


@post("/streams/owed/withdrawals", status_code=HTTP_202_ACCEPTED)
async def withdraw_stream_owed(
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
    data: JSONBody[StreamWithdrawal],
) -> Response[TransactionView]:
    """Send the caller what waits. The platform signs it."""
    return sent(await flows.order_withdrawal(session, world, owner=actor.address, asset=data.asset), world)


async def _views(world: World, rows: Sequence[Stream]) -> list[StreamView]:
    now = (await world.ledger.tip()).closed_at
    return [_view(row, world, now) for row in rows]


def _view(row: Stream, world: World, now: int) -> StreamView:
    asset, running = world.deployment.asset(row.asset), row.running
    seconds = row.seconds or -(-row.deposited_units // row.units)
    return StreamView(
        stream_id=row.stream_id,
        payer=row.payer,
        recipient=row.recipient,
        chain_id=row.chain_id,
        asset=asset.code,
        asset_contract=asset.contract,
        status=row.status,
        deposited=amount(row.deposited_units, asset),
        accrued=amount(rules.accrued(running, now), asset),
        paid=amount(row.paid_units, asset),
        returned=amount(row.returned_units, asset),
        rate_per_second=None if row.seconds else amount(row.units, asset),
        start_at=at(row.start_at),
        ends_at=at(row.since_at + max(0, seconds - row.ran_seconds)) if row.status == "active" else None,
        last_settled_at=at(row.last_settled_at),
        ledger=row.ledger,
        tx_hash=row.tx_hash,
    )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


router = Router(
    "/",
    route_handlers=[
        open_stream,
        top_up,
        pause_stream,
        resume_stream,
        cancel_stream,
        list_streams,
        list_stream_owed,
        withdraw_stream_owed,
        show_stream,
    ],
    tags=["streams"],
)
