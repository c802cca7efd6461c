"""Values that are impossible, totals among rows, files that were cut off. All files are invented."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipelines.ingest.contract import load_contract
from pipelines.ingest.readers import said_of
from pipelines.ingest.reasons import DOUBT_REMEDIES, DOUBTS
from pipelines.settings import PROJECT
from tests.unit.checks_centre import NOON, calls, centre, file
from tests.unit.ingest_centre import Centre

HEADER = "Call,Agent,Start,Answered,Wait,Talk"


def _reasons(made: Centre) -> list[tuple[object, ...]]:
    return [(line, column, reason) for _, line, column, reason, _ in made.faults()]


def test_a_moment_more_than_a_day_after_the_taking_in_is_refused(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", f"{HEADER}\nC1,A1,2024-12-25 11:59:00,Y,1,60\nC2,A1,2024-12-25 12:01:00,Y,1,60\n")
    made.take_in(now=NOON)
    assert _reasons(made) == [(3, "started_at", "in_the_future")]


def test_reading_again_from_the_archive_judges_by_the_moment_of_the_first_taking_in(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", f"{HEADER}\nC1,A1,2024-12-23 09:00:00,Y,1,60\nC2,A1,2025-03-01 09:00:00,Y,1,60\n")
    made.take_in(now=NOON)
    text = (made.project / "exports" / "calls.yml").read_text(encoding="utf-8")
    made.layout(text.replace("'service'", "'help'"))
    intake = made.take_in(now=datetime.fromisoformat("2026-01-01"))
    assert intake.tables["contacts"] == {"accepted": 1, "refused": 1, "held": 1}
    assert _reasons(made) == [(3, "started_at", "in_the_future")]


def test_a_moment_before_1990_is_refused(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", f"{HEADER}\nC1,A1,1970-01-01 00:00:00,Y,1,60\nC2,A1,1999-01-01 09:00:00,Y,1,60\n")
    made.take_in(now=NOON)
    assert _reasons(made) == [(2, "started_at", "too_long_ago")]


def test_what_is_planned_may_lie_in_the_future() -> None:
    contract = load_contract(PROJECT / "dbt_project")
    past = {(t.name, c.name) for t in contract.delivered.values() for c in t.columns if c.has_happened}
    assert {("contacts", "started_at"), ("surveys", "answered_at"), ("complaints", "received_at")} <= past
    planned = [("attendance", "work_date"), ("training", "held_on"), ("callbacks", "due_at"), ("complaints", "due_at")]
    planned += [("agents", "valid_from"), ("agent_states", "started_at"), ("coaching_log", "due_on")]
    assert past.isdisjoint(planned)
    assert all(c.not_before for t in contract.delivered.values() for c in t.columns if c.has_happened)


def test_every_length_of_time_in_the_contract_has_bounds() -> None:
    """Totals of a source have no highest value: they add up a whole centre."""
    contract = load_contract(PROJECT / "dbt_project")
    timed = [
        (table.name, column)
        for table in contract.delivered.values()
        for column in table.columns
        if column.unit in ("seconds", "minutes", "hours")
    ]
    assert len(timed) >= 15
    assert [f"{table}.{column.name}" for table, column in timed if column.minimum is None] == []
    open_ended = {table for table, column in timed if column.maximum is None}
    assert open_ended == {"contact_totals"}


@pytest.mark.parametrize(("talk", "reason"), [("Infinity%", "not_a_duration"), ("Infinity", "not_a_duration")])
def test_infinity_is_no_length_of_time(tmp_path: Path, talk: str, reason: str) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", f"{HEADER}\nC1,A1,2024-03-01 09:00:00,Y,1,{talk}\nC2,A1,2024-03-01 09:00:00,Y,1,60\n")
    made.take_in(now=NOON)
    assert _reasons(made) == [(2, "talk_seconds", reason)]


def test_a_score_over_100_points_and_one_of_infinity_per_cent_are_refused(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.layout(
        "name: courses\ntitle: {en: Courses, zh: 课程}\nread: {kinds: [csv]}\n"
        "columns: {session: [Session], agent: [Who], day: [Day], score: [Score]}\n"
        "tables:\n  training:\n    columns: {session_id: session, course_id: session, agent_id: agent, "
        "held_on: as_date(day), score_points: as_number(score) * 100}\n",
        "courses",
    )
    scores = "".join(f"S1,A{n},2024-03-01,{score}\n" for n, score in enumerate(("85%", "250%", "Infinity%")))
    made.deliver("a.csv", f"Session,Who,Day,Score\n{scores}")
    made.take_in(now=NOON)
    faults = [(line, reason) for _, line, _, reason, _ in made.faults("training")]
    assert faults == [(3, "above_maximum"), (4, "not_a_number")]


@pytest.mark.parametrize(
    "label", ["小计", "合计：", "總計", "王芳 小计", "TOTAL:", "Grand Total", "Sub-total", "East Total"]
)
@pytest.mark.parametrize("cell", ["Call", "Agent"])
def test_a_total_among_the_rows_is_refused_as_one_and_only_as_one(tmp_path: Path, label: str, cell: str) -> None:
    made = centre(tmp_path)
    total = f"{label},,,,9,9999" if cell == "Call" else f",{label},,,9,9999"
    made.deliver("a.csv", f"{HEADER}\nC1,A1,2024-03-01 09:00:00,Y,1,60\n{total}\n")
    intake = made.take_in(now=NOON)
    assert _reasons(made) == [(3, "contact_id" if cell == "Call" else "agent_id", "total_row")]
    assert intake.tables["contacts"] == {"accepted": 1, "refused": 1, "held": 1}


@pytest.mark.parametrize("name", ["会计一组", "Totally Ltd", "Subtotalis", "统计员"])
def test_a_name_that_only_resembles_a_total_is_a_name(tmp_path: Path, name: str) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", f"{HEADER}\nC1,{name},2024-03-01 09:00:00,Y,1,60\n")
    assert made.take_in(now=NOON).tables["contacts"]["accepted"] == 1


@pytest.mark.parametrize(
    ("end", "is_cut"),
    [("C2,A1,2024-03-", True), ('C2,"A1,2024-03-01 09:00:00,Y', True), ("C2,A1,2024-03-01 09:00:00,Y,1,60", False)],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_file_that_ends_inside_a_line_looks_cut_off(tmp_path: Path, end: str, is_cut: bool, encoding: str) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", f"{HEADER}\nC1,A1,2024-03-01 09:00:00,Y,1,60\n{end}".encode(encoding))
    intake = made.take_in(now=NOON)
    assert [doubt.doubt for doubt in intake.doubts] == (["cut_off"] if is_cut else [])


def test_a_short_last_line_that_ends_properly_is_only_refused(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", f"{HEADER}\nC1,A1,2024-03-01 09:00:00,Y,1,60\nC2,A1\n")
    assert made.take_in(now=NOON).doubts == ()


def test_a_doubt_is_remembered_told_at_each_build_and_gone_when_the_file_comes_whole(tmp_path: Path) -> None:
    made = centre(tmp_path)
    whole = f"{HEADER}\nC1,A1,2024-03-01 09:00:00,Y,1,60\nC2,A1,2024-03-01 09:30:00,Y,1,60\n"
    made.deliver("a.csv", whole[:-30])
    first, second = made.take_in(now=NOON), made.take_in(now=NOON)
    assert first.doubts == second.doubts
    assert [note.what for note in second.notes] == [DOUBTS["cut_off"]]
    made.deliver("a.csv", whole)
    last = made.take_in(now=NOON)
    assert last.doubts == ()
    assert first.digest == second.digest != last.digest


def test_doubts_stand_in_a_table_of_their_own_for_the_pages(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", f"{HEADER}\nC1,A1,2024-03-01 09:00:00,Y,1,60\nC2,A1")
    with made.raw(made.take_in(now=NOON)) as connection:
        rows = connection.execute(
            "select file, table_name, doubt, severity, first_day::varchar from raw.doubts"
        ).fetchall()
    assert rows == [("a.csv", "contacts", "cut_off", "doubt", "2024-03-01")]


def test_strange_rows_are_told_when_they_are_more_than_one_in_twenty(tmp_path: Path) -> None:
    made = centre(tmp_path)
    good = calls(NOON.date(), 95)
    made.deliver("few.csv", file([*good, *(("U" + str(n), "A1", NOON, "N", 1, 60) for n in range(5))]))
    assert made.take_in(now=NOON).doubts == ()
    made.deliver("many.csv", file([*good, *(("V" + str(n), "", NOON, "Y", 1, 60) for n in range(6))]))
    assert [(d.doubt, d.affected_rows) for d in made.take_in(now=NOON).doubts] == [("answered_by_nobody", 6)]


def test_an_unanswered_call_may_name_the_agent_it_was_offered_to(tmp_path: Path) -> None:
    made = centre(tmp_path)
    made.deliver("a.csv", file(("U" + str(n), "A1", NOON, "N", 9, "") for n in range(40)))
    intake = made.take_in(now=NOON)
    assert (intake.tables["contacts"]["accepted"], intake.doubts) == (40, ())


def test_half_a_file_refused_for_one_fault_is_a_doubt(tmp_path: Path) -> None:
    made = centre(tmp_path)
    bad = [(f"B{n}", "A1", "13/03/2024 10:00", "Y", 1, 60) for n in range(30)]
    made.deliver("a.csv", file([*calls(NOON.date(), 30), *bad]))
    doubts = made.take_in(now=NOON).doubts
    assert [(d.doubt, d.column_name, d.affected_rows) for d in doubts] == [("mostly_refused", "started_at", 30)]


def test_every_doubt_has_words_and_a_remedy() -> None:
    assert list(DOUBTS) and set(DOUBTS) == set(DOUBT_REMEDIES)


def test_what_the_database_complains_of_never_quotes_a_cell() -> None:
    complaint = said_of(ValueError("Could not convert string 'Mei Lin, 13800000000' to DOUBLE in \"talk\"\nLINE 1: …"))
    assert complaint == "Could not convert string '…' to DOUBLE in '…'"
