"""Rosters: the shared HR file read in place, and invented Chinese ones; the lake is searched for what is private."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.unit.layout_centre import LayoutCentre
from tests.unit.vendor_centre import read_as

NEEDED = ("EmpID", "Employee_Name", "DateofHire", "DateofTermination", "Department", "Position", "ManagerName")


@pytest.fixture
def centre(tmp_path: Path) -> LayoutCentre:
    return LayoutCentre(tmp_path, "hr_roster", "cn_staff_roster")


@pytest.mark.oracle
def test_the_hr_file_gives_everybody_with_a_number_and_says_which_lines_lack_one(
    shared_data: Path, centre: LayoutCentre
) -> None:
    file = shared_data / "hr_v14" / "HRDataset_v14.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        header, *lines = csv.reader(stream)
    whole = [dict(zip(header, line, strict=True)) for line in lines if len(line) == len(header)]
    numbered = [row for row in whole if row["EmpID"]]
    shutil.copy(file, centre.drop)
    intake = centre.take_in()
    assert read_as(intake) == {("hr_roster", "agents", len(numbered), len(lines) - len(numbered), 0)}
    assert Counter(centre.refused_lines("agents").values()) == Counter(
        {"required_missing": len(whole) - len(numbered), "wrong_number_of_columns": len(lines) - len(whole)}
    )
    told = centre.select(intake, "select team_id, count(*) from raw.agents group by team_id")
    assert sorted(told) == sorted(Counter(row["Department"].strip() for row in numbered).items())
    left = centre.select(intake, "select count(left_date) from raw.agents")
    assert left == [(sum(bool(row["DateofTermination"]) for row in numbered),)]


@pytest.mark.oracle
def test_pay_birth_family_and_origin_are_never_loaded(shared_data: Path, centre: LayoutCentre) -> None:
    file = shared_data / "hr_v14" / "HRDataset_v14.csv"
    shutil.copy(file, centre.drop)
    centre.take_in()
    kept = centre.kept("agents")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["EmpID"]]
    for column in ("Salary", "DOB", "MaritalDesc", "RaceDesc", "CitizenDesc", "TermReason", "PerformanceScore"):
        assert column not in NEEDED
        for value in {row[column].strip() for row in rows if row[column]} - {"Other", "N/A-StillEmployed"}:
            assert f"'{value}'" not in kept, column


def test_a_chinese_roster_below_a_title_is_read_and_numbers_of_persons_are_not(centre: LayoutCentre) -> None:
    centre.deliver(
        "花名册.csv",
        "示例中心员工花名册,,,,,,,,,,\n"
        "序号,工号,姓名,性别,身份证号,手机号,部门,岗位,入职日期,离职日期,班组长\n"
        "1,3001,甲,女,310000199001010000,13900000001,一组,普通坐席,2023/5/8,,组长一\n"
        "2,3002,乙,男,310000199102020000,13900000002,二组,VIP坐席,2024年3月1日,2026-02-28,组长二\n".encode("gb18030"),
    )
    intake = centre.take_in()
    assert read_as(intake) == {("cn_staff_roster", "agents", 2, 0, 0)}
    assert centre.select(
        intake,
        "select agent_id, name, team_id, role, hire_date, left_date, leader, valid_from from raw.agents order by 1",
    ) == [
        ("3001", "甲", "一组", "general", date(2023, 5, 8), None, "组长一", date(2023, 5, 8)),
        ("3002", "乙", "二组", "vip", date(2024, 3, 1), date(2026, 2, 28), "组长二", date(2024, 3, 1)),
    ]
    kept = centre.kept("agents")
    assert "310000" not in kept
    assert "139000" not in kept
    assert "女" not in kept


def test_a_move_is_dated_where_the_roster_says_since_when(centre: LayoutCentre) -> None:
    header = "工号,姓名,班组,入职日期,生效日期\n"
    centre.deliver("三月.csv", header + "3001,甲,一组,2023-05-08,\n")
    centre.deliver("四月.csv", header + "3001,甲,二组,2023-05-08,2026-04-01\n")
    intake = centre.take_in()
    assert centre.select(intake, "select team_id, valid_from from raw.agents order by 2") == [
        ("一组", date(2023, 5, 8)),
        ("二组", date(2026, 4, 1)),
    ]
