"""The commands in the documentation, as a reader would type them. Only blocks that say `run` are executed."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_BLOCK = re.compile(r"^```(console|python) run\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def pages_to_run() -> list[Path]:
    """Pages with commands, tutorials first: they make what others look at."""
    found = [page for page in ROOT.glob("docs/**/*.md") if _BLOCK.search(page.read_text())]
    return sorted(found, key=lambda page: (page.parent.name != "tutorials", page.name))


def run_page(page: Path, data: Path) -> "subprocess.CompletedProcess[str]":
    """One shell for all console blocks of the page, in order; then its Python blocks as one program."""
    blocks = _BLOCK.findall(page.read_text())
    program = "\n".join(text for kind, text in blocks if kind == "python")
    lines = ["set -euo pipefail"]
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(program)
        file.flush()
        for kind, text in blocks:
            if kind == "console":
                lines += [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]
        if program:
            lines.append(f"python {file.name}")
        return subprocess.run(
            ["bash", "-c", "\n".join(lines)],
            cwd=ROOT,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "TENOR_DATA": str(data)},
            capture_output=True,
            text=True,
            check=False,
        )
