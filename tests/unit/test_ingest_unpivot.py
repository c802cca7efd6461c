"""One column per day becomes one row per day; what is counted are these rows. Invented attendance sheets."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.unit.ingest_centre import Centre

LAYOUT = """\
name: calls
title: {en: Attendance, zh: 考勤}
read: {kinds: [csv, xlsx, parquet], unpivot: {columns: '([0-9]{1,2})(日|号)?', name: day, value: mark}}
columns:
  agent: [Name, 姓名]
  note: {headers: [Note], optional: true}
tables:
  attendance:
    columns:
      agent_id: agent
      work_date: make_date(2024, 3, day::integer)
      worked_minutes: as_number(mark)
"""
HEADER = ("姓名", "1", "2日", "03", "Note", "合计")
LINES = (
    ("测试甲", "480", "", "470", "", "950"),
    ("测试乙", "480", "ill", "460", "x", "940"),
    ("测试丙", "", "", "", "left", "0"),
)


def _csv(centre: Centre) -> None:
    centre.deliver("days.csv", "".join(",".join(row) + "\n" for row in (("三月", "", "", "", "", ""), HEADER, *LINES)))


def _quoted_csv(centre: Centre) -> None:
    centre.deliver("days.csv", "\n" + "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in (HEADER, *LINES)))


def _xlsx(centre: Centre) -> None:
    book = openpyxl.Workbook()
    for row in (("三月",), HEADER, *LINES):
        book.worksheets[0].append([cell or None for cell in row])
    book.save(centre.drop / "days.xlsx")


def _parquet(centre: Centre) -> None:
    columns = ", ".join(f'"{name}" varchar' for name in HEADER)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table days ({columns})")
        connection.executemany("insert into days values (?, ?, ?, ?, ?, ?)", [list(row) for row in LINES])
        connection.execute(f"copy days to '{centre.drop / 'days.parquet'}' (format parquet)")


@pytest.mark.parametrize("kind", [_csv, _quoted_csv, _xlsx, _parquet])
def test_each_cell_below_a_day_becomes_a_row_and_every_row_is_accounted_for(kind: object, tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT)
    assert callable(kind)
    kind(centre)
    intake = centre.take_in()
    (days,) = intake.deliveries
    assert (days.file_rows, days.accepted_rows, days.refused_rows) == (6, 4, 2)
    first = 1 if kind is _parquet else 3
    assert [fault[1:] for fault in centre.faults("attendance")] == [
        (first + 1, "worked_minutes", "not_a_number", "ill"),
        (first + 2, "work_date", "required_missing", None),
    ]
    assert {r.first_lines for r in intake.refusals[days.delivery_id, "attendance"]} == {
        f"{first + 1}.2",
        f"{first + 2}",
    }
    with centre.raw(intake) as connection:
        rows = connection.execute(
            "select agent_id, work_date::varchar, worked_minutes, source_line from raw.attendance order by all"
        ).fetchall()
    assert rows == [
        ("测试乙", "2024-03-01", 480.0, first + 1),
        ("测试乙", "2024-03-03", 460.0, first + 1),
        ("测试甲", "2024-03-01", 480.0, first),
        ("测试甲", "2024-03-03", 470.0, first),
    ]


def test_a_corrected_sheet_replaces_day_by_day(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT)
    centre.deliver("days.csv", "姓名,1,2\n测试甲,480,470\n")
    centre.take_in()
    centre.deliver("days.csv", "姓名,2,3\n测试甲,100,90\n")
    intake = centre.take_in()
    assert [(d.accepted_rows, d.superseded_rows) for d in intake.deliveries] == [(2, 1), (2, 0)]
    with centre.raw(intake) as connection:
        rows = connection.execute("select worked_minutes from raw.attendance order by work_date").fetchall()
    assert rows == [(480.0,), (100.0,), (90.0,)]


def test_a_line_without_marks_may_be_left_out_by_a_layout_that_says_so(tmp_path: Path) -> None:
    layout = LAYOUT.replace("read: {", "read: {some_rows: true, ")
    centre = Centre(tmp_path, layout.replace("  attendance:\n", "  attendance:\n    when: mark is not null\n"))
    _csv(centre)
    (days,) = centre.take_in().deliveries
    assert (days.file_rows, days.accepted_rows, days.refused_rows, days.not_applicable_rows) == (6, 4, 1, 1)


def test_a_sheet_without_a_single_such_column_does_not_fit_and_the_layout_says_what_is_missing(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT)
    centre.deliver("good.csv", "姓名,1\n测试甲,480\n")
    centre.deliver("days.csv", "姓名,first,second\n测试甲,480,470\n")
    (file,) = centre.take_in().unrecognised
    assert (file.nearest_layout, file.missing_columns) == ("calls", "day")
