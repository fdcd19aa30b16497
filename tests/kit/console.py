"""Windows of a real browser on the served console, each watched for whatever a careful person would not ship."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from patience import PATIENCE_SECONDS, patiently
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect
from stage import Stage

REPOSITORY = Path(__file__).parents[2]
AXE = REPOSITORY / "build" / "console" / "tests" / "axe.js"
WAIT_MS = PATIENCE_SECONDS * 1000
"""Two shared cores may be slow; nothing here waits for a time, only for what it names."""
_LOOKED_AWAY = ("net::ERR_ABORTED", "was preloaded using link preload but not used within a few seconds")
"""What the browser says of a page that is left while something is on its way to it, or drawn late on a slow machine."""
_REFUSALS = "Failed to load resource: the server responded with a status of 4"
_GONE = ("Execution context was destroyed", "interrupted by another navigation", "net::ERR_ABORTED", "navigating and")
expect.set_options(timeout=WAIT_MS)


@dataclass
class Watched:
    """A page and everything wrong that it did. `path(...)` opens one of ours.

    `expected`: parts of complaints that this test causes on purpose.
    """

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    async def open(self, path: str) -> None:
        """With its scripts. A page that goes on by itself may be quicker than we are: then we ask again."""
        await _while_it_goes_on(lambda: self.page.goto(self.base + path))

    async def reload(self) -> None:
        await self.open(self.page.url.removeprefix(self.base))

    async def leave(self) -> None:
        """For a page on which nothing goes on by itself."""
        await _while_it_goes_on(lambda: self.page.goto("about:blank"))

    async def evaluate(self, script: str) -> Any:
        """On the page as it is, or the one that it goes on to meanwhile."""
        return await _while_it_goes_on(lambda: self.page.evaluate(script))

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[None]:
        """What is done inside leads to another document, or to this one anew; it is whole afterwards."""
        await self.evaluate("window.leftBehind = true")
        yield

        async def is_whole() -> bool:
            return bool(await self.evaluate("!window.leftBehind && document.readyState === 'complete'"))

        await patiently(is_whole, "the page did not go on")

    async def check(self) -> None:
        """axe finds nothing serious, and the policy was kept."""
        assert await self.complaints() == []

    async def complaints(self) -> list[str]:
        """What axe calls serious on the page as it is, and what the browser complained of so far."""
        found: list[dict[str, Any]] = await self.evaluate(
            AXE.read_text() + "; axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
            ".filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => ({id: v.id, nodes: v.nodes.slice(0, 5).map(n => n.html.slice(0, 200) + n.any[0]?.message)})))"
        )
        return [f"{self.page.url}: {what}" for what in [*found, *self.wrong]]


async def _while_it_goes_on(act: Callable[[], Awaitable[Any]]) -> Any:
    while True:
        try:
            return await act()
        except Error as failed:
            if not any(said in failed.message for said in _GONE):
                raise


@dataclass
class Console:
    """`pushing`: whether the worker pushes payouts; without it they wait to be claimed. `turn`: held while it works."""

    base: str
    stage: Stage
    browser: Browser
    pushing: bool = True
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    contexts: list[BrowserContext] = field(default_factory=list)
    windows: list[Watched] = field(default_factory=list)

    async def stop_pushing(self) -> None:
        """Once the worker's present turn is over."""
        async with self.turn:
            self.pushing = False

    async def work(self) -> None:
        """One turn of the worker."""
        async with self.turn:
            if self.pushing:
                await self.stage.settle()
            else:
                await self.stage.submit()
                await self.stage.read()

    async def window(self, context: BrowserContext | None = None, **options: Any) -> Watched:
        """In a profile of its own unless `context` names one. `options`: as Playwright's `new_context`."""
        if context is None:
            context = await self.browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
            context.set_default_timeout(WAIT_MS)
            self.contexts.append(context)
        page = await context.new_page()
        watched = Watched(page, self.base)
        self.windows.append(watched)
        watch(watched)
        return watched

    async def close(self) -> None:
        wrong = [what for window in self.windows for what in window.wrong]
        for context in self.contexts:
            await context.close()
        assert wrong == []


def watch(window: Watched) -> None:
    """Whatever the browser complains of. A refusal of the API is no defect of the page that shows it."""

    def said(message: ConsoleMessage) -> None:
        forgiven = (*_LOOKED_AWAY, *window.expected)
        if message.type not in {"error", "warning"} or message.text.startswith(_REFUSALS):
            return
        if not any(part in message.text for part in forgiven):
            window.wrong.append(f"{message.type}: {message.text}")

    window.page.on("console", said)
    window.page.on("pageerror", lambda error: window.wrong.append(f"thrown: {error}"))
