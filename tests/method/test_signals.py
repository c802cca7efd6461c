"""Control charts of weekly series: limits, rules and Laney's chart of shares (METHOD.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from tests.method.reference import reference, the_project
from tests.model_sql import database, put, rows

FIRST = date(2025, 1, 6)
POINT_TYPES = (
    "kpi_id varchar, grain varchar, entity_id varchar, period_kind varchar, period_start date, weeks bigint, n bigint, "
    "w double, o double, ss double, value double, target double, family varchar, better varchar, unit varchar, "
    "from_newest bigint"
)


def points(family: str, values: Sequence[tuple[int, float]], grain: str = "centre") -> list[dict[str, Any]]:
    """Rows of int_signal_point from (n, o), a week apart."""
    return [
        {
            "kpi_id": "k", "grain": grain, "entity_id": "e", "period_kind": "week",
            "period_start": FIRST + timedelta(weeks=place), "weeks": 1, "n": n, "w": float(n), "o": o, "ss": o * o / n,
            "value": o / n, "target": None, "family": family, "better": "higher", "unit": "points",
            "from_newest": len(values) - place,
        }
        for place, (n, o) in enumerate(values)
    ]  # fmt: skip


def weeks_of(values: Sequence[float]) -> list[tuple[int, float]]:
    """(n, o) of weeks with these means, each of so many observations that chance matters little."""
    return [(1000, 1000 * value) for value in values]


def built(model: str, given: Sequence[dict[str, Any]], **changed: int) -> list[dict[str, Any]]:
    """The model's rows for these points, in the order of weeks."""
    with database() as connection:
        put(connection, "int_signal_point", given, POINT_TYPES)
        the_project(**changed).build(connection, model)
        return rows(connection, f"select * from {model} order by grain, period_start")


@pytest.mark.parametrize(
    ("series", "expected", "published", "changed"),
    [
        ("rnorm20", "rnorm20_screen", "rnorm20", {}),
        ("rnorm20_with_10", "with10_screen", "with10_screen", {}),
        ("vignette", "vignette_screen", "vignette_screen", {}),
        ("rnorm20_with_10", "with10_noscreen", "with10_noscreen", {"spc_screening_ratio": 1000}),
        ("vignette", "vignette_noscreen", "vignette_noscreen", {"spc_screening_ratio": 1000}),
    ],
)
def test_process_limits_agree_with_the_published_ones(
    series: str, expected: str, published: str, changed: dict[str, int]
) -> None:
    known = reference("xmr")
    found = built("int_signal_limit", points("mean", weeks_of(known.inputs[series])), **changed)
    limits = known.expected[expected]
    digits = 5e-3 if series == "vignette" else 5e-6
    for row in found:
        drawn = [row["centre_line"], row["centre_line"] - row["half_width"], row["centre_line"] + row["half_width"]]
        assert known.agrees(drawn, [limits["mean"], limits["lpl"], limits["upl"]])
        assert drawn == pytest.approx(known.expected["published"][published], abs=digits)


def test_only_the_baseline_sets_the_limits() -> None:
    known = reference("xmr")
    values = [*known.inputs["rnorm20"], 50.0, -50.0]
    found = built("int_signal_limit", points("mean", weeks_of(values)), spc_baseline_points=20)
    limits = known.expected["rnorm20_screen"]
    assert known.agrees([row["centre_line"] for row in found], [limits["mean"]] * 22)
    assert known.agrees([row["centre_line"] + row["half_width"] for row in found], [limits["upl"]] * 22)
    assert [row["in_baseline"] for row in found] == [True] * 20 + [False] * 2


def rule_rows(values: Sequence[float], half_width: float, grain: str = "centre") -> list[dict[str, Any]]:
    """Rows of int_signal_rule for values about a centre line of nought."""
    given = [
        {
            "kpi_id": "k", "grain": grain, "entity_id": "e", "period_start": FIRST + timedelta(weeks=place),
            "value": float(value), "centre_line": 0.0, "half_width": half_width,
        }
        for place, value in enumerate(values)
    ]  # fmt: skip
    with database(int_signal_limit=given) as connection:
        the_project().build(connection, "int_signal_rule")
        return rows(connection, "select * from int_signal_rule order by period_start")


def test_runs_and_trends_are_completed_where_the_published_tests_complete_them() -> None:
    known = reference("spc_rules")
    run = rule_rows(known.inputs["run_seq"], 10.0)
    assert [int(row["run_ends"]) for row in run] == known.expected["run_end_flags"]
    assert [row["in_run"] for row in run] == [True] * 8 + [False]
    trend = rule_rows(known.inputs["trend_seq"], 100.0)
    assert [int(row["trend_ends"]) for row in trend] == known.expected["trend_end_flags"]
    assert [row["in_trend"] for row in trend] == [False] + [True] * 7 + [False]


