"""Excel workbooks, read in a child process whose memory and time are capped.

A small workbook can name a cell a million rows away or unpack to gigabytes; whatever it does, it does to the child.
The child (`workbook_child`) writes every visible sheet as clean CSV; this module starts it and reads what it left.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from pipelines.ingest.layout import Reading
from pipelines.ingest.readers import CleanFile, Header, Unreadable, load_clean

SECONDS = 900
_HEAD_ROWS = 50


@dataclass(frozen=True)
class Sheet:
    """One visible sheet as the child wrote it: clean.csv and unread.csv in `folder`, `width` cells a row."""

    name: str
    folder: Path
    width: int


def sheets_of(file: Path, scratch: Path) -> tuple[Sheet, ...]:
    """Unpack the workbook into `scratch`. Raises Unreadable with the child's words when it gave up."""
    scratch.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pipelines.ingest.readers.workbook_child", str(file), str(scratch)]
    project = Path(__file__).resolve().parents[3]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False, cwd=project)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("the workbook takes too long to read") from error
    if done.returncode != 0:
        words = done.stderr.strip().splitlines()
        raise Unreadable(
            words[-1] if words and done.returncode == 3 else "the workbook needs more memory or time than allowed"
        )
    return tuple(Sheet(item["name"], scratch / item["folder"], item["width"]) for item in json.loads(done.stdout))


def headers(sheets: tuple[Sheet, ...], reading: Reading) -> Iterator[Header]:
    """The header row of each sheet the layout may mean, below its skipped rows."""
    for sheet in sheets:
        if reading.sheet is not None and sheet.name != reading.sheet:
            continue
        with (sheet.folder / "clean.csv").open(encoding="utf-8", newline="") as stream:
            for row in islice(csv.reader(stream), _HEAD_ROWS):
                if int(row[0]) > reading.skip_rows and any(row[1:]):
                    yield Header(tuple(row[1:]), line=int(row[0]), sheet=sheet.folder)
                    break


def read(connection: duckdb.DuckDBPyConnection, header: Header, positions: Mapping[str, int | None]) -> None:
    """Fill `source` and `unread`; source_line is the row of the sheet."""
    if header.sheet is None:
        raise ValueError("this header is not of a workbook")
    load_clean(connection, CleanFile(header.sheet, len(header.cells)), positions)
    connection.execute("delete from source where source_line <= ?", [header.line])
    connection.execute("delete from unread where source_line <= ?", [header.line])
