"""Tables that the tests of the talent quadrant put in place of its sources: one quarter and its rules."""

from __future__ import annotations

from collections.abc import Sequence
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


def put_windows(connection: duckdb.DuckDBPyConnection, starts: Sequence[str] = (WINDOW["window_start"],), **rules: float) -> None:
    """int_window and int_rule: quarters by their first day, the last of them the current one."""
    kind = WINDOW["window_kind"]
    put(
        connection,
        "int_window",
        [
            {"window_kind": kind, "window_start": start, "window_end": start, "position": place, "is_current": start == starts[-1]}
            for place, start in enumerate(starts, start=1)
        ],
        "window_kind varchar, window_start date, window_end date, position bigint, is_current boolean",
    )
    settings = {**RULES, **rules}
    put(
        connection,
        "int_rule",
        [{"window_kind": kind, "window_start": start, **settings} for start in starts],
        "window_kind varchar, window_start date, " + ", ".join(f"{name} double" for name in settings),
    )


def item_rows(scores: dict[str, dict[str, float]], variance: float = 0.0, **window: str) -> list[dict[str, Any]]:
    """Rows of int_engagement_item that count, from scores by agent and item."""
    return [
        {**WINDOW, **window, "item": item, "agent_id": agent, "status": "counts", "score": score, "score_variance": variance}
        for agent, of_agent in scores.items()
        for item, score in of_agent.items()
    ]


def put_items(connection: duckdb.DuckDBPyConnection, found: Sequence[dict[str, Any]]) -> None:
    """int_engagement_item."""
    put(connection, "int_engagement_item", found, ITEM_TYPES)


def put_observations(
    connection: duckdb.DuckDBPyConnection, found: dict[tuple[str, str], Sequence[float]], disagreed: str = ""
) -> None:
    """int_engagement_observation from percentages by item and agent, everybody at work; of one item graders may disagree."""
    observed = [
        {**WINDOW, "item": item, "agent_id": agent, "raw_percent": percent, "fair_percent": percent, "is_agreed": item != disagreed}
        for (item, agent), percents in found.items()
        for percent in percents
    ]
    put(connection, "int_engagement_observation", observed, OBSERVATION_TYPES)
    people = [{**WINDOW, "agent_id": agent} for agent in sorted({agent for _, agent in found})]
    put(connection, "int_agent_window", people, "window_kind varchar, window_start date, agent_id varchar")
