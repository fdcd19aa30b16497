"""A transaction over HTTP: look at it, hand in its signature. Decides nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain import eventlog, flows
from tenor.chain.models import ChainTransaction, Status
from tenor.kernel.actor import Actor
from tenor.world import World


class TransactionError(msgspec.Struct, forbid_unknown_fields=True):
    """Why it did not happen, or why a node refuses it so far; `status` says whether that is final."""

    code: str
    sentence: str


class TransactionView(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A transaction everywhere in the API. `unsigned_xdr` while it waits for a signature; `preview` says in plain
    words what signing it does, `warnings` what it asks for beyond that; `fee_stroops` the most it can cost;
    `projected`, once it is confirmed: whether every other answer of the API knows of it already.
    """

    id: UUID
    purpose: str
    subject: str
    status: Status
    network_passphrase: str
    preview: list[str]
    warnings: list[str]
    unsigned_xdr: str | None = None
    hash: str | None = None
    valid_until: datetime | None = None
    fee_stroops: int | None = None
    ledger: int | None = None
    projected: bool = False
    error: TransactionError | None = None


class Signature(msgspec.Struct, forbid_unknown_fields=True):
    signed_xdr: str


def view(row: ChainTransaction, world: World) -> TransactionView:
    """For every route that hands out a transaction."""
    stored: Any = row.status
    error = None if row.error_code is None else TransactionError(row.error_code, row.error_sentence or row.error_code)
    return TransactionView(
        id=row.id,
        purpose=row.purpose,
        subject=row.subject,
        status=stored,
        network_passphrase=world.ledger.passphrase,
        preview=row.preview["sentences"],
        warnings=row.preview["warnings"],
        unsigned_xdr=row.envelope_xdr if row.status == "built" else None,
        hash=row.hash,
        valid_until=flows.expires_at(row),
        fee_stroops=row.fee_stroops,
        ledger=row.ledger,
        error=error,
    )


async def current_view(session: AsyncSession, world: World, actor: Actor, transaction_id: UUID) -> TransactionView:
    """The same for one that may be over."""
    row = await flows.get(session, actor, transaction_id)
    known = row.status == "confirmed" and await eventlog.has_reached(session, row.ledger)
    return msgspec.structs.replace(view(row, world), projected=known)


@get("/{transaction_id:uuid}", summary="One transaction of the caller")
async def read_transaction(
    transaction_id: FromPath[UUID],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> TransactionView:
    return await current_view(session, world, actor, transaction_id)


@post("/{transaction_id:uuid}/signature", status_code=200, summary="Hand in the signed transaction")
async def hand_in_signature(
    transaction_id: FromPath[UUID],
    data: JSONBody[Signature],
    session: NamedDependency[AsyncSession],
    world: NamedDependency[World],
    actor: NamedDependency[Actor],
) -> Response[TransactionView]:
    row = await flows.accept_signature(session, world, actor, transaction_id, data.signed_xdr)
    # Runs after the answer, and so after the commit (P76).
    return Response(view(row, world), background=BackgroundTask(world.nudger.nudge, "submit", str(row.id)))


transactions = Router("/transactions", route_handlers=[read_transaction, hand_in_signature], tags=["transactions"])
