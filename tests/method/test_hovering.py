"""Days that stop just above a minimum: the reference result, false alarms and power, and who is judged at all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.method.systemic_inputs import START, oracle, put_columns, put_standards, put_window
from tests.model_sql import Project, database, put, rows

MINIMUM = 0.85


def hovering(distance: np.ndarray[Any, Any], agents: int, **changed: Any) -> list[dict[str, Any]]:
    """fct_hovering for distances in rows of replicates; each row's columns go round the agents in turn."""
    replicates, days = distance.shape
    columns = {
        "kpi_id": np.char.add("r", np.repeat(np.arange(replicates), days).astype(str)),
        "window_kind": "quarter", "window_start": START, "day": START, "minimum": MINIMUM, "team_id": "t",
        "agent_id": np.char.add("a", np.tile(np.arange(days) % agents, replicates).astype(str)),
        "distance": distance.ravel(),
        "grid_step": np.full(distance.size, changed.get("grid_step", np.nan)),
    }  # fmt: skip
    rules = {name: value for name, value in changed.items() if name.startswith("hovering")}
    with database() as connection:
        put_window(connection, **rules)
        put_columns(connection, "int_hovering_day", columns)
        connection.execute("update int_hovering_day set grid_step = null where isnan(grid_step)")
        Project().build(connection, "fct_hovering", "fct_hovering_bin")
        query = "select * from fct_hovering where grain = 'centre' order by kpi_id"
        return rows(connection, changed.get("query", query))


def simulated(moved: float, seed: int, replicates: int, agents: int = 40, days: int = 60) -> np.ndarray[Any, Any]:
    """Adherence as a normal around .90 with agents of their own level; a share of the days just below is moved up."""
    random = np.random.default_rng(seed)
    own = np.tile(random.normal(0, 0.02, (replicates, agents)), days)
    distance = 0.90 - MINIMUM + own + random.normal(0, 0.035, (replicates, agents * days))
    below = (distance < 0) & (distance >= -0.02) & (random.random(distance.shape) < moved)
    return np.where(below, -distance * 0.5, distance)


def test_the_exact_tail_equals_the_reference_result() -> None:
    reference = oracle("bunching")
    given, expected = reference["inputs"], reference["expected"]
    for chance, tail in (("p0_flat", "p_flat"), ("p0_smooth", "p_smooth")):
        sql = Project().sql("select {{ binomial_upper_tail('o', 'n', 'p') }} as tail from given")
        with database(given=[{"o": given["above"], "n": given["total"], "p": given[chance]}]) as connection:
            (found,) = rows(connection, sql)
        assert found["tail"] == pytest.approx(expected[tail], abs=reference["tolerance"], rel=1e-6)


def test_the_distance_of_the_count_from_chance_equals_the_reference_result() -> None:
    known = oracle("bunching")
    given = known["inputs"]
    row = {"family": "prop", "o": given["above"], "n": given["total"], "p": given["p0_smooth"], "all_n": 10**12}
    sql = Project().sql(
        "select (o - n * p) / sqrt({{ sampling_variance('n', '0e0', 'p', 'all_n', '0e0') }}) as z from given"
    )
    with database(given=[row]) as connection:
        (found,) = rows(connection, sql)
    assert found["z"] == pytest.approx(known["expected"]["z_smooth"], abs=known["tolerance"])


@pytest.mark.parametrize(("o", "n", "tail"), [(0, 10, 1.0), (10, 10, 0.5**10), (1, 10, 1 - 0.5**10)])
def test_the_exact_tail_covers_none_and_all(o: int, n: int, tail: float) -> None:
    sql = Project().sql("select {{ binomial_upper_tail('o', 'n', 'p') }} as tail from given")
    with database(given=[{"o": o, "n": n, "p": 0.5}]) as connection:
        (found,) = rows(connection, sql)
    assert found["tail"] == pytest.approx(tail, rel=1e-12)


def test_the_expected_share_equals_the_reference_result() -> None:
    """Middle 11, robust spread 1.56, minimum 10, reach .5."""
    (expected,) = oracle("bunching")["expected"]["p0_from_normal"]
    deviation = 1.56 / 1.4826
    distance = np.tile([1 - deviation, 1.0, 1 + deviation], 10)[None, :]
    (found,) = hovering(distance, agents=1, hovering_reach_sd=0.5 / 1.56)
    assert found["reach"] == pytest.approx(0.5)
    assert found["expected_share"] == pytest.approx(expected, abs=oracle("bunching")["tolerance"])


