"""How figures, dates and ids look to people, per language. Works on decimal strings and integers; never on floats."""

from datetime import UTC, date, datetime

from tenor.console.languages import say

_SEPARATORS = {"en": (",", "."), "de": (".", ",")}
_SHORT_FRACTION = 2
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
"""In the order of asking: the later ones stand in the earlier ones' agents too."""


def amount(text: str, language: str = "en", *, digits: int | None = None) -> str:
    """`"1234.5000000"` as `1,234.50`: at least two decimals, every further one that is not zero.

    `digits` cuts the rest off, for places where a glance is enough; the whole figure stands in the title there.
    """
    thousands, point = _SEPARATORS.get(language, _SEPARATORS["en"])
    sign, plain = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, _, fraction = plain.partition(".")
    fraction = fraction.rstrip("0").ljust(_SHORT_FRACTION, "0")
    if digits is not None:
        fraction = fraction[:digits]
    grouped = f"{int(whole):,}".replace(",", thousands)
    return sign + grouped + (point + fraction if fraction else "")


def percent(bps: int, language: str = "en") -> str:
    """Basis points as `8.25 %`."""
    point = _SEPARATORS.get(language, _SEPARATORS["en"])[1]
    sign, size = ("−" if bps < 0 else ""), abs(bps)
    return f"{sign}{size // 100}{point}{size % 100:02} %"


def day(value: datetime | date | int, language: str = "en") -> str:
    """`21 Nov 2026` in UTC; Unix seconds are fine too."""
    if isinstance(value, int):
        value = datetime.fromtimestamp(value, UTC)
    month = say(language, f"shell.month.{value.month}")
    return say(language, "shell.day", day=value.day, month=month, year=value.year)


def moment(value: datetime | int, language: str = "en") -> str:
    """`21 Nov 2026, 14:05 UTC`. A line may break between day and time only."""
    if isinstance(value, int):
        value = datetime.fromtimestamp(value, UTC)
    return f"{day(value, language)}, {value:%H:%M}\u00a0UTC"


def browser(agent: str) -> str:
    """A user agent as people name it: `Chrome, Linux`; its beginning when it is none that is known."""
    product = next((name for mark, name in _BROWSERS if mark in agent), None)
    system = next((name for mark, name in _SYSTEMS if mark in agent), None)
    return ", ".join(name for name in (product, system) if name) or agent[:40] or "–"


def short(text: str, head: int = 6, tail: int = 4) -> str:
    """An address or hash as people compare them."""
    return text if len(text) <= head + tail + 1 else f"{text[:head]}…{text[-tail:]}"


def share_bps(part: str, whole: str) -> int:
    """How much of `whole` is `part`, both decimal strings of one asset; 0 to 10,000, floor."""
    units, total = (int(text.replace(".", "")) for text in (part, whole))
    return 0 if total <= 0 else max(0, min(10_000, units * 10_000 // total))
