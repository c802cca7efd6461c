"""Mix split: a centre's KPI by month, and how much of each change was another mix of work, how much performance.

Belongs here: how the picture is drawn. Does not belong here: the split (Kitagawa, fct_mix_split), words. Two plots
over the same months, each with its own axis: the value above, the changes below.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _panel
from pipelines.charts._axis import axis
from pipelines.charts._rows import layer
from pipelines.charts._signed import signed_axis
from pipelines.charts._standing import Unit
from pipelines.charts._theme import NARROW, shape, splice
from pipelines.charts.palette import variable

QUESTION = "Did the centre's figure change because the work changed, or because of how it was done?"
KEY = ("value", "mix", "performance", "total")
"""Names for `small.key_mark`: everything this picture may show."""

PADDING = {"left": 60, "right": 56, "top": 10, "bottom": 42}
PLOT, HEIGHT = NARROW - PADDING["left"] - PADDING["right"], 270
UPPER, LOWER = (0, 100), (134, HEIGHT)
"""Top and bottom of the two plots."""
WIDEST_BAR = 16


class Month(TypedDict):
    """One month: the KPI, and its change since the month before with its two parts (None where none can be given)."""

    start: str
    value: float
    mix: float | None
    performance: float | None
    total: float | None


class Data(TypedDict):
    """Months in time order, at least one. The texts stand at the last value and the last total; "" leaves one out."""

    unit: Unit
    months: list[Month]
    value_text: str
    total_text: str


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    months = data["months"]
    changes = [month[key] for month in months for key in ("mix", "performance", "total")]  # type: ignore[literal-required]
    above = _panel.Panel(0, PLOT, *UPPER, axis([month["value"] for month in months], data["unit"], ticks=3))
    below = _panel.Panel(0, PLOT, *LOWER, signed_axis(changes, data["unit"], ticks=5))
    slot = PLOT / len(months)
    places = [round((number + 0.5) * slot, 1) for number in range(len(months))]
    width = min(0.36 * slot, WIDEST_BAR)

    def part(key: str, side: int) -> list[dict[str, object]]:
        known = [number for number, month in enumerate(months) if month[key] is not None]  # type: ignore[literal-required]
        boxes = _panel.rectangles(
            (
                places[number] + min(side, 0) * width,
                places[number] + max(side, 0) * width,
                below.y(0),
                below.y(months[number][key]),  # type: ignore[literal-required]
            )
            for number in known
        )
        return [{**box, "about": number + 1} for box, number in zip(boxes, known, strict=True)]

    return splice(
        _shape(),
        {
            "grid": [*above.lines(), *below.lines()],
            "ticks": [
                *above.texts(),
                *below.texts(),
                *_panel.months([m["start"] for m in months], places, HEIGHT + 16),
            ],
            "values": [
                {"x": place, "y": above.y(month["value"]), "about": number}
                for number, (place, month) in enumerate(zip(places, months, strict=True), start=1)
            ],
            "frame": [{}],
            "mix": part("mix", -1),
            "performance": part("performance", 1),
            "totals": [
                {"x": place, "y": below.y(month["total"]), "about": number}
                for number, (place, month) in enumerate(zip(places, months, strict=True), start=1)
                if month["total"] is not None
            ],
            "ends": _ends(data, above, below),
        },
        {"zero_at": below.y(0)},
    )


def _ends(data: Data, above: _panel.Panel, below: _panel.Panel) -> list[dict[str, object]]:
    last = data["months"][-1]
    ends = [(above.y(last["value"]), data["value_text"])]
    if last["total"] is not None:
        ends.append((below.y(last["total"]), data["total_text"]))
    return [{"y": y, "text": text} for y, text in ends if text]


@cache
def _shape() -> dict[str, Any]:
    values = layer("values")
    return shape(
        [
            _panel.grid(),
            _panel.ticks(),
            values.mark_line(stroke=variable("actual")).encode(x=_panel.x(), y=_panel.y()),
            values.mark_point(shape="circle", filled=True, size=24, fill=variable("actual")).encode(
                x=_panel.x(), y=_panel.y()
            ),
            _panel.bars("mix", "surface", "interval"),
            _panel.bars("performance", "interval", "interval"),
            layer("frame")
            .mark_rule(stroke=variable("axis"))
            .encode(x=alt.value(0), x2=alt.value(PLOT), y=alt.value(alt.ExprRef("zero_at"))),
            layer("totals")
            .mark_point(shape="diamond", filled=True, size=70, fill=variable("ink"), stroke=variable("surface"))
            .encode(x=_panel.x(), y=_panel.y()),
            layer("ends")
            .mark_text(align="left", baseline="middle")
            .encode(x=alt.value(PLOT + 8), y=_panel.y(), text="text:N"),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=("zero_at",),
    )


_MONTHS: tuple[tuple[str, float, float | None, float | None], ...] = (
    ("2025-03-01", 352.0, None, None), ("2025-04-01", 349.0, 2.1, -5.1), ("2025-05-01", 356.0, 9.4, -2.4),
    ("2025-06-01", 351.0, -1.8, -3.2), ("2025-07-01", 363.0, 16.3, -4.3), ("2025-08-01", 369.0, 8.0, -2.0),
    ("2025-09-01", 366.0, -6.2, 3.2), ("2025-10-01", 378.0, 14.9, -2.9), ("2025-11-01", 383.0, 9.1, -4.1),
    ("2025-12-01", 380.0, 1.2, -4.2), ("2026-01-01", 371.0, -7.5, -1.5), ("2026-02-01", 399.0, 35.9, -7.9),
)  # fmt: skip

EXAMPLE: Data = {
    "unit": "seconds",
    "months": [
        {
            "start": start,
            "value": value,
            "mix": mix,
            "performance": performance,
            "total": None if mix is None or performance is None else round(mix + performance, 1),
        }
        for start, value, mix, performance in _MONTHS
    ],
    "value_text": "6:39",
    "total_text": "+28 s",
}
"""An invented centre whose handle time rises because the work got harder while everyone got faster."""
