"""KYC: details in, an admin's decision, and its way to the contract's allowlist. Never stores a detail in the clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.accounts.models import Account, KycSubmission, RoleGrant
from tenor.accounts.rules import KYC, KYC_OPEN, Decision, KycOpen, SharedAccount, check_decider, granted_roles
from tenor.chain import flows as chain
from tenor.documents.vault import Sealed, open_sealed, seal
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Invalid, NotFound
from tenor.kernel.ids import new_id
from tenor.kernel.state import MoveRefused
from tenor.ledger import calls
from tenor.notices import flows as notices
from tenor.world import World

REASON_CHARACTERS_MAX = 500
Line = Annotated[str, msgspec.Meta(max_length=300)]


class KycNotFound(NotFound):
    pass


class ReasonMissing(Invalid):
    pass


class Details(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody says about himself: names of SEP-9 1.17.0, with `_` where that has a dot."""

    country_code: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    """ISO 3166-1 alpha-3."""
    first_name: Line = ""
    last_name: Line = ""
    birth_date: Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
    address: Line = ""
    tax_id: Line = ""
    id_type: Line = ""
    id_number: Line = ""
    organization_name: Line = ""
    organization_vat_number: Line = ""
    organization_registration_number: Line = ""
    organization_registered_address: Line = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A submission with its details in the clear: for its owner and for admins only."""

    submission: KycSubmission
    details: Details


async def submit(
    session: AsyncSession, world: World, actor: Actor, *, details: Details, roles: Sequence[str]
) -> KycSubmission:
    """Takes details for an admin to decide on. One submission at a time; a new one after a refusal is fine."""
    account = await session.get_one(Account, actor.account_id)
    if account.subject != account.address:
        raise SharedAccount(
            f"{account.subject} shares the address {account.address} with others, and the contracts allow addresses: "
            "log in with an account of your own to sell or invest."
        )
    wanted = granted_roles(roles)
    missing = _missing(details)
    if missing:
        raise Invalid("Some details are missing; see `errors`.", fields=dict.fromkeys(missing, "required"))
    identity = new_id()
    sealed = seal(msgspec.json.encode(details), document_id=str(identity), platform_key=world.secrets.vault_key)
    row = insert(KycSubmission).values(
        id=identity,
        account_id=actor.account_id,
        status=KYC.start,
        roles=sorted(wanted),
        sealed_details=sealed.envelope,
        wrapped_key=sealed.wrapped_key,
    )
    if await session.scalar(row.on_conflict_do_nothing().returning(KycSubmission.id)) is None:
        raise KycOpen("Your details are being reviewed or are approved already: see GET /v1/me.")
    return await session.get_one(KycSubmission, identity)


async def decide(
    session: AsyncSession, world: World, actor: Actor, submission_id: UUID, *, decision: Decision, reason: str
) -> KycSubmission:
    """An admin's word, with a reason that the person gets to see.

    Approval gives the roles asked for and orders `escrow.set_allowed(address, true)`; revoking takes them and orders
    `false`. The contract's answer arrives as an event: until then the account is approved but not yet allowed.
    """
    actor.require(Role.ADMIN)
    if not reason.strip() or len(reason) > REASON_CHARACTERS_MAX:
        raise ReasonMissing(f"Give a reason of at most {REASON_CHARACTERS_MAX} characters.", fields={"reason": "text"})
    found = await submission(session, actor, submission_id)
    account = await session.get_one(Account, found.account_id)
    check_decider(actor.address, account.address)
    changed = await session.execute(
        update(KycSubmission)
        .where(KycSubmission.id == submission_id, KycSubmission.status.in_(KYC.sources(decision)))
        .values(status=KYC.moves[decision][1], decided_by=actor.account_id, decided_at=func.now(), reason=reason)
        .returning(KycSubmission.id)
    )
    if changed.scalar_one_or_none() is None:
        raise MoveRefused(f"KYC submission {submission_id} is {found.status}: it cannot be decided so.")
    await session.refresh(found)
    if decision != "reject":
        await _carry_out(session, world, actor, found, account)
    await notices.notify(
        session,
        account_id=account.id,
        key=f"kyc_{decision}:{submission_id}",
        kind=f"kyc_{found.status}",
        subject=str(submission_id),
        title=_TITLES[decision],
        body=reason,
    )
    return found


async def submission(session: AsyncSession, actor: Actor, submission_id: UUID) -> KycSubmission:
    """Yours, or anybody's for an admin; strangers get the same 404 as for what does not exist (P81)."""
    found = await session.get(KycSubmission, submission_id)
    if found is None or (found.account_id != actor.account_id and not actor.has(Role.ADMIN)):
        raise KycNotFound(f"There is no KYC submission {submission_id}.")
    return found


async def opened(session: AsyncSession, world: World, actor: Actor, submission_id: UUID) -> Opened:
    found = await submission(session, actor, submission_id)
    clear = open_sealed(
        Sealed(found.sealed_details, found.wrapped_key),
        document_id=str(found.id),
        platform_keys=world.secrets.vault_keys,
    )
    return Opened(found, msgspec.json.decode(clear, type=Details))


async def latest(session: AsyncSession, account_id: UUID) -> KycSubmission | None:
    """The open one if there is one, else the newest."""
    return await session.scalar(
        select(KycSubmission)
        .where(KycSubmission.account_id == account_id)
        .order_by(KycSubmission.status.in_(KYC_OPEN).desc(), KycSubmission.id.desc())
        .limit(1)
    )


async def listed(
    session: AsyncSession, actor: Actor, *, status: str | None, after: UUID | None, limit: int
) -> Sequence[tuple[KycSubmission, str]]:
    """For admins, oldest first: submissions with the address they are about."""
    actor.require(Role.ADMIN)
    query = select(KycSubmission, Account.address).join(Account, Account.id == KycSubmission.account_id)
    if status is not None:
        query = query.where(KycSubmission.status == status)
    if after is not None:
        query = query.where(KycSubmission.id > after)
    found = await session.execute(query.order_by(KycSubmission.id).limit(limit))
    return [(row[0], row[1]) for row in found]


async def _carry_out(session: AsyncSession, world: World, actor: Actor, found: KycSubmission, account: Account) -> None:
    allowed = found.status == "approved"
    for role in found.roles:
        if allowed:
            grant = insert(RoleGrant).values(account_id=account.id, role=role, granted_by=actor.account_id)
            await session.execute(grant.on_conflict_do_nothing())
        else:
            await session.execute(delete(RoleGrant).where(RoleGrant.account_id == account.id, RoleGrant.role == role))
    await chain.order(
        session,
        role="operator",
        purpose="set_allowed",
        purpose_key=f"set_allowed:{found.id}:{found.status}",
        subject=account.address,
        call=calls.set_allowed(world.deployment.escrow, account=account.address, allowed=allowed),
    )


def _missing(details: Details) -> list[str]:
    """A person needs names and a date of birth, an organisation its name and registration number."""
    organization = details.organization_name or details.organization_registration_number
    needed = (
        ("organization_name", "organization_registration_number")
        if organization
        else ("first_name", "last_name", "birth_date")
    )
    return [name for name in ("country_code", *needed) if not str(getattr(details, name)).strip()]


_TITLES = {
    "approve": "Your details are approved",
    "reject": "Your details were not accepted",
    "revoke": "Your approval was withdrawn",
}
