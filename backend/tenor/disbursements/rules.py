"""What a batch may become, which of its lines can be paid now, and how they are packed. Asks nobody, stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenor.kernel.state import Machine
from tenor.ledger.packing import OPERATIONS_MAX

BATCH = Machine(
    name="disbursement",
    start="proposed",
    moves={
        "be_approved": (frozenset({"proposed"}), "running"),
        "be_declined": (frozenset({"proposed"}), "declined"),
        "be_paused": (frozenset({"running"}), "paused"),
        "be_resumed": (frozenset({"paused"}), "running"),
        "be_completed": (frozenset({"running"}), "completed"),
        "be_ended": (frozenset({"running", "paused"}), "ended"),
    },
)

LINE = Machine(
    name="payment",
    start="ready",
    moves={
        "be_sent": (frozenset({"ready", "parked"}), "sending"),
        "be_parked": (frozenset({"ready", "parked", "sending"}), "parked"),
        "go_again": (frozenset({"sending"}), "ready"),
        "be_paid": (frozenset({"sending", "failed"}), "paid"),
        "fail": (frozenset({"ready", "parked", "sending"}), "failed"),
        "be_held": (frozenset({"sending"}), "held"),
        "be_claimed": (frozenset({"held", "reclaiming"}), "claimed"),
        "be_taken_back": (frozenset({"held"}), "reclaiming"),
        "stay_held": (frozenset({"reclaiming"}), "held"),
        "be_reclaimed": (frozenset({"reclaiming"}), "reclaimed"),
        "be_cancelled": (frozenset({"ready", "parked"}), "cancelled"),
    },
)

OPEN_LINES = ("ready", "parked", "sending")
"""Statuses for which a batch is not over yet."""
TRIES_MAX = 8
"""Packs of a line that may fail for another's sake before a person looks."""
WAITS = frozenset({"NO_DESTINATION", "NO_TRUST", "NOT_AUTHORIZED", "LINE_FULL"})
"""Refusals that the payee can put right: the line is parked and tried again (P34)."""
MISSING = frozenset({"NO_DESTINATION", "NO_TRUST"})
"""Of these, what a claimable balance is the way around."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A balance as the ledger has it, in units; `room` is what it can still take, `spare` what it can pay."""

    spare: int
    room: int
    authorized: bool


@dataclass(frozen=True, slots=True)
class Payee:
    """`exists`: the account; `holding`: its balance of the asset, None without one. `issuer` burns and needs none."""

    exists: bool
    holding: Holding | None
    issuer: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A line that wants to be paid. `payee` as written: G, M or C."""

    number: int
    payee: str
    units: int
    memo: tuple[str, str]


def obstacle(payee: Payee, units: int) -> str | None:
    """Why the ledger would refuse the payment now, by its own name for it; None when nothing is in the way."""
    if payee.issuer and payee.exists:
        return None
    if not payee.exists:
        return "NO_DESTINATION"
    if payee.holding is None:
        return "NO_TRUST"
    if not payee.holding.authorized:
        return "NOT_AUTHORIZED"
    return "LINE_FULL" if payee.holding.room < units else None


def affordable(lines: Sequence[Due], spare: int) -> list[Due]:
    """The first lines that `spare` units pay for, in their order: none jumps the queue because it is small."""
    taken, left = [], spare
    for line in lines:
        if line.units > left:
            break
        left -= line.units
        taken.append(line)
    return taken


def packs(lines: Sequence[Due], *, size: int = OPERATIONS_MAX) -> list[list[Due]]:
    """Up to `size` lines with the same memo a transaction; each contract address on its own."""
    by_memo: dict[tuple[str, str], list[Due]] = {}
    alone: list[list[Due]] = []
    for line in lines:
        if line.payee.startswith("C"):
            alone.append([line])
        else:
            by_memo.setdefault(line.memo, []).append(line)
    together = [alike[start : start + size] for alike in by_memo.values() for start in range(0, len(alike), size)]
    return together + alone


def after_refusal(code: str | None, *, blamed: bool, tries: int) -> str:
    """The move of `LINE` for a line whose pack the ledger refused. `blamed`: its own operation was the reason."""
    if blamed and code in WAITS:
        return "be_parked"
    if blamed or tries >= TRIES_MAX:
        return "fail"
    return "go_again"
