"""Schedule States Report: the two generations in the shared folder, read in place, and an invented one."""

from __future__ import annotations

import csv
import shutil
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from tests.unit.layout_centre import LayoutCentre
from tests.unit.vendor_centre import read_as

FILES = ("Schedule_11172025.csv", "Updated_Schedule_11172025.csv")


@pytest.fixture
def centre(tmp_path: Path) -> LayoutCentre:
    return LayoutCentre(tmp_path, "wfm_schedule_states")


def rows_of(file: Path) -> list[list[str]]:
    """Cells below the header, as the csv module alone reads them."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))[3:]


def moment(day: str, time: str) -> datetime:
    for form in ("%m/%d/%y %I:%M %p", "%m/%d/%y %I:%M:%S %p"):
        try:
            return datetime.strptime(f"{day} {time}", form)  # noqa: DTZ007 - local times, as in the report
        except ValueError:
            continue
    raise AssertionError(time)


def minutes(length: str) -> int:
    hours, rest = length.split(":")
    return 60 * int(hours) + int(rest)


def is_total(row: list[str]) -> bool:
    return row[10].startswith("Total for")


def contradicts(row: list[str]) -> bool:
    if row[6] == "Full Day":
        return False
    between = (moment(row[4], row[7]) - moment(row[4], row[6])).total_seconds() / 60 % 1440
    return abs(between - minutes(row[8])) > 1


@pytest.mark.oracle
@pytest.mark.parametrize("name", FILES)
def test_totals_and_rows_that_contradict_themselves_are_refused_and_every_other_minute_is_there(
    shared_data: Path, centre: LayoutCentre, name: str
) -> None:
    shutil.copy(shared_data / "wfm_schedule" / name, centre.drop)
    rows = rows_of(shared_data / "wfm_schedule" / name)
    totals = [row for row in rows if is_total(row)]
    wrong = [row for row in rows if not is_total(row) and contradicts(row)]
    right = [row for row in rows if not is_total(row) and not contradicts(row)]
    intake = centre.take_in()
    assert read_as(intake) == {("wfm_schedule_states", "agent_states", len(right), len(totals) + len(wrong), 0)}
    reasons = Counter(centre.refused_lines("agent_states").values())
    assert reasons == Counter({"total_row": len(totals), "times_disagree": len(wrong)})
    per_agent: Counter[str] = Counter()
    for row in right:
        per_agent[row[3]] += minutes(row[8])
    told = centre.select(intake, "select agent_id, sum(minutes)::integer from raw.agent_states group by agent_id")
    assert sorted(told) == sorted(per_agent.items())


@pytest.mark.oracle
def test_the_updated_schedule_replaces_what_it_says_again(shared_data: Path, centre: LayoutCentre) -> None:
    plan: dict[tuple[str, datetime, str], int] = defaultdict(int)
    for number, name in enumerate(FILES):
        file = shared_data / "wfm_schedule" / name
        shutil.copy(file, centre.drop / f"{number} {name}")
        for row in rows_of(file):
            if not is_total(row) and not contradicts(row):
                start = moment(row[4], "12:00 AM" if row[6] == "Full Day" else row[6])
                plan[row[3], start, "Leave" if "TIME OFF" in row[5] else row[5]] = minutes(row[8])
    intake = centre.take_in()
    told = centre.select(intake, "select agent_id, started_at, state, minutes::integer from raw.agent_states")
    assert {(agent, start, state): length for agent, start, state, length in told} == dict(plan)
    assert centre.select(intake, "select count(*) from raw.agent_states where not is_planned") == [(0,)]


def report(*rows: str) -> str:
    header = "Site,Time zone,Team,Agent,Date,Schedule State,Start Time,End Time,Duration,Paid Hours,"
    return "\n".join(("Schedule States Report,,,,,,,,,,", header, *(f"S,Asia/Shanghai,T,{row}" for row in rows), ""))


def test_which_leave_it_is_does_not_leave_the_file_and_a_night_shift_fits_its_length(centre: LayoutCentre) -> None:
    centre.deliver(
        "schedule.csv",
        report(
            "A,3/2/26,Sick Leave - Unpaid,9:00 AM,5:00 PM,08:00,00:00,",
            "B,3/2/26,Maternity,Full Day,Full Day,08:00,08:00,",
            "C,3/2/26,Absence,9:00 AM,10:00 AM,01:00,00:00,",
            "D,3/2/2026,Work,10:00 PM,6:00:00 AM,8:00:00,08:00,",
        ),
    )
    intake = centre.take_in()
    assert read_as(intake) == {("wfm_schedule_states", "agent_states", 4, 0, 0)}
    assert centre.select(
        intake, "select agent_id, state, started_at::varchar, minutes, is_paid from raw.agent_states order by 1"
    ) == [
        ("A", "Leave", "2026-03-02 09:00:00", 480.0, False),
        ("B", "Leave", "2026-03-02 00:00:00", 480.0, True),
        ("C", "Absence", "2026-03-02 09:00:00", 60.0, False),
        ("D", "Work", "2026-03-02 22:00:00", 480.0, True),
    ]
