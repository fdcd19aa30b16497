"""A Stellar network through several RPC servers: who answers, who lags, who lies. Moves nothing while they disagree.

Every node is looked at again every few seconds: does it serve our network, how far is it, and is its ledger the same as
the others'? What they all have in common decides; who contradicts the majority is left out and named.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from stellar_sdk import xdr

from tenor import metrics
from tenor.chain.rpc import EventsLost, RpcLedger
from tenor.ledger.calls import Invocation
from tenor.ledger.envelopes import Built
from tenor.ledger.errors import LedgerUnavailable
from tenor.ledger.events import EventFilter, EventPage
from tenor.ledger.fees import Bids
from tenor.ledger.footprint import NOTHING, Footprint
from tenor.ledger.submission import Absent, Seen, SendAnswer, Tip
from tenor.logs import log
from tenor.world import Clock

T = TypeVar("T")

LOOK_SECONDS = 10
"""A look at all nodes is believed for so long."""
BEHIND_LEDGERS_MAX = 5
"""More than that behind the others is a lag: such a node is asked last."""
ANSWER_SECONDS = 3
"""What a node gets to answer a look in; one that hangs must not hold up the others."""


class NodesDisagree(LedgerUnavailable):
    """The nodes tell of different ledgers, and no majority says which is true: nothing is read or sent."""


@dataclass(slots=True, eq=False)
class Node:
    """`why`: what is wrong with it, as a sentence; None: nothing. `barred`: it contradicts the others; never asked."""

    name: str
    ledger: RpcLedger
    why: str | None = None
    barred: bool = False
    tip: Tip | None = None

    @property
    def sound(self) -> bool:
        return self.why is None


class Nodes:
    """`world.Ledger` over one or more nodes: the first sound one answers, the next takes over when it does not."""

    def __init__(self, nodes: Sequence[Node], *, clock: Clock) -> None:
        self.nodes = tuple(nodes)
        self.passphrase = nodes[0].ledger.passphrase
        self._clock = clock
        self._looked_at: int | None = None
        self._disagree: str | None = None
        self._looking = asyncio.Lock()

    async def check(self) -> list[str]:
        """`WrongNetwork` when a node serves another network; warnings. `LedgerUnavailable` when none answers."""
        warnings, silent = [], []
        for node in self.nodes:
            try:
                warnings.append(await node.ledger.check())
            except LedgerUnavailable as gone:
                silent.append(str(gone))
        if len(silent) == len(self.nodes):
            raise LedgerUnavailable(silent[0])
        return [*silent, *(each for each in warnings if each is not None)]

    async def look(self) -> None:
        """At every node, unless that was a moment ago."""
        async with self._looking:
            now = self._clock.now()
            if self._looked_at is not None and 0 <= now - self._looked_at < LOOK_SECONDS:
                return
            await asyncio.gather(*(self._visit(node) for node in self.nodes))
            await self._compare()
            self._looked_at = now
            for node in self.nodes:
                metrics.NODE_SOUND.labels(node.name).set(node.sound)

    async def troubled(self) -> dict[str, str]:
        if len(self.nodes) > 1:
            await self.look()
        return {node.name: node.why for node in self.nodes if node.why is not None}

    async def served(self) -> str:
        return await self._first(lambda ledger: ledger.served())

    async def hash_of(self, ledger: int) -> str | None:
        return await self._first(lambda node: node.hash_of(ledger))

    async def tip(self) -> Tip:
        return await self._first(lambda ledger: ledger.tip())

    async def build(
        self,
        call: Invocation,
        *,
        source: str,
        valid_seconds: int,
        extra: Footprint = NOTHING,
        acting: str | None = None,
    ) -> Built:
        return await self._first(
            lambda node: node.build(call, source=source, valid_seconds=valid_seconds, extra=extra, acting=acting)
        )

    async def bids(self) -> Bids:
        return await self._first(lambda ledger: ledger.bids())

    async def read(self, call: Invocation) -> xdr.SCVal:
        return await self._first(lambda ledger: ledger.read(call))

    async def send(self, envelope_xdr: str) -> SendAnswer:
        """The same bytes may go to the next node when the first gives no answer: they can be applied once only."""
        return await self._first(lambda ledger: ledger.send(envelope_xdr))

    async def seen(self, tx_hash: str) -> Seen:
        """Absent only where no sound node knows it, and only as far as the one furthest behind has come (P03)."""
        found = await self._first(lambda ledger: ledger.seen(tx_hash))
        for node in self.nodes:
            if not isinstance(found, Absent):
                break
            if len(self.nodes) == 1 or not node.sound:
                continue
            try:
                other = await node.ledger.recalled(tx_hash)
            except LedgerUnavailable:
                continue
            found = _less(found, other) if isinstance(other, Absent) else other
        return found

    async def events(self, *, filters: Sequence[EventFilter], start: int | str, limit: int) -> EventPage:
        return await self._first(lambda node: node.events(filters=filters, start=start, limit=limit))

    async def entries(self, keys: Sequence[xdr.LedgerKey]) -> list[xdr.LedgerEntryData | None]:
        return await self._first(lambda ledger: ledger.entries(keys))

    async def _first(self, ask: Callable[[RpcLedger], Awaitable[T]]) -> T:
        """Of the sound nodes in their order, then of those in trouble; never of one that contradicts."""
        if len(self.nodes) > 1:
            await self.look()
        if self._disagree is not None:
            raise NodesDisagree(self._disagree)
        refused: list[LedgerUnavailable] = []
        for node in sorted((node for node in self.nodes if not node.barred), key=lambda node: not node.sound):
            try:
                return await ask(node.ledger)
            except LedgerUnavailable as gone:
                refused.append(gone)
                if not isinstance(gone, EventsLost):
                    self._trouble(node, str(gone))
        if not refused:
            raise LedgerUnavailable("No node can be asked: " + "; ".join(f"{n.name}: {n.why}" for n in self.nodes))
        # A range is lost when nobody keeps it, and not when who might is away.
        raise next((each for each in refused if not isinstance(each, EventsLost)), refused[-1])

    def _trouble(self, node: Node, why: str) -> None:
        """Until the next look; with one node there is nobody to ask instead, and no look either."""
        if len(self.nodes) > 1 and node.sound:
            node.why = why
            metrics.NODE_SOUND.labels(node.name).set(0)
            log.warning("node in trouble", node=node.name, reason=why)

    async def _visit(self, node: Node) -> None:
        node.tip, node.why, node.barred = None, None, False
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                served = await node.ledger.served()
                if served == self.passphrase:
                    node.tip = await node.ledger.standing()
        except (LedgerUnavailable, TimeoutError) as gone:
            node.why = str(gone) or f"It did not answer within {ANSWER_SECONDS} seconds."
            return
        if served != self.passphrase:
            node.why, node.barred = f"It serves {served!r}, which is another network.", True

    async def _compare(self) -> None:
        """Hashes of the newest ledger that all have come to, and of the newest of those that keep up."""
        self._disagree = None
        standing = {node: node.tip.sequence for node in self.nodes if node.tip is not None}
        newest = max(standing.values(), default=0)
        for node, reached in standing.items():
            if (behind := newest - reached) > BEHIND_LEDGERS_MAX:
                node.why = f"It is {behind} ledgers behind the others."
        kept_up = [reached for node, reached in standing.items() if node.sound]
        for common in {min(standing.values(), default=0), min(kept_up, default=0)}:
            asked = [node for node, reached in standing.items() if reached >= common]
            told = await asyncio.gather(*(_hash(node, common) for node in asked))
            self._judge(common, dict(zip(asked, told, strict=True)))

    def _judge(self, common: int, told: dict[Node, str | None]) -> None:
        hashes = Counter(value for value in told.values() if value is not None)
        if len(hashes) < 2:  # noqa: PLR2004 - nothing to differ from
            return
        true, votes = hashes.most_common(1)[0]
        if 2 * votes <= hashes.total():
            sides = "; ".join(f"{node.name} has {value[:16]}..." for node, value in told.items() if value)
            self._disagree = (
                f"The nodes disagree on ledger {common}: {sides}. Nothing is read or sent until they agree."
            )
            log.critical("nodes disagree", ledger=common, sides=sides)
        for node, value in told.items():
            if value is not None and (value != true or self._disagree):
                node.why, node.barred = f"Its ledger {common} is not that of the others.", True


async def _hash(node: Node, ledger: int) -> str | None:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await node.ledger.hash_of(ledger)
    except (LedgerUnavailable, TimeoutError):
        return None


def _less(one: Absent, other: Absent) -> Absent:
    behind = min(one.tip, other.tip, key=lambda tip: tip.sequence)
    return Absent(replace(behind, oldest=max(one.tip.oldest, other.tip.oldest)))