def test_two_of_three_must_lie_on_the_same_side() -> None:
    known = reference("spc_rules")
    found = built("fct_kpi_signal", points("mean", weeks_of(known.inputs["two_three_symmetric"])))
    assert {row["finding"] for row in found[-2:]} == {known.expected["last_two_points"]}


def test_an_agents_chart_knows_runs_of_eight_and_points_outside_only() -> None:
    known = reference("spc_rules")
    seven = rule_rows(known.inputs["run_seq"][:7], 10.0, "agent")
    eight = rule_rows(known.inputs["run_seq"][:8], 10.0, "agent")
    assert not any(row["in_run"] for row in seven)
    assert all(row["in_run"] for row in eight)
    assert not any(row["in_trend"] for row in rule_rows(known.inputs["trend_seq"], 100.0, "agent"))
    assert [row["is_outside"] for row in rule_rows([0, 11, 0], 10.0, "agent")] == [False, True, False]


def test_limits_of_a_share_follow_laney() -> None:
    known = reference("laney_p")
    sizes, successes = known.inputs["n"], known.inputs["o"]
    found = built("int_signal_limit", points("prop", list(zip(sizes, map(float, successes), strict=True))))
    low = [max(0.0, row["centre_line"] - row["half_width"]) for row in found]
    high = [min(1.0, row["centre_line"] + row["half_width"]) for row in found]
    assert known.agrees([row["centre_line"] for row in found], [known.expected["pbar"]] * len(found))
    assert known.agrees(low, known.expected["lcl"])
    assert known.agrees(high, known.expected["ucl"])


def test_what_never_happened_is_outside_when_it_happens_often() -> None:
    """Twenty-six weeks of twenty checked contacts without a critical error; then one week with one, one with four."""
    found = built("fct_kpi_signal", points("prop", [*[(20, 0.0)] * 26, (20, 1.0), (20, 4.0)], "team"))
    assert found[0]["centre_line"] == 0
    assert {row["rule"] for row in found[:26]} == {"none"}
    assert found[-1]["rule"] == "outside_limits"


def test_more_contacts_narrow_no_limits_where_weeks_really_vary() -> None:
    """Laney's factor: where weeks vary far beyond chance, twice the contacts leave the width as it is."""
    weeks = [(1000, 900.0), (1000, 700.0), (1000, 880.0), (1000, 720.0), (1000, 890.0), (1000, 710.0), (1000, 870.0)]
    once = built("int_signal_limit", points("prop", weeks))
    twice = built("int_signal_limit", points("prop", [(2 * n, 2 * o) for n, o in weeks]))
    assert twice[0]["half_width"] == pytest.approx(once[0]["half_width"], rel=1e-9)


CHANCE_WEEKS = """
    create table fct_kpi_value as
    select
        chance::varchar as kpi_id, 'agent' as grain, agent::varchar as entity_id, 'week' as period_kind,
        (date '2025-01-06' + 7 * week::int)::date as period_start, 20::bigint as n, 20e0 as w,
        sum((hash(agent, week, contact) % 10000 < chance * 10000)::int)::double as o, o as ss, o / 20 as value,
        null::double as target
    from (select agent, [0.7, 0.86, 0.95, 0.995][1 + agent % 4] as chance from range(200) as agents(agent))
    cross join range(60) as weeks(week)
    cross join range(20) as contacts(contact)
    group by agent, chance, week
"""


def test_pure_chance_rarely_looks_like_a_signal_even_where_a_case_is_rare() -> None:
    """Agents of equal skill, 60 weeks of 20 contacts each, success 70 to 99.5 %: hardly 3 in 1,000 points may alarm."""
    weeks = [FIRST + timedelta(weeks=place) for place in range(60)]
    shares = ("0.700", "0.860", "0.950", "0.995")
    with database(
        int_data_span=[{"last_day": weeks[-1] + timedelta(days=6)}],
        dim_period=[
            {"period_kind": "week", "period_start": week, "period_end": week + timedelta(days=6), "is_complete": True}
            for week in weeks
        ],
        dim_kpi=[
            {"kpi_id": share, "family": "prop", "better": "higher", "unit": "share", "settles_after_days": 0}
            for share in shares
        ],
    ) as connection:
        connection.execute(CHANCE_WEEKS)
        the_project().build(connection, "int_signal_rule")
        found = rows(
            connection,
            "select kpi_id, avg(is_outside::int) as outside, count(*) as points from int_signal_rule group by kpi_id",
        )
    assert {row["kpi_id"] for row in found} == set(shares[:3]), "one failure in 200 is too rare for weeks of 20"
    for row in found:
        assert row["points"] > 1000
        assert row["outside"] < 0.006, row
