"""A large chart as the browser draws it: the same chart again, whose marks answer when they are pointed at.

Belongs here: what pointing and brushing need, the library that draws. Does not belong here: pictures (`_render`), which
pages offer it, and words: a mark only tells which row of the chart's Data it speaks of (`about`, counted from 1); the
page's own table has the words. Data never becomes an expression or the name of a field: a chart is compiled without
any, and its rows are put in afterwards.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import vl_convert

from pipelines.charts._render import VEGALITE
from pipelines.charts.palette import variable

BRUSH = "brush"
TOLD = ("rect", "symbol", "text", "rule")
"""Marks that answer; a line is one mark for many rows."""
LICENCE = (
    "/*! Vega, Vega-Lite, Vega-Embed, Vega-Interpreter: copyright University of Washington Interactive Data Lab and "
    "contributors, BSD-3-Clause. D3 and TopoJSON: copyright Mike Bostock, ISC. Bundled by vl-convert. */\n"
)


def chart(specification: Mapping[str, Any], brush: tuple[str, str] | None) -> dict[str, Any]:
    """The chart for the browser: `vega` without data, `tables` by name, `values` of parameters, `brush`.

    `brush` is the (table, field) along which the reader may choose an interval.
    """
    bare = {key: value for key, value in specification.items() if key not in ("datasets", "params")}
    values = {parameter["name"]: parameter["value"] for parameter in specification["params"]}
    return {
        "vega": _compiled(json.dumps(bare, sort_keys=True), tuple(sorted(values)), brush),
        "tables": specification["datasets"],
        "values": values,
        "brush": brush,
    }


@lru_cache(maxsize=64)
def _compiled(bare: str, names: tuple[str, ...], brush: tuple[str, str] | None) -> dict[str, Any]:
    """Vega of a chart kind, compiled once per process."""
    lite = {**json.loads(bare), "params": [{"name": name, "value": 0} for name in names]}
    if brush:
        _add_brush(lite, brush[0])
    vega: dict[str, Any] = copy.deepcopy(vl_convert.vegalite_to_vega(lite, vl_version=VEGALITE))
    _add_answers(vega["marks"])
    return vega


def _add_brush(lite: dict[str, Any], table: str) -> None:
    """An interval along x on the layer of points of that table. Only the script sets it: Vega itself would take the
    pointer's place for that of an unscaled chart, so it listens to events that never come.
    """
    layer = next(
        layer for layer in lite["layer"] if layer["data"]["name"] == table and layer["mark"]["type"] == "point"
    )
    look = {"fill": variable("interval-fill"), "fillOpacity": 0.35, "stroke": variable("interval")}
    select = {
        "type": "interval",
        "encodings": ["x"],
        "on": "[fwdown, window:fwup] > window:fwmove",
        "translate": False,
        "zoom": False,
        "clear": False,
        "mark": look,
    }
    layer["params"] = [{"name": BRUSH, "select": select}]


def _add_answers(marks: list[dict[str, Any]]) -> None:
    for mark in marks:
        _add_answers(mark.get("marks", []))
        if mark["type"] in TOLD and BRUSH not in mark.get("name", ""):
            mark["encode"]["update"]["tooltip"] = {"signal": "datum.about"}


@cache
def library() -> str:
    """The library that draws live charts, as one script that gives `vegaEmbed` under the name "vega"."""
    return LICENCE + vl_convert.javascript_bundle('floorwalk.give("vega", vegaEmbed);', VEGALITE)
