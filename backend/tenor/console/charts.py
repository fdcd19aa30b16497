"""PURE: charts as SVG markup with classes only, so that the strict policy lets them through. Knows no money rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_WIDTH, _HEIGHT, _FOOT, _TOP = 640, 200, 28, 16


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` is relative to the others and may be negative; `label` stands below, `title` is read out and hovered."""

    value: int
    label: str
    title: str
    kind: str = "plain"


def meter(bps: int, title: str) -> Markup:
    """A progress bar: 0 to 10,000."""
    width = max(0, min(10_000, bps))
    return Markup(
        '<svg class="meter" viewBox="0 0 10000 100" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="meter-track" width="10000" height="100"/><rect class="meter-fill" width="{}" height="100"/></svg>'
    ).format(title, width)


def bars(data: Sequence[Bar], title: str) -> Markup:
    """Upright bars around a zero line."""
    if not data:
        return Markup("")
    top = max(0, *(bar.value for bar in data)) if len(data) > 1 else max(0, data[0].value)
    bottom = min(0, *(bar.value for bar in data)) if len(data) > 1 else min(0, data[0].value)
    span = max(1, top - bottom)
    room = _HEIGHT - _FOOT - _TOP
    zero = _TOP + room * top // span
    step = _WIDTH // len(data)
    width = min(64, step * 6 // 10)
    parts = []
    for place, bar in enumerate(data):
        x = step * place + (step - width) // 2
        height = max(2, room * abs(bar.value) // span)
        y = zero - height if bar.value >= 0 else zero
        parts.append(
            f'<g class="bar bar-{escape(bar.kind)}"><title>{escape(bar.title)}</title>'
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3"/>'
            f'<text x="{x + width // 2}" y="{_HEIGHT - 8}" text-anchor="middle">{escape(bar.label)}</text></g>'
        )
    line = f'<line class="chart-zero" x1="0" x2="{_WIDTH}" y1="{zero}" y2="{zero}"/>'
    return Markup(  # noqa: S704 - every part is escaped or a number
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{line}{''.join(parts)}</svg>"
    )
