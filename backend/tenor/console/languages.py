"""What the console says, per language, from languages/<code>/*.toml. Never guesses a missing text."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "languages"
DEFAULT = "en"
_TAGS_MAX = 10


class TextMissing(KeyError):
    """A defect of ours: a page asks for a text that the language files do not have."""


@cache
def texts(language: str) -> Mapping[str, str]:
    """Key (`market.title`: file, then its tables) -> text."""
    found: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        found.update(_flat(path.stem, tomllib.loads(path.read_text())))
    return found


@cache
def known() -> tuple[str, ...]:
    """Codes of the languages that have files, the default first."""
    return tuple(sorted((path.name for path in FOLDER.iterdir() if path.is_dir()), key=lambda code: code != DEFAULT))


def say(language: str, key: str, **values: object) -> str:
    """The text with its `{name}` places filled. With `n`: `key.one` or `key.other` where the text has both."""
    held = texts(language)
    if key not in held and "n" in values:
        key = f"{key}.one" if values["n"] == 1 else f"{key}.other"
    if key not in held:
        raise TextMissing(f"{language}: {key}")
    return held[key].format(**values) if values else held[key]


def chosen(asked: str | None, accepted: str) -> str:
    """The language somebody chose himself, else the first of his browser's (Accept-Language) that there is."""
    if asked in known():
        return str(asked)
    for tag in accepted.split(",")[:_TAGS_MAX]:
        code = tag.partition(";")[0].strip().partition("-")[0].lower()
        if code in known():
            return code
    return DEFAULT


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}.{name}", value)
        else:
            yield f"{prefix}.{name}", str(value)
