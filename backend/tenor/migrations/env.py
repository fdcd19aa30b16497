"""Alembic's entry: runs on the connection that `upgrade` or `scripts/migration.py` hands in. Opens none itself."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from tenor.migrations.upgrade import all_tables


def as_stored(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """A migration names database types only, never a class of ours that may move."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=all_tables(),
    compare_type=True,
    render_item=as_stored,
)
with context.begin_transaction():
    context.run_migrations()
