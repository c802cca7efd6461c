"""Quadrant: ability against engagement with the two cut lines, as people of one team or as counts per cell.

Belongs here: how the picture is drawn. Does not belong here: scores, intervals and how sure a quadrant is
(fct_quadrant), the counts that may be shown, words. A picture for many readers gets `bins` and no `points`: nobody can
be read from it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _cells, _plane
from pipelines.charts._axis import Axis, axis
from pipelines.charts._labels import beside
from pipelines.charts._rows import cut, layer
from pipelines.charts._standing import Standing
from pipelines.charts._theme import NARROW, shape, splice, standing_marks
from pipelines.charts.palette import variable

QUESTION = "Where do people stand on ability and engagement, and who is too close to a line to call?"
KEY = ("target", "baseline", "common", "unknown", "highlight", "cross", "cell", "cell_hidden")
"""Names for `small.key_mark`: everything this picture may show."""

PADDING = {"left": 40, "right": 12, "top": 48, "bottom": 70}
PLOT, HEIGHT = NARROW - PADDING["left"] - PADDING["right"], 320
MOST_LABELS = 24
"""Points beyond this many keep their mark but get no name; the page's table names them all."""
LEAST = 20
"""Points of score that are always shown on either side of a cut line."""


class Point(TypedDict):
    """One person: ability x and engagement y in points of 100 with their 90 % intervals. `label` "" draws no name."""

    label: str
    x: float
    x_low: float
    x_high: float
    y: float
    y_low: float
    y_high: float
    is_between: bool
    """No quadrant is likely enough to be named: a hollow mark."""
    is_highlighted: bool


