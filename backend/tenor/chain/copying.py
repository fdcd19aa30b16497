"""Events as PostgreSQL's COPY reads them in its binary form. Asks nobody, decides nothing.

The driver's own encoder takes every value and every topic through several calls. What events hold is ASCII by its
nature (base64, hex, strkeys), so rows are joined as text whose characters are the bytes, and encoded once.
"""

from collections.abc import AsyncIterator, Sequence
from functools import lru_cache
from struct import pack

from tenor.ledger.events import Event

COLUMNS = ("id", "ledger", "closed_at", "contract", "tx_hash", "type", "topics", "value")
_AT_ONCE = 1_000
"""Rows of one message: the server stores them while the next are made."""
_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_TEXT_OID = 25
_KNOWN_MAX = 16_384


async def rows(events: Sequence[Event]) -> AsyncIterator[bytes]:
    """`events` in their order, for `COPY contract_event (COLUMNS) FROM STDIN (FORMAT binary)`.

    `UnicodeEncodeError`, or the server's refusal, for text that is not ASCII: no ledger says such a thing.
    """
    yield _SIGNATURE
    for start in range(0, len(events), _AT_ONCE):
        yield _packed(events[start : start + _AT_ONCE])
    yield _END


def _packed(events: Sequence[Event]) -> bytes:
    parts: list[str] = []
    for event in events:
        raw = event.raw
        parts += (
            _FIELDS,
            _size(len(raw.id)),
            raw.id,
            _moment(raw.ledger, raw.closed_at),
            _text(raw.contract),
            _size(len(raw.tx_hash)),
            raw.tx_hash,
            _text(type(event).__name__),
            _array(raw.topics),
            _size(len(raw.value)),
            raw.value,
        )
    return "".join(parts).encode("latin-1")


def _chars(form: str, *numbers: int) -> str:
    return pack(form, *numbers).decode("latin-1")


_FIELDS = _chars(">h", len(COLUMNS))


@lru_cache(maxsize=_KNOWN_MAX)
def _size(size: int) -> str:
    return _chars(">i", size)


@lru_cache(maxsize=_KNOWN_MAX)
def _moment(ledger: int, closed_at: int) -> str:
    return _chars(">iqiq", 8, ledger, 8, closed_at)


@lru_cache(maxsize=_KNOWN_MAX)
def _text(text: str) -> str:
    return _size(len(text)) + text


@lru_cache(maxsize=_KNOWN_MAX)
def _array(topics: tuple[str, ...]) -> str:
    """text[]: dimensions, no nulls, the type, and if there is one the number of items and the first one's place."""
    shape = _chars(">iiiii", 1, 0, _TEXT_OID, len(topics), 1) if topics else _chars(">iii", 0, 0, _TEXT_OID)
    return _text(shape + "".join(map(_text, topics)))
