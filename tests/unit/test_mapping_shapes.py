"""Files that are no plain table are proposed as what they are, and the proposal reads them at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.mapping import Proposal, Trial, as_layout, map_file, try_layout
from pipelines.settings import PROJECT
from tests.unit import mapping_shapes
from tests.unit.vendor_centre import VendorCentre

DBT = PROJECT / "dbt_project"


def proposed(file: Path) -> tuple[Proposal, str, Trial]:
    """The proposal, its text, and the reading with the first answer to every question."""
    proposal = map_file(file, DBT)
    return proposal, as_layout(proposal, "unseen"), try_layout(
        file, DBT, "unseen", as_layout(proposal, "unseen", assumed=True)
    )  # fmt: skip


def expressions(proposal: Proposal, table: str) -> dict[str, str]:
    [found] = [one for one in proposal.tables if one.match.table.name == table]
    return {name: value.written for name, value in found.values.items()}


def read(trial: Trial) -> dict[str, tuple[int, int, int]]:
    """Table → rows accepted, refused and not about it."""
    return {one.table: (one.accepted, one.refused, one.not_applicable) for one in trial.reads}


def test_contacts_answers_people_and_teams_of_one_file_are_all_proposed(tmp_path: Path) -> None:
    proposal, text, trial = proposed(mapping_shapes.several_tables(tmp_path / "unseen.csv"))
    assert read(trial) == {
        "contacts": (120, 0, 0), "surveys": (26, 0, 94), "agents": (120, 0, 0), "teams": (120, 0, 0),
    }  # fmt: skip
    assert expressions(proposal, "contacts")["started_at"] == "as_timestamp(start_time, 'dmy')"
    assert expressions(proposal, "surveys") == {
        "survey_id": "call_id", "contact_id": "call_id", "agent_id": "agent_id",
        "answered_at": "as_timestamp(start_time, 'dmy')", "score": "as_number(satisfaction)",
        "scale_min": "? the lowest answer a customer could give",
        "scale_max": "? the highest answer a customer could give",
    }  # fmt: skip
    assert expressions(proposal, "agents") == {
        "agent_id": "agent_id", "name": "agent_name", "team_id": "team", "leader": "team_leader",
        "valid_from": "as_date(start_time, 'dmy')",
    }  # fmt: skip
    assert "when: satisfaction is not null and satisfaction not in ('not asked')" in text
    assert "# Satisfaction holds 40 answers of customers" in text
    assert [name for name, _ in proposal.questions] == ["surveys.scale_min", "surveys.scale_max"]


def test_a_workbook_with_a_title_and_merged_headings_over_two_rows_is_recognised(tmp_path: Path) -> None:
    proposal, text, trial = proposed(mapping_shapes.merged_headings(tmp_path / "unseen.xlsx"))
    assert "# 7 column headings in lines 2 and 3, below 1 other line: cells of the upper one are merged" in text
    assert "\n  header_rows: 2\n" in text
    assert expressions(proposal, "contacts")["talk_seconds"] == "as_seconds(talk_seconds)"
    assert "talk_seconds: [通话 通话时长(秒)]" in text
    assert read(trial) == {"contacts": (120, 0, 0)}
    [contacts] = trial.reads
    started = contacts.columns.index("started_at")
    assert [row[started] for row in contacts.rows[:2]] == ["2026-03-01 14:00:00", "2026-03-02 09:01:00"]


def test_one_column_per_day_of_a_month_becomes_attendance_with_the_month_of_the_title(tmp_path: Path) -> None:
    proposal, text, trial = proposed(mapping_shapes.days_of_a_month(tmp_path / "unseen.xlsx"))
    assert proposal.questions == ()
    assert 'unpivot: {columns: "[0-9]{1,2}", name: "day", value: "mark"}' in text
    assert read(trial) == {"attendance": (360, 0, 30)}
    [attendance] = trial.reads
    assert attendance.rows[0][1:3] == ("2001", "2026-04-01")
    assert {row[-1] for row in attendance.rows} <= {"present", "off"}


def test_a_sheet_of_days_whose_month_nobody_names_asks_for_it(tmp_path: Path) -> None:
    file = tmp_path / "unseen.csv"
    days = ",".join(str(day) for day in range(1, 29))
    people = "".join(f"{2001 + person},{','.join(['出勤'] * 28)}\n" for person in range(5))
    file.write_text(f"工号,{days}\n{people}", encoding="utf-8")
    proposal = map_file(file, DBT)
    assert [(name, value.question) for name, value in proposal.questions] == [
        ("work_date", "which month this sheet is about")
    ]


def test_a_list_inside_each_record_is_taken_apart_and_the_zone_is_asked_once_with_its_place(tmp_path: Path) -> None:
    proposal, text, trial = proposed(mapping_shapes.evaluations(tmp_path / "unseen.json"))
    assert '\n  records: "data.evaluations"\n  explode: "answers"\n' in text
    assert expressions(proposal, "qa_scores") == {
        "evaluation_id": "evaluation_id", "contact_id": "contact_id", "agent_id": "agent_id",
        "scored_at": "as_local(scored_at)", "form": "form", "item": "answers_question",
        "points": "as_number(answers_points)", "max_points": "as_number(answers_max_points)", "grader": "evaluator",
    }  # fmt: skip
    assert read(trial) == {"qa_scores": (90, 0, 0)}
    assert (proposal.questions, proposal.needs_zone) == ((), True)
    place = "time zone of the centre? State it in dbt_project/exports/_parsers.sql, line 7."
    assert place in " ".join(line.strip("# ") for line in text.splitlines())


def test_while_the_zone_is_not_stated_a_proposed_layout_refuses_and_then_reads_by_itself(tmp_path: Path) -> None:
    file = mapping_shapes.evaluations(tmp_path / "unseen.json")
    text = as_layout(map_file(file, DBT), "unseen")
    for zone, expected in ((None, (0, 90)), ("Asia/Shanghai", (90, 0))):
        folder = tmp_path / str(expected[0])
        folder.mkdir()
        centre = VendorCentre(folder, zone)
        centre.layout(text, "unseen")
        centre.deliver("unseen.json", file.read_bytes())
        [delivery] = centre.take_in().deliveries
        assert (delivery.accepted_rows, delivery.refused_rows) == expected


def test_a_stated_zone_is_no_question(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path, "Europe/Berlin")
    proposal = map_file(mapping_shapes.evaluations(tmp_path / "unseen.json"), centre.project)
    assert not proposal.needs_zone
    assert (
        "read in Europe/Berlin, the zone stated in dbt_project/exports/_parsers.sql"
        in (proposal.values["scored_at"].why[1])
    )


def test_a_log_without_headings_is_told_by_its_values_and_its_places_are_asked(tmp_path: Path) -> None:
    proposal, text, trial = proposed(mapping_shapes.log_without_header(tmp_path / "unseen.log.csv"))
    assert '\n  header: "none"\n' in text
    assert re.search(r'recognise: "as_timestamp\(left\(p1, 19\)\) is not null and p5 in', text)
    assert "\n  ragged: true\n" in text
    written = expressions(proposal, "contacts")
    assert (written["contact_id"], written["started_at"]) == ("p2", "as_timestamp(p1)")
    assert written["is_answered"].startswith("as_yes_no(case when p5 in ('ANSWERED')")
    assert [name for name, _ in proposal.questions] == ["agent_id", "queue", "wait_seconds", "talk_seconds"]
    assert read(trial) == {"contacts": (120, 0, 0)}


@pytest.mark.parametrize("heading", ["Vorgang", "Exemple"])
def test_a_file_whose_headings_say_nothing_feeds_no_table_by_chance(heading: str, tmp_path: Path) -> None:
    file = tmp_path / "unseen.csv"
    rows = "".join(f"V{n:03d},2026-03-{n + 1:02d},x{n % 3}\n" for n in range(20))
    file.write_text(f"{heading},Jour,Chose\n{rows}", encoding="utf-8")
    with pytest.raises(Exception, match="no contract table can be fed"):
        map_file(file, DBT)
