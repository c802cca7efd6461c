"""Is a shortfall the centre's, a team's or one agent's? The reference result and worlds of known truth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.method.systemic_inputs import (
    oracle,
    oracle_rows,
    put_standings,
    put_targets,
    put_window,
)
from tests.model_sql import Project, database, rows

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
