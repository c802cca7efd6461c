"""Reading files: one module per kind of file. All end in the same place, a DuckDB table of text with line numbers.

Belongs here: what readers share. Does not belong here: which layout a file has (`identify`), what values mean (`load`).

A reader leaves in the connection it is given
  source(source_line BIGINT, <source id> VARCHAR …)     trimmed text, NULL when empty, source_line exact
  unread(source_line BIGINT, reason VARCHAR, source_text VARCHAR)     lines that could not be split into cells
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

import duckdb

BLANKS = " \t\u00a0\u3000\ufeff\r\n"
"""What surrounds a cell without being part of it: blank, tab, no-break blank, ideographic blank, BOM, line ends."""
SOURCE_TEXT_LIMIT = 500
PLAIN_CSV = "header = false, auto_detect = false, quote = '\"', escape = '\"'"
"""How DuckDB is told to read CSV: nothing guessed."""


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why, for a person."""


@dataclass(frozen=True)
class Header:
    """The header of one file or sheet and how to get to the rows below it."""

    cells: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    line: int = 1
    """Last physical line (or sheet row) of the header."""
    sheet: Path | None = None
    """The sheet as clean CSV, for workbooks."""


class CleanFile:
    """A CSV that DuckDB reads without surprises (first cell is the line number), and beside it the lines left out."""

    def __init__(self, folder: Path, width: int, delimiter: str = ",") -> None:
        self.path, self.unread = folder / "clean.csv", folder / "unread.csv"
        self.width, self.delimiter = width, delimiter

    def __enter__(self) -> CleanFile:
        self._out: TextIO = self.path.open("w", encoding="utf-8", newline="")
        self._left: TextIO = self.unread.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._out, delimiter=self.delimiter, lineterminator="\n")
        self._left_writer = csv.writer(self._left, lineterminator="\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._out.close()
        self._left.close()

    def raw(self, line: int, text: str) -> None:
        """A line known to hold no quote and the right number of delimiters."""
        self._out.write(f"{line}{self.delimiter}{text}\n")

    def row(self, line: int, cells: Sequence[str]) -> None:
        """Cells of any content, as many as the header has."""
        self._writer.writerow((line, *cells))

    def leave(self, line: int, reason: str, text: str) -> None:
        """A line that is no row, with the reason and the beginning of its text."""
        self._left_writer.writerow((line, reason, text[:SOURCE_TEXT_LIMIT]))


def load_clean(connection: duckdb.DuckDBPyConnection, clean: CleanFile, positions: Mapping[str, int | None]) -> None:
    """Fill `source` and `unread` from a clean file; `positions` gives each source id its column, from 0."""
    columns = ", ".join(["'source_line': 'BIGINT'", *(f"'c{number}': 'VARCHAR'" for number in range(clean.width))])
    connection.execute(
        f"create table source as select source_line, {selected(positions)} from read_csv(?, delim = ?, "
        f"{PLAIN_CSV}, columns = {{{columns}}}, max_line_size = 33554432)",
        [str(clean.path), clean.delimiter],
    )
    connection.execute(
        f"create table unread as select * from read_csv(?, delim = ',', {PLAIN_CSV}, "
        "columns = {'source_line': 'BIGINT', 'reason': 'VARCHAR', 'source_text': 'VARCHAR'})",
        [str(clean.unread)],
    )


def selected(positions: Mapping[str, int | None], odd_blanks: bool = True) -> str:
    """The select list that turns columns c0, c1, … into trimmed source ids; five times faster without odd blanks."""
    surrounding = f", {literal(BLANKS)}" if odd_blanks else ""
    return ", ".join(
        f"nullif(trim(c{number}{surrounding}), '') as \"{name}\""
        if number is not None
        else f'null::varchar as "{name}"'
        for name, number in positions.items()
    )


def literal(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def empty_unread(connection: duckdb.DuckDBPyConnection) -> None:
    """The table of unread lines, for readers that left none."""
    connection.execute("create table unread (source_line bigint, reason varchar, source_text varchar)")
