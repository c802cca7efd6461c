"""From months of agents and a coaching log to verdicts: a centre in which one programme works and one does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.method.effect_inputs import RULES, put_lists
from tests.model_sql import Project, database, put, rows

AGENTS, MONTHS, CALLS, RATE = 90, 14, 250, 0.72
STARTS = [date(2025 + (7 + index) // 12, (7 + index) % 12 + 1, 1) for index in range(MONTHS)]
CHOSEN = STARTS[8]
STANDING = {
    "kpi_id": "varchar", "window_kind": "varchar", "window_start": "date", "agent_id": "varchar", "better": "varchar",
    "w": "double", "adjusted_value": "double", "adjusted_variance": "double", "centre_value": "double",
    "tenure_days": "bigint",
}  # fmt: skip
LOG = {
    "coaching_id": "varchar", "goal_number": "bigint", "agent_id": "varchar", "programme": "varchar", "held_on": "date",
    "kpi_id": "varchar",
}  # fmt: skip
SEAT = {
    "session_id": "varchar", "course_id": "varchar", "agent_id": "varchar", "day": "date", "is_present": "boolean",
    "score_points": "double", "reaction_points": "double",
}  # fmt: skip
COURSE = {
    "course_id": "varchar", "course_name": "varchar", "stage": "varchar", "course_type": "varchar",
    "trainer_source": "varchar", "day": "date",
}  # fmt: skip
MARTS = ("fct_programme_effect", "fct_effect_share", "fct_effect_decay", "fct_agent_change")


@contextmanager
def centre(better: str = "higher", order: int = 0) -> Iterator[duckdb.DuckDBPyConnection]:
    """A centre whose two programmes took, in turn, the fifth with the lowest rate of a month; the first adds .07.

    With `better` = lower the same is told of the share left open. `order` shuffles all rows.
    """
    draw = np.random.default_rng(3)
    variance = RATE * (1 - RATE) / CALLS
    rate = RATE + draw.normal(0, 0.05, AGENTS) + draw.normal(0, variance**0.5, (MONTHS, AGENTS))
    members = np.argsort(rate[STARTS.index(CHOSEN) - 1])[: AGENTS // 5].tolist()
    rate[STARTS.index(CHOSEN) + 1 :, members[0::2]] += 0.07
    value = rate if better == "higher" else 1 - rate
    standing = [
        ("solved", "month", start, f"A{agent}", better, float(CALLS), value[month, agent].item(), variance, RATE, 900)
        for month, start in enumerate(STARTS)
        for agent in range(AGENTS)
    ]
    log: list[tuple[Any, ...]] = [
        (f"P{agent}", 1, f"A{agent}", ("works", "does nothing")[turn % 2], CHOSEN + timedelta(days=turn), "solved")
        for turn, agent in enumerate(members)
    ]
    log += [
        (f"T{month}-{agent}", 1, f"A{agent}", None, start, "solved")
        for month, start in enumerate(STARTS)
        for agent in range(month % 2, AGENTS, 2)
    ]
    log.append(("unnamed", 1, "A1", "no outcome", CHOSEN, "handling"))
    seats = [
        (f"S{month}", "C1", f"A{a}", STARTS[month], True, 88.0, 5.0) for month in (7, 8) for a in range(month, 60, 6)
    ]
    shuffle = np.random.default_rng(order).permutation
    with database() as connection:
        put_lists(connection, "int_standing", STANDING, [standing[i] for i in shuffle(len(standing))])
        put_lists(connection, "stg_coaching_log", LOG, [log[i] for i in shuffle(len(log))])
        put_lists(connection, "int_training_seat", SEAT, seats)
        put_lists(
            connection, "stg_training", COURSE, [("C1", "Billing 计费", "foundation", "skill", "internal", CHOSEN)]
        )
        put(connection, "int_window", [{"window_kind": "month", "window_start": start} for start in STARTS])
        put(connection, "int_rule_now", [{"rule_id": rule, "value": value} for rule, value in RULES.items()])
        put(
            connection,
            "int_effect_direction",
            [{"agent_id": f"A{agent}", "direction": "inbound"} for agent in range(AGENTS)],
        )
        kpi = {"unit": "share", "source_table": "contacts", "family": "prop", "is_delivered": True}
        kpis = [{"kpi_id": "solved", "better": better}, {"kpi_id": "first_contact_resolution", "better": "higher"}]
        put(connection, "dim_kpi", [{**one, **kpi} for one in [*kpis, {"kpi_id": "handling", "better": "neutral"}]])
        Project().build(connection, *MARTS)
        yield connection


def effect(connection: duckdb.DuckDBPyConnection, programme: str) -> dict[str, Any]:
    (found,) = rows(connection, f"from fct_programme_effect where programme_id = '{programme}'")
    return found


def test_the_programme_that_works_is_found_and_the_other_is_not_called_effective() -> None:
    with centre() as connection:
        works, nothing = effect(connection, "works"), effect(connection, "does nothing")
    assert (works["n_treated"], works["n_control"], works["months_after"]) == (9, 72, 3)
    assert works["verdict"] == "measurable_gain"
    assert works["gain_low"] - 0.02 < 0.07 < works["gain_high"] + 0.02
    assert nothing["verdict"] != "measurable_gain"
    assert nothing["expected_regression_gain"] > 0


def test_a_kpi_where_lower_is_better_gives_the_same_gains() -> None:
    with centre() as connection, centre("lower") as mirrored:
        for programme in ("works", "does nothing"):
            one, other = effect(connection, programme), effect(mirrored, programme)
            for column, value in one.items():
                assert other[column] == (pytest.approx(value, abs=2e-9) if isinstance(value, float) else value), column
        change = "select agent_id, coaching_month, gain, z, finding from fct_agent_change order by all"
        for one, other in zip(rows(connection, change), rows(mirrored, change), strict=True):
            assert (other["agent_id"], other["finding"]) == (one["agent_id"], one["finding"])
            assert (other["gain"], other["z"]) == pytest.approx((one["gain"], one["z"]), abs=1e-6)


def test_the_order_of_delivered_rows_changes_no_published_figure() -> None:
    with centre() as connection, centre(order=9) as shuffled:
        for mart in MARTS:
            everything = f"from {mart} order by all"
            for one, other in zip(rows(connection, everything), rows(shuffled, everything), strict=True):
                for column, value in one.items():
                    expected = pytest.approx(value, abs=2e-9) if isinstance(value, float) else value
                    assert other[column] == expected, (mart, column)


def test_each_month_after_shows_the_gain_with_an_interval() -> None:
    with centre() as connection:
        months = rows(connection, "from fct_effect_decay where programme_id = 'works' order by months_after")
    assert [month["to_days_after"] for month in months] == [30, 60, 90]
    assert all(month["gain_low"] < 0.07 < month["gain_high"] for month in months)


def test_one_persons_expected_change_lies_between_no_change_and_the_mean() -> None:
    """Whoever stood below the mean is expected to rise, whoever stood above it to fall, but never past it."""
    with centre() as connection:
        found = rows(
            connection,
            """
            select change.*, pool.mean_before, pool.mean_after
            from fct_agent_change as change
            inner join int_agent_change_pool as pool
                on change.kpi_id = pool.kpi_id and change.coaching_month = pool.start_month
            """,
        )
    assert len(found) > 100
    for one in found:
        unmoved = one["value_before"] + one["mean_after"] - one["mean_before"]
        low, high = sorted((unmoved, one["mean_after"]))
        assert low - 1e-6 <= one["expected_value"] <= high + 1e-6
    findings = [one["finding"] for one in found if one["coaching_month"] != CHOSEN]
    assert findings.count("above_expectation") / len(findings) < 0.15


def test_a_course_whose_outcome_nobody_measured_yet_cannot_be_told_and_a_goal_without_a_direction_has_no_outcome() -> (
    None
):
    with centre() as connection:
        course = effect(connection, "C1")
        Project().build(connection, "dim_programme")
        programmes = {row["programme_id"]: row for row in rows(connection, "from dim_programme")}
    assert (course["kpi_id"], course["verdict"], course["reason"]) == (
        "first_contact_resolution",
        "cannot_tell",
        "too_few_treated",
    )
    assert programmes["no outcome"]["outcomes"] == 0
    assert (programmes["C1"]["name_en"], programmes["C1"]["name_zh"]) == ("Billing", "计费")
    assert (programmes["C1"]["mean_test_points"], programmes["C1"]["mean_reaction_points"]) == (88.0, 5.0)
