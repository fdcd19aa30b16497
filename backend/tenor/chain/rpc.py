"""A Stellar network through one RPC server. ADAPTER for its JSON-RPC; believes no answer that it can check."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

import httpx
import msgspec
from stellar_sdk import xdr

from tenor.chain import rpcwire as wire
from tenor.chain.feerates import SETTING_KEYS, rates_from
from tenor.kernel.errors import Invalid
from tenor.ledger import errors
from tenor.ledger.assembly import FeeRates, Simulated, assemble, unsimulated
from tenor.ledger.calls import Invocation
from tenor.ledger.envelopes import Built
from tenor.ledger.errors import CallRefused, LedgerUnavailable, SourceMissing
from tenor.ledger.events import EventFilter, EventPage
from tenor.ledger.fees import Bids
from tenor.ledger.footprint import NOTHING, Footprint, account_key
from tenor.ledger.submission import Absent, Seen, SendAnswer, Tip
from tenor.world import Clock

T = TypeVar("T")

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
ANSWER_BYTES_MAX = 64 * 1024 * 1024
ENTRIES_PER_CALL_MAX = 200
LEDGERS_PER_PAGE = 16
"""Of whole ledgers, which weigh up to two megabytes each on a busy network."""
RATES_KEPT_LEDGERS = 60
"""Fee rates are read again after this many ledgers (P31)."""
SERVER_AT_LEAST = (27, 1, 1)
"""Older servers lose events when filters set different fields (P56)."""
_NOBODY = "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF"
_TRIES_BEHIND = 3
_RANGE_ERROR = re.compile(r"within the ledger range: (\d+) - (\d+)")
_NO_SUCH_METHOD = -32601


class WrongNetwork(Invalid):
    """The RPC server serves another network than the one that was configured (P22)."""


class EventsLost(LedgerUnavailable):
    """The node keeps no events as old as those that are needed next (P57)."""


class LedgerBehind(LedgerUnavailable):
    """The node has not come to that ledger: it lags, or the network was reset."""


@dataclass(slots=True)
class Newest:
    """The newest ledger that any answer was of; shared by the nodes of one network."""

    ledger: int = 0


class RpcLedger:
    """`world.Ledger`, as far as one node can say. Answers from before what was already seen are refused, so that
    decisions never go back (P24).
    """

    def __init__(
        self, client: httpx.AsyncClient, *, url: str, passphrase: str, clock: Clock, newest: Newest | None = None
    ) -> None:
        self.passphrase = passphrase
        self._client, self._url, self._clock = client, url, clock
        self._ids = count(1)
        self._newest = newest or Newest()
        self._rates: tuple[int, FeeRates] | None = None

    async def check(self) -> str | None:
        """`WrongNetwork` unless the server serves our network; a warning when it is older than it should be."""
        network = await self._ask("getNetwork", {}, wire.Network)
        if network.passphrase != self.passphrase:
            raise WrongNetwork(
                f"{self._url} serves {network.passphrase!r}, and NETWORK_PASSPHRASE says {self.passphrase!r}."
            )
        server = await self._ask("getVersionInfo", {}, wire.Version)
        parts = re.match(r"v?(\d+)\.(\d+)\.(\d+)", server.version)
        if parts is not None and tuple(map(int, parts.groups())) < SERVER_AT_LEAST:
            needed = ".".join(map(str, SERVER_AT_LEAST))
            return f"{self._url} runs version {server.version}: before {needed} events can be missing from answers."
        return None

    async def troubled(self) -> dict[str, str]:
        """Alone, there is nobody to compare it with; whether it answers is what `tip` says."""
        return {}

    async def served(self) -> str:
        """The passphrase of the network that the node serves now."""
        return (await self._ask("getNetwork", {}, wire.Network)).passphrase

    async def standing(self) -> Tip:
        """Its newest ledger, even when that is older than what others have said."""
        health = await self._ask("getHealth", {}, wire.Health)
        return Tip(health.latest_ledger, health.latest_close_time, health.oldest_ledger)

    async def hash_of(self, ledger: int) -> str | None:
        """The hash of a ledger, hex; None when the node has forgotten it. `LedgerBehind`: it is not there yet."""
        try:
            page = await self._ledgers(ledger, 1)
        except _Refused as refused:
            match = _RANGE_ERROR.search(refused.message)
            if match is None:
                raise
            if ledger < int(match[1]):
                return None
            raise LedgerBehind(
                f"The node is at ledger {match[2]}, and ledger {ledger} was seen before. It lags, or the network was"
                " reset."
            ) from refused
        if not page.ledgers or page.ledgers[0].sequence != ledger:
            raise LedgerUnavailable(f"The node was asked for ledger {ledger} and handed out another.")
        return page.ledgers[0].hash

    async def tip(self) -> Tip:
        health = await self._fresh("getHealth", {}, wire.Health)
        return Tip(health.latest_ledger, health.latest_close_time, health.oldest_ledger)

    async def build(
        self,
        call: Invocation,
        *,
        source: str,
        valid_seconds: int,
        extra: Footprint = NOTHING,
        acting: str | None = None,
    ) -> Built:
        tip = await self.tip()
        (entry,) = await self.entries([account_key(source)])
        if entry is None or entry.account is None:
            raise SourceMissing(f"The account {source} does not exist on the network yet. Create and fund it first.")
        rates = await self._fee_rates(tip)
        # A network that closes ledgers only on demand lags behind the clock; the bound must lie ahead of both.
        begins = max(tip.closed_at, self._clock.now())
        bare = unsimulated(
            call,
            source=source,
            account_sequence=entry.account.seq_num.sequence_number.int64,
            valid_until=begins + valid_seconds,
            passphrase=self.passphrase,
            inclusion_stroops=rates.inclusion,
            acting=acting,
        )
        return assemble(bare, await self._simulate(bare.to_xdr()), rates=rates, extra=extra)

    async def bids(self) -> Bids:
        stats = await self._ask("getFeeStats", {}, wire.FeeStats)
        return Bids(classic=stats.classic.p95, contract=stats.soroban.p95)

    async def read(self, call: Invocation) -> xdr.SCVal:
        bare = unsimulated(
            call, source=_NOBODY, account_sequence=0, valid_until=0, passphrase=self.passphrase, inclusion_stroops=100
        )
        answer = await self._simulate(bare.to_xdr())
        return wire.scval(answer.return_xdr)

    async def send(self, envelope_xdr: str) -> SendAnswer:
        answer = await self._ask("sendTransaction", {"transaction": envelope_xdr}, wire.Sent)
        return SendAnswer(answer.status, answer.error_result_xdr)

    async def seen(self, tx_hash: str) -> Seen:
        return _seen(await self._fresh("getTransaction", {"hash": tx_hash}, wire.Transaction), tx_hash)

    async def recalled(self, tx_hash: str) -> Seen:
        """What this node alone knows of a transaction, even when others are further."""
        return _seen(await self._ask("getTransaction", {"hash": tx_hash}, wire.Transaction), tx_hash)

    async def events(self, *, filters: Sequence[EventFilter], start: int | str, limit: int) -> EventPage:
        """A node that has forgotten the events may still have the ledgers: then they are read from these.

        Also raises `EventsLost` when neither reaches back to `start` (P57).
        """
        try:
            page = await self._events(filters, start, limit)
        except EventsLost as lost:
            return await self._from_ledgers(filters, start, str(lost))
        needed = wire.needed_from(start)
        if page.oldest > needed:
            told = f"Events from ledger {needed} on are needed; the node's oldest is {page.oldest}."
            return await self._from_ledgers(filters, start, told)
        return page

    async def _events(self, filters: Sequence[EventFilter], start: int | str, limit: int) -> EventPage:
        params: dict[str, Any] = {"filters": [wire.event_filter(each) for each in filters]}
        params["pagination"] = {"limit": limit} if isinstance(start, int) else {"limit": limit, "cursor": start}
        if isinstance(start, int):
            params["startLedger"] = start
        try:
            page = await self._ask("getEvents", params, wire.Events)
        except _Refused as refused:
            raise _range_refusal(refused, start) from refused
        return wire.event_page(page)

    async def _from_ledgers(self, filters: Sequence[EventFilter], start: int | str, lost: str) -> EventPage:
        needed = wire.needed_from(start)
        try:
            page = await self._ledgers(needed, LEDGERS_PER_PAGE)
        except _Refused as refused:
            if _RANGE_ERROR.search(refused.message) or refused.number == _NO_SUCH_METHOD:
                raise EventsLost(f"{lost} Its ledgers do not reach back to there either.") from refused
            raise
        found = [ledger.sequence for ledger in page.ledgers]
        if not found or found != list(range(needed, needed + len(found))):
            raise EventsLost(f"{lost} Asked for its ledgers from {needed} on, it has {found[0] if found else 'none'}.")
        after = start if isinstance(start, str) else ""
        # A ledger of a busy network takes a second to read; others get their turn meanwhile.
        return await asyncio.to_thread(wire.ledger_page, page, after, filters)

    async def _ledgers(self, first: int, limit: int) -> wire.Ledgers:
        return await self._ask("getLedgers", {"startLedger": first, "pagination": {"limit": limit}}, wire.Ledgers)

    async def entries(self, keys: Sequence[xdr.LedgerKey]) -> list[xdr.LedgerEntryData | None]:
        wanted = [key.to_xdr() for key in keys]
        for _ in range(_TRIES_BEHIND):
            pages = [
                await self._fresh("getLedgerEntries", {"keys": wanted[at : at + ENTRIES_PER_CALL_MAX]}, wire.Entries)
                for at in range(0, len(wanted), ENTRIES_PER_CALL_MAX)
            ]
            if len({page.latest_ledger for page in pages}) <= 1:
                break
        else:
            raise LedgerUnavailable("The ledger moves faster than its entries can be read. Try again.")
        found = {entry.key: entry.xdr for page in pages for entry in page.entries or ()}
        return [wire.entry_data(found[key]) if key in found else None for key in wanted]

    async def _simulate(self, envelope_xdr: str) -> Simulated:
        answer = await self._fresh("simulateTransaction", {"transaction": envelope_xdr}, wire.Simulation)
        if answer.error is not None:  # HTTP 200 and no JSON-RPC error, all the same (P21)
            raise errors.of_simulation(answer.error)
        if answer.restore_preamble is not None:
            raise CallRefused(errors.INVOKE_SENTENCES["ENTRY_ARCHIVED"], name="EntryArchived")
        return wire.simulated(answer)

    async def _fee_rates(self, tip: Tip) -> FeeRates:
        if self._rates is None or tip.sequence >= self._rates[0] + RATES_KEPT_LEDGERS:
            stats = await self._ask("getFeeStats", {}, wire.FeeStats)
            settings = await self.entries(SETTING_KEYS)
            self._rates = tip.sequence, rates_from(settings, p95_inclusion=stats.soroban.p95)
        return self._rates[1]

    async def _fresh(self, method: str, params: dict[str, Any], kind: type[T]) -> T:
        """An answer no older than any before it; a node that lags is asked again a few times."""
        for _ in range(_TRIES_BEHIND):
            answer = await self._ask(method, params, kind)
            latest: int = answer.latest_ledger  # type: ignore[attr-defined] # every kind asked for here has it
            if latest >= self._newest.ledger:
                self._newest.ledger = latest
                return answer
        raise LedgerUnavailable(
            f"The node at {self._url} is at ledger {latest}, and ledger {self._newest.ledger} was seen before."
            " It lags, or the network was reset."
        )

    async def _ask(self, method: str, params: dict[str, Any], kind: type[T]) -> T:
        request_id = next(self._ids)
        body = msgspec.json.encode({"jsonrpc": "2.0", "id": request_id, "method": method, "params": params})
        try:
            answer = await self._client.post(
                self._url, content=body, headers={"content-type": "application/json"}, timeout=TIMEOUT
            )
        except httpx.HTTPError as error:
            raise LedgerUnavailable(f"The ledger's node did not answer {method} ({type(error).__name__}).") from error
        if answer.status_code != httpx.codes.OK or len(answer.content) > ANSWER_BYTES_MAX:
            raise LedgerUnavailable(f"The ledger's node answered {method} with HTTP status {answer.status_code}.")
        try:
            envelope = msgspec.json.decode(answer.content, type=wire.Envelope)
            if envelope.error is not None:
                raise _Refused(method, envelope.error)
            if envelope.id != request_id:
                raise LedgerUnavailable(f"The ledger's node answered another request than {method}.")
            return msgspec.json.decode(envelope.result, type=kind, strict=False)
        except msgspec.MsgspecError as error:
            raise LedgerUnavailable(f"The ledger's node answered {method} with something else: {error}.") from error


def _seen(found: wire.Transaction, tx_hash: str) -> Seen:
    if found.status == "NOT_FOUND":
        return Absent(Tip(found.latest_ledger, found.latest_close_time, found.oldest_ledger))
    return wire.applied(found, tx_hash)


class _Refused(LedgerUnavailable):
    """A JSON-RPC error: the request could not be carried out."""

    def __init__(self, method: str, error: wire.RpcError) -> None:
        super().__init__(f"The ledger's node refused {method}: {error.message[:300]} ({error.code}).")
        self.message, self.number = error.message, error.code


def _range_refusal(refused: _Refused, start: int | str) -> LedgerUnavailable:
    """A start before the range is lost for good; one after it is a node that lags (P59)."""
    match = _RANGE_ERROR.search(refused.message)
    if match is None:
        return refused
    wanted = start if isinstance(start, int) else int(start.split("-")[0]) >> 32
    if wanted < int(match[1]):
        return EventsLost(f"Events from ledger {wanted} on are needed, and the node keeps {match[1]} to {match[2]}.")
    return LedgerUnavailable(
        f"The node is at ledger {match[2]} and was asked for ledger {wanted}. It lags, or was reset."
    )
