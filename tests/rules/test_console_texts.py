"""Every text of the console exists in every language; pages and scripts ask for no other."""

import re
from datetime import UTC, datetime

import pytest

from tenor.console import formats
from tenor.console.charts import Bar, bars, meter
from tenor.console.languages import FOLDER, TextMissing, chosen, known, say, texts
from tenor.console.rendering import TEMPLATES

SCRIPTS = TEMPLATES.parent / "static" / "js"
_ASKED = re.compile(r"""\bt\(\s*["']([a-z0-9_.]+)["']\s*([,)~])""")


@pytest.mark.parametrize("language", [code for code in known() if code != "en"])
def test_languages_say_the_same_things(language: str) -> None:
    english, other = texts("en"), texts(language)
    assert set(english) == set(other)
    places = re.compile(r"\{(\w+)\}")
    differ = {key for key in english if set(places.findall(english[key])) != set(places.findall(other[key]))}
    assert differ == set()
    assert [path.name for path in sorted((FOLDER / language).iterdir())] == [
        path.name for path in sorted((FOLDER / "en").iterdir())
    ]


def test_templates_ask_for_texts_that_exist() -> None:
    asked = {
        (path.name, found[1])
        for path in TEMPLATES.glob("*.html")
        for found in _ASKED.finditer(path.read_text())
        if found[2] != "~"
    }
    assert len(asked) > 100
    assert {pair for pair in asked if pair[1] not in texts("en") and f"{pair[1]}.one" not in texts("en")} == set()


def test_scripts_ask_for_texts_that_exist() -> None:
    asked = {found[1] for path in SCRIPTS.glob("*.js") for found in _ASKED.finditer(path.read_text())}
    assert len(asked) > 10
    assert {name for name in asked if f"script.{name}" not in texts("en")} == set()


def test_templates_keep_to_the_policy() -> None:
    """No inline script, handler or style: the browser would refuse it, and nobody would see why."""
    forbidden = re.compile(r"""<script(?![^>]*(?:src=|type="application/json"))|\son[a-z]+=["']|\sstyle=["']|<style""")
    assert {path.name for path in TEMPLATES.glob("*.html") if forbidden.search(path.read_text())} == set()


@pytest.mark.parametrize(
    ("cookie", "accepted", "expected"),
    [
        ("de", "en", "de"),
        ("xx", "de-AT,en;q=0.5", "de"),
        (None, "fr, de;q=0.5", "de"),
        (None, "", "en"),
        ("../etc", "*", "en"),
    ],
)
def test_a_language_is_chosen(cookie: str | None, accepted: str, expected: str) -> None:
    assert chosen(cookie, accepted) == expected


def test_a_missing_text_is_a_defect() -> None:
    with pytest.raises(TextMissing):
        say("en", "shell.nothing_like_it")


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("1234567.5000000", "en", "1,234,567.50"),
        ("1234567.5000000", "de", "1.234.567,50"),
        ("0.0000001", "en", "0.0000001"),
        ("-3.0000000", "en", "−3.00"),
        ("7", "en", "7.00"),
    ],
)
def test_amounts_are_grouped_and_lose_nothing(text: str, language: str, shown: str) -> None:
    assert formats.amount(text, language) == shown


def test_other_figures() -> None:
    assert formats.amount("1.2399999", "en", digits=2) == "1.23"
    assert formats.percent(-825, "de") == "−8,25 %"
    assert formats.day(datetime(2026, 3, 1, tzinfo=UTC), "de") == "1.\u00a0März\u00a02026"
    assert formats.moment(0, "en") == "1\u00a0Jan\u00a01970, 00:00\u00a0UTC"
    assert (
        formats.browser("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36")
        == "Chrome, Linux"
    )
    assert formats.browser("") == "–"
    assert formats.short("GABCDEFGHIJKLMN") == "GABCDE…KLMN"
    assert [formats.share_bps(part, "3.0") for part in ("0.0", "1.0", "3.0", "9.0")] == [0, 3333, 10_000, 10_000]
    assert formats.share_bps("1.0", "0.0") == 0


def test_charts_let_nothing_through() -> None:
    drawn = bars([Bar(5, "<b>", '"x"'), Bar(-5, "loss", "t", "bad")], "<script>")
    assert "<b>" not in drawn
    assert "<script>" not in drawn
    assert 'width="10000"' in meter(20_000, "full")
    assert bars([], "none") == ""
