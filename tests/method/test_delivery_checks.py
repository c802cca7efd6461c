"""The checks of deliveries over simulated ones: honest change never stops, every planted wrong unit does.

Deliveries are simulated as the figures the rules see (middle values, rows per day), from distributions that resemble a
call centre's: lognormal times, weekdays, growth, a new team, holidays, outages, a new wrap-up rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import numpy as np
import pytest

from pipelines.ingest.contract import Column, load_contract
from pipelines.ingest.coverage import Day, Gap, gaps
from pipelines.ingest.load import Middle
from pipelines.ingest.plausible import Earlier, wrong_units
from pipelines.settings import PROJECT

DELIVERIES = 200
BEFORE = 20
MONDAY = date(2024, 1, 1)
TYPICAL = {
    "wait_seconds": (12.0, 1.0),
    "talk_seconds": (240.0, 0.7),
    "hold_seconds": (35.0, 0.9),
    "acw_seconds": (45.0, 0.8),
    "dial_seconds": (14.0, 0.5),
}
"""Middle value of a usual day, and the spread of its logarithm."""
CONTACTS = load_contract(PROJECT / "dbt_project").delivered["contacts"].by_name


def _honest_middles(seed: int) -> list[dict[str, float]]:
    """One centre's deliveries: rows grow, talk drifts, a new team learns, a day of outage, another wrap-up rule."""
    luck = np.random.default_rng(seed)
    size = luck.integers(40, 400)
    drift = luck.normal(0, 0.0005)
    new_team, rule = luck.integers(30, 150), luck.integers(30, 150)
    told: list[dict[str, float]] = []
    for number in range(BEFORE + DELIVERIES):
        rows = int(size * (1 + 0.003 * number) * (0.4 if number % 7 >= 5 else 1))
        wait = 40.0 if luck.random() < 0.03 else luck.lognormal(0, 0.4)  # an outage: forty times as long
        factors = {
            "wait_seconds": wait,
            "talk_seconds": np.exp(drift * number) * (1.6 if number > new_team else 1),
            "hold_seconds": luck.lognormal(0, 0.2),
            "acw_seconds": 0.1 if number > rule else 1,  # from typed notes to automatic ones
            "dial_seconds": 1,
        }
        told.append(
            {
                name: float(np.median(luck.lognormal(np.log(typical * factors[name]), spread, max(rows, 30))))
                for name, (typical, spread) in TYPICAL.items()
            }
        )
    return told


def _causes(column: Column, earlier: list[float], observed: float) -> dict[str, object]:
    return dict(wrong_units(column, observed, Earlier([Middle(column.name, 100, value) for value in earlier], ())))


@pytest.mark.parametrize("seed", range(5))
def test_no_honest_delivery_of_two_hundred_is_stopped(seed: int) -> None:
    told = _honest_middles(seed)
    stopped = [
        (number, name, told[number][name])
        for number in range(BEFORE, BEFORE + DELIVERIES)
        for name in TYPICAL
        if _causes(CONTACTS[name], [one[name] for one in told[:number]], told[number][name])
    ]
    assert stopped == []


@pytest.mark.parametrize("seed", range(5))
def test_no_first_delivery_of_an_honest_centre_is_stopped(seed: int) -> None:
    told = _honest_middles(100 + seed)
    assert [
        (name, one[name]) for one in told for name in TYPICAL if wrong_units(CONTACTS[name], one[name], Earlier((), ()))
    ] == []


@pytest.mark.parametrize(
    ("factor", "cause"),
    [
        (1000, "milliseconds_as_seconds"),
        (60, "seconds_as_minutes"),
        (3600, "seconds_as_hours"),
        (1 / 60, "minutes_as_seconds"),
        (1 / 3600, "hours_as_seconds"),
        (1 / 1000, "seconds_as_milliseconds"),
    ],
)
def test_every_wrong_unit_of_talk_time_is_found_and_named(factor: float, cause: str) -> None:
    told = _honest_middles(7)
    found = [
        set(_causes(CONTACTS["talk_seconds"], [one["talk_seconds"] for one in told[:number]], talk * factor))
        for number in range(BEFORE, BEFORE + DELIVERIES)
        for talk in [told[number]["talk_seconds"]]
    ]
    assert found == [{cause}] * DELIVERIES


