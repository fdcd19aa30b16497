"""What ledger and contracts refuse, as names and sentences that people read. Never the raw code alone (P98)."""

import re

from stellar_sdk import xdr

from tenor.kernel.errors import Conflict, Invalid, Unavailable
from tenor.ledger import results
from tenor_bindings.errors import ERRORS

_CONTRACT_CODE = re.compile(r"Error\(Contract, #([0-9]+)\)")
_HOST_ERROR = re.compile(r"Error\((Budget|Storage|Auth|Context|Value|Object|Crypto|WasmVm|Events), (\w+)\)")


class LedgerUnavailable(Unavailable):
    """The ledger's RPC is down, slow, behind, or answers nonsense. Nothing was changed by asking."""


class SourceMissing(Conflict):
    pass


class CallRefused(Conflict):
    """A contract or the host would refuse this call now. `name`: the contract's error, or the host's."""

    def __init__(self, sentence: str, *, name: str) -> None:
        super().__init__(sentence)
        self.name = name


class AddressUnusable(Invalid):
    pass


_ASSET_ERRORS = {
    2: ("OperationNotSupported", "The asset does not support this operation."),
    4: ("AssetUnauthorized", "The asset's issuer must allow this first."),
    6: ("AccountMissing", "The account does not exist on the network yet. Create and fund it first."),
    8: ("NegativeAmount", "An amount may not be negative."),
    9: ("AllowanceTooLow", "The allowance is lower than the amount."),
    10: ("BalanceTooLow", "The balance is lower than the amount, or the receiver's limit would be exceeded."),
    11: ("BalanceDeauthorized", "The asset's issuer has frozen this balance."),
    12: ("AmountTooLarge", "The amount is larger than the asset can hold."),
    13: ("TrustlineMissing", "The account has no trustline for this asset. Add one, then try again."),
    14: ("ReserveTooLow", "The account needs more XLM for the network's reserve."),
    15: ("TooManyEntries", "The account already holds as many entries as the network allows."),
}
"""Of the Stellar Asset Contract, whose codes are below ours."""

_HOST_SENTENCES = {
    "Budget": "The call needs more than the network allows for one transaction.",
    "Storage": "The call needs an entry that is not there. Build the transaction again.",
    "Auth": "Somebody who must agree has not signed, or has signed something else.",
}

TRANSACTION_SENTENCES = {
    "TOO_EARLY": "It was sent before it is valid.",
    "TOO_LATE": "Its time had passed when it reached the network.",
    "BAD_SEQ": "Another transaction of the same account came first. Ask for it again and sign the new one.",
    "BAD_AUTH": "It lacks a valid signature of its account.",
    "BAD_AUTH_EXTRA": "It carries a signature that is not needed. Sign with the account's own key only.",
    "INSUFFICIENT_BALANCE": "The account has too little XLM for the network fee.",
    "INSUFFICIENT_FEE": "The network asks for a higher fee just now. Ask for it again.",
    "NO_ACCOUNT": "The account does not exist on the network.",
    "SOROBAN_INVALID": "The network does not accept it in this form.",
    "MALFORMED": "The network does not accept it in this form.",
    "INTERNAL_ERROR": "The network failed to carry it out.",
}
INVOKE_SENTENCES = {
    "TRAPPED": "The contract refused the call.",
    "RESOURCE_LIMIT_EXCEEDED": "Something else happened first, and the call needed more than was reserved. Ask again.",
    "ENTRY_ARCHIVED": "It touches an entry that the network has put away. Ask for it again; it will be restored.",
    "INSUFFICIENT_REFUNDABLE_FEE": "Something else happened first, and it cost more than was reserved. Ask again.",
}


def of_code(code: int) -> tuple[str, str]:
    """Name and sentence of a contract's error code; the ranges of the contracts do not overlap."""
    ours = ERRORS.get(code)
    if ours is not None:
        return ours.__name__, ours.sentence
    unknown = f"The contract refused with code {code}, which is not in the published table."
    return _ASSET_ERRORS.get(code, (f"ContractError{code}", unknown))


def of_simulation(text: str) -> CallRefused:
    """From `simulateTransaction`'s error string: the innermost contract error, else the host's."""
    codes = _CONTRACT_CODE.findall(text)
    if codes:
        name, sentence = of_code(int(codes[0]))
        return CallRefused(sentence, name=name)
    host = _HOST_ERROR.search(text)
    if host:
        sentence = _HOST_SENTENCES.get(host[1], "The network would refuse this call.")
        return CallRefused(sentence, name=f"Host{host[1]}{host[2]}")
    return CallRefused("The network would refuse this call.", name="SimulationFailed")


def of_result(result_xdr: str, diagnostics: tuple[str, ...] = ()) -> tuple[str, str]:
    """Code and sentence of a failed transaction, from its result and, where they are kept, its diagnostic events."""
    for event in diagnostics:
        code = _diagnostic_code(event)
        if code is not None:
            return of_code(code)
    result = results.inner(result_xdr)
    operations = result.results or []
    if operations and operations[0].tr is not None and operations[0].tr.invoke_host_function_result is not None:
        name = operations[0].tr.invoke_host_function_result.code.name.removeprefix("INVOKE_HOST_FUNCTION_")
        return name, INVOKE_SENTENCES.get(name, "The call failed on the network.")
    name = result.code.name.removeprefix("tx")
    return name, TRANSACTION_SENTENCES.get(name, f"The network answered {name}.")


def _diagnostic_code(event_xdr: str) -> int | None:
    event = xdr.DiagnosticEvent.from_xdr(event_xdr).event.body.v0
    for topic in event.topics if event else ():
        if topic.error is not None and topic.error.contract_code is not None:
            return int(topic.error.contract_code.uint32)
    return None
