"""What is bid for a place in a ledger, and when it is raised. Stroops an operation; asks nobody, reads no clock."""

from dataclasses import dataclass

LEAST_STROOPS = 100
CAP_STROOPS = 100_000
"""Nothing of ours bids more than this for one operation, whatever others bid (P17)."""
RAISE_TIMES = 2


@dataclass(frozen=True, slots=True)
class Bids:
    """What the network's fee statistics ask for one operation, classic and contract calls apart."""

    classic: int
    contract: int


def bid(asked: int, *, cap: int = CAP_STROOPS) -> int:
    """The first bid: what the statistics ask, within what the network and we allow."""
    return min(max(asked, LEAST_STROOPS), cap)


def raised(last: int, asked: int, *, cap: int = CAP_STROOPS) -> int | None:
    """The next bid for what waited too long with `last`; None when the cap leaves nothing to raise (P15)."""
    wanted = min(max(last * RAISE_TIMES, asked), cap)
    return wanted if wanted > last else None


def bump_fee(bid_stroops: int, operations: int) -> int:
    """Of a fee bump around `operations` operations: it counts as one more."""
    return bid_stroops * (operations + 1)
