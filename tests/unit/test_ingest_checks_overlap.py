"""The same days twice: under other keys, corrected, or not adding up to the source's totals. All files are invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.errors import FloorwalkError
from pipelines.ingest import Intake
from tests.unit.checks_centre import MONDAY, NOON, Row, calls, centre, file
from tests.unit.ingest_centre import Centre

TUESDAY = MONDAY + timedelta(days=1)


def _rekeyed(rows: Sequence[Row], prefix: str = "X") -> list[Row]:
    return [(f"{prefix}{row[0]}", *row[1:]) for row in rows]


def _totals(answered: int, talk: float, scope: str = "centre,centre") -> str:
    header = "Scope,Which,First,Last,Answered,Talk time"
    return f"{header}\n{scope},{MONDAY},{TUESDAY},{answered},{talk}\n"


def _held(folder: Path) -> tuple[Centre, list[Row]]:
    rows = [*calls(MONDAY, 60), *calls(TUESDAY, 60)]
    made = centre(folder)
    made.deliver("1.csv", file(rows))
    made.take_in(now=NOON)
    return made, rows


def _doubts(intake: Intake) -> list[tuple[object, ...]]:
    return [(doubt.doubt, doubt.affected_rows, str(doubt.first_day)) for doubt in intake.doubts]


def test_the_same_rows_under_other_keys_stop_the_drop(tmp_path: Path) -> None:
    made, rows = _held(tmp_path)
    made.deliver("2.csv", file(_rekeyed(rows)))
    with pytest.raises(FloorwalkError) as raised:
        made.take_in(now=NOON)
    assert "120 rows are the same as rows of earlier files in all but the key (2024-01-01 to 2024-01-02)" in str(
        raised.value
    )


def test_days_that_are_new_do_not_hide_that_the_others_are_doubled(tmp_path: Path) -> None:
    made, rows = _held(tmp_path)
    later = [row for n in range(2, 12) for row in calls(MONDAY + timedelta(days=n), 60)]
    made.deliver("2.csv", file([*_rekeyed(rows), *later]))
    with pytest.raises(FloorwalkError, match="120 rows are the same"):
        made.take_in(now=NOON)


def test_some_rows_under_other_keys_are_a_doubt(tmp_path: Path) -> None:
    made, rows = _held(tmp_path)
    made.deliver("2.csv", file([*_rekeyed(rows[:40]), *calls(MONDAY, 60, seed=7, prefix="N")]))
    assert _doubts(made.take_in(now=NOON)) == [("partly_doubled", 40, "2024-01-01")]


def test_other_contacts_of_the_same_days_are_welcome(tmp_path: Path) -> None:
    """A second team, a second channel: the same days and agents, other moments and lengths."""
    made, _ = _held(tmp_path)
    made.deliver("2.csv", file(calls(MONDAY, 80, seed=7, prefix="N")))
    assert made.take_in(now=NOON).doubts == ()


def test_contacts_without_an_agent_or_a_time_of_day_may_agree_by_chance(tmp_path: Path) -> None:
    made = centre(tmp_path)
    lost = [(f"L{n}", "", f"{MONDAY} 09:00:{n:02}", "N", 5, "") for n in range(50)]
    daily = [(f"D{n}", "A1", MONDAY, "Y", 5, 60) for n in range(50)]
    made.deliver("1.csv", file([*lost, *daily]))
    made.deliver("2.csv", file([*_rekeyed(lost), *_rekeyed(daily)]))
    assert made.take_in(now=NOON).doubts == ()


def test_corrected_rows_win_and_what_changed_is_counted(tmp_path: Path) -> None:
    made, rows = _held(tmp_path)
    changed = [(*row[:4], row[4], "77") for row in rows[:7]]
    made.deliver("2.csv", file([*changed, *rows[7:30]]))
    intake = made.take_in(now=NOON)
    (note,) = intake.notes
    assert note.where == "2.csv"
    assert note.what == "30 rows of contacts replace rows of earlier files with the same key; changed: talk_seconds (7)"
    assert intake.tables["contacts"] == {"accepted": 150, "refused": 0, "held": 120}
    assert made.take_in(now=NOON).notes == ()


def test_the_same_rows_with_other_line_ends_change_nothing_and_the_note_says_so(tmp_path: Path) -> None:
    made, rows = _held(tmp_path)
    made.deliver("2.csv", file(rows).replace("\n", "\r\n"))
    (note,) = made.take_in(now=NOON).notes
    assert note.what.endswith("nothing in them has changed")


def test_totals_that_agree_within_a_rounded_second_are_no_doubt(tmp_path: Path) -> None:
    made, rows = _held(tmp_path)
    made.deliver("totals.csv", _totals(121, sum(float(str(row[5])) for row in rows) + 59))
    assert made.take_in(now=NOON).doubts == ()


def test_contacts_that_do_not_add_up_to_the_sources_total_are_a_doubt_of_no_single_delivery(tmp_path: Path) -> None:
    made, rows = _held(tmp_path)
    made.deliver("totals.csv", _totals(150, sum(float(str(row[5])) for row in rows)))
    (doubt,) = made.take_in(now=NOON).doubts
    assert (doubt.delivery_id, doubt.file, doubt.table_name) == ("", "totals.csv", "contacts")
    assert (doubt.doubt, doubt.column_name, doubt.observed, doubt.expected) == ("does_not_add_up", "answered", 120, 150)


def test_it_does_not_matter_whether_the_totals_or_the_contacts_come_first(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("a_totals.csv", _totals(150, 0))
    made.take_in(now=NOON)
    made.deliver("b.csv", file([*calls(MONDAY, 60), *calls(TUESDAY, 60)]))
    assert [doubt.column_name for doubt in made.take_in(now=NOON).doubts] == ["answered", "talk_seconds"]
    made.deliver("c.csv", file(calls(TUESDAY, 90)[60:]))
    assert "answered" not in [doubt.column_name for doubt in made.take_in(now=NOON).doubts]


@pytest.mark.parametrize("scope", ["agent,nobody we know", "queue,another queue", "team,T1"])
def test_a_total_of_somebody_the_contacts_do_not_know_is_not_compared(tmp_path: Path, scope: str) -> None:
    made, _ = _held(tmp_path)
    made.deliver("totals.csv", _totals(999, 999, scope))
    assert made.take_in(now=NOON).doubts == ()


@pytest.mark.parametrize("scope", ["agent,A3", "queue,service"])
def test_totals_of_an_agent_and_a_queue_are_compared_with_theirs(tmp_path: Path, scope: str) -> None:
    made, _ = _held(tmp_path)
    made.deliver("totals.csv", _totals(999, 0, scope))
    answered = next(doubt for doubt in made.take_in(now=NOON).doubts if doubt.column_name == "answered")
    assert answered.observed == (12 if scope.startswith("agent") else 120)


def test_totals_of_days_beyond_the_contacts_are_not_compared(tmp_path: Path) -> None:
    made, _ = _held(tmp_path)
    made.deliver("totals.csv", _totals(999, 999).replace(str(TUESDAY), str(MONDAY + timedelta(days=9))))
    assert made.take_in(now=NOON).doubts == ()
