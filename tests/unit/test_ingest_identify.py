"""Recognising files: links and half-written files are left, headers match in both languages, the nearest is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest.encodings import encoding_of
from pipelines.ingest.layout_reading import header_key
from tests.unit.ingest_centre import CHINESE, ENGLISH, LAYOUT, Centre, delimited


def test_files_that_hold_no_data_are_left_and_nothing_else_stops(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("sub/calls.csv", delimited())
    centre.deliver("notes.txt", "A note, about the calls.\n")
    centre.deliver("read me.md", "# Read me\n")
    centre.deliver("calls.csv.part", delimited())
    centre.deliver(".hidden.csv", delimited())
    centre.deliver("~$calls.xlsx", b"lock")
    centre.deliver("nothing.csv", "\n\n")
    centre.deliver("broken.xlsx", b"PK\x03\x04 this is no workbook")
    centre.deliver("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    centre.deliver("other.csv", "Weather,Rain\nfine,0\n")
    centre.deliver("short.csv", "Call Id,Agent,Start\nC1,a,2024-03-01\n")
    (centre.drop / "link.csv").symlink_to(centre.drop / "sub" / "calls.csv")
    (centre.drop / "folder").symlink_to(tmp_path)
    intake = centre.take_in()
    assert [(u.file, u.nearest_layout, u.missing_columns, u.reason) for u in intake.unrecognised] == [
        ("broken.xlsx", "", "", "unreadable"),
        ("calls.csv.part", "", "", "unfinished"),
        ("folder", "", "", "not_a_data_file"),
        ("link.csv", "", "", "not_a_data_file"),
        ("notes.txt", "", "", "not_a_data_file"),
        ("nothing.csv", "", "", "empty"),
        ("old.xls", "", "", "old_workbook"),
        ("other.csv", "", "", "no_layout"),
        ("read me.md", "", "", "not_a_data_file"),
        ("short.csv", "calls", "answered,talk", "no_layout"),
        ("~$calls.xlsx", "", "", "unfinished"),
    ]
    assert intake.tables["contacts"]["accepted"] == 3
    assert {d.file for d in intake.deliveries} == {"sub/calls.csv"}


def test_headers_match_whatever_their_case_width_and_underscores() -> None:
    assert header_key(" CALL_id ") == header_key("Call  Id")
    assert header_key("Ａnswered（Y/N）") == header_key("answered(y/n)")
    assert header_key("\ufeff通话编号") == "通话编号"


def test_an_optional_column_may_be_missing_and_a_preamble_is_skipped(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT.replace("parquet]}", "parquet], skip_rows: 2}"))
    centre.deliver(
        "calls.csv", "Report of March\n\n" + delimited(CHINESE[:5], (("C1", "a", "2024-03-01", "是", "oops"),))
    )
    contacts, surveys = centre.take_in().deliveries
    assert (contacts.refused_rows, surveys.not_applicable_rows) == (1, 1)
    assert [fault[1] for fault in centre.faults()] == [4]


def test_the_layout_that_explains_most_columns_reads_the_file(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    smaller = "\n".join(line for line in LAYOUT.splitlines() if "rating" not in line.lower())
    smaller = smaller[: smaller.index("  surveys:")].replace("name: calls", "name: a_smaller_one")
    centre.layout(smaller, "a_smaller_one")
    centre.deliver("calls.csv", delimited())
    assert {d.layout for d in centre.take_in().deliveries} == {"calls"}


def test_a_header_that_is_there_twice_is_mentioned(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", delimited((*ENGLISH, "Agent"), (("C1", "a", "2024-03-01", "Y", "1", "", "b"),)))
    (note,) = centre.take_in().notes
    assert note.what == "the header 'agent' is there more than once; the first column was read"


def test_two_closed_data_sets_are_refused_with_their_files_and_nothing_is_written(tmp_path: Path) -> None:
    centre = Centre(tmp_path, LAYOUT + "data_set: one\n")
    other = LAYOUT.replace("name: calls", "name: other").replace("Call Id", "Other Id").replace("通话编号", "别的编号")
    centre.layout(other + "data_set: two\n", "other")
    centre.deliver("1.csv", delimited())
    second = centre.deliver("2.csv", delimited(("Other Id", *ENGLISH[1:])))
    with pytest.raises(FloorwalkError, match=r"one: 1\.csv; two: 2\.csv") as caught:
        centre.take_in()
    assert caught.value.exit_code == Exit.INPUT_REJECTED
    assert not centre.lake.exists()
    content = second.read_bytes()
    second.unlink()
    centre.take_in()
    centre.deliver("2.csv", content)
    with pytest.raises(FloorwalkError, match=r"one: 1\.csv \(taken in earlier\); two: 2\.csv"):
        centre.take_in()


def test_a_drop_with_nothing_recognised_is_refused_only_while_the_lake_is_empty(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("short.csv", "Call Id,Agent,Start\nC1,a,2024-03-01\n")
    with pytest.raises(FloorwalkError, match="nearest mapping is calls") as caught:
        centre.take_in()
    assert caught.value.exit_code == Exit.INPUT_REJECTED
    assert not centre.lake.exists()
    file = centre.deliver("calls.csv", delimited())
    centre.take_in()
    file.unlink()
    assert centre.take_in().tables["contacts"]["held"] == 3


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("坐席,工号\n王芳,1\n".encode("gb18030"), "gb18030"),
        ("坐席,工号\n王芳,1\n".encode(), "utf-8"),
        (("坐席,工号\n" + "王芳,1\n" * 30).encode() + b"\xff,2\n", "utf-8"),
        ("a,b\n1,2\n".encode("utf-16"), "utf-16"),
        ("a,b\n1,2\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_found_from_the_bytes(content: bytes, name: str, tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_bytes(content)
    assert encoding_of(file).name == name
