"""Case-mix adjustment and empirical Bayes against reference results (METHOD.md sections 2 and 3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.method.engine_tables import put_cells, put_standing, reference, reference_rows
from tests.model_sql import Project, database, put, rows

CLASSICAL = Project(small_pool_agents=0)
EXACT: dict[str, Any] = {"rel": 0, "abs": 1e-9}


def test_a_share_is_adjusted_and_steadied_as_the_reference_has_it() -> None:
    """Reference set prop_engine."""
    expected = reference("prop_engine")["expected"]
    cells = [
        {"agent_id": row["agent"], "stratum": row["reason"], "n": int(row["n"]), "o": float(row["o"])}
        for row in reference_rows("prop_cells.csv")
    ]
    with database() as connection:
        put_cells(connection, cells, "prop")
        CLASSICAL.build(connection, "int_posterior")
        found = rows(connection, "select *, centre_value + steadied_y as post from int_posterior order by agent_id")
    for one, wanted in zip(found, sorted(reference_rows("prop_expected.csv"), key=lambda r: r["agent"]), strict=True):
        assert one["y"] == pytest.approx(float(wanted["y"]), **EXACT)
        assert one["v"] == pytest.approx(float(wanted["v"]), **EXACT)
        assert one["reliability"] == pytest.approx(float(wanted["reliability"]), **EXACT)
        assert one["post"] == pytest.approx(float(wanted["post"]), **EXACT)
        assert one["steadied_variance"] ** 0.5 == pytest.approx(float(wanted["post_sd"]), **EXACT)
        assert one["tau2"] == pytest.approx(expected["tau2"], **EXACT)
        assert one["mu"] == pytest.approx(expected["mu"], **EXACT)
        assert one["vmu"] == pytest.approx(expected["vmu"], **EXACT)
        assert one["centre_value"] == pytest.approx(expected["gm"], **EXACT)


def test_a_handle_time_is_adjusted_on_the_log_scale_as_the_reference_has_it() -> None:
    """Reference set aht_engine."""
    expected = reference("aht_engine")["expected"]
    cells = [
        {
            "agent_id": row["agent"],
            "stratum": row["reason"],
            "n": int(row["n"]),
            "o": float(row["o"]),
            "ss": float(row["ss"]),
        }
        for row in reference_rows("aht_cells.csv")
    ]
    with database() as connection:
        put_cells(connection, cells, "logmean")
        CLASSICAL.build(connection, "int_posterior")
        found = rows(connection, "select *, exp(steadied_y) as ratio from int_posterior order by agent_id")
    for one, wanted in zip(found, sorted(reference_rows("aht_expected.csv"), key=lambda r: r["agent"]), strict=True):
        assert one["y"] == pytest.approx(float(wanted["y"]), **EXACT)
        assert one["v"] == pytest.approx(float(wanted["v"]), **EXACT)
        assert one["reliability"] == pytest.approx(float(wanted["reliability"]), **EXACT)
        assert one["ratio"] == pytest.approx(float(wanted["post_ratio"]), **EXACT)
        assert one["steadied_variance"] ** 0.5 == pytest.approx(float(wanted["post_sd_log"]), **EXACT)
        assert one["tau2"] == pytest.approx(expected["tau2"], **EXACT)
        assert one["mu"] == pytest.approx(expected["mu"], **EXACT)


def _steadied(project: Project, given: list[dict[str, Any]], family: str = "mean") -> list[dict[str, Any]]:
    with database() as connection:
        put_standing(connection, given, family)
        project.build(connection, "int_posterior")
        return rows(connection, "select * from int_posterior order by agent_id")


def test_the_spread_between_units_is_that_of_the_published_trials() -> None:
    """Reference set bcg: two-step moments agree with iterated Paule-Mandel to four digits."""
    expected = reference("bcg")["expected"]
    table = reference_rows("bcg.csv")
    found = _steadied(CLASSICAL, [{"y": float(row["y"]), "v": float(row["v"])} for row in table])
    assert found[0]["tau2"] == pytest.approx(expected["tau2_two_step_dk"], **EXACT)
    assert found[0]["tau2"] == pytest.approx(expected["tau2_paule_mandel_statsmodels"], abs=5e-4)
    assert found[0]["mu"] == pytest.approx(expected["mu_dk"], **EXACT)
    assert found[0]["vmu"] ** 0.5 == pytest.approx(expected["se_dk"], **EXACT)
    for one, wanted in zip(found, table, strict=True):
        assert one["steadied_y"] == pytest.approx(float(wanted["post_mean_dk"]), **EXACT)
        assert one["steadied_variance"] == pytest.approx(float(wanted["post_var_dk"]), **EXACT)


def test_no_spread_between_units_means_that_everyone_equals_the_mean() -> None:
    """Reference set eight_schools."""
    content = reference("eight_schools")
    inputs = content["inputs"]
    given = [{"y": float(y), "v": float(v)} for y, v in zip(inputs["y"], inputs["v"], strict=True)]
    found = _steadied(CLASSICAL, given)
    assert {one["tau2"] for one in found} == {0.0}
    assert {one["reliability"] for one in found} == {0.0}
    for one in found:
        assert one["steadied_y"] == pytest.approx(content["expected"]["pooled"], **EXACT)


def test_eighteen_batting_averages_are_shrunk_as_published() -> None:
    """Reference set efron_morris: plain empirical Bayes, and the James-Stein form that few units need."""
    expected = reference("efron_morris")["expected"]
    table = reference_rows("efron_morris.csv")
    given = [{"y": float(row["y"]), "v": float(expected["sigma2"])} for row in table]
    for one, wanted in zip(_steadied(CLASSICAL, given), expected["eb"], strict=True):
        assert one["steadied_y"] == pytest.approx(wanted, **EXACT)
    small_pool = _steadied(Project(), given)
    for one, wanted in zip(small_pool, expected["js"], strict=True):
        assert one["steadied_y"] == pytest.approx(wanted, **EXACT)
    assert small_pool[0]["steadied_y"] == pytest.approx(0.294, abs=5e-4)


def test_rare_events_are_shrunk_like_gamma_and_poisson() -> None:
    """Reference set gamma_poisson."""
    content = reference("gamma_poisson")
    inputs = content["inputs"]
    given = [{"y": (o - e) / e, "v": 1 / e} for o, e in zip(inputs["O"], inputs["E"], strict=True)]
    found = _steadied(CLASSICAL, given, "count")
    assert found[0]["tau2"] == pytest.approx(content["expected"]["tau2"], **EXACT)
    for one, wanted in zip(found, content["expected"]["linear_eb"], strict=True):
        assert 1 + one["steadied_y"] == pytest.approx(wanted, **EXACT)


def test_days_as_clusters_give_the_published_design_effect() -> None:
    """Reference set cluster_se: variance between days over variance of independent calls."""
    expected = reference("cluster_se")["expected"]
    days: dict[str, list[float]] = {}
    for row in reference_rows("cluster_calls.csv"):
        days.setdefault(row["day"], []).append(float(row["handle_s"]))
    calls = sum(map(len, days.values()))
    per_day = [(len(found), sum(found)) for found in days.values()]
    with database() as connection:
        put(connection, "int_window_month", [{"window_kind": "q", "window_start": "q", "month_start": "m"}])
        spread: dict[str, Any] = {
            "kpi_id": "k",
            "agent_id": "a",
            "month_start": "m",
            "days": len(per_day),
            "t": sum(t for _, t in per_day),
            "w": float(calls),
            "tt": sum(t * t for _, t in per_day),
            "tw": sum(n * t for n, t in per_day),
            "ww": float(sum(n * n for n, _ in per_day)),
        }
        put(connection, "int_day_spread", [spread])
        model_variance = expected["se_iid"] ** 2 * calls * calls
        expectation = {"window_kind": "q", "window_start": "q", "kpi_id": "k", "agent_id": "a", "w": float(calls)}
        put(connection, "int_expected", [{**expectation, "expected_variance": model_variance}])
        Project().build(connection, "int_design_effect")
        (found,) = rows(connection, "select * from int_design_effect")
    assert spread["t"] / calls == pytest.approx(expected["aht"], abs=1e-6)
    assert found["design_effect"] == pytest.approx(expected["deff"], abs=1e-6)
