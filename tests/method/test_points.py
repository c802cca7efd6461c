"""Points of a KPI, and of a KPI that is not known exactly (METHOD.md sections 4.1 and 4.3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.method.reference import calculate, inlined, reference
from tests.model_sql import database, rows

ANCHORS = "minimum", "target", "excellent"
POINTS = "{{ kpi_points('x', 'minimum', 'target', 'excellent') }}"


def test_points_run_through_the_anchors_in_either_direction() -> None:
    known = reference("points")
    for anchors, values, expected in zip(
        known.inputs["anchors"], known.inputs["x"], known.expected["points"], strict=True
    ):
        given = [{"x": value, **dict(zip(ANCHORS, anchors, strict=True))} for value in values]
        assert known.agrees([row["points"] for row in calculate(given, points=POINTS)], expected)


def test_points_of_an_uncertain_value_come_from_three_nodes() -> None:
    known = reference("points_gh3")
    anchors = dict(zip(ANCHORS, known.inputs["anchors"], strict=True))
    cases = known.expected["rows"]
    nodes = inlined("{{ points_nodes('m', 's', 'minimum', 'target', 'excellent') }}")
    given = [{"place": place, "m": row["m"], "s": row["s"], **anchors} for place, row in enumerate(cases)]
    with database(given=given) as connection:
        at_nodes = rows(connection, f"select {nodes} from given order by place")
    found = calculate(
        at_nodes,
        mean="{{ points_mean('points_0', 'points_1', 'points_2') }}",
        sd="{{ points_sd('points_0', 'points_1', 'points_2') }}",
    )
    assert known.agrees([row["mean"] for row in found], [row["gh_mean"] for row in cases])
    assert known.agrees([row["sd"] for row in found], [row["gh_sd"] for row in cases])
    for row, case in zip(found, cases, strict=True):
        assert row["mean"] == pytest.approx(case["exact_mean"], abs=0.2)
        assert row["sd"] == pytest.approx(case["exact_sd"], abs=0.04)


def test_points_rise_with_a_better_value_and_stay_on_their_scale() -> None:
    values = [step / 100 for step in range(-50, 200)]
    rising = calculate([{"x": x, "minimum": 0.6, "target": 0.8, "excellent": 0.9} for x in values], points=POINTS)
    falling = calculate([{"x": -x, "minimum": -0.6, "target": -0.8, "excellent": -0.9} for x in values], points=POINTS)
    points = [row["points"] for row in rising]
    assert points == sorted(points)
    assert (points[0], points[-1]) == (0, 100)
    assert points == pytest.approx([row["points"] for row in falling], abs=1e-9)


def test_anchors_out_of_order_give_no_points() -> None:
    disorder = [(0.8, 0.8, 0.9), (0.6, 0.8, 0.8), (0.6, 0.9, 0.8), (None, 0.8, 0.9), (0.6, 0.8, None)]
    given: list[dict[str, Any]] = [{"x": 0.85, **dict(zip(ANCHORS, anchors, strict=True))} for anchors in disorder]
    assert {row["points"] for row in calculate(given, points=POINTS)} == {None}


def test_the_slope_is_points_per_unit_and_unknown_where_the_value_is_exact() -> None:
    given = [{"low": 70.0, "high": 90.0, "s": 0.5}, {"low": 80.0, "high": 80.0, "s": 0.0}]
    found = calculate(given, slope="{{ points_slope('low', 'high', 's') }}")
    assert found[0]["slope"] == pytest.approx(20 / 3**0.5, abs=1e-12)
    assert found[1]["slope"] is None
