"""Weights: what each KPI puts into the score, what it could put in, and what is missing to its target.

Belongs here: how the picture is drawn. Does not belong here: weights, points and contributions (fct_score_part), the
order of the KPIs (the page's), words. All bars stand on one scale, points of the score.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _hatch, _lanes, _rows
from pipelines.charts._axis import axis
from pipelines.charts._rows import layer
from pipelines.charts._theme import Table, shape, splice
from pipelines.charts.palette import variable

QUESTION = "Which KPIs make up the score, and where are points missing to the target?"
KEY = ("bar", "weight_box", "missing", "target_tick")
"""Names for `small.key_mark`: everything this picture may show."""

MARGIN = 14
"""Pixels beside the plot for half a tick text."""
LANE = _lanes.TWO_LINES
PARAMETERS = tuple(name for name in _rows.PARAMETERS if name != "grid_height")


class Row(TypedDict):
    """One KPI, or the whole score: points of the score it gives, could give at most, and would give at its target.

    `text` stands at the end of the label line ("18.4 / 25"). `value` None means that nothing was measured.
    """

    label: str
    text: str
    value: float | None
    full: float
    target: float
    is_total: bool


class Data(TypedDict):
    """Rows from top to bottom in the order given. With the whole score as a row the scale runs to 100, without it to
    the heaviest KPI, which shows small contributions larger.
    """

    rows: list[Row]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    rows = data["rows"]
    scale, length = axis([row["full"] for row in rows], "points", from_zero=True), _lanes.PLOT - MARGIN
    places = LANE.numbered(rows)
    missing = [
        (place, row["value"], row["target"])
        for place, row in enumerate(rows)
        if row["value"] is not None and row["value"] < row["target"]
    ]
    tables: dict[str, Table] = {
        "rows": [
            {**place, "weight": "bold" if row["is_total"] else "normal"}
            for place, row in zip(places, rows, strict=True)
        ],
        "boxes": [
            {"row": place, "about": place + 1, "zero": 0, "full": row["full"], "target": row["target"]}
            for place, row in enumerate(rows)
        ],
        "values": [
            {"row": place, "about": place + 1, "zero": 0, "value": row["value"]}
            for place, row in enumerate(rows)
            if row["value"] is not None
        ],
        "missing": [
            {"row": place, "about": place + 1, "value": value, "target": target} for place, value, target in missing
        ],
        "hatches": _hatch.table(
            _hatch.trail(
                "slanted", scale.position(value, length), scale.position(target, length), *LANE.bar_edges(place)
            )
            for place, value, target in missing
        ),
    }
    values = _rows.values(scale, (0, length), len(rows))
    return splice(_shape(), tables, {name: values[name] for name in PARAMETERS})


@cache
def _shape() -> dict[str, Any]:
    down, tall = LANE.down, _lanes.BAR
    return _lanes.tall(
        shape(
            [
                layer("boxes")
                .mark_bar(height=tall, yOffset=down, fill=variable("band"), stroke=variable("axis"), strokeWidth=1)
                .encode(x=_rows.x("zero"), x2=_rows.x2("full"), y=_lanes.y()),
                layer("missing")
                .mark_bar(height=tall, yOffset=down, fill=variable("surface"), stroke=variable("common"), strokeWidth=1)
                .encode(x=_rows.x("value"), x2=_rows.x2("target"), y=_lanes.y()),
                _hatch.layer("hatches", "common"),
                layer("values")
                .mark_bar(height=tall, yOffset=down, fill=variable("actual"))
                .encode(x=_rows.x("zero"), x2=_rows.x2("value"), y=_lanes.y()),
                layer("boxes")
                .mark_tick(
                    orient="vertical", size=tall + 8, thickness=4, opacity=1, yOffset=down, fill=variable("target"),
                    stroke=variable("surface"),
                )
                .encode(x=_rows.x("target"), y=_lanes.y()),
                *LANE.texts(fontWeight=alt.ExprRef("datum.weight")),
            ],
            plot_width=_lanes.PLOT,
            height=None,
            padding={"left": _lanes.SIDE, "right": _lanes.SIDE, "top": 2, "bottom": 30},
            parameters=PARAMETERS,
        ),
        LANE.step,
    )  # fmt: skip


_KPIS = (("FCR", 25, 70.4), ("CSAT", 20, 84.0), ("AHT", 20, 91.5), ("QA", 20, 77.0), ("Adherence 排班遵守", 10, 62.0),
         ("Complaints 投诉", 5, 0.0))  # fmt: skip


def _invented(label: str, full: float, points: float, *, is_total: bool = False) -> Row:
    value = round(full * points / 100, 1)
    return {
        "label": label,
        "text": f"{value} / {full}",
        "value": value,
        "full": full,
        "target": full * 0.8,
        "is_total": is_total,
    }


EXAMPLE: Data = {
    "rows": [
        _invented("Orchard", 100, 74.3, is_total=True),
        *(_invented(label, full, points) for label, full, points in _KPIS),
    ]
}
"""An invented score of 74.3 from six KPIs."""
