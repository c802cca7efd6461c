"""Effects of coaching and training against reference results, by the models of the site (METHOD.md section 9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.method.effect_inputs import KPI, RULES, START, World, drawn, put_members, put_surroundings
from tests.method.engine_tables import reference, reference_rows
from tests.model_sql import Project, database, put, rows

EXACT: dict[str, Any] = {"rel": 0, "abs": 1e-8}
ROUNDED: dict[str, Any] = {"rel": 0, "abs": 1e-9}


def world_of(file: str, **columns: str) -> World:
    """A reference result's own rows; a column given as "" is 0 for everybody."""
    found = reference_rows(file)
    values = {
        name: np.array([float(row[column]) if column else 0.0 for row in found]) for name, column in columns.items()
    }
    return World(np.array([row["treated"] == "1" for row in found]), **values)


def effects(**worlds: World) -> dict[str, dict[str, Any]]:
    """Rows of `fct_programme_effect` by programme."""
    with database() as connection:
        put_members(connection, worlds)
        put_surroundings(connection, list(worlds))
        Project().build(connection, "fct_programme_effect")
        return {row["programme_id"]: row for row in rows(connection, "from fct_programme_effect")}


def test_two_baselines_give_the_reference_range_and_no_measurable_gain() -> None:
    """Reference set coaching2: before and after +7.1, honest range +2.0 to +2.6."""
    expected = reference("coaching2")["expected"]
    (found,) = effects(p=world_of("coaching2.csv", pre0="pre0", pre1="pre1", post="post")).values()
    assert found["before_after_gain"] == pytest.approx(expected["naive"], **EXACT)
    assert found["selection_did_gain"] == pytest.approx(expected["did_selection_quarter"], **EXACT)
    assert found["skip_did_gain"] == pytest.approx(expected["skip_did"], **EXACT)
    assert found["skip_did_error"] == pytest.approx(expected["skip_did_se"], **EXACT)
    assert found["ancova_gain"] == pytest.approx(expected["ancova2"], **EXACT)
    assert found["ancova_error"] == pytest.approx(expected["ancova2_se"], **EXACT)
    assert found["mean_z"] == pytest.approx(expected["z_mean"], **EXACT)
    assert (found["gain_low"], found["gain_high"]) == (found["skip_did_gain"], found["ancova_gain"])
    assert found["is_measurable_gain"] == bool(expected["measurable"])
    assert found["before_after_claims"] and found["selection_did_claims"]


def test_one_baseline_alone_gives_the_reference_covariance_adjustment() -> None:
    """Reference set coaching: with an earlier baseline that is equal for everybody, the other one explains alone."""
    expected = reference("coaching")["expected"]
    world = world_of("coaching.csv", pre0="", pre1="baseline", post="post")
    with database() as connection:
        put_members(connection, {"p": world})
        Project().build(connection, "int_effect_difference", "int_effect_adjusted")
        (adjusted,) = rows(connection, "from int_effect_adjusted")
        (difference,) = rows(connection, "from int_effect_difference where change_kind = 'selection'")
    assert difference["before_after"] == pytest.approx(expected["before_after"], **EXACT)
    assert difference["did"] == pytest.approx(expected["did"], **EXACT)
    assert difference["did_error"] == pytest.approx(expected["did_se"], **EXACT)
    assert adjusted["ancova"] == pytest.approx(expected["ancova"], **EXACT)
    assert adjusted["ancova_error"] == pytest.approx(expected["ancova_se"], **EXACT)
    assert adjusted["slope_b"] == pytest.approx(expected["slope"], **EXACT)
    assert adjusted["residual_variance"] == pytest.approx(expected["s2"], **EXACT)