def test_milliseconds_in_waiting_time_are_found_on_every_day_that_was_no_outage() -> None:
    """Waiting may honestly leap, so what is called wrong must lie outside what is usual as well."""
    told = _honest_middles(7)
    waits = [one["wait_seconds"] for one in told]
    found = [
        bool(_causes(CONTACTS["wait_seconds"], waits[:number], waits[number] * 1000))
        for number in range(BEFORE, BEFORE + DELIVERIES)
        if 0.6 < waits[number] / median(waits[number - BEFORE : number]) < 1.8
    ]
    assert len(found) > DELIVERIES / 2
    assert all(found)


@pytest.mark.parametrize("factor", [1000, 60_000])
def test_minutes_of_attendance_in_smaller_units_are_found_without_any_history(factor: float) -> None:
    worked = load_contract(PROJECT / "dbt_project").delivered["attendance"].by_name["worked_minutes"]
    assert wrong_units(worked, 480 * factor, Earlier((), ()))
    assert wrong_units(worked, 8, Earlier((), ()))["hours_as_minutes"].figure == 480


def _honest_days(seed: int, weeks: int) -> tuple[dict[date, Day], set[date]]:
    """Rows per day with weekdays, growth, over-dispersion, a new team and unannounced holidays."""
    luck = np.random.default_rng(seed)
    base = luck.uniform(120, 2000)
    shape = np.array([1.25, 1.1, 1.0, 1.0, 0.95, 0.5, 0.0 if seed % 2 else 0.35])
    holidays = {MONDAY + timedelta(days=int(day)) for day in luck.choice(weeks * 7, 3, replace=False)}
    days: dict[date, Day] = {}
    for number in range(weeks * 7):
        day = MONDAY + timedelta(days=number)
        level = base * (1 + 0.002 * number) * (1.4 if number > 100 else 1) * shape[number % 7] * luck.gamma(30, 1 / 30)
        rows = int(luck.poisson(level)) if day not in holidays else 0
        if rows:
            days[day] = Day(rows, rows, int(luck.normal(19.5 * 3600, 600)))
    return days, {day for day in holidays if shape[day.weekday()]}


def _gaps(days: dict[date, Day], first: int, last: int) -> list[Gap]:
    span = MONDAY + timedelta(days=first), MONDAY + timedelta(days=last)
    known = {day: seen for day, seen in days.items() if day <= span[1]}
    return list(gaps(known, span, MONDAY, (), has_times=True))


def test_of_200_honest_daily_deliveries_per_centre_only_unannounced_holidays_are_doubted() -> None:
    doubted, holidays = 0, 0
    for seed in range(20):
        days, closed = _honest_days(seed, 34)
        for number in range(35, 235):
            if MONDAY + timedelta(days=number) in days:
                for gap in _gaps(days, number, number):
                    doubted += gap.first_day not in closed
        for gap in _gaps(days, 35, 237):
            holidays += gap.first_day in closed
            doubted += gap.first_day not in closed
    assert doubted == 0
    assert holidays >= 20


def test_a_day_with_a_tenth_of_its_rows_and_one_without_any_are_found() -> None:
    """Always, unless two of the eight same weekdays before it were holidays: then less is to be expected."""
    looked = 0
    for seed in range(0, 20, 2):
        days, _ = _honest_days(seed, 34)
        for number in range(70, 238, 13):
            day = MONDAY + timedelta(days=number)
            quiet = sum(day - timedelta(weeks=week) not in days for week in range(1, 9))
            if day in days and days[day].rows >= 100 and quiet < 2:
                looked += 1
                thin = {**days, day: Day(days[day].rows // 10, days[day].rows // 10, days[day].last_second)}
                lost = {other: seen for other, seen in days.items() if other != day}
                assert "few_rows" in {gap.code for gap in _gaps(thin, number - 3, number + 3)}
                assert "missing_days" in {gap.code for gap in _gaps(lost, number - 3, number + 3)}
    assert looked > 100
