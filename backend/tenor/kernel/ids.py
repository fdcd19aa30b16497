"""Row ids: UUIDv7, so that keys grow with time and indexes stay dense. Ids of the chain are made in `ledger`."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562). Its clock only orders rows; it decides nothing about money."""
    return uuid7()