def test_the_published_difference_in_differences_of_card_and_krueger_is_reproduced() -> None:
    """Reference set did_card_krueger: two stores a side whose means and standard errors are the published ones."""
    given, expected = (reference("did_card_krueger")[part] for part in ("inputs", "expected"))
    before = np.array([given["treated_pre"]] * 2 + [given["control_pre"]] * 2)
    spread = np.array([given["se_treated_change"]] * 2 + [given["se_control_change"]] * 2) * [1, -1, 1, -1]
    after = np.array([given["treated_post"]] * 2 + [given["control_post"]] * 2) + spread
    with database() as connection:
        put_members(connection, {"p": World(np.array([True, True, False, False]), before, before, after)})
        Project().build(connection, "int_effect_difference")
        (found,) = rows(connection, "from int_effect_difference where change_kind = 'skip'")
    assert found["did"] == pytest.approx(expected["did"], **ROUNDED)
    assert found["did_error"] == pytest.approx(expected["se"], **ROUNDED)
    assert (found["did"], found["did_error"]) == pytest.approx(tuple(expected["published"]), abs=0.011)


@pytest.mark.parametrize("row", range(4))
def test_the_smallest_detectable_gain_is_the_reference(row: int) -> None:
    """Reference set mde, one-sided."""
    wanted = reference("mde")["expected"]["rows"][row]
    key = {"programme_kind": "coaching", "programme_id": "p", "kpi_id": KPI}
    adjusted = {
        "ancova": 1.0, "ancova_error": 1.0, "outcome_sd": wanted["sd"], "outcome_correlation": float(wanted["rho"]),
        "inverse_n": 1 / wanted["n_t"] + 1 / wanted["n_c"], "baseline_correlation": 0.4, "selection_gap": 0.0,
        "usual_value": 80.0,
    }  # fmt: skip
    difference = {"before_after": 1.0, "before_after_error": 1.0, "did": 1.0, "did_error": 1.0, "overlap_factor": 1.0}
    people = {"n_treated": wanted["n_t"], "n_control": wanted["n_c"]}
    with database() as connection:
        put_surroundings(connection, ["p"])
        put(connection, "int_effect_adjusted", [{**key, **adjusted}])
        put(connection, "int_effect_difference", [{**key, "change_kind": "skip", **difference, **people}])
        Project().build(connection, "fct_programme_effect")
        (found,) = rows(connection, "from fct_programme_effect")
    assert found["minimum_detectable_gain"] == pytest.approx(wanted["mde_one_sided"], **ROUNDED)
    assert found["is_assessable"] == (wanted["n_t"] >= 8 and wanted["mde_one_sided"] <= 3)


def test_the_expected_regression_of_a_gap_is_the_reference_for_those_below_a_cut_off() -> None:
    """Reference set barnett_rtm: the mean gap of those below a cut-off is sd x phi(z) / (1 - Phi(z))."""
    barnett = reference("barnett_rtm")
    project = Project()
    gap = project.sql("sigma * {{ norm_pdf('z') }} / ({{ norm_cdf('-z') }})")
    gain = project.sql("{{ regression_of_gap('gap', 'rho') }}")
    given = [
        {"sigma": float(row["sigma"]), "rho": float(row["rho"]), "z": (row["mu"] - row["cut"]) / row["sigma"]}
        for row in barnett["inputs"]["rows"]
    ]
    with database(selected=given) as connection:
        found = rows(connection, f"select {gain} as gain from (select *, {gap} as gap from selected)")
    assert [row["gain"] for row in found] == pytest.approx(barnett["expected"]["rtm"], **ROUNDED)


