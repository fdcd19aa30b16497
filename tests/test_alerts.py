"""Alarms and the board speak of figures that exist, and every alarm says what to do, with commands that exist."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tenor import cli, metrics

ROOT = Path(__file__).parent.parent
RULES: list[dict[str, Any]] = yaml.safe_load((ROOT / "operation" / "alerts.yaml").read_text())["groups"][0]["rules"]
RUNBOOKS = (ROOT / "docs" / "how-to" / "alarms.md").read_text()
BOARD = json.loads((ROOT / "operation" / "dashboard.json").read_text())
FIGURES = {metrics.name_of(figure) for figure in metrics.UNITS}


def unknown(expression: str) -> set[str]:
    """Figures that an expression names and nobody serves; a histogram is asked for by its parts."""
    named = re.findall(r"\btenor_\w+", expression)
    return {name for name in named if re.sub(r"_(bucket|sum|count)$", "", name) not in FIGURES and name not in FIGURES}


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in RULES)
    yield from (target["expr"] for panel in BOARD["panels"] for target in panel["targets"])


def test_the_check_itself_finds_what_does_not_exist() -> None:
    assert unknown("rate(tenor_http_request_seconds_bucket[5m]) > tenor_gone") == {"tenor_gone"}


@pytest.mark.parametrize("expression", list(expressions()))
def test_p150_every_figure_that_is_asked_for_is_served(expression: str) -> None:
    assert "tenor_" in expression
    assert unknown(expression) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_every_alarm_has_a_runbook_with_a_command(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"critical", "warning"}
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert (ROOT / page).read_text() == RUNBOOKS
    sections = {
        title.lower(): text
        for title, text in re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", RUNBOOKS, re.DOTALL | re.MULTILINE)
    }
    assert anchor in sections
    assert "tenor " in sections[anchor]


def test_every_runbook_is_an_alarms() -> None:
    assert set(re.findall(r"^## (\w+)", RUNBOOKS, re.MULTILINE)) == {rule["alert"] for rule in RULES}


def test_every_command_of_a_runbook_exists() -> None:
    commands = re.findall(r"^\$ tenor (\w+)", RUNBOOKS, re.MULTILINE)
    assert len(set(commands)) > 5
    assert set(commands) <= set(cli.tenor.commands)
