"""Many transactions moved by one statement, each only from exactly what was read of it. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, bindparam, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tenor.chain.models import ChainTransaction, Envelope
from tenor.ledger.submission import TRANSACTION


@dataclass(frozen=True, slots=True)
class Change:
    """`row` as it was read, and the new values of its columns; the same columns for every change of one call."""

    row: ChainTransaction
    values: dict[str, Any]


async def change(session: AsyncSession, event: str, changes: Sequence[Change]) -> set[UUID]:
    """Compare-and-set each from its own status and hash; the ids that moved, the others belonged to a faster worker."""
    by_columns: dict[frozenset[str], list[Change]] = {}
    for each in changes:
        by_columns.setdefault(frozenset(each.values), []).append(each)
    moved: set[UUID] = set()
    for alike in by_columns.values():
        moved |= await _change(session, event, alike)
    return moved


async def keep_envelopes(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Durable before anybody outside can hold them (P02)."""
    if changes:
        rows = [
            {
                "hash": each.values["hash"],
                "transaction_id": each.row.id,
                "envelope_xdr": each.values["envelope_xdr"],
                "valid_until": each.values["valid_until"],
            }
            for each in changes
        ]
        await session.execute(insert(Envelope).values(rows).on_conflict_do_nothing(index_elements=["hash"]))


async def _change(session: AsyncSession, event: str, changes: Sequence[Change]) -> set[UUID]:
    table = ChainTransaction.__table__.c
    names = sorted(changes[0].values)
    columns: dict[str, tuple[Any, list[Any]]] = {
        "row_id": (table.id.type, [each.row.id for each in changes]),
        "was": (table.status.type, [each.row.status for each in changes]),
        "before": (table.hash.type, [each.row.hash for each in changes]),
        "after": (table.status.type, [TRANSACTION.after(event, each.row.status) for each in changes]),
        **{name: (table[name].type, [each.values[name] for each in changes]) for name in names},
    }
    given = [bindparam(None, held, type_=ARRAY(kind)) for kind, held in columns.values()]
    new = func.unnest(*given).table_valued(*columns, name="new").render_derived()
    done = await session.scalars(
        update(ChainTransaction)
        .where(
            ChainTransaction.id == new.c.row_id,
            ChainTransaction.status == new.c.was,
            ChainTransaction.hash.is_not_distinct_from(new.c.before),
        )
        .values({"status": new.c.after, **{name: new.c[name] for name in names}})
        .returning(ChainTransaction.id)
        .execution_options(synchronize_session=False)
    )
    return set(done)
