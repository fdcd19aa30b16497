"""Events of contracts/stream, decoded. Never decides what an event means for a row."""

from dataclasses import dataclass
from enum import IntEnum

from tenor.ledger.events import Event
from tenor.ledger.shapes import Hex32, Seconds, Strkey, Topic, Units, Variant


class StreamStatus(IntEnum):
    ACTIVE = 0
    PAUSED = 1
    CANCELLED = 2
    COMPLETED = 3


@dataclass(frozen=True, slots=True)
class StreamsConstructed(Event):
    escrow: Strkey
    distributor: Strkey


@dataclass(frozen=True, slots=True)
class StreamCreated(Event):
    """`recipient`: ["Account", address] or ["Invoice", 32 bytes]. `units` accrue in `seconds`, each second where 0."""

    stream_id: Topic[Hex32]
    payer: Topic[Strkey]
    recipient: Variant
    asset: Strkey
    deposited: Units
    units: Units
    seconds: Seconds
    start: Seconds


@dataclass(frozen=True, slots=True)
class StreamToppedUp(Event):
    stream_id: Topic[Hex32]
    deposited_before: Units
    deposited_after: Units


@dataclass(frozen=True, slots=True)
class StreamSettled(Event):
    stream_id: Topic[Hex32]
    paid_before: Units
    paid_after: Units
    at: Seconds


@dataclass(frozen=True, slots=True)
class StreamPaused(Event):
    stream_id: Topic[Hex32]
    ran_seconds: Seconds
    at: Seconds


@dataclass(frozen=True, slots=True)
class StreamResumed(Event):
    stream_id: Topic[Hex32]
    ran_seconds: Seconds
    since: Seconds


@dataclass(frozen=True, slots=True)
class StreamEnded(Event):
    stream_id: Topic[Hex32]
    status: StreamStatus
    paid: Units
    returned: Units
    at: Seconds


@dataclass(frozen=True, slots=True)
class StreamOwedChanged(Event):
    owner: Topic[Strkey]
    asset: Topic[Strkey]
    before: Units
    after: Units


STREAM_EVENTS: tuple[type[Event], ...] = (
    StreamsConstructed,
    StreamCreated,
    StreamToppedUp,
    StreamSettled,
    StreamPaused,
    StreamResumed,
    StreamEnded,
    StreamOwedChanged,
)
