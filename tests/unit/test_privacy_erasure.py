"""Whoever asks is erased: their own rows go, rows of others only lose the reference, and they never come back."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import duckdb
import pytest

from pipelines import retention
from pipelines.cli import purge as command
from pipelines.errors import FloorwalkError
from pipelines.ingest import erased
from pipelines.ingest.lake import Lake
from pipelines.privacy import codes
from pipelines.retention import somebody
from tests.every_byte import places_of
from tests.unit.erasure_centre import (
    CALL_HEADER,
    CALL_ROWS,
    NAME,
    NOW,
    PERSON,
    asked,
    copied,
    erase,
    held,
    label,
    lost,
    marked_centre,
    settings_of,
)
from tests.unit.ingest_centre import Centre


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    return marked_centre(tmp_path_factory.mktemp("marked"))


@pytest.fixture
def centre(template: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    made = copied(template, tmp_path)
    monkeypatch.setattr(somebody, "DBT_PROJECT", made.project)
    return made


def test_rows_of_the_person_go_and_rows_of_others_only_lose_the_reference(centre: Centre) -> None:
    receipt, _ = erase(centre)
    mark = label(centre)
    assert {table: dict(counts) for table, counts in receipt.rows.items()} == {
        "agents": {"rows": 1, "references": 1, "texts": 0},
        "contacts": {"rows": 1, "references": 0, "texts": 0},
        "surveys": {"rows": 1, "references": 0, "texts": 0},
        "qa_scores": {"rows": 1, "references": 1, "texts": 1},
        "coaching_log": {"rows": 1, "references": 1, "texts": 0},
        "goal_reviews": {"rows": 1, "references": 0, "texts": 0},
    }
    assert held(centre, "select agent_id, leader from raw.agents") == [("K2003", None)]
    assert held(centre, "select contact_id from raw.contacts order by all") == [("C3",), ("C9",)]
    assert held(centre, "select survey_id from raw.surveys order by all") == [("C3",), ("C9",)]
    assert held(centre, "select evaluation_id, grader from raw.qa_scores order by all") == [
        ("F2", mark),
        ("F3", "K2004"),
    ]
    assert held(centre, "select coaching_id, coach from raw.coaching_log") == [("T2", None)]
    assert held(centre, "select coaching_id from raw.goal_reviews") == [("T2",)]


def test_a_text_of_somebody_else_loses_the_name_and_nothing_else(centre: Centre) -> None:
    erase(centre)
    with duckdb.connect(":memory:") as connection:
        files = str(centre.lake / "qa_scores" / "*.parquet")
        quotes = connection.execute("select quote from read_parquet(?) order by all", [files]).fetchall()
    assert quotes == [("[name] helped me",), ("thank you",)]


def test_no_byte_of_the_lake_or_of_a_receipt_tells_of_the_person_any_more(centre: Centre) -> None:
    assert {text for text, _ in lost(centre)} == {PERSON, NAME}
    erase(centre)
    assert lost(centre) == []
    centre.take_in()
    assert lost(centre) == []


def test_every_row_stays_accounted_for_and_the_reason_is_said(centre: Centre) -> None:
    erase(centre)
    intake = centre.take_in()
    for delivery in intake.deliveries:
        rows = delivery.accepted_rows + delivery.refused_rows + delivery.not_applicable_rows
        assert delivery.file_rows == rows
    told = held(
        centre, "select table_name, refused_rows, first_lines from raw.refusals where reason = 'erased' order by all"
    )
    assert told[:2] == [("agents", 1, ""), ("coaching_log", 1, "")]
    (note,) = [note for note in intake.notes if note.where == "lake/erased"]
    assert note.what.startswith("rows of one erased person left the totals: ")
    assert "1 (Contacts)" in note.what


def test_the_quarantine_of_a_touched_delivery_keeps_the_reason_without_the_text(centre: Centre) -> None:
    before = [row for row in centre.faults() if row[2] == "talk_seconds"]
    assert [row[4] for row in before] == ["a while of K2002"]
    erase(centre)
    assert [row[2:] for row in centre.faults() if row[2]] == [("talk_seconds", "not_a_duration", None)]


def test_a_dry_run_says_the_same_and_changes_nothing(centre: Centre) -> None:
    before = {file: file.read_bytes() for file in centre.lake.rglob("*") if file.is_file()}
    planned = retention.plan_erasure(settings_of(centre), asked(), NOW)
    told = retention.text(planned, is_done=False)
    assert told.startswith("Would be erased: one person\n")
    assert "qa_scores: 1 row of theirs, 1 row of others that lose a reference to them" in told
    assert {file: file.read_bytes() for file in centre.lake.rglob("*") if file.is_file()} == before
    assert not (centre.lake / "erased").exists()
    done, _ = erase(centre)
    assert done.deliveries == planned.deliveries


def test_the_receipt_counts_says_who_ran_it_and_names_nobody(centre: Centre) -> None:
    receipt, file = erase(centre)
    told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert (told["kind"], told["by"], told["mark"]["label"]) == ("erasure", "case 17", label(centre))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    words = file.read_text(encoding="utf-8")
    assert "  by: case 17\n" in words
    assert f"  deliveries: {len(receipt.deliveries)};" in words
    assert "somebody" not in told
    assert PERSON not in words + json.dumps(told)


def test_words_of_whoever_runs_it_that_name_the_person_are_refused(centre: Centre) -> None:
    with pytest.raises(FloorwalkError, match="the words of --by name who is erased"):
        retention.plan_erasure(settings_of(centre), asked(by=f"asked by {NAME}"), NOW)


def test_the_mark_is_keyed_and_without_the_key_tells_nothing(centre: Centre) -> None:
    erase(centre)
    found = erased.load(Lake(centre.lake))
    assert found is not None
    assert found.person(PERSON) == found.person(f" {NAME.upper()}  ") == label(centre)
    assert found.person("K2003") is None
    assert erased.Erased(bytes(32), found.marks).person(PERSON) is None


def test_the_same_file_is_not_taken_in_again(centre: Centre) -> None:
    erase(centre)
    intake = centre.take_in()
    assert intake.new_deliveries == ()
    assert not any(NAME in f"{note}" for note in intake.notes)


def test_another_file_with_the_person_is_taken_in_without_them(centre: Centre) -> None:
    erase(centre)
    centre.deliver("calls-again.csv", CALL_HEADER + CALL_ROWS + "C4,K2003,2024-03-05 10:00:00,70,CU-8,\n")
    centre.deliver("reviews-again.csv", "review of,reviewed,said\nT1,2024-05-01,goes better\nT2,2024-05-01,goes\n")
    centre.deliver(f"team of {PERSON}.csv", CALL_HEADER + "C11,K2003,2024-03-05 11:00:00,70,CU-8,\n")
    intake = centre.take_in()
    told = {(d.file, d.table_name): (d.accepted_rows, d.refused_rows) for d in intake.new_deliveries}
    assert told["calls-again.csv", "contacts"] == (2, 2)
    assert told["calls-again.csv", "surveys"] == (1, 1)
    assert told["reviews-again.csv", "goal_reviews"] == (1, 1)
    assert lost(centre) == []
    assert held(centre, "select contact_id from raw.contacts order by all") == [("C11",), ("C3",), ("C4",), ("C9",)]


def test_a_file_in_which_all_their_rows_are_refused_keeps_no_original_either(centre: Centre) -> None:
    erase(centre)
    centre.deliver(
        "late.csv", CALL_HEADER + f"C5,{PERSON},2024-03-01 09:00:00,no time,CU-7,\nC6,K2003,2024-03-01 09:00:00,5,,\n"
    )
    centre.take_in()
    assert lost(centre) == []


def test_a_second_time_nothing_is_left_to_erase(centre: Centre) -> None:
    erase(centre)
    receipts, file = retention.erase(settings_of(centre), asked(), NOW)
    assert file is None
    assert [receipt.text() for receipt in receipts] == ["The lake holds nothing of this person."]


def test_a_name_is_no_id_and_the_remedy_is_said(centre: Centre) -> None:
    with pytest.raises(FloorwalkError, match="this is a name, not an id"):
        erase(centre, NAME)


def test_a_name_that_somebody_else_has_stays_where_it_stands_alone_and_the_receipt_says_so(centre: Centre) -> None:
    centre.deliver("new.csv", f"agent no,agent name,team,led by,since\nK2009,{NAME},T1,Some Leader,2024-01-01\n")
    centre.take_in()
    receipt, _ = erase(centre)
    assert "A name of theirs is also that of somebody else" in receipt.text()
    assert held(centre, "select agent_id, name, leader from raw.agents order by all") == [
        ("K2003", "Other Person", NAME),
        ("K2009", NAME, "Some Leader"),
    ]


def test_the_code_on_the_site_is_understood_where_its_key_is_at_hand(centre: Centre) -> None:
    key = bytes(range(32))
    file = centre.lake.parent.parent / f"{centre.lake.parent.name}.key"
    file.write_bytes(key)
    file.chmod(0o600)
    settings = type(settings_of(centre))(
        drop=centre.drop, work=centre.drop.parent, identity="pseudonymised", identity_key_file=file
    )
    planned = retention.plan_erasure(settings, asked(codes.person_code(key, PERSON)), NOW)
    assert planned.somebody is not None
    assert planned.somebody.ids == (PERSON,)
    with duckdb.connect(":memory:") as connection:
        connection.execute(codes.macros(key))
        ((person, customer),) = connection.execute(
            "select person_code_of('K2002'), customer_code_of('CU-7')"
        ).fetchall()
    assert (person, customer) == (codes.person_code(key, "K2002"), codes.customer_code(key, "CU-7"))


def test_a_customer_is_erased_by_the_same_command_and_the_work_of_agents_stays(centre: Centre) -> None:
    erase(centre, "CU-7", kind="customer")
    centre.deliver("calls-again.csv", CALL_HEADER + CALL_ROWS)
    assert held(centre, "select contact_id, customer_key from raw.contacts where agent_id = 'K2002'") == [("C1", None)]
    assert places_of(centre.lake, "CU-7") == []


def test_only_one_removal_is_asked_for_at_once() -> None:
    assert command.asked("2024-01-01", None, None, "") is None
    assert command.asked(None, "7", None, "me") == retention.Asked("person", "7", "me")
    assert command.asked(None, None, "CU", "") == retention.Asked("customer", "CU")
    for before, person, customer in (("2024-01-01", "7", None), (None, "7", "CU"), (None, " ", None)):
        with pytest.raises(FloorwalkError):
            command.asked(before, person, customer, "")
