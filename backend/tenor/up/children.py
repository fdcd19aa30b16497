"""Child processes that never outlive us: stopped in reverse order, and by the kernel should we be killed.

Never restarts one: a child that ends is told, with the end of its log.
"""

import asyncio
import os
import shutil
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tenor.kernel.errors import Unavailable

GRACE_SECONDS = 10
_TAIL_LINES = 20


class ChildEnded(Unavailable):
    """A process that should go on has ended by itself."""


@dataclass(frozen=True, slots=True)
class Child:
    """One started process. `stop`: the signal it ends tidily on; `log`: where both its streams go."""

    name: str
    process: asyncio.subprocess.Process
    stop: signal.Signals
    log: Path

    def tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-_TAIL_LINES:]
        return "\n".join(f"    {line}" for line in lines) or "    (it said nothing)"


class Children:
    """All processes of one run. Use `start` and `stop_all` from the thread that runs the event loop."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[Child] = []
        self._watching: dict[str, asyncio.Task[int]] = {}

    async def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        stop: signal.Signals = signal.SIGTERM,
        prefix: Sequence[str] = (),
    ) -> Child:
        """Start `command` in a session of its own, so that Ctrl-C reaches us and we stop it in order.

        `prefix`: more arguments for setpriv, which also tells the kernel to stop the child when we are gone.
        """
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"{name}.log"
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *("setpriv", "--pdeathsig", stop.name.removeprefix("SIG"), *prefix, "--"),
                *map(str, command),
                env=dict(env),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        child = Child(name, process, stop, log)
        self._running.append(child)
        self._watching[name] = asyncio.create_task(process.wait())
        return child

    async def first_to_end(self) -> ChildEnded:
        """Wait until a child ends by itself, and say which and why."""
        await asyncio.wait(self._watching.values(), return_when=asyncio.FIRST_COMPLETED)
        return self.ended() or ChildEnded("A process ended.")

    def ended(self) -> ChildEnded | None:
        """The first child that has ended by itself, if one has."""
        for child in self._running:
            code = child.process.returncode
            if code is not None:
                how = f"with code {code}" if code >= 0 else f"by {signal.Signals(-code).name}"
                return ChildEnded(f"The process {child.name!r} ended {how}. The end of {child.log}:\n{child.tail()}")
        return None

    async def stop_all(self) -> None:
        """Stop every child, the last started first; one that does not go is killed with all it started."""
        while self._running:
            await _stop(self._running.pop())
        self._watching.clear()


async def _stop(child: Child) -> None:
    if child.process.returncode is None:
        child.process.send_signal(child.stop)
        try:
            await asyncio.wait_for(child.process.wait(), GRACE_SECONDS)
        except TimeoutError:
            child.process.kill()
            await child.process.wait()
    try:
        os.killpg(child.process.pid, signal.SIGKILL)  # its session: whatever it left behind
    except (ProcessLookupError, PermissionError):
        return


def check_tools() -> None:
    if shutil.which("setpriv") is None:
        raise ChildEnded("setpriv was not found; it comes with util-linux, and processes are started through it.")
