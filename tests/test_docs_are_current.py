"""The documentation says what is: made parts are fresh, links lead somewhere, commands and settings exist.

That the commands work is tests/up/test_installation.py's to prove.
"""

import re
from pathlib import Path

import pytest

import docs
from tenor import cli, settings

ROOT = Path(__file__).parent.parent
PAGES = [*docs.pages(), ROOT / "bench" / "README.md", *ROOT.glob("localnet/*.md"), *ROOT.glob("contracts/*.md")]


@pytest.mark.parametrize("page", docs.pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_made_parts_are_what_the_code_says(page: Path) -> None:
    assert docs.renewed(page) == page.read_text(), "run `make docs` and commit what it wrote"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page: Path) -> None:
    text = page.read_text()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for target in re.findall(r"(?:`|\$ )make ([a-z]+)", text):
        assert target in targets, f"{page.name} speaks of `make {target}`"
    for command in re.findall(r"(?:`|\$ )tenor ([a-z]+)", text):
        assert command in cli.tenor.commands, f"{page.name} speaks of `tenor {command}`"


def test_settings_are_explained_and_no_others() -> None:
    read = set(re.findall(r'"([A-Z][A-Z0-9_]{3,})"', Path(settings.__file__ or "").read_text())) - {"INFO"}
    explained = set(re.findall(r"^#([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == explained


def test_example_settings_are_valid() -> None:
    example = re.findall(r"^#([A-Z][A-Z0-9_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    found = settings.load(dict(example))
    assert found.port == 8080
    assert found.public_url.endswith(":8080")


def test_scripts_say_what_they_do() -> None:
    for script in sorted((ROOT / "scripts").iterdir()):
        if script.name.startswith(("demo_", "__")) or script.is_dir():
            continue
        text = script.read_text()
        assert "--help" in text or "argparse" in text or "click" in text, f"{script.name} has no --help"


def test_decisions_are_numbered_once() -> None:
    numbers = [page.name[:4] for page in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
