"""ADAPTER behind world.Reader: each file is read in a fresh, confined process (P105). Never parses in this one."""

import asyncio
import contextlib
import os
import signal
import sys
from typing import Literal

import msgspec

from tenor.documents.hygiene import accept
from tenor.documents.read_child import TOO_EXPENSIVE, Answer
from tenor.documents.refusals import ReaderFailed, ReadingTooExpensive, refusal_named
from tenor.kernel.pages import DocumentText

WALL_SECONDS_MAX = 180
_EXPENSIVE_SIGNALS = {signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS}
"""How a process ends that meets a limit: C++ code aborts on a failed allocation."""


class SandboxedReader:
    """Reads at most `processes` files at once (Tesseract keeps a core busy), each within `wall_seconds`."""

    def __init__(self, *, processes: int | None = None, wall_seconds: float = WALL_SECONDS_MAX) -> None:
        self._slots = asyncio.Semaphore(processes or os.cpu_count() or 1)
        self._wall_seconds = wall_seconds

    async def read(self, data: bytes) -> DocumentText:
        """Everything the file says. Raises the refusals of `documents/refusals.py`; ReaderFailed may be tried again."""
        return (await self._ask("read", data))[0]

    async def read_with_pictures(self, data: bytes) -> tuple[DocumentText, tuple[bytes, ...]]:
        """The same, and a JPEG of each page for drawing boxes on."""
        return await self._ask("pictures", data)

    async def picture(self, data: bytes, *, number: int, turned_mdeg: int) -> bytes:
        """Page `number` as PNG, turned as its words were located. Raises PageMissing and what reading raises."""
        _, (found,) = await self._ask("picture", data, str(number), str(turned_mdeg))
        return found

    async def inspect(self, data: bytes) -> DocumentText:
        """The refusals only, in well under a second, for the upload itself; the answer has no pages."""
        return (await self._ask("inspect", data))[0]

    async def _ask(
        self, job: Literal["read", "inspect", "pictures", "picture"], data: bytes, *page: str
    ) -> tuple[DocumentText, tuple[bytes, ...]]:
        accept(data)
        async with self._slots:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tenor.documents.read_child", job, *page),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=_bare_environment(),
                start_new_session=True,
            )
            try:
                output, _ = await asyncio.wait_for(process.communicate(data), self._wall_seconds)
            except TimeoutError:
                raise ReadingTooExpensive(str(TOO_EXPENSIVE)) from None
            finally:
                await _end(process)
        if process.returncode and -process.returncode in _EXPENSIVE_SIGNALS:
            raise ReadingTooExpensive(str(TOO_EXPENSIVE))
        return _decoded(output, process.returncode)


def _decoded(output: bytes, code: int | None) -> tuple[DocumentText, tuple[bytes, ...]]:
    try:
        answer = msgspec.msgpack.decode(output, type=Answer)
    except msgspec.DecodeError:
        raise ReaderFailed(f"The reading process ended with code {code} and no answer. Try again later.") from None
    if answer.text is None:
        raise refusal_named(answer.code, answer.sentence)
    return answer.text, answer.pictures


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the process and whatever it started, also when the caller was cancelled."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _bare_environment() -> dict[str, str]:
    """Only what finding programs and fonts needs: no secret of the parent reaches a parser (P102)."""
    kept = (
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "TMPDIR",
        "PYTHONPATH",
        "TESSDATA_PREFIX",
        "LD_LIBRARY_PATH",
        "VIRTUAL_ENV",
    )
    return {name: os.environ[name] for name in kept if name in os.environ} | {"OMP_THREAD_LIMIT": "1"}
