"""Goals of coaching: what the models say of people whose truth is known (METHOD.md sections 8 and 9)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from tests.method.goal_tables import (
    ANYWAY,
    HELD,
    Draw,
    Floats,
    Goal,
    counts,
    on_the_way,
    put_days,
    put_goals,
    scores,
    shares,
    times,
)
from tests.model_sql import Project, database, put, rows

PEOPLE = 2000
SOLVED = Goal("resolution_rate", "prop", "higher", 0.6, 0.7, 60)
WAYS: dict[str, tuple[Goal, float, Draw]] = {
    "a share of many contacts": (SOLVED, 20.0, shares),
    "a high share of few": (Goal("resolution_rate", "prop", "higher", 0.6, 0.9, 30), 0.7, shares),
    "a rare error": (Goal("critical_error_rate", "prop", "lower", 0.2, 0.02, 60), 0.5, shares),
    "complaints": (Goal("complaint_rate", "count", "lower", 0.01, 0.002, 60), 20.0, counts),
    "a score of few forms": (Goal("qa_score", "mean", "higher", 70, 85, 60), 0.3, scores),
    "a time of few contacts": (Goal("first_response_time", "logmean", "lower", 300, 150, 60), 0.35, times),
    "a time of many": (Goal("first_response_time", "logmean", "lower", 300, 250, 60), 6.0, times),
}


def progress(goal: Goal, agent: Floats, day: Floats, measure: Floats, people: int, last: int) -> list[dict[str, Any]]:
    """`fct_coaching_progress` of observations, with data until so many days after the session."""
    with database() as connection:
        put_goals(connection, goal, people, HELD + timedelta(days=last))
        put_days(connection, goal.kpi_id, agent, day, measure)
        put(connection, "int_goal_anyway", [], ANYWAY)
        Project().build(connection, "fct_coaching_progress")
        return rows(connection, "from fct_coaching_progress order by coaching_id")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_over", [False, True], ids=["running", "over"])
def test_whoever_is_on_the_path_is_called_behind_as_seldom_as_the_rules_promise(way: str, is_over: bool) -> None:
    """Rule progress_slipping is .1 and progress_on_track .5; 2,000 people give a share to within .013 of that."""
    goal, per_day, draw = WAYS[way]
    until = goal.days if is_over else goal.days * 3 // 4
    observed = on_the_way(goal, PEOPLE, per_day, until, draw, seed=1)
    found = progress(goal, *observed, people=PEOPLE, last=until + is_over)
    said = [row["state"] for row in found]
    assert len(said) == PEOPLE and all(row["is_due"] == is_over for row in found)
    behind, good = ("not_reached", "reached") if is_over else ("slipping", "on_track")
    assert said.count(behind) <= 0.12 * PEOPLE
    assert said.count(behind) + said.count("at_risk") <= 0.53 * PEOPLE
    assert said.count(good) + said.count("cannot_tell") >= 0.47 * PEOPLE


@pytest.mark.parametrize("way", ["a share of many contacts", "a time of many"])
def test_whoever_stays_where_they_were_is_found_to_slip(way: str) -> None:
    goal, per_day, draw = WAYS[way]
    flat = Goal(goal.kpi_id, goal.family, goal.better, goal.baseline, goal.baseline, goal.days)
    observed = on_the_way(flat, 300, 3 * per_day, goal.days, draw, seed=2)
    said = [row["state"] for row in progress(goal, *observed, people=300, last=goal.days + 1)]
    assert said.count("not_reached") >= 0.9 * 300
    assert "reached" not in said


def test_contacts_that_come_late_are_held_against_the_late_path() -> None:
    """By hand: 20 contacts on day 20 and 80 on day 50 of 60, path .6 to .7, so its mean is .6 + .1 x 44 / 60."""
    agent, day = np.zeros(100), np.repeat([20.0, 50.0], [20, 80])
    measure = np.tile([1.0, 1.0, 1.0, 0.0], 25)
    (found,) = progress(SOLVED, agent, day, measure, people=1, last=50)
    path = 0.6 + 0.1 * 44 / 60
    error = (path * (1 - path) / 100) ** 0.5
    assert found["n"] == 100 and found["as_of"] == HELD + timedelta(days=50)
    assert found["path_value"] == pytest.approx(path, abs=1e-9)
    assert found["path_low"] == pytest.approx(path - 1.6448536269514722 * error, abs=1e-9)
    # (.75 - .673333 + .005) / .046899 = 1.741315 standard errors; Phi of it
    assert found["p_on_path"] == pytest.approx(0.959185818, abs=2e-9)
    assert found["state"] == "on_track"


def test_a_kpi_turned_round_says_the_same_of_everybody() -> None:
    turned = Goal("transfer_rate", "prop", "lower", 1 - SOLVED.baseline, 1 - SOLVED.target, SOLVED.days)
    agent, day, measure = on_the_way(SOLVED, 50, 8.0, 45, shares, seed=3)
    one = progress(SOLVED, agent, day, measure, people=50, last=45)
    other = progress(turned, agent, day, 1 - measure, people=50, last=45)
    assert [row["state"] for row in one] == [row["state"] for row in other]
    assert [row["p_on_path"] for row in one] == pytest.approx([row["p_on_path"] for row in other], abs=1e-8)


def after_a_bad_span(gain: float, seed: int) -> tuple[float, list[dict[str, Any]]]:
    """Mean before and `fct_coaching_progress` of the lowest tenth of 2,000 people whose true level then changes.

    Everybody took 40 contacts in each of three months, and one a day afterwards; true levels differ by .05.
    """
    generator = np.random.default_rng(seed)
    level = generator.normal(0.7, 0.05, PEOPLE).clip(0.4, 0.95)
    before = generator.binomial(40, np.repeat(level[:, None], 3, axis=1)) / 40
    lowest = np.argsort(before.mean(axis=1))[: PEOPLE // 10]
    after = level.copy()
    after[lowest] += gain
    months = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    agent = np.concatenate([np.repeat(np.arange(PEOPLE), 60), np.arange(PEOPLE)]).astype(float)
    day = np.concatenate([np.tile(np.arange(1, 61), PEOPLE), np.full(PEOPLE, -31)]).astype(float)
    measure = np.concatenate([shares(generator, np.repeat(after, 60)), shares(generator, level)])
    with database() as connection:
        put_goals(connection, SOLVED, PEOPLE, HELD + timedelta(days=61))
        connection.execute(f"delete from int_goal_agreed where agent_id not in {tuple(f'a{i}' for i in lowest)}")
        put_days(connection, SOLVED.kpi_id, agent, day, measure)
        put(connection, "int_effect_month", [
            {"kpi_id": SOLVED.kpi_id, "start_month": HELD, "span": "pre1", "month_start": month, "is_enough": True}
            for month in months
        ])  # fmt: skip
        people = np.repeat(np.arange(PEOPLE), 3)
        observed = {"agent": people, "month": np.tile([1, 2, 3], PEOPLE), "value": before.ravel()}
        assert observed  # DuckDB reads the variable by its name
        connection.execute(
            "create table int_standing as select 'resolution_rate' as kpi_id, 'month' as window_kind, "
            "make_date(2026, month, 1) as window_start, 'a' || agent as agent_id, 40e0 as w, value, "
            "value as adjusted_value, 0.7e0 * 0.3e0 / 40e0 as adjusted_variance, 400 as tenure_days from observed"
        )
        Project().build(connection, "fct_coaching_progress")
        return float(before[lowest].mean()), rows(connection, "from fct_coaching_progress")


def test_a_bad_span_alone_is_not_taken_for_the_work_of_coaching() -> None:
    """They rise by five points without anything having happened; one in twenty is said to go beyond that."""
    worlds = [after_a_bad_span(0.0, seed) for seed in range(10, 20)]
    found = [row for _, people in worlds for row in people]
    said = [row["beyond_anyway"] for row in found]
    assert len(said) == PEOPLE and "cannot_tell" not in said
    assert said.count("beyond") <= 0.06 * len(said)
    assert said.count("below") <= 0.06 * len(said)
    since = np.mean([row["value_since"] for row in found])
    assert since - np.mean([before for before, _ in worlds]) > 0.05
    assert np.mean([row["anyway_value"] for row in found]) == pytest.approx(since, abs=0.005)


def test_what_coaching_really_adds_is_found() -> None:
    _, found = after_a_bad_span(0.2, seed=4)
    said = [row["beyond_anyway"] for row in found]
    assert said.count("beyond") >= 0.6 * len(said)
    assert "below" not in said
