"""Engine, sessions and the declarative base: the only begin and commit of the program. Never a query."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import BigInteger, DateTime, LargeBinary, MetaData, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

Maker = async_sessionmaker[AsyncSession]

_GOING = frozenset({"57P01", "57P02", "57P03", "53300"})
"""SQLSTATE of shutdown, crash, start-up and too many connections."""
_UNREACHABLE = (
    ConnectionError | FileNotFoundError | TimeoutError | asyncpg.PostgresConnectionError | asyncpg.CannotConnectNowError
)
"""What the driver raises before there is a connection, which SQLAlchemy hands through as it is."""


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
    return async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def transaction(maker: Maker) -> AsyncIterator[AsyncSession]:
    """One database transaction: returning commits, raising rolls back. READ COMMITTED: constraints and locks decide."""
    async with maker.begin() as session:
        yield session


@asynccontextmanager
async def looking(maker: Maker) -> AsyncIterator[AsyncSession]:
    """A session for single statements that only read: the server is asked for no BEGIN and no COMMIT around them."""
    async with maker() as session:
        await session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        yield session
