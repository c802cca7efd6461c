"""Effect range: what each programme changed, as the range between two honest estimates beside the naive one.

Belongs here: how the picture is drawn. Does not belong here: the estimates and the rule for "measurable"
(fct_programme_effect), the order of the programmes (the page's), words.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal, TypedDict

import altair as alt

from pipelines.charts import _lanes, _rows
from pipelines.charts._axis import roomy
from pipelines.charts._rows import layer
from pipelines.charts._signed import signed_axis
from pipelines.charts._standing import Unit
from pipelines.charts._theme import Table, shape, splice
from pipelines.charts.palette import variable

QUESTION = "Which programmes changed something that can be measured, and which could not have been seen either way?"
KEY = ("effect_measurable", "effect_not_measurable", "effect_not_assessable", "naive", "detectable")
"""Names for `small.key_mark`: everything this picture may show."""

Finding = Literal["measurable", "not_measurable", "not_assessable"]

MARGIN = 18
"""Pixels beside the plot for half a tick text."""
LANE = _lanes.TWO_LINES
RANGE, BAND = 10, 22
"""How tall a range bar is, and the band behind it."""
_FILL = {"measurable": "improvement", "not_measurable": "surface", "not_assessable": "surface"}
_EDGE = {"measurable": "improvement", "not_measurable": "common", "not_assessable": "common"}
_DASH = {"measurable": [], "not_measurable": [], "not_assessable": [3, 2]}


class Row(TypedDict):
    """One programme: two estimates with `low` <= `high`, the naive before/after, the smallest effect it could show.

    `text` stands at the end of the label line and says the range as figures writes it; None leaves a mark out.
    """

    label: str
    text: str
    low: float | None
    high: float | None
    naive: float | None
    detectable: float | None
    finding: Finding


class Data(TypedDict):
    """Programmes from top to bottom in the order given; effects are differences in `unit`, better to the right."""

    unit: Unit
    rows: list[Row]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    rows = data["rows"]
    ends = [row[key] for row in rows for key in ("low", "high", "naive", "detectable")]  # type: ignore[literal-required]
    ends.extend(-row["detectable"] for row in rows if row["detectable"] is not None)
    horizontal = roomy(lambda ticks: signed_axis(ends, data["unit"], ticks=ticks), _lanes.PLOT - 2 * MARGIN)
    tables: dict[str, Table] = {
        "rows": LANE.numbered(rows),
        "bands": [
            {"row": place, "about": place + 1, "low": -row["detectable"], "high": row["detectable"]}
            for place, row in enumerate(rows)
            if row["detectable"] is not None
        ],
        "ranges": [
            {
                "row": place,
                "about": place + 1,
                "low": row["low"],
                "high": row["high"],
                "finding": row["finding"],
                "dash": _DASH[row["finding"]],
            }
            for place, row in enumerate(rows)
            if row["low"] is not None and row["high"] is not None
        ],
        "naive": [
            {"row": place, "about": place + 1, "value": row["naive"]}
            for place, row in enumerate(rows)
            if row["naive"] is not None
        ],
        "zero": [{"value": 0}],
    }
    values = _rows.values(horizontal, (MARGIN, _lanes.PLOT - MARGIN), len(rows))
    return splice(_shape(), tables, values | {"grid_height": len(rows) * LANE.step})


@cache
def _shape() -> dict[str, Any]:
    fills = json.dumps({finding: variable(colour) for finding, colour in _FILL.items()})
    edges = json.dumps({finding: variable(colour) for finding, colour in _EDGE.items()})
    down = LANE.down
    return _lanes.tall(
        shape(
            [
                layer("bands")
                .mark_bar(
                    height=BAND,
                    yOffset=down,
                    fill=variable("band"),
                    stroke=variable("limit"),
                    strokeWidth=1,
                    strokeDash=[1, 2],
                )
                .encode(x=_rows.x("low"), x2=_rows.x2("high"), y=_lanes.y()),
                layer("zero")
                .mark_rule(stroke=variable("centre"), strokeWidth=1.5)
                .encode(x=_rows.x("value"), y=alt.value(0), y2=alt.value(alt.ExprRef("grid_height"))),
                layer("ranges")
                .mark_bar(
                    height=RANGE,
                    yOffset=down,
                    fill=alt.ExprRef(f"{fills}[datum.finding]"),
                    stroke=alt.ExprRef(f"{edges}[datum.finding]"),
                    strokeWidth=1.5,
                    strokeDash=alt.ExprRef("datum.dash"),
                )
                .encode(x=_rows.x("low"), x2=_rows.x2("high"), y=_lanes.y()),
                layer("naive")
                .mark_point(
                    shape="diamond",
                    size=90,
                    yOffset=down,
                    filled=True,
                    fill=variable("surface"),
                    stroke=variable("ink"),
                )
                .encode(x=_rows.x("value"), y=_lanes.y()),
                *LANE.texts(),
            ],
            plot_width=_lanes.PLOT,
            height=None,
            padding={"left": _lanes.SIDE, "right": _lanes.SIDE, "top": 2, "bottom": 30},
            parameters=_rows.PARAMETERS,
        ),
        LANE.step,
    )


def _invented(label: str, low: float, high: float, naive: float, detectable: float, finding: Finding) -> Row:
    return {
        "label": label,
        "text": f"{low:+.1f} … {high:+.1f}".replace("-", "−"),
        "low": low,
        "high": high,
        "naive": naive,
        "detectable": detectable,
        "finding": finding,
    }


EXAMPLE: Data = {
    "unit": "points",
    "rows": [
        _invented("Listening first", 2.0, 2.6, 7.1, 3.6, "not_measurable"),
        _invented("投诉处理 Complaints", 4.1, 5.3, 6.0, 2.4, "measurable"),
        _invented("Evening refresher", -0.9, 3.2, 4.4, 6.5, "not_assessable"),
        {
            "label": "New knowledge base",
            "text": "",
            "low": None,
            "high": None,
            "naive": 1.2,
            "detectable": None,
            "finding": "not_assessable",
        },
    ],
}
"""Invented effects of four programmes in points of the score."""
