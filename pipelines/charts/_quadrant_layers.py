"""Layers of the quadrant chart: strips, cut lines, cells, trails, people with their intervals, names.

Belongs here: marks, their order and the picture's size. Does not belong here: rows and axes (`quadrant`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from pipelines.charts import _cells, _plane
from pipelines.charts._rows import layer
from pipelines.charts._theme import NARROW, shape, standing_marks
from pipelines.charts.palette import variable

PADDING = {"left": 40, "right": 12, "top": 48, "bottom": 70}
PLOT, HEIGHT = NARROW - PADDING["left"] - PADDING["right"], 320


@cache
def layers() -> dict[str, Any]:
    """The chart kind without data."""
    across, up = _plane.across, _plane.up_framed

    def crosses(table: str, width: float, colour: str) -> list[alt.Chart]:
        rule = layer(table).mark_rule(stroke=variable(colour), strokeWidth=width)
        return [
            rule.encode(x=across("x_low"), x2=alt.X2("x_high:Q"), y=up("y")),
            rule.encode(x=across("x"), y=up("y_low"), y2=alt.Y2("y_high:Q")),
        ]

    def edge_of(band: str) -> alt.Chart:
        rule: alt.Chart = layer(band).mark_rule(stroke=variable("limit"), strokeWidth=1, strokeDash=[1, 4])
        return rule

    cuts = layer("cuts").mark_rule(stroke=variable("target"), strokeDash=[12, 4])
    texts = alt.X("x:Q", scale=None), alt.Y("y:Q", scale=None)
    cell, cell_text = _cells.layers("bins")
    return shape(
        [
            layer("band_x")
            .mark_rect(fill=variable("band"))
            .encode(x=across("low"), x2=alt.X2("high:Q"), y=alt.value(0), y2=alt.value(HEIGHT)),
            layer("band_y")
            .mark_rect(fill=variable("band"))
            .encode(y=up("low"), y2=alt.Y2("high:Q"), x=alt.value(0), x2=alt.value(PLOT)),
            cell,
            *(edge_of("band_x").encode(x=across(end), y=alt.value(0), y2=alt.value(HEIGHT)) for end in ("low", "high")),
            *(edge_of("band_y").encode(y=up(end), x=alt.value(0), x2=alt.value(PLOT)) for end in ("low", "high")),
            cuts.encode(x=across("x"), y=alt.value(0), y2=alt.value(HEIGHT)),
            cuts.encode(y=up("y"), x=alt.value(0), x2=alt.value(PLOT)),
            cell_text,
            layer("trails")
            .mark_rule(stroke=variable("previous"), strokeWidth=1.5, strokeOpacity=0.7)
            .encode(x=across("x"), y=up("y"), x2=alt.X2("x_now:Q"), y2=alt.Y2("y_now:Q")),
            layer("trails")
            .mark_point(shape="circle", filled=True, size=14, fill=variable("previous"))
            .encode(x=across("x"), y=up("y")),
            *crosses("points", 1, "interval"),
            standing_marks("points", across("x"), up("y")),
            *crosses("highlights", 3, "interval"),
            layer("highlights")
            .mark_point(shape="circle", filled=True, size=170, fill=variable("actual"), stroke=variable("surface"))
            .encode(x=across("x"), y=up("y")),
            layer("labels")
            .mark_text(align="left", baseline="middle", fontWeight=alt.ExprRef("datum.weight"))
            .encode(x=texts[0], y=texts[1], text="text:N"),
            layer("edges")
            .mark_text(baseline="middle", align=alt.ExprRef("datum.align"), fill=alt.ExprRef("datum.ink"))
            .encode(x=texts[0], y=texts[1], text="text:N"),
        ],
        plot_width=PLOT,
        height=HEIGHT,
        padding=PADDING,
        parameters=_plane.PARAMETERS,
    )
