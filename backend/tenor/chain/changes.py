"""Changes of the escrow contract that wait two days, and the next admin: orders, and what the ledger says of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import StrKey, xdr

from tenor.chain import flows, operation
from tenor.chain.models import ChainTransaction, ChangeNote, Cursor, ScheduledChange
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tenor.kernel.ids import new_id
from tenor.ledger import calls
from tenor.ledger.events import OperationExecuted, OperationScheduled, OperationWithdrawn
from tenor.world import World

Kind = Literal["fees", "roles", "upgrade", "token_wasm"]
Standing = Literal["waiting", "ready", "lapsed", "executed", "withdrawn"]
CHANGEABLE_ROLES = ("operator", "resolver", "pauser", "treasury")
REASON_CHARACTERS_MAX = 500
LISTED_MAX = 100
BPS_MAX = 10_000
_KINDS: dict[str, Kind] = {
    "SetFees": "fees",
    "SetRoles": "roles",
    "Upgrade": "upgrade",
    "SetTokenWasm": "token_wasm",
}


class ChangeUnknown(NotFound):
    pass


class ChangeInvalid(Invalid):
    pass


class ChangeNotReady(Conflict):
    pass


class ChangeOver(Conflict):
    pass


class NotTheCandidate(NotAllowed):
    pass


@dataclass(frozen=True, slots=True)
class Change:
    """`values` as people read them. `at`: close time of the newest projected ledger."""

    row: ScheduledChange
    note: ChangeNote | None
    at: int

    @property
    def kind(self) -> Kind:
        return _KINDS[self.row.operation[0]]

    @property
    def values(self) -> dict[str, str]:
        held = self.row.operation[1]
        return {name: str(value) for name, value in held.items()} if isinstance(held, dict) else {"wasm_hash": held}

    @property
    def status(self) -> Standing:
        if self.row.status != "scheduled":
            return "executed" if self.row.status == "executed" else "withdrawn"
        if self.at < self.row.ready_at:
            return "waiting"
        return "ready" if self.at <= self.row.lapses_at else "lapsed"


async def listed(session: AsyncSession, actor: Actor) -> list[Change]:
    """Newest first. Operators and admins."""
    actor.require(Role.OPERATOR, Role.ADMIN)
    return await _changes(session, ScheduledChange.operation_id != "")


async def schedule(
    session: AsyncSession, world: World, actor: Actor, *, kind: Kind, values: dict[str, Any], reason: str
) -> ChainTransaction:
    """Announce a change on the ledger, with the admin's key; it can be executed after two days. Admins."""
    actor.require(Role.ADMIN)
    text = reason.strip()
    if not text or len(text) > REASON_CHARACTERS_MAX:
        raise ChangeInvalid("Write why, in at most 500 characters; it is kept.", fields={"reason": "missing or long"})
    wanted = await _operation(world, kind, values)
    said = {
        "reason": text,
        "account_id": actor.account_id,
        "address": actor.address,
        "at": datetime.fromtimestamp(world.clock.now(), UTC),
    }
    kept = insert(ChangeNote).values(operation_id=id_of(wanted), **said)
    await session.execute(kept.on_conflict_do_update(index_elements=["operation_id"], set_=said))
    return await _order(session, world, "schedule", calls.schedule(world.deployment.escrow, wanted), id_of(wanted))


async def execute(session: AsyncSession, world: World, actor: Actor, operation_id: str) -> ChainTransaction:
    """Carry out what has waited long enough. Admins."""
    found = await _change(session, actor, operation_id)
    if found.status == "waiting":
        raise ChangeNotReady("The two days are not over; come back when it is ready, or withdraw it.")
    if found.status != "ready":
        raise ChangeOver(f"This change is {found.status}; schedule it again.")
    call = calls.execute(world.deployment.escrow, operation_of(found.row.operation))
    return await _order(session, world, "execute", call, operation_id)


async def withdraw(session: AsyncSession, world: World, actor: Actor, operation_id: str) -> ChainTransaction:
    """Take back what has not been carried out. Admins."""
    found = await _change(session, actor, operation_id)
    if found.status in {"executed", "withdrawn"}:
        raise ChangeOver(f"This change is {found.status} already.")
    call = calls.withdraw_op(world.deployment.escrow, operation_of(found.row.operation))
    return await _order(session, world, "withdraw_op", call, operation_id)


async def propose_admin(session: AsyncSession, world: World, actor: Actor, *, candidate: str) -> ChainTransaction:
    """The first of two steps, with the present admin's key; the candidate accepts with his own wallet. Admins."""
    actor.require(Role.ADMIN)
    _check_address(candidate, "candidate")
    call = calls.propose_admin(world.deployment.escrow, candidate=candidate)
    return await _order(session, world, "propose_admin", call, candidate)


async def accept_admin(session: AsyncSession, world: World, actor: Actor) -> ChainTransaction:
    """A draft of the second step, for the candidate's wallet."""
    config = (await operation.contract(world)).config
    if config.admin_candidate != actor.address:
        raise NotTheCandidate("Nobody has proposed this wallet as the next admin.")
    return await flows.draft(
        session,
        world,
        actor_address=actor.address,
        purpose="accept_admin",
        purpose_key=f"accept_admin:{new_id()}",
        subject=actor.address,
        call=calls.accept_admin(world.deployment.escrow),
        account_id=actor.account_id,
    )


