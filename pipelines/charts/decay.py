"""Decay: what is left of each programme's effect after 30, 60 and 90 days, as small plots on one scale.

Belongs here: how the picture is drawn. Does not belong here: the effects and their intervals (fct_programme_decay),
the order of the programmes (the page's), words.
"""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _lanes, _panel
from pipelines.charts._axis import Axis
from pipelines.charts._labels import wrap
from pipelines.charts._rows import layer
from pipelines.charts._signed import signed_axis
from pipelines.charts._standing import Unit
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import shape, splice
from pipelines.charts.palette import variable

QUESTION = "Does the effect of each programme last, or does it fade within three months?"
KEY = ("value", "interval", "centre")
"""Names for `small.key_mark`: everything this picture may show."""

STEP, HEAD, TALL = 154, 40, 80
"""Pixels per row of plots, for titles of up to two lines, and how tall a plot is."""
LINE = FONT_SIZE + 2
LEFT, BETWEEN, RIGHT = 54, 22, 8
INSET = 22
"""From the edges of a plot to its first and last point."""


class Point(TypedDict):
    """The effect `days` after the programme with its interval; None where it cannot be said (yet)."""

    days: int
    value: float | None
    low: float | None
    high: float | None


class Programme(TypedDict):
    """One programme, its points in order of days."""

    label: str
    points: list[Point]


class Data(TypedDict):
    """Programmes from left to right and top to bottom in the order given; effects are differences in `unit`."""

    unit: Unit
    programmes: list[Programme]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    programmes = data["programmes"]
    points = [point for programme in programmes for point in programme["points"]]
    vertical = signed_axis([point[key] for point in points for key in ("value", "low", "high")], data["unit"], ticks=3)  # type: ignore[literal-required]
    days = sorted({point["days"] for point in points})
    panels = [_panel_at(number, min(len(programmes), 2), vertical) for number in range(len(programmes))]
    about = count(1)
    known = [
        {
            "panel": number,
            "about": place,
            "x": _place(panel, days, point["days"]),
            "y": panel.y(point["value"]),
            "low": None if point["low"] is None else panel.y(point["low"]),
            "high": None if point["high"] is None else panel.y(point["high"]),
        }
        for number, (panel, programme) in enumerate(zip(panels, programmes, strict=True))
        for point, place in zip(programme["points"], about, strict=False)
        if point["value"] is not None
    ]
    return splice(
        _shape(),
        {
            "grid": [line for panel in panels for line in panel.lines()],
            "zero": [{"x": panel.left, "x2": panel.right, "y": panel.y(0)} for panel in panels],
            "ticks": [
                *(text for panel in panels if panel.left == LEFT for text in panel.texts()),
                *(
                    {"x": _place(panel, days, day), "y": panel.bottom + 14, "text": str(day), "align": "center"}
                    for panel in panels
                    for day in days
                ),
            ],
            "titles": [
                {
                    "row": number // 2,
                    "x": panel.left,
                    "text": line,
                    "down": HEAD - 14 - LINE * (len(lines) - place) - STEP / 2,
                }
                for number, (panel, programme) in enumerate(zip(panels, programmes, strict=True))
                for lines in (wrap(programme["label"], panel.right - panel.left),)
                for place, line in enumerate(lines, start=1)
            ],
            "points": known,
            "intervals": [row for row in known if row["low"] is not None and row["high"] is not None],
        },
        {},
    )


def _panel_at(number: int, columns: int, vertical: Axis) -> _panel.Panel:
    width = (_lanes.PLOT - LEFT - RIGHT - BETWEEN * (columns - 1)) / columns
    left = LEFT + number % columns * (width + BETWEEN)
    top = number // columns * STEP + HEAD
    return _panel.Panel(left, left + width, top, top + TALL, vertical)


def _place(panel: _panel.Panel, days: list[int], day: int) -> float:
    """Evenly spaced by the days that occur."""
    width = panel.right - panel.left - 2 * INSET
    share = days.index(day) / (len(days) - 1) if len(days) > 1 else 0.5
    return round(panel.left + INSET + share * width, 1)


@cache
def _shape() -> dict[str, Any]:
    points = layer("points")
    return _lanes.tall(
        shape(
            [
                layer("titles")
                .mark_text(align="left", baseline="middle", yOffset=alt.ExprRef("datum.down"))
                .encode(x=_panel.x(), y=_lanes.y(), text="text:N"),
                _panel.grid(),
                layer("zero")
                .mark_rule(stroke=variable("centre"))
                .encode(x=_panel.x(), x2=alt.X2("x2:Q"), y=_panel.y()),
                _panel.ticks(),
                layer("intervals")
                .mark_rule(stroke=variable("interval"), strokeWidth=3, strokeCap="round")
                .encode(x=_panel.x(), y=_panel.y("low"), y2=alt.Y2("high:Q")),
                points.mark_line(stroke=variable("actual")).encode(x=_panel.x(), y=_panel.y(), detail="panel:N"),
                points.mark_point(
                    shape="circle", filled=True, size=60, fill=variable("actual"), stroke=variable("surface")
                ).encode(x=_panel.x(), y=_panel.y()),
            ],
            plot_width=_lanes.PLOT,
            height=None,
            padding={"left": _lanes.SIDE, "right": _lanes.SIDE, "top": 2, "bottom": 2},
            parameters=(),
        ),
        STEP,
    )


def _invented(label: str, *points: tuple[int, float, float]) -> Programme:
    return {
        "label": label,
        "points": [
            {"days": days, "value": value, "low": value - half, "high": value + half} for days, value, half in points
        ],
    }


EXAMPLE: Data = {
    "unit": "points",
    "programmes": [
        _invented("Listening first", (30, 3.1, 1.9), (60, 2.4, 2.1), (90, 0.8, 2.4)),
        _invented("投诉处理 Complaints", (30, 4.6, 1.6), (60, 4.9, 1.8), (90, 4.4, 2.0)),
        _invented("Evening refresher", (30, 0.4, 3.1), (60, -0.7, 3.4), (90, -0.2, 3.9)),
        {
            "label": "New knowledge base",
            "points": [
                {"days": 30, "value": 1.5, "low": -1.1, "high": 4.1},
                {"days": 60, "value": None, "low": None, "high": None},
                {"days": 90, "value": None, "low": None, "high": None},
            ],
        },
    ],
}
"""Invented effects of four programmes in points of the score, the last one only a month old."""
