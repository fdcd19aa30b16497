"""What a ledger's RPC knows, decoded for people: ledgers, transactions, events. Reads only; for our own networks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from stellar_sdk import Address, StrKey, scval, xdr

from tenor.kernel.errors import Invalid, NotFound, Unavailable
from tenor.kernel.money import to_decimal

PAGE = 25
TIMEOUT_SECONDS = 10
XLM_DECIMALS = 7
_ARGUMENT_CHARACTERS = 300


class ExplorerSilent(Unavailable):
    """The ledger's RPC does not answer, or not sensibly."""


class LedgerEntryUnknown(NotFound):
    """No such transaction or ledger, or the node has forgotten it."""


class ExplorerQuestion(Invalid):
    """Neither a hash, nor a ledger, nor an address."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    sequence: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """One operation in words. `contract` and `function` of an invocation, else `function` is the operation's name."""

    contract: str | None
    function: str
    args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventLine:
    id: str
    contract: str
    name: str
    topics: tuple[str, ...]
    value: str
    ledger: int
    at: datetime
    tx_hash: str


@dataclass(frozen=True, slots=True)
class TransactionLine:
    """`fee`: what the envelope offered, in XLM."""

    hash: str
    ledger: int
    at: datetime
    success: bool
    source: str
    fee: str
    memo: str | None
    calls: tuple[Call, ...]
    envelope_xdr: str
    result_xdr: str