def test_a_smooth_spread_raises_few_alarms_where_an_even_split_would_raise_many() -> None:
    found = hovering(simulated(0.0, seed=1, replicates=150), agents=40)
    alarms = np.mean([row["verdict"] == "hovering" for row in found])
    assert alarms <= 0.11  # 5.7 %, three standard errors of 150 above
    naive = [(row["days_above"] - 0.5 * row["days_near"]) / np.sqrt(0.25 * row["days_near"]) > 1.645 for row in found]
    assert np.mean(naive) >= 0.4


@pytest.mark.parametrize("planned", [480, 450])
def test_whole_minutes_raise_no_alarm(planned: int) -> None:
    """85 % of 480 minutes is a whole minute and the line has one place more above it than below; of 450 it has not."""
    minutes = np.rint((simulated(0.0, seed=4, replicates=100) + MINIMUM) * planned)
    found = hovering(np.round(minutes / planned - MINIMUM, 9), agents=40, grid_step=1 / planned)
    assert np.mean([row["verdict"] == "hovering" for row in found]) <= 0.13
    assert abs(np.mean([row["z"] for row in found])) < 0.5


def test_days_moved_just_above_the_line_are_found() -> None:
    found = hovering(simulated(0.2, seed=2, replicates=60), agents=40)
    assert np.mean([row["verdict"] == "hovering" for row in found]) >= 0.80
    assert np.mean([row["p_independent_days"] < 0.05 for row in found]) >= 0.80


def test_bins_follow_the_smooth_spread_and_stop_at_the_minimum() -> None:
    bins = hovering(
        simulated(0.0, seed=3, replicates=1),
        agents=40,
        query="select * from fct_hovering_bin where grain = 'centre' order by position",
    )
    assert [row["position"] for row in bins] == list(range(-12, 12))
    assert [row["position"] for row in bins if row["is_within_reach"]] == [-2, -1, 0, 1]
    assert bins[12]["bin_low"] == 0
    counted, expected = sum(row["days"] for row in bins), sum(row["expected_days"] for row in bins)
    assert counted == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize(("agents", "verdict"), [(40, "smooth"), (12, "too_few")])
def test_a_group_too_small_is_not_judged_and_has_no_chart(agents: int, verdict: str) -> None:
    distance = simulated(0.0, seed=6, replicates=1, agents=agents, days=200)
    (found,) = hovering(distance, agents, query="select * from fct_hovering where grain = 'team'")
    assert (found["verdict"], found["entity_id"]) == (verdict, "t")
    assert found["days_near"] > 100
    charted = hovering(distance, agents, query="select count(*) as bins from fct_hovering_bin where grain = 'team'")
    assert charted[0]["bins"] == (24 if agents == 40 else 0)


def test_a_day_is_measured_from_the_minimum_of_the_own_role() -> None:
    def workday(agent: str, day: str, due: float, adherent: float | None) -> dict[str, Any]:
        return {"agent_id": agent, "day": day, "due_minutes": due, "adherent_minutes": adherent}

    worked = [
        workday("vip", "2026-01-05", 400.0, 360.0),
        workday("general", "2026-01-05", 400.0, 360.0),
        workday("general", "2026-01-06", 0.0, 0.0),
        workday("general", "2026-01-07", 400.0, None),
        workday("general", "2026-04-01", 400.0, 400.0),
        workday("unknown", "2026-01-05", 400.0, 400.0),
    ]
    standards = [
        {"kpi_id": "adherence", "role": role, "minimum": minimum, "target": 0.95}
        for role, minimum in (("vip", 0.92), ("*", 0.85))
    ]
    with database() as connection:
        put_window(connection)
        put(
            connection,
            "int_workday",
            worked,
            "agent_id varchar, day date, due_minutes double, adherent_minutes double",
        )
        put_standards(connection, standards)
        people = {"window_kind": "quarter", "window_start": START, "agent_id": ["vip", "general"], "team_id": "t"}
        put_columns(connection, "int_agent_window", {**people, "role": ["vip", "general"]})
        Project().build(connection, "int_hovering_day")
        found = rows(
            connection, "select agent_id, cast(day as varchar) as day, distance from int_hovering_day order by 1"
        )
    assert found == [
        {"agent_id": "general", "day": "2026-01-05", "distance": 0.05},
        {"agent_id": "vip", "day": "2026-01-05", "distance": -0.02},
    ]
