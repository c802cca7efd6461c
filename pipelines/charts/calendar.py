"""Calendar: one cell per day in a column per week, shaded by how much of the planned time was worked.

Belongs here: how the picture is drawn, large through Altair for a team, small and directly for a person, whose picture
stands on every agent's page and so must cost microseconds. Does not belong here: shares and classes
(fct_attendance_day), words around it. Nothing planned is nothing drawn; being away wears no colour of concern.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, TypedDict

import altair as alt
from markupsafe import Markup, escape

from pipelines.charts import _lanes
from pipelines.charts._axis import dates, text_width
from pipelines.charts._pen import number, svg
from pipelines.charts._rows import layer
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import shape, splice
from pipelines.charts.palette import variable

QUESTION = "On which days was the planned time worked, and on which was less of it worked than usual?"
KEY = ("day_whole", "day_most", "day_some", "day_part", "day_leave", "day_out")
"""Names for `small.key_mark`: everything this picture may show."""

Look = Literal["whole", "most", "some", "part", "leave", "out"]
"""Three shades, half a cell, an edge around nothing much, and a broken edge around nothing."""
WEEKDAYS = ("Mon 一", "Tue 二", "Wed 三", "Thu 四", "Fri 五", "Sat 六", "Sun 日")
_FILL = {
    "whole": "count-many", "most": "count-some", "some": "count-few", "part": "count-some", "leave": "band",
    "out": "surface",
}  # fmt: skip
_EDGE: dict[Look, str] = {"leave": "axis", "out": "common"}
_CLASS: dict[Look, str] = {
    "whole": "fw-count-many",
    "most": "fw-count-some",
    "some": "fw-count-few",
    "part": "fw-count-some",
    "leave": "fw-weight-box",
    "out": "fw-cell-hidden",
}
STEP, BETWEEN, LEFT, TOP = 26, 3, 58, 26
SMALL_STEP, SMALL_LEFT, SMALL_TOP = 18, 52, 18
WEEKS = 13


class Day(TypedDict):
    """One day. `week` counts from the first column, `weekday` from Monday, both from 0; `text` stands in the cell."""

    week: int
    weekday: int
    look: Look
    text: str


class Data(TypedDict):
    """`weeks` are the Mondays as ISO dates, oldest first; `days` only those on which something was planned."""

    weeks: list[str]
    days: list[Day]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification. Raises ValueError for a day outside of the weeks."""
    if any(day["week"] not in range(len(data["weeks"])) or day["weekday"] not in range(7) for day in data["days"]):
        raise ValueError("a day lies outside of the weeks")
    width = (_lanes.PLOT - LEFT) / max(len(data["weeks"]), 1)
    cells = [_cell(day, width) for day in data["days"]]
    return splice(
        _shape(),
        {
            "weekdays": [{"y": row * STEP + STEP / 2, "text": text} for row, text in enumerate(WEEKDAYS)],
            "weeks": [
                {"x": _head(LEFT + width * (data["weeks"].index(start) + 0.5), text), "text": text}
                for start, text in ((start, text.partition("\n")[0]) for start, text in dates(data["weeks"], 7))
            ],
            "cells": [cell for cell in cells if cell["edge"] == ""],
            "edged": [cell for cell in cells if cell["edge"] != ""],
            "texts": [cell for cell in cells if cell["text"]],
        },
        {},
    )


def _head(middle: float, text: str) -> float:
    """Where a week's date stands: over its column, the last one within the picture."""
    return round(min(middle, _lanes.PLOT - text_width(text, FONT_SIZE) / 2), 1)


def _cell(day: Day, width: float) -> dict[str, Any]:
    left, top = LEFT + day["week"] * width, day["weekday"] * STEP
    is_half = day["look"] == "part"
    return {
        "left": round(left + BETWEEN / 2, 1),
        "right": round(left + width - BETWEEN / 2, 1),
        "top": top + (STEP / 2 if is_half else BETWEEN / 2),
        "bottom": top + STEP - BETWEEN / 2,
        "x": round(left + width / 2, 1),
        "y": top + STEP / 2,
        "look": day["look"],
        "edge": _EDGE.get(day["look"], ""),
        "text": day["text"],
    }


