"""The schema that tests and deployments run on is the one the models describe."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import AsyncEngine

from tenor.migrations.upgrade import all_tables, upgrade


async def test_models_and_migration_agree(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), all_tables())
        )
    assert differences == [], "run `make migration`"


async def test_upgrading_twice_changes_nothing(database_url: str, engine: AsyncEngine) -> None:
    await upgrade(database_url)
    async with engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        assert found.scalars().all() == ["0001"]
