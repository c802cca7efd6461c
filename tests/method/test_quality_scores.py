"""Scores of quality forms: from items to a fair score, graders' leniency, coverage and the next period's forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.method.quality_tables import (
    FORM_TYPES,
    ITEM_TYPES,
    QUARTERS,
    Panel,
    draw,
    items,
    put_rows,
    quality_database,
)
from tests.model_sql import Project, put, rows

CONTRACT = [
    "evaluation_id", "contact_id", "agent_id", "grader", "kind", "form", "form_version", "scored_at", "day",
    "channel", "queue", "reason", "segment",
    "score_points", "leniency_points", "has_critical_error", "is_calibration", "is_test_call",
]  # fmt: skip
WINDOW = {
    "window_kind": "quarter",
    "window_start": date(2026, 1, 1),
    "window_end": date(2026, 3, 31),
    "is_current": True,
}


@pytest.fixture(scope="module")
def project() -> Project:
    return Project()


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with quality_database() as opened:
        yield opened


def leniency(project: Project, forms: list[dict[str, Any]]) -> dict[tuple[date, str], dict[str, Any]]:
    """int_grader_leniency by quarter and grader."""
    with quality_database() as connection:
        put_rows(connection, "int_evaluation_form", forms, FORM_TYPES)
        project.build(connection, "int_grader_leniency")
        return {(row["quarter_start"], row["grader"]): row for row in rows(connection, "from int_grader_leniency")}


def errors(
    truth: Mapping[str, float], found: Mapping[tuple[date, str], Mapping[str, Any]], quarter: date
) -> list[float]:
    return [found[quarter, grader]["leniency_points"] - points for grader, points in truth.items()]


def root_mean_square(values: list[float]) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def build_evaluations(project: Project, connection: duckdb.DuckDBPyConnection, given: list[dict[str, Any]]) -> None:
    put_rows(connection, "raw_qa_scores", given, ITEM_TYPES)
    contacts = [
        {"contact_id": f"c-{label}", "channel": "phone", "queue": "q", "reason": "bill", "segment": "s"}
        for label in "mk"
    ]
    put(connection, "stg_contacts", contacts)
    project.build(connection, "int_evaluation")


def test_items_become_scores_with_the_columns_that_the_kpis_count(
    project: Project, connection: duckdb.DuckDBPyConnection
) -> None:
    given = [
        *items("m", "g", [8, 6]),
        *items("m", "g", [0], item="identity", is_critical=True),
        *items("m", "g", [0], item="hold", is_applicable=False),
        *items("t", "g", [5], kind="test_call", contact_id=None),
        *items("k", "g", [9], kind="calibration"),
        *items("k", "h", [7], kind="calibration"),
    ]
    build_evaluations(project, connection, given)
    found = rows(connection, "from int_evaluation order by evaluation_id, grader")
    assert list(found[0]) == CONTRACT
    facts = [(row["evaluation_id"], row["score_points"], row["is_calibration"], row["is_test_call"]) for row in found]
    assert facts == [
        ("k", 90.0, True, False),
        ("k", 70.0, True, False),
        ("m", 70.0, False, False),
        ("t", 50.0, False, True),
    ]
    assert [row["has_critical_error"] for row in found] == [None, None, True, None]
    assert [row["queue"] for row in found] == ["q", "q", "q", None]
    assert {row["leniency_points"] for row in found} == {0.0}, "nobody can be judged by so few forms"


@pytest.mark.parametrize("seed", [1, 2])
def test_leniency_is_found_when_forms_go_by_lot(project: Project, seed: int) -> None:
    truth, forms = draw(Panel(), seed)
    found = leniency(project, forms)
    newest = [found[QUARTERS[1], grader]["leniency_points"] for grader in truth]
    assert np.corrcoef(newest, list(truth.values()))[0, 1] > 0.96
    assert root_mean_square(errors(truth, found, QUARTERS[1])) < 1.0
    assert {row["verdict"] for row in found.values()} == {"judged"}


def test_a_grader_with_a_team_of_their_own_is_not_taken_for_its_skill(project: Project) -> None:
    ours: list[float] = []
    naive: list[float] = []
    for seed in range(6):
        truth, forms = draw(Panel(home=0.9, quarters=3), seed)
        ours += errors(truth, leniency(project, forms), QUARTERS[2])
        monitored = [form for form in forms if not form["is_calibration"]]
        centre = np.mean([form["score_points"] for form in monitored])
        for grader, points in truth.items():
            given = [form["score_points"] for form in monitored if form["grader"] == grader]
            naive.append(float(np.mean(given) - centre - points))
    assert root_mean_square(ours) < 0.8
    assert root_mean_square(naive) > 3 * root_mean_square(ours)


def test_calibration_alone_links_graders_who_share_no_agent(project: Project) -> None:
    truth, forms = draw(Panel(home=1.0, calibrations=12), seed=4)
    found = leniency(project, forms)
    assert root_mean_square(errors(truth, found, QUARTERS[1])) < 1.2


def test_graders_who_share_nothing_cannot_be_judged_and_lose_nothing(project: Project) -> None:
    _, forms = draw(Panel(home=1.0, calibrations=0), seed=4)
    found = leniency(project, forms).values()
    assert {row["verdict"] for row in found} == {"not_comparable"}
    assert {row["leniency_points"] for row in found} == {0.0}


def test_graders_who_do_not_differ_are_hardly_corrected(project: Project) -> None:
    truth, forms = draw(Panel(spread=0.0), seed=6)
    assert root_mean_square(errors(truth, leniency(project, forms), QUARTERS[1])) < 0.3


def test_the_interval_of_leniency_holds_the_truth_about_nine_times_in_ten(project: Project) -> None:
    held: list[bool] = []
    for seed in range(12):
        truth, forms = draw(Panel(quarters=1, home=0.5), seed)
        found = leniency(project, forms)
        bounds = [(found[QUARTERS[0], grader], points) for grader, points in truth.items()]
        held += [row["leniency_low"] <= points <= row["leniency_high"] for row, points in bounds]
    assert 0.82 <= np.mean(held) <= 0.98


def test_what_is_scored_later_never_moves_a_closed_quarter(project: Project) -> None:
    truth, forms = draw(Panel(quarters=3), seed=7)
    before = leniency(project, [form for form in forms if form["quarter_start"] <= QUARTERS[1]])
    after = leniency(project, forms)
    for key, row in before.items():
        points = pytest.approx(row["leniency_points"], abs=1e-12)  # the one column that is not rounded
        assert after[key] == {**row, "leniency_points": points}
    assert len(after) == len(before) + len(truth)


def test_neither_the_order_of_rows_nor_threads_change_leniency(project: Project) -> None:
    _, forms = draw(Panel(home=0.7), seed=8)
    once = leniency(project, forms)
    shuffled = [forms[place] for place in np.random.default_rng(1).permutation(len(forms))]
    with quality_database() as connection:
        connection.execute("set threads = 4")
        put_rows(connection, "int_evaluation_form", shuffled, FORM_TYPES)
        project.build(connection, "int_grader_leniency")
        again = {(row["quarter_start"], row["grader"]): row for row in rows(connection, "from int_grader_leniency")}
    for key, row in once.items():
        assert list(again[key].values())[2:] == [pytest.approx(value, abs=2e-9) for value in list(row.values())[2:]]


def test_all_graders_stricter_by_five_points_changes_nobodys_leniency(project: Project) -> None:
    _, forms = draw(Panel(quarters=1), seed=9)
    harder = [{**form, "score_points": form["score_points"] - 5} for form in forms]
    once, again = leniency(project, forms), leniency(project, harder)
    for key, row in once.items():
        assert again[key]["leniency_points"] == pytest.approx(row["leniency_points"], abs=1e-6)


def test_a_fair_score_is_the_same_whoever_scored(project: Project) -> None:
    """Two equal agents, one scored by the most lenient grader and one by the strictest, among many others."""
    truth, forms = draw(Panel(forms=16), seed=10)
    found = leniency(project, forms)
    kind, strict = max(truth, key=lambda name: truth[name]), min(truth, key=lambda name: truth[name])
    raw_gap = truth[kind] - truth[strict]
    taken_out = found[QUARTERS[1], kind]["leniency_points"] - found[QUARTERS[1], strict]["leniency_points"]
    assert raw_gap > 4
    assert abs(raw_gap - taken_out) < 0.3 * raw_gap


def plan_for(project: Project, forms: Mapping[str, int], tiers: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """The sampling plan of agents with so many forms and such probabilities of low and high."""
    window = {key: WINDOW[key] for key in ("window_kind", "window_start")}
    with quality_database() as connection:
        put(connection, "int_window", [WINDOW])
        put(connection, "int_rule", [{**window, "tier_enter": 0.8}])
        put(connection, "int_qa_noise", [{**window, "form_variance": 80.0, "tau2": 16.0}])
        put(connection, "int_qa_window", [{**window, "agent_id": a, "forms": n, "n": n} for a, n in forms.items()])
        put(connection, "dim_agent", [{"agent_id": a, "team_id": "t", "is_current": True} for a in forms])
        judged = [{**window, "agent_id": a, "p_low": low, "p_high": high} for a, (low, high) in tiers.items()]
        put(
            connection,
            "fct_tier",
            judged,
            "window_kind varchar, window_start date, agent_id varchar, p_low double, p_high double",
        )
        project.build(connection, "fct_qa_sampling_plan")
        return {row["agent_id"]: row for row in rows(connection, "from fct_qa_sampling_plan")}


def test_the_plan_spends_last_periods_forms_and_forgets_nobody(project: Project) -> None:
    chance = np.random.default_rng(11)
    forms = {f"a{place:02d}": int(chance.integers(0, 20)) for place in range(40)}
    tiers = {agent: (float(low), 0.0) for agent, low in zip(forms, chance.random(30), strict=False)}
    plan = plan_for(project, forms, tiers)
    assert sum(row["suggested_forms"] for row in plan.values()) == sum(forms.values())
    assert min(row["suggested_forms"] for row in plan.values()) >= 1
    assert {row["reason"] for row in plan.values()} <= {"no_forms_yet", "not_judged", "near_decision", "routine"}


def test_the_undecided_get_more_forms_than_the_decided(project: Project) -> None:
    forms = dict.fromkeys(["sure", "near", "middle", "unknown"], 10)
    plan = plan_for(project, forms, {"sure": (0.0, 1.0), "near": (0.75, 0.0), "middle": (0.3, 0.1)})
    suggested = {agent: plan[agent]["suggested_forms"] for agent in forms}
    assert suggested["near"] >= suggested["middle"] > suggested["sure"] >= 1
    assert suggested["unknown"] >= suggested["near"]


def test_who_has_few_forms_gets_more_of_them(project: Project) -> None:
    plan = plan_for(project, {"new": 0, "few": 4, "many": 26}, {})
    suggested = [plan[agent]["suggested_forms"] for agent in ("new", "few", "many")]
    assert suggested == sorted(suggested, reverse=True)
    assert suggested[0] > suggested[2]
    assert plan["new"]["reason"] == "no_forms_yet"


def test_with_fewer_forms_than_agents_everybody_still_gets_one(project: Project) -> None:
    plan = plan_for(project, {"a": 1, "b": 0, "c": 0}, {})
    assert {row["suggested_forms"] for row in plan.values()} == {1}


def test_a_skill_profile_adds_up_and_needs_enough_forms(
    project: Project, connection: duckdb.DuckDBPyConnection
) -> None:
    chance = np.random.default_rng(12)
    given: list[dict[str, Any]] = []
    for place in range(60):
        agent = f"a{place % 4}"
        label = f"e{place}"
        given += items(label, "g", chance.integers(4, 11, 2).astype(float).tolist(), agent_id=agent)
        given += items(
            label, "g", [10.0 if agent == "a0" else 6.0], agent_id=agent, dimension="Service skill", item="s"
        )
    given += items("once", "g", [3.0], agent_id="rare")
    put_rows(connection, "raw_qa_scores", given, ITEM_TYPES)
    put(connection, "stg_contacts", [{"contact_id": "none", "channel": "", "queue": "", "reason": "", "segment": ""}])
    put(connection, "int_window", [WINDOW])
    put(connection, "int_rule", [{"window_kind": "quarter", "window_start": date(2026, 1, 1), "word_reliability": 0.5}])
    put(connection, "int_membership", [], "agent_id varchar, team_id varchar, from_day date, until_day date")
    project.build(connection, "fct_skill_profile", "fct_qa_item")
    profile = {(row["entity_id"], row["dimension"]): row for row in rows(connection, "from fct_skill_profile")}
    people = [profile[f"a{place}", "language"] for place in range(4)] + [profile["rare", "language"]]
    centre = profile["centre", "language"]
    total = sum(row["items"] for row in people)
    assert centre["items"] == total
    assert centre["raw_points"] == pytest.approx(sum(row["raw_points"] * row["items"] for row in people) / total)
    assert profile["rare", "language"]["verdict"] == "not_enough_evidence"
    assert not profile["rare", "language"]["is_enough"]
    assert profile["a0", "service_skill"]["interval_low"] is None, "equal forms say nothing about how sure they are"
    assert "language" in {row["dimension"] for row in rows(connection, "from fct_qa_item where level = 'dimension'")}
