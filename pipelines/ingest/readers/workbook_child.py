"""The child process that opens a workbook: limits itself first, then writes every visible sheet as clean CSV.

Run as a program by `workbook`: the workbook is its standard input, its argument a scratch folder; prints a JSON list
of sheets. It ends
with 3 and one line on stderr, a code of FILE_REASONS and a sentence, when the workbook is damaged or beyond the caps;
with anything else when it met what nobody foresaw. How cells become text is `workbook_cells`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import zipfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from pipelines.ingest.readers import CleanFile, workbook_cells
from pipelines.ingest.readers.workbook_cells import Damaged, TooMuch

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 600
UNPACKED_BYTES = 1 << 31
RATIO = 200
"""Most bytes that one packed byte may become in a workbook of more than RATIO_FROM_BYTES."""
RATIO_FROM_BYTES = 256 << 20
TEXT_FROM_CHARACTERS = 64 << 20
"""Text that a workbook of any size may hold; beyond it RATIO counts."""
PARTS = 10_000
SHEETS = 255
CELLS = 30_000_000
COLUMNS = 1_000
ROWS = 1_048_576
_ROWS_THAT_SHOW_THE_WIDTH = 50
_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.kill", "os.remove",
    "os.rename", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown", "shutil.", "ctypes.dlopen",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Unpack standard input into folders of arguments[0]."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * UNPACKED_BYTES, 2 * UNPACKED_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)
    scratch = Path(arguments[0])
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it for nothing
    import openpyxl

    _stay_alone(scratch)
    try:
        with os.fdopen(0, "rb") as stream:
            _refuse_bombs(stream)
            book = workbook_cells.load(openpyxl, stream)
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if len(visible) > SHEETS:
                raise TooMuch(f"the workbook has {len(visible)} sheets; at most {SHEETS} are read")
            sheets = [
                {"name": sheet.title, "folder": f"sheet{number}", "width": _write(sheet, scratch / f"sheet{number}")}
                for number, sheet in enumerate(visible)
            ]
    except TooMuch as error:
        return _give_up("too_large", str(error))
    except MemoryError:
        return _give_up("too_large", "the workbook needs more memory than is allowed")
    except Damaged as error:
        return _give_up("unreadable", str(error))
    sys.stdout.write(json.dumps(sheets))
    return 0


def _give_up(code: str, sentence: str) -> int:
    sys.stderr.write(f"\n{code} {' '.join(sentence.split())}\n")
    return 3


def _stay_alone(scratch: Path) -> None:
    """From here on no connection, no other program, and nothing written outside of the scratch folder."""
    inside = str(scratch.resolve()) + os.sep
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT

    def judge(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(event)
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & writing:
            place = arguments[0]
            if not isinstance(place, int) and not os.path.realpath(os.fsdecode(place)).startswith(inside):
                raise PermissionError(event)

    sys.addaudithook(judge)


def _refuse_bombs(stream: BinaryIO) -> None:
    """What the table of contents states, and the beginning of every part: no document type, so no entities."""
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > PARTS:
                raise TooMuch(f"the workbook has {len(entries)} parts; at most {PARTS} are read")
            if unpacked > UNPACKED_BYTES:
                raise TooMuch("the workbook unpacks to more than 2 GB")
            if unpacked > RATIO_FROM_BYTES and unpacked > RATIO * os.fstat(0).st_size:
                raise TooMuch(f"every byte of the workbook becomes more than {RATIO}, as in a file made to fill memory")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels", ".vml")):
                    with archive.open(entry) as part:
                        _refuse_entities(part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Damaged("the workbook is damaged") from error


class _Begun(Exception):
    """The first element was reached."""


def _refuse_entities(part: Any) -> None:
    def doctype(*_: object) -> None:
        raise Damaged("the workbook declares XML entities, which Excel never does")

    def begun(*_: object) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = begun
    try:
        while chunk := part.read(1 << 16):
            parser.Parse(chunk)
    except _Begun:
        return
    except expat.ExpatError:
        return  # not XML after all; if it matters, it is found when the sheet is read


def _write(sheet: Any, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    rows = _rows(sheet)
    first = list(islice(rows, _ROWS_THAT_SHOW_THE_WIDTH))
    width = max((len(cells) for _, cells in first), default=0)
    with CleanFile(folder, width) as clean:
        for number, cells in chain(first, rows):
            if fault := workbook_cells.row_fault(cells):
                clean.leave(number, fault, ", ".join(cells)[:1000].replace("\0", "").encode(errors="replace").decode())
            elif len(cells) <= width:
                clean.row(number, cells + [""] * (width - len(cells)))
            else:
                clean.leave(number, "wrong_number_of_columns", ", ".join(cells))
    return width


def _most_characters() -> int:
    """A long text that stands once in the workbook can be meant by every cell."""
    return min(UNPACKED_BYTES, max(TEXT_FROM_CHARACTERS, RATIO * os.fstat(0).st_size))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Row number and texts of every row that holds any, without trailing empty cells."""
    cells_seen = characters = last = 0
    for number, row in workbook_cells.rows_of(sheet):
        if number <= last:
            raise Damaged(f"the sheet {sheet.title!r} has row {number} below row {last}")
        last = number
        cells_seen += len(row) + 1
        width = max((column for column, text in row if text.strip()), default=0)
        characters += sum(len(text) for _, text in row)
        if number > ROWS or width > COLUMNS:
            place = f"the sheet {sheet.title!r} has a cell in row {number:,}, column {max(width, 1):,}"
            raise TooMuch(f"{place}; at most {ROWS:,} rows and {COLUMNS:,} columns are read")
        if cells_seen > CELLS or characters > _most_characters():
            raise TooMuch(f"the sheet {sheet.title!r} holds more cells than are read, at row {number}")
        if width:
            cells = [""] * width
            for column, text in row:
                if column <= width:
                    cells[column - 1] = text
            yield number, cells


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
