"""Rising agents (level and slope) and those who are better than the raw figures say; nobody else is ever listed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.method.talent_tables import put_windows
from tests.model_sql import Project, database, put, rows

STARTS = ("2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01")
KEYS = "window_kind varchar, window_start date, agent_id varchar, "
SCORES = "score double, score_sd double, score_raw double, score_adjusted double"


def _rising(series: dict[str, list[float | None]], **newest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """fct_rising by agent, from scores over five quarters; `newest` changes an agent's row in the last."""
    placed: list[dict[str, Any]] = []
    for agent, scores in series.items():
        for start, score in zip(STARTS, scores, strict=True):
            row = {"window_kind": "quarter", "window_start": start, "agent_id": agent, "tier": "mid", "p_high": 0.1}
            row |= {"score": score, "score_sd": 2.0, "score_raw": score, "score_adjusted": score, "is_gated": False}
            placed.append(row | (newest.get(agent, {}) if start == STARTS[-1] else {}))
    there = [row for row in placed if row["score"] is not None]
    with database() as found:
        put_windows(found, STARTS)
        put(found, "int_composite", there, KEYS + SCORES)
        put(found, "fct_tier", there, KEYS + "tier varchar")
        put(found, "int_tier_evidence", there, KEYS + "p_high double, is_gated boolean")
        Project().build(found, "fct_rising")
        return {row["agent_id"]: row for row in rows(found, "select * from fct_rising")}


def _level(count: int, seed: int, slope: float = 0.0) -> dict[str, list[float | None]]:
    draw = np.random.default_rng(seed)
    scores = draw.normal(75, 6, (count, 1)) + slope * np.arange(5) + draw.normal(0, 2, (count, 5))
    return {f"a{i:03d}": [float(score) for score in of_agent] for i, of_agent in enumerate(scores)}


def test_a_clear_rise_is_found_and_a_fall_is_never_listed() -> None:
    series = _level(60, 1)
    series |= {"up": [60, 60, 66, 72, 78], "down": [90, 90, 84, 78, 72], "high": [70, 70, 76, 82, 88]}
    found = _rising(series, high={"tier": "high"})
    assert found["up"]["is_rising"]
    assert found["up"]["quarters"] == 4
    assert 3 < found["up"]["slope_points_per_quarter"] < 6
    assert found["up"]["p_rising"] > 0.99
    assert not {"down", "high"} & set(found)
    assert all(row["is_rising"] or row["is_hidden"] for row in found.values())


def test_without_a_real_slope_hardly_anybody_rises() -> None:
    """200 agents whose scores only wobble."""
    assert len(_rising(_level(200, 2))) <= 0.02 * 200


def test_what_carries_the_whole_centre_upwards_singles_out_nobody() -> None:
    assert len(_rising(_level(100, 3, slope=3.0))) <= 2


def test_two_quarters_are_no_rise() -> None:
    series = _level(30, 4)
    found = _rising({**series, "two": [None, None, None, 50, 90], "three": [None, None, 50, 70, 90]})
    assert "two" not in found
    assert found["three"]["quarters"] == 3


@pytest.mark.parametrize("tier", ["new_starter", "not_enough_evidence"])
def test_without_enough_evidence_nothing_is_said(tier: str) -> None:
    series = _level(30, 5)
    assert "up" not in _rising({**series, "up": [60, 60, 66, 72, 78]}, up={"tier": tier})


@pytest.mark.parametrize(
    ("raw", "adjusted", "p_high", "gated", "hidden"),
    [
        (74.0, 82.0, 0.5, False, True),
        (74.0, 82.0, 0.49, False, False),  # less likely than not
        (79.5, 82.0, 0.7, False, False),  # the raw figures nearly show it
        (81.0, 90.0, 0.9, False, False),  # they do show it
        (74.0, 82.0, 0.9, True, False),  # critical errors come first
    ],
)
def test_hidden_is_who_stands_high_once_the_work_is_allowed_for(
    raw: float, adjusted: float, p_high: float, gated: bool, hidden: bool
) -> None:
    newest = {"score_raw": raw, "score_adjusted": adjusted, "p_high": p_high, "is_gated": gated}
    found = _rising({"a": [80.0] * 5, "b": [70.0] * 5, "c": [75.0] * 5}, a=newest)
    assert [agent for agent, row in found.items() if row["is_hidden"]] == (["a"] if hidden else [])
