"""Learning system: the two shared exports (named .xls, holding CSV) read in place, and invented rows."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.unit.layout_centre import LayoutCentre
from tests.unit.vendor_centre import read_as

HEADER = "Item ID,Item Type,Title,User ID,Completion Status,Completion Date\n"


@pytest.fixture
def centre(tmp_path: Path) -> LayoutCentre:
    return LayoutCentre(tmp_path, "lms_completed", "lms_outstanding")


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.oracle
def test_everything_completed_is_a_seat_and_nothing_outstanding_is_an_absence(
    shared_data: Path, centre: LayoutCentre
) -> None:
    completed, outstanding = (
        rows_of(shared_data / "lms_export" / f"{name}_dp_modules.xls") for name in ("completed", "outstanding")
    )
    for name in ("completed", "outstanding"):
        shutil.copy(shared_data / "lms_export" / f"{name}_dp_modules.xls", centre.drop)
    intake = centre.take_in()
    assert read_as(intake) == {
        ("lms_completed", "training", len(completed), 0, 0),
        ("lms_outstanding", "training", 0, 0, len(outstanding)),
    }
    told = centre.select(intake, "select course_id, agent_id, held_on::varchar, method, absence from raw.training")
    assert sorted(told) == sorted(
        (row["Item ID"], row["User ID"], row["Completion Date"], "online", None) for row in completed
    )


def test_taking_a_course_again_is_a_second_seat_and_the_same_line_again_is_not(centre: LayoutCentre) -> None:
    first, again = (
        "EX_001,Online,Course,9001,Completed,2025-03-02\n",
        "EX_001,Online,Course,9001,Completed,2026-03-02\n",
    )
    centre.deliver("a.csv", HEADER + first)
    centre.deliver("b.csv", HEADER + first + again)
    assert centre.take_in().tables["training"] == {"accepted": 3, "refused": 0, "held": 2}


def test_what_was_not_completed_is_about_nobody_s_presence(centre: LayoutCentre) -> None:
    statuses = ("Completed", "Incomplete", "No Show", "已完成", "")
    rows = (f"EX_00{n},Online,Course,9001,{status},2026-03-02\n" for n, status in enumerate(statuses))
    centre.deliver("a.csv", HEADER + "".join(rows))
    assert read_as(centre.take_in()) == {("lms_completed", "training", 2, 0, 3)}
