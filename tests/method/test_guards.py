"""Guards: an agent's short calls stand out on simulated work, chance does not, and what a guard's limits rest on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.method.systemic_inputs import START, put_columns, put_standings, put_window
from tests.model_sql import Project, database, put, rows

GUARD = {"int_guard_pair": [{"guard_kpi_id": "short_call_share", "kpi_id": "average_handle_time"}]}
AGENTS, QUEUES = 60, 4


def short_calls(gaming: dict[int, float], seed: int = 11) -> list[dict[str, Any]]:
    """Guard rows of a quarter of simulated work: queues differ, agents differ a little, and some cut calls short."""
    random = np.random.default_rng(seed)
    usual = np.array([0.01, 0.02, 0.04, 0.06])
    own = np.exp(random.normal(0, 0.25, AGENTS))
    n = random.integers(20, 400, (AGENTS, QUEUES))
    chance = usual[None, :] * own[:, None]
    for cutting, share in gaming.items():
        chance[cutting] += share
    short = random.binomial(n, chance)
    agent, queue = np.divmod(np.arange(AGENTS * QUEUES), QUEUES)
    names = np.char.add("a", np.arange(AGENTS).astype(str))
    with database(**GUARD) as connection:
        put_window(connection)
        cells = {
            "kpi_id": "short_call_share", "window_kind": "quarter", "window_start": START, "agent_id": names[agent],
            "stratum": np.char.add("phone|q", queue.astype(str)), "coarse_stratum": "phone", "n": n.ravel(),
            "w": n.ravel().astype(float), "o": short.ravel().astype(float), "ss": short.ravel().astype(float),
        }  # fmt: skip
        put_columns(connection, "int_cell", cells)
        put(connection, "dim_kpi", [{"kpi_id": "short_call_share", "family": "prop", "better": "lower"}])
        people = {
            "window_kind": "quarter", "window_start": START, "agent_id": names, "team_id": "t", "role": "general",
            "tenure_days": 400, "tenure_band": "180+", "peer": "general|180+",
        }  # fmt: skip
        put_columns(connection, "int_agent_window", people)
        effect = {"window_kind": "quarter", "window_start": START, "kpi_id": ["short_call_share"], "design_effect": 1.5}
        put_columns(connection, "int_design_effect", effect)
        Project().build(connection, "int_guard", "fct_guard")
        return rows(connection, "select * from fct_guard where grain = 'agent' order by z desc")


def test_agents_who_cut_calls_short_are_red_and_colleagues_are_not() -> None:
    """Up to a fifth of their calls below ten seconds, as in the bank's published records."""
    gaming = {3: 0.20, 20: 0.15, 40: 0.12}
    found = short_calls(gaming)
    red = {row["entity_id"] for row in found if row["is_red"]}
    assert red == {f"a{agent}" for agent in gaming}
    assert all(row["kpi_id"] == "average_handle_time" for row in found)
    assert found[0]["value"] > found[0]["expected_value"] + 0.15


def test_red_agents_do_not_hide_each_other() -> None:
    """A sixth of all agents play the same trick; a plain standard deviation would take it for ordinary spread."""
    gaming = dict.fromkeys(range(0, AGENTS, 6), 0.15)
    found = short_calls(gaming)
    assert {row["entity_id"] for row in found if row["is_red"]} == {f"a{agent}" for agent in gaming}
    distance = np.array([row["value"] - row["expected_value"] for row in found])
    assert distance.max() / distance.std() < 3.09


def test_ordinary_differences_make_nobody_red() -> None:
    assert [row for row in short_calls({}) if row["is_red"]] == []


