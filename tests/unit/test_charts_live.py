"""Live charts: what the browser is given says no more than the picture, runs nothing of the data and loads nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from pipelines import charts
from pipelines.charts import ChartRequest, chart_modules
from pipelines.site import live
from pipelines.site.templates import kinds
from tests.unit.chart_pictures import example

CHARTS = sorted(name for name in chart_modules() if ChartRequest(name, {}).answers)
TRANSFORMS = {"filter", "formula"}
NOT_TEXT = (
    "unit",
    "start",
    "verdict",
    "finding",
    "position",
    "better",
    "scale",
    "part",
    "tier",
    "against",
    "day",
    "date",
)
"""Keys whose values are codes or dates, which a chart looks up."""
HOSTILE = "');alert(1);datum['x"


def live_chart(chart: str) -> dict[str, Any]:
    return ChartRequest(chart, example(chart)).live()


def parts(node: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every (key, value) below a node."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield name, value
            yield from parts(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from parts(value, key)


def expressions(vega: Any) -> set[str]:
    return {
        value
        for key, value in parts(vega)
        if key in ("expr", "signal", "update", "test", "init") and isinstance(value, str)
    }


def made_hostile(node: Any, key: str = "") -> Any:
    if isinstance(node, dict):
        return {name: made_hostile(value, name) for name, value in node.items()}
    if isinstance(node, list):
        return [made_hostile(value, key) for value in node]
    return node + HOSTILE if isinstance(node, str) and key not in NOT_TEXT else node


def test_nearly_every_chart_can_be_made_live() -> None:
    assert {"xmr", "funnel", "quadrant", "dot_interval", "distribution", "bullets"} <= set(CHARTS)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_live_chart_loads_nothing_links_nowhere_and_uses_only_known_transforms(chart: str) -> None:
    vega = live_chart(chart)["vega"]
    assert not {key for key, _ in parts(vega)} & {"url", "href", "loader", "cursor"} - {"cursor"}
    used = {transform["type"] for key, found in parts(vega) if key == "transform" for transform in found}
    assert used <= TRANSFORMS
    assert not [text for text in expressions(vega) if re.search(r"https?:|javascript:|\bload\w*\(", text)]


@pytest.mark.parametrize("chart", CHARTS)
def test_data_never_become_expressions_or_names_of_fields(chart: str) -> None:
    plain, hostile = live_chart(chart), ChartRequest(chart, made_hostile(example(chart))).live()
    assert hostile["vega"] == plain["vega"]
    assert HOSTILE not in json.dumps(hostile["vega"])
    assert hostile["tables"].keys() == plain["tables"].keys()
    assert hostile["values"].keys() == plain["values"].keys()


@pytest.mark.parametrize("chart", CHARTS)
def test_a_live_chart_is_the_picture_with_answers_and_nothing_else(chart: str) -> None:
    request = ChartRequest(chart, example(chart))
    found, drawn = request.live(), request.specification()
    assert found["tables"] == drawn["datasets"]
    assert found["values"] == {each["name"]: each["value"] for each in drawn["params"]}
    marks = [mark for mark in deepcopy(found["vega"]["marks"]) if not mark.get("name", "").startswith("brush")]
    answering = [mark for mark in marks if "tooltip" in mark["encode"]["update"]] if marks else []
    assert answering
    assert all(mark["encode"]["update"]["tooltip"] == {"signal": "datum.about"} for mark in answering)


@pytest.mark.parametrize("chart", CHARTS)
def test_marks_count_the_rows_of_the_data_from_one_without_a_gap(chart: str) -> None:
    tables = ChartRequest(chart, example(chart)).specification()["datasets"]
    about = {row["about"] for table in tables.values() for row in table if row.get("about")}
    assert about == set(range(1, max(about) + 1))


def test_only_a_chart_over_time_is_brushed_and_vega_never_hears_the_pointer_for_it() -> None:
    assert [chart for chart in CHARTS if live_chart(chart)["brush"]] == ["xmr"]
    own = [signal for signal in live_chart("xmr")["vega"]["signals"] if signal["name"].startswith("brush")]
    assert own
    heard = re.findall("pointer|mouse|touch|wheel", json.dumps(own))
    assert heard == []


def test_pages_of_one_person_offer_no_live_charts_and_pages_of_many_do() -> None:
    offered = {kind.name: live.is_offered(kind.name) for kind in kinds()}
    assert not any(offered[kind.name] for kind in kinds() if kind.each == "agent")
    assert offered["team"]
    assert offered["kpi"]
    request = ChartRequest("xmr", example("xmr"))
    assert [file.path for file in live.files("agent", [request], frozenset(), "en")] == []
    assert [file.path for file in live.files("team", [request, request], frozenset(), "en")][:2] == [
        "assets/data/vega.js",
        f"assets/data/chart-{request.digest}.js",
    ]
    assert live.picture("<svg></svg>", "agent", request).live == ""
    assert live.picture("<svg></svg>", "team", request).live == f"chart-{request.digest}"


def test_the_library_is_made_offline_names_its_licences_and_hands_over_its_drawer() -> None:
    text = charts.live_library()
    assert text.startswith("/*!")
    assert "BSD-3-Clause" in text[:400]
    assert 'floorwalk.give("vega"' in text[-200:]
    assert "</script" not in text
    assert 500_000 < len(text) < 1_000_000
