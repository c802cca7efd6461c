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

from pipelines import storage
from pipelines.ingest.opening import opened
from pipelines.ingest.readers import CleanFile, Head, Header, HeadRow, Unreadable, load_clean

SECONDS = 900
_GAVE_UP = 3
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "False"}
"""All that the child knows of its parent's environment: nothing."""
_ROWS = 50


@dataclass(frozen=True)
class Sheet:
    """One visible sheet as the child wrote it: clean.csv and unread.csv in `folder`, `width` cells a row."""

    name: str
    folder: Path
    width: int


def sheets_of(file: Path, scratch: Path) -> tuple[Sheet, ...]:
    """Unpack the workbook into `scratch`. Raises Unreadable with the child's words when it gave up."""
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [sys.executable, "-B", "-m", "pipelines.ingest.readers.workbook_child", str(scratch)]
    project = Path(__file__).resolve().parents[3]
    try:
        with opened(file) as stream:
            done = subprocess.run(
                command,
                stdin=stream,
                env=_ENVIRONMENT,
                cwd=project,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("the workbook takes too long to read", "too_large") from error
    if done.returncode == _GAVE_UP:
        code, _, sentence = done.stderr.strip().splitlines()[-1].partition(" ")
        raise Unreadable(sentence, code)
    if done.returncode < 0:
        raise Unreadable("the workbook needs more memory or time than is allowed", "too_large")
    if done.returncode > 0:
        if fault := storage.passed_on(done.stderr, scratch):
            raise fault
        raise Unreadable("the workbook is damaged")
    return tuple(Sheet(item["name"], scratch / item["folder"], item["width"]) for item in json.loads(done.stdout))


def heads(sheets: tuple[Sheet, ...]) -> Iterator[tuple[str, Head]]:
    """Name and first rows of each sheet."""
    for sheet in sheets:
        with (sheet.folder / "clean.csv").open(encoding="utf-8", newline="") as stream:
            rows = tuple(HeadRow(int(row[0]), int(row[0]), tuple(row[1:])) for row in islice(csv.reader(stream), _ROWS))
        yield sheet.name, Head(rows, Header((), sheet=sheet.folder))


def read(connection: duckdb.DuckDBPyConnection, header: Header, positions: Mapping[str, int | None]) -> None:
    """Fill `source` and `unread`; source_line is the row of the sheet."""
    if header.sheet is None:
        raise ValueError("this header is not of a workbook")
    load_clean(connection, CleanFile(header.sheet, len(header.cells)), positions)
    connection.execute("delete from source where source_line <= ?", [header.line])
    connection.execute("delete from unread where source_line <= ?", [header.line])
