"""Migrations for people at a terminal: a database that does not answer is a sentence, not a trace."""

from urllib.parse import urlsplit

from sqlalchemy.exc import DBAPIError

from tenor.kernel.errors import Unavailable
from tenor.migrations.upgrade import upgrade
from tenor.settings import Settings


class DatabaseSilent(Unavailable):
    """DATABASE_URL names no PostgreSQL that lets us in."""


async def bring_up_to_date(settings: Settings) -> None:
    """The newest migration; nothing to do is fine."""
    try:
        await upgrade(settings.database_url)
    except (OSError, DBAPIError) as silent:
        where = urlsplit(settings.database_url)
        why = str(silent.__cause__ or silent).splitlines()[0]
        raise DatabaseSilent(
            f"DATABASE_URL: {where.hostname or 'the socket'}{where.path} does not let us in ({why}). "
            "Check that it runs, that the database exists, and user and password."
        ) from silent
