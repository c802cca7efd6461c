"""Every kind of file gives the same rows, refuses the same rows, and knows the line of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.ingest.readers.workbook_cells import text_of
from tests.unit.ingest_centre import CHINESE, ENGLISH, ROWS, Centre, delimited

LINES_BELOW_A_HEADER = (5, 6)
ROWS_WITHOUT_A_HEADER = (4, 5)


def _xlsx(centre: Centre) -> None:
    book = openpyxl.Workbook()
    book.active.append(ENGLISH)  # type: ignore[union-attr]
    for row in ROWS:
        book.active.append([cell or None for cell in row])  # type: ignore[union-attr]
    book.save(centre.drop / "calls.xlsx")


def _jsonl(centre: Centre) -> None:
    objects = [dict(zip(CHINESE, row, strict=True)) for row in ROWS]
    centre.deliver("calls.jsonl", "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects))


def _parquet(centre: Centre) -> None:
    columns = ", ".join(f'"{name}" varchar' for name in ENGLISH)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table calls ({columns})")
        connection.executemany("insert into calls values (?, ?, ?, ?, ?, ?)", [list(row) for row in ROWS])
        connection.execute(f"copy calls to '{centre.drop / 'calls.parquet'}' (format parquet)")


def _text(name: str, content: bytes) -> Callable[[Centre], None]:
    return lambda centre: (centre.deliver(name, content), None)[1]


KINDS = {
    "utf-8": (_text("calls.csv", delimited().encode()), LINES_BELOW_A_HEADER),
    "utf-8 with byte order mark": (
        _text("calls.csv", b"\xef\xbb\xbf" + delimited(CHINESE).encode()),
        LINES_BELOW_A_HEADER,
    ),
    "utf-16": (_text("calls.csv", delimited(CHINESE).encode("utf-16")), LINES_BELOW_A_HEADER),
    "utf-16 without a mark": (_text("calls.csv", delimited(ENGLISH).encode("utf-16-le")), LINES_BELOW_A_HEADER),
    "gb18030": (_text("calls.csv", delimited(CHINESE).encode("gb18030")), LINES_BELOW_A_HEADER),
    "tabs": (_text("calls.tsv", delimited(by="\t").encode()), LINES_BELOW_A_HEADER),
    "semicolons, named .xls": (_text("calls.xls", delimited(by=";").encode()), LINES_BELOW_A_HEADER),
    "CRLF": (_text("calls.csv", delimited().replace("\n", "\r\n").encode()), LINES_BELOW_A_HEADER),
    "bare CR": (_text("calls.csv", delimited().replace("\n", "\r").encode()), LINES_BELOW_A_HEADER),
    "no last line end": (_text("calls.csv", delimited().rstrip("\n").encode()), LINES_BELOW_A_HEADER),
    "xlsx": (_xlsx, LINES_BELOW_A_HEADER),
    "jsonl": (_jsonl, ROWS_WITHOUT_A_HEADER),
    "parquet": (_parquet, ROWS_WITHOUT_A_HEADER),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_rows_and_accounts_for_all(kind: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    write, (fourth, fifth) = KINDS[kind]
    write(centre)
    intake = centre.take_in()
    contacts, surveys = intake.deliveries
    assert (contacts.file_rows, contacts.accepted_rows, contacts.refused_rows) == (5, 3, 2)
    assert contacts.not_applicable_rows == 0
    assert (surveys.file_rows, surveys.accepted_rows, surveys.refused_rows, surveys.not_applicable_rows) == (5, 2, 1, 2)
    file = contacts.file
    assert centre.faults() == [
        (file, fourth, "talk_seconds", "not_a_duration", "a while"),
        (file, fifth, "contact_id", "required_missing", None),
        (file, fifth, "started_at", "not_a_time", "yesterday"),
        (file, fifth, "talk_seconds", "below_minimum", "-5"),
    ]
    with centre.raw(intake) as connection:
        rows = connection.execute(
            "select contact_id, agent_id, started_at::varchar, is_answered, talk_seconds, source_line - "
            f"{fourth - 4} from raw.contacts order by contact_id"
        ).fetchall()
    assert rows == [
        ("C1", "王芳", "2024-03-01 09:00:00", True, 143.0, 1),
        ("C2", "李强", "2024-03-01 09:05:00", True, 80.0, 2),
        ("C3", None, "2024-03-01 09:07:00", False, None, 3),
    ]


def test_a_quoted_line_end_does_not_shift_the_line_numbers_below_it(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    text = 'Call Id,Agent,Start,Answered,Talk\nC1,"Wang\nFang",2024-03-01 09:00:00,Y,1\n\n'
    centre.deliver("calls.csv", text + 'C2,"a ""b"", c",2024-03-01 09:00:00,Y,oops\nC3,x,2024-03-01 09:00:00,Y,3\n')
    intake = centre.take_in()
    assert centre.faults() == [("calls.csv", 5, "talk_seconds", "not_a_duration", "oops")]
    with centre.raw(intake) as connection:
        rows = connection.execute("select contact_id, agent_id, source_line from raw.contacts order by 1").fetchall()
    assert rows == [("C1", "Wang\nFang", 2), ("C3", "x", 6)]


def test_lines_that_are_no_rows_are_kept_apart_and_the_rest_of_the_file_is_taken(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    lines = [
        b"Call Id,Agent,Start,Answered,Talk",
        b"C1,a,2024-03-01 09:00:00,Y,1",
        b"C2,a,2024-03-01 09:00:00",
        b"C3,a,2024-03-01 09:00:00,Y,1,extra",
        b'C4,"never closed,2024-03-01 09:00:00,Y,1',
        b"C5,\xff\xfe,2024-03-01 09:00:00,Y,1",
        b"C6," + b"x" * (1 << 21) + b",2024-03-01 09:00:00,Y,1",
        b",,,,",
        b'C7,6" pipe,2024-03-01 09:00:00,Y,1',
        "C8,王芳,2024-03-01 09:00:00,Y,1".encode(),
        *(f"D{number},王芳,2024-03-01 09:00:00,Y,1".encode() for number in range(20)),
    ]
    centre.deliver("calls.csv", b"\n".join(lines) + b"\n")
    (contacts, _) = centre.take_in().deliveries
    assert (contacts.file_rows, contacts.accepted_rows, contacts.refused_rows) == (28, 23, 5)
    assert [(line, column, reason) for _, line, column, reason, _ in centre.faults()] == [
        (3, None, "wrong_number_of_columns"),
        (4, None, "wrong_number_of_columns"),
        (5, None, "unclosed_quote"),
        (6, None, "undecodable_text"),
        (7, None, "line_too_long"),
    ]


def test_a_json_line_that_is_no_object_is_refused_with_its_line(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    _jsonl(centre)
    with (centre.drop / "calls.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("{broken\n\n[1]\n{}\n")
    (contacts, _) = centre.take_in().deliveries
    assert contacts.file_rows == contacts.accepted_rows + contacts.refused_rows == 7
    assert [fault[1:4] for fault in centre.faults() if fault[3] == "not_json"] == [
        (6, None, "not_json"),
        (8, None, "not_json"),
    ]


def test_a_workbook_with_a_far_corner_cell_is_left_without_harm(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "far"  # type: ignore[index]
    book.save(centre.drop / "bomb.xlsx")
    intake = centre.take_in()
    assert [(file.file, file.reason) for file in intake.unrecognised] == [("bomb.xlsx", "too_large")]
    assert intake.tables["contacts"]["accepted"] == 3


def test_excel_cells_become_the_text_a_person_sees() -> None:
    from datetime import datetime, time, timedelta

    cells = (109.0, 0.5, True, time(0, 2, 23), datetime(2021, 1, 1), datetime(2021, 1, 1, 9, 5), timedelta(hours=30))  # noqa: DTZ001
    assert [text_of(cell) for cell in cells] == [
        "109", "0.5", "true", "00:02:23", "2021-01-01", "2021-01-01 09:05:00", "108000",
    ]  # fmt: skip


def test_a_total_row_is_refused_by_the_layouts_own_rule(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", delimited(CHINESE, (*ROWS[:2], ("T", "小计", "2024-03-01 09:00:00", "Y", "223", ""))))
    centre.take_in()
    assert centre.faults() == [("calls.csv", 4, "agent_id", "total_row", "小计")]