def test_one_persons_change_is_the_reference() -> None:
    """Reference set change_rtm, each row a person with colleagues of their own."""
    change = reference("change_rtm")
    goals, spans, pools = [], [], []
    for number, row in enumerate(change["inputs"]["rows"]):
        month = START.replace(month=1 + number)
        key = {"kpi_id": KPI, "start_month": month}
        goals.append({"coaching_id": str(number), "agent_id": "A", "outcome_kpi_id": KPI, "month_start": month})
        spans.append(
            {**key, "agent_id": "A", "good": 1.0, "pre1": row["y1"], "pre1_variance": row["v1"], "post": row["y2"]}
            | {"post_variance": row["v2"], "post_months": 3}
        )
        pools.append({**key, "people": 40, "tau2": row["tau2"], "mean_before": row["mu1"], "mean_after": row["mu2"]})
    rule = [{"rule_id": name, "value": RULES[name]} for name in ("effect_sure_z", "effect_min_treated")]
    with database(
        int_coaching_goal=goals, int_effect_span=spans, int_agent_change_pool=pools, int_rule_now=rule
    ) as connection:
        Project().build(connection, "fct_agent_change")
        found = rows(connection, "from fct_agent_change order by coaching_month")
    for one, wanted in zip(found, change["expected"]["rows"], strict=True):
        assert one["expected_value"] == pytest.approx(wanted["expected2"], **ROUNDED)
        assert one["z"] == pytest.approx(wanted["z_rtm"], **ROUNDED)
        assert one["probability_improved"] == pytest.approx(wanted["p_improved"], **ROUNDED)
    assert [one["finding"] for one in found] == ["as_expected", "as_expected", "above_expectation"]


def test_the_variance_between_people_is_the_reference_two_step_estimate() -> None:
    """Reference set bcg, its trials as people; each ends 0.25 above what was to be expected of them."""
    expected = reference("bcg")["expected"]
    tau2, mean = expected["tau2_two_step_dk"], expected["mu_dk"]
    spans = []
    for row in reference_rows("bcg.csv"):
        y, v = float(row["y"]), float(row["v"])
        lasting = mean + tau2 / (tau2 + v) * (y - mean)
        spans.append(
            {"kpi_id": KPI, "start_month": START, "agent_id": row["trial"], "pre1": y, "post": lasting + 0.25}
            | {"pre1_variance": v, "post_variance": v}
        )
    coached = {"coaching_id": "c", "agent_id": "somebody new", "outcome_kpi_id": KPI, "month_start": START}
    with database(int_effect_span=spans, int_coaching_goal=[coached]) as connection:
        Project().build(connection, "int_agent_change_pool")
        (found,) = rows(connection, "from int_agent_change_pool")
    assert found["people"] == len(spans)
    assert found["tau2"] == pytest.approx(tau2, **ROUNDED)
    assert found["mean_before"] == pytest.approx(mean, **ROUNDED)
    assert found["mean_after"] == pytest.approx(mean + 0.25, **ROUNDED)


