"""GR14, the part about builds: two clean builds of the contracts give the same bytes. Measures no time."""

import hashlib
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

ID = "GR14"
WHAT = "contracts whose bytes differ between clean builds in different folders"
UNIT = "contracts"
GOAL = ("==", 0)
ROOT = Path(__file__).resolve().parent.parent


def run(repeats: int) -> dict[str, Any]:
    """`ours`: hashes of the first build. At least two builds, each with an empty target folder."""
    builds = [_hashes() for _ in range(max(2, min(repeats, 3)))]
    differing = {name for build in builds for name in build if build[name] != builds[0][name]}
    return {
        "value": len(differing),
        "ours": {name: digest[:16] for name, digest in builds[0].items()},
        "yardstick": None,
        "spread": None,
        "repeats": len(builds),
    }


def _hashes() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        subprocess.run(
            ["cargo", "run", "--quiet", "-p", "tenor-contracts-build", "--", "--out", out],
            cwd=ROOT,
            env={**os.environ, "CARGO_TARGET_DIR": str(Path(folder) / "target")},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.wasm"))}
