"""What a stream has accrued, what may be done to it, and when it is worth settling. Pure; time is ledger time.

`accrued` repeats contracts/stream/src/accrual.rs to the unit.
"""

from dataclasses import dataclass
from typing import Literal

from tenor.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

Status = Literal["active", "paused", "cancelled", "completed"]
SETTLE_SECONDS = 86_400
"""The platform settles a stream once a day; anybody may do it sooner."""


class StreamUnknown(NotFound):
    pass


class StreamsNotDeployed(NotFound):
    """This installation was deployed without the contract of streams."""


class NotYourStream(NotAllowed):
    """Somebody else pays it, or is paid by it."""


class StreamIsOver(Conflict):
    pass


class StreamIsPaused(Conflict):
    pass


class StreamIsRunning(Conflict):
    pass


class StreamUsedUp(Conflict):
    """Everything in it has accrued."""


class StreamIsFixed(Conflict):
    """It has a fixed total and cannot be topped up."""


class NothingWaits(Conflict):
    """The stream contract holds nothing of this asset for the caller."""


class StreamAmountNotPositive(Invalid):
    pass


class StreamEndsTooEarly(Invalid):
    pass


class StreamAssetUnknown(Invalid):
    pass


class StreamShapeAmbiguous(Invalid):
    """Either a total and an end, or a rate and a deposit; either an account or an invoice."""


@dataclass(frozen=True, slots=True)
class Running:
    """A stream as the ledger's events leave it. `units` accrue in `seconds`; each second where `seconds` is 0."""

    status: Status
    deposited_units: int
    paid_units: int
    units: int
    seconds: int
    ran_seconds: int
    since_at: int

    @property
    def over(self) -> bool:
        return self.status in {"cancelled", "completed"}


def elapsed(stream: Running, at: int) -> int:
    """Seconds that count at `at`: pauses and the time before the start are left out."""
    if stream.status != "active":
        return stream.ran_seconds
    return stream.ran_seconds + max(0, at - stream.since_at)


def accrued(stream: Running, at: int) -> int:
    """Units accrued in all at `at`, settled or not."""
    seconds = elapsed(stream, at)
    units = stream.units * (min(seconds, stream.seconds) if stream.seconds else seconds)
    return min(units // (stream.seconds or 1), stream.deposited_units)


def check_alive(stream: Running) -> None:
    if stream.over:
        raise StreamIsOver(f"The stream is {stream.status}. Nothing can be changed any more.")


def check_pause(stream: Running, at: int) -> None:
    _check_accruing(stream, at)
    if stream.status == "paused":
        raise StreamIsPaused("The stream is paused already.")


def check_resume(stream: Running) -> None:
    check_alive(stream)
    if stream.status != "paused":
        raise StreamIsRunning("The stream is not paused.")


def check_top_up(stream: Running, units: int, at: int) -> None:
    _check_accruing(stream, at)
    check_positive(units)
    if stream.seconds:
        raise StreamIsFixed("This stream has a fixed total. Open another one instead.")


def check_positive(units: int) -> None:
    if units <= 0:
        raise StreamAmountNotPositive("The amount must be more than nothing.")


def is_due(stream: Running, *, last_settled_at: int, at: int) -> bool:
    """Worth a transaction of the platform's: a day has passed since the last settlement, or all of it has accrued."""
    waiting = accrued(stream, at) - stream.paid_units
    if stream.over or waiting == 0:
        return False
    return at - last_settled_at >= SETTLE_SECONDS or accrued(stream, at) == stream.deposited_units


def _check_accruing(stream: Running, at: int) -> None:
    check_alive(stream)
    if accrued(stream, at) == stream.deposited_units:
        raise StreamUsedUp("Everything in the stream has accrued. Settle it; open another one to go on.")
