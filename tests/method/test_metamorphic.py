"""What must not change when the data are turned round, and what must change how (METHOD.md section 13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from tests.method.engine_tables import CELL_TYPES, WINDOW, put_agents
from tests.model_sql import Project, database, put, rows

Cell = dict[str, Any]
FAMILIES = {"time": "logmean", "share": "prop", "mark": "mean", "event": "count"}
ANCHORS = {
    "time": (1.15, 0.98, 0.83, "ratio"),
    "share": (0.6, 0.7, 0.8, "value"),
    "mark": (78.0, 85.0, 92.0, "value"),
    "event": (0.06, 0.04, 0.02, "value"),
}
DIGITS: dict[str, Any] = {"rel": 1e-9, "abs": 1e-9}


def _cells(agents: int = 30, seed: int = 7) -> list[Cell]:
    """Two kinds of work, four KPIs; better agents are better at all of them."""
    draw, found = np.random.default_rng(seed), []
    for number in range(agents):
        skill = draw.normal()
        for place, stratum in enumerate(("plain", "hard")):
            n = int(draw.integers(40, 160))
            times = np.exp(draw.normal(5 + 0.5 * place - 0.1 * skill, 0.6, n))
            marks = draw.normal(85 + 4 * skill - 3 * place, 8, n)
            solved = float(draw.binomial(n, min(0.95, max(0.05, 0.7 + 0.05 * skill - 0.1 * place))))
            events = float(draw.poisson(n * 0.04 * np.exp(-0.3 * skill)))
            sums = {
                "time": (float(times.sum()), float((times**2).sum())),
                "share": (solved, solved),
                "mark": (float(marks.sum()), float((marks**2).sum())),
                "event": (events, events),
            }
            found += [
                {
                    **WINDOW,
                    "kpi_id": kpi,
                    "agent_id": f"a{number:02d}",
                    "stratum": stratum,
                    "coarse_stratum": "",
                    "n": n,
                    "w": float(n),
                    "o": o,
                    "ss": ss,
                }
                for kpi, (o, ss) in sums.items()
            ]
    return found


def _tiers(
    cells: Iterable[Cell], better: dict[str, str] | None = None, anchors: Any = None, idle: Iterable[str] = ()
) -> dict[str, Any]:
    """int_standing, int_posterior and int_tier_evidence of a set of cells; `idle` agents are there and did nothing."""
    directions = {"time": "lower", "share": "higher", "mark": "higher", "event": "lower"} | (better or {})
    given = list(cells)
    with database() as connection:
        put(connection, "int_cell", given, CELL_TYPES)
        kpis = [{"kpi_id": k, "family": f, "better": directions[k]} for k, f in FAMILIES.items()]
        put(connection, "dim_kpi", kpis)
        put_agents(
            connection,
            sorted({("quarter", "2026-01-01", name) for name in (*idle, *(cell["agent_id"] for cell in given))}),
        )
        window = {**WINDOW, "window_end": "2026-03-31", "position": 1, "is_current": True}
        put(
            connection,
            "int_window",
            [window],
            "window_kind varchar, window_start date, window_end date, position bigint, is_current boolean",
        )
        empty = "window_kind varchar, window_start date, kpi_id varchar, design_effect double"
        put(connection, "int_design_effect", [], empty)
        guard = "window_kind varchar, window_start date, agent_id varchar, kpi_id varchar, guard_kpi_id varchar"
        guard += ", is_red boolean"
        put(connection, "int_guard", [], guard)
        weights = [
            {"role": "*", "kpi_id": k, "valid_from": "1900-01-01", "weight": 0.25, "owner": "test"} for k in FAMILIES
        ]
        put(
            connection,
            "role_weights",
            weights,
            "role varchar, kpi_id varchar, valid_from date, weight double, owner varchar",
        )
        standards = [
            {
                "kpi_id": k,
                "role": "*",
                "valid_from": "1900-01-01",
                "minimum": low,
                "target": middle,
                "excellent": high,
                "basis": basis,
                "owner": "test",
            }
            for k, (low, middle, high, basis) in (anchors or ANCHORS).items()
        ]
        types = "kpi_id varchar, role varchar, valid_from date, minimum double, target double, excellent double"
        put(connection, "kpi_standards", standards, f"{types}, basis varchar, owner varchar")
        put(
            connection,
            "int_kpi_sum",
            [],
            "kpi_id varchar, grain varchar, entity_id varchar, period_kind varchar, period_start date, o double",
        )
        put(connection, "int_window_month", [], "window_kind varchar, window_start date, month_start date")
        Project().build(connection, "int_tier_evidence")
        found = {}
        for name in ("int_standing", "int_posterior"):
            found[name] = {(row["kpi_id"], row["agent_id"]): row for row in rows(connection, f"select * from {name}")}
        found["tiers"] = {row["agent_id"]: row for row in rows(connection, "select * from int_tier_evidence")}
        return found


@pytest.fixture(scope="module")
def ordinary() -> dict[str, Any]:
    return _tiers(_cells())


def _same(one: dict[str, Any], other: dict[str, Any], columns: Iterable[str]) -> None:
    assert one.keys() == other.keys()
    for key, row in one.items():
        for column in columns:
            assert other[key][column] == pytest.approx(row[column], **DIGITS), (key, column)


def test_the_order_of_rows_changes_nothing(ordinary: dict[str, Any]) -> None:
    shuffled = _cells()
    np.random.default_rng(1).shuffle(shuffled)
    turned = _tiers(shuffled)
    _same(ordinary["int_posterior"], turned["int_posterior"], ["y", "v", "steadied_y", "steadied_variance"])
    _same(ordinary["tiers"], turned["tiers"], ["score", "score_sd", "p_low", "p_high"])


def test_an_agent_who_did_nothing_changes_nobody_and_gets_no_tier(ordinary: dict[str, Any]) -> None:
    turned = _tiers(_cells(), idle=["a99"])
    idle = turned["tiers"].pop("a99")
    assert idle["no_tier_reason"] == "low_reliability"
    _same(ordinary["int_posterior"], turned["int_posterior"], ["y", "v", "steadied_y", "steadied_variance"])
    _same(ordinary["tiers"], turned["tiers"], ["score", "score_sd", "p_low", "p_high", "reliability"])


def test_handle_times_twice_as_long_for_everybody_leave_every_difference_as_it_was(ordinary: dict[str, Any]) -> None:
    doubled = [
        {**cell, "o": 2 * cell["o"], "ss": 4 * cell["ss"]} if cell["kpi_id"] == "time" else cell for cell in _cells()
    ]
    turned = _tiers(doubled)
    _same(ordinary["int_posterior"], turned["int_posterior"], ["y", "v", "steadied_y"])
    _same(ordinary["tiers"], turned["tiers"], ["score", "p_low", "p_high"])


def test_every_contact_twice_leaves_the_difference_and_makes_it_surer(ordinary: dict[str, Any]) -> None:
    twice = [{**cell, **{name: 2 * cell[name] for name in ("n", "w", "o", "ss")}} for cell in _cells()]
    turned = _tiers(twice)["int_posterior"]
    for key, row in ordinary["int_posterior"].items():
        assert turned[key]["y"] == pytest.approx(row["y"], abs=2e-3)
        assert turned[key]["v"] == pytest.approx(row["v"] / 2, rel=0.02)
        assert turned[key]["reliability"] >= row["reliability"] or row["tau2"] == 0


def test_a_share_and_its_complement_give_the_same_points(ordinary: dict[str, Any]) -> None:
    complement = [
        {**cell, "o": cell["n"] - cell["o"], "ss": cell["n"] - cell["o"]} if cell["kpi_id"] == "share" else cell
        for cell in _cells()
    ]
    anchors = {**ANCHORS, "share": (0.4, 0.3, 0.2, "value")}
    turned = _tiers(complement, {"share": "lower"}, anchors)
    _same(ordinary["tiers"], turned["tiers"], ["score", "score_sd", "p_low", "p_high"])


@pytest.mark.parametrize(
    ("kpi", "better"),
    [("share", lambda cell: min(cell["n"], cell["o"] + 6)), ("event", lambda cell: max(0.0, cell["o"] - 3))],
)
def test_a_better_result_never_lowers_a_score(
    ordinary: dict[str, Any], kpi: str, better: Callable[[Cell], float]
) -> None:
    lifted = []
    for cell in _cells():
        if (cell["kpi_id"], cell["agent_id"]) == (kpi, "a05"):
            o = better(cell)
            cell = {**cell, "o": o, "ss": o}
        lifted.append(cell)
    assert _tiers(lifted)["tiers"]["a05"]["score"] >= ordinary["tiers"]["a05"]["score"] - 0.05


def test_chances_and_reliabilities_stay_within_their_bounds(ordinary: dict[str, Any]) -> None:
    for row in ordinary["tiers"].values():
        assert row["p_low"] + row["p_mid"] + row["p_high"] == pytest.approx(1, abs=1e-8)
        assert 0 <= row["reliability"] <= 1
    for row in ordinary["int_posterior"].values():
        assert 0 <= row["reliability"] <= 1
        low, high = sorted((row["y"], row["mu"]))
        assert low - 1e-9 <= row["steadied_y"] <= high + 1e-9


def test_an_agent_who_owns_a_kind_of_work_is_not_compared_with_themselves() -> None:
    alone = [cell for cell in _cells() if cell["stratum"] == "plain"]
    alone += [
        {**cell, "stratum": "own"} for cell in _cells() if cell["stratum"] == "hard" and cell["agent_id"] == "a03"
    ]
    found = _tiers(alone)
    share = found["int_standing"]["share", "a03"]["no_reference_share"]
    assert share == 0, "the coarse stratum, which others share, stands in"
    apart = [{**cell, "coarse_stratum": cell["stratum"]} for cell in alone]
    found = _tiers(apart)
    assert found["int_standing"]["share", "a03"]["no_reference_share"] > 0.2
    assert found["tiers"]["a03"]["no_tier_reason"] == "not_comparable"
    assert found["int_standing"]["share", "a04"]["no_reference_share"] == 0
