"""What the lake keeps: the newest row of each key, the same bytes once, nothing of a killed run."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import fields
from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest import Delivery, Unrecognised
from pipelines.ingest.contract import load_contract
from pipelines.ingest.lake import Lake
from pipelines.ingest.records import Record
from tests.unit.ingest_centre import ENGLISH, LAYOUT, Centre, delimited

DAY = "2024-03-01 09:00:00"


def _calls(*calls: tuple[str, str]) -> str:
    return delimited(ENGLISH[:5], tuple((call, "a", DAY, "Y", talk) for call, talk in calls))


def _talk(centre: Centre) -> dict[str, float]:
    intake = centre.take_in()
    with centre.raw(intake) as connection:
        return dict(connection.execute("select contact_id, talk_seconds from raw.contacts").fetchall())


def test_deliveries_and_unrecognised_have_the_fields_of_the_contract(project: Path) -> None:
    written = load_contract(project / "dbt_project").written
    assert [field.name for field in fields(Delivery)] == [column.name for column in written["deliveries"].columns]
    assert [field.name for field in fields(Unrecognised)] == [column.name for column in written["unrecognised"].columns]


def test_the_same_bytes_again_are_not_taken_in_again(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("a.csv", _calls(("C1", "1")))
    first = centre.take_in()
    again = centre.take_in()
    assert (len(first.new_deliveries), len(again.new_deliveries)) == (2, 0)
    assert again.digest == first.digest
    centre.deliver("copy.csv", _calls(("C1", "1")))
    third = centre.take_in()
    assert third.deliveries == first.deliveries
    assert [note.what for note in third.notes] == ["holds the same bytes as a.csv and is not counted again"]


def test_the_newest_row_of_a_key_wins_over_deliveries_and_within_a_file(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "1"), ("C2", "2"), ("C1", "11")))
    assert _talk(centre) == {"C1": 11.0, "C2": 2.0}
    centre.deliver("2.csv", _calls(("C2", "22"), ("C3", "3")))
    assert _talk(centre) == {"C1": 11.0, "C2": 22.0, "C3": 3.0}
    centre.deliver("3.csv", _calls(("C2", "222"), ("C1", "111")))
    assert _talk(centre) == {"C1": 111.0, "C2": 222.0, "C3": 3.0}
    intake = centre.take_in()
    told = [(d.file, d.accepted_rows, d.superseded_rows) for d in intake.deliveries if d.table_name == "contacts"]
    assert told == [("1.csv", 3, 3), ("2.csv", 2, 1), ("3.csv", 2, 0)]
    assert intake.tables["contacts"] == {"accepted": 7, "refused": 0, "held": 3}


def test_a_corrected_file_of_the_same_name_is_a_new_delivery(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("a.csv", _calls(("C1", "1")))
    before = centre.take_in()
    centre.deliver("a.csv", _calls(("C1", "2")))
    after = centre.take_in()
    assert [d.sequence for d in after.deliveries if d.table_name == "contacts"] == [1, 2]
    assert before.digest != after.digest
    assert _talk(centre) == {"C1": 2.0}


def test_a_view_reads_parquet_plainly_until_something_is_superseded(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "1")))
    views = []
    for name in ("2.csv", "3.csv"):
        intake = centre.take_in()
        with centre.raw(intake) as connection:
            row = connection.execute("select sql from duckdb_views() where view_name = 'contacts'").fetchone()
        assert row is not None
        views.append(row[0])
        centre.deliver(name, _calls(("C1", name)))
    assert "JOIN" not in views[0].upper()
    centre.deliver("4.csv", _calls(("C1", "4")))
    assert _talk(centre) == {"C1": 4.0}


def test_a_table_that_was_never_delivered_is_an_empty_typed_view(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "1")))
    intake = centre.take_in()
    contract = load_contract(centre.project)
    with centre.raw(intake) as connection:
        for table in contract.delivered.values():
            described = connection.execute(f"describe raw.{table.name}").fetchall()
            assert [(row[0], row[1].lower()) for row in described][:-2] == [
                (c.name, c.data_type) for c in table.columns
            ]
        assert connection.execute("select count(*) from raw.training").fetchone() == (0,)
        deliveries = connection.execute("select file, table_name, accepted_rows from raw.deliveries").fetchall()
    assert deliveries == [("1.csv", "contacts", 1), ("1.csv", "surveys", 0)]


def test_refusals_are_told_by_column_and_reason_with_the_first_lines(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(*((f"C{number}", "oops") for number in range(7)), ("D", "1")))
    intake = centre.take_in()
    with centre.raw(intake) as connection:
        told = connection.execute(
            "select table_name, column_name, reason, refused_rows, first_lines from raw.refusals"
        ).fetchall()
    assert told == [("contacts", "talk_seconds", "not_a_duration", 7, "2, 3, 4, 5, 6")]


def _killed_at_the_commit(folder: Path) -> None:
    def kill(self: Lake, record: Record) -> Record:
        os.kill(os.getpid(), signal.SIGKILL)
        return record

    Lake.commit = kill  # type: ignore[method-assign]
    centre = Centre.__new__(Centre)
    centre.drop, centre.lake, centre.project = folder / "drop", folder / "lake", folder / "project"
    centre._scratch = folder / "scratch"
    centre.take_in()


def test_a_run_killed_between_data_files_and_record_leaves_nothing_that_counts(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "1")))
    centre.take_in()
    centre.deliver("2.csv", _calls(("C1", "2")))
    child = multiprocessing.get_context("fork").Process(target=_killed_at_the_commit, args=(tmp_path,))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert len(list((centre.lake / "contacts").glob("*.parquet"))) == 2
    assert [record.file for record in Lake(centre.lake).records()] == ["1.csv"]
    centre.deliver("2.csv", _calls(("C3", "3")))  # what the killed run had begun is not even there any more
    assert _talk(centre) == {"C1": 1.0, "C3": 3.0}
    assert len(list((centre.lake / "contacts").glob("*.parquet"))) == 2
    assert len(list((centre.lake / "originals").iterdir())) == 2


def test_a_changed_layout_reads_the_archived_originals_again(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "60"), ("C2", "2")))
    centre.take_in()
    centre.deliver("2.csv", _calls(("C2", "3")))
    assert _talk(centre) == {"C1": 60.0, "C2": 3.0}
    (centre.drop / "1.csv").unlink()
    centre.layout(LAYOUT.replace("as_seconds(talk)", "as_seconds(talk) * 60"))
    assert _talk(centre) == {"C1": 3600.0, "C2": 180.0}
    assert len(list((centre.lake / "contacts").glob("*.parquet"))) == 2
    assert centre.take_in().notes == ()


def test_a_layout_that_is_gone_takes_its_rows_along_and_says_so(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("1.csv", _calls(("C1", "60")))
    centre.take_in()
    (centre.project / "exports" / "calls.yml").unlink()
    intake = centre.take_in()
    assert intake.deliveries == ()
    assert [(file.file, file.reason) for file in intake.unrecognised] == [("1.csv", "no_layout")]
    assert "restore the mapping calls.yml" in [note.fix for note in intake.notes]
    centre.layout(LAYOUT)
    assert _talk(centre) == {"C1": 60.0}


def test_a_missing_drop_is_a_mistake_of_use(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.drop.rmdir()
    with pytest.raises(FloorwalkError, match="no such folder") as caught:
        centre.take_in()
    assert caught.value.exit_code == Exit.USAGE
    assert not centre.lake.exists()
