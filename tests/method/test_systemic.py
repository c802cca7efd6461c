"""Is a shortfall the centre's, a team's or one agent's: the reference result, known truth, and what a gap is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.method.systemic_inputs import (
    START,
    both,
    no_rows,
    oracle,
    oracle_rows,
    put_standings,
    put_targets,
    put_window,
)
from tests.model_sql import Project, database, put, rows

TEAMS, PER_TEAM, REPLICATES = 10, 12, 40
WEAK_AGENTS = (13, 50, 90)
CHI_SQUARE_BY_WILSON_HILFERTY = 3e-3


def test_the_variance_split_equals_the_reference_result() -> None:
    reference = oracle("team_variance")
    expected, agents = reference["expected"], oracle_rows(reference["inputs"]["file"])
    with database() as connection:
        put_window(connection)
        put_standings(
            connection,
            {
                "agent_id": [row["agent"] for row in agents],
                "team_id": [row["team"] for row in agents],
                "y": [float(row["y"]) for row in agents],
                "v": [float(row["v"]) for row in agents],
            },
        )
        put_targets(connection, {"solved": reference["inputs"]["target"]})
        Project().build(connection, "int_systemic_centre", "int_systemic_member")
        (centre,) = rows(connection, "select * from int_systemic_centre")
        (observed,) = rows(connection, "select avg(cast(distance < 0 as int)) as s from int_systemic_member")
    close = {"abs": reference["tolerance"], "rel": 0}
    assert centre["tau2_agent"] == pytest.approx(expected["tau2_agent"], **close)
    assert centre["tau2_team"] == pytest.approx(expected["tau2_team"], **close)
    assert centre["q"] == pytest.approx(expected["Q_team"], **close)
    assert centre["centre_mean"] + reference["inputs"]["target"] == pytest.approx(expected["centre_mean"], **close)
    assert centre["centre_variance"] == pytest.approx(expected["centre_var"], **close)
    assert centre["share_below"] == pytest.approx(expected["share_below"], **close)
    assert centre["q_p"] == pytest.approx(expected["p_Q"], abs=CHI_SQUARE_BY_WILSON_HILFERTY)
    assert observed["s"] == pytest.approx(expected["observed_share_below"], **close)


# ---------- known truth: 10 teams of 12, target .70, agents' true rates around .74 (METHOD.md section 7)


def world(scenario: str, replicate: int, random: np.random.Generator) -> dict[str, Any]:
    """One quarter of one centre as standings of a share; the scenario says what is truly wrong."""
    size = TEAMS * PER_TEAM
    team = np.repeat(np.arange(TEAMS), PER_TEAM)
    truth = 0.74 + random.normal(0, 0.01, TEAMS)[team] + random.normal(0, 0.035, size)
    if scenario == "centre":
        truth = truth - 0.08
    if scenario == "team":
        truth = truth - np.where(team == 0, 0.10, 0)
    if scenario == "agents":
        truth[list(WEAK_AGENTS)] -= 0.15
    n = random.integers(140, 400, size)
    solved = random.binomial(n, np.clip(truth, 0.02, 0.98))
    rate = solved.sum() / n.sum()
    return {
        "kpi_id": np.full(size, f"{scenario}_{replicate}"),
        "agent_id": np.char.add("a", np.arange(size).astype(str)),
        "team_id": np.char.add("t", team.astype(str)),
        "family": np.full(size, "prop"),
        "centre_value": np.full(size, rate),
        "y": solved / n - rate,
        "v": rate * (1 - rate) / n,
        "truth": truth,
    }


SCENARIOS = ("nothing", "centre", "team", "agents")


@pytest.fixture(scope="module")
def judged() -> Iterator[duckdb.DuckDBPyConnection]:
    random = np.random.default_rng(3)
    worlds = [world(scenario, replicate, random) for scenario in SCENARIOS for replicate in range(REPLICATES)]
    standings = {column: np.concatenate([each[column] for each in worlds]) for column in worlds[0]}
    with database() as connection:
        put_window(connection)
        put_standings(connection, standings)
        put_targets(connection, {str(each["kpi_id"][0]): 0.70 for each in worlds})
        Project().build(connection, "int_systemic_centre", "fct_systemic_team", "fct_systemic_agent")
        yield connection


def share(connection: duckdb.DuckDBPyConnection, table: str, flag: str, scenario: str, who: str = "true") -> float:
    query = f"select avg(cast({flag} as int)) from {table} where kpi_id like '{scenario}_%' and {who}"
    (found,) = connection.execute(query).fetchall()
    return float(found[0])


def test_a_fall_of_the_whole_centre_is_found_and_nobody_is_named_for_it(judged: duckdb.DuckDBPyConnection) -> None:
    assert share(judged, "int_systemic_centre", "is_centre_wide", "centre") == 1
    assert share(judged, "fct_systemic_team", "is_team_problem", "centre") == 0
    assert share(judged, "fct_systemic_agent", "is_individual", "centre") == 0
    assert share(judged, "fct_systemic_agent", "adjusted_value < 0.70", "centre") > 0.75  # the naive list


@pytest.mark.parametrize("scenario", ["nothing", "team", "agents"])
def test_the_centre_is_not_accused_without_a_fall(judged: duckdb.DuckDBPyConnection, scenario: str) -> None:
    assert share(judged, "int_systemic_centre", "is_centre_wide", scenario) == 0


def test_a_weak_team_is_found_and_no_other_is_accused(judged: duckdb.DuckDBPyConnection) -> None:
    assert share(judged, "fct_systemic_team", "is_team_problem", "team", "team_id = 't0'") >= 0.90
    for scenario in SCENARIOS:
        others = "team_id <> 't0'" if scenario == "team" else "true"
        assert share(judged, "fct_systemic_team", "is_team_problem", scenario, others) == 0


def test_weak_agents_are_found_and_few_others_are(judged: duckdb.DuckDBPyConnection) -> None:
    weak = " or ".join(f"agent_id = 'a{agent}'" for agent in WEAK_AGENTS)
    found = share(judged, "fct_systemic_agent", "is_individual", "agents", f"({weak})")
    assert 0.79 <= found <= 0.97  # .88, three standard errors of 120 agents either way
    assert share(judged, "fct_systemic_agent", "is_individual", "agents", f"not ({weak})") <= 0.06


def test_where_nothing_is_wrong_few_are_named_and_most_of_them_are_truly_short(
    judged: duckdb.DuckDBPyConnection,
) -> None:
    assert 0.02 <= share(judged, "fct_systemic_agent", "is_individual", "nothing") <= 0.045  # .033
    named = rows(
        judged,
        """select avg(case when truth < 0.70 then 1e0 else 0e0 end) as truly_short
        from fct_systemic_agent inner join int_standing using (kpi_id, agent_id)
        where kpi_id like 'nothing_%' and is_individual""",
    )
    assert named[0]["truly_short"] >= 0.80  # .89; of all agents 14 %
    assert share(judged, "fct_systemic_agent", "is_confirmed", "nothing") <= 0.01


def test_the_expected_share_below_target_is_free_of_noise(judged: duckdb.DuckDBPyConnection) -> None:
    naive = share(judged, "fct_systemic_agent", "adjusted_value < 0.70", "nothing")
    truth = share(judged, "int_standing", "truth < 0.70", "nothing")
    (estimate,) = rows(judged, "select avg(share_below) as s from int_systemic_centre where kpi_id like 'nothing_%'")
    assert naive > truth + 0.03
    assert estimate["s"] == pytest.approx(truth, abs=0.02)


def test_the_parts_of_a_gap_add_up_to_it(judged: duckdb.DuckDBPyConnection) -> None:
    (worst,) = rows(
        judged,
        """select count(*) as agents, max(abs(gap - gap_centre - gap_team - gap_agent)) as error,
        max(abs(gap - (steadied_value - target))) as gap_error from fct_systemic_agent""",
    )
    assert worst["agents"] == len(SCENARIOS) * REPLICATES * TEAMS * PER_TEAM
    assert worst["error"] < 1e-12
    assert worst["gap_error"] < 1e-9


# ---------- smaller matters


def centre_of(family: str, better: str, y: list[float], centre_value: float) -> dict[str, Any]:
    size = len(y)
    return {
        "agent_id": [f"a{number}" for number in range(size)],
        "team_id": [f"t{number // 5}" for number in range(size)],
        "family": family,
        "better": better,
        "centre_value": centre_value,
        "y": y,
        "v": [0.001] * size,
    }


SLOW = [0.30, 0.35, 0.28, 0.33, 0.31, 0.36, 0.29, 0.34, 0.32, 0.30]


def test_the_gap_of_a_time_is_in_seconds_and_negative_when_it_is_too_long() -> None:
    with database() as connection:
        put_window(connection)
        put_standings(connection, centre_of("logmean", "lower", SLOW, 300.0))
        put_targets(connection, {"solved": 300.0})
        Project().build(connection, "fct_systemic_agent", "int_systemic_centre")
        agents = rows(connection, "select * from fct_systemic_agent")
        (centre,) = rows(connection, "select * from int_systemic_centre")
    assert centre["is_centre_wide"]
    for agent in agents:
        assert agent["verdict"] == "centre_wide"
        assert agent["gap"] == pytest.approx(300 - agent["steadied_value"], abs=1e-9)
        assert agent["gap_centre"] == pytest.approx(300 - 300 * np.exp(np.mean(SLOW)), abs=0.5)


def test_a_role_with_a_harder_target_is_measured_by_it_and_people_without_one_are_not_judged() -> None:
    columns = centre_of("mean", "higher", [0.0] * 10, 80.0)
    columns["role"] = ["vip"] * 5 + ["general"] * 4 + ["guest"]
    columns["no_reference_share"] = [0.0] * 8 + [0.5, 0.0]
    with database() as connection:
        put_window(connection)
        put_standings(connection, columns)
        standard = "kpi_id varchar, role varchar, valid_from date, minimum double, target double, excellent double"
        hard, easy = (
            {"kpi_id": "solved", "role": role, "valid_from": "2025-01-01", "target": target}
            for role, target in (("vip", 90), ("general", 70))
        )
        put(connection, "kpi_standards", [hard, easy], standard)
        Project().build(connection, "fct_systemic_agent", "int_systemic_centre")
        agents = {row["agent_id"]: row for row in rows(connection, "select * from fct_systemic_agent")}
        (centre,) = rows(connection, "select * from int_systemic_centre")
    assert centre["agents"] == 8
    assert agents["a0"]["gap"] == pytest.approx(-10, abs=0.05)
    assert agents["a5"]["gap"] == pytest.approx(10, abs=0.05)
    assert agents["a8"]["verdict"] == "not_comparable"
    assert agents["a9"]["verdict"] == "no_target"
    assert agents["a9"]["gap"] is None


def test_too_few_people_give_no_verdict_and_a_kpi_without_direction_none_at_all() -> None:
    few = {**centre_of("mean", "higher", [0.0] * 7, 80.0), "kpi_id": "solved"}
    neutral = {**centre_of("mean", "neutral", SLOW, 80.0), "kpi_id": "neutral"}
    with database() as connection:
        put_window(connection)
        put_standings(connection, both(few, neutral))
        put_targets(connection, {"solved": 90.0, "neutral": 90.0})
        empty_world(connection)
        Project().build(connection, "fct_systemic_agent", "fct_systemic")
        verdicts = rows(connection, "select kpi_id, verdict from fct_systemic_agent group by kpi_id, verdict")
        (centre,) = rows(connection, "select * from fct_systemic")
    assert verdicts == [{"kpi_id": "solved", "verdict": "too_few"}]
    assert (centre["verdict"], centre["agents"], centre["likely_owner"]) == ("too_few", 7, None)


def empty_world(connection: duckdb.DuckDBPyConnection) -> None:
    """No reasons and no events."""
    no_rows(
        connection,
        int_kpi_sum="kpi_id varchar, grain varchar, entity_id varchar, period_kind varchar, period_start date, "
        "n bigint, w double, o double",
        fct_event="event_id varchar, started_on date, ended_on date, scope varchar, kind varchar",
    )


@pytest.mark.parametrize(
    ("reasons", "event", "cause", "owner"),
    [
        ({"refund": (200, 40), "order": (800, 560)}, None, "few_reasons", "knowledge_base"),
        ({"refund": (500, 300), "order": (500, 300)}, "release", "after_release", "tooling"),
        ({"refund": (500, 300), "order": (500, 300)}, "holiday", "otherwise", "process"),
    ],
)
def test_the_likely_owner_follows_from_where_and_when_the_gap_arose(
    reasons: dict[str, tuple[int, int]], event: str | None, cause: str, owner: str
) -> None:
    """Target .70, centre .60; `refund` alone can carry the whole gap with a fifth of the work."""
    with database() as connection:
        put_window(connection)
        columns = centre_of("prop", "higher", [0.0] * 10, 0.6)
        put_standings(connection, columns)
        put_targets(connection, {"solved": 0.70})
        empty_world(connection)
        sums = [("reason", name, n, o) for name, (n, o) in reasons.items()] + [("centre", "centre", 1250, 700)]
        for grain, name, n, o in sums:
            connection.execute(
                "insert into int_kpi_sum values ('solved', ?, ?, 'quarter', ?, ?, ?, ?)", [grain, name, START, n, n, o]
            )
        if event:
            connection.execute("insert into fct_event values ('e', '2026-02-01', null, 'centre', ?)", [event])
        Project().build(connection, "fct_systemic")
        (centre,) = rows(connection, "select * from fct_systemic")
        carried = {row["reason"]: row for row in rows(connection, "select * from fct_systemic_reason")}
    assert centre["verdict"] == "centre_wide"
    assert (centre["cause"], centre["likely_owner"]) == (cause, owner)
    assert centre["owner_en"] and centre["owner_zh"]
    assert sum(row["gap_share"] for row in carried.values()) == pytest.approx(1)
    assert all(row["recorded_share"] == pytest.approx(0.8) for row in carried.values())
    assert carried["refund"]["is_named"]
    if cause == "few_reasons":  # (200 x .5) of (200 x .5 + 800 x 0)
        assert carried["refund"]["gap_share"] == pytest.approx(1)
        assert not carried["order"]["is_named"]


def test_the_order_of_agents_changes_nothing() -> None:
    random = np.random.default_rng(5)
    columns = world("agents", 0, random)
    shuffled = random.permutation(TEAMS * PER_TEAM)
    found = []
    for order in (np.arange(TEAMS * PER_TEAM), shuffled):
        with database() as connection:
            put_window(connection)
            put_standings(connection, {name: column[order] for name, column in columns.items()})
            put_targets(connection, {"agents_0": 0.70})
            Project().build(connection, "fct_systemic_agent")
            found.append(rows(connection, "select * from fct_systemic_agent order by agent_id"))
    for one, other in zip(*found, strict=True):
        assert one == pytest.approx(other, abs=1e-8)


def test_flipping_direction_and_values_mirrors_every_probability() -> None:
    y = [-0.1, 0.2, -0.3, 0.1, 0.0, 0.3, -0.2, 0.1, 0.2, -0.1]
    columns = {**centre_of("mean", "higher", y, 0.0), "kpi_id": "solved"}
    mirrored = {**columns, "kpi_id": "mirrored", "better": "lower", "y": [-value for value in y]}
    with database() as connection:
        put_window(connection)
        put_standings(connection, both(columns, mirrored))
        put_targets(connection, {"solved": 0.1, "mirrored": -0.1})
        Project().build(connection, "fct_systemic_agent")
        pairs = rows(
            connection,
            """select a.p_below as p, b.p_below as q, a.gap as gap, b.gap as other_gap from fct_systemic_agent as a
            inner join fct_systemic_agent as b on a.agent_id = b.agent_id and a.kpi_id < b.kpi_id""",
        )
    assert len(pairs) == 10
    for row in pairs:
        assert row["p"] == pytest.approx(row["q"], abs=1e-8)
        assert row["gap"] == pytest.approx(row["other_gap"], abs=1e-8)
