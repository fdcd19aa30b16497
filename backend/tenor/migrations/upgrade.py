"""Brings a database to the newest schema. Never creates tables any other way: tests run on the same migrations."""

import asyncio
import importlib
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import tenor
from tenor.db import Base


def all_tables() -> MetaData:
    """Every table of the program: each feature folder's `models.py` is imported here, none can be forgotten."""
    for folder in pkgutil.iter_modules(tenor.__path__, "tenor."):
        if folder.ispkg and (Path(tenor.__path__[0]) / folder.name.removeprefix("tenor.") / "models.py").exists():
            importlib.import_module(f"{folder.name}.models")
    importlib.import_module("tenor.idempotency")
    return Base.metadata


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


async def upgrade(database_url: str) -> None:
    """Applies what is missing, in one transaction; nothing to do is fine."""
    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda sync: command.upgrade(configuration(sync), "head"))
    finally:
        await engine.dispose()


def upgrade_now(database_url: str) -> None:
    """The same for callers without a running loop."""
    asyncio.run(upgrade(database_url))
