"""The ledger of the simulator: a transaction's life only (accepted, held back, forgotten, included, dead).

What a contract does is never modelled: a call leaves the event that the run said beforehand it would leave.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from chainkit import Place, raw
from msgspec.structs import replace
from node import Included, Node, opened, result_xdr, setting_entry
from stellar_sdk import Payment, StrKey, TransactionEnvelope, xdr
from submitting import KEYS

from tenor.chain.keys import channel_key
from tenor.ledger.events import AccountAllowed

CHANNELS = {number: channel_key(KEYS["treasury"], number).public_key for number in (1, 2, 3)}
PLATFORM = frozenset([*(key.public_key for key in KEYS.values()), *CHANNELS.values()])
BAN_LEDGERS = 10
_SETTINGS = cache(setting_entry)


@dataclass
class Past:
    """What a node that lags would answer from."""

    closed_at: int
    accounts: dict[str, int]


@dataclass
class Network(Node):
    """`Node` whose pending transactions land when the seed says so, and which remembers what it has done."""

    rng: Random = field(default_factory=Random)
    past: dict[int, Past] = field(default_factory=dict)
    lands_at: dict[str, int | None] = field(default_factory=dict)
    """Hash -> the ledger that will take it; -1: the last one that may; None: forgotten by the network."""
    banned: dict[str, int] = field(default_factory=dict)
    """Hash -> the ledger from which on a node takes it again, after it had left the queue without being applied."""
    effects: Counter[str] = field(default_factory=Counter)
    """Account that was allowed -> how often: the payments of this world."""
    landed: dict[str, str] = field(default_factory=dict)
    """Hash -> account, of what succeeded."""
    bad_sequences: int = 0
    """Of accounts that only one transaction at a time may use."""
    fail_percent: int = 0
    calm: bool = False
    pays: Callable[[Any], str | None] = field(default=lambda envelope: allowed_account(envelope))  # noqa: PLW0108 - stands below

    def close(self, seconds: int = 5, *, ledgers: int = 1) -> None:
        for _ in range(ledgers):
            self.ledger += 1
            self.closed_at += seconds
            for tx_hash in list(self.pending):
                self._consider(tx_hash, seconds)
            self.past[self.ledger] = Past(self.closed_at, dict(self.accounts))

    def _consider(self, tx_hash: str, seconds: int) -> None:
        envelope = self.pending[tx_hash]
        tx = envelope.transaction
        bound = tx.preconditions.time_bounds.max_time  # type: ignore[union-attr]
        source = tx.source.account_id
        if self.closed_at > bound or self.accounts[source] + 1 != tx.sequence:
            del self.pending[tx_hash]
            self.banned[tx_hash] = self.ledger + BAN_LEDGERS
            return
        when = self.lands_at[tx_hash]
        last = self.closed_at + seconds > bound
        if not self.calm and (when is None or (when < 0 and not last) or self.ledger < when):
            return
        del self.pending[tx_hash]
        self.accounts[source] += 1
        success = self.rng.randrange(100) >= self.fail_percent
        self.include(tx_hash, envelope, Included(self.ledger, self.closed_at, success))
        account = self.pays(envelope)
        if success and account is not None:
            self.effects[account] += 1
            self.landed[envelope.hash_hex()] = account
            if not isinstance(tx.operations[0], Payment):
                self._emit(tx_hash, account)

    def _emit(self, tx_hash: str, account: str) -> None:
        place = Place(self.ledger, len(self.included), 0, tx_hash)
        values = {"account": account, "allowed_before": False, "allowed": True}
        self.events.append(replace(raw(AccountAllowed, values, place=place), closed_at=self.closed_at))

    def send_transaction(self, params: dict[str, Any]) -> dict[str, Any]:
        tx_hash, envelope = opened(params["transaction"], self.passphrase)
        refused = self._refusal(tx_hash, envelope)
        if refused is not None:
            self.received.append(tx_hash)
            return {"hash": tx_hash, **refused}
        self.included, applied = {}, self.included  # what was applied long ago is refused like any other
        answer = super().send_transaction(params)
        self.included = applied
        if answer["status"] == "PENDING":
            fate = self.rng.choice((0, 0, 0, 1, 2, 6, -1, None))
            self.lands_at[answer["hash"]] = fate if fate is None or fate < 0 else self.ledger + 1 + fate
        self.bad_sequences += answer["status"] == "ERROR" and envelope.transaction.source.account_id in PLATFORM
        return answer

    def _refusal(self, tx_hash: str, envelope: TransactionEnvelope) -> dict[str, Any] | None:
        """What a node says without looking further: banned, too late, or another of this account waits already."""
        tx = envelope.transaction
        found = self.included.get(tx_hash)
        if self.ledger < self.banned.get(tx_hash, 0) or (found and self.ledger < found.ledger + BAN_LEDGERS):
            return _LATER
        if tx_hash in self.pending:
            return None
        waiting = [each.transaction for each in self.pending.values() if each.transaction.source == tx.source]
        if waiting and waiting[0].sequence == tx.sequence and tx_hash != envelope.hash_hex():
            return _error(xdr.TransactionResultCode.txINSUFFICIENT_FEE)  # a bump must offer ten times the fee
        if waiting:
            return _error(xdr.TransactionResultCode.txBAD_SEQ) if tx.sequence < waiting[0].sequence else _LATER
        if self.closed_at >= tx.preconditions.time_bounds.max_time:  # type: ignore[union-attr]
            return _error(xdr.TransactionResultCode.txTOO_LATE)
        return None

    def forget(self) -> None:
        """A node's queue is emptied; what nobody sends again will never land."""
        self.pending.clear()

    def answer_late(self, request: dict[str, Any], behind: int) -> bytes:
        """What a node that is `behind` ledgers back would say."""
        ledger = self.ledger - behind
        seen = self.past.get(ledger)
        if seen is None:
            return self.answer(request)
        now = (self.ledger, self.closed_at, self.accounts, self.included, self.events)
        self.ledger, self.closed_at, self.accounts = ledger, seen.closed_at, seen.accounts
        self.included = {h: found for h, found in self.included.items() if found.ledger <= ledger}
        self.events = [event for event in self.events if event.ledger <= ledger]
        try:
            return self.answer(request)
        finally:
            self.ledger, self.closed_at, self.accounts, self.included, self.events = now

    def _entry(self, key: xdr.LedgerKey) -> xdr.LedgerEntryData | None:
        if key.config_setting is not None:
            return _SETTINGS(key.config_setting.config_setting_id)
        return super()._entry(key)


_LATER = {"status": "TRY_AGAIN_LATER"}


def _error(code: xdr.TransactionResultCode) -> dict[str, Any]:
    return {"status": "ERROR", "errorResultXdr": result_xdr(code)}


def allowed_account(envelope: Any) -> str:
    """The account that a `set_allowed` names, or the first payee of a pack: which payment this is."""
    first = envelope.transaction.operations[0]
    if isinstance(first, Payment):
        return str(first.destination.account_id)
    argument = first.host_function.invoke_contract.args[0]
    return StrKey.encode_ed25519_public_key(argument.address.account_id.account_id.ed25519.uint256)


def asked(content: bytes) -> dict[str, Any]:
    request: dict[str, Any] = json.loads(content)
    return request
