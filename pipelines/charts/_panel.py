"""Panels: several plots with axes of their own inside one picture, placed by pixels.

Belongs here: grid lines and tick texts of a panel, the layers that draw them and what stands at pixel places. Does not
belong here: what the panels show. A chart with one plot has a real axis (`_theme.value_axis`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import altair as alt

from pipelines.charts._axis import Axis
from pipelines.charts._rows import layer
from pipelines.charts.palette import variable


@dataclass(frozen=True)
class Panel:
    """A rectangle in pixels with a vertical axis."""

    left: float
    right: float
    top: float
    bottom: float
    vertical: Axis

    def y(self, value: float) -> float:
        """Pixels from the top of the picture."""
        return round(self.bottom - self.vertical.position(value, self.bottom - self.top), 1)

    def lines(self) -> list[dict[str, object]]:
        """A grid line at every tick."""
        return [{"x": self.left, "x2": self.right, "y": self.y(tick)} for tick in self.vertical.ticks]

    def texts(self) -> list[dict[str, object]]:
        """The texts of the ticks, right-aligned beside the panel."""
        return [
            {"x": self.left - 8, "y": self.y(tick), "text": text, "align": "right"}
            for tick, text in zip(self.vertical.ticks, self.vertical.texts, strict=True)
        ]


def months(starts: Sequence[str], places: Sequence[float], y: float, at_most: int = 12) -> list[dict[str, object]]:
    """Month numbers below their places, with the year under the first and where it changes."""
    every = max(1, -(-len(starts) // at_most))
    texts: list[dict[str, object]] = []
    year = ""
    for start, place in list(zip(starts, places, strict=True))[::every]:
        texts.append({"x": place, "y": y, "text": start[5:7], "align": "center"})
        if start[:4] != year:
            year = start[:4]
            texts.append({"x": place, "y": y + 16, "text": year, "align": "center"})
    return texts


def x(field: str = "x") -> alt.X:
    """A place in pixels."""
    return alt.X(f"{field}:Q", scale=None)


def y(field: str = "y") -> alt.Y:
    """A place in pixels."""
    return alt.Y(f"{field}:Q", scale=None)


def grid(table: str = "grid") -> alt.Chart:
    """Grid lines from `Panel.lines`."""
    lines: alt.Chart = (
        layer(table).mark_rule(stroke=variable("grid"), strokeWidth=1).encode(x=x(), x2=alt.X2("x2:Q"), y=y())
    )
    return lines


def ticks(table: str = "ticks") -> alt.Chart:
    """Tick texts from `Panel.texts` and `months`."""
    texts: alt.Chart = (
        layer(table)
        .mark_text(baseline="middle", align=alt.ExprRef("datum.align"), fill=variable("muted"))
        .encode(x=x(), y=y(), text="text:N")
    )
    return texts


def rectangles(bars: Iterable[tuple[float, float, float, float]]) -> list[dict[str, object]]:
    """Rows with left, right, top and bottom, rounded."""
    return [
        {"left": round(left, 1), "right": round(right, 1), "top": round(min(a, b), 1), "bottom": round(max(a, b), 1)}
        for left, right, a, b in bars
    ]


def bars(table: str, fill: str, stroke: str) -> alt.Chart:
    """Bars from `rectangles`."""
    drawn: alt.Chart = (
        layer(table)
        .mark_rect(fill=variable(fill), stroke=variable(stroke), strokeWidth=1)
        .encode(x=x("left"), x2=alt.X2("right:Q"), y=y("top"), y2=alt.Y2("bottom:Q"))
    )
    return drawn
