"""What the proofs of the contracts share: a copy of the tree that may be broken, and artefacts that tell their commit.

Never touches the tree it copies, and never builds into its target folder.
"""

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROOF = ROOT / "contracts" / "proof"
ARTEFACTS = PROOF / "results"
WASM = Path("build") / "contracts"
HOUR_SECONDS = 3_600


class Copy:
    """The last commit in a folder of its own, with a target folder beside it: what is not committed is not judged."""

    def __init__(self) -> None:
        self.folder = Path(os.environ.get("TENOR_PROOF_DIR", ROOT / "build" / "proof")).resolve()
        self.tree = self.folder / "tree"
        self.target = self.folder / "target"
        # `git apply` must not take the tree that the copy lies in for its own.
        ours = {name: value for name, value in os.environ.items() if name != "CONTRACTS_DIR"}
        self.environment = ours | {
            "CARGO_TARGET_DIR": str(self.target),
            "CARGO_BUILD_JOBS": os.environ.get("CARGO_BUILD_JOBS", "1"),
            "GIT_CEILING_DIRECTORIES": str(self.folder),
        }

    def refresh(self) -> None:
        """Writes only what differs, so that an unchanged crate is not compiled again."""
        packed = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
        wanted = set()
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            for member in archive.getmembers():
                file = archive.extractfile(member)
                if file is None:
                    continue
                content, target = file.read(), self.tree / member.name
                wanted.add(target)
                if not target.is_file() or target.read_bytes() != content:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
        for old in (self.tree / "contracts").rglob("*"):
            if old.is_file() and old not in wanted:
                old.unlink()

    def run(self, *command: str, timeout: float | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Both streams in stdout. A command that hangs answers as one that failed."""
        try:
            return subprocess.run(
                command,
                cwd=self.tree,
                env=self.environment | environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                timeout=timeout,
            )
        except subprocess.TimeoutExpired as stopped:
            return subprocess.CompletedProcess(command, 124, stdout=str(stopped.stdout or ""))

    def compile_wasm(self) -> subprocess.CompletedProcess[str]:
        return self.run("cargo", "run", "--quiet", "--locked", "-p", "tenor-contracts-build")

    def provide_wasm(self, *, fresh: bool) -> None:
        """The contracts of the commit: compiled here, or those of CONTRACTS_DIR or the tree, if of the same hashes."""
        committed = (self.tree / "contracts" / "HASHES").read_text()
        folder = Path(os.environ.get("CONTRACTS_DIR", ROOT / WASM))
        made = sorted(folder.glob("*.wasm"))
        current = made and all(hashlib.sha256(file.read_bytes()).hexdigest() in committed for file in made)
        if current and not fresh:
            shutil.copytree(folder, self.tree / WASM, dirs_exist_ok=True)
        else:
            compiled = self.compile_wasm()
            assert compiled.returncode == 0, compiled.stdout
        shutil.copytree(self.tree / WASM, self.folder / "wasm", dirs_exist_ok=True)
        self.touch_wasm()

    def touch_wasm(self) -> None:
        """Tests refuse a wasm that is older than its sources; here it is older on purpose, so it is dated ahead."""
        ahead = time.time() + 30 * 24 * HOUR_SECONDS
        for file in (self.tree / WASM).glob("*.wasm"):
            os.utime(file, (ahead, ahead))

    def restore_wasm(self) -> None:
        shutil.copytree(self.folder / "wasm", self.tree / WASM, dirs_exist_ok=True)


class Clock:
    """How long a proof took."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    @property
    def seconds(self) -> int:
        return round(time.monotonic() - self.began)


def write_artefact(name: str, rooms: list[str], clock: Clock, **told: Any) -> None:
    """One file per proof; `rooms` are the paths that it speaks of."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page = {"commit": commit(), "day": day(), "seconds": clock.seconds, "rooms": rooms, **told}
    (ARTEFACTS / f"{name}.json").write_text(json.dumps(page, indent=1, ensure_ascii=False) + "\n")


def read_artefact(name: str) -> dict[str, Any]:
    file = ARTEFACTS / f"{name}.json"
    found: dict[str, Any] = json.loads(file.read_text()) if file.is_file() else {}
    return found


def commit() -> str:
    head = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    return head.stdout.strip()


def day() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def say(text: str) -> None:
    print(f"      {text}", flush=True)
