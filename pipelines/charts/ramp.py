"""Ramp: which share of new starters works at the usual level, by weeks since the first day, against experienced people.

Belongs here: how the picture is drawn. Does not belong here: who counts as there, for how long somebody is followed and
how sure a share is (fct_ramp), words.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _plane
from pipelines.charts._axis import Axis, axis, text_width
from pipelines.charts._rows import layer
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import NARROW, shape, splice
from pipelines.charts.palette import variable

QUESTION = "How long does it take until new starters work like experienced colleagues?"
KEY = ("value", "interval", "centre")
"""Names for `small.key_mark`: everything this picture may show."""

PADDING = {"left": 52, "right": 48, "top": 12, "bottom": 46}
PLOT, HEIGHT = NARROW - PADDING["left"] - PADDING["right"], 104
INSET, GAP = 16, 8
"""From the edges of the plot to the first and last point; between the texts below two points."""


class Point(TypedDict):
    """A share that holds from `weeks` on, with its interval where there is one; `people` were followed until then."""

    weeks: int
    share: float
    low: float | None
    high: float | None
    people: int


class Data(TypedDict):
    """Points in order of weeks; `usual` is the share of experienced people who are at that level in any month."""

    points: list[Point]
    usual: float | None
    usual_text: str


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    points = data["points"]
    horizontal = _weeks(points)
    return splice(
        _shape(),
        {
            "points": [{**point, "about": number} for number, point in enumerate(points, start=1)],
            "usual": [] if data["usual"] is None else [{"value": data["usual"], "text": data["usual_text"]}],
        },
        _plane.values(horizontal, axis([0.0, 1.0], "share", ticks=4))
        | {"x_texts": [text.split("\n") for text in horizontal.texts]},
    )


def _weeks(points: list[Point]) -> Axis:
    """From the first to the last week, with a text below as many points as have room: the week, then the people."""
    first, last = (points[0]["weeks"], points[-1]["weeks"]) if points else (0, 1)
    margin = max(last - first, 1) * INSET / (PLOT - 2 * INSET)
    texts = [(point["weeks"], str(point["weeks"]), f"n {point['people']}") for point in points]
    widest = max((text_width(line, FONT_SIZE) for _, *lines in texts for line in lines), default=0) + GAP
    every = max(1, -(-len(points) * int(widest) // (PLOT - 2 * INSET)))
    shown = texts[::every]
    return Axis(
        first - margin,
        last + margin,
        tuple(float(weeks) for weeks, *_ in shown),
        tuple("\n".join(lines) for _, *lines in shown),
    )


@cache
def _shape() -> dict[str, Any]:
    points, usual = layer("points"), layer("usual")
    return shape(
        [
            usual.mark_rule(stroke=variable("centre")).encode(x=alt.value(0), x2=alt.value(PLOT), y=_plane.up("value")),
            points.transform_filter("isValid(datum.low) && isValid(datum.high)")
            .mark_rule(stroke=variable("interval"), strokeWidth=3, strokeCap="round")
            .encode(x=_plane.across("weeks"), y=_plane.up("low"), y2=alt.Y2("high:Q")),
            points.mark_line(interpolate="step-after", stroke=variable("actual")).encode(
                x=_plane.across("weeks"), y=_plane.up("share")
            ),
            points.mark_point(
                shape="circle", filled=True, size=60, fill=variable("actual"), stroke=variable("surface")
            ).encode(x=_plane.across("weeks"), y=_plane.up("share")),
            usual.mark_text(align="left", baseline="middle", fill=variable("muted")).encode(
                x=alt.value(PLOT + 8), y=_plane.up("value"), text="text:N"
            ),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=_plane.PARAMETERS,
    )


EXAMPLE: Data = {
    "points": [
        {"weeks": 0, "share": 0.0, "low": None, "high": None, "people": 24},
        {"weeks": 4, "share": 0.083, "low": 0.027, "high": 0.24, "people": 24},
        {"weeks": 8, "share": 0.25, "low": 0.137, "high": 0.43, "people": 20},
        {"weeks": 12, "share": 0.438, "low": 0.285, "high": 0.628, "people": 16},
        {"weeks": 16, "share": 0.607, "low": 0.44, "high": 0.776, "people": 10},
        {"weeks": 20, "share": 0.725, "low": 0.543, "high": 0.878, "people": 6},
    ],
    "usual": 0.9,
    "usual_text": "90%",
}
"""Twenty-four invented starters, followed for up to twenty weeks."""
