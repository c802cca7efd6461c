"""The child process that opens a workbook: limits itself first, then writes every visible sheet as clean CSV.

Run as a program by `workbook`: arguments are the workbook and a scratch folder; prints a JSON list of sheets; ends with
3 and one sentence on stderr when the workbook is damaged or beyond the caps.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 600
UNPACKED_BYTES = 1 << 31
CELLS = 30_000_000
COLUMNS = 1_000
_ROWS_THAT_SHOW_THE_WIDTH = 50


class TooMuch(Exception):
    """The workbook goes beyond a cap; the message says which."""


def main(arguments: list[str]) -> int:
    """Unpack arguments[0] into folders of arguments[1]."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    file, scratch = Path(arguments[0]), Path(arguments[1])
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_BYTES:
                raise TooMuch("the workbook unpacks to more than 2 GB")
        with file.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            sheets = [
                {"name": sheet.title, "folder": f"sheet{number}", "width": _write(sheet, scratch / f"sheet{number}")}
                for number, sheet in enumerate(book.worksheets)
                if sheet.sheet_state == "visible"
            ]
    except TooMuch as error:
        return _give_up(str(error))
    except MemoryError:
        return _give_up("the workbook needs more memory than allowed")
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError, OSError, EOFError):
        return _give_up("the workbook is damaged")
    sys.stdout.write(json.dumps(sheets))
    return 0


def _give_up(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 3


def _write(sheet: Any, folder: Path) -> int:
    from pipelines.ingest.readers import CleanFile

    folder.mkdir(parents=True, exist_ok=True)
    sheet.reset_dimensions()  # the stated size is the writer's claim; rows are read as they are
    rows = _rows(sheet)
    first = list(islice(rows, _ROWS_THAT_SHOW_THE_WIDTH))
    width = max((len(cells) for _, cells in first), default=0)
    with CleanFile(folder, width) as clean:
        for number, cells in chain(first, rows):
            if len(cells) <= width:
                clean.row(number, cells + [""] * (width - len(cells)))
            else:
                clean.leave(number, "wrong_number_of_columns", ", ".join(cells))
    return width


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Row number and texts of every row that holds any, without trailing empty cells."""
    total = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        total += len(values) + 1
        if total > CELLS or len(values) > COLUMNS:
            raise TooMuch(f"the sheet {sheet.title!r} holds more cells than allowed, at row {number}")
        cells = [text_of(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def text_of(value: object) -> str:
    """A cell as text: dates in ISO form, a clock time as h:mm:ss, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time(0) else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
        return str(int(seconds)) if seconds == int(seconds) else repr(seconds)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