def test_of_the_lowest_tenth_without_any_true_change_few_are_told_from_what_was_expected() -> None:
    """Those coached belong to the pool before; without them one in seven would seem to fall behind."""
    draw, people, found = np.random.default_rng(11), 200, []
    for _ in range(12):
        level, sd = draw.normal(0.7, 0.05, people), 0.05
        pre1, post = level + draw.normal(0, sd, people), level + 0.02 + draw.normal(0, sd, people)
        variances = {"pre1_variance": sd**2, "post_variance": sd**2}
        spans = [
            {"kpi_id": KPI, "start_month": START, "agent_id": str(i), "good": 1.0, "pre1": float(pre1[i])}
            | variances
            | {"post": float(post[i]), "post_months": 3}
            for i in range(people)
        ]
        goals = [
            {"coaching_id": str(i), "agent_id": str(i), "outcome_kpi_id": KPI, "month_start": START}
            for i in np.argsort(pre1)[: people // 10]
        ]
        rule = [{"rule_id": name, "value": RULES[name]} for name in ("effect_sure_z", "effect_min_treated")]
        with database(int_coaching_goal=goals, int_effect_span=spans, int_rule_now=rule) as connection:
            Project().build(connection, "fct_agent_change")
            found += [row["finding"] for row in rows(connection, "from fct_agent_change")]
    assert len(found) == 240
    assert found.count("above_expectation") <= 0.09 * len(found)
    assert found.count("below_expectation") <= 0.09 * len(found)


ESTIMATES = ("skip_did_gain", "ancova_gain", "skip_did_error", "ancova_error", "mean_z", "p_value")


def test_the_order_of_people_changes_nothing() -> None:
    world = drawn(np.random.default_rng(5), "last_low", gain=2.0)
    order = np.random.default_rng(6).permutation(len(world.treated))
    shuffled = World(world.treated[order], world.pre0[order], world.pre1[order], world.post[order])
    one, other = effects(p=world)["p"], effects(p=shuffled)["p"]
    for column, value in one.items():
        assert other[column] == pytest.approx(value, abs=1e-9) if isinstance(value, float) else other[column] == value


def test_a_constant_for_everybody_changes_no_effect() -> None:
    world = drawn(np.random.default_rng(5), "last_low", gain=2.0)
    raised = replace(world, pre0=world.pre0 + 11, pre1=world.pre1 + 7, post=world.post - 300)
    found = effects(world=world, raised=raised)
    for column in (*ESTIMATES, "selection_did_gain", "minimum_detectable_gain", "expected_regression_gain", "verdict"):
        value = found["world"][column]
        assert found["raised"][column] == (pytest.approx(value, abs=1e-8) if isinstance(value, float) else value)


def test_swapping_the_two_groups_turns_every_sign() -> None:
    world = drawn(np.random.default_rng(5), "by_lot", gain=2.0)
    found = effects(world=world, swapped=replace(world, treated=~world.treated))
    for column in ("skip_did_gain", "ancova_gain", "selection_did_gain", "mean_z"):
        assert found["swapped"][column] == pytest.approx(-found["world"][column], abs=1e-8)
    for column in ("skip_did_error", "ancova_error", "minimum_detectable_gain"):
        assert found["swapped"][column] == pytest.approx(found["world"][column], abs=1e-8)


def test_a_second_start_month_of_other_people_is_averaged_by_precision() -> None:
    """Two equal months of different people: the same gain, and an error smaller by the square root of two."""
    world = drawn(np.random.default_rng(5), "last_low", gain=2.0)
    with database() as connection:
        put_members(connection, {"p": world, "q": world}, {"q": START.replace(month=1)})
        connection.execute("update int_effect_member set agent_id = 'B' || agent_id where programme_id = 'q'")
        connection.execute(
            "insert into int_effect_member select * replace ('both' as programme_id) from int_effect_member"
        )
        Project().build(connection, "int_effect_difference", "int_effect_adjusted")
        skip = {r["programme_id"]: r for r in rows(connection, "from int_effect_difference where change_kind = 'skip'")}
        adjusted = {r["programme_id"]: r for r in rows(connection, "from int_effect_adjusted")}
    assert skip["both"]["did"] == pytest.approx(skip["p"]["did"], abs=1e-9)
    assert skip["both"]["overlap_factor"] == pytest.approx(1.0, abs=1e-9)
    assert skip["both"]["did_error"] == pytest.approx(skip["p"]["did_error"] / 2**0.5, abs=1e-9)
    assert adjusted["both"]["ancova"] == pytest.approx(adjusted["p"]["ancova"], abs=1e-9)
    assert adjusted["both"]["ancova_error"] == pytest.approx(adjusted["p"]["ancova_error"] / 2**0.5, rel=0.01)


def test_the_same_people_counted_in_two_start_months_do_not_make_it_surer() -> None:
    world = drawn(np.random.default_rng(5), "last_low", gain=2.0)
    with database() as connection:
        put_members(connection, {"p": world, "q": world}, {"q": START.replace(month=1)})
        connection.execute(
            "insert into int_effect_member select * replace ('both' as programme_id) from int_effect_member"
        )
        Project().build(connection, "int_effect_difference")
        skip = {r["programme_id"]: r for r in rows(connection, "from int_effect_difference where change_kind = 'skip'")}
    assert skip["both"]["overlap_factor"] == pytest.approx(2.0, abs=1e-9)
    assert skip["both"]["did_error"] == pytest.approx(skip["p"]["did_error"], abs=1e-9)
    assert (skip["both"]["n_treated"], skip["both"]["n_control"]) == (50, 150)
