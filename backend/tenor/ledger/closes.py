"""Events of a closed ledger, read from its own metadata as `getEvents` would list them. Asks nobody."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stellar_sdk import StrKey, xdr

from tenor.ledger.events import EventFilter, RawEvent


def events_of(metadata_xdr: str, filters: Sequence[EventFilter]) -> tuple[RawEvent, ...]:
    """What the contracts of one ledger said, in its order and with the ids of `getEvents`, as far as `filters` let it.

    `metadata_xdr`: base64 LedgerCloseMeta. Fee events, which stand outside of operations, are no contract's of ours and
    are left out. `ValueError` or `EOFError` when it cannot be read.
    """
    meta = xdr.LedgerCloseMeta.from_xdr(metadata_xdr)
    held = meta.v2 or meta.v1 or meta.v0
    if held is None:
        raise ValueError("Ledger metadata of an unknown version.")
    header = held.ledger_header.header
    ledger, closed_at = header.ledger_seq.uint32, header.scp_value.close_time.time_point.uint64
    found = []
    processing: Sequence[Any] = held.tx_processing  # the versions' items have the same names for what is read here
    for number, applied in enumerate(processing, 1):
        tx_hash = applied.result.transaction_hash.hash.hex()
        for operation, index, event in _events(applied.tx_apply_processing):
            if event.type != xdr.ContractEventType.CONTRACT or event.contract_id is None or event.body.v0 is None:
                continue
            contract = StrKey.encode_contract(event.contract_id.contract_id.hash)
            topics = tuple(topic.to_xdr() for topic in event.body.v0.topics)
            if not any(passes(each, contract, topics) for each in filters):
                continue
            event_id = f"{ledger << 32 | number << 12 | operation:019d}-{index:010d}"
            value = event.body.v0.data.to_xdr()
            found.append(RawEvent(event_id, ledger, closed_at, contract, tx_hash, topics, value))
    return tuple(found)


def passes(wanted: EventFilter, contract: str, topics: Sequence[str]) -> bool:
    """Whether `getEvents` would let an event through this filter."""
    if wanted.contracts and contract not in wanted.contracts:
        return False
    return not wanted.topics or any(_fits(pattern, topics) for pattern in wanted.topics)


def _fits(pattern: Sequence[str], topics: Sequence[str]) -> bool:
    open_ended = bool(pattern) and pattern[-1] == "**"
    fixed = pattern[:-1] if open_ended else pattern
    if len(topics) < len(fixed) or (len(topics) > len(fixed) and not open_ended):
        return False
    return all(part in ("*", topic) for part, topic in zip(fixed, topics, strict=False))


def _events(meta: xdr.TransactionMeta) -> Iterator[tuple[int, int, xdr.ContractEvent]]:
    """(operation, place within it, event). Before version 4 a transaction had its events beside its one operation."""
    operations: Iterable[tuple[int, list[xdr.ContractEvent]]] = ()
    if meta.v4 is not None:
        operations = enumerate(each.events for each in meta.v4.operations)
    elif meta.v3 is not None and meta.v3.soroban_meta is not None:
        operations = [(0, meta.v3.soroban_meta.events)]
    for operation, events in operations:
        for index, event in enumerate(events):
            yield operation, index, event
