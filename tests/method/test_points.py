"""Points of a KPI, and of a KPI that is not known exactly (METHOD.md sections 4.1 and 4.3)."""

from __future__ import annotations

import pytest

from tests.method.reference import calculate, reference

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
    nodes = calculate(
        [{"m": row["m"], "s": row["s"], **anchors} for row in cases],
        **{
            f"points_{node}": "{{ kpi_points('" + at + "', 'minimum', 'target', 'excellent') }}"
            for node, at in enumerate(("m", "(m - 1.7320508075688772e0 * s)", "(m + 1.7320508075688772e0 * s)"))
        },
    )
    found = calculate(
        nodes,
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


@pytest.mark.parametrize("anchors", [(0.8, 0.8, 0.9), (0.6, 0.8, 0.8), (0.6, 0.9, 0.8), (None, 0.8, 0.9), (0.6, 0.8, None)])
def test_anchors_out_of_order_give_no_points(anchors: tuple[float | None, float, float | None]) -> None:
    (row,) = calculate([{"x": 0.85, **dict(zip(ANCHORS, anchors, strict=True))}], points=POINTS)
    assert row["points"] is None


def test_the_slope_is_points_per_unit_and_unknown_where_the_value_is_exact() -> None:
    given = [{"low": 70.0, "high": 90.0, "s": 0.5}, {"low": 80.0, "high": 80.0, "s": 0.0}]
    found = calculate(given, slope="{{ points_slope('low', 'high', 's') }}")
    assert found[0]["slope"] == pytest.approx(20 / 3**0.5, abs=1e-12)
    assert found[1]["slope"] is None
