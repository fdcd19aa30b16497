"""ClamAV's protocol: what the daemon says is what is reported, and silence is never "clean"."""

import asyncio
import hashlib
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tenor.documents.refusals import ScannerUnavailable
from tenor.documents.scan import ClamAv, NotScanned

VERSIONS = b"ClamAV 1.4.6/27800/Sat Nov 21 09:00:00 2026\0"


@asynccontextmanager
async def daemon(answer, versions=VERSIONS, limit=None):
    """A daemon at a free port that speaks INSTREAM as clamd documents it, and keeps what it was sent."""
    received = []

    async def converse(reader, writer):
        command = await reader.readuntil(b"\0")
        if command == b"zVERSION\0":
            writer.write(versions)
        else:
            body = b""
            while (size := struct.unpack(">I", await reader.readexactly(4))[0]) != 0:
                body += await reader.readexactly(size)
                if limit is not None and len(body) > limit:
                    break
            received.append(body)
            writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", received


async def test_a_clean_file_is_clean_and_arrives_whole():
    data = bytes(range(256)) * 1_000
    async with daemon(b"stream: OK\0") as (address, received):
        verdict = await ClamAv(address).scan(data)
    assert verdict.verdict == "clean"
    assert received == [data]


async def test_an_infected_file_is_named():
    async with daemon(b"stream: Eicar-Test-Signature FOUND\0") as (address, _):
        verdict = await ClamAv(address).scan(b"x")
    assert (verdict.verdict, verdict.detail) == ("infected", "Eicar-Test-Signature")


async def test_p108_an_ok_without_signatures_is_not_clean():
    async with daemon(b"stream: OK\0", versions=b"ClamAV 1.4.6\0") as (address, received):
        verdict = await ClamAv(address).scan(b"x")
    assert verdict.verdict == "not_scanned"
    assert received == [b"x"]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"nonsense\0"])
async def test_p108_any_other_answer_is_no_verdict(answer):
    async with daemon(answer, limit=10) as (address, _):
        with pytest.raises(ScannerUnavailable):
            await ClamAv(address).scan(b"x" * 300_000)


async def test_p108_a_scanner_that_is_gone_or_hangs_is_unavailable():
    async with daemon(b"") as (address, _):
        pass
    with pytest.raises(ScannerUnavailable, match="later"):
        await ClamAv(address).scan(b"x")
    with pytest.raises(ScannerUnavailable):
        await ClamAv("/nowhere/clamd.sock").scan(b"x")

    async def silence(reader, writer):
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    async with server:
        address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        with pytest.raises(ScannerUnavailable):
            await ClamAv(address, timeout_seconds=0.2).scan(b"x")


async def test_p108_without_a_scanner_it_says_not_scanned():
    assert (await NotScanned().scan(b"x")).verdict == "not_scanned"


CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[str]:
    """The real daemon, with one signature of our own: the hash of `MARKED`."""
    assert CLAMD
    database, socket = tmp_path / "db", tmp_path / "clamd.socket"
    database.mkdir()
    database.chmod(0o755)
    (database / "own.hsb").write_text(f"{hashlib.sha256(MARKED).hexdigest()}:{len(MARKED)}:Tenor.Test:73\n")
    config = tmp_path / "clamd.conf"
    config.write_text(
        f"Foreground yes\nLocalSocket {socket}\nDatabaseDirectory {database}\nTemporaryDirectory {tmp_path}\n"
        "StreamMaxLength 11M\nUser root\n"
    )
    with subprocess.Popen([CLAMD, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
        while daemon.poll() is None and not socket.exists():
            time.sleep(0.1)
        assert daemon.poll() is None, "clamd did not start"
        yield str(socket)
        daemon.terminate()


MARKED = b"%PDF-1.7 a file that a signature of our own knows" + bytes(range(256)) * 40


@pytest.mark.skipif(CLAMD is None, reason="no clamd on this machine: apt-get install clamav-daemon")
async def test_p108_the_real_daemon_finds_what_its_signature_knows(clamd: str):
    found = await ClamAv(clamd).scan(MARKED)
    assert (found.verdict, found.detail.removesuffix(".UNOFFICIAL")) == ("infected", "Tenor.Test")
    other = await ClamAv(clamd).scan(MARKED + b"!")
    assert other.verdict == "not_scanned", "without the official signatures nothing is called clean"
    assert "freshclam" in other.detail
