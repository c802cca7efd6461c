"""XmR chart: one KPI of one entity over time with its process limits, findings and events.

Belongs here: how the picture is drawn. Does not belong here: limits and findings (dbt mart fct_kpi_signal), words.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts._axis import axis, dates, epoch_milliseconds, spread, text_width
from pipelines.charts._standing import OF_FINDING, Finding, Unit
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import WIDE, shape, splice, standing_marks, value_axis
from pipelines.charts.palette import variable

QUESTION = "Has this KPI really changed, or is it moving as it always does?"
KEY = (
    "value", "centre", "limit", "provisional", "target", "improvement", "concern", "neutral", "common", "unknown",
    "baseline", "event",
)  # fmt: skip
"""Names for `small.key_mark`: everything this picture may show."""

BRUSH = ("points", "time")
"""A live chart may be brushed along this field of this table."""

PADDING = {"left": 56, "right": 72, "top": 30, "bottom": 42}
PLOT, HEIGHT = WIDE - PADDING["left"] - PADDING["right"], 230


class Point(TypedDict):
    """One row of fct_kpi_signal: `start` is the ISO date of the period, the rest are that mart's columns."""

    start: str
    value: float
    centre_line: float | None
    lower_limit: float | None
    upper_limit: float | None
    finding: Finding
    in_baseline: bool


class Event(TypedDict):
    """A numbered flag on the time axis. `text` is what the flag shows ("1"); the page lists what it stands for."""

    start: str
    text: str


class Texts(TypedDict):
    """What stands at the right end of each line, already written by figures; "" leaves it out."""

    centre: str
    lower: str
    upper: str
    target: str


class Data(TypedDict):
    """Everything the chart shows. Points are in time order, at least one; events may lie between points."""

    unit: Unit
    points: list[Point]
    target: float | None
    is_trial: bool
    """Fewer points than a firm baseline needs: limits are drawn dotted."""
    events: list[Event]
    texts: Texts


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    points, target = data["points"], data["target"]
    levels = [value for point in points for value in _levels(point)]
    vertical = axis([*levels, target], data["unit"])
    starts = [point["start"] for point in points]
    ticks = dates(starts)
    first, last = epoch_milliseconds(starts[0]), epoch_milliseconds(starts[-1])
    margin = max((last - first) / max(len(points) - 1, 1) / 2, 1)
    domain = [first - margin, last + margin]
    rows: list[dict[str, object]] = [
        {
            **point,
            "standing": OF_FINDING[point["finding"]],
            "time": epoch_milliseconds(point["start"]),
            "about": number,
        }
        for number, point in enumerate(points, start=1)
    ]
    baseline = [epoch_milliseconds(point["start"]) for point in points if point["in_baseline"]]
    tables: dict[str, list[dict[str, object]]] = {
        "points": rows,
        "baseline": [{"low": min(baseline) - margin, "high": max(baseline) + margin}] if baseline else [],
        "target": [] if target is None else [{"value": target}],
        "ends": _ends(data, vertical.position),
        "events": _flags(data["events"], domain),
    }
    return splice(
        _shape(),
        tables,
        {
            "x_domain": domain,
            "x_ticks": [epoch_milliseconds(start) for start, _ in ticks],
            "x_texts": [text.split("\n") for _, text in ticks],
            "y_domain": [vertical.low, vertical.high],
            "y_ticks": list(vertical.ticks),
            "y_texts": list(vertical.texts),
            "limit_dash": [1, 4] if data["is_trial"] else [5, 3],
        },
    )


def _levels(point: Point) -> tuple[float | None, ...]:
    return point["value"], point["centre_line"], point["lower_limit"], point["upper_limit"]


def _ends(data: Data, position: Any) -> list[dict[str, object]]:
    """Texts at the right ends of the lines, pushed apart where lines lie close."""
    last, texts = data["points"][-1], data["texts"]
    lines = (
        (last["upper_limit"], texts["upper"], "limit"),
        (last["centre_line"], texts["centre"], "centre"),
        (data["target"], texts["target"], "target"),
        (last["lower_limit"], texts["lower"], "limit"),
    )
    shown = [(value, text, role) for value, text, role in lines if value is not None and text]
    places = spread([HEIGHT - position(value, HEIGHT) for value, _, _ in shown], FONT_SIZE + 2, 0, HEIGHT)
    return [{"place": place, "text": text, "role": role} for place, (_, text, role) in zip(places, shown, strict=True)]


def _flags(events: list[Event], domain: list[float]) -> list[dict[str, object]]:
    """Flags side by side above the plot, each with a stem from its date. Events outside the time axis are not drawn."""
    inside = [event for event in events if domain[0] <= epoch_milliseconds(event["start"]) <= domain[1]]
    stems = [(epoch_milliseconds(event["start"]) - domain[0]) / (domain[1] - domain[0]) * PLOT for event in inside]
    widest = max((text_width(event["text"], FONT_SIZE) for event in inside), default=0)
    places = spread(stems, max(20, widest + 8), 0, PLOT)
    return [
        {"stem": round(stem, 1), "place": place, "text": event["text"]}
        for stem, place, event in zip(stems, places, inside, strict=True)
    ]