async def on_operation_scheduled(session: AsyncSession, event: OperationScheduled) -> None:
    """The same change can be scheduled again once it is over: then its row starts anew."""
    row = await session.get(ScheduledChange, event.operation_id)
    if row is None:
        row = ScheduledChange(operation_id=event.operation_id)
        session.add(row)
    row.operation = _stored(event.operation)
    row.ready_at, row.lapses_at, row.status = event.ready_at, event.lapses_at, "scheduled"
    _mark(row, event)
    await session.flush()


async def on_operation_executed(session: AsyncSession, event: OperationExecuted) -> None:
    await _end(session, event, "executed")


async def on_operation_withdrawn(session: AsyncSession, event: OperationWithdrawn) -> None:
    await _end(session, event, "withdrawn")


def id_of(wanted: xdr.SCVal) -> str:
    """The contract's id of an operation: sha256 of its XDR."""
    return hashlib.sha256(wanted.to_xdr_bytes()).hexdigest()


def operation_of(stored: Sequence[Any]) -> xdr.SCVal:
    """The operation of a stored `[name, values]`."""
    name, values = stored
    if name == "SetFees":
        return calls.set_fees(**values)
    if name == "SetRoles":
        return calls.set_roles(**values)
    return calls.upgrade(values) if name == "Upgrade" else calls.set_token_wasm(values)


async def _operation(world: World, kind: Kind, values: dict[str, Any]) -> xdr.SCVal:
    if kind == "fees":
        for name, bps in values.items():
            if not 0 <= bps <= BPS_MAX:
                raise ChangeInvalid("Fees are 0 to 10,000 basis points.", fields={name: "0 to 10,000"})
        return calls.set_fees(**values)
    if kind == "roles":
        for name, address in values.items():
            _check_address(address, name)
        config = (await operation.contract(world)).config
        held = {name: getattr(config.roles, name) for name in CHANGEABLE_ROLES}
        return calls.set_roles(admin=config.roles.admin, **(held | values))
    wasm_hash = values["wasm_hash"].lower()
    if len(wasm_hash) != 64 or set(wasm_hash) - set("0123456789abcdef"):  # noqa: PLR2004 - of SHA-256
        raise ChangeInvalid("A wasm hash is 64 hex digits.", fields={"wasm_hash": "64 hex digits"})
    return calls.upgrade(wasm_hash) if kind == "upgrade" else calls.set_token_wasm(wasm_hash)


def _check_address(address: str, field: str) -> None:
    if not (StrKey.is_valid_ed25519_public_key(address) or StrKey.is_valid_contract(address)):
        raise ChangeInvalid(f"{address[:60]} is no Stellar address.", fields={field: "an address G... or C..."})


async def _order(
    session: AsyncSession, world: World, purpose: str, call: calls.Invocation, subject: str
) -> ChainTransaction:
    under_way = select(ChainTransaction.id).where(
        ChainTransaction.purpose == purpose,
        ChainTransaction.subject == subject,
        ChainTransaction.status.in_(("planned", "built", "signed", "sent")),
    )
    if await session.scalar(under_way) is not None:
        raise ChangeOver("The same order is under way; look again in a moment.")
    key = f"{purpose}:{subject}:{new_id()}"
    assert world.deployment.escrow == call.contract
    return await flows.order(session, role="admin", purpose=purpose, purpose_key=key, subject=subject, call=call)


async def _change(session: AsyncSession, actor: Actor, operation_id: str) -> Change:
    actor.require(Role.ADMIN)
    found = await _changes(session, ScheduledChange.operation_id == operation_id)
    if not found:
        raise ChangeUnknown(f"There is no change {operation_id[:64]}.")
    return found[0]


async def _changes(session: AsyncSession, where: Any) -> list[Change]:
    rows = await session.execute(
        select(ScheduledChange, ChangeNote)
        .outerjoin(ChangeNote, ChangeNote.operation_id == ScheduledChange.operation_id)
        .where(where)
        .order_by(ScheduledChange.event_id.desc())
        .limit(LISTED_MAX)
    )
    at = int(await session.scalar(select(func.coalesce(func.max(Cursor.closed_at), 0))) or 0)
    return [Change(row[0], row[1], at) for row in rows]


async def _end(session: AsyncSession, event: OperationExecuted | OperationWithdrawn, status: str) -> None:
    row = await session.get_one(ScheduledChange, event.operation_id)
    row.status = status
    _mark(row, event)
    await session.flush()


def _mark(row: ScheduledChange, event: OperationScheduled | OperationExecuted | OperationWithdrawn) -> None:
    row.event_id, row.ledger = event.raw.id, event.raw.ledger
    row.closed_at, row.tx_hash = event.raw.closed_at, event.raw.tx_hash


def _stored(value: Sequence[Any]) -> list[Any]:
    """As JSON keeps it: hashes in hex."""
    name, held = value
    return [name, held.hex() if isinstance(held, bytes) else held]
