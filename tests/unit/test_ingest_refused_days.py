"""What is told of refused rows beside their reason: the days they lie on, and which row of a line they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from pipelines.ingest import Intake
from pipelines.ingest.load import Refusal
from pipelines.ingest.results import refused_days
from tests.unit.ingest_centre import Centre

HEADER = "Call Id,Agent,Start,Answered,Talk,Rating\n"
FORM = """\
name: calls
title: {en: Month sheet, zh: 月表}
read: {kinds: [csv], unpivot: {columns: "[0-9]{1,2}", name: day, value: minutes}}
columns: {agent: [Agent]}
tables:
  attendance:
    columns:
      agent_id: agent
      work_date: as_date('2026-03-' || day)
      worked_minutes: as_number(minutes)
"""


def _refused(folder: Path, *rows: str) -> tuple[Centre, Intake, tuple[Refusal, ...]]:
    centre = Centre(folder)
    centre.deliver("calls.csv", HEADER + "".join(f"{row}\n" for row in rows))
    taken = centre.take_in()
    return centre, taken, taken.refusals[taken.deliveries[0].delivery_id, "contacts"]


def test_rows_that_are_refused_on_one_day_only_say_which(tmp_path: Path) -> None:
    good = [f"C{number},A1,2026-03-{number:02} 09:00:00,Y,60," for number in range(10, 20)]
    bad = [f"D{number},A1,2026-03-14 09:0{number}:00,Y,-5," for number in range(3)]
    centre, taken, (refusal,) = _refused(tmp_path, *good, *bad)
    assert (refusal.reason, refusal.first_day, refusal.last_day) == (
        "below_minimum",
        date(2026, 3, 14),
        date(2026, 3, 14),
    )
    assert refused_days(refusal) == "all on 2026-03-14"
    with centre.raw(taken) as connection:
        assert connection.execute("select first_day, last_day from raw.refusals").fetchall() == [
            (date(2026, 3, 14), date(2026, 3, 14))
        ]


def test_several_days_are_told_from_the_first_to_the_last(tmp_path: Path) -> None:
    rows = [f"D{number},A1,2026-03-{number} 09:00:00,Y,-5," for number in (14, 20, 17)]
    *_, (refusal,) = _refused(tmp_path, *rows)
    assert refused_days(refusal) == "all from 2026-03-14 to 2026-03-20"


def test_a_row_whose_day_cannot_be_read_leaves_the_days_unsaid(tmp_path: Path) -> None:
    *_, found = _refused(tmp_path, "D1,A1,2026-03-14 09:00:00,Y,-5,", "D2,A1,a Monday,Y,-5,", "D3,A1,2026-03-14,Y")
    assert {(refusal.reason, refusal.rows, refused_days(refusal)) for refusal in found} == {
        ("below_minimum", 2, ""),
        ("not_a_time", 1, ""),
        ("wrong_number_of_columns", 1, ""),
    }


def test_a_day_that_is_itself_impossible_is_not_told(tmp_path: Path) -> None:
    rows = [f"D{number},A1,1970-01-01 09:00:00,Y,-5," for number in range(2)]
    *_, found = _refused(tmp_path, *rows)
    assert {(refusal.reason, refused_days(refusal)) for refusal in found} == {
        ("below_minimum", ""),
        ("too_long_ago", ""),
    }


def test_the_days_survive_the_record_of_the_delivery(tmp_path: Path) -> None:
    centre, taken, (refusal,) = _refused(tmp_path, *(f"D{n},A1,2026-03-14 09:00:00,Y,-5," for n in range(2)))
    again = centre.take_in()
    assert again.refusals == taken.refusals
    assert refusal.first_day == date(2026, 3, 14)


def test_the_quarantine_says_which_row_of_a_line_was_refused(tmp_path: Path) -> None:
    centre = Centre(tmp_path, FORM)
    centre.deliver("march.csv", "Agent,1,2,3\nA1,480,ill,480\nA2,480,480,away\n")
    centre.take_in()
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            "select source_line, source_part, source_text from read_parquet(?) order by all",
            [str(centre.lake / "refused" / "*__attendance.parquet")],
        ).fetchall()
    assert found == [(2, 2, "ill"), (3, 3, "away")]
