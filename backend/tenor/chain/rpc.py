"""A Stellar network through one RPC server. ADAPTER for its JSON-RPC; believes no answer that it can check."""

import re
from collections.abc import Sequence
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
from tenor.ledger.footprint import NOTHING, Footprint, account_key
from tenor.ledger.submission import Absent, Seen, SendAnswer, Tip
from tenor.world import Clock

T = TypeVar("T")

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
ANSWER_BYTES_MAX = 64 * 1024 * 1024
ENTRIES_PER_CALL_MAX = 200
RATES_KEPT_LEDGERS = 60
"""Fee rates are read again after this many ledgers (P31)."""
SERVER_AT_LEAST = (27, 1, 1)
"""Older servers lose events when filters set different fields (P56)."""
_NOBODY = "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF"
_TRIES_BEHIND = 3
_RANGE_ERROR = re.compile(r"within the ledger range: (\d+) - (\d+)")


class WrongNetwork(Invalid):
    """The RPC server serves another network than the one that was configured (P22)."""


class EventsLost(LedgerUnavailable):
    """The node keeps no events as old as those that are needed next (P57)."""


class RpcLedger:
    """`world.Ledger`. Answers from before what was already seen are refused, so that decisions never go back (P24)."""

    def __init__(self, client: httpx.AsyncClient, *, url: str, passphrase: str, clock: Clock) -> None:
        self.passphrase = passphrase
        self._client, self._url, self._clock = client, url, clock
        self._ids = count(1)
        self._newest = 0
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

    async def tip(self) -> Tip:
        health = await self._fresh("getHealth", {}, wire.Health)
        return Tip(health.latest_ledger, health.latest_close_time, health.oldest_ledger)

    async def build(self, call: Invocation, *, source: str, valid_seconds: int, extra: Footprint = NOTHING) -> Built:
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
        )
        return assemble(bare, await self._simulate(bare.to_xdr()), rates=rates, extra=extra)

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
        found = await self._fresh("getTransaction", {"hash": tx_hash}, wire.Transaction)
        if found.status == "NOT_FOUND":
            return Absent(Tip(found.latest_ledger, found.latest_close_time, found.oldest_ledger))
        return wire.applied(found, tx_hash)

    async def events(self, *, filters: Sequence[EventFilter], start: int | str, limit: int) -> EventPage:
        """Also raises `EventsLost` when the node says that `start` is older than what it keeps."""
        params: dict[str, Any] = {"filters": [wire.event_filter(each) for each in filters]}
        params["pagination"] = {"limit": limit} if isinstance(start, int) else {"limit": limit, "cursor": start}
        if isinstance(start, int):
            params["startLedger"] = start
        try:
            page = await self._ask("getEvents", params, wire.Events)
        except _Refused as refused:
            raise _range_refusal(refused, start) from refused
        return wire.event_page(page)

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
            if latest >= self._newest:
                self._newest = latest
                return answer
        raise LedgerUnavailable(
            f"The node at {self._url} is at ledger {latest}, and ledger {self._newest} was seen before."
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


class _Refused(LedgerUnavailable):
    """A JSON-RPC error: the request could not be carried out."""

    def __init__(self, method: str, error: wire.RpcError) -> None:
        super().__init__(f"The ledger's node refused {method}: {error.message[:300]} ({error.code}).")
        self.message = error.message


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
