"""Workbooks kept by hand, all invented: the monthly attendance sheet and the QA totals of outbound advisers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.unit.layout_centre import LayoutCentre
from tests.unit.vendor_centre import read_as

DAYS = 31
LEAVE = ("事", "病", "年", "婚", "产", "丧", "调休")


@pytest.fixture
def centre(tmp_path: Path) -> LayoutCentre:
    return LayoutCentre(tmp_path, "cn_attendance_month", "cn_outbound_quality")


def sheet_of(rows: Sequence[Sequence[object]], file: Path, merged: Sequence[str] = ()) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(file)


def attendance(
    title: str, people: Sequence[tuple[str, str, dict[int, object]]], above: str = "日期"
) -> list[list[object]]:
    """Title row, a header of two rows merged as people merge them, a row per person, totals and a legend below."""
    marks = [[number, agent, name, *(days.get(day) for day in range(1, DAYS + 1)), 22]
             for number, (agent, name, days) in enumerate(people, 1)]  # fmt: skip
    return [
        [title],
        ["序号", "工号", "姓名", above, *[None] * (DAYS - 1), "出勤天数"],
        [None, None, None, *range(1, DAYS + 1), None],
        *marks,
        [None, None, "合计", *[2] * DAYS, 44],
        [None, None, "备注：√出勤 迟迟到 旷旷工 休休息"],
    ]


MERGED = ("A1:AI1", "A2:A3", "B2:B3", "C2:C3", "D2:AH2", "AI2:AI3")


def test_a_sheet_with_a_title_and_a_merged_header_gives_a_row_per_person_and_day(centre: LayoutCentre) -> None:
    people: list[tuple[str, str, dict[int, object]]] = [
        ("3001", "甲", {2: "√", 3: "迟", 4: "早", 5: "旷", 7: "休", 9: 7.5}),
        ("3002", "乙", {2: "√"}),
        ("3003", "丙", {}),
    ]
    sheet_of(attendance("示例中心2026年3月考勤表", people), centre.drop / "考勤.xlsx", MERGED)
    intake = centre.take_in()
    # 6 marks and 1 mark; 31 cells of the total row; a person without marks and the legend say nothing
    assert read_as(intake) == {("cn_attendance_month", "attendance", 7, 31, 2)}
    assert centre.refused_lines("attendance") == {7: "total_row"}
    assert centre.select(
        intake,
        "select work_date, scheduled_minutes, worked_minutes, approved_leave_minutes, status from raw.attendance "
        "where agent_id = '3001' order by 1",
    ) == [
        (date(2026, 3, 2), 480.0, 480.0, 0.0, "present"),
        (date(2026, 3, 3), 480.0, None, 0.0, "late"),
        (date(2026, 3, 4), 480.0, None, 0.0, "present"),
        (date(2026, 3, 5), 480.0, 0.0, 0.0, "absent"),
        (date(2026, 3, 7), 0.0, 0.0, 0.0, "off"),
        (date(2026, 3, 9), 480.0, 450.0, 0.0, "present"),
    ]


def test_which_leave_it_was_is_not_kept(centre: LayoutCentre) -> None:
    marks: dict[int, object] = dict(enumerate(LEAVE, 1))
    sheet_of(attendance("2026年3月考勤表", [("3001", "甲", marks)]), centre.drop / "考勤.xlsx", MERGED)
    intake = centre.take_in()
    rows = centre.select(intake, "select * exclude (work_date, source_line) from raw.attendance")
    assert len(rows) == len(LEAVE)
    assert len(set(rows)) == 1
    assert centre.select(
        intake, "select distinct approved_leave_minutes, worked_minutes, status from raw.attendance"
    ) == [(480.0, 0.0, "leave")]


def test_a_mark_nobody_explained_is_refused_and_not_guessed(centre: LayoutCentre) -> None:
    sheet_of(attendance("2026年3月考勤表", [("3001", "甲", {1: "√", 2: "△", 3: "迟10"})]), centre.drop / "考勤.xlsx")
    intake = centre.take_in()
    assert intake.tables["attendance"] == {"accepted": 1, "refused": 2 + 31, "held": 1}
    assert centre.refused_lines("attendance") == {4: "value_not_allowed", 5: "total_row"}


def test_the_days_of_the_week_may_stand_below_the_days_of_the_month(centre: LayoutCentre) -> None:
    rows: list[list[object]] = [
        ["示例中心考勤表（2026-02）"],
        ["工号", "姓名", *range(1, 29)],
        [None, None, *("日一二三四五六" * 4)],
        ["3001", "甲", *["√"] * 28],
    ]
    sheet_of(rows, centre.drop / "二月.xlsx")
    intake = centre.take_in()
    assert read_as(intake) == {("cn_attendance_month", "attendance", 28, 0, 0)}
    assert centre.select(intake, "select min(work_date), max(work_date) from raw.attendance") == [
        (date(2026, 2, 1), date(2026, 2, 28))
    ]


def test_a_day_the_month_does_not_have_is_refused_and_so_is_a_sheet_that_names_no_month(centre: LayoutCentre) -> None:
    sheet_of(attendance("2026年2月考勤表", [("3001", "甲", {28: "√", 29: "√"})]), centre.drop / "二月.xlsx", MERGED)
    sheet_of(attendance("考勤表", [("3002", "乙", {28: "√"})]), centre.drop / "哪月.xlsx", MERGED)
    intake = centre.take_in()
    assert centre.select(intake, "select agent_id, work_date from raw.attendance") == [("3001", date(2026, 2, 28))]
    assert {(file, reason) for file, _, column, reason, _ in centre.faults("attendance") if column == "work_date"} == {
        ("二月.xlsx", "not_a_date"),
        ("哪月.xlsx", "no_day"),
    }


def quality(title: str) -> list[list[object]]:
    return [
        [title],
        [
            "顾问名称",
            "质检总分",
            "60秒通话",
            "用车需求",
            "车型信息",
            "政策相关",
            "添加微信",
            "明确到店时间",
            "添加微信",
        ],
        ["甲", 85.5, 70, 90, 80, 85, "是", 90, 80],
        ["乙", "91%", 88, 95, 90, 92, "是", 93, 90],
        ["一店小计", 88.25, 79, 92.5, 85, 88.5, None, 91.5, 85],
        ["合计", 88.25, 79, 92.5, 85, 88.5, None, 91.5, 85],
    ]


def test_totals_among_the_advisers_are_refused_and_the_month_comes_from_the_title(centre: LayoutCentre) -> None:
    sheet_of(quality("2026年2月顾问质检表"), centre.drop / "质检.xlsx")
    intake = centre.take_in()
    assert read_as(intake) == {("cn_outbound_quality", "qa_scores", 2, 2, 0)}
    assert centre.refused_lines("qa_scores") == {5: "total_row", 6: "total_row"}
    assert centre.select(
        intake, "select agent_id, item, points, max_points, scored_at::date from raw.qa_scores order by 1 desc"
    ) == [("甲", "质检总分", 85.5, 100.0, date(2026, 2, 28)), ("乙", "质检总分", 91.0, 100.0, date(2026, 2, 28))]
