"""The header line is sought, may span several rows, or may be missing; every line keeps its number. Invented files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipelines.ingest.readers.delimited import HEADER_WITHIN
from tests.unit.ingest_centre import ENGLISH, LAYOUT, ROWS, Centre, delimited

PREAMBLE = 'Agent report;of March\n"Times, as shown",in,UTC\n\nAgent,Talk\n'


def test_a_preamble_above_the_header_needs_no_word_in_the_layout(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", PREAMBLE + delimited())
    contacts, _ = centre.take_in().deliveries
    assert (contacts.accepted_rows, contacts.refused_rows) == (3, 2)
    assert {fault[1] for fault in centre.faults()} == {9, 10}


def test_a_title_above_the_header_of_a_sheet_is_passed_over(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Calls of March 2024"], [], list(ENGLISH), *map(list, ROWS)):
        sheet.append([cell or None for cell in row])
    book.save(centre.drop / "calls.xlsx")
    contacts, _ = centre.take_in().deliveries
    assert (contacts.file_rows, contacts.accepted_rows) == (5, 3)
    assert {fault[1] for fault in centre.faults()} == {7, 8}


def test_a_header_below_the_lines_it_is_sought_in_is_not_found(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("in time.csv", "a preamble,of many lines\n" * (HEADER_WITHIN - 1) + delimited())
    centre.deliver("too late.csv", "a preamble,of many lines\n" * HEADER_WITHIN + delimited())
    intake = centre.take_in()
    assert [(file.file, file.reason) for file in intake.unrecognised] == [("too late.csv", "no_layout")]
    assert intake.tables["contacts"]["accepted"] == 3


def test_lines_to_skip_are_never_taken_for_the_header(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT.replace("parquet]}", "parquet], skip_rows: 2}"))
    centre.deliver("calls.csv", delimited(rows=()) + "an older header above,,,,,\n" + delimited())
    contacts, _ = centre.take_in().deliveries
    assert contacts.file_rows == 5


TWO_ROWS = """\
name: hours
title: {en: Hours, zh: 工时}
read: {kinds: [csv, xlsx], header_rows: 2}
columns:
  agent: [姓名]
  day: [日期]
  due: [出勤 应出勤分钟]
  worked: [出勤 实际]
  late: [迟到 次数]
tables:
  attendance:
    columns:
      agent_id: agent
      work_date: as_date(day)
      scheduled_minutes: as_number(due)
      worked_minutes: as_number(worked)
"""
TWO_ROW_SHEET = (
    ("三月考勤（示例）", "", "", "", ""),
    ("姓名", "日期", "出勤", "", "迟到"),
    ("", "", "应出勤分钟", "实际", "次数"),
    ("测试甲", "2024-03-01", "480", "470", "0"),
    ("测试乙", "2024-03-01", "480", "many", "1"),
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_of_two_rows_continues_merged_cells_to_the_right(kind: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.layout(TWO_ROWS, "hours")
    if kind == "csv":
        centre.deliver("hours.csv", "".join(",".join(row) + "\n" for row in TWO_ROW_SHEET))
    else:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in TWO_ROW_SHEET:
            sheet.append([cell or None for cell in row])
        for merged in ("A1:E1", "A2:A3", "B2:B3", "C2:D2"):
            sheet.merge_cells(merged)
        book.save(centre.drop / "hours.xlsx")
    intake = centre.take_in()
    (days,) = intake.deliveries
    assert (days.file_rows, days.accepted_rows, days.refused_rows) == (2, 1, 1)
    assert [fault[1:4] for fault in centre.faults("attendance")] == [(5, "worked_minutes", "not_a_number")]
    with centre.raw(intake) as connection:
        rows = connection.execute("select agent_id, scheduled_minutes, worked_minutes from raw.attendance").fetchall()
    assert rows == [("测试甲", 480.0, 470.0)]


EVENTS = """\
name: calls
title: {en: Queue log, zh: 队列日志}
read:
  kinds: [csv]
  header: none
  delimiter: "|"
  ragged: true
  some_rows: true
  recognise: try_cast(time as bigint) > 0 and event in ('ENTER', 'CONNECT', 'LEAVE')
columns:
  time: ["1"]
  call: ["2"]
  event: ["3"]
  agent: ["4"]
  wait: ["6"]
tables:
  contacts:
    when: event = 'CONNECT'
    columns:
      contact_id: call
      agent_id: agent
      started_at: epoch_ms(time::bigint * 1000)
      is_answered: "true"
      wait_seconds: as_seconds(wait)
"""
LOG = "1709283600|C1|ENTER\n1709283610|C1|CONNECT|a1|x|10\n1709283700|C2|ENTER|||\n1709283720|C2|CONNECT|a2|x|long\n"


def test_a_file_without_a_header_is_known_by_what_its_lines_hold(tmp_path: Path) -> None:
    centre = Centre(tmp_path, EVENTS)
    centre.deliver("queue_log.txt", LOG + "1709283800|C3|LEAVE|a|b|c|d\n\n1709283900|C4|CONNECT|a1\n")
    centre.deliver("other.txt", "plain|text|of|no\nkind|we|know|of\n")
    intake = centre.take_in()
    (contacts,) = intake.deliveries
    assert contacts.file == "queue_log.txt"
    assert (contacts.file_rows, contacts.accepted_rows, contacts.refused_rows) == (6, 2, 1)
    assert contacts.not_applicable_rows == 3
    assert [fault[1:4] for fault in centre.faults()] == [(4, "wait_seconds", "not_a_duration")]


def test_a_line_wider_than_any_other_of_a_ragged_file_is_refused(tmp_path: Path) -> None:
    centre = Centre(tmp_path, EVENTS)
    centre.deliver(
        "queue_log.txt",
        LOG + LOG.replace("|C", "|D").replace("|DONN", "|CONN") * HEADER_WITHIN + "1709283800|C3|LEAVE|a|b|c|d\n",
    )
    centre.take_in()
    assert [fault[3] for fault in centre.faults() if fault[2] is None] == ["wrong_number_of_columns"]


def test_lines_of_a_ragged_file_with_a_header_may_end_early(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT.replace("parquet]}", "parquet], ragged: true}"))
    lines = ["C1,a,2024-03-01 09:00:00,Y,1", 'C2,"a, b",2024-03-01 09:00:00,Y', "C3,a,2024-03-01 09:00:00,Y,1,5,x"]
    centre.deliver("calls.csv", ",".join(ENGLISH) + "\n" + "\n".join(lines) + "\n")
    contacts, _ = centre.take_in().deliveries
    assert (contacts.accepted_rows, contacts.refused_rows) == (2, 1)
    assert [fault[1:4] for fault in centre.faults()] == [(4, None, "wrong_number_of_columns")]


def test_a_first_test_that_fails_on_a_text_recognises_nothing_and_harms_nothing(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.layout(EVENTS.replace("try_cast(time as bigint)", "time::bigint").replace("calls", "log"), "log")
    centre.deliver("calls.csv", delimited())
    centre.deliver("other.csv", "a|b|c\n" * 3)
    intake = centre.take_in()
    assert {delivery.layout for delivery in intake.deliveries} == {"calls"}
    assert [file.file for file in intake.unrecognised] == ["other.csv"]
