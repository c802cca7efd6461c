"""People whom an export knows by name: found in the list of agents, never guessed, and the loss told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.ingest import Intake
from tests.unit.ingest_centre import CHINESE, ENGLISH, LAYOUT, Centre, delimited

BY_NAME = LAYOUT.replace("read:", "people: by_name\nread:", 1)
ROSTER = """\
name: staff
title: {en: Staff, zh: 花名册}
read: {kinds: [csv]}
columns: {number: [工号], name: [姓名], since: [入职]}
tables:
  agents:
    columns: {agent_id: number, name: name, hire_date: as_date(since), valid_from: as_date(since)}
"""
ATTENDANCE = """\
name: days
title: {en: Days, zh: 出勤}
people: by_name
read: {kinds: [csv]}
columns: {who: [Who], day: [Day], minutes: [Minutes]}
tables:
  attendance:
    columns: {agent_id: who, work_date: as_date(day), worked_minutes: as_number(minutes)}
"""
STAFF = (
    ("7", "Ann  Lee", "2020-01-01"),
    ("8", "王芳", "2020-01-01"),
    ("9", "Li Qiang", "2020-01-01"),
    ("10", "li qiang", "2021-01-01"),
)
CALLS = (
    ("C1", "ann lee", "2024-03-01 09:00:00", "Y", "80", "5"),
    ("C2", "王芳", "2024-03-01 09:05:00", "Y", "80", ""),
    ("C3", "Li Qiang", "2024-03-01 09:07:00", "Y", "80", ""),
    ("C4", "Nobody Known", "2024-03-02 10:00:00", "Y", "80", "4"),
    ("C5", "", "2024-03-02 11:00:00", "N", "", ""),
)


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    centre = Centre(tmp_path, BY_NAME)
    centre.layout(ROSTER, "staff")
    centre.layout(ATTENDANCE, "days")
    centre.deliver("calls.csv", delimited(ENGLISH, CALLS))
    return centre


def agents_of(centre: Centre, intake: Intake, table: str, key: str) -> dict[object, object]:
    with centre.raw(intake) as connection:
        return dict(connection.execute(f"select {key}, agent_id from raw.{table}").fetchall())


def deliver_staff(centre: Centre) -> None:
    centre.deliver("staff.csv", delimited(("工号", "姓名", "入职"), STAFF))


def test_names_become_the_ids_of_the_list_of_agents(centre: Centre) -> None:
    deliver_staff(centre)
    found = agents_of(centre, centre.take_in(), "contacts", "contact_id")
    assert found == {"C1": "7", "C2": "8", "C3": None, "C4": None, "C5": None}


def test_a_shared_or_unknown_name_is_told_with_rows_and_days(centre: Centre) -> None:
    deliver_staff(centre)
    intake = centre.take_in()
    (doubt,) = [doubt for doubt in intake.doubts if doubt.table_name == "contacts"]
    assert (doubt.doubt, doubt.severity, doubt.affected_rows, doubt.observed) == ("names_unknown", "doubt", 2, 2)
    assert (str(doubt.first_day), str(doubt.last_day), doubt.file) == ("2024-03-01", "2024-03-02", "calls.csv")
    told = [str(note) for note in intake.notes if "list of agents" in str(note)]
    assert len(told) == 1
    assert "calls.csv: 2 rows name people whom the list of agents does not know, or knows twice: 2 names" in told[0]


def test_a_row_that_is_nothing_without_its_agent_is_left_out_and_counted(centre: Centre) -> None:
    deliver_staff(centre)
    rows = (("Ann Lee", "2024-03-01", "480"), ("Stranger", "2024-03-01", "470"), ("Stranger", "2024-03-02", "470"))
    centre.deliver("days.csv", delimited(("Who", "Day", "Minutes"), rows))
    intake = centre.take_in()
    assert agents_of(centre, intake, "attendance", "worked_minutes") == {480.0: "7"}
    assert intake.tables["attendance"] == {"accepted": 3, "refused": 0, "held": 3}
    (doubt,) = [doubt for doubt in intake.doubts if doubt.table_name == "attendance"]
    assert (doubt.doubt, doubt.affected_rows, doubt.observed) == ("names_unknown", 2, 1)


def test_without_a_list_of_agents_the_name_is_all_that_is_known(centre: Centre) -> None:
    intake = centre.take_in()
    found = agents_of(centre, intake, "contacts", "contact_id")
    assert found["C1"] == "ann lee"
    assert found["C4"] == "Nobody Known"
    assert [doubt for doubt in intake.doubts if doubt.doubt == "names_unknown"] == []


def test_a_list_that_comes_later_finds_the_people_of_earlier_files(centre: Centre) -> None:
    centre.take_in()
    deliver_staff(centre)
    assert agents_of(centre, centre.take_in(), "contacts", "contact_id")["C1"] == "7"


def test_a_mapping_that_does_not_say_so_is_never_joined_by_name(centre: Centre) -> None:
    centre.layout(LAYOUT)
    deliver_staff(centre)
    intake = centre.take_in()
    assert agents_of(centre, intake, "contacts", "contact_id")["C1"] == "ann lee"
    assert [doubt for doubt in intake.doubts if doubt.doubt == "names_unknown"] == []


def test_ids_of_other_deliveries_stay_as_they_are(centre: Centre) -> None:
    centre.layout(LAYOUT.replace("name: calls", "name: others").replace("Call Id", "Number of call"), "others")
    deliver_staff(centre)
    header = ("Number of call", *CHINESE[1:])
    centre.deliver("others.csv", delimited(header, (("D1", "Ann Lee", "2024-03-01 09:00:00", "Y", "80", ""),)))
    found = agents_of(centre, centre.take_in(), "contacts", "contact_id")
    assert (found["C1"], found["D1"]) == ("7", "Ann Lee")


def test_whom_to_ask_about_a_file_is_said_with_the_doubt(centre: Centre) -> None:
    deliver_staff(centre)
    seeds = centre.project / "seeds"
    seeds.mkdir()
    (seeds / "file_owners.csv").write_text(
        "layout,owner_en,owner_zh\ncalls,Telephony team,话务系统组\n", encoding="utf-8"
    )
    (note,) = [note for note in centre.take_in().notes if "list of agents" in str(note)]
    assert note.fix.endswith("; ask: Telephony team")


def test_a_spoilt_list_of_owners_names_nobody_and_stops_nothing_here(centre: Centre) -> None:
    deliver_staff(centre)
    seeds = centre.project / "seeds"
    seeds.mkdir()
    (seeds / "file_owners.csv").write_bytes("mapping,谁\ncalls,话务系统组\n".encode("gb18030"))
    (note,) = [note for note in centre.take_in().notes if "list of agents" in str(note)]
    assert "ask:" not in note.fix
