"""Quadrant: ability against engagement with the two cut lines, as people of one team or as counts per cell.

Belongs here: what the picture holds and where. Does not belong here: its layers (`_quadrant_layers`), scores, intervals
and how sure a quadrant is (fct_quadrant), the counts that may be shown, words. A picture for many readers gets `bins`
and no `points`: nobody can be read from it.
"""

from __future__ import annotations

from typing import Any, TypedDict

from pipelines.charts import _cells, _plane
from pipelines.charts._axis import Axis, axis
from pipelines.charts._labels import beside, cut
from pipelines.charts._quadrant_layers import HEIGHT, PADDING, PLOT, layers
from pipelines.charts._standing import Standing
from pipelines.charts._theme import splice
from pipelines.charts.palette import variable

QUESTION = "Where do people stand on ability and engagement, and who is too close to a line to call?"
KEY = ("target", "baseline", "common", "unknown", "highlight", "cross", "trail", "cell", "cell_hidden")
"""Names for `small.key_mark`: everything this picture may show."""
MOST_LABELS = 24
"""Points beyond this many keep their mark but get no name; the page's table names them all."""
LEAST = 20
"""Points of score that are always shown on either side of a cut line."""


class Point(TypedDict):
    """One person: ability x and engagement y in points of 100 with their 90 % intervals. `label` "" draws no name.

    `x_before` and `y_before` are where somebody stood a quarter earlier; None for both draws no trail.
    """

    label: str
    x: float
    x_low: float
    x_high: float
    y: float
    y_low: float
    y_high: float
    x_before: float | None
    y_before: float | None
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
        layers(),
        {
            "bins": _cells.table(
                [_cell(each, horizontal, vertical, len(points) + number) for number, each in enumerate(data["bins"], 1)]
            ),
            "band_x": [{"low": _held(data["x_band"][0], horizontal), "high": _held(data["x_band"][1], horizontal)}],
            "band_y": [{"low": _held(data["y_band"][0], vertical), "high": _held(data["y_band"][1], vertical)}],
            "cuts": [{"x": data["x_cut"], "y": data["y_cut"]}],
            "trails": [_trail(point) for point in data["points"] if _has_trail(point)],
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
    values.extend(point[f"{way}_before"] for point in data["points"] if _has_trail(point))  # type: ignore[literal-required]
    return axis([min(max(value, 0.0), 100.0) for value in values], "points")


def _held(value: float, scale: Axis) -> float:
    return min(max(value, scale.low), scale.high)


def _has_trail(point: Point) -> bool:
    return point["x_before"] is not None and point["y_before"] is not None


def _trail(point: Point) -> dict[str, Any]:
    """From where somebody stood to where the mark is now."""
    return {"x": point["x_before"], "y": point["y_before"], "x_now": point["x"], "y_now": point["y"]}


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


def _invented(
    label: str, x: float, x_half: float, y: float, y_half: float, before: tuple[float, float] | None
) -> Point:
    return {
        "label": label, "x": x, "x_low": x - x_half, "x_high": x + x_half, "y": y, "y_low": y - y_half,
        "y_high": y + y_half, "x_before": before[0] if before else None, "y_before": before[1] if before else None,
        "is_between": label in ("A-022", "A-052", "A-081"), "is_highlighted": label == "A-047",
    }  # fmt: skip


_PEOPLE = (
    ("A-014", 86, 4, 71, 9, (84, 66)), ("A-022", 78, 5, 64, 10, (79, 57)), ("A-031", 91, 4, 48, 11, (88, 63)),
    ("A-047", 67, 5, 82, 8, (62, 70)), ("A-052", 83, 6, 59, 9, (86, 62)), ("A-063", 72, 4, 35, 12, None),
    ("A-070", 94, 3, 77, 9, (93, 83)), ("A-081", 70, 7, 55, 14, None), ("A-085", 76, 4, 90, 7, (71, 92)),
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
"""An invented team of nine, one person highlighted, seven with the place of the quarter before."""
