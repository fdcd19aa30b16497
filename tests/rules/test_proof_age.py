"""An artefact of a proof tells when its rooms have changed since; an artefact that is up to date says nothing."""

import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
spec = importlib.util.spec_from_file_location("proof_age", REPOSITORY / "scripts" / "proof_age.py")
assert spec is not None
assert spec.loader is not None
proof_age = importlib.util.module_from_spec(spec)
spec.loader.exec_module(proof_age)


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


def change(folder: Path, name: str) -> str:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(file.read_text() + "." if file.exists() else ".")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", name)
    return git(folder, "rev-parse", "--short", "HEAD")


def test_an_old_proof_is_told_and_a_fresh_one_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init", "-q")
    judged = change(tmp_path, "contracts/one/code.rs")
    artefact = tmp_path / proof_age.ARTEFACTS / "mutants.json"
    artefact.parent.mkdir(parents=True)
    artefact.write_text(json.dumps({"commit": judged, "rooms": ["contracts/one"], "rows": {}}))
    change(tmp_path, "contracts/two/code.rs")
    proof_age.main(tmp_path)
    assert capsys.readouterr().out == ""
    latest = change(tmp_path, "contracts/one/code.rs")
    proof_age.main(tmp_path)
    assert capsys.readouterr().out == f"proof of mutants: made at {judged}, 1 commit(s) ago in contracts/one\n"
    rows = {"first": {"commit": judged}, "second": {"commit": latest}}
    artefact.write_text(json.dumps({"commit": latest, "rooms": ["contracts/one"], "rows": rows}))
    proof_age.main(tmp_path)
    assert judged in capsys.readouterr().out, "a proof is as old as its oldest part"
    artefact.write_text(json.dumps({"commit": "0123456", "rooms": ["contracts/one"]}))
    proof_age.main(tmp_path)
    assert "is not in this clone" in capsys.readouterr().out