@cache
def _shape() -> dict[str, Any]:
    points = alt.Chart(alt.NamedData(name="points"))
    time = alt.X("time:Q", **value_axis(("x_domain", "x_ticks", "x_texts")))

    def level(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", **value_axis(("y_domain", "y_ticks", "y_texts")))

    def stepped(field: str, colour: str, dash: Any) -> alt.Chart:
        line = points.mark_line(interpolate="step", stroke=variable(colour), strokeDash=dash)
        placed: alt.Chart = line.encode(x=time, y=level(field))
        return placed

    weight = alt.ExprRef("datum.role == 'target' ? 'bold' : 'normal'")
    ink = alt.ExprRef(f"datum.role == 'target' ? '{variable('target')}' : '{variable('muted')}'")
    events = alt.Chart(alt.NamedData(name="events"))
    flag_at = -18
    return shape(
        [
            alt.Chart(alt.NamedData(name="baseline"))
            .mark_rect(fill=variable("band"))
            .encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")),
            stepped("upper_limit", "limit", alt.ExprRef("limit_dash")),
            stepped("lower_limit", "limit", alt.ExprRef("limit_dash")),
            stepped("centre_line", "centre", [1, 0]),
            alt.Chart(alt.NamedData(name="target"))
            .mark_rule(stroke=variable("target"), strokeDash=[12, 4])
            .encode(y=level("value")),
            events.mark_rule(stroke=variable("event"), strokeWidth=1, strokeDash=[2, 2]).encode(
                x=alt.X("stem:Q", scale=None), y=alt.value(0), y2=alt.value(HEIGHT)
            ),
            points.mark_line(stroke=variable("actual")).encode(x=time, y=level("value")),
            standing_marks("points", time, level("value")),
            alt.Chart(alt.NamedData(name="ends"))
            .mark_text(align="left", baseline="middle", fontWeight=weight, fill=ink)
            .encode(
                x=alt.value(PLOT + 8),
                y=alt.Y("place:Q", scale=None),
                text="text:N",
            ),
            events.mark_rule(stroke=variable("event"), strokeWidth=1).encode(
                x=alt.X("stem:Q", scale=None), x2=alt.X2("place:Q"), y=alt.value(0), y2=alt.value(flag_at)
            ),
            events.mark_point(
                shape="circle", size=300, filled=True, fill=variable("surface"), stroke=variable("event")
            ).encode(x=alt.X("place:Q", scale=None), y=alt.value(flag_at)),
            events.mark_text(baseline="middle", fill=variable("event")).encode(
                x=alt.X("place:Q", scale=None), y=alt.value(flag_at), text="text:N"
            ),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=("x_domain", "x_ticks", "x_texts", "y_domain", "y_ticks", "y_texts", "limit_dash"),
    )


_VALUES = (
    0.712, 0.735, 0.704, 0.726, 0.741, 0.718, 0.729, 0.707, 0.733, 0.722, 0.715, 0.738, 0.727, 0.719, 0.662, 0.655,
    0.668, 0.671, 0.659, 0.664, 0.657, 0.713, 0.745, 0.768, 0.781, 0.792,
)  # fmt: skip
_CONCERN, _IMPROVEMENT = range(14, 21), range(23, 26)
_STARTS = (
    "2025-07-07", "2025-07-14", "2025-07-21", "2025-07-28", "2025-08-04", "2025-08-11", "2025-08-18", "2025-08-25",
    "2025-09-01", "2025-09-08", "2025-09-15", "2025-09-22", "2025-09-29", "2025-10-06", "2025-10-13", "2025-10-20",
    "2025-10-27", "2025-11-03", "2025-11-10", "2025-11-17", "2025-11-24", "2025-12-01", "2025-12-08", "2025-12-15",
    "2025-12-22", "2025-12-29",
)  # fmt: skip


def _invented(index: int) -> Finding:
    if index in _CONCERN:
        return "special_cause_concern"
    return "special_cause_improvement" if index in _IMPROVEMENT else "common_cause"


EXAMPLE: Data = {
    "unit": "share",
    "points": [
        {
            "start": start,
            "value": value,
            "centre_line": 0.7236,
            "lower_limit": 0.6744,
            "upper_limit": 0.7728,
            "finding": _invented(index),
            "in_baseline": index < 14,
        }
        for index, (start, value) in enumerate(zip(_STARTS, _VALUES, strict=True))
    ],
    "target": 0.75,
    "is_trial": False,
    "events": [
        {"start": "2025-10-13", "text": "1"},
        {"start": "2025-12-01", "text": "2"},
        {"start": "2025-12-08", "text": "3"},
    ],
    "texts": {"centre": "72.4%", "lower": "67.4%", "upper": "77.3%", "target": "75.0%"},
}
"""An invented team's first-contact resolution: a fall after a release, then two coaching sessions."""
