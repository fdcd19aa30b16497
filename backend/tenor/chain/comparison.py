"""What the newest comparison with the ledger says, for everybody who has to be told. Compares and corrects nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import Reconciliation

STALE = timedelta(hours=3)
"""Three comparisons that did not come: the worker is down, or it cannot read the ledger."""
_NEVER = "The projections have never been compared with the ledger: is the worker running?"


@dataclass(frozen=True, slots=True)
class Compared:
    """`differences`: how many values differ, as far as they are kept; `since`: the first comparison that found any.

    `since` is None when nothing differs. It is the beginning of an unbroken run: one that agrees ends it.
    """

    at: datetime
    differences: int
    since: datetime | None

    def age_seconds(self, now: int) -> int:
        return max(0, now - int(self.at.timestamp()))


async def newest(session: AsyncSession) -> Compared | None:
    """None before the first comparison."""
    row = await session.scalar(select(Reconciliation).order_by(Reconciliation.id.desc()).limit(1))
    if row is None:
        return None
    agreed = select(Reconciliation.id).where(func.cardinality(Reconciliation.findings) == 0)
    last_agreed = await session.scalar(agreed.order_by(Reconciliation.id.desc()).limit(1))
    run = select(Reconciliation.at).order_by(Reconciliation.id).limit(1)
    if last_agreed is not None:
        run = run.where(Reconciliation.id > last_agreed)
    return Compared(row.at, len(row.findings), await session.scalar(run))


def complaint(compared: Compared | None, now: int) -> str | None:
    """What is wrong, since when, and the way out, without naming anybody; None when all agrees and is fresh."""
    if compared is None:
        return _NEVER
    said = [] if compared.since is None else [difference(compared.differences, compared.since)]
    if compared.age_seconds(now) > STALE.total_seconds():
        said.append(f"The last comparison with the ledger was at {_moment(compared.at)}: is the worker running?")
    return " ".join(said) or None


def difference(count: int, since: datetime) -> str:
    values = "1 value differs" if count == 1 else f"{count} values differ"
    return f"{values} from the ledger since {_moment(since)}: `tenor reconcile` says where, and what to do."


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
