"""Engine, sessions and the declarative base: the only begin and commit of the program. Never a query."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
from sqlalchemy import BigInteger, DateTime, LargeBinary, MetaData, Select, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session
from sqlalchemy.util import greenlet_spawn

Maker = async_sessionmaker[AsyncSession]
Answer: TypeAlias = asyncpg.Record
"""A row by place or by name, as the driver made it."""

_GOING = frozenset({"57P01", "57P02", "57P03", "53300"})
"""SQLSTATE of shutdown, crash, start-up and too many connections."""
_UNREACHABLE = (
    ConnectionError
    | FileNotFoundError
    | TimeoutError
    | asyncpg.PostgresConnectionError
    | asyncpg.CannotConnectNowError
    | asyncpg.AdminShutdownError
    | asyncpg.InterfaceError
)
"""What the driver raises before there is a connection, or to `ask`: nobody wraps it."""


class WrittenBeforeAsking(AssertionError):
    """A flow's steps are in the wrong order, which is our defect: read, ask, then write."""


class Base(AsyncAttrs, DeclarativeBase):
    """All tables. Money is BIGINT units, times are timestamptz, chain ids are text (strkey) or bytes (hashes)."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        int: BigInteger,
        datetime: DateTime(timezone=True),
        bytes: LargeBinary,
        UUID: Uuid,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


def create_engine(url: str, *, connections: int = 10) -> AsyncEngine:
    """`url` as asyncpg takes it: `postgresql+asyncpg://...` (plain `postgresql://` is accepted and completed)."""
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=connections,
        max_overflow=0,  # what overflows is opened and closed again for every request
    )
    event.listen(engine.sync_engine, "checkout", _only_open)
    return engine


def _only_open(_: object, record: Any, __: object) -> None:
    """The driver hears of a server that went away; asking it costs nothing, asking the server three round trips."""
    if record.driver_connection.is_closed():
        raise DisconnectionError


def is_gone(error: BaseException) -> bool:
    """Whether `error` says that the database could not be reached or went away, rather than that it refused."""
    if isinstance(error, DBAPIError) and (error.connection_invalidated or getattr(error.orig, "pgcode", "") in _GOING):
        return True
    return isinstance(error, OperationalError | InterfaceError | PoolExhausted | _UNREACHABLE)


def create_maker(engine: AsyncEngine) -> Maker:
    return async_sessionmaker(engine, expire_on_commit=False, sync_session_class=_Marked)


@asynccontextmanager
async def transaction(maker: Maker) -> AsyncIterator[AsyncSession]:
    """One database transaction: returning commits, raising rolls back. READ COMMITTED: constraints and locks decide."""
    async with maker() as session:
        yield session
        await session.commit()


async def let_go(session: AsyncSession) -> None:
    """Give the connection back before anybody outside is asked, so that a slow answer costs no connection (P138).

    What was read stays as it is, as values; what follows is a transaction of its own, in which only a compare-and-set
    knows whether it still holds. `WrittenBeforeAsking` once something was written or locked: half of it would stay.
    """
    held = session.sync_session
    if _WROTE in held.info or held.new or held.dirty or held.deleted:
        raise WrittenBeforeAsking("A flow asked the network after it had written or locked a row: ask first.")
    await session.commit()


@dataclass(frozen=True, slots=True)
class Question:
    """A SELECT compiled once: its text, its parameters in order, and the values of those that never change."""

    text: str
    names: tuple[str, ...]
    values: Mapping[str, Any]


def question(query: Select[Any]) -> Question:
    """`query` for `ask`; what differs from call to call is a `bindparam`."""
    compiled = query.compile(dialect=_DIALECT)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    return Question(str(compiled), tuple(compiled.positiontup or ()), fixed)


async def ask(maker: Maker, asked: Question, **given: Any) -> list[Answer]:
    """Rows of one statement, from the driver itself: no session, no statement built, no BEGIN and no COMMIT.

    For reads that every visitor makes; everything else is a session's.
    """
    engine: AsyncEngine = maker.kw["bind"]
    values = {**asked.values, **given}
    held = await engine.raw_connection()
    try:
        driver: asyncpg.Connection = held.driver_connection
        return list(await driver.fetch(asked.text, *[values[name] for name in asked.names]))
    finally:
        await greenlet_spawn(held.close)


_DIALECT: Any = PGDialect_asyncpg()  # type: ignore[no-untyped-call] # of the library


class _Marked(Session):
    """Remembers whether it has written or locked anything."""


_WROTE = "wrote"


@event.listens_for(_Marked, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    if not state.is_select or getattr(state.statement, "_for_update_arg", None) is not None:
        state.session.info[_WROTE] = True


@event.listens_for(_Marked, "after_flush")
def _note_flush(session: Session, _: object) -> None:
    session.info[_WROTE] = True
