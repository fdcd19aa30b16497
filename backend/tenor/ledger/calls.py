"""What Tenor asks contracts to do, as values: one function per entry point. Builds no transaction, knows no network."""

from dataclasses import dataclass

from stellar_sdk import xdr


@dataclass(frozen=True, slots=True)
class Invocation:
    """One contract call: `contract` is a strkey C..., `args` are ScVals in the order of the contract's spec."""

    contract: str
    function: str
    args: tuple[xdr.SCVal, ...]