class Explorer:
    """One conversation with the RPC of `url`."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client, self._url = client, url

    async def tip(self) -> dict[str, Any]:
        return await self._ask("getHealth")

    async def ledgers(self, *, before: int | None = None) -> list[LedgerLine]:
        """The newest first."""
        health = await self.tip()
        last = min(before - 1, health["latestLedger"]) if before else health["latestLedger"]
        first = max(health["oldestLedger"], last - PAGE + 1)
        if last < first:
            return []
        answer = await self._ask("getLedgers", startLedger=first, pagination={"limit": last - first + 1})
        found = [LedgerLine(one["sequence"], one["hash"], _moment(one["ledgerCloseTime"])) for one in answer["ledgers"]]
        return sorted(found, key=lambda line: -line.sequence)

    async def transactions(self, *, first: int, last: int) -> list[TransactionLine]:
        """Of the ledgers from `first` to `last`, the newest first; at most two hundred."""
        answer = await self._ask("getTransactions", startLedger=first, pagination={"limit": 200})
        return [_transaction(one) for one in reversed(answer["transactions"]) if one["ledger"] <= last]

    async def transaction(self, tx_hash: str) -> TransactionLine:
        if len(tx_hash) != 64 or any(digit not in "0123456789abcdef" for digit in tx_hash):  # noqa: PLR2004
            raise ExplorerQuestion("A transaction's hash has 64 hex digits.")
        answer = await self._ask("getTransaction", hash=tx_hash)
        if answer["status"] == "NOT_FOUND":
            raise LedgerEntryUnknown(f"The ledger does not know the transaction {tx_hash}.")
        return _transaction(answer | {"txHash": tx_hash})

    async def events(self, *, contract: str | None = None, first: int, last: int | None = None) -> list[EventLine]:
        """Of contracts, the newest first; at most a thousand are looked at."""
        filters: list[dict[str, Any]] = [{"type": "contract"}]
        if contract is not None:
            filters = [{"type": "contract", "contractIds": [contract]}]
        asked: dict[str, Any] = {"startLedger": first, "filters": filters, "pagination": {"limit": 1000}}
        if last is not None:
            asked["endLedger"] = last + 1
        answer = await self._ask("getEvents", **asked)
        return [_event(one) for one in reversed(answer["events"])]

    async def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        try:
            answer = (await self._client.post(self._url, json=body, timeout=TIMEOUT_SECONDS)).json()
        except (httpx.HTTPError, ValueError) as silent:
            raise ExplorerSilent("The local network does not answer; try again in a moment.") from silent
        if "error" in answer:
            raise LedgerEntryUnknown(f"The ledger says: {answer['error'].get('message', 'no')}")
        found: dict[str, Any] = answer["result"]
        return found


def kind_of(question: str) -> str:
    """Where a search leads: `ledgers/7`, `transactions/<hash>`, `contracts/C...`."""
    asked = question.strip()
    if asked.isascii() and asked.isdigit() and len(asked) < 11:  # noqa: PLR2004 - a ledger is an u32
        return f"ledgers/{asked}"
    if StrKey.is_valid_contract(asked):
        return f"contracts/{asked}"
    if len(asked) == 64:  # noqa: PLR2004
        return f"transactions/{asked.lower()}"
    raise ExplorerQuestion("Type a ledger's number, a transaction's hash or a contract's address (C...).")


def _transaction(one: dict[str, Any]) -> TransactionLine:
    envelope = xdr.TransactionEnvelope.from_xdr(one["envelopeXdr"])
    if envelope.fee_bump is not None:
        inner = envelope.fee_bump.tx.inner_tx.v1
        fee = envelope.fee_bump.tx.fee.int64
    else:
        inner = envelope.v1
        fee = 0 if inner is None else inner.tx.fee.uint32
    assert inner is not None, "nobody makes transactions of the first form any more"
    return TransactionLine(
        hash=one["txHash"],
        ledger=one["ledger"],
        at=_moment(one["createdAt"]),
        success=one["status"] == "SUCCESS",
        source=_account(inner.tx.source_account),
        fee=to_decimal(fee, XLM_DECIMALS),
        memo=_memo(inner.tx.memo),
        calls=tuple(_call(operation) for operation in inner.tx.operations),
        envelope_xdr=one["envelopeXdr"],
        result_xdr=one["resultXdr"],
    )


def _call(operation: xdr.Operation) -> Call:
    name = operation.body.type.name.lower()
    invoke = operation.body.invoke_host_function_op
    if invoke is None:
        return Call(None, name, ())
    asked = invoke.host_function.invoke_contract
    if asked is None:
        return Call(None, invoke.host_function.type.name.lower().removeprefix("host_function_type_"), ())
    contract = Address.from_xdr_sc_address(asked.contract_address).address
    return Call(contract, asked.function_name.sc_symbol.decode("ascii", "replace"), _texts(asked.args))


def _event(one: dict[str, Any]) -> EventLine:
    topics = _texts([xdr.SCVal.from_xdr(topic) for topic in one["topic"]])
    return EventLine(
        id=one["id"],
        contract=one["contractId"],
        name=topics[0] if topics else "",
        topics=topics[1:],
        value=_texts([xdr.SCVal.from_xdr(one["value"])])[0],
        ledger=one["ledger"],
        at=_moment(one["ledgerClosedAt"]),
        tx_hash=one["txHash"],
    )


def _texts(values: Sequence[xdr.SCVal]) -> tuple[str, ...]:
    return tuple(_text(_native(value))[:_ARGUMENT_CHARACTERS] for value in values)


def _native(value: xdr.SCVal) -> Any:
    try:
        return scval.to_native(value)
    except (ValueError, TypeError, AttributeError):
        return value.type.name.lower()


def _text(value: Any) -> str:
    if isinstance(value, Address):
        return value.address
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {_text(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_text(inner) for inner in value) + "]"
    return "–" if value is None else str(value)


def _memo(memo: xdr.Memo) -> str | None:
    if memo.text is not None:
        return memo.text.decode("utf-8", "replace")
    return str(memo.id.uint64) if memo.id is not None else None


def _account(muxed: xdr.MuxedAccount) -> str:
    key = muxed.ed25519 or (muxed.med25519.ed25519 if muxed.med25519 else None)
    return "" if key is None else StrKey.encode_ed25519_public_key(key.uint256)


def _moment(given: str | int) -> datetime:
    """Unix seconds as RPC writes them, or its ISO times."""
    text = str(given)
    return datetime.fromtimestamp(int(text), UTC) if text.isdigit() else datetime.fromisoformat(text)
