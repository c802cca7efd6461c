"""Bullet bars: one KPI for several entities, each against its target, its uncertainty and its previous period.

Belongs here: how the picture is drawn. Does not belong here: rows of different units (the page sets those as a table
with `small.bullet`), values and targets (dbt marts), words.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

import altair as alt

from pipelines.charts import _rows
from pipelines.charts._axis import axis, roomy
from pipelines.charts._standing import Unit
from pipelines.charts._theme import shape, splice
from pipelines.charts.palette import variable

QUESTION = "How far is each of these from its target, and from the period before?"
KEY = ("bar", "interval_box", "target_tick", "previous")
"""Names for `small.key_mark`: everything this picture may show."""


class Row(TypedDict):
    """One entity. `text` is the value as figures writes it ("" when there is none); None leaves a mark out."""

    label: str
    text: str
    value: float | None
    low: float | None
    high: float | None
    target: float | None
    previous: float | None


class Data(TypedDict):
    """Rows from top to bottom in the order given; bars start at zero."""

    unit: Unit
    rows: list[Row]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    rows = data["rows"]
    marks = [row[key] for row in rows for key in ("value", "low", "high", "target", "previous")]  # type: ignore[literal-required]
    plot = _rows.columns([row["label"] for row in rows], [row["text"] for row in rows])
    horizontal = roomy(lambda ticks: axis(marks, data["unit"], from_zero=True, ticks=ticks), plot[1] - plot[0])
    return splice(
        _shape(),
        {"rows": _rows.numbered([{**row, "zero": horizontal.low} for row in rows])},
        _rows.values(horizontal, plot, len(rows)),
    )


@cache
def _shape() -> dict[str, Any]:
    def having(field: str) -> alt.Chart:
        return _rows.layer().transform_filter(f"isValid(datum.{field})")

    return shape(
        [
            having("low")
            .mark_bar(height=16, fill=variable("interval-fill"), stroke=variable("interval"), strokeWidth=1)
            .encode(x=_rows.x("low"), x2=_rows.x2("high"), y=_rows.y()),
            having("value")
            .mark_bar(height=8, fill=variable("actual"))
            .encode(x=_rows.x("zero"), x2=_rows.x2("value"), y=_rows.y()),
            having("previous")
            .mark_point(shape="triangle-up", filled=True, fill=variable("previous"), opacity=1, size=55, yOffset=12)
            .encode(x=_rows.x("previous"), y=_rows.y()),
            having("target")
            .mark_tick(
                orient="vertical", size=24, thickness=4, opacity=1, fill=variable("target"), stroke=variable("surface")
            )
            .encode(x=_rows.x("target"), y=_rows.y()),
            *_rows.texts(),
        ],
        plot_width=_rows.PLOT,
        height=None,
        padding=_rows.PADDING | {"top": 6},
        parameters=_rows.PARAMETERS,
    )


EXAMPLE: Data = {
    "unit": "seconds",
    "rows": [
        {"label": "Team 03", "text": "4:52", "value": 292, "low": 281, "high": 304, "target": 300, "previous": 318},
        {"label": "夜班一组", "text": "5:08", "value": 308, "low": 290, "high": 327, "target": 300, "previous": 301},
        {"label": "Orchard desk, late shift", "text": "5:41", "value": 341, "low": 329, "high": 353, "target": 300,
         "previous": 344},
        {"label": "Team 07", "text": "", "value": None, "low": None, "high": None, "target": 300, "previous": None},
        {"label": "VIP", "text": "6:55", "value": 415, "low": 372, "high": 463, "target": 420, "previous": 402},
    ],
}  # fmt: skip
"""Invented handle times in seconds: one team without calls, one with a target of its own."""
