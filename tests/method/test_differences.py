"""Differences of teams and of periods: their intervals, and what is called more than chance (METHOD.md section 3)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.method.reference import calculate
from tests.model_sql import Project, database, put, rows

Z95 = "1.959964e0"
PUBLISHED = {
    (56, 70, 48, 80): (0.0524, 0.3339),
    (9, 10, 3, 10): (0.1705, 0.8090),
    (6, 7, 2, 7): (0.0582, 0.8062),
    (5, 56, 0, 29): (-0.0381, 0.1926),
    (0, 10, 0, 20): (-0.1611, 0.2775),
    (0, 10, 0, 10): (-0.2775, 0.2775),
    (10, 10, 0, 20): (0.6791, 1.0),
    (10, 10, 0, 10): (0.6075, 1.0),
}
"""Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10, 95 %: counts and interval."""
JANUARY = date(2026, 1, 1)
VALUE = (
    "kpi_id varchar, grain varchar, entity_id varchar, period_kind varchar, period_start date, n bigint, w double, "
    "o double, ss double, value double"
)
KPI = "kpi_id varchar, family varchar, better varchar, guards varchar, is_delivered boolean"
PERIOD = (
    "period_kind varchar, period_start date, period_end date, position bigint, is_complete boolean, "
    "is_comparison boolean"
)
FUNNEL = (
    "kpi_id varchar, grain varchar, entity_id varchar, period_kind varchar, period_start date, value double, "
    "is_adjusted boolean"
)


def test_the_interval_of_a_difference_of_shares_is_newcombes() -> None:
    given = [{"o1": float(a), "n1": m, "o2": float(b), "n2": n} for a, m, b, n in PUBLISHED]
    bounds = calculate(
        given,
        value="o1 / n1",
        low=f"{{{{ wilson_low('o1', 'n1', '{Z95}') }}}}",
        high=f"{{{{ wilson_high('o1', 'n1', '{Z95}') }}}}",
        other_value="o2 / n2",
        other_low=f"{{{{ wilson_low('o2', 'n2', '{Z95}') }}}}",
        other_high=f"{{{{ wilson_high('o2', 'n2', '{Z95}') }}}}",
    )
    found = calculate(
        bounds,
        low="{{ difference_low('value', 'low', 'other_value', 'other_high') }}",
        high="{{ difference_high('value', 'high', 'other_value', 'other_low') }}",
    )
    for row, published in zip(found, PUBLISHED.values(), strict=True):
        assert (row["low"], row["high"]) == pytest.approx(published, abs=5.1e-5)


# ---------- whole models over invented days
def days_of(entity: str, first: date, shares: Sequence[float], contacts: int, chance: random.Random) -> Iterator[Any]:
    """One share per day; how many of the day's contacts succeed is drawn."""
    for place, share in enumerate(shares):
        solved = sum(chance.random() < share for _ in range(contacts))
        yield entity, first + timedelta(days=place), contacts, solved


def compared(
    days: Sequence[tuple[str, date, int, int]],
    teams: bool = True,
    funnel: Sequence[Mapping[str, Any]] = (),
    periods: Sequence[Mapping[str, Any]] = (),
    **changed: int,
) -> list[dict[str, Any]]:
    """fct_difference of one share over January and February 2026, or of teams in the whole of it."""
    grain = "team" if teams else "centre"
    day_values = [
        {"kpi_id": "solved", "grain": grain, "entity_id": entity, "period_kind": "day", "period_start": day, "n": n,
         "w": float(n), "o": float(o), "ss": float(o), "value": o / n}
        for entity, day, n, o in days
    ]  # fmt: skip
    february, march = date(2026, 2, 1), date(2026, 3, 1)
    periods = periods or [
        {"period_kind": "month", "period_start": JANUARY, "period_end": february - timedelta(days=1), "position": 1,
         "is_complete": True, "is_comparison": False},
        {"period_kind": "month", "period_start": february, "period_end": march - timedelta(days=1), "position": 2,
         "is_complete": True, "is_comparison": False},
        {"period_kind": "all", "period_start": JANUARY, "period_end": march - timedelta(days=1), "position": 1,
         "is_complete": True, "is_comparison": True},
    ]  # fmt: skip
    kpis = [{"kpi_id": "solved", "family": "prop", "better": "higher", "guards": "", "is_delivered": True}]
    with database(int_rule_now=[{"rule_id": "fdr_q", "value": 0.1}]) as connection:
        put(connection, "fct_kpi_value", day_values, VALUE)
        put(connection, "dim_kpi", kpis, KPI)
        put(connection, "dim_period", periods, PERIOD)
        put(connection, "int_funnel_entity", funnel, FUNNEL)
        Project(**changed).build(connection, "fct_difference")
        return rows(connection, "select * from fct_difference order by all")


def pairs(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in found if row["comparison"] == "team_pair"]


def test_nine_intervals_in_ten_hold_the_true_difference() -> None:
    chance = random.Random(20260101)  # noqa: S311 - drawn for a test
    days = [
        day
        for number in range(60)
        for team, share in ((f"a{number:02d}", 0.82), (f"b{number:02d}", 0.78))
        for day in days_of(team, JANUARY, [share] * 30, 12, chance)
    ]
    found = [row for row in pairs(compared(days)) if row["entity_id"][0] == "a" and row["other_id"][0] == "b"]
    assert len(found) == 3600
    held = sum(row["difference_low"] <= 0.04 <= row["difference_high"] for row in found) / len(found)
    # a little more than nine: days never count as less alike than chance makes them
    assert 0.89 <= held <= 0.96


