"""The life of a transaction, decided from what the ledger says. Never rebuilds what may still land; reads no clock."""

from dataclasses import dataclass
from typing import Literal

SendStatus = Literal["PENDING", "DUPLICATE", "TRY_AGAIN_LATER", "ERROR"]


@dataclass(frozen=True, slots=True)
class Tip:
    """The newest closed ledger a node has, and the oldest it still keeps (inclusive). Times are Unix seconds."""

    sequence: int
    closed_at: int
    oldest: int


@dataclass(frozen=True, slots=True)
class SendAnswer:
    """What `sendTransaction` said. `result_xdr` only with ERROR. None of it says whether the transaction was applied."""

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
