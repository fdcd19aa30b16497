"""What goes wrong, where and when, drawn from a seed; and the gates at which a run can be cut. Moves nothing itself."""

import asyncio
from collections import Counter
from contextvars import ContextVar
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx
from lives import Network, asked
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

FAULTS: dict[str, int] = {"refused": 2, "busy": 2, "lost": 5, "late": 6, "try_again": 6}
"""Per cent of calls of the node that go wrong in this way; `lost`: carried out, and the answer never arrives."""
CRASH_PERCENT, COMMIT_LOST_PERCENT = 3, 1
LAGGING_PERCENT, CATCHES_UP_PERCENT = 30, 4
"""Processes that start with a node that is behind, and how soon it has caught up."""


class Crash(BaseException):
    """The process ends here: nothing after it runs."""


@dataclass
class Actor:
    """One line of work of one process, cut into steps by its gates."""

    process: "Any"
    name: str
    task: asyncio.Task[None] | None = None
    waiting: asyncio.Future[None] | None = None
    label: str = ""
    moved: asyncio.Event = field(default_factory=asyncio.Event)


ACTOR: ContextVar[Actor | None] = ContextVar("actor", default=None)


@dataclass
class Weather:
    """Every fault of a run. `faults_max`: after so many nothing goes wrong any more, which is how a run is shrunk."""

    rng: Random
    faults_max: int = 1_000_000
    nodes_lag: bool = True
    """Without, every answer is of the newest ledger, and then no sequence may ever be used twice."""
    calm: bool = False
    happened: Counter[str] = field(default_factory=Counter)
    trace: list[str] = field(default_factory=list)

    def strikes(self, what: str, percent: int) -> bool:
        """Drawn even when nothing may happen, so that a shrunk run is the same run up to its last fault."""
        drawn = self.rng.randrange(100) < percent
        lags = what.startswith(("late", "a node"))
        if not drawn or self.calm or (lags and not self.nodes_lag) or self.happened.total() >= self.faults_max:
            return False
        self.happened[what] += 1
        self.note(what)
        return True

    def note(self, what: str) -> None:
        actor = ACTOR.get()
        self.trace.append(f"{actor.name if actor else '-'}: {what}")


async def gate(weather: Weather, label: str) -> None:
    """Others may run now; or this process ends here."""
    actor = ACTOR.get()
    if actor is None or weather.calm:
        return
    weather.note(label)
    actor.label, actor.waiting = label, asyncio.get_running_loop().create_future()
    actor.moved.set()
    await actor.waiting


class Wire(httpx.AsyncBaseTransport):
    """Between a process and the network: requests and answers get lost, late or refused."""

    def __init__(self, network: Network, weather: Weather) -> None:
        self._network, self._weather = network, weather
        behind = weather.rng.choice((1, 2, 4, 8, 30))
        self._behind = behind if weather.strikes(f"a node {behind} ledgers behind", LAGGING_PERCENT) else 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        weather, network = self._weather, self._network
        content = asked(request.content)
        method = content["method"]
        await gate(weather, f"before {method}")
        if weather.strikes(f"refused {method}", FAULTS["refused"]):
            raise httpx.ConnectError("refused")
        if weather.strikes(f"busy {method}", FAULTS["busy"]):
            return httpx.Response(503)
        if method == "sendTransaction" and weather.strikes("try_again", FAULTS["try_again"]):
            later = b'{"jsonrpc":"2.0","id":%d,"result":{"status":"TRY_AGAIN_LATER"}}' % content["id"]
            return httpx.Response(200, content=later)
        if self._behind and not weather.calm and weather.rng.randrange(100) < CATCHES_UP_PERCENT:
            self._behind = 0
        if self._behind and not weather.calm and method != "sendTransaction":
            body = network.answer_late(content, self._behind)
        elif method != "sendTransaction" and weather.strikes(f"late {method}", FAULTS["late"]):
            body = network.answer_late(content, weather.rng.choice((1, 3, 30)))
        else:
            body = network.answer(content)
        if weather.strikes(f"lost {method}", FAULTS["lost"]):
            raise httpx.ReadTimeout("lost")
        await gate(weather, f"after {method}")
        return httpx.Response(200, content=body)


def session_in(weather: Weather) -> type[AsyncSession]:
    """Sessions whose commits can be cut before, and whose answers can be lost after (the commit stands)."""

    class Struck(AsyncSession):
        async def commit(self) -> None:
            if ACTOR.get() is not None and weather.strikes("crash before commit", CRASH_PERCENT):
                raise Crash
            await super().commit()
            if ACTOR.get() is not None and weather.strikes("commit answer lost", COMMIT_LOST_PERCENT):
                raise OperationalError("COMMIT", {}, ConnectionResetError())
            await gate(weather, "committed")

    return Struck
