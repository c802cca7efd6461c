"""The calibrated score over several KPIs (METHOD.md section 4.4) and tiers from it (sections 4.5 and 5)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.method.engine_tables import WINDOW, reference
from tests.model_sql import Project, database, put, rows


def _points(agent: str, sign: float, inputs: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    spreads = [inputs["T"][k][k] for k in range(3)]
    for k, (weight, slope, tau2, v, y) in enumerate(
        zip(inputs["w"], inputs["slope"], spreads, inputs["V"], inputs["y"], strict=True)
    ):
        reliability = tau2 / (tau2 + v)
        found.append(
            {
                **WINDOW,
                "agent_id": agent,
                "kpi_id": str(k),
                "peer": "p",
                "role": "r",
                "weight": weight,
                "slope": slope,
                "reliability": reliability,
                "tau2": tau2,
                "n": 1,
                "no_reference_share": 0.0,
                "points": sign * slope * reliability * y,
                "points_sd": 0.0,
                "points_plain": 0.0,
                "points_adjusted": 0.0,
                "points_raw": 0.0,
            }
        )
    return found


def test_shrunk_kpis_are_calibrated_with_what_they_share_between_agents() -> None:
    """Reference set composite_calibration; a mirrored colleague puts the peer mean at nothing."""
    content = reference("composite_calibration")
    inputs, expected = content["inputs"], content["expected"]
    pairs = [
        {**WINDOW, "kpi_id": str(j), "other_kpi_id": str(k), "covariance": inputs["T"][j][k]}
        for j in range(3)
        for k in range(3)
        if j != k
    ]
    with database(int_kpi_points=_points("a", 1, inputs) + _points("b", -1, inputs), int_kpi_covariance=pairs) as found:
        put(found, "int_weight", [{**WINDOW, "role": "r", "weight": 1.0}])
        Project().build(found, "int_composite")
        score = rows(found, "select * from int_composite where agent_id = 'a'")[0]
    assert score["component_score"] == pytest.approx(expected["component_shrunk"], abs=1e-9)
    assert score["calibration"] == pytest.approx(expected["beta"], abs=1e-9)
    assert score["score"] == pytest.approx(expected["calibrated"], abs=1e-9)
    assert score["score_sd"] == pytest.approx(expected["post_sd"], abs=1e-9)
    assert score["coverage"] == 1.0
