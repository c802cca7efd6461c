"""Lines inside an area that say without colour which area it is.

Belongs here: the geometry of line patterns cut to a rectangle, the layer that draws them. Does not belong here: which
area wears which pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import altair as alt

from pipelines.charts.palette import variable

Pattern = Literal["slanted", "upright"]
Point = tuple[float, float]
SPACING = 7.0


def trail(pattern: Pattern, left: float, right: float, top: float, bottom: float, keep_clear: float = 0) -> list[Point]:
    """One pen stroke that draws every line of the pattern and returns along the edges, where the outline hides it.

    No upright line stands within `keep_clear` pixels around the middle, where it could be read as a digit.
    """
    points: list[Point] = []
    clear = ((left + right - keep_clear) / 2, (left + right + keep_clear) / 2)
    lines = [
        (foot, head)
        for foot, head in _lines(pattern, left, right, top, bottom)
        if pattern == "slanted" or not clear[0] < foot[0] < clear[1]
    ]
    for index, (foot, head) in enumerate(lines):
        first, second = (foot, head) if index % 2 == 0 else (head, foot)
        if points and points[-1][0] != first[0] and points[-1][1] != first[1]:
            points.append((left, bottom) if index % 2 == 0 else (right, top))
        points.extend((first, second))
    return [(round(x, 1), round(y, 1)) for x, y in points]


def _lines(pattern: Pattern, left: float, right: float, top: float, bottom: float) -> Iterator[tuple[Point, Point]]:
    """Foot and head of each line, cut to the rectangle."""
    if pattern == "upright":
        x = left + SPACING
        while x < right - 3:
            yield (x, bottom), (x, top)
            x += SPACING
        return
    rise = bottom - top
    foot = left - rise + SPACING
    while foot < right - 1:
        start, end = max(foot, left), min(foot + rise, right)
        yield (start, bottom - (start - foot)), (end, bottom - (end - foot))
        foot += SPACING


def table(trails: Iterator[list[Point]]) -> list[dict[str, object]]:
    """Rows for `layer`."""
    return [
        {"trail": number, "order": order, "x": x, "y": y}
        for number, points in enumerate(trails)
        for order, (x, y) in enumerate(points)
    ]


def layer(name: str, colour: str) -> alt.Chart:
    """One thin path for every trail of the table `name`."""
    lines: alt.Chart = (
        alt.Chart(alt.NamedData(name=name))
        .mark_line(stroke=variable(colour), strokeWidth=1)
        .encode(x=alt.X("x:Q", scale=None), y=alt.Y("y:Q", scale=None), order=alt.Order("order:Q"), detail="trail:N")
    )
    return lines
