"""Gap parts: the way from target to a person or team in signed steps, which part is shared and which is their own.

Belongs here: how the picture is drawn. Does not belong here: the parts (fct_gap), their texts, words. Each row runs
from the target through centre and team to where its last part ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Any, Literal, TypedDict

import altair as alt

from pipelines.charts import _lanes, _rows
from pipelines.charts._axis import Axis, roomy, text_width
from pipelines.charts._labels import cut
from pipelines.charts._rows import layer
from pipelines.charts._signed import signed_axis
from pipelines.charts._standing import Unit
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts._theme import Table, shape, splice
from pipelines.charts.palette import variable

QUESTION = "How much of the gap to the target is shared by the whole centre, by the team, and how much is one's own?"
KEY = ("part_centre", "part_team", "part_person", "target")
"""Names for `small.key_mark`: everything this picture may show."""

HEAD, LANE, FOOT, BAR = 20, 19, 9, 12
"""Pixels of a row's label line, of each part, of the space below, and how tall a part's bar is."""
WIDEST_PART = 130
_FILL = {"centre": "actual", "team": "previous", "person": "surface"}


class Part(TypedDict):
    """One signed step. `label` names it at its left ("centre"), `text` is its value as figures writes it ("−3.1")."""

    part: Literal["centre", "team", "person"]
    label: str
    value: float
    text: str


class Row(TypedDict):
    """One KPI. `text` stands at the end of its label line and says the whole gap; parts are steps in order."""

    label: str
    text: str
    parts: list[Part]


class Data(TypedDict):
    """Rows from top to bottom, as many parts in each. All in `unit` on one scale, or each on its own ("own"):
    then there is no axis, rows of different units may stand together, and only the texts tell how much it is.
    """

    unit: Unit
    scale: Literal["shared", "own"]
    rows: list[Row]


def draw(data: Data) -> dict[str, Any]:
    """The chart as a complete Vega-Lite specification."""
    rows = data["rows"]
    parts = [part for row in rows for part in row["parts"]]
    left = max((text_width(cut(part["label"], WIDEST_PART), FONT_SIZE) for part in parts), default=0) + 2 * _rows.GAP
    right = _lanes.PLOT - max((text_width(part["text"], FONT_SIZE) for part in parts), default=0) - 2 * _rows.GAP
    lanes = max((len(row["parts"]) for row in rows), default=1)
    step = HEAD + lanes * LANE + FOOT
    steps = [_steps(row, data["scale"] == "own") for row in rows]
    ends = [end for row in steps for end in row]
    horizontal = Axis(min([*ends, 0.0]), max([*ends, 0.0]), (0.0,), ("",))
    if data["scale"] == "shared":
        horizontal = roomy(lambda ticks: signed_axis(ends, data["unit"], ticks=ticks), right - left, 4)
    elif horizontal.low == horizontal.high:
        horizontal = Axis(-1.0, 1.0, (0.0,), ("",))
    placed = [
        {**line, "about": place + 1}
        for place, row in enumerate(rows)
        for line in _placed(row, place * step + HEAD, steps[place])
    ]
    tables: dict[str, Table] = {
        "rows": [{**row, "up": (HEAD - step) / 2} for row in _lanes.ONE_LINE.numbered(rows)],
        "parts": placed,
        "joints": [line for line in placed if not line["is_last"]],
        "target": [{"value": 0}],
    }
    values = _rows.values(horizontal, (round(left, 1), round(right, 1)), len(rows))
    return splice(_shape(step), tables, values | {"grid_height": len(rows) * step})


def _placed(row: Row, top: float, steps: Sequence[float]) -> Iterator[dict[str, object]]:
    """Every part with its lane, which begins `top` pixels from the top of the picture, and its two ends."""
    for number, part in enumerate(row["parts"]):
        middle = top + (number + 0.5) * LANE
        yield {
            "part": part["part"],
            "label": cut(part["label"], WIDEST_PART),
            "text": part["text"],
            "start": steps[number],
            "end": steps[number + 1],
            "middle": middle,
            "top": middle - BAR / 2,
            "bottom": middle + BAR / 2,
            "next": middle + LANE,
            "is_last": number + 1 == len(row["parts"]),
        }


def _steps(row: Row, is_own: bool) -> list[float]:
    """Where each part begins and the last one ends, from zero; on its own scale the farthest point is 1."""
    ends = list(accumulate((part["value"] for part in row["parts"]), initial=0.0))
    farthest = max(abs(end) for end in ends)
    return [end / farthest for end in ends] if is_own and farthest else ends


@cache
def _shape(step: int) -> dict[str, Any]:
    parts = layer("parts")
    fills = json.dumps({part: variable(colour) for part, colour in _FILL.items()})

    def down(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=None)

    heads = layer().mark_text(baseline="middle", yOffset=alt.ExprRef("datum.up"), fontWeight="bold", align="left")
    totals = layer().mark_text(baseline="middle", yOffset=alt.ExprRef("datum.up"), fontWeight="bold", align="right")
    return _lanes.tall(
        shape(
            [
                heads.encode(x=alt.value(0), y=_lanes.y(), text="label:N"),
                totals.encode(x=alt.value(_lanes.PLOT), y=_lanes.y(), text="text:N"),
                layer("joints")
                .mark_rule(stroke=variable("common"), strokeWidth=1)
                .encode(x=_rows.x("end"), y=down("middle"), y2=alt.Y2("next:Q")),
                parts.mark_rect(
                    fill=alt.ExprRef(f"{fills}[datum.part]"), stroke=variable("actual"), strokeWidth=1.5
                ).encode(x=_rows.x("start"), x2=_rows.x2("end"), y=down("top"), y2=alt.Y2("bottom:Q")),
                parts.mark_text(align="left", baseline="middle", fill=variable("muted")).encode(
                    x=alt.value(_rows.GAP), y=down("middle"), text="label:N"
                ),
                parts.mark_text(align="right", baseline="middle").encode(
                    x=alt.value(_lanes.PLOT), y=down("middle"), text="text:N"
                ),
                layer("target")
                .mark_rule(stroke=variable("target"), strokeDash=[12, 4])
                .encode(x=_rows.x("value"), y=alt.value(0), y2=alt.value(alt.ExprRef("grid_height"))),
            ],
            plot_width=_lanes.PLOT,
            height=None,
            padding={"left": _lanes.SIDE, "right": _lanes.SIDE, "top": 2, "bottom": 28},
            parameters=_rows.PARAMETERS,
        ),
        step,
    )


def _invented(label: str, *values: float) -> Row:
    names = ("centre", "team", "person")
    return {
        "label": label,
        "text": f"{sum(values):+.1f}".replace("-", "−"),
        "parts": [
            {"part": part, "label": name, "value": value, "text": f"{value:+.1f}".replace("-", "−")}  # type: ignore[typeddict-item]
            for part, name, value in zip(names, ("Orchard", "Team 05", "A-031"), values, strict=False)
        ],
    }


EXAMPLE: Data = {
    "unit": "points",
    "scale": "shared",
    "rows": [_invented("FCR", -5.2, -0.7, -1.4), _invented("CSAT", 1.1, 2.3, 0.9), _invented("AHT", -0.8, 1.9, -3.5)],
}
"""An invented agent's gaps in points of the score."""
