"""CONFORMANCE.md is a table that can be counted: every point has a verdict, and what differs or is absent says how."""

import re

from localnet_kit import REPOSITORY, WASM

VERDICTS = {"same", "different", "absent"}


def points() -> list[tuple[str, str, str]]:
    rows = re.findall(
        r"^\| (.+?) \| (\w+) \| ?(.*?) ?\|$", (REPOSITORY / "localnet" / "CONFORMANCE.md").read_text(), re.MULTILINE
    )
    return [row for row in rows if row[0] != "point"]


def test_every_point_has_a_verdict_and_every_difference_a_reason() -> None:
    found = points()
    assert len(found) > 70
    assert {verdict for _, verdict, _ in found} == VERDICTS
    assert [point for point, verdict, note in found if verdict == "different" and not note] == []
    names = [point for point, _, _ in found]
    assert len(set(names)) == len(names)


def test_the_rust_tests_run_the_same_contract() -> None:
    assert (REPOSITORY / "localnet" / "tests" / "keeper.wasm").read_bytes() == WASM
