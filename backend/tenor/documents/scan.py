"""ADAPTER to ClamAV's daemon by INSTREAM, behind world.Scanner. Never says "clean" when nothing looked (P108)."""

import asyncio
import contextlib
import re
import struct

from tenor.documents.refusals import ScannerUnavailable
from tenor.world import ScanVerdict

_CHUNK_BYTES = 65_536
_ANSWER_BYTES_MAX = 4_096
_FOUND = re.compile(r"stream: (?P<name>.{1,200}) FOUND")


class NotScanned:
    """The default without a scanner: says so, and the upload policy decides."""

    async def scan(self, data: bytes) -> ScanVerdict:
        return ScanVerdict("not_scanned", f"No malware scanner is configured; {len(data):,} bytes were not looked at.")


class ClamAv:
    """A clamd at `address`: `host:port`, or the path of its socket.

    Set clamd's StreamMaxLength to at least 10M: versions differ in their default. A daemon that is down, or that knows
    no signatures, raises ScannerUnavailable: the upload waits, it is not taken for clean.
    """

    def __init__(self, address: str, *, timeout_seconds: float = 30) -> None:
        self._address = address
        self._timeout_seconds = timeout_seconds

    async def scan(self, data: bytes) -> ScanVerdict:
        """Raises ScannerUnavailable."""
        versions = await self._ask(b"zVERSION\0")
        answer = await self._ask(b"zINSTREAM\0", data)
        found = _FOUND.fullmatch(answer)
        if found is not None:
            return ScanVerdict("infected", found["name"])
        if answer != "stream: OK":
            raise ScannerUnavailable(f"The malware scanner answered {answer[:120]!r}. Try again later.")
        if versions.count("/") <= 1:
            # "ClamAV 1.4.6/27800/Sat Nov 21 ..." has the signature database, "ClamAV 1.4.6" at most somebody's own ones
            return ScanVerdict("not_scanned", f"{versions} has no signatures: run freshclam.")
        return ScanVerdict("clean", versions)

    async def _ask(self, command: bytes, data: bytes | None = None) -> str:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._converse(command, data)
        except (OSError, TimeoutError) as error:
            raise ScannerUnavailable("The malware scanner does not answer. Try again later.") from error

    async def _converse(self, command: bytes, data: bytes | None) -> str:
        reader, writer = await self._connect()
        try:
            writer.write(command)
            if data is not None:
                with contextlib.suppress(ConnectionError):  # above its limit clamd answers and hangs up mid-stream
                    for start in range(0, len(data), _CHUNK_BYTES):
                        chunk = data[start : start + _CHUNK_BYTES]
                        writer.write(struct.pack(">I", len(chunk)) + chunk)
                        await writer.drain()
                    writer.write(struct.pack(">I", 0))
                    await writer.drain()
            answer = await reader.read(_ANSWER_BYTES_MAX)
        finally:
            writer.close()
        return answer.split(b"\0", 1)[0].decode("utf-8", "replace").strip()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, colon, port = self._address.rpartition(":")
        if colon and port.isdigit():
            return await asyncio.open_connection(host, int(port))
        return await asyncio.open_unix_connection(self._address)
