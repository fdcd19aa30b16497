"""Files that show a payment: scanned, sealed and pinned like an invoice's document. Never kept in the clear."""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.documents.hygiene import accept
from tenor.documents.vault import Sealed, open_sealed, seal
from tenor.kernel.actor import Actor, Role
from tenor.kernel.errors import Invalid, NotFound
from tenor.kernel.ids import new_id
from tenor.settlements.models import Evidence
from tenor.world import World


class EvidenceUnknown(NotFound):
    pass


class EvidenceInfected(Invalid):
    pass


async def keep(session: AsyncSession, world: World, actor: Actor, *, name: str, data: bytes) -> Evidence:
    """A file, sealed and pinned; the same file of the same person is the first one again (P110).

    Operators and admins. Refusals of `hygiene.accept`, `EvidenceInfected`.
    """
    actor.require(Role.OPERATOR, Role.ADMIN)
    digest = hashlib.sha256(data).digest()
    found = await _by_hash(session, actor, digest)
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
            created_at=datetime.fromtimestamp(world.clock.now(), UTC),
        )
        .on_conflict_do_nothing(index_elements=["account_id", "sha256"])
    )
    kept = await _by_hash(session, actor, digest)
    assert kept is not None
    return kept


async def opened(session: AsyncSession, world: World, actor: Actor, evidence_id: UUID) -> tuple[Evidence, bytes]:
    """The file in the clear, for the platform's people: whoever approves has to read it."""
    found = await evidence_of(session, actor, evidence_id)
    envelope = await world.documents.get(found.sealed_cid)
    clear = open_sealed(
        Sealed(envelope, found.wrapped_key), document_id=str(found.id), platform_keys=world.secrets.vault_keys
    )
    return found, clear


async def evidence_of(session: AsyncSession, actor: Actor, evidence_id: UUID) -> Evidence:
    found = await session.get(Evidence, evidence_id) if actor.has(Role.OPERATOR, Role.ADMIN) else None
    if found is None:
        raise EvidenceUnknown(f"There is no evidence {evidence_id}.")
    return found


async def _by_hash(session: AsyncSession, actor: Actor, digest: bytes) -> Evidence | None:
    return await session.scalar(
        select(Evidence).where(Evidence.account_id == actor.account_id, Evidence.sha256 == digest)
    )
