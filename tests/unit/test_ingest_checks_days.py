"""Days that are missing, thin or broken off are told; a closed day, a late file and a second delivery are not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from pipelines.ingest import Intake
from tests.unit.checks_centre import MONDAY, NOON, calls, centre, file
from tests.unit.ingest_centre import Centre

WEEK = timedelta(weeks=1)
USUAL = 80


def _days(first: date, last: date, instead: Mapping[date, int] | None = None) -> str:
    """Calls of every day, none on Sundays, other numbers where said."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    usual = {day: 0 if day.weekday() == 6 else USUAL for day in days} | dict(instead or {})
    return file(row for day in days for row in calls(day, usual[day]))


def _held(folder: Path) -> Centre:
    """Eight weeks, complete."""
    made = centre(folder)
    made.deliver("weeks.csv", _days(MONDAY, MONDAY + 8 * WEEK - timedelta(days=1)))
    assert made.take_in(now=NOON).doubts == ()
    return made


def _told(intake: Intake) -> list[tuple[object, ...]]:
    return [(d.file, d.doubt, str(d.first_day), str(d.last_day), d.observed) for d in intake.doubts]


NEXT = MONDAY + 8 * WEEK
"""A Monday, 2024-02-26."""


def test_days_without_rows_inside_a_file_are_missing_and_told_as_one(tmp_path: Path) -> None:
    made = _held(tmp_path)
    made.deliver("next.csv", _days(NEXT, NEXT + timedelta(days=5), {date(2024, 2, 27): 0, date(2024, 2, 28): 0}))
    assert _told(made.take_in(now=NOON)) == [("next.csv", "missing_days", "2024-02-27", "2024-02-28", 0)]


def test_a_day_between_two_files_is_missed_when_the_later_one_arrives_and_no_more_when_it_comes(tmp_path: Path) -> None:
    made = _held(tmp_path)
    made.deliver("tuesday.csv", _days(NEXT + timedelta(days=1), NEXT + timedelta(days=1)))
    assert _told(made.take_in(now=NOON)) == [("tuesday.csv", "missing_days", "2024-02-26", "2024-02-26", 0)]
    made.deliver("monday.csv", _days(NEXT, NEXT))
    assert made.take_in(now=NOON).doubts == ()


def test_a_day_with_a_quarter_of_its_rows_is_thin_and_one_with_half_is_not(tmp_path: Path) -> None:
    made = _held(tmp_path)
    made.deliver("next.csv", _days(NEXT, NEXT + timedelta(days=5), {date(2024, 2, 27): 20, date(2024, 2, 28): 40}))
    assert _told(made.take_in(now=NOON)) == [("next.csv", "few_rows", "2024-02-27", "2024-02-27", 20)]


def test_a_thin_day_is_cured_by_the_rest_of_its_rows_and_told_again_while_they_are_missing(tmp_path: Path) -> None:
    made = _held(tmp_path)
    made.deliver("morning.csv", file(calls(NEXT, USUAL)[:15]))
    assert [doubt.doubt for doubt in made.take_in(now=NOON).doubts] == ["partial_last_day"]
    assert [doubt.doubt for doubt in made.take_in(now=NOON).doubts] == ["partial_last_day"]
    made.deliver("rest.csv", file(calls(NEXT, USUAL)[15:]))
    assert made.take_in(now=NOON).doubts == ()


def test_a_last_day_that_ends_hours_early_is_told(tmp_path: Path) -> None:
    made = _held(tmp_path)
    made.deliver("next.csv", file([*calls(NEXT, USUAL), *calls(NEXT + timedelta(days=1), USUAL)[:56]]))
    assert _told(made.take_in(now=NOON)) == [("next.csv", "partial_last_day", "2024-02-27", "2024-02-27", 56)]


def test_a_last_day_that_ends_an_hour_early_is_an_ordinary_day(tmp_path: Path) -> None:
    made = _held(tmp_path)
    made.deliver("next.csv", file(calls(NEXT, USUAL)[:72]))
    assert made.take_in(now=NOON).doubts == ()


def test_a_holiday_in_the_diary_is_not_missed(tmp_path: Path) -> None:
    made = _held(tmp_path)
    made.deliver("diary.csv", "Event,Day,Kind\nE1,2024-02-27,holiday\n")
    made.deliver("next.csv", _days(NEXT, NEXT + timedelta(days=5), {date(2024, 2, 27): 0}))
    assert made.take_in(now=NOON).doubts == ()


def test_a_young_centre_and_a_small_one_are_not_judged(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("weeks.csv", _days(MONDAY, MONDAY + 3 * WEEK, {date(2024, 1, 16): 0}))
    assert made.take_in(now=NOON).doubts == ()


def test_the_same_days_sent_twice_do_not_make_the_next_day_look_thin(tmp_path: Path) -> None:
    made = _held(tmp_path)
    for number in range(3):
        made.deliver(f"again{number}.csv", _days(MONDAY + number * WEEK, MONDAY + 8 * WEEK - timedelta(days=1)))
    made.deliver("next.csv", _days(NEXT, NEXT + timedelta(days=5)))
    assert made.take_in(now=NOON).doubts == ()


def test_one_stray_row_months_ahead_does_not_make_months_missing(tmp_path: Path) -> None:
    made = _held(tmp_path)
    made.deliver("next.csv", file([*calls(NEXT, USUAL), *calls(NEXT + 20 * WEEK, 1)]))
    assert made.take_in(now=NOON).doubts == ()
