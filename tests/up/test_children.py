"""Child processes: told when they end, stopped in order, gone when we are."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tenor.up.children import Children

ENV = {"PATH": os.environ["PATH"]}


async def test_a_child_that_ends_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    children = Children(tmp_path)
    await children.start("talker", ["sh", "-c", "echo last words; exit 3"], env=ENV)
    ended = await children.first_to_end()
    assert "'talker' ended with code 3" in str(ended)
    assert "last words" in str(ended)
    await children.stop_all()


async def test_stopping_takes_the_last_started_first_and_all_they_started(tmp_path: Path) -> None:
    children = Children(tmp_path)
    order = tmp_path / "order"
    script = 'trap "echo $0 >> \\"$1\\"; exit" TERM; sleep 600 & echo ready; while :; do sleep 0.05; done'
    first = await children.start("first", ["sh", "-c", script, "first", order], env=ENV)
    second = await children.start("second", ["sh", "-c", script, "second", order], env=ENV)
    for child in (first, second):
        await _until(lambda child=child: "ready" in child.log.read_text())
    await children.stop_all()
    assert order.read_text().split() == ["second", "first"]
    for child in (first, second):
        await _until(lambda child=child: _session(child.process.pid) == [])


def test_a_killed_supervisor_leaves_nobody_behind(tmp_path: Path) -> None:
    script = (
        "import asyncio, os, sys; from pathlib import Path; from tenor.up.children import Children\n"
        "async def main():\n"
        "    child = await Children(Path(sys.argv[1])).start('sleeper', ['sleep', '600'], env=dict(os.environ))\n"
        "    print(child.process.pid, flush=True); await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    child = int(supervisor.stdout.readline())
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    supervisor.stdout.close()
    while _session(child):
        time.sleep(0.02)


async def _until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - another process decides
        await asyncio.sleep(0.02)


def _session(leader: int) -> list[int]:
    """Living processes of the session that `leader` opened."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(session) == leader and state != "Z":
                found.append(int(folder.name))
    return found
