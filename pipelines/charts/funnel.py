"""Funnel plot: rate against number of cases, with limits that widen where cases are few.

Belongs here: how the picture is drawn. Does not belong here: limits and positions (fct_funnel_limit, fct_kpi_funnel),
words.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts._axis import Axis, axis, roomy, text_width
from pipelines.charts._labels import cut
from pipelines.charts._standing import Better, Position, Standing, Unit, of_position
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import MIDDLE, shape, splice, standing_marks, value_axis
from pipelines.charts.palette import variable

QUESTION = "Who differs from the rest by more than their number of cases explains?"
KEY = ("improvement", "concern", "neutral", "common", "unknown", "centre", "limit", "limit_outer")
"""Names for `small.key_mark`: everything this picture may show."""

PADDING = {"left": 56, "right": 72, "top": 12, "bottom": 34}
PLOT, HEIGHT = MIDDLE - PADDING["left"] - PADDING["right"], 300
MOST_LABELS = 16
"""Points outside beyond this many keep their mark but get no name: the page's table names them all."""


class Point(TypedDict):
    """One row of fct_kpi_funnel. `label` is drawn only outside the limits; "" never draws it."""

    label: str
    n: int
    value: float
    position: Position


class Limit(TypedDict):
    """One row of fct_funnel_limit: the limits at `n` cases, ordered by n."""

    n: int
    centre_value: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


class Data(TypedDict):
    """`better` decides whether outside means improvement or concern; `centre_text` stands at the centre line's end."""

    unit: Unit
    better: Better
    points: list[Point]
    limits: list[Limit]
    centre_text: str


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    points, limits = data["points"], data["limits"]
    vertical = axis([*_heights(data)], data["unit"])
    cases = [*(point["n"] for point in points), *(limit["n"] for limit in limits)]
    horizontal = roomy(lambda ticks: axis(cases, "contacts", from_zero=True, ticks=ticks), PLOT)
    rows: list[dict[str, object]] = [
        {**point, "standing": of_position(point["position"], data["better"]), "about": number}
        for number, point in enumerate(points, start=1)
    ]
    rows.sort(key=lambda row: row["standing"] != "common")
    curves = [_within(limit, vertical) for limit in limits]
    end = (
        [{"place": HEIGHT - vertical.position(limits[-1]["centre_value"], HEIGHT), "text": data["centre_text"]}]
        if limits
        else []
    )
    return splice(
        _shape(),
        {"points": rows, "limits": curves, "end": end, "labels": _labels(data, horizontal, vertical)},
        {
            "x_domain": [horizontal.low, horizontal.high],
            "x_ticks": list(horizontal.ticks),
            "x_texts": list(horizontal.texts),
            "y_domain": [vertical.low, vertical.high],
            "y_ticks": list(vertical.ticks),
            "y_texts": list(vertical.texts),
        },
    )


_CURVES = ("low_95", "high_95", "low_998", "high_998")


def _within(limit: Limit, vertical: Axis) -> dict[str, object]:
    """The limits at one n; a curve is lifted where it leaves the plot instead of running along its edge."""
    heights = {key: limit[key] for key in _CURVES}  # type: ignore[literal-required]
    held = {key: height if vertical.low <= height <= vertical.high else None for key, height in heights.items()}
    return {"n": limit["n"], "centre_value": limit["centre_value"], **held}


def _heights(data: Data) -> list[float]:
    """What the vertical axis must hold: every point, and the limits from where points are judged."""
    judged = [point["n"] for point in data["points"] if point["position"] != "too_few"]
    fewest = min(judged or [point["n"] for point in data["points"]], default=0)
    limits = [limit for limit in data["limits"] if limit["n"] >= fewest] or data["limits"]
    held = [limit[key] for limit in limits for key in _CURVES]  # type: ignore[literal-required]
    return held + [point["value"] for point in data["points"]]


