"""Wraps every sealed thing's data key under another platform key, table by table. Never opens a document."""

from dataclasses import dataclass, field

from sqlalchemy import Column, MetaData, Table, select, update

from tenor.db import Maker, transaction
from tenor.documents.refusals import SealBroken
from tenor.documents.vault import is_wrapped_by
from tenor.documents.vault import rewrap as wrapped_anew

_COLUMN = "wrapped_key"
_TOGETHER = 500


@dataclass(slots=True)
class Rewrapped:
    """`unknown`: rows whose key opens with neither, as `table id`. Erased ones have no key and are not counted."""

    rewrapped: int = 0
    already: int = 0
    unknown: list[str] = field(default_factory=list)


async def rewrap(maker: Maker, tables: MetaData, *, old_key: bytes, new_key: bytes) -> Rewrapped:
    """Every data key of `tables` under `new_key`. May be cut off anywhere and run again; readers need both keys."""
    done = Rewrapped()
    for table in tables.sorted_tables:
        if _COLUMN in table.c:
            await _table(maker, table, done, old_key=old_key, new_key=new_key)
    return done


async def _table(maker: Maker, table: Table, done: Rewrapped, *, old_key: bytes, new_key: bytes) -> None:
    """A table's rows in steps of their primary key, which is what its documents are sealed for."""
    (key,) = table.primary_key.columns
    wrapped: Column[bytes] = table.c[_COLUMN]
    last = None
    while True:
        async with transaction(maker) as session:
            query = select(key, wrapped).order_by(key).limit(_TOGETHER).with_for_update()
            rows = (await session.execute(query if last is None else query.where(key > last))).all()
            for identity, held in rows:
                if not held or is_wrapped_by(held, document_id=str(identity), platform_key=new_key):
                    done.already += bool(held)
                    continue
                try:
                    anew = wrapped_anew(held, document_id=str(identity), old_key=old_key, new_key=new_key)
                except SealBroken:
                    done.unknown.append(f"{table.name} {identity}")
                    continue
                await session.execute(update(table).where(key == identity).values({_COLUMN: anew}))
                done.rewrapped += 1
        if len(rows) < _TOGETHER:
            return
        last = rows[-1][0]
