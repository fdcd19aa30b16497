"""Windows of a real browser on the served console, each watched for whatever a careful person would not ship."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from stage import Stage

REPOSITORY = Path(__file__).parents[2]
AXE = REPOSITORY / "build" / "console" / "tests" / "axe.js"
WAIT_MS = 30_000
"""Two shared cores may be slow; nothing here waits for a time, only for what it names."""
_REFUSALS = "Failed to load resource: the server responded with a status of 4"
expect.set_options(timeout=WAIT_MS)


@dataclass
class Watched:
    """A page and everything wrong that it did. `path(...)` opens one of ours."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    async def open(self, path: str) -> None:
        await self.page.goto(self.base + path)

    async def check(self) -> None:
        """axe finds nothing serious, and the policy was kept."""
        assert await self.complaints() == []

    async def complaints(self) -> list[str]:
        """What axe calls serious on the page as it is, and what the browser complained of so far."""
        await self.page.evaluate(AXE.read_text())
        found: list[dict[str, Any]] = await self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations"
            ".filter(v => ['serious', 'critical'].includes(v.impact))"
            ".map(v => ({id: v.id, nodes: v.nodes.slice(0, 5).map(n => n.html.slice(0, 200) + n.any[0]?.message)})))"
        )
        return [f"{self.page.url}: {what}" for what in [*found, *self.wrong]]


@dataclass
class Console:
    """`pushing`: whether the worker pushes payouts; without it they wait to be claimed."""

    base: str
    stage: Stage
    browser: Browser
    pushing: bool = True
    contexts: list[BrowserContext] = field(default_factory=list)
    windows: list[Watched] = field(default_factory=list)

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
        if message.type in {"error", "warning"} and not message.text.startswith(_REFUSALS):
            window.wrong.append(f"{message.type}: {message.text}")

    window.page.on("console", said)
    window.page.on("pageerror", lambda error: window.wrong.append(f"thrown: {error}"))