@cache
def _shape() -> dict[str, Any]:
    fills = json.dumps({look: variable(colour) for look, colour in _FILL.items()})
    edges = json.dumps({look: variable(colour) for look, colour in _EDGE.items()})
    places: dict[str, Any] = {
        "x": alt.X("left:Q", scale=None),
        "x2": alt.X2("right:Q"),
        "y": alt.Y("top:Q", scale=None),
        "y2": alt.Y2("bottom:Q"),
    }
    middle: dict[str, Any] = {"x": alt.X("x:Q", scale=None), "y": alt.Y("y:Q", scale=None), "text": "text:N"}
    drawn = shape(
        [
            layer("cells").mark_rect(fill=alt.ExprRef(f"{fills}[datum.look]")).encode(**places),
            layer("edged")
            .mark_rect(
                fill=alt.ExprRef(f"{fills}[datum.look]"),
                stroke=alt.ExprRef(f"{edges}[datum.look]"),
                strokeDash=alt.ExprRef("datum.look === 'out' ? [3, 3] : []"),
            )
            .encode(**places),
            layer("texts").mark_text(baseline="middle").encode(**middle),
            layer("weekdays")
            .mark_text(align="left", baseline="middle", fill=variable("muted"))
            .encode(x=alt.value(0), y=alt.Y("y:Q", scale=None), text="text:N"),
            layer("weeks")
            .mark_text(baseline="bottom", fill=variable("muted"))
            .encode(x=alt.X("x:Q", scale=None), y=alt.value(-6), text="text:N"),
        ],
        plot_width=_lanes.PLOT,
        height=7 * STEP,
        padding={"left": _lanes.SIDE, "right": _lanes.SIDE, "top": TOP, "bottom": 4},
        parameters=(),
    )
    return {"params": [], **drawn}


def small_calendar(data: Data, label: str) -> Markup:
    """The same as a small picture with classes of charts.css: one path per look, texts of days left out."""
    paths: dict[Look, list[str]] = defaultdict(list)
    side = SMALL_STEP - BETWEEN
    for day in data["days"]:
        left = SMALL_LEFT + day["week"] * SMALL_STEP + BETWEEN / 2
        top = SMALL_TOP + day["weekday"] * SMALL_STEP + BETWEEN / 2
        height = side / 2 if day["look"] == "part" else side
        paths[day["look"]].append(f"M{number(left)},{number(top + side - height)}h{side}v{number(height)}h-{side}Z")
    parts = [f'<path class="{_CLASS[look]}" d="{"".join(paths[look])}"/>' for look in _CLASS if look in paths]
    parts.extend(_labels(data["weeks"]))
    width = SMALL_LEFT + len(data["weeks"]) * SMALL_STEP
    return svg(width, SMALL_TOP + 7 * SMALL_STEP, label, "".join(parts), "fw-small fw-calendar")


def _labels(weeks: Sequence[str]) -> list[str]:
    middle = SMALL_TOP + SMALL_STEP / 2 + FONT_SIZE / 3
    rows = [f'<text x="0" y="{number(middle + row * SMALL_STEP)}">{text}</text>' for row, text in enumerate(WEEKDAYS)]
    heads = [
        f'<text x="{SMALL_LEFT + weeks.index(start) * SMALL_STEP}" y="12">{escape(text.partition(chr(10))[0])}</text>'
        for start, text in dates(weeks, 4)
    ]
    return rows + heads


_LOOKS: tuple[Look, ...] = ("whole", "whole", "most", "whole", "whole", "some", "whole", "whole", "whole", "out")
_TEXTS = {"most": "92", "some": "84", "out": "71"}


def _invented(week: int, weekday: int) -> Day:
    look = _LOOKS[(3 * week + 4 * weekday + week // 4) % len(_LOOKS)]
    return {"week": week, "weekday": weekday, "look": look, "text": _TEXTS.get(look, "")}


EXAMPLE: Data = {
    "weeks": [f"2026-{day}" for day in ("01-05", "01-12", "01-19", "01-26", "02-02", "02-09", "02-16", "02-23",
                                       "03-02", "03-09", "03-16", "03-23", "03-30")],
    "days": [_invented(week, weekday) for week in range(WEEKS) for weekday in range(5 + week % 3 // 2)],
}  # fmt: skip
"""An invented team's thirteen weeks: on most days the plan was worked, the others say how much of it in per cent."""
