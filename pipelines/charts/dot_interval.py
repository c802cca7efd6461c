"""Dot and interval: one KPI for several entities, each as a dot with its uncertainty, around one target.

Belongs here: how the picture is drawn. Does not belong here: the order of the rows (the page's), intervals and verdicts
(fct_kpi_value), words.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypedDict

from pipelines.charts import _rows
from pipelines.charts._axis import axis, roomy
from pipelines.charts._standing import OF_VERDICT, Unit, Verdict
from pipelines.charts._theme import shape, splice, standing_marks
from pipelines.charts.palette import variable

QUESTION = "How sure are we about each of these, and whose difference from the target is more than chance?"
KEY = ("interval", "target", "improvement", "concern", "common", "unknown")
"""Names for `small.key_mark`: everything this picture may show."""


class Row(TypedDict):
    """One entity: fct_kpi_value's columns, `text` as figures writes the value ("" when there is none)."""

    label: str
    text: str
    value: float | None
    low: float | None
    high: float | None
    verdict: Verdict


class Data(TypedDict):
    """Rows from top to bottom in the order given; `target_text` stands above the target line."""

    unit: Unit
    rows: list[Row]
    target: float | None
    target_text: str


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    rows, target = data["rows"], data["target"]
    marks = [row[key] for row in rows for key in ("value", "low", "high")]  # type: ignore[literal-required]
    plot = _rows.columns([row["label"] for row in rows], [row["text"] for row in rows])
    horizontal = roomy(lambda ticks: axis([*marks, target], data["unit"], ticks=ticks), plot[1] - plot[0])
    return splice(
        _shape(),
        {
            "rows": _rows.numbered([{**row, "standing": OF_VERDICT[row["verdict"]]} for row in rows]),
            "target": [] if target is None else [{"value": target, "text": data["target_text"]}],
        },
        _rows.values(horizontal, plot, len(rows)),
    )


@cache
def _shape() -> dict[str, Any]:
    return shape(
        [
            *_rows.shared_target(),
            _rows.layer()
            .transform_filter("isValid(datum.low) && isValid(datum.high)")
            .mark_rule(stroke=variable("interval"), strokeWidth=3, strokeCap="round")
            .encode(x=_rows.x("low"), x2=_rows.x2("high"), y=_rows.y()),
            standing_marks("rows", _rows.x("value"), _rows.y()),
            *_rows.texts(),
        ],
        plot_width=_rows.PLOT,
        height=None,
        padding=_rows.PADDING,
        parameters=_rows.PARAMETERS,
    )


EXAMPLE: Data = {
    "unit": "share",
    "rows": [
        {
            "label": "Team 03",
            "text": "84.1%",
            "value": 0.841,
            "low": 0.818,
            "high": 0.862,
            "verdict": "better_than_target",
        },
        {
            "label": "夜班一组",
            "text": "80.6%",
            "value": 0.806,
            "low": 0.771,
            "high": 0.837,
            "verdict": "too_close_to_call",
        },
        {
            "label": "Team 11",
            "text": "79.2%",
            "value": 0.792,
            "low": 0.764,
            "high": 0.818,
            "verdict": "too_close_to_call",
        },
        {
            "label": "Team 05",
            "text": "74.9%",
            "value": 0.749,
            "low": 0.719,
            "high": 0.777,
            "verdict": "worse_than_target",
        },
        {"label": "Team 09", "text": "71.4%", "value": 0.714, "low": 0.454, "high": 0.883, "verdict": "too_few"},
        {"label": "Team 12", "text": "", "value": None, "low": None, "high": None, "verdict": "too_few"},
    ],
    "target": 0.8,
    "target_text": "80%",
}
"""Invented answer rates of six teams, two of them with hardly any calls."""
