"""The life of a transaction, decided from what the ledger says. Never rebuilds what may still land; reads no clock."""

from dataclasses import dataclass
from typing import Literal

from tenor.kernel.state import Machine

SendStatus = Literal["PENDING", "DUPLICATE", "TRY_AGAIN_LATER", "ERROR"]

RESEND_AFTER_LEDGERS = 4
"""A node forgets a pending transaction after four ledgers; until then handing it over again changes nothing."""
ATTEMPTS_MAX = 5
"""Envelopes of one platform order that the ledger may refuse before a person looks; absence is never counted (P05)."""


@dataclass(frozen=True, slots=True)
class Tip:
    """The newest closed ledger a node has, and the oldest it still keeps (inclusive). Times are Unix seconds."""

    sequence: int
    closed_at: int
    oldest: int


@dataclass(frozen=True, slots=True)
class SendAnswer:
    """What `sendTransaction` said, `result_xdr` only with ERROR. None of it says if it was applied (P04)."""

    status: SendStatus
    result_xdr: str | None


@dataclass(frozen=True, slots=True)
class Applied:
    """The transaction is in a ledger, for good. `return_xdr`: ScVal a contract call returned, when it succeeded."""

    hash: str
    ledger: int
    closed_at: int
    success: bool
    result_xdr: str
    return_xdr: str | None
    fee_charged_stroops: int
    diagnostics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """The node does not know the hash. Only `tip` says whether that proves anything (P03)."""

    tip: Tip


Seen = Applied | Absent

TRANSACTION = Machine(
    name="transaction",
    start="planned",
    moves={
        "build": (frozenset({"planned", "built", "expired", "failed"}), "built"),
        "sign": (frozenset({"planned", "built"}), "signed"),
        "send": (frozenset({"signed", "sent"}), "sent"),
        "confirm": (frozenset({"built", "signed", "sent"}), "confirmed"),
        "fail": (frozenset({"planned", "built", "signed", "sent"}), "failed"),
        "expire": (frozenset({"built", "signed", "sent"}), "expired"),
        "plan_again": (frozenset({"signed", "sent"}), "planned"),
    },
)
"""`expired` and `failed` are final for the envelope; a new envelope of the same intent starts over (P19)."""

FINAL = ("confirmed", "failed", "expired")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What of a transaction's row decides its next step. `built_ledger`: newest ledger when it was built."""

    status: str
    sequence: int
    valid_until: int
    built_ledger: int
    sent_ledger: int | None
    by_platform: bool
    attempts: int
    refused: bool = False
    """A node refused it when it was last sent."""


@dataclass(frozen=True, slots=True)
class Send:
    """Hand exactly these bytes to a node (again)."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It may still land. `reason` is for the operator."""

    reason: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The outcome is final for the row; `event` is the move of `TRANSACTION`."""

    event: Literal["confirm", "fail", "expire"]


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The envelope is dead and the platform still wants it: plan again."""


Step = Send | Wait | Finish | Rebuild


def next_step(envelope: Envelope, seen: Seen, *, account_sequence: int | None = None) -> Step:
    """What to do with a transaction whose envelope exists, after its hash was looked up.

    `account_sequence`: that of its source, read **before** the look-up: when it has reached the envelope's own, another
    transaction took the place and this one can never land, whatever its time bounds say.
    """
    if isinstance(seen, Applied):
        return _after_application(envelope, seen)
    taken = account_sequence is not None and account_sequence >= envelope.sequence
    if taken or seen.tip.closed_at > envelope.valid_until:
        return _after_bounds(envelope, seen.tip)
    if envelope.status == "built":
        return Wait("waits for its signature")
    if envelope.sent_ledger is None or seen.tip.sequence >= envelope.sent_ledger + RESEND_AFTER_LEDGERS:
        return Send()
    if envelope.refused and seen.tip.sequence > envelope.sent_ledger:
        return Send()
    return Wait("is with the network")


def is_covered(*, built_ledger: int, tip: Tip) -> bool:
    """The node's memory holds every ledger that could hold the transaction, so that its absence proves something (P03).

    A transaction is still valid in a ledger that closes exactly at its bound (P12).
    """
    return tip.oldest <= built_ledger + 1 <= tip.sequence


def _after_application(envelope: Envelope, seen: Applied) -> Step:
    if seen.success:
        return Finish("confirm")
    if envelope.by_platform and envelope.attempts < ATTEMPTS_MAX:
        return Rebuild()
    return Finish("fail")


def _after_bounds(envelope: Envelope, tip: Tip) -> Step:
    if not is_covered(built_ledger=envelope.built_ledger, tip=tip):
        return Wait(
            f"the node keeps ledgers {tip.oldest} to {tip.sequence} and cannot know what happened"
            f" after {envelope.built_ledger}"
        )
    if envelope.by_platform:
        return Rebuild()
    return Finish("fail" if envelope.refused else "expire")
