"""What stands behind a verdict of centre, team or agent: parts of a gap, targets of roles, reasons, likely owner."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pytest

from tests.method.systemic_inputs import START, both, no_rows, put_standards, put_standings, put_targets, put_window
from tests.model_sql import Project, database, rows


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
        harder = [
            {"kpi_id": "solved", "role": role, "target": target} for role, target in (("vip", 90), ("general", 70))
        ]
        put_standards(connection, harder)
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


@pytest.mark.parametrize(("before", "cause"), [(-0.05, "otherwise"), (0.15, "after_release")])
def test_what_was_short_before_a_release_is_not_put_down_to_it(before: float, cause: str) -> None:
    """Centre .60 and target .70; the quarter before stood at .55 or at .75."""
    now = {**centre_of("prop", "higher", [0.0] * 10, 0.6), "window_start": START}
    earlier = {**now, "window_start": "2025-10-01", "y": [before] * 10}
    with database() as connection:
        put_window(connection)
        connection.execute("insert into int_window values ('quarter', '2025-10-01', '2025-12-31', 0, false)")
        connection.execute("insert into int_rule select * replace (date '2025-10-01' as window_start) from int_rule")
        put_standings(connection, both(now, earlier))
        put_targets(connection, {"solved": 0.70})
        empty_world(connection)
        connection.execute("insert into fct_event values ('e', '2026-02-01', null, 'centre', 'release')")
        Project().build(connection, "fct_systemic")
        (found,) = rows(connection, "select * from fct_systemic where window_start = '2026-01-01'")
    assert (found["verdict"], found["cause"]) == ("centre_wide", cause)


def test_parts_of_a_shortfall_that_is_not_sure_are_not_named() -> None:
    spread = [-0.2, 0.2, -0.2, 0.2, -0.2, 0.2, -0.2, 0.2, -0.01, 0.0]
    with database() as connection:
        put_window(connection)
        put_standings(connection, centre_of("prop", "higher", spread, 0.69))
        put_targets(connection, {"solved": 0.70})
        empty_world(connection)
        for grain, name, n, o in (
            ("reason", "refund", 50, 10),
            ("reason", "order", 950, 680),
            ("centre", "c", 1000, 690),
        ):
            connection.execute(
                "insert into int_kpi_sum values ('solved', ?, ?, 'quarter', ?, ?, ?, ?)", [grain, name, START, n, n, o]
            )
        Project().build(connection, "fct_systemic_reason")
        found = rows(connection, "select * from fct_systemic_reason")
    assert sum(row["contribution"] for row in found) == pytest.approx(-0.01)
    assert {(row["gap_share"], row["is_named"]) for row in found} == {(None, False)}


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
