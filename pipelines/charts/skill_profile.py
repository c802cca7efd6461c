"""Skill profile: the dimensions of one person's or team's quality score, each with its interval and the centre's mark.

Belongs here: how the picture is drawn. Does not belong here: the order of the dimensions (the page's: strengths
first), scores and intervals (fct_skill), words.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, TypedDict

from pipelines.charts import _rows
from pipelines.charts._axis import axis, roomy
from pipelines.charts._standing import Standing, Unit
from pipelines.charts._theme import shape, splice, standing_marks
from pipelines.charts.palette import variable

QUESTION = "Which skills stand out, which lie behind the centre, and where is that more than chance?"
KEY = ("interval", "centre_tick", "improvement", "concern", "common", "unknown")
"""Names for `small.key_mark`: everything this picture may show."""

PARAMETERS = tuple(name for name in _rows.PARAMETERS if name != "grid_height")

Against = Literal["above_centre", "below_centre", "too_close_to_call", "too_few"]
"""How a dimension lies against the centre."""
_OF: dict[Against, Standing] = {
    "above_centre": "improvement",
    "below_centre": "concern",
    "too_close_to_call": "common",
    "too_few": "unknown",
}


class Row(TypedDict):
    """One dimension; `text` is the value as figures writes it ("" when there is none), None leaves a mark out."""

    label: str
    text: str
    value: float | None
    low: float | None
    high: float | None
    centre: float | None
    against: Against


class Data(TypedDict):
    """Dimensions from top to bottom in the order given, all on one scale."""

    unit: Unit
    rows: list[Row]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    rows = data["rows"]
    marks = [row[key] for row in rows for key in ("value", "low", "high", "centre")]  # type: ignore[literal-required]
    plot = _rows.columns([row["label"] for row in rows], [row["text"] for row in rows])
    table = _rows.numbered([{**row, "standing": _OF[row["against"]]} for row in rows])
    horizontal = roomy(lambda ticks: axis(marks, data["unit"], ticks=ticks), plot[1] - plot[0])
    values = _rows.values(horizontal, plot, len(rows))
    return splice(_shape(), {"rows": table}, {name: values[name] for name in PARAMETERS})


@cache
def _shape() -> dict[str, Any]:
    def having(field: str) -> Any:
        return _rows.layer().transform_filter(f"isValid(datum.{field})")

    return shape(
        [
            having("low")
            .transform_filter("isValid(datum.high)")
            .mark_rule(stroke=variable("interval"), strokeWidth=3, strokeCap="round")
            .encode(x=_rows.x("low"), x2=_rows.x2("high"), y=_rows.y()),
            having("centre")
            .mark_tick(
                orient="vertical", size=18, thickness=4, opacity=1, fill=variable("centre"), stroke=variable("surface")
            )
            .encode(x=_rows.x("centre"), y=_rows.y()),
            standing_marks("rows", _rows.x("value"), _rows.y()),
            *_rows.texts(),
        ],
        plot_width=_rows.PLOT,
        height=None,
        padding=_rows.PADDING | {"top": 4},
        parameters=PARAMETERS,
    )


def _invented(label: str, value: float | None, half: float, centre: float, against: Against) -> Row:
    return {
        "label": label,
        "text": "" if value is None else f"{value:.0f}",
        "value": value,
        "low": None if value is None else value - half,
        "high": None if value is None else value + half,
        "centre": centre,
        "against": against,
    }


EXAMPLE: Data = {
    "unit": "points",
    "rows": [
        _invented("Listening 倾听", 91, 4, 84, "above_centre"),
        _invented("Clarity 表达", 88, 6, 85, "too_close_to_call"),
        _invented("Patience 耐心", 86, 5, 83, "too_close_to_call"),
        _invented("Product knowledge 业务", 79, 5, 81, "too_close_to_call"),
        _invented("Solving 解决", 74, 9, 80, "too_few"),
        _invented("Closing 收尾", 70, 5, 79, "below_centre"),
        _invented("Records 记录", None, 0, 77, "too_few"),
    ],
}
"""An invented agent's seven dimensions, the last never scored."""
