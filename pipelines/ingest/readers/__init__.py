"""Reading files: one module per kind of file. All end in the same place, a DuckDB table of text with line numbers.

Belongs here: what readers share. Does not belong here: which layout a file has (`identify`), what values mean (`load`).

A reader leaves in the connection it is given
  source(source_line BIGINT, source_part INTEGER, <source id> VARCHAR …)
                                         trimmed text, NULL when empty, source_line exact; source_part is 1 unless one
                                         line gives several rows, which it then tells apart
  unread(source_line BIGINT, source_part INTEGER, reason VARCHAR, source_text VARCHAR)
                                         lines that could not be split into cells
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

import duckdb

_WITHOUT_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
BLANKS = " \t\u00a0\u3000\ufeff\r\n" + _WITHOUT_WIDTH
"""What surrounds a cell without being part of it: blank, tab, no-break blank, ideographic blank, BOM, line ends, and
characters without width, among them those that turn the writing direction."""
SOURCE_TEXT_LIMIT = 500
PLAIN_CSV = "header = false, auto_detect = false, quote = '\"', escape = '\"'"
"""How DuckDB is told to read CSV: nothing guessed."""


csv.field_size_limit(1 << 24)  # characters of a cell; a line is never longer than decode.LONGEST_LINE


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why, for a person, `code` is one of `FILE_REASONS`."""

    def __init__(self, words: str, code: str = "unreadable") -> None:
        super().__init__(words)
        self.code = code


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
    is_ragged: bool = False
    """Lines may hold fewer cells than the header."""
    preamble: str = ""
    """What stands above the header: cells by one blank, rows by line ends."""


@dataclass(frozen=True)
class HeadRow:
    """One row among the first of a file, with the physical lines (or sheet rows) it spans."""

    first: int
    last: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """The first rows of a file as one delimiter or sheet gives them; any of them may turn out to be the header."""

    rows: tuple[HeadRow, ...]
    header: Header
    """What every header found in these rows has in common."""


_LINE_END = r"new_line = '\n'"
"""Said, not found: DuckDB refuses the whole file for a bare CR inside quotation marks otherwise."""
_NOT_TEXT = re.compile("[\ud800-\udfff\0]")
"""Halves of characters, and the character that ends a text in many programs."""


class CleanFile:
    """A CSV that DuckDB reads without surprises (first cell is the line number), and beside it the lines left out."""

    def __init__(self, folder: Path, width: int, delimiter: str = ",") -> None:
        self.path, self.unread = folder / "clean.csv", folder / "unread.csv"
        self.width, self.delimiter = width, delimiter

    def __enter__(self) -> CleanFile:
        self._out: TextIO = self.path.open("w", encoding="utf-8", newline="")
        self._left: TextIO = self.unread.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._out, delimiter=self.delimiter, lineterminator="\n")
        self._quoting_writer = csv.writer(
            self._out, delimiter=self.delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL
        )
        self._left_writer = csv.writer(self._left, lineterminator="\n", quoting=csv.QUOTE_ALL)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._out.close()
        self._left.close()

    def raw(self, line: int, text: str) -> None:
        """A line known to hold no quote and the right number of delimiters."""
        self._out.write(f"{line}{self.delimiter}{text}\n")

    def row(self, line: int, cells: Sequence[str | int], part: int = 1) -> None:
        """Cells of any content, as many as the header has; left out when a cell is no text."""
        together = ", ".join(map(str, cells))
        if _NOT_TEXT.search(together):  # as JSON and workbooks can state
            self.leave(line, "undecodable_text", together, part)
        elif "\r" in together:  # the writer would leave it without quotation marks
            self._quoting_writer.writerow((line, *cells))
        else:
            self._writer.writerow((line, *cells))

    def leave(self, line: int, reason: str, text: str, part: int = 1) -> None:
        """A line that is no row, with the reason and the beginning of its text."""
        plain = text[:SOURCE_TEXT_LIMIT].replace("\0", "").encode(errors="replace").decode()
        self._left_writer.writerow((line, part, reason, plain))


def load_clean(
    connection: duckdb.DuckDBPyConnection, clean: CleanFile, positions: Mapping[str, int | None], part: str = "1"
) -> None:
    """Fill `source` and `unread` from a clean file; `positions` gives each source id its column, from 0.

    `part` is the SQL of source_part.
    """
    columns = ", ".join(["'source_line': 'BIGINT'", *(f"'c{number}': 'VARCHAR'" for number in range(clean.width))])
    connection.execute(
        f"create table source as select source_line, ({part})::integer as source_part, {selected(positions)} "
        f"from read_csv(?, delim = ?, {PLAIN_CSV}, {_LINE_END}, columns = {{{columns}}}, max_line_size = 33554432)",
        [str(clean.path), clean.delimiter],
    )
    connection.execute(
        f"create table unread as select * from read_csv(?, delim = ',', {PLAIN_CSV}, {_LINE_END}, "
        "columns = {'source_line': 'BIGINT', 'source_part': 'INTEGER', 'reason': 'VARCHAR', 'source_text': 'VARCHAR'})",
        [str(clean.unread)],
    )


def selected(positions: Mapping[str, int | None], cell: str = "") -> str:
    """The select list that turns columns c0, c1, … into source ids; `cell` is the SQL of one, of {}: trimmed, and NULL
    when empty, unless told what is enough for this file."""
    trimmed = cell or f"nullif(trim({{}}, {literal(BLANKS)}), '')"
    return ", ".join(
        f'{trimmed.format(f"c{number}")} as "{name}"' if number is not None else f'null::varchar as "{name}"'
        for name, number in positions.items()
    )


def literal(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def empty_unread(connection: duckdb.DuckDBPyConnection) -> None:
    """The table of unread lines, for readers that left none."""
    columns = "source_line bigint, source_part integer, reason varchar, source_text varchar"
    connection.execute(f"create table unread ({columns})")


def said_of(error: Exception) -> str:
    """The first line of DuckDB's complaint without what it quotes, which may be a cell of somebody's data."""
    return re.sub(r"'[^']*'|\"[^\"]*\"", "'…'", str(error).split("\n")[0])
