"""Attrition, ramp, attendance and hours by hand-made people whose coming and going is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest

from tests.model_sql import Project, database, put, rows

RULES = {
    "group_min_people": 5.0,
    "attrition_reference_low": 0.2,
    "attrition_reference_high": 0.4,
    "ramp_usual_share": 0.9,
    "ramp_min_experienced": 20.0,
    "tier_coverage": 0.6,
    "attendance_day_whole": 0.95,
    "attendance_day_most": 0.9,
    "attendance_day_some": 0.8,
}
YEAR = [
    (date(2025, month, 1), date(2025 + month // 12, month % 12 + 1, 1) - timedelta(days=1)) for month in range(1, 13)
]
FOREVER = date(9999, 12, 31)
Z = 1.6448536269514722
Row = dict[str, Any]


def rules() -> list[Row]:
    return [{"rule_id": name, "value": value} for name, value in RULES.items()]


def person(number: int, hired: date | None, left: date | None = None, team: str = "T1") -> Row:
    return {
        "agent_id": f"A{number:03d}",
        "team_id": team,
        "hire_date": hired,
        "left_date": left,
        "valid_from": date(2020, 1, 1),
    }


# ---------- attrition
def attrition(people: Sequence[Row], months: Sequence[tuple[date, date]] = YEAR) -> list[Row]:
    """fct_attrition of a roster over complete months."""
    windows = [
        {"window_kind": "month", "window_start": first, "window_end": last, "position": place}
        for place, (first, last) in enumerate(months, start=1)
    ]
    membership = [
        {"agent_id": row["agent_id"], "team_id": row["team_id"], "from_day": date(1, 1, 1), "until_day": FOREVER}
        for row in people
    ]
    with database(int_rule_now=rules(), int_window=windows, int_membership=membership) as connection:
        put(connection, "stg_agents", people, "agent_id varchar, hire_date date, left_date date, valid_from date")
        Project().build(connection, "fct_attrition")
        return rows(connection, "select * from fct_attrition order by grain, entity_id, period_kind, period_end")


def year(found: Sequence[Row], grain: str = "centre") -> Row:
    (row,) = [row for row in found if row["grain"] == grain and row["period_kind"] == "year"]
    return row


def test_a_rate_is_leavers_over_the_years_that_people_were_there() -> None:
    stayed = [person(number, date(2020, 1, 1)) for number in range(40)]
    left = [person(100 + number, date(2020, 1, 1), date(2025, 7, 2)) for number in range(10)]
    row = year(attrition([*stayed, *left]))
    days = 40 * 365 + 10 * 183
    assert row["leavers"] == 10
    assert row["headcount"] == pytest.approx(days / 365, abs=1e-6)
    assert row["rate"] == pytest.approx(10 / (days / 365.25), abs=1e-9)


def test_somebody_who_comes_and_goes_counts_for_the_days_between() -> None:
    stayed = [person(number, date(2020, 1, 1)) for number in range(10)]
    passing = person(100, date(2025, 3, 1), date(2025, 3, 31))
    found = attrition([*stayed, passing])
    assert year(found)["headcount"] == pytest.approx(10 + 31 / 365, abs=1e-6)
    march = next(row for row in found if row["period_kind"] == "month" and row["period_start"] == date(2025, 3, 1))
    april = next(row for row in found if row["period_kind"] == "month" and row["period_start"] == date(2025, 4, 1))
    assert (march["leavers"], march["headcount"]) == (1, 11)
    assert (april["leavers"], april["headcount"]) == (0, 10)


def test_a_roster_without_a_single_last_day_says_nothing_about_attrition() -> None:
    assert attrition([person(number, date(2020, 1, 1)) for number in range(30)]) == []


def test_leavers_before_and_after_the_months_do_not_count() -> None:
    stayed = [person(number, date(2020, 1, 1)) for number in range(10)]
    found = attrition([*stayed, person(90, None, date(2024, 12, 31)), person(91, None, date(2026, 1, 1))])
    assert year(found)["leavers"] == 0
    assert year(found)["headcount"] == 11


def test_early_and_later_leavers_are_told_together_or_not_at_all() -> None:
    stayed = [person(number, date(2020, 1, 1)) for number in range(60)]
    later = [person(100 + number, date(2020, 1, 1), date(2025, 6, 30)) for number in range(8)]

    def early(count: int) -> list[Row]:
        return [person(200 + number, date(2025, 4, 1), date(2025, 5, 31)) for number in range(count)]

    told = {count: year(attrition([*stayed, *later, *early(count)])) for count in (0, 4, 5)}
    assert [(row["leavers_early"], row["leavers_later"]) for row in told.values()] == [(0, 8), (None, None), (5, 8)]


def test_ninety_days_are_no_longer_early() -> None:
    stayed = [person(number, date(2020, 1, 1)) for number in range(20)]

    def leaving_after(days: int) -> Row:
        hired = date(2025, 2, 1)
        return year(attrition([*stayed, *(person(100 + n, hired, hired + timedelta(days=days)) for n in range(5))]))

    assert leaving_after(89)["leavers_early"] == 5
    assert leaving_after(90)["leavers_early"] == 0


def test_a_team_is_told_only_when_its_leavers_are_too_many_to_point_at() -> None:
    stayed = [person(number, date(2020, 1, 1), team=f"T{number % 2}") for number in range(40)]

    def teams(leavers: int) -> set[str]:
        gone = [person(100 + n, date(2020, 1, 1), date(2025, 6, 30), "T1") for n in range(leavers)]
        return {row["entity_id"] for row in attrition([*stayed, *gone]) if row["grain"] == "team"}

    assert teams(4) == set()
    assert teams(5) == {"T1"}


def test_the_leavers_of_one_untold_team_cannot_be_subtracted_from_the_centre() -> None:
    """8, 6 and 3 leavers: with the 8 and 6 told, 17 of the centre would give the 3 away."""
    stayed = [person(number, date(2020, 1, 1), team=f"T{number % 3}") for number in range(60)]
    gone = [
        person(100 + 20 * team + n, date(2020, 1, 1), date(2025, 6, 30), f"T{team}")
        for team, leavers in enumerate((8, 6, 3))
        for n in range(leavers)
    ]
    assert {row["entity_id"] for row in attrition([*stayed, *gone]) if row["grain"] == "team"} == {"T0"}


def test_fewer_than_twelve_months_are_one_stretch_that_says_how_long_it_is() -> None:
    stayed = [person(number, date(2020, 1, 1)) for number in range(20)]
    row = year(attrition([*stayed, person(99, date(2020, 1, 1), date(2025, 2, 28))], YEAR[:3]))
    assert (row["months"], row["period_start"], row["period_end"]) == (3, date(2025, 1, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("leavers", "verdict"), [(2, "below"), (60, "within"), (200, "above"), (40, "too_close_to_call")]
)
def test_a_verdict_needs_the_whole_range_on_one_side(leavers: int, verdict: str) -> None:
    stayed = [person(number, date(2020, 1, 1)) for number in range(200)]
    gone = [person(300 + number, date(2020, 1, 1), date(2025, 12, 31)) for number in range(leavers)]
    row = year(attrition([*stayed[leavers:], *gone] if leavers < 200 else gone))
    assert row["headcount"] == 200
    assert row["verdict"] == verdict


# ---------- ramp
def ramp(starters: Sequence[tuple[int, bool]]) -> list[Row]:
    """fct_ramp of starters as (weeks, is_reached)."""
    given = [
        {"agent_id": f"A{number:03d}", "weeks": weeks, "is_reached": reached}
        for number, (weeks, reached) in enumerate(starters)
    ]
    with database(int_rule_now=rules(), int_ramp_start=given) as connection:
        Project().build(connection, "fct_ramp")
        return rows(connection, "select * from fct_ramp order by weeks")


def kaplan_meier(starters: Sequence[tuple[int, bool]]) -> dict[int, tuple[int, float, float, float]]:
    """Weeks → people followed, share there, its bounds; written down once more from the textbook."""
    kept, spread, found = 1.0, 0.0, {}
    for week in sorted({weeks for weeks, _ in starters if weeks}):
        followed = sum(weeks >= week for weeks, _ in starters)
        there = sum(weeks == week and reached for weeks, reached in starters)
        if followed < RULES["group_min_people"]:
            break
        kept *= 1 - there / followed
        spread += there / (followed * (followed - there)) if followed > there else 0.0
        bounds = [1 - kept, 1 - kept]
        if 0 < kept < 1:
            error = Z * sqrt(spread) / abs(log(kept))
            bounds = sorted((1 - kept ** exp(-error), 1 - kept ** exp(error)))
        found[week] = (followed, 1 - kept, bounds[0], bounds[1])
    return found


@pytest.mark.parametrize("seed", range(5))
def test_the_curve_is_that_of_kaplan_and_meier(seed: int) -> None:
    draw = np.random.default_rng(seed)
    weeks, luck = 4 * draw.integers(0, 10, 40), draw.random(40)
    starters = [(int(week), bool(week and lucky < 0.6)) for week, lucky in zip(weeks, luck, strict=True)]
    found, expected = ramp(starters), kaplan_meier(starters)
    assert found[0]["at_risk"] == 40
    assert [row["weeks"] for row in found[1:]] == list(expected)
    for row in found[1:]:
        followed, share, low, high = expected[row["weeks"]]
        assert (row["at_risk"], row["share"]) == (followed, pytest.approx(share, abs=1e-8))
        if row["share_low"] is not None:
            assert (row["share_low"], row["share_high"]) == (
                pytest.approx(low, abs=1e-8),
                pytest.approx(high, abs=1e-8),
            )


def test_everybody_there_is_a_share_of_one_without_a_range() -> None:
    last = ramp([(4, True)] * 3 + [(8, True)] * 6)[-1]
    assert (last["weeks"], last["share"], last["share_low"], last["weeks_half"]) == (8, 1.0, None, 8)


def test_too_few_starters_have_no_curve_at_all() -> None:
    assert ramp([(4, True), (8, True), (8, False), (12, False)]) == []


def starts(newcomer: Sequence[float], experienced: int = 20) -> list[Row]:
    """int_ramp_start of one newcomer's monthly scores beside experienced people with scores 60 and above."""
    first = date(2025, 1, 1)
    months = [
        {"month_start": month, "agent_id": f"E{number:02d}", "tenure_days": 900, "tenure_band": "180+",
         "score": 60.0 + number}
        for month, _ in YEAR[: len(newcomer)]
        for number in range(experienced)
    ]  # fmt: skip
    months += [
        {"month_start": month, "agent_id": "NEW", "tenure_days": (last - first).days + 1, "tenure_band": "0-30",
         "score": score}
        for (month, last), score in zip(YEAR, newcomer, strict=False)
    ]  # fmt: skip
    people = [{"agent_id": "NEW", "hire_date": first}, {"agent_id": "E00", "hire_date": date(2020, 1, 1)}]
    span = [{"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31)}]
    with database(int_rule_now=rules(), int_ramp_month=months, int_employment=people, int_data_span=span) as connection:
        Project().build(connection, "int_ramp_start")
        return rows(connection, "select * from int_ramp_start")


def test_the_usual_level_is_what_nine_in_ten_experienced_people_reach() -> None:
    # of 60, 61, …, 79 the lowest tenth are 60 and 61
    assert starts([62.0, 62.0, 62.0])[0] == {"agent_id": "NEW", "is_reached": True, "weeks": 8}
    assert not starts([61.9, 61.9, 61.9])[0]["is_reached"]


def test_one_good_month_is_not_enough_and_the_first_of_two_counts() -> None:
    assert starts([50.0, 70.0, 50.0, 70.0])[0]["is_reached"] is False
    assert starts([50.0, 70.0, 50.0, 70.0, 70.0])[0] == {"agent_id": "NEW", "is_reached": True, "weeks": 20}


def test_without_enough_experienced_people_there_is_no_level() -> None:
    assert starts([70.0, 70.0], experienced=19) == []


STANDING = (
    "window_kind varchar, window_start date, agent_id varchar, role varchar, tenure_days bigint, tenure_band varchar, "
    "kpi_id varchar, family varchar, centre_value double, y double, v double"
)


def test_a_month_is_steadied_among_people_of_the_same_service_and_scored_like_the_tiers() -> None:
    def standing(agent: str, band: str, y: float, v: float, kpi: str = "k") -> Row:
        base = {"window_kind": "month", "window_start": date(2025, 1, 1), "agent_id": agent, "role": "r"}
        return base | {"tenure_days": 20, "tenure_band": band, "kpi_id": kpi, "family": "mean", "centre_value": 80.0,
                       "y": y, "v": v}  # fmt: skip

    anchor = {"window_kind": "quarter", "window_start": date(2025, 1, 1), "role": "r", "minimum": 60.0, "target": 80.0,
              "excellent": 100.0, "basis": "value"}  # fmt: skip
    with database(
        int_rule_now=rules(),
        int_window=[{"window_kind": "quarter", "window_start": date(2025, 1, 1), "is_current": True}],
        int_between_agents=[{"kpi_id": kpi, "window_start": date(2025, 1, 1), "tau2": 9.0} for kpi in ("k", "l")],
        int_anchor=[{**anchor, "kpi_id": "k", "weight": 0.7}, {**anchor, "kpi_id": "l", "weight": 0.3}],
    ) as connection:
        given = [
            standing("new", "0-30", -10.0, 9.0),
            standing("newer", "0-30", -2.0, 9.0),
            standing("old", "180+", 5.0, 9.0),
            standing("covered too little", "180+", 5.0, 9.0, "l"),
        ]
        put(connection, "int_standing", given, STANDING)
        Project().build(connection, "int_ramp_month")
        found = {row["agent_id"]: row["score"] for row in rows(connection, "select * from int_ramp_month")}
    # the mean of the new is -6, half of the distance from it is kept; 20 points of score per 20 of the measure
    assert found == {"new": 72.0, "newer": 76.0, "old": 85.0}