def test_days_that_differ_widen_the_interval_so_that_equal_teams_stay_equal() -> None:
    chance = random.Random(20260102)  # noqa: S311 - drawn for a test
    days = [
        day
        for number in range(40)
        for day in days_of(f"t{number:02d}", JANUARY, [chance.uniform(0.4, 1.0) for _ in range(30)], 40, chance)
    ]
    found = pairs(compared(days))
    held = sum(row["difference_low"] <= 0 <= row["difference_high"] for row in found) / len(found)
    assert 0.86 <= held <= 0.95
    # contacts as if each told something of its own would hold zero in about half of all pairs
    alone = sum(abs(row["difference"]) <= 1.645 * (2 * 0.7 * 0.3 / 1200) ** 0.5 for row in found) / len(found)
    assert alone < 0.7


def test_of_many_equal_teams_next_to_no_pair_is_called_different() -> None:
    chance = random.Random(20260103)  # noqa: S311 - drawn for a test
    days = [day for number in range(30) for day in days_of(f"t{number:02d}", JANUARY, [0.8] * 30, 15, chance)]
    found = pairs(compared(days))
    apart = sum(row["difference_low"] > 0 or row["difference_high"] < 0 for row in found)
    assert apart > 10
    assert sum(row["verdict"] in ("better", "worse") for row in found) <= 4


def test_a_month_is_compared_with_the_one_before_and_only_where_there_is_one() -> None:
    chance = random.Random(20260104)  # noqa: S311 - drawn for a test
    days = list(days_of("centre", JANUARY, [0.7] * 31 + [0.8] * 28, 40, chance))
    (row,) = compared(days, teams=False)
    assert (row["comparison"], row["period_start"], row["other_start"]) == ("previous", date(2026, 2, 1), JANUARY)
    assert row["verdict"] == "better"
    assert row["difference"] == pytest.approx(row["value"] - row["other_value"], abs=2e-9)
    assert row["difference_low"] < 0.1 < row["difference_high"]


def test_any_two_of_the_newest_months_are_compared_and_of_older_ones_neighbours_and_years() -> None:
    chance = random.Random(20260107)  # noqa: S311 - drawn for a test
    starts = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(15)]
    months = [
        {"period_kind": "month", "period_start": start, "period_end": after - timedelta(days=1), "position": place,
         "is_complete": True, "is_comparison": False}
        for place, (start, after) in enumerate(pairwise(starts), start=1)
    ]  # fmt: skip
    days = list(days_of("centre", starts[0], [chance.uniform(0.6, 0.9) for _ in range(424)], 20, chance))
    found = compared(days, teams=False, periods=months, compare_months=4)
    by_comparison = {
        name: {(row["period_start"], row["other_start"]) for row in found if row["comparison"] == name}
        for name in ("previous", "year_ago", "earlier")
    }
    shown = starts[:-1]
    assert by_comparison["previous"] == {(later, earlier) for earlier, later in pairwise(shown)}
    assert by_comparison["year_ago"] == {(shown[12], shown[0]), (shown[13], shown[1])}
    assert by_comparison["earlier"] == {
        (shown[12], shown[10]), (shown[13], shown[10]), (shown[13], shown[11])
    }  # fmt: skip
    assert len(found) == 13 + 2 + 3
    # a wider window adds pairs and changes none
    wide = compared(days, teams=False, periods=months, compare_months=14)
    assert len(wide) == 14 * 13 / 2
    assert [row for row in wide if row in found] == found


def test_each_team_meets_all_others_together_and_work_that_differs_is_taken_out() -> None:
    chance = random.Random(20260105)  # noqa: S311 - drawn for a test
    shares = {"easy": 0.9, "hard": 0.7, "third": 0.8}
    days = [day for team, share in shares.items() for day in days_of(team, JANUARY, [share] * 59, 40, chance)]
    totals = {team: sum(o for entity, _, _, o in days if entity == team) / (59 * 40) for team in shares}
    # on the same work all three would have solved eight in ten
    funnel = [
        {"kpi_id": "solved", "grain": "team", "entity_id": team, "period_kind": "all", "period_start": JANUARY,
         "value": totals[team] + 0.8 - shares[team], "is_adjusted": True}
        for team in shares
    ]  # fmt: skip
    plain = {(row["comparison"], row["entity_id"], row["other_id"]): row for row in compared(days)}
    fair = {(row["comparison"], row["entity_id"], row["other_id"]): row for row in compared(days, funnel=funnel)}
    assert plain["team_pair", "easy", "hard"]["verdict"] == "better"
    assert plain["team_others", "hard", "others"]["verdict"] == "worse"
    others = (totals["easy"] + totals["third"]) / 2
    assert plain["team_others", "hard", "others"]["other_value"] == pytest.approx(others, abs=1e-8)
    row = fair["team_pair", "easy", "hard"]
    assert row["is_adjusted"]
    assert row["difference"] == pytest.approx(row["value"] - row["other_value"] - 0.2, abs=1e-8)
    assert {row["verdict"] for key, row in fair.items() if key[0] != "previous"} == {"too_close_to_call"}


def test_a_verdict_does_not_depend_on_the_order_of_rows() -> None:
    chance = random.Random(20260106)  # noqa: S311 - drawn for a test
    days = [
        day
        for team, share in (("a", 0.81), ("b", 0.79), ("c", 0.8))
        for day in days_of(team, JANUARY, [share] * 59, 30, chance)
    ]
    shuffled = random.Random(1).sample(days, len(days))  # noqa: S311 - an order for a test
    assert compared(days) == compared(shuffled)