class Bin(TypedDict):
    """A cell of the plane and how many people lie in it; None withholds the number and `text` then says "<5"."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float
    count: int | None
    text: str


class Corners(TypedDict):
    """A short name for each quadrant; "" leaves it out."""

    high_high: str
    low_high: str
    """low ability, high engagement"""
    low_low: str
    high_low: str


class Data(TypedDict):
    """Either `points` or `bins` may be empty. Each band is the strip around a cut line that is too close to call.

    `x_text` and `y_text` name the axes.
    """

    points: list[Point]
    bins: list[Bin]
    x_cut: float
    y_cut: float
    x_band: list[float]
    y_band: list[float]
    corners: Corners
    x_text: str
    y_text: str


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    horizontal, vertical = _axis(data, "x"), _axis(data, "y")
    points = [
        {**_row(point, horizontal, vertical), "about": number} for number, point in enumerate(data["points"], start=1)
    ]
    points.sort(key=lambda row: row["standing"] != "unknown")
    return splice(
        _shape(),
        {
            "bins": _cells.table(
                [_cell(each, horizontal, vertical, len(points) + number) for number, each in enumerate(data["bins"], 1)]
            ),
            "band_x": [{"low": _held(data["x_band"][0], horizontal), "high": _held(data["x_band"][1], horizontal)}],
            "band_y": [{"low": _held(data["y_band"][0], vertical), "high": _held(data["y_band"][1], vertical)}],
            "cuts": [{"x": data["x_cut"], "y": data["y_cut"]}],
            "points": [row for row in points if not row["is_highlighted"]],
            "highlights": [row for row in points if row["is_highlighted"]],
            "labels": _labels(data, horizontal, vertical),
            "edges": _edges(data),
        },
        _plane.values(horizontal, vertical),
    )


def _axis(data: Data, way: str) -> Axis:
    """Round ends around everyone, both cut lines and their bands, never beyond 0..100."""
    cut_line: float = data[f"{way}_cut"]  # type: ignore[literal-required]
    values = [cut_line - LEAST, cut_line + LEAST, *data[f"{way}_band"]]  # type: ignore[literal-required]
    for each in [*data["points"], *data["bins"]]:
        values.extend((each[f"{way}_low"], each[f"{way}_high"]))  # type: ignore[literal-required]
    return axis([min(max(value, 0.0), 100.0) for value in values], "points")


def _held(value: float, scale: Axis) -> float:
    return min(max(value, scale.low), scale.high)


def _row(point: Point, horizontal: Axis, vertical: Axis) -> dict[str, Any]:
    """The point with its intervals cut to the plot."""
    standing: Standing = "unknown" if point["is_between"] else "common"
    ends = {key: _held(point[key], horizontal) for key in ("x", "x_low", "x_high")}  # type: ignore[literal-required]
    ends |= {key: _held(point[key], vertical) for key in ("y", "y_low", "y_high")}  # type: ignore[literal-required]
    return {**ends, "standing": standing, "is_highlighted": point["is_highlighted"]}


def _cell(each: Bin, horizontal: Axis, vertical: Axis, about: int) -> _cells.Box:
    return {
        "left": horizontal.position(each["x_low"], PLOT) + 1,
        "right": horizontal.position(each["x_high"], PLOT) - 1,
        "top": HEIGHT - vertical.position(each["y_high"], HEIGHT) + 1,
        "bottom": HEIGHT - vertical.position(each["y_low"], HEIGHT) - 1,
        "count": each["count"],
        "text": each["text"],
        "is_marked": False,
        "about": about,
    }


def _labels(data: Data, horizontal: Axis, vertical: Axis) -> list[dict[str, object]]:
    """Names beside their marks; the highlighted one finds its place first."""
    points = sorted(data["points"], key=lambda point: not point["is_highlighted"])
    named = [point for point in points if point["label"]][:MOST_LABELS]

    def at(point: Point) -> tuple[float, float]:
        return horizontal.position(point["x"], PLOT), HEIGHT - vertical.position(point["y"], HEIGHT)

    wanted = [(*at(point), point["label"], point["is_highlighted"]) for point in named]
    return beside(wanted, [at(point) for point in points], (0, 0, PLOT, HEIGHT))


def _edges(data: Data) -> list[dict[str, object]]:
    """Names of quadrants outside their corners, of the axes farther out: no point can lie behind any of them."""
    corners, half = data["corners"], PLOT / 2 - 8
    return [
        {"x": x, "y": y, "text": cut(text, width), "align": align, "ink": ink}
        for x, y, text, width, align, ink in (
            (0, -10, corners["low_high"], half, "left", variable("ink")),
            (PLOT, -10, corners["high_high"], half, "right", variable("ink")),
            (0, HEIGHT + 37, corners["low_low"], half, "left", variable("ink")),
            (PLOT, HEIGHT + 37, corners["high_low"], half, "right", variable("ink")),
            (-PADDING["left"] + 4, -36, f"↑ {data['y_text']}" if data["y_text"] else "", PLOT, "left",
             variable("muted")),
            (PLOT, HEIGHT + 59, f"{data['x_text']} →" if data["x_text"] else "", PLOT, "right", variable("muted")),
        )
        if text
    ]  # fmt: skip


@cache
def _shape() -> dict[str, Any]:
    across, up = _plane.across, _plane.up_framed

    def crosses(table: str, width: float, colour: str) -> list[alt.Chart]:
        rule = layer(table).mark_rule(stroke=variable(colour), strokeWidth=width)
        return [
            rule.encode(x=across("x_low"), x2=alt.X2("x_high:Q"), y=up("y")),
            rule.encode(x=across("x"), y=up("y_low"), y2=alt.Y2("y_high:Q")),
        ]

    def edge_of(band: str) -> alt.Chart:
        rule: alt.Chart = layer(band).mark_rule(stroke=variable("limit"), strokeWidth=1, strokeDash=[1, 4])
        return rule

    cuts = layer("cuts").mark_rule(stroke=variable("target"), strokeDash=[12, 4])
    texts = alt.X("x:Q", scale=None), alt.Y("y:Q", scale=None)
    cell, cell_text = _cells.layers("bins")
    return shape(
        [
            layer("band_x")
            .mark_rect(fill=variable("band"))
            .encode(x=across("low"), x2=alt.X2("high:Q"), y=alt.value(0), y2=alt.value(HEIGHT)),
            layer("band_y")
            .mark_rect(fill=variable("band"))
            .encode(y=up("low"), y2=alt.Y2("high:Q"), x=alt.value(0), x2=alt.value(PLOT)),
            cell,
            *(edge_of("band_x").encode(x=across(end), y=alt.value(0), y2=alt.value(HEIGHT)) for end in ("low", "high")),
            *(edge_of("band_y").encode(y=up(end), x=alt.value(0), x2=alt.value(PLOT)) for end in ("low", "high")),
            cuts.encode(x=across("x"), y=alt.value(0), y2=alt.value(HEIGHT)),
            cuts.encode(y=up("y"), x=alt.value(0), x2=alt.value(PLOT)),
            cell_text,
            *crosses("points", 1, "interval"),
            standing_marks("points", across("x"), up("y")),
            *crosses("highlights", 3, "interval"),
            layer("highlights")
            .mark_point(shape="circle", filled=True, size=170, fill=variable("actual"), stroke=variable("surface"))
            .encode(x=across("x"), y=up("y")),
            layer("labels")
            .mark_text(align="left", baseline="middle", fontWeight=alt.ExprRef("datum.weight"))
            .encode(x=texts[0], y=texts[1], text="text:N"),
            layer("edges")
            .mark_text(baseline="middle", align=alt.ExprRef("datum.align"), fill=alt.ExprRef("datum.ink"))
            .encode(x=texts[0], y=texts[1], text="text:N"),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=_plane.PARAMETERS,
    )


def _invented(label: str, x: float, x_half: float, y: float, y_half: float, is_between: bool) -> Point:
    ends = {"x_low": x - x_half, "x_high": x + x_half, "y_low": y - y_half, "y_high": y + y_half}
    return {"label": label, "x": x, "y": y, **ends, "is_between": is_between, "is_highlighted": label == "A-047"}  # type: ignore[typeddict-item]


_PEOPLE = (
    ("A-014", 86, 4, 71, 9, False), ("A-022", 78, 5, 64, 10, True), ("A-031", 91, 4, 48, 11, False),
    ("A-047", 67, 5, 82, 8, False), ("A-052", 83, 6, 59, 9, True), ("A-063", 72, 4, 35, 12, False),
    ("A-070", 94, 3, 77, 9, False), ("A-081", 70, 7, 55, 14, True), ("A-085", 76, 4, 90, 7, False),
)  # fmt: skip

EXAMPLE: Data = {
    "points": [_invented(*person) for person in _PEOPLE],
    "bins": [],
    "x_cut": 80,
    "y_cut": 60,
    "x_band": [77.5, 82.5],
    "y_band": [56, 64],
    "corners": {"high_high": "I", "low_high": "III", "low_low": "IV", "high_low": "II"},
    "x_text": "0–100",
    "y_text": "0–100",
}
"""An invented team of nine, one person highlighted."""
