"""Distribution: how many entities lie in each range of one KPI.

Belongs here: how the picture is drawn. Does not belong here: the bins (fct_kpi_distribution), words. It carries no
names, so it may stand on a broad page.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts._axis import axis, roomy, spread, text_width
from pipelines.charts._standing import Unit
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import NARROW, shape, splice, value_axis
from pipelines.charts.palette import variable

QUESTION = "How are people spread on this KPI, and is being below the target common or rare?"
KEY = ("bin", "target", "centre")
"""Names for `small.key_mark`: everything this picture may show."""

PADDING = {"left": 44, "right": 24, "top": 26, "bottom": 34}
PLOT, HEIGHT = NARROW - PADDING["left"] - PADDING["right"], 180


class Bin(TypedDict):
    """One row of fct_kpi_distribution: entities with bin_low <= value < bin_high."""

    bin_low: float
    bin_high: float
    entities: int


class Data(TypedDict):
    """Texts stand above their line, as figures writes them; None leaves the line out."""

    unit: Unit
    bins: list[Bin]
    target: float | None
    target_text: str
    centre: float | None
    centre_text: str


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    bins = data["bins"]
    edges = [edge for each in bins for edge in (each["bin_low"], each["bin_high"])]
    held = [*edges, data["target"], data["centre"]]
    horizontal = roomy(lambda ticks: axis(held, data["unit"], ticks=ticks), PLOT, 6)
    vertical = axis([float(each["entities"]) for each in bins], "contacts", from_zero=True, ticks=4)
    lines = [
        (value, text, role)
        for value, text, role in (
            (data["centre"], data["centre_text"], "centre"),
            (data["target"], data["target_text"], "target"),
        )
        if value is not None
    ]
    stems = [horizontal.position(value, PLOT) for value, _, _ in lines]
    gap = max((text_width(text, FONT_SIZE) for _, text, _ in lines), default=0) + 8
    return splice(
        _shape(),
        {
            "bins": [{**each, "zero": 0, "about": number} for number, each in enumerate(bins, start=1)],
            "lines": [
                {"value": value, "text": text, "role": role, "place": place}
                for (value, text, role), place in zip(lines, spread(stems, gap, 0, PLOT), strict=True)
            ],
        },
        {
            "x_domain": [horizontal.low, horizontal.high],
            "x_ticks": list(horizontal.ticks),
            "x_texts": list(horizontal.texts),
            "y_domain": [vertical.low, vertical.high],
            "y_ticks": list(vertical.ticks),
            "y_texts": list(vertical.texts),
        },
    )


@cache
def _shape() -> dict[str, Any]:
    lines = alt.Chart(alt.NamedData(name="lines"))
    is_target = "datum.role == 'target'"

    def across(field: str) -> alt.X:
        return alt.X(f"{field}:Q", **value_axis(("x_domain", "x_ticks", "x_texts")))

    colour = alt.ExprRef(f"{is_target} ? '{variable('target')}' : '{variable('centre')}'")
    return shape(
        [
            alt.Chart(alt.NamedData(name="bins"))
            .mark_rect(fill=variable("interval-fill"), stroke=variable("interval"))
            .encode(
                x=across("bin_low"),
                x2=alt.X2("bin_high:Q"),
                y=alt.Y("zero:Q", **value_axis(("y_domain", "y_ticks", "y_texts"))),
                y2=alt.Y2("entities:Q"),
            ),
            lines.mark_rule(
                stroke=colour, strokeWidth=2, strokeDash=alt.ExprRef(f"{is_target} ? [12, 4] : [1, 0]")
            ).encode(x=across("value"), y=alt.value(0), y2=alt.value(HEIGHT)),
            lines.mark_text(
                baseline="bottom", fill=colour, fontWeight=alt.ExprRef(f"{is_target} ? 'bold' : 'normal'")
            ).encode(x=alt.X("place:Q", scale=None), y=alt.value(-6), text="text:N"),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=("x_domain", "x_ticks", "x_texts", "y_domain", "y_ticks", "y_texts"),
    )


_COUNTS = (2, 5, 9, 17, 26, 31, 24, 19, 9, 4, 1)

EXAMPLE: Data = {
    "unit": "seconds",
    "bins": [
        {"bin_low": 180 + 20 * index, "bin_high": 200 + 20 * index, "entities": count}
        for index, count in enumerate(_COUNTS)
    ],
    "target": 300,
    "target_text": "5:00",
    "centre": 288,
    "centre_text": "4:48",
}
"""Invented handle times of 147 agents."""
