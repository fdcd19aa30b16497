"""Every tested hazard has a patch that breaks the code against it, and every patch applies; `make prove` runs them."""

import re
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent.parent
PATCHES = sorted((REPOSITORY / "contracts" / "proof" / "hazards").glob("*.patch"))


def known_tests() -> dict[str, str]:
    """The file of each Rust test that carries a hazard's id."""
    found = {}
    for file in (REPOSITORY / "contracts").rglob("*.rs"):
        for name in re.findall(r"^ *fn (\w*h\d{3}_\w+)\(", file.read_text(), re.MULTILINE):
            found[name] = str(file.relative_to(REPOSITORY))
    return found


def field(patch: Path, name: str) -> list[str]:
    return re.findall(rf"^{name}: (.*)$", patch.read_text().split("\n--- ")[0], re.MULTILINE)


def test_every_tested_hazard_has_a_patch_and_every_patch_a_test_of_that_name() -> None:
    known, patched = known_tests(), set()
    for patch in PATCHES:
        [hazards] = field(patch, "Hazards")
        names = [test.rsplit(" ", 1)[1].rsplit("::", 1)[-1] for test in field(patch, "Test")]
        assert names, patch.name
        for name in names:
            assert name in known, f"{patch.name} names {name}, and there is no such test"
        carried = {int(number) for name in names for number in re.findall(r"(?:^|_)h(\d{3})(?=_)", name)}
        told = {int(hazard[1:]) for hazard in hazards.split()}
        assert told <= carried, f"{patch.name}: no test of it carries {told - carried}"
        patched |= told
    tested = {int(number) for name in known for number in re.findall(r"(?:^|_)h(\d{3})(?=_)", name)}
    assert tested == patched, f"without a patch: {sorted(tested - patched)}"
    assert len(patched) > 100


def test_every_patch_applies() -> None:
    """A change of the sources takes patches of its lines along: write them anew, and let `make prove` judge them."""
    failed = {}
    for patch in PATCHES:
        command = ["git", "apply", "--check", patch]
        told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        if told.returncode:
            failed[patch.name] = told.stderr
    assert not failed
