"""Tables that the tests of the talent quadrant put in place of its sources: one quarter and its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from tests.method.engine_tables import WINDOW
from tests.model_sql import put

RULES: dict[str, float] = {
    "quadrant_sure": 0.6,
    "quadrant_ability_cut": 80.0,
    "quadrant_engagement_cut": 70.0,
    "engagement_min_items": 3.0,
    "engagement_alpha": 0.7,
    "peer_min_raters": 3.0,
    "engagement_item_share": 0.5,
    "rising_quarters": 4.0,
    "rising_min_quarters": 3.0,
    "rising_sure": 0.9,
    "group_min_people": 5.0,
    "tier_high_cut": 80.0,
    "worthwhile_gain_points": 3.0,
}
ITEM_TYPES = (
    "window_kind varchar, window_start date, item varchar, agent_id varchar, status varchar, score double, "
    "score_variance double"
)
OBSERVATION_TYPES = (
    "window_kind varchar, window_start date, item varchar, agent_id varchar, raw_percent double, fair_percent double, "
    "is_agreed boolean"
)


def put_windows(
    connection: duckdb.DuckDBPyConnection,
    starts: Sequence[str] = (WINDOW["window_start"],),
    rules: Mapping[str, float] | None = None,
) -> None:
    """int_window, int_rule and int_rule_now: quarters by their first day, the last of them the current one."""
    kind, settings = WINDOW["window_kind"], {**RULES, **(rules or {})}
    placed = [
        {"window_kind": kind, "window_start": start, "window_end": start, "position": place}
        for place, start in enumerate(starts, start=1)
    ]
    put(
        connection,
        "int_window",
        [{**row, "is_current": row["window_start"] == starts[-1]} for row in placed],
        "window_kind varchar, window_start date, window_end date, position bigint, is_current boolean",
    )
    put(
        connection,
        "int_rule",
        [{"window_kind": kind, "window_start": start, **settings} for start in starts],
        "window_kind varchar, window_start date, " + ", ".join(f"{name} double" for name in settings),
    )
    put(connection, "int_rule_now", [{"rule_id": name, "value": value} for name, value in settings.items()])


def item_rows(
    scores: Mapping[str, Mapping[str, float]], variance: float = 0.0, start: str = WINDOW["window_start"]
) -> list[dict[str, Any]]:
    """Rows of int_engagement_item that count, from scores by agent and item."""
    fixed = {**WINDOW, "window_start": start, "status": "counts", "score_variance": variance}
    return [
        {**fixed, "item": item, "agent_id": agent, "score": score}
        for agent, of_agent in scores.items()
        for item, score in of_agent.items()
    ]


def put_items(connection: duckdb.DuckDBPyConnection, found: Sequence[dict[str, Any]]) -> None:
    """int_engagement_item."""
    put(connection, "int_engagement_item", found, ITEM_TYPES)


def put_observations(
    connection: duckdb.DuckDBPyConnection, found: Mapping[tuple[str, str], Sequence[float]], disagreed: str = ""
) -> None:
    """int_engagement_observation from percentages by item and agent, all at work; on one item graders may disagree."""
    observed = [
        {**WINDOW, "item": item, "agent_id": agent, "raw_percent": percent, "fair_percent": percent}
        for (item, agent), percents in found.items()
        for percent in percents
    ]
    observed = [{**row, "is_agreed": row["item"] != disagreed} for row in observed]
    put(connection, "int_engagement_observation", observed, OBSERVATION_TYPES)
    people = [{**WINDOW, "agent_id": agent} for agent in sorted({agent for _, agent in found})]
    put(connection, "int_agent_window", people, "window_kind varchar, window_start date, agent_id varchar")