@pytest.mark.parametrize(
    ("rate", "spread", "most", "allowed"),
    [(0.02, 0.0, 150, 0.001), (0.005, 0.0, 600, 0.001), (0.02, 0.01, 900, 0.005), (0.30, 0.03, 500, 0.005)],
)
def test_chance_alone_makes_few_red(rate: float, spread: float, most: int, allowed: float) -> None:
    """Nominal one in a thousand; few events and an estimated spread cost a little."""
    random = np.random.default_rng(2)
    size, replicates = 60, 100
    truth = np.clip(rate + random.normal(0, spread, (replicates, size)), 0.0005, 1)
    n = random.integers(most // 3, most, (replicates, size))
    o = random.binomial(n, truth)
    mean = (o.sum(axis=1) / n.sum(axis=1))[:, None]
    standings = {
        "kpi_id": np.char.add("r", np.repeat(np.arange(replicates), size).astype(str)),
        "agent_id": np.char.add("a", np.tile(np.arange(size), replicates).astype(str)),
        "team_id": "t", "family": "prop", "better": "lower", "design_effect": 1.0, "n": n.ravel(),
        "w": n.ravel().astype(float), "o": o.ravel().astype(float), "e": (n * mean).ravel(),
        "y": ((o - n * mean) / n).ravel(), "v": (mean * (1 - mean) / n).ravel(),
    }  # fmt: skip
    with database() as connection:
        put_window(connection)
        put_standings(connection, standings)
        connection.execute(
            "create table int_guard_pair as "
            "select kpi_id as guard_kpi_id, 'pushed' as kpi_id from int_standing group by kpi_id"
        )
        Project().build(connection, "int_guard")
        (found,) = rows(connection, "select avg(cast(is_red as int)) as red, count(*) as agents from int_guard")
    assert found["agents"] == size * replicates
    assert found["red"] <= allowed


def standing_of(better: str, y: list[float], **changed: Any) -> dict[str, Any]:
    size = len(y)
    return {
        "kpi_id": "guard", "agent_id": [f"a{number}" for number in range(size)], "better": better, "family": "mean",
        "team_id": [f"t{number % 2}" for number in range(size)], "y": y, "v": 0.01, "n": 100, "w": 100.0, "e": 50.0,
        "o": [50 + 100 * each for each in y], "design_effect": 1.0, **changed,
    }  # fmt: skip


def red_of(columns: dict[str, Any], **rules: float) -> dict[str, bool]:
    with database(int_guard_pair=[{"guard_kpi_id": "guard", "kpi_id": "pushed"}]) as connection:
        put_window(connection, **rules)
        put_standings(connection, columns)
        Project().build(connection, "int_guard")
        return {row["agent_id"]: row["is_red"] for row in rows(connection, "select * from int_guard")}


SPREAD_OUT = [-0.9, -0.05, 0.04, -0.03, 0.02, 0.05, -0.02, 0.01, 0.03, 0.9]


@pytest.mark.parametrize(("better", "red"), [("lower", {"a9"}), ("higher", {"a0"}), ("neutral", {"a0", "a9"})], ids=str)
def test_a_guard_is_red_only_in_its_bad_direction(better: str, red: set[str]) -> None:
    assert {agent for agent, is_red in red_of(standing_of(better, SPREAD_OUT)).items() if is_red} == red


def test_the_limit_is_a_rule_and_unlike_work_is_not_compared() -> None:
    assert not any(red_of(standing_of("neutral", SPREAD_OUT), guard_z=20.0).values())
    alike = [0.0] * 9 + [0.5]
    assert any(red_of(standing_of("neutral", SPREAD_OUT, no_reference_share=alike)).values()) is not False
    assert red_of(standing_of("neutral", SPREAD_OUT, no_reference_share=alike))["a9"] is False


def test_newcomers_are_measured_by_newcomers() -> None:
    """Eight newcomers share a level far above everybody else's; none of them is red for it."""
    y = [0.0, 0.02, -0.02, 0.01, -0.01, 0.03, -0.03, 0.0, 0.01, 0.8, 0.82, 0.78, 0.81, 0.79, 0.83, 0.77, 0.8, 1.7]
    peers = ["general|180+"] * 9 + ["general|0-30"] * 9
    red = red_of(standing_of("lower", y, peer=peers))
    assert {agent for agent, is_red in red.items() if is_red} == {"a17"}


def test_a_team_is_red_when_most_of_it_stands_out() -> None:
    random = np.random.default_rng(4)
    size = 60
    y = random.normal(0, 0.3, size) + np.where(np.arange(size) % 6 == 0, 0.6, 0)
    columns = standing_of("lower", y.tolist(), team_id=[f"t{number % 6}" for number in range(size)])
    with database(int_guard_pair=[{"guard_kpi_id": "guard", "kpi_id": "pushed"}]) as connection:
        put_window(connection)
        put_standings(connection, columns)
        Project().build(connection, "fct_guard")
        found = rows(connection, "select * from fct_guard")
    teams = {row["entity_id"]: row for row in found if row["grain"] == "team"}
    assert {team for team, row in teams.items() if row["is_red"]} == {"t0"}
    assert teams["t0"]["n"] == 1000
    assert sum(row["is_red"] for row in found if row["grain"] == "agent") <= 1


def test_one_member_far_out_is_not_the_teams_matter() -> None:
    random = np.random.default_rng(5)
    y = random.normal(0, 0.3, 60)
    y[0] = 9.0
    teams = [f"t{number % 6}" for number in range(56)] + ["small"] * 4
    columns = standing_of("lower", y.tolist(), team_id=teams)
    with database(int_guard_pair=[{"guard_kpi_id": "guard", "kpi_id": "pushed"}]) as connection:
        put_window(connection)
        put_standings(connection, columns)
        Project().build(connection, "fct_guard")
        found = rows(connection, "select grain, entity_id from fct_guard where is_red")
        few = rows(connection, "select count(*) as n from fct_guard where grain = 'team' and z is null")
    assert found == [{"grain": "agent", "entity_id": "a0"}]
    assert few == [{"n": 1}]


def test_guards_come_from_the_catalogue() -> None:
    entry = {"id": "guard", "guards": ["pushed", "other"]}
    with database() as connection:
        Project(kpis=[entry, {"id": "plain"}]).build(connection, "int_guard_pair")
        pairs = rows(connection, "select * from int_guard_pair order by kpi_id")
    assert pairs == [{"guard_kpi_id": "guard", "kpi_id": "other"}, {"guard_kpi_id": "guard", "kpi_id": "pushed"}]
    with database() as connection:
        Project(kpis=[{"id": "plain"}]).build(connection, "int_guard_pair")
        assert rows(connection, "select * from int_guard_pair") == []
