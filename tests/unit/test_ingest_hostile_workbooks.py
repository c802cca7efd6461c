"""Workbooks made to harm, each left without harm to the rest. Everything is generated in the test."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.ingest.readers import Unreadable, workbook, workbook_child
from tests.unit.hostile_workbooks import many, text_row, write
from tests.unit.ingest_centre import ENGLISH, Centre, delimited

HEADER = text_row(1, ENGLISH[:5])
GOOD = ("C1", "a", "2024-03-01 09:00:00", "Y", "1")


def _far_corner(file: Path) -> None:
    write(file, [HEADER, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'])


def _row_of_the_next_galaxy(file: Path) -> None:
    write(file, [HEADER, '<row r="2000000000"><c><v>1</v></c></row>'])


def _as_many_columns_as_excel_has(file: Path) -> None:
    write(file, [text_row(1, (f"column {number}" for number in range(16_384)))])


def _more_columns_than_excel_has(file: Path) -> None:
    write(file, ['<row r="1">', *many("<c><v>1</v></c>", 2_000_000), "</row>"])


def _endless_rows(file: Path) -> None:
    write(file, many("<row/>", 40_000_000))


def _endless_strings(file: Path) -> None:
    write(file, [HEADER], many("<si><t>0123456789</t></si>", 30_000_000))


def _one_string_a_million_times(file: Path) -> None:
    text = "<si><t>" + "x" * 32_000 + "</t></si>"
    write(file, many('<row><c t="s"><v>0</v></c></row>', 1_000_000), [text])


def _laughing(file: Path) -> None:
    names = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "ha">{"".join(names)}]>'
    write(file, [HEADER, text_row(2, ["&a9;"])], before=doctype)


def _reading_a_file_of_the_machine(file: Path) -> None:
    doctype = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    write(file, [HEADER, text_row(2, ["&secret;", *GOOD[1:]])], before=doctype)


def _deep(file: Path) -> None:
    write(file, [HEADER, "<row><c>" + "<x>" * 300_000 + "</x>" * 300_000 + "</c></row>"])


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a cell in the far corner": (_far_corner, "too_large"),
    "a row that no sheet has": (_row_of_the_next_galaxy, "too_large"),
    "16,384 columns": (_as_many_columns_as_excel_has, "too_large"),
    "two million columns": (_more_columns_than_excel_has, "too_large"),
    "forty million empty rows": (_endless_rows, "too_large"),
    "thirty million shared strings": (_endless_strings, "too_large"),
    "one string a million times": (_one_string_a_million_times, "too_large"),
    "entities that laugh": (_laughing, "unreadable"),
    "an entity that reads a file": (_reading_a_file_of_the_machine, "unreadable"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_workbook_made_to_harm_is_left_and_the_rest_of_the_drop_is_taken(bomb: str, tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    make, code = BOMBS[bomb]
    make(centre.drop / "bomb.xlsx")
    assert (centre.drop / "bomb.xlsx").stat().st_size < 3 << 20, "a bomb is small"
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    intake = centre.take_in()
    assert time.monotonic() - began < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes
    assert [(file.file, file.reason) for file in intake.unrecognised] == [("bomb.xlsx", code)]
    assert all((note.why and note.fix) or code == "unreadable" for note in intake.notes)
    assert intake.tables["contacts"]["accepted"] == 3


def test_elements_a_third_of_a_million_deep_do_no_harm(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    _deep(centre.drop / "deep.xlsx")
    assert centre.take_in().tables["contacts"]["accepted"] >= 3


def test_a_file_of_the_machine_is_never_read_by_a_workbook(tmp_path: Path) -> None:
    _reading_a_file_of_the_machine(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable, match="declares XML entities"):
        workbook.sheets_of(tmp_path / "a.xlsx", tmp_path / "scratch")
    assert not [file for file in (tmp_path / "scratch").rglob("*") if file.is_file() and b"root:" in file.read_bytes()]


def test_a_protected_and_an_old_workbook_are_left_with_clear_words(tmp_path: Path) -> None:
    centre = Centre(tmp_path)
    centre.deliver("good.csv", delimited())
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016
    centre.deliver("locked.xlsx", ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512)
    centre.deliver("old.xls", ole + "Workbook".encode("utf-16-le") + b"\0" * 512)
    told = {note.where: str(note) for note in centre.take_in().notes}
    assert told == {
        "locked.xlsx": "locked.xlsx: The file is protected by a password\n  what to do: save it without a password",
        "old.xls": "old.xls: The workbook is of the old kind .xls, which is not read\n"
        "  what to do: save it as .xlsx or CSV",
    }


def test_the_child_knows_nothing_of_its_parent_and_reaches_nothing(tmp_path: Path) -> None:
    program = """
import os, socket, subprocess, sys
from pathlib import Path
from pipelines.ingest.readers.workbook_child import _stay_alone
inside = Path(sys.argv[1])
_stay_alone(inside)
(inside / "mine").write_text("allowed")
def refused(what):
    try:
        what()
    except PermissionError:
        return
    raise SystemExit(f"{what} was allowed")
refused(lambda: socket.socket())
refused(lambda: socket.getaddrinfo("localhost", 80))
refused(lambda: subprocess.run(["true"]))
refused(lambda: os.system("true"))
refused(lambda: os.fork())
refused(lambda: open(inside.parent / "other", "w"))
refused(lambda: os.open(inside / ".." / "other", os.O_CREAT | os.O_WRONLY))
refused(lambda: os.remove(inside / "mine"))
print(sorted(os.environ))
"""
    (tmp_path / "scratch").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "scratch")],
        env=workbook._ENVIRONMENT, cwd=Path(workbook.__file__).parents[3], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert "HOME" not in done.stdout and "PATH" not in done.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["scratch"]


def test_memory_and_time_of_the_child_are_capped_before_anything_is_opened(tmp_path: Path) -> None:
    program = """
import resource, runpy, sys
from pipelines.ingest.readers import workbook_child as child
child.main([sys.argv[1]])
print([resource.getrlimit(limit)[1] for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)])
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=Path(workbook.__file__).parents[3],
    )  # fmt: skip
    assert done.stdout == f"[{workbook_child.MEMORY_BYTES}, {workbook_child.CPU_SECONDS}, 0]\n"


def test_a_child_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.xlsx", [HEADER])
    monkeypatch.setattr(workbook, "SECONDS", 0.01)
    with pytest.raises(Unreadable, match="too long") as caught:
        workbook.sheets_of(tmp_path / "a.xlsx", tmp_path / "scratch")
    assert caught.value.code == "too_large"


def test_what_the_child_writes_is_for_its_owner_only(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [HEADER, text_row(2, GOOD)])
    workbook.sheets_of(tmp_path / "a.xlsx", tmp_path / "scratch")
    assert [
        oct(path.stat().st_mode & 0o077) for path in (tmp_path / "scratch", *(tmp_path / "scratch").rglob("*"))
    ] == ["0o0"] * 4


def test_a_workbook_in_pieces_says_that_it_is_damaged(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.xlsx", [HEADER, text_row(2, GOOD)]).read_bytes()
    for length in range(200, len(whole), max(1, len(whole) // 4)):
        (tmp_path / "b.xlsx").write_bytes(whole[:length])
        with pytest.raises(Unreadable):
            workbook.sheets_of(tmp_path / "b.xlsx", tmp_path / "scratch")
