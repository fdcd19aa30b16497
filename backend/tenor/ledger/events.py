"""Contract events: raw as the ledger gives them, and decoded into ours. Never decides what an event means for a row."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One `getEvents` item of a contract. `id` orders all events of the ledger and is the key against doubles (P60).

    `topics` and `value` are base64 XDR ScVals; `closed_at` is Unix seconds of the ledger's close.
    """

    id: str
    ledger: int
    closed_at: int
    contract: str
    tx_hash: str
    topics: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """An empty page still moves `cursor`: follow it (P58). `oldest` > the next ledger needed means events are lost (P57)."""

    events: tuple[RawEvent, ...]
    cursor: str
    latest: int
    oldest: int
