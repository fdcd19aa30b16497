#!/usr/bin/env python3
"""Says which rooms have changed since a proof was made of them: one line per artefact that is behind.

An artefact (`contracts/proof/results/*.json`) names the commit that it judged, and the rooms. Never fails: an old proof
is a fact and not a mistake, and `make prove` takes hours.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ARTEFACTS = Path("contracts") / "proof" / "results"


def main(root: Path = ROOT) -> int:
    for file in sorted((root / ARTEFACTS).glob("*.json")):
        if said := age(root, file.stem, json.loads(file.read_text())):
            print(said)
    return 0


def age(root: Path, name: str, artefact: dict[str, Any]) -> str:
    """How many commits have touched the artefact's rooms since its oldest part was made; nothing where none has."""
    parts = artefact.get("rows", {}).values()
    commits = {artefact["commit"]} | {part["commit"] for part in parts if "commit" in part}
    counts = {commit: commits_since(root, commit, artefact["rooms"]) for commit in commits}
    if lost := [commit for commit, count in counts.items() if count is None]:
        return f"proof of {name}: commit {lost[0]} is not in this clone"
    oldest = max(counts, key=lambda commit: counts[commit] or 0)
    if not (count := counts[oldest]):
        return ""
    return f"proof of {name}: made at {oldest}, {count} commit(s) ago in {', '.join(artefact['rooms'])}"


def commits_since(root: Path, commit: str, rooms: list[str]) -> int | None:
    """The artefacts themselves lie in a room that they speak of, and are left out."""
    paths = [*rooms, ":(exclude)contracts/proof"]
    command = ["git", "rev-list", "--count", f"{commit}..HEAD", "--", *paths]
    asked = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return None if asked.returncode else int(asked.stdout)


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    sys.exit(main())
