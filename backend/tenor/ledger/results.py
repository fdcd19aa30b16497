"""What a packed transaction's result says of each of its operations, as names and sentences. Asks nobody."""

from dataclasses import dataclass
from typing import Any

from stellar_sdk import xdr

SENTENCES = {
    "NO_DESTINATION": "The account does not exist on the network.",
    "NO_TRUST": "The account has no trustline for this asset.",
    "NOT_AUTHORIZED": "The asset's issuer does not let this account hold it.",
    "LINE_FULL": "The account's limit for this asset would be exceeded.",
    "NO_ISSUER": "The asset's issuer does not exist.",
    "UNDERFUNDED": "The sender holds too little.",
    "SRC_NO_TRUST": "The sender has no trustline for this asset.",
    "SRC_NOT_AUTHORIZED": "The asset's issuer does not let the sender pay with it.",
    "LOW_RESERVE": "The sender holds too little XLM for the reserve of what would be made.",
    "MALFORMED": "The network does not accept it in this form.",
    "DOES_NOT_EXIST": "The balance is not there any more: it was claimed.",
    "CANNOT_CLAIM": "The balance cannot be taken back yet.",
    "ALREADY_EXIST": "The account exists already.",
}
SENDERS_FAULT = frozenset({"UNDERFUNDED", "SRC_NO_TRUST", "SRC_NOT_AUTHORIZED", "LOW_RESERVE"})
"""Refusals for which no payee is to blame: the payment waits until the sender can pay it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the operation at `position` failed. `code` is stable, as the ledger names it without its operation."""

    position: int
    code: str
    sentence: str


def inner(result_xdr: str) -> Any:
    """The result of the transaction itself, also when it came inside a fee bump (P16)."""
    result = xdr.TransactionResult.from_xdr(result_xdr).result
    pair = result.inner_result_pair
    return result if pair is None else pair.result.result


def refused(result_xdr: str) -> list[Refused]:
    """The operations that failed; empty when the transaction as a whole was refused, or succeeded."""
    found = []
    for position, result in enumerate(inner(result_xdr).results or []):
        code = _code(result)
        if code != "SUCCESS":
            found.append(Refused(position, code, SENTENCES.get(code, f"The network answered {code}.")))
    return found


def _code(result: xdr.OperationResult) -> str:
    if result.tr is None:
        return result.code.name.removeprefix("op")
    told = next(value for name, value in vars(result.tr).items() if name.endswith("_result") and value is not None)
    kind = result.tr.type.name
    name: str = told.code.name
    return name.removeprefix(f"{kind}_")
