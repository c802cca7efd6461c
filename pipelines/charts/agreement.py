"""Agreement: two scores of the same contacts, their difference against their mean, with bias and limits.

Belongs here: how the picture is drawn (after Bland and Altman). Does not belong here: bias, limits and their intervals
(fct_grader_agreement), words.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _plane
from pipelines.charts._axis import axis, roomy, spread
from pipelines.charts._rows import layer
from pipelines.charts._signed import signed_axis
from pipelines.charts._standing import Unit
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import NARROW, shape, splice
from pipelines.charts.palette import variable

QUESTION = "Do two ways of scoring the same contact agree, and does one of them score higher throughout?"
KEY = ("pair", "centre", "interval_box", "limit")
"""Names for `small.key_mark`: everything this picture may show."""

PADDING = {"left": 48, "right": 56, "top": 12, "bottom": 34}
PLOT, HEIGHT = NARROW - PADDING["left"] - PADDING["right"], 250


class Pair(TypedDict):
    """One contact scored twice: the mean of both scores and their difference."""

    mean: float
    difference: float


class Texts(TypedDict):
    """What stands at the right end of each line, already written by figures; "" leaves it out."""

    bias: str
    limit_low: str
    limit_high: str


class Data(TypedDict):
    """Pairs in any order. None leaves a line or the interval of the bias out, as when there are too few pairs."""

    unit: Unit
    pairs: list[Pair]
    bias: float | None
    bias_low: float | None
    bias_high: float | None
    limit_low: float | None
    limit_high: float | None
    texts: Texts


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    pairs = data["pairs"]
    means = [pair["mean"] for pair in pairs]
    horizontal = roomy(lambda ticks: axis(means, data["unit"], ticks=ticks), PLOT)
    lines = [data[key] for key in ("bias", "bias_low", "bias_high", "limit_low", "limit_high")]  # type: ignore[literal-required]
    vertical = signed_axis([*(pair["difference"] for pair in pairs), *lines], data["unit"])
    limits = [value for value in (data["limit_low"], data["limit_high"]) if value is not None]
    has_interval = data["bias_low"] is not None and data["bias_high"] is not None
    texts = data["texts"]
    ends = [
        (value, text)
        for value, text in (
            (data["limit_high"], texts["limit_high"]),
            (data["bias"], texts["bias"]),
            (data["limit_low"], texts["limit_low"]),
        )
        if value is not None and text
    ]
    places = spread([HEIGHT - vertical.position(value, HEIGHT) for value, _ in ends], FONT_SIZE + 2, 0, HEIGHT)
    return splice(
        _shape(),
        {
            "pairs": [{**pair, "about": number} for number, pair in enumerate(pairs, start=1)],
            "interval": [{"low": data["bias_low"], "high": data["bias_high"]}] if has_interval else [],
            "bias": [] if data["bias"] is None else [{"value": data["bias"]}],
            "limits": [{"value": value} for value in limits],
            "zero": [{"value": 0}],
            "ends": [{"place": place, "text": text} for place, (_, text) in zip(places, ends, strict=True)],
        },
        _plane.values(horizontal, vertical),
    )


@cache
def _shape() -> dict[str, Any]:
    whole = {"x": alt.value(0), "x2": alt.value(PLOT)}
    return shape(
        [
            layer("interval")
            .mark_rect(fill=variable("interval-fill"), stroke=variable("interval"), strokeWidth=1)
            .encode(y=_plane.up("low"), y2=alt.Y2("high:Q"), **whole),
            layer("zero").mark_rule(stroke=variable("axis"), strokeWidth=1).encode(y=_plane.up("value"), **whole),
            layer("limits")
            .mark_rule(stroke=variable("limit"), strokeDash=[5, 3])
            .encode(y=_plane.up("value"), **whole),
            layer("bias").mark_rule(stroke=variable("centre"), strokeWidth=2).encode(y=_plane.up("value"), **whole),
            layer("pairs")
            .mark_point(shape="circle", filled=False, size=36, stroke=variable("actual"), strokeWidth=1.5)
            .encode(x=_plane.across("mean"), y=_plane.up("difference")),
            layer("ends")
            .mark_text(align="left", baseline="middle", fill=variable("muted"))
            .encode(x=alt.value(PLOT + 8), y=alt.Y("place:Q", scale=None), text="text:N"),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=_plane.PARAMETERS,
    )


_PAIRS = (
    (92, -2), (88, 4), (81, -5), (77, -1), (95, -3), (69, -8), (84, 2), (90, -4), (73, 3), (86, -6), (79, -2), (64, -9),
    (91, 1), (83, -3), (75, -7), (87, 0), (70, 5), (94, -1), (80, -4), (85, -2), (78, 6), (89, -5), (72, -3), (82, 1),
)  # fmt: skip

EXAMPLE: Data = {
    "unit": "points",
    "pairs": [{"mean": mean, "difference": difference} for mean, difference in _PAIRS],
    "bias": -1.79,
    "bias_low": -3.18,
    "bias_high": -0.4,
    "limit_low": -9.56,
    "limit_high": 5.98,
    "texts": {"bias": "−1.8", "limit_low": "−9.6", "limit_high": "+6.0"},
}
"""Invented scores of 24 contacts, each by a grader and by a second reader."""
