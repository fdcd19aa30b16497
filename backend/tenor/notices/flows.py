"""Telling people: a notice in the list, and a line in the outbox for those who want e-mail. Never blocks on sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.documents.vault import Sealed, open_sealed, seal
from tenor.kernel.actor import Actor
from tenor.kernel.errors import NotFound
from tenor.kernel.ids import new_id
from tenor.notices.models import Contact, Delivery, MutedTopic, Notice
from tenor.notices.rules import Topic, email_address, next_attempt, topic_of
from tenor.world import World


class NoticeNotFound(NotFound):
    pass


@dataclass(frozen=True, slots=True)
class Due:
    """One message to send: `to` is an address in the clear, held only while it is being sent."""

    delivery_id: UUID
    to: str
    title: str
    body: str


async def notify(
    session: AsyncSession, *, account_id: UUID, key: str, kind: str, subject: str, title: str, body: str
) -> None:
    """Tell `account_id` once: a second call with the same `key` does nothing (P97)."""
    row = insert(Notice).values(
        id=new_id(), account_id=account_id, key=key, kind=kind, subject=subject, title=title, body=body
    )
    notice_id = await session.scalar(row.on_conflict_do_nothing().returning(Notice.id))
    muted = exists().where(MutedTopic.account_id == account_id, MutedTopic.topic == topic_of(kind))
    wanted = exists().where(Contact.account_id == account_id) & ~muted
    if notice_id is not None and await session.scalar(select(wanted)):
        session.add(Delivery(id=new_id(), notice_id=notice_id, channel="email", status="due", next_at=0))
        await session.flush()


async def set_email(session: AsyncSession, world: World, actor: Actor, text: str | None) -> None:
    """Where `actor` wants notices from now on; None for the list alone."""
    if text is None:
        await session.execute(delete(Contact).where(Contact.account_id == actor.account_id))
        return
    sealed = seal(email_address(text).encode(), document_id=str(actor.account_id), platform_key=world.secrets.vault_key)
    row = insert(Contact).values(
        account_id=actor.account_id, sealed_email=sealed.envelope, wrapped_key=sealed.wrapped_key
    )
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[Contact.account_id],
            set_={"sealed_email": row.excluded.sealed_email, "wrapped_key": row.excluded.wrapped_key},
        )
    )


async def email_of(session: AsyncSession, world: World, actor: Actor) -> str | None:
    """Where `actor` has his notices sent, in the clear, for himself."""
    contact = await session.get(Contact, actor.account_id)
    return None if contact is None else _opened(contact, world)


async def muted_topics(session: AsyncSession, actor: Actor) -> set[str]:
    return set(await session.scalars(select(MutedTopic.topic).where(MutedTopic.account_id == actor.account_id)))


async def mute(session: AsyncSession, actor: Actor, topics: Sequence[Topic]) -> None:
    """These topics, and no others, do not go by e-mail from now on."""
    await session.execute(delete(MutedTopic).where(MutedTopic.account_id == actor.account_id))
    for topic in topics:
        row = insert(MutedTopic).values(account_id=actor.account_id, topic=topic)
        await session.execute(row.on_conflict_do_nothing())


async def unread(session: AsyncSession, actor: Actor) -> int:
    query = select(func.count()).select_from(Notice)
    mine = query.where(Notice.account_id == actor.account_id, Notice.read_at.is_(None))
    return int(await session.scalar(mine) or 0)


async def mark_all_read(session: AsyncSession, actor: Actor) -> None:
    """Everything that is there now; a notice that comes at this moment stays unread or is read with the others."""
    mine = update(Notice).where(Notice.account_id == actor.account_id, Notice.read_at.is_(None))
    await session.execute(mine.values(read_at=func.now()).execution_options(synchronize_session=False))


async def listed(session: AsyncSession, actor: Actor, *, before: UUID | None, limit: int) -> Sequence[Notice]:
    """One's own, newest first."""
    query = select(Notice).where(Notice.account_id == actor.account_id)
    if before is not None:
        query = query.where(Notice.id < before)
    return (await session.scalars(query.order_by(Notice.id.desc()).limit(limit))).all()


async def mark_read(session: AsyncSession, actor: Actor, notice_id: UUID) -> None:
    """Reading twice keeps the first time; another's notice is not found."""
    found = await session.scalar(
        update(Notice)
        .where(Notice.id == notice_id, Notice.account_id == actor.account_id)
        .values(read_at=func.coalesce(Notice.read_at, func.now()))
        .returning(Notice.id)
    )
    if found is None:
        raise NoticeNotFound(f"You have no notice {notice_id}.")


async def due_ids(session: AsyncSession, now: int, *, limit: int = 100) -> Sequence[UUID]:
    """What the sweep should send."""
    due = select(Delivery.id).where(Delivery.status == "due", Delivery.next_at <= now)
    return (await session.scalars(due.order_by(Delivery.next_at).limit(limit))).all()


async def take(session: AsyncSession, world: World, delivery_id: UUID) -> Due | None:
    """Lease one due message: whoever else comes finds it not due until the lease has passed (P131)."""
    now = world.clock.now()
    row = (
        await session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id, Delivery.status == "due", Delivery.next_at <= now)
            .values(attempts=Delivery.attempts + 1, next_at=next_attempt(1, now))
            .returning(Delivery.notice_id)
        )
    ).one_or_none()
    if row is None:
        return None
    notice = await session.get_one(Notice, row.notice_id)
    contact = await session.get(Contact, notice.account_id)
    if contact is None:
        await session.execute(update(Delivery).where(Delivery.id == delivery_id).values(status="unwanted"))
        return None
    return Due(delivery_id, _opened(contact, world), notice.title, notice.body)


async def sent(session: AsyncSession, delivery_id: UUID) -> None:
    await session.execute(update(Delivery).where(Delivery.id == delivery_id).values(status="sent", error=None))


async def not_sent(session: AsyncSession, world: World, delivery_id: UUID, why: str) -> None:
    """Try again later, or give up after the last wait of the list; the notice stays in the account's own list."""
    found = await session.get_one(Delivery, delivery_id)
    again = next_attempt(found.attempts, world.clock.now())
    found.error = why[:500]
    if again is None:
        found.status = "failed"
    else:
        found.next_at = again


def _opened(contact: Contact, world: World) -> str:
    clear = open_sealed(
        Sealed(contact.sealed_email, contact.wrapped_key),
        document_id=str(contact.account_id),
        platform_keys=world.secrets.vault_keys,
    )
    return clear.decode()
