"""Hovering: days by their value around a minimum, against what a smooth spread would give.

Belongs here: how the picture is drawn. Does not belong here: the bins, the smooth expectation and the test
(fct_hovering), words. It counts days and names nobody: centre and teams only.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _plane
from pipelines.charts._axis import axis, roomy, text_width
from pipelines.charts._rows import layer
from pipelines.charts._standing import Unit
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import NARROW, shape, splice
from pipelines.charts.palette import variable

QUESTION = "Do more days land just above the minimum than a smooth spread would give?"
KEY = ("bin", "expected", "target", "baseline")
"""Names for `small.key_mark`: everything this picture may show."""

PADDING = {"left": 56, "right": 24, "top": 26, "bottom": 34}
PLOT, HEIGHT = NARROW - PADDING["left"] - PADDING["right"], 190


class Bin(TypedDict):
    """Days with bin_low <= value < bin_high, and how many of them a smooth spread would give."""

    bin_low: float
    bin_high: float
    days: int
    expected: float


class Data(TypedDict):
    """Bins in order. The window is the stretch around the minimum that the test compares; None when there is none."""

    unit: Unit
    bins: list[Bin]
    minimum: float
    minimum_text: str
    window_low: float | None
    window_high: float | None


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    bins = data["bins"]
    edges = [edge for each in bins for edge in (each["bin_low"], each["bin_high"])]
    held = [*edges, data["minimum"], data["window_low"], data["window_high"]]
    horizontal = roomy(lambda ticks: axis(held, data["unit"], ticks=ticks), PLOT, 6)
    heights = [height for each in bins for height in (float(each["days"]), each["expected"])]
    vertical = axis(heights, "contacts", from_zero=True, ticks=4)
    half = text_width(data["minimum_text"], FONT_SIZE) / 2
    place = min(max(horizontal.position(data["minimum"], PLOT), half - PADDING["left"]), PLOT + PADDING["right"] - half)
    window = {"low": data["window_low"], "high": data["window_high"]}
    return splice(
        _shape(),
        {
            "window": [] if None in window.values() else [window],
            "bins": [
                {**each, "zero": 0, "middle": (each["bin_low"] + each["bin_high"]) / 2, "about": number}
                for number, each in enumerate(bins, start=1)
            ],
            "minimum": [{"value": data["minimum"], "text": data["minimum_text"], "place": round(place, 1)}],
        },
        _plane.values(horizontal, vertical),
    )


@cache
def _shape() -> dict[str, Any]:
    across, up = _plane.across, _plane.up
    minimum = layer("minimum")
    return shape(
        [
            layer("window")
            .mark_rect(fill=variable("band"))
            .encode(x=across("low"), x2=alt.X2("high:Q"), y=alt.value(0), y2=alt.value(HEIGHT)),
            layer("bins")
            .mark_rect(fill=variable("interval-fill"), stroke=variable("interval"))
            .encode(x=across("bin_low"), x2=alt.X2("bin_high:Q"), y=up("zero"), y2=alt.Y2("days:Q")),
            layer("bins")
            .mark_line(interpolate="monotone", stroke=variable("ink"), strokeWidth=2)
            .encode(x=across("middle"), y=up("expected")),
            minimum.mark_rule(stroke=variable("target"), strokeWidth=2, strokeDash=[12, 4]).encode(
                x=across("value"), y=alt.value(0), y2=alt.value(HEIGHT)
            ),
            minimum.mark_text(baseline="bottom", fontWeight="bold", fill=variable("target")).encode(
                x=alt.X("place:Q", scale=None), y=alt.value(-6), text="text:N"
            ),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=_plane.PARAMETERS,
    )


_DAYS = (3, 8, 17, 29, 44, 31, 96, 74, 66, 47, 28, 14, 6, 2)
_EXPECTED = (4.1, 9.0, 17.4, 29.6, 44.1, 57.6, 66.1, 66.5, 58.6, 45.4, 30.8, 18.3, 9.6, 4.4)

EXAMPLE: Data = {
    "unit": "share",
    "bins": [
        {"bin_low": (650 + 25 * index) / 1000, "bin_high": (675 + 25 * index) / 1000, "days": days, "expected": smooth}
        for index, (days, smooth) in enumerate(zip(_DAYS, _EXPECTED, strict=True))
    ],
    "minimum": 0.8,
    "minimum_text": "80%",
    "window_low": 0.775,
    "window_high": 0.825,
}
"""Invented adherence of 465 agent-days around a minimum of 80 %."""
