"""The registry of verified debtors: who they are, what grade they have and why. Never shown to the public by name."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from stellar_sdk import StrKey

from tenor.invoices.identifiers import normal_vat_id, vat_id_is_valid
from tenor.invoices.models import Debtor, DebtorChange, Escrow
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Conflict, Invalid, NotFound
from tenor.kernel.ids import new_id
from tenor.world import World

STATUSES = ("active", "blocked")
CHANGEABLE = ("name", "country", "sector", "email", "grade", "status", "address")
_TEXT_MAX = 200


class DebtorNotFound(NotFound):
    pass


class DebtorInvalid(Invalid):
    pass


class DebtorExists(Conflict):
    """One VAT id and one wallet belong to one debtor."""


@dataclass(frozen=True, slots=True)
class Record:
    """How a debtor has paid invoices that were financed here, from the ledger. Counts of invoices."""

    financed: int
    settled: int
    settled_late: int
    outstanding: int
    defaulted: int


async def add(
    session: AsyncSession, world: World, actor: Actor, *, vat_id: str, reason: str, **fields: str | None
) -> Debtor:
    """A new debtor; `fields` as `CHANGEABLE`. Admins only. `DebtorInvalid`, `DebtorExists`."""
    actor.require(Role.ADMIN)
    normal = normal_vat_id(vat_id)
    faults = _faults(fields, reason)
    faults |= {name: "It is missing." for name in ("name", "country", "grade") if not fields.get(name)}
    if not vat_id_is_valid(normal):
        faults["vat_id"] = "It is no VAT id with a country prefix and right check digits."
    if faults:
        raise DebtorInvalid("This debtor cannot be registered; see `errors`.", fields=faults)
    now = datetime.fromtimestamp(world.clock.now(), UTC)
    values = {"status": "active", "sector": None, "email": None, "address": None} | fields
    row: Debtor | None = await session.scalar(
        insert(Debtor)
        .values(id=new_id(), vat_id=normal, debtor_key=secrets.token_hex(32), created_at=now, **values)
        .on_conflict_do_nothing()
        .returning(Debtor)
    )
    if row is None:
        raise DebtorExists(f"A debtor with the VAT id {normal} or this wallet is registered already; change that one.")
    _note(session, row, actor, now, field="grade", before=None, after=row.grade, reason=reason)
    return row


async def change(
    session: AsyncSession, world: World, actor: Actor, debtor_id: UUID, *, reason: str, **fields: str | None
) -> Debtor:
    """Change `fields` of a debtor and keep what they were. Admins only. A new grade touches no accepted quote."""
    actor.require(Role.ADMIN)
    debtor = await debtor_of(session, actor, debtor_id)
    faults = _faults(fields, reason)
    if faults:
        raise DebtorInvalid(f"Debtor {debtor_id} cannot be changed so; see `errors`.", fields=faults)
    now = datetime.fromtimestamp(world.clock.now(), UTC)
    for field, after in fields.items():
        before = getattr(debtor, field)
        if before != after:
            setattr(debtor, field, after)
            _note(session, debtor, actor, now, field=field, before=before, after=after, reason=reason)
    try:
        await session.flush()
    except IntegrityError as error:
        raise DebtorExists("This wallet belongs to another debtor.") from error
    return debtor


async def debtor_of(session: AsyncSession, actor: Actor, debtor_id: UUID) -> Debtor:
    """For the platform's people; `DebtorNotFound` for everybody else and for unknown ids."""
    debtor = await session.get(Debtor, debtor_id) if actor.has(Role.ADMIN, Role.OPERATOR) else None
    if debtor is None:
        raise DebtorNotFound(f"There is no debtor {debtor_id}.")
    return debtor


async def page(
    session: AsyncSession, actor: Actor, *, vat_id: str | None = None, after: UUID | None, limit: int
) -> Sequence[Debtor]:
    """The registry, oldest first; with `vat_id` the one debtor that has it, or nobody."""
    actor.require(Role.ADMIN, Role.OPERATOR)
    query = select(Debtor).order_by(Debtor.id).limit(limit)
    if vat_id is not None:
        query = query.where(Debtor.vat_id == normal_vat_id(vat_id))
    return (await session.scalars(query.where(Debtor.id > after) if after else query)).all()


async def changes_of(session: AsyncSession, debtor_id: UUID) -> Sequence[DebtorChange]:
    query = select(DebtorChange).where(DebtorChange.debtor_id == debtor_id)
    return (await session.scalars(query.order_by(DebtorChange.id.desc()).limit(200))).all()


async def by_vat_id(session: AsyncSession, vat_id: str) -> Debtor | None:
    return (await session.scalars(select(Debtor).where(Debtor.vat_id == vat_id))).one_or_none()


async def record_of(session: AsyncSession, debtor_key: str) -> Record:
    query = select(
        func.count(),
        func.count().filter(Escrow.status == "settled"),
        func.count().filter(Escrow.status == "settled", Escrow.late_days_charged > 0),
        func.count().filter(Escrow.status == "funded"),
        func.count().filter(Escrow.defaulted_at.is_not(None)),
    ).where(Escrow.debtor_key == debtor_key, Escrow.funded_at.is_not(None))
    financed, settled, late, outstanding, defaulted = (await session.execute(query)).one()
    return Record(financed, settled, late, outstanding, defaulted)


def _note(
    session: AsyncSession,
    debtor: Debtor,
    actor: Actor,
    at: datetime,
    *,
    field: str,
    before: str | None,
    after: str | None,
    reason: str,
) -> None:
    session.add(
        DebtorChange(
            id=new_id(),
            debtor_id=debtor.id,
            account_id=actor.account_id,
            at=at,
            field=field,
            before=before,
            after=after,
            reason=reason.strip(),
        )
    )


def _faults(fields: dict[str, str | None], reason: str) -> dict[str, str]:
    faults = {
        name: f"It has more than {_TEXT_MAX} characters or characters that cannot be printed."
        for name, value in {**fields, "reason": reason}.items()
        if value is not None and (len(value) > _TEXT_MAX or not value.isprintable())
    }
    if not reason.strip():
        faults["reason"] = "Say why; it is kept."
    for name in ("name", "country", "grade", "status"):
        if name in fields and not (fields[name] or "").strip():
            faults[name] = "It must not be empty."
    address = fields.get("address")
    if address is not None and not (StrKey.is_valid_ed25519_public_key(address) or StrKey.is_valid_contract(address)):
        faults["address"] = "A wallet is an address that begins with G or C."
    if "status" in fields and fields["status"] not in STATUSES:
        faults["status"] = f"It is one of {', '.join(STATUSES)}."
    return faults
