"""Transaction envelopes: what was built, and whether what came back from a wallet is that. Never signs, never sends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Built:
    """A simulated transaction, ready to be signed.

    `hash` is 64 hex digits under the network's passphrase; `valid_until` the upper time bound (Unix seconds, inclusive);
    `fee_stroops` the most it can cost (inclusion + resources).
    """

    envelope_xdr: str
    hash: str
    source: str
    sequence: int
    valid_until: int
    fee_stroops: int
