"""Which installation runs from a data folder, told to other processes by a file. Never starts or stops anything."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from tenor.kernel.errors import Conflict


class AlreadyRunning(Conflict):
    """Another `tenor up` works on the same data folder."""


@dataclass(frozen=True, slots=True)
class Running:
    """`environment`: the settings under which every other command meets the same services."""

    pid: int
    url: str
    environment: dict[str, str]


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for this process; the kernel lets go of it when we end, however that happens."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data_dir / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            found = running(data_dir)
            which = f" at {found.url} (process {found.pid})" if found else ""
            raise AlreadyRunning(
                f"Tenor already runs from {data_dir}{which}: use that, or stop it with `tenor down`."
            ) from None
        try:
            yield
        finally:
            with suppress(FileNotFoundError):
                _file(data_dir).unlink()


def announce(data_dir: Path, url: str, environment: dict[str, str]) -> None:
    draft = _file(data_dir).with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(Running(os.getpid(), url, environment)), indent=1) + "\n")
    draft.replace(_file(data_dir))


def running(data_dir: Path) -> Running | None:
    """What runs from `data_dir` now; a file that a killed process left behind does not count."""
    try:
        found = Running(**json.loads(_file(data_dir).read_text()))
        os.kill(found.pid, 0)
    except (FileNotFoundError, ProcessLookupError, ValueError, TypeError):
        return None
    return found


def _file(data_dir: Path) -> Path:
    return data_dir / "running.json"
