"""A whole installation as a person starts it: `tenor up` as a process, its words line by line. Never a mock."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

READY = "Ctrl-C stops everything"


@dataclass
class Installed:
    """`said`: every line until it served, or until it gave up."""

    data: Path
    environ: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    process: "subprocess.Popen[str] | None" = None

    def start(self, **environ: str) -> "Installed":
        self.environ = {**_clean(), "TENOR_DATA": str(self.data), **environ}
        self.said = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tenor.cli", "up"],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if READY in line:
                return self
        raise AssertionError(f"it ended with code {self.process.wait()}:\n" + "\n".join(self.said))

    @property
    def url(self) -> str:
        (line,) = [line for line in self.said if line.strip().startswith("API  ")]
        return line.split()[1]

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """`tenor ...` in another terminal, which knows the data folder and nothing else."""
        return subprocess.run(
            [sys.executable, "-m", "tenor.cli", *arguments],
            env={**_clean(), "TENOR_DATA": str(self.data)},
            capture_output=True,
            text=True,
            check=False,
        )

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Stop it as Ctrl-C does; exit code and last words."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.last_words()

    def last_words(self) -> tuple[int, str]:
        assert self.process is not None
        said, _ = self.process.communicate()
        return self.process.returncode, said

    def alive(self) -> list[str]:
        """Processes that still belong to it, once the kernel has had time to end those that were killed."""
        give_up = time.monotonic() + 30
        while (found := self._processes()) and time.monotonic() < give_up:
            time.sleep(0.05)
        return found

    def _processes(self) -> list[str]:
        """Command lines, by the data folder in their arguments or their environment."""
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != os.getpid():
                try:
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                    if str(self.data).encode() in command + (folder / "environ").read_bytes():
                        found.append(command.decode())
                except (FileNotFoundError, ProcessLookupError, PermissionError):
                    continue
        return found


def _clean() -> dict[str, str]:
    """Our environment without settings of Tenor, but with where its parts were built."""
    ours = {"DATABASE_URL", "REDIS_URL", "RPC_URL", "FRIENDBOT_URL", "NETWORK_PASSPHRASE", "PUBLIC_URL", "TENOR_DATA"}
    return {name: value for name, value in os.environ.items() if name not in ours}
