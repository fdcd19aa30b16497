"""The RPC server's answers as structs, and what they mean to us. Asks nothing; refuses nonsense as unavailable."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

import msgspec
from stellar_sdk import xdr

from tenor.ledger import closes
from tenor.ledger.assembly import Simulated
from tenor.ledger.errors import LedgerUnavailable
from tenor.ledger.events import EventFilter, EventPage, RawEvent
from tenor.ledger.submission import Applied

END_OF_LEDGER = "4294967295"
"""The second half of a cursor that stands behind everything in its ledger."""


class _Wire(msgspec.Struct, rename="camel", frozen=True):
    pass


class RpcError(msgspec.Struct, frozen=True):
    code: int
    message: str


class Envelope(msgspec.Struct, frozen=True):
    id: Any = None
    result: msgspec.Raw = msgspec.Raw(b"null")
    error: RpcError | None = None


class Network(_Wire, frozen=True):
    passphrase: str


class Version(_Wire, frozen=True):
    version: str


class Health(_Wire, frozen=True):
    latest_ledger: int
    oldest_ledger: int
    latest_close_time: int = msgspec.field(name="latestLedgerCloseTime")


class Percentiles(_Wire, frozen=True):
    p95: int


class FeeStats(_Wire, frozen=True):
    soroban: Percentiles = msgspec.field(name="sorobanInclusionFee")
    classic: Percentiles = msgspec.field(name="inclusionFee")


class Sent(_Wire, frozen=True):
    status: Literal["PENDING", "DUPLICATE", "TRY_AGAIN_LATER", "ERROR"]
    error_result_xdr: str | None = None


class Transaction(_Wire, frozen=True):
    status: Literal["SUCCESS", "FAILED", "NOT_FOUND"]
    latest_ledger: int
    oldest_ledger: int
    latest_close_time: int = msgspec.field(name="latestLedgerCloseTime")
    ledger: int | None = None
    created_at: int | None = None
    result_xdr: str | None = None
    result_meta_xdr: str | None = None
    diagnostic_events_xdr: list[str] | None = None


class SimulatedCall(_Wire, frozen=True):
    xdr: str
    auth: tuple[str, ...] | None = None


class Simulation(_Wire, frozen=True):
    latest_ledger: int
    error: str | None = None
    min_resource_fee: int | None = None
    transaction_data: str | None = None
    results: list[SimulatedCall] | None = None
    restore_preamble: dict[str, Any] | None = None


class Entry(_Wire, frozen=True):
    key: str
    xdr: str


class Entries(_Wire, frozen=True):
    latest_ledger: int
    entries: list[Entry] | None = None


class WireEvent(_Wire, frozen=True):
    id: str
    ledger: int
    ledger_closed_at: str
    contract_id: str
    tx_hash: str
    topic: tuple[str, ...]
    value: str


class Events(_Wire, frozen=True):
    events: list[WireEvent]
    cursor: str
    latest_ledger: int
    oldest_ledger: int
    latest_close_time: int = msgspec.field(name="latestLedgerCloseTime", default=0)


class Ledger(_Wire, frozen=True):
    hash: str
    sequence: int
    closed_at: int = msgspec.field(name="ledgerCloseTime")
    metadata_xdr: str


class Ledgers(_Wire, frozen=True):
    ledgers: list[Ledger]
    latest_ledger: int
    oldest_ledger: int
    latest_close_time: int = msgspec.field(name="latestLedgerCloseTime", default=0)


def applied(found: Transaction, tx_hash: str) -> Applied:
    if found.ledger is None or found.result_xdr is None or found.created_at is None:
        raise LedgerUnavailable(f"The node says that {tx_hash} was applied, and not how.")
    try:
        result = xdr.TransactionResult.from_xdr(found.result_xdr)
        meta = None if found.result_meta_xdr is None else xdr.TransactionMeta.from_xdr(found.result_meta_xdr)
    except (ValueError, EOFError) as error:
        raise LedgerUnavailable(f"The node's account of {tx_hash} cannot be read: {error}.") from error
    return Applied(
        hash=tx_hash,
        ledger=found.ledger,
        closed_at=found.created_at,
        success=found.status == "SUCCESS",
        result_xdr=found.result_xdr,
        return_xdr=None if meta is None else _returned(meta),
        fee_charged_stroops=result.fee_charged.int64,
        diagnostics=tuple(found.diagnostic_events_xdr or ()),
    )


def simulated(answer: Simulation) -> Simulated:
    if answer.transaction_data is None or answer.min_resource_fee is None or not answer.results:
        raise LedgerUnavailable("The node's simulation lacks its results.")
    return Simulated(
        data_xdr=answer.transaction_data,
        auth_xdr=answer.results[0].auth or (),
        resource_fee=answer.min_resource_fee,
        return_xdr=answer.results[0].xdr,
        ledger=answer.latest_ledger,
    )


def scval(text: str | None) -> xdr.SCVal:
    try:
        return xdr.SCVal.from_xdr(text or "")
    except (ValueError, EOFError) as error:
        raise LedgerUnavailable("The node's simulation returned nothing readable.") from error


def entry_data(text: str) -> xdr.LedgerEntryData:
    try:
        return xdr.LedgerEntryData.from_xdr(text)
    except (ValueError, EOFError) as error:
        raise LedgerUnavailable("The node handed out a ledger entry that cannot be read.") from error


def event_filter(wanted: EventFilter) -> dict[str, Any]:
    written: dict[str, Any] = {"type": "contract", "topics": [list(topic) for topic in wanted.topics]}
    return written | ({"contractIds": list(wanted.contracts)} if wanted.contracts else {})


def event_page(page: Events) -> EventPage:
    events = tuple(
        [
            RawEvent(e.id, e.ledger, _unix(e.ledger_closed_at), e.contract_id, e.tx_hash, e.topic, e.value)
            for e in page.events
        ]
    )
    ids = [event.id for event in events]
    if ids != sorted(ids):
        raise LedgerUnavailable("The node handed out events out of order.")
    return EventPage(events, page.cursor, page.latest_ledger, page.oldest_ledger, page.latest_close_time)


def ledger_page(page: Ledgers, after: str, filters: Sequence[EventFilter]) -> EventPage:
    """Events behind the id `after` of whole ledgers, as a page of `getEvents` would have them."""
    events: list[RawEvent] = []
    for ledger in page.ledgers:
        try:
            events += [event for event in closes.events_of(ledger.metadata_xdr, filters) if event.id > after]
        except (ValueError, EOFError) as error:
            raise LedgerUnavailable(
                f"The node's record of ledger {ledger.sequence} cannot be read: {error}."
            ) from error
    cursor = f"{((page.ledgers[-1].sequence + 1) << 32) - 1:019d}-{END_OF_LEDGER}"
    return EventPage(tuple(events), cursor, page.latest_ledger, page.oldest_ledger, page.latest_close_time)


def needed_from(start: int | str) -> int:
    """The first ledger that holds anything behind `start`, which is a ledger or a cursor."""
    if isinstance(start, int):
        return start
    place, _, index = start.partition("-")
    return (int(place) >> 32) + (index == END_OF_LEDGER)


@lru_cache(maxsize=1024)
def _unix(moment: str) -> int:
    """RFC 3339 to Unix seconds; all events of a ledger carry the same text."""
    return int(datetime.fromisoformat(moment).timestamp())


def _returned(meta: xdr.TransactionMeta) -> str | None:
    held = meta.v4 or meta.v3
    value = None if held is None or held.soroban_meta is None else held.soroban_meta.return_value
    return None if value is None else value.to_xdr()
