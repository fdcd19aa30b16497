"""Engine, sessions and the declarative base: the only begin and commit of the program. Never a query."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, LargeBinary, MetaData, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncAttrs, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

Maker = async_sessionmaker[AsyncSession]


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


def create_maker(engine: AsyncEngine) -> Maker:
    return async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def transaction(maker: Maker) -> AsyncIterator[AsyncSession]:
    """One database transaction: returning commits, raising rolls back. READ COMMITTED; constraints and row locks decide."""
    async with maker.begin() as session:
        yield session
