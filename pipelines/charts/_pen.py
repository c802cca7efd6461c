"""Strokes shared by the small pictures: scales, paths, marks, the svg element.

Belongs here: turning positions into SVG text. Does not belong here: any one picture, colours, words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from pipelines.charts._standing import Standing

EDGE = 6
"""Pixels kept free at every edge so that a mark is never cut."""


def number(value: float) -> str:
    """A coordinate with one decimal at most."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def reach(values: Iterable[float]) -> tuple[float, float]:
    """Lowest and highest value, opened a little when they are equal."""
    held = list(values)
    low, high = min(held), max(held)
    return (low, high) if high > low else (low - 1, high + 1)


def vertical(low: float, high: float, height: float, top: float = 0) -> Callable[[float], float]:
    """Value → y, `high` near the top."""
    factor = (height - top - 2 * EDGE) / (high - low)
    return lambda value: round(height - EDGE - (value - low) * factor, 1)


def horizontal(count: int, width: float) -> Callable[[int], float]:
    """Index → x of `count` evenly spaced points; a single point stands at the right end."""
    if count < 2:
        return lambda index: width - EDGE
    step = (width - 2 * EDGE) / (count - 1)
    return lambda index: round(EDGE + index * step, 1)


def along(domain: tuple[float, float], width: float) -> Callable[[float], float]:
    """Value → x on a given domain, cut at its ends. Raises ValueError for an empty domain."""
    low, high = domain
    if not high > low:
        raise ValueError(f"domain {domain} is empty")
    return lambda value: min(max((value - low) / (high - low), 0), 1) * width


def path(values: Sequence[float | None], x: Callable[[int], float], y: Callable[[float], float]) -> str:
    """Path data through the values; None lifts the pen, a value alone between two gaps is a dot."""
    parts: list[str] = []
    pen = "M"
    for index, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{number(x(index))},{number(y(value))}")
        if pen == "M" and (index + 1 == len(values) or values[index + 1] is None):
            parts.append("h0.1")
        pen = "L"
    return "".join(parts)


def box(css_class: str, left: float, right: float, top: float, height: float) -> str:
    """A rectangle between two x positions."""
    return (
        f'<rect class="{css_class}" x="{number(left)}" y="{number(top)}" width="{number(max(right - left, 0))}" '
        f'height="{number(height)}"/>'
    )


def mark(standing: Standing, x: float, y: float, *, small: bool = False) -> str:
    """The mark of a standing: diamond, square, cross, disc or hollow ring, as in the large charts."""
    at = f"{number(x)},{number(y)}"
    if standing == "improvement":
        return f'<path class="fw-improvement" d="M{at}m0,-5l4.5,5l-4.5,5l-4.5,-5Z"/>'
    if standing == "concern":
        return f'<path class="fw-concern" d="M{at}m-4,-4h8v8h-8Z"/>'
    if standing == "neutral":
        return f'<path class="fw-neutral" d="M{at}m-1.5,-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5Z"/>'
    radius = "2" if small else "3"
    return f'<circle class="fw-{standing}" cx="{number(x)}" cy="{number(y)}" r="{radius}"/>'


def flag(x: float, y: float, text: str) -> str:
    """The numbered flag of an event, centred on a point; `text` is escaped."""
    return (
        f'<circle class="fw-flag" cx="{number(x)}" cy="{number(y)}" r="7.5"/>'
        f'<text class="fw-flag-text" x="{number(x)}" y="{number(y + 4)}">{escape(text)}</text>'
    )


def svg(
    width: float, height: float, label: str, body: str, css_class: str = "fw-small", *, shown: float | None = None
) -> Markup:
    """The picture; `label` is escaped, and an empty one hides the picture from assistive technology.

    `shown` is the width on the page when it differs from the width drawn in; the height follows.
    """
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    factor = 1 if shown is None else shown / width
    return Markup(  # noqa: S704 - only numbers, classes from code and the escaped label
        f'<svg class="{css_class}" width="{number(width * factor)}" height="{number(height * factor)}" '
        f'viewBox="0 0 {number(width)} {number(height)}" {spoken} focusable="false">{body}</svg>'
    )
