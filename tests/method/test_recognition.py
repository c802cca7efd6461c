"""Points and personal bests where the truth is known: hardly any from nothing, and most of what is really better."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.method.engine_tables import STANDING_TYPES
from tests.model_sql import Project, database, put, rows

QUARTERS = ("2026-01-01", "2026-04-01")
KPIS = ("one", "two", "three", "four")
AGENTS = 150
TENTH = 10
GAINERS = f"where cast(agent_id as int) % {TENTH} = 0"
SURE = 0.9
MONTHS = 12


def improved_share(
    gain: float = 0.0, drift: float = 0.0, spread: float = 0.05, error: float = 0.03, seed: int = 1
) -> float:
    """Share of agents' KPIs called an improvement, where one agent in ten gains and the whole centre drifts."""
    draw = np.random.default_rng(seed)
    standing: list[dict[str, Any]] = []
    for kpi in KPIS:
        skill = draw.normal(0, spread, AGENTS)
        for quarter, start in enumerate(QUARTERS):
            true = skill + quarter * gain * (np.arange(AGENTS) % TENTH == 0)
            seen = true - true.mean() + draw.normal(0, error, AGENTS)
            centre = 0.7 + quarter * (drift + gain / TENTH)
            standing += [_standing(kpi, start, agent, centre, float(seen[agent]), error) for agent in range(AGENTS)]
    points = [
        {"kpi_id": kpi, "window_kind": "quarter", "window_start": start, "agent_id": f"{n:03d}", "is_capped": False}
        for kpi in KPIS
        for start in QUARTERS
        for n in range(AGENTS)
    ]
    with database() as connection:
        _put_windows(connection)
        put(connection, "int_standing", standing, STANDING_TYPES)
        put(connection, "int_kpi_points", points)
        connection.execute("alter table int_kpi_points alter window_start type date")
        Project().build(connection, "int_recognition_improvement")
        found = rows(
            connection,
            "select count(*) as pairs, "
            f"avg(cast(is_improved as int)) filter ({GAINERS if gain else 'where true'}) as improved "
            "from int_recognition_improvement",
        )[0]
    assert found["pairs"] == len(KPIS) * AGENTS
    return float(found["improved"])


def _standing(kpi: str, start: str, agent: int, centre: float, y: float, error: float) -> dict[str, Any]:
    row: dict[str, Any] = {"kpi_id": kpi, "window_kind": "quarter", "window_start": start, "agent_id": f"{agent:03d}"}
    row |= {"peer": "p", "family": "mean", "better": "higher", "n": 100, "w": 100.0, "no_reference_share": 0.0}
    return row | {"centre_value": centre, "value": centre + y, "expected_value": centre, "y": y, "v": error**2}


def _put_windows(connection: Any) -> None:
    put(
        connection,
        "int_window",
        [
            {"window_kind": "quarter", "window_start": start, "position": place}
            for place, start in enumerate(QUARTERS, start=1)
        ],
        "window_kind varchar, window_start date, position bigint",
    )
    put(
        connection,
        "int_rule",
        [
            {"window_kind": "quarter", "window_start": start, "word_reliability": 0.5, "no_reference_share": 0.2}
            for start in QUARTERS
        ],
        "window_kind varchar, window_start date, word_reliability double, no_reference_share double",
    )
    put(connection, "int_rule_now", [{"rule_id": "recognition_sure", "value": SURE}])


@pytest.mark.parametrize("error", [0.01, 0.03, 0.04])
def test_without_a_true_change_fewer_are_rewarded_than_the_rule_allows(error: float) -> None:
    """At most one in ten; the margin is two standard errors of 600 pairs."""
    assert improved_share(error=error) <= 1 - SURE + 0.025


def test_an_unreliable_figure_is_rewarded_far_less_often_than_a_reliable_one() -> None:
    assert improved_share(error=0.04, seed=3) < improved_share(error=0.01, seed=3)


def test_a_true_gain_is_mostly_found() -> None:
    assert improved_share(gain=0.12) > 0.7


@pytest.mark.parametrize("drift", [0.1, -0.1])
def test_what_carries_the_whole_centre_up_or_down_is_nobodys_merit(drift: float) -> None:
    assert improved_share(drift=drift) <= 1 - SURE


def records(jump: float = 0.0, seed: int = 1) -> dict[str, float]:
    """Share of agents with a personal best among twelve months of 60 contacts, one of them better by `jump`."""
    draw = np.random.default_rng(seed)
    starts = [f"2025-{month:02d}-01" for month in range(1, MONTHS + 1)]
    shares = np.full((AGENTS * 2, MONTHS), 0.7)
    shares[:, 5] += jump
    solved = draw.binomial(60, shares)
    values = [
        {
            "kpi_id": "solved",
            "grain": "agent",
            "entity_id": f"{agent:03d}",
            "period_kind": "month",
            "period_start": start,
            "n": 60,
            "w": 60.0,
            "o": float(solved[agent, month]),
            "ss": float(solved[agent, month]),
            "value": float(solved[agent, month]) / 60,
        }
        for agent in range(AGENTS * 2)
        for month, start in enumerate(starts)
    ]
    with database() as connection:
        put(
            connection,
            "fct_kpi_value",
            values,
            "kpi_id varchar, grain varchar, entity_id varchar, period_kind varchar, period_start date, n bigint, "
            "w double, o double, ss double, value double",
        )
        put(
            connection,
            "int_window",
            [{"window_kind": "month", "window_start": start} for start in starts],
            "window_kind varchar, window_start date",
        )
        put(connection, "dim_kpi", [{"kpi_id": "solved", "family": "prop", "better": "higher", "guards": ""}])
        put(connection, "int_membership", [], "agent_id varchar, team_id varchar, from_day date, until_day date")
        put(connection, "int_data_span", [{"last_day": "2025-12-31"}], "last_day date")
        put(
            connection,
            "int_design_effect",
            [],
            "kpi_id varchar, window_kind varchar, window_start date, design_effect double",
        )
        put(connection, "int_rule_now", [{"rule_id": "recognition_sure", "value": SURE}])
        Project().build(connection, "int_recognition_month")
        found = rows(
            connection,
            "select count(*) as records, count(*) filter (where month_start = date '2025-06-01') as right_month "
            "from int_recognition_month where is_record",
        )[0]
    return {name: count / (AGENTS * 2) for name, count in found.items()}


def test_the_best_of_twelve_equal_months_is_hardly_ever_a_record() -> None:
    """One in ten by the rule; the margin is two standard errors of 300 agents."""
    assert records()["records"] <= 1 - SURE + 0.035


def test_a_month_that_was_really_better_is_mostly_the_record() -> None:
    assert records(jump=0.25)["right_month"] > 0.8