def _labels(data: Data, horizontal: Axis, vertical: Axis) -> list[dict[str, object]]:
    """Names of the points outside, those farthest out first, each where it covers no mark and no other name."""
    outside = [point for point in data["points"] if point["label"] and point["position"] in ("above_998", "below_998")]
    centre = data["limits"][-1]["centre_value"] if data["limits"] else (vertical.low + vertical.high) / 2
    outside.sort(key=lambda point: -abs(point["value"] - centre))
    marks = [
        (horizontal.position(point["n"], PLOT), HEIGHT - vertical.position(point["value"], HEIGHT))
        for point in data["points"]
    ]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in marks]
    if data["limits"]:
        end = HEIGHT - vertical.position(centre, HEIGHT)
        taken.append((PLOT, end - FONT_SIZE, MIDDLE, end + FONT_SIZE))
    labels: list[dict[str, object]] = []
    for point in outside[:MOST_LABELS]:
        text = cut(point["label"], 150)
        at_x = horizontal.position(point["n"], PLOT)
        at_y = HEIGHT - vertical.position(point["value"], HEIGHT)
        box = _free_box(at_x, at_y, text_width(text, FONT_SIZE), taken)
        if box is not None:
            taken.append(box)
            standing: Standing = of_position(point["position"], data["better"])
            labels.append(
                {"x": round(box[0], 1), "y": round((box[1] + box[3]) / 2, 1), "text": text, "standing": standing}
            )
    return labels


Box = tuple[float, float, float, float]


def _free_box(x: float, y: float, width: float, taken: list[Box]) -> Box | None:
    """The first of eight places around a mark where a text of `width` stays inside the plot and covers nothing."""
    half, away = FONT_SIZE / 2 + 1, 10
    for left, middle in (
        (x + away, y), (x - away - width, y), (x - width / 2, y - 15), (x - width / 2, y + 15),
        (x + away, y - 12), (x + away, y + 12), (x - away - width, y - 12), (x - away - width, y + 12),
    ):  # fmt: skip
        box = (left, middle - half, left + width, middle + half)
        inside = box[0] >= 0 and box[2] <= PLOT + PADDING["right"] - 4 and box[1] >= 0 and box[3] <= HEIGHT
        if inside and not any(_overlap(box, other) for other in taken):
            return box
    return None


def _overlap(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


@cache
def _shape() -> dict[str, Any]:
    limits = alt.Chart(alt.NamedData(name="limits"))
    cases = alt.X("n:Q", **value_axis(("x_domain", "x_ticks", "x_texts")))

    def level(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", **value_axis(("y_domain", "y_ticks", "y_texts")))

    def curve(field: str, colour: str, dash: list[int]) -> alt.Chart:
        line: alt.Chart = limits.mark_line(stroke=variable(colour), strokeDash=dash).encode(x=cases, y=level(field))
        return line

    return shape(
        [
            curve("low_998", "limit-outer", [1, 0]),
            curve("high_998", "limit-outer", [1, 0]),
            curve("low_95", "limit", [5, 3]),
            curve("high_95", "limit", [5, 3]),
            curve("centre_value", "centre", [1, 0]),
            standing_marks("points", cases, level("value")),
            alt.Chart(alt.NamedData(name="labels"))
            .mark_text(align="left", baseline="middle")
            .encode(x=alt.X("x:Q", scale=None), y=alt.Y("y:Q", scale=None), text="text:N"),
            alt.Chart(alt.NamedData(name="end"))
            .mark_text(align="left", baseline="middle", fill=variable("centre"))
            .encode(x=alt.value(PLOT + 8), y=alt.Y("place:Q", scale=None), text="text:N"),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=("x_domain", "x_ticks", "x_texts", "y_domain", "y_ticks", "y_texts"),
    )


def _invented_limit(n: int) -> Limit:
    half_95, half_998 = 0.847 / n**0.5, 1.335 / n**0.5
    return {
        "n": n,
        "centre_value": 0.75,
        "low_95": 0.75 - half_95,
        "high_95": min(0.75 + half_95, 1.0),
        "low_998": 0.75 - half_998,
        "high_998": min(0.75 + half_998, 1.0),
    }


_POINTS: tuple[tuple[str, int, float, Position], ...] = (
    ("Team 01", 212, 0.741, "inside"), ("Team 02", 388, 0.768, "inside"), ("Team 03", 541, 0.812, "above_998"),
    ("夜班一组", 164, 0.713, "inside"), ("Team 05", 455, 0.691, "below_998"), ("Team 06", 307, 0.744, "inside"),
    ("Team 07", 96, 0.802, "inside"), ("Team 08", 278, 0.803, "above_95"), ("Team 09", 61, 0.705, "inside"),
    ("Team 10", 495, 0.756, "inside"), ("Team 11", 470, 0.702, "below_95"), ("VIP", 24, 0.875, "too_few"),
)  # fmt: skip

EXAMPLE: Data = {
    "unit": "share",
    "better": "higher",
    "points": [{"label": label, "n": n, "value": value, "position": position} for label, n, value, position in _POINTS],
    "limits": [
        _invented_limit(n) for n in (20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300, 350, 430, 500, 560)
    ],
    "centre_text": "75.0%",
}
"""Invented first-contact resolution of twelve teams."""
