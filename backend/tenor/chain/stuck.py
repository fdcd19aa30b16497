"""What has no outcome yet, why, and what happens next: for the operator who asks. Moves nothing (P45)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from tenor.chain.jobs import envelope_of
from tenor.chain.models import ChainTransaction, SourceLease
from tenor.db import Maker, transaction
from tenor.ledger.submission import Finish, Rebuild, Seen, Send, next_step
from tenor.world import World

LISTED_MAX = 200


@dataclass(frozen=True, slots=True)
class Stuck:
    """One transaction without an outcome. `next_step`: what the worker does with it, or what a person must do."""

    id: UUID
    purpose: str
    subject: str
    status: str
    age_seconds: int
    reason: str
    next_step: str


async def stuck(maker: Maker, world: World, *, older_than_seconds: int = 0) -> list[Stuck]:
    """Planned, signed and sent transactions, oldest first. Drafts that wait for their owner are not listed."""
    async with transaction(maker) as session:
        rows = (
            await session.scalars(
                select(ChainTransaction)
                .where(ChainTransaction.status.in_(("planned", "signed", "sent")))
                .order_by(ChainTransaction.created_at)
                .limit(LISTED_MAX)
            )
        ).all()
        held = {lease.source: lease.transaction_id for lease in await session.scalars(select(SourceLease))}
    now = datetime.fromtimestamp(world.clock.now(), UTC)
    listed = [await _look(world, row, held, now) for row in rows]
    return [each for each in listed if each.age_seconds >= older_than_seconds]


async def _look(world: World, row: ChainTransaction, held: dict[str, UUID], now: datetime) -> Stuck:
    if row.hash is None or row.status == "planned":
        reason, after = _planned(row, held)
    else:
        reason, after = _under_way(row, await world.ledger.seen(row.hash))
    if row.error_sentence:
        reason = f"{reason}; last refusal: {row.error_sentence}"
    age = max(0, int((now - row.created_at).total_seconds()))
    return Stuck(row.id, row.purpose, row.subject, row.status, age, reason, after)


def _planned(row: ChainTransaction, held: dict[str, UUID]) -> tuple[str, str]:
    others = [source for source, holder in held.items() if source == row.source and holder != row.id]
    if others:
        return f"another transaction of {others[0]} is under way", f"waits for {held[others[0]]}"
    return "not built yet", "the worker builds it when its account is free: is `tenor worker` running?"


def _under_way(row: ChainTransaction, seen: Seen) -> tuple[str, str]:
    match next_step(envelope_of(row), seen):
        case Send():
            return "not with the network", "the worker sends it: is `tenor worker` running?"
        case Finish(event=event):
            return "its outcome is known", f"the worker closes it ({event}): is `tenor worker` running?"
        case Rebuild():
            return "its envelope is dead", "the worker plans it again: is `tenor worker` running?"
        case waiting:
            return waiting.reason, f"it lands, or is decided after {row.valid_until} (ledger time)"
