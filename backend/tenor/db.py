"""Engine, sessions and the declarative base: the only begin and commit of the program. Never a query."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import BigInteger, DateTime, LargeBinary, MetaData, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session

Maker = async_sessionmaker[AsyncSession]

_GOING = frozenset({"57P01", "57P02", "57P03", "53300"})
"""SQLSTATE of shutdown, crash, start-up and too many connections."""
_UNREACHABLE = (
    ConnectionError | FileNotFoundError | TimeoutError | asyncpg.PostgresConnectionError | asyncpg.CannotConnectNowError
)
"""What the driver raises before there is a connection, which SQLAlchemy hands through as it is."""


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


def create_engine(url: str, *, pool_size: int = 5) -> AsyncEngine:
    """`url` as asyncpg takes it: `postgresql+asyncpg://...` (plain `postgresql://` is accepted and completed)."""
    return create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
    )


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


@asynccontextmanager
async def looking(maker: Maker) -> AsyncIterator[AsyncSession]:
    """A session for single statements that only read: the server is asked for no BEGIN and no COMMIT around them."""
    async with maker() as session:
        await session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        yield session


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
