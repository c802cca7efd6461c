"""The look every Altair chart shares, and the way rows are put into a chart that was built and validated once.

Belongs here: fonts, sizes, axis look, colours by name, the mark scales, `shape` and `splice`. Does not belong here:
colour values (palette.yml) and anything of one chart. Nothing is registered with Altair globally.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from pipelines.charts._standing import MARKS
from pipelines.charts._svg import FONT_SIZE
from pipelines.charts.palette import variable

ROW = 34
"""Pixels per row: two lines of a label stand closer to each other than to those of the next row."""
NARROW, MIDDLE, WIDE = 384, 480, 600
"""Widths a chart may have: a narrow one fits a phone as it is, two wide ones a laptop. charts.css says how far each may
shrink and grow (.fw-w384 …)."""
FONT = "sans-serif"
"""Only measured with, never shown: the tidied SVG names no font and charts.css does. One generic name measures in a
third of the time a stack takes; positions do not depend on it because every size is fixed here."""

Table = Sequence[Mapping[str, object]]
Shape = Mapping[str, Any]


def theme() -> dict[str, Any]:
    """Vega-Lite `config` of every chart: no frame, quiet axes, upright labels, no built-in English descriptions."""
    return {
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelAngle": 0,
            "labelFontSize": FONT_SIZE,
            "labelColor": variable("muted"),
            "labelPadding": 6,
            "labelLimit": 0,
            "domainColor": variable("axis"),
            "tickColor": variable("axis"),
            "gridColor": variable("grid"),
            "title": None,
        },
        "axisY": {"domain": False, "ticks": False},
        "axisX": {"grid": False, "labelFlush": False},
        "text": {"fontSize": FONT_SIZE, "fill": variable("ink")},
        "point": {"opacity": 1, "strokeWidth": 1.5},
        "rule": {"strokeWidth": 1.5},
        "line": {"strokeWidth": 1.5},
    }


def shape(
    layers: Sequence[alt.Chart],
    *,
    plot_width: int,
    height: int | None,
    padding: Mapping[str, int],
    parameters: Sequence[str],
) -> dict[str, Any]:
    """One chart kind as a validated Vega-Lite specification without data; call once and keep it.

    `height` None means `ROW` pixels per row. `parameters` are the values `splice` fills in. Raises ValueError when plot
    and side padding do not make one of the three widths.
    """
    if (whole := plot_width + padding["left"] + padding["right"]) not in (NARROW, MIDDLE, WIDE):
        raise ValueError(f"a chart cannot be {whole} pixels wide")
    named = [alt.param(name=name, value=0) for name in parameters]
    sized = (
        alt.layer(*layers)
        .properties(width=plot_width, height=alt.Step(ROW) if height is None else height)
        .add_params(*named)
    )
    specification: dict[str, Any] = sized.to_dict(validate=True)
    specification |= {
        "config": theme(),
        "background": "transparent",
        "autosize": {"type": "none"},
        "padding": dict(padding),
    }
    return specification


def splice(shape: Shape, tables: Mapping[str, Table], values: Mapping[str, object]) -> dict[str, Any]:
    """The chart with its rows and parameter values: a complete Vega-Lite specification.

    Raises ValueError when a parameter is left over or missing.
    """
    names = {parameter["name"] for parameter in shape["params"]}
    if names != set(values):
        raise ValueError(f"parameters {sorted(names ^ set(values))} are in the chart or in the values, not in both")
    parameters = [{**parameter, "value": values[parameter["name"]]} for parameter in shape["params"]]
    return {**shape, "params": parameters, "datasets": dict(tables)}


def standing_marks(table: str, x: alt.X, y: alt.Y, field: str = "standing") -> alt.Chart:
    """Points shaped, coloured and sized by standing (see `_standing.MARKS`); too few data is a hollow ring."""
    domain = list(MARKS)

    def scaled(values: Sequence[str]) -> alt.Scale:
        return alt.Scale(domain=domain, range=list(values))

    marks = MARKS.values()
    colours = [variable(mark.colour) for mark in marks]
    areas = json.dumps({standing: mark.area for standing, mark in MARKS.items()})
    points: alt.Chart = (
        alt.Chart(alt.NamedData(name=table))
        .mark_point(filled=True, size=alt.ExprRef(f"{areas}[datum.{field}]"))
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(f"{field}:N", legend=None, scale=scaled([mark.shape for mark in marks])),
            fill=alt.Fill(
                f"{field}:N",
                legend=None,
                scale=scaled([c if m.filled else variable("surface") for c, m in zip(colours, marks, strict=True)]),
            ),
            stroke=alt.Stroke(
                f"{field}:N",
                legend=None,
                scale=scaled([variable("surface") if m.filled else c for c, m in zip(colours, marks, strict=True)]),
            ),
        )
    )
    return points


def value_axis(names: tuple[str, str, str], **look: Any) -> dict[str, Any]:
    """`scale` and `axis` of a linear channel whose domain, ticks and tick texts are the named parameters."""
    domain, places, texts = names
    return {
        "scale": alt.Scale(domain=alt.ExprRef(domain), zero=False, nice=False),
        "axis": alt.Axis(
            values=alt.ExprRef(places), labelExpr=f"{texts}[indexof({places}, datum.value)]", labelOverlap=False, **look
        ),
    }
