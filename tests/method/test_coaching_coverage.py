"""Coverage of coaching: nothing is given away by subtraction, and nothing is claimed where nothing was delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import numpy as np
import yaml

from tests.model_sql import DBT, Project, database, put, rows

TIERS = ["high", "mid", "low", "not_enough_evidence", "new_starter"]
LEAST = 5
MARTS = [
    "fct_coaching_plan",
    "fct_goal_status",
    "fct_coaching_progress",
    "fct_coaching_progress_week",
    "fct_coaching_coverage",
    "fct_coaching_coverage_mix",
    "fct_agent_response",
    "fct_coaching_schedule",
]


Counts = dict[tuple[str, str], int]


def people_of(seed: int) -> list[dict[str, Any]]:
    """A centre of random teams, in a window of its own."""
    generator = np.random.default_rng(seed)
    return [
        {
            "window_kind": "all", "window_start": date(2026, 1, 1 + seed), "is_current": True,
            "agent_id": f"{team}-{number}", "team_id": f"t{team}", "tenure_band": "180+",
            "tier": str(generator.choice(TIERS, p=generator.dirichlet(np.ones(5)))),
        }
        for team in range(6)
        for number in range(int(generator.integers(1, 25)))
    ]  # fmt: skip


def mixes(worlds: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """The tiers of `fct_coaching_coverage_mix`, by world."""
    people = [person for world in worlds for person in world]
    seen = [{**person, "coaching_id": "c", "trigger": "proactive", "minutes": 30.0} for person in people]
    with database(int_session_person=people, int_session_seen=seen) as connection:
        Project().build(connection, "fct_coaching_coverage_mix")
        query = "from fct_coaching_coverage_mix where group_kind = 'tier' and window_start = "
        return [rows(connection, f"{query} date '{world[0]['window_start']}'") for world in worlds]


def test_a_hidden_group_is_never_what_is_left_of_a_team_or_of_the_centre() -> None:
    worlds = [people_of(seed) for seed in range(12)]
    for people, found in zip(worlds, mixes(worlds), strict=True):
        names = {person["team_id"] for person in people}
        counted: Counts = {(team, tier): 0 for team in names for tier in TIERS}
        for person in people:
            counted[person["team_id"], person["tier"]] += 1
        teams = [row for row in found if row["grain"] == "team"]
        for team in names:
            assert_open_to_no_subtraction([row for row in teams if row["entity_id"] == team], counted)
        left_out = names - {row["entity_id"] for row in teams}
        for row in found:
            if row["grain"] == "centre" and not row["is_hidden"]:
                line = [one for one in teams if one["group_name"] == row["group_name"]]
                assert_open_to_no_subtraction(line, counted, [(team, row["group_name"]) for team in left_out])
        for row in teams:
            assert row["is_hidden"] or row["people"] == counted[row["entity_id"], row["group_name"]]
            assert row["is_hidden"] or row["people"] == 0 or row["people"] >= LEAST
            assert row["is_hidden"] == (row["minutes"] is None)
    assert any(not row["is_hidden"] and row["people"] for found in mixes(worlds[:1]) for row in found)


def assert_open_to_no_subtraction(
    line: Sequence[Mapping[str, Any]], counted: Counts, left_out: Sequence[tuple[str, str]] = ()
) -> None:
    """A line whose total is known either hides nobody or several people of several groups."""
    hidden = [counted[row["entity_id"], row["group_name"]] for row in line if row["is_hidden"]]
    hidden = [people for people in [*hidden, *(counted[key] for key in left_out)] if people > 0]
    shown = [row for row in line if not row["is_hidden"]]
    assert not hidden or not shown or len(hidden) != 1, line


def contract(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """An empty table with the columns that the mart's contract or the raw table's contract declares."""
    if name.startswith("raw_"):
        (source,) = yaml.safe_load((DBT / "models/staging/_sources.yml").read_text(encoding="utf-8"))["sources"]
        (entry,) = (table for table in source["tables"] if table["name"] == name.removeprefix("raw_"))
    else:
        (file,) = (DBT / "models/marts").rglob(f"{name}.yml")
        (entry,) = yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
    put(connection, name, [], ", ".join(f"{column['name']} {column['data_type']}" for column in entry["columns"]))


def test_every_mart_of_plans_is_there_and_empty_when_nothing_was_delivered() -> None:
    with database() as connection:
        for name in (
            "raw_coaching_log", "raw_goal_reviews", "raw_agent_responses", "raw_agents", "dim_agent", "dim_team",
            "dim_kpi", "fct_tier", "fct_quadrant", "fct_agent_change", "fct_coaching_focus", "fct_coaching_evidence",
        ):  # fmt: skip
            contract(connection, name)
        put(connection, "int_data_span", [{"first_day": None, "last_day": None}], "first_day date, last_day date")
        window = "window_kind varchar, window_start date"
        put(connection, "int_window", [], f"{window}, window_end date, is_current boolean")
        put(connection, "int_agent_window", [], f"{window}, agent_id varchar, team_id varchar, tenure_band varchar")
        put(connection, "int_design_effect", [], f"{window}, kpi_id varchar, design_effect double")
        put(connection, "int_effect_month", [],
            "kpi_id varchar, start_month date, span varchar, month_start date, is_enough boolean")  # fmt: skip
        put(connection, "int_standing", [],
            f"{window}, kpi_id varchar, agent_id varchar, w double, value double, adjusted_value double, "
            "adjusted_variance double, tenure_days bigint")  # fmt: skip
        put(connection, "int_goal_kpi_day", [],
            "kpi_id varchar, agent_id varchar, day date, n bigint, w double, o double, ss double")  # fmt: skip
        Project().build(connection, *MARTS, "fct_expectation")
        assert {mart: rows(connection, f"from {mart}") for mart in MARTS} == {mart: [] for mart in MARTS}
        # expectations are what the centre decided, whether or not anything was delivered; none of it is in force yet
        assert {row["role"] for row in rows(connection, "from fct_expectation where not is_in_force")} == {"*"}
        assert rows(connection, "from fct_expectation where is_in_force") == []
