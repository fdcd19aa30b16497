"""The world as a request sees it: asking anybody outside gives the request's database connection back first (P138).

Here and not in each flow, so that no route can forget it. Jobs need none of it: they hold no session when they ask.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from inspect import iscoroutinefunction
from typing import Any, TypeVar

World = TypeVar("World", bound=Any)
"""`tenor.world.World`, which this room does not know by name."""


OUTSIDE = ("ledger", "signer", "documents", "reader", "scanner", "sender")
"""What may take its time. The nudger is called after the answer, and the clock answers at once."""


def asking(world: World, let_go: Callable[[], Awaitable[None]]) -> World:
    """`world` whose every call to the outside awaits `let_go` first."""
    outside: dict[str, Any] = {name: _Asking(getattr(world, name), let_go) for name in OUTSIDE}
    return replace(world, **outside)


class _Asking:
    """An adapter behind the same names; what it answers at once, such as an address, it answers as ever."""

    __slots__ = ("_adapter", "_let_go")

    def __init__(self, adapter: Any, let_go: Callable[[], Awaitable[None]]) -> None:
        self._adapter, self._let_go = adapter, let_go

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._adapter, name)
        if not iscoroutinefunction(found):
            return found

        async def ask(*args: Any, **named: Any) -> Any:
            await self._let_go()
            return await found(*args, **named)

        return ask
