"""Tells a person at a terminal what is being done and how long it took. Never decides what is done."""

import asyncio
import time
from collections.abc import Awaitable

_STILL_SECONDS = 5


class Progress:
    """Numbered steps; one that takes long says so every few seconds."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0

    async def step(self, title: str, work: Awaitable[str]) -> None:
        """Do `work`, then print the title, what it answered, and the seconds."""
        began = time.monotonic()
        self._done += 1
        still = asyncio.create_task(self._still(title, began))
        place = f"[{self._done:2}/{self._total}] {title:<16}"
        try:
            answer = await work
        except Exception:
            self.say(f"{place} FAILED  ({time.monotonic() - began:.1f} s)")
            raise
        finally:
            still.cancel()
        self.say(f"{place} {answer}  ({time.monotonic() - began:.1f} s)")

    def say(self, line: str) -> None:
        print(line, flush=True)  # noqa: T201 - the terminal is its purpose

    async def _still(self, title: str, began: float) -> None:
        while True:
            await asyncio.sleep(_STILL_SECONDS)
            self.say(f"        still busy with {title} ({time.monotonic() - began:.0f} s)")
