"""Cells of workbooks that are not what they seem: escapes, errors of formulas, epochs. Generated in the test."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipelines.ingest.readers import Unreadable, workbook
from pipelines.ingest.readers.workbook_cells import unescaped
from tests.unit.hostile_workbooks import text_row, write
from tests.unit.ingest_centre import ENGLISH, Centre, delimited

HEADER = text_row(1, ENGLISH[:5])
GOOD = ("C1", "a", "2024-03-01 09:00:00", "Y", "1")


def _cells(file: Path, folder: Path) -> list[list[str]]:
    """What the child makes of the first sheet; the row number first."""
    import csv

    (sheet, *_) = workbook.sheets_of(file, folder / "scratch")
    with (sheet.folder / "clean.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("a_x0007_b", "a\x07b"),
        ("a_x000D_", "a\r"),
        ("_x005F_x0007_", "_x0007_"),
        ("_xD83D__xDE00_", "😀"),
        ("_x12_ _xGGGG_ _x00411_", "_x12_ _xGGGG_ _x00411_"),
    ],
)
def test_escapes_of_a_workbook_are_the_characters_they_stand_for(stored: str, meant: str, tmp_path: Path) -> None:
    assert unescaped(stored) == meant
    strings = [
        f"<si><t>{stored}</t></si>",
        f"<si><r><t>{stored[:1]}</t></r><r><t>{stored[1:]}</t></r><rPh><t>no</t></rPh></si>",
    ]
    row = f'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>{stored}</t></is></c></row>'
    assert _cells(write(tmp_path / "a.xlsx", [row], strings), tmp_path) == [["1", meant, meant, meant]]


def test_half_a_character_and_a_zero_character_are_refused_with_their_row(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    rows = [text_row(2, ("C1_xD800_", *GOOD[1:])), text_row(3, ("C2_x0000_", *GOOD[1:])), text_row(4, GOOD)]
    write(centre.drop / "calls.xlsx", [HEADER, *rows])
    assert centre.take_in().tables["contacts"]["accepted"] == 1
    assert [fault[1:4] for fault in centre.faults()] == [(2, None, "undecodable_text"), (3, None, "undecodable_text")]


def test_errors_of_formulas_and_formulas_without_a_value_are_no_values(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(ENGLISH[:5])
    day = "2024-03-01 09:00:00"
    for row in (
        ("#REF!", "a", day, "Y", 1),
        ("C2", "#N/A", day, "Y", 1),
        ("C3", "a", day, "Y", "#DIV/0!"),
        ("C4", "a", day, "Y", "=1+1"),
        ("=A2", "a", day, "Y", 1),
        ("C6", "a", day, "Y", 1),
    ):
        sheet.append(row)
    book.save(centre.drop / "calls.xlsx")
    assert centre.take_in().tables["contacts"]["accepted"] == 1
    assert [fault[1:] for fault in centre.faults()] == [
        (2, "contact_id", "formula_error", "#REF!"),
        (3, "agent_id", "formula_error", "#N/A"),
        (4, "talk_seconds", "formula_error", "#DIV/0!"),
        (5, "talk_seconds", "not_calculated", "#NOT CALCULATED!"),
        (6, "contact_id", "not_calculated", "#NOT CALCULATED!"),
    ]


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    row = '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c><c t="str"><f>"x"</f><v>x</v></c></row>'
    assert _cells(write(tmp_path / "a.xlsx", [row]), tmp_path) == [["1", "2", "", "x"]]


def test_error_texts_in_a_text_file_are_no_values_either(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("calls.csv", delimited(ENGLISH[:5], (("C1", "#REF!", GOOD[2], "Y", "1"), GOOD)))
    centre.take_in()
    assert centre.faults() == [("calls.csv", 2, "agent_id", "formula_error", "#REF!")]


@pytest.mark.parametrize(("properties", "day"), [("", "2020-01-01"), ('<workbookPr date1904="1"/>', "2024-01-02")])
def test_the_epoch_of_the_workbook_counts(properties: str, day: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    if properties:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 43831
    sheet["A1"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "a.xlsx")
    assert _cells(tmp_path / "a.xlsx", tmp_path) == [["1", day]]


def test_rows_and_cells_that_are_there_twice_are_not_read_as_if_they_were_not(tmp_path: Path) -> None:
    twice = '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    cell = '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'
    for rows in (twice, cell):
        with pytest.raises(Unreadable):
            workbook.sheets_of(write(tmp_path / "a.xlsx", [HEADER, rows]), tmp_path / "scratch")


def test_styled_cells_without_a_value_do_not_make_a_sheet_wide(tmp_path: Path) -> None:
    row = '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="0"/></row>'
    assert _cells(write(tmp_path / "a.xlsx", [row]), tmp_path) == [["2", "1"]]


def test_a_cell_longer_than_a_line_may_be_is_refused_with_its_row(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    write(centre.drop / "calls.xlsx", [HEADER, text_row(2, ("x" * (1 << 20), *GOOD[1:])), text_row(3, GOOD)])
    assert centre.take_in().tables["contacts"]["accepted"] == 1
    assert [fault[1:4] for fault in centre.faults()] == [(2, None, "line_too_long")]
