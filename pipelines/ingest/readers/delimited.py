"""Delimited text: CSV, TSV and their cousins.

Two roads to the same table. A plain file (see `decode.Shape`) is read by DuckDB alone and taken when it gave exactly
one row per line; any other file goes line by line through Python, which knows every line's number and leaves out, with
a reason, only the lines that are no rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import duckdb

from pipelines.ingest.decode import Line, lines_of, shape_of
from pipelines.ingest.layout import Reading
from pipelines.ingest.readers import BLANKS, PLAIN_CSV, CleanFile, Header, empty_unread, load_clean, selected

DELIMITERS = (",", "\t", ";", "|")
_MOST_LINES_OF_A_ROW = 100
_HEAD_LINES = 200


def head_of(file: Path, encoding: str) -> list[Line]:
    """The first lines, enough for any preamble and header."""
    return list(islice(lines_of(file, encoding), _HEAD_LINES))


def headers(head: Sequence[Line], encoding: str, reading: Reading) -> Iterator[Header]:
    """The header as each possible delimiter would split it, below the layout's skipped lines."""
    below = [line for line in head[reading.skip_rows :] if line.text.strip(BLANKS)]
    if not below or below[0].fault:
        return
    for delimiter in (reading.delimiter,) if reading.delimiter else DELIMITERS:
        for count in range(1, min(len(below), 10) + 1):
            cells = _cells("\n".join(line.text for line in below[:count]), delimiter)
            if cells is not None:
                yield Header(tuple(cells), delimiter, encoding, below[count - 1].number)
                break


def read(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    header: Header,
    positions: Mapping[str, int | None],
    scratch: Path,
) -> None:
    """Fill `source` and `unread` (see the package)."""
    if header.encoding in ("utf-8", "utf-8-sig") and _read_plain(connection, file, header, positions):
        empty_unread(connection)
        return
    with CleanFile(scratch, len(header.cells), header.delimiter) as clean:
        _split(iter(_Pushback(lines_of(file, header.encoding))), header, clean)
    load_clean(connection, clean, positions)


def _read_plain(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Header, positions: Mapping[str, int | None]
) -> bool:
    shape = shape_of(file)
    if not shape.plain or len(header.cells) < 2:
        return False
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header.cells)))
    trimmed = selected(positions, odd_blanks=shape.odd_blanks)
    try:
        connection.execute(
            f"create or replace table staged as select {trimmed} from read_csv(?, skip = ?, "
            f"delim = ?, {PLAIN_CSV}, columns = {{{columns}}})",
            [str(file), header.line, header.delimiter],
        )
    except duckdb.Error:
        return False  # some line has too many or too few cells, or a quote is off: the other road finds which
    everything_empty = " and ".join(f'"{name}" is null' for name in positions)
    counted = connection.execute(f"select count(*), count(*) filter (where {everything_empty}) from staged").fetchone()
    if counted != (shape.lines - header.line, 0):
        return False  # a quoted line end, or a line of nothing but delimiters
    connection.execute(f"create view source as select rowid + {header.line + 1} as source_line, * from staged")
    return True


class _Pushback:
    """Lines that can be handed back, for a quote that turns out never to close."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines, self._returned = lines, list[Line]()

    def __iter__(self) -> _Pushback:
        return self

    def __next__(self) -> Line:
        return self._returned.pop() if self._returned else next(self._lines)

    def give_back(self, lines: Sequence[Line]) -> None:
        self._returned.extend(reversed(lines))


def _split(lines: _Pushback, header: Header, clean: CleanFile) -> None:
    delimiters, delimiter = clean.width - 1, header.delimiter
    nothing = BLANKS + delimiter + '"'
    for line in lines:
        if line.number <= header.line or not line.text.strip(nothing):
            continue
        if line.fault:
            clean.leave(line.number, line.fault, line.text)
        elif '"' in line.text:
            _quoted(line, lines, header, clean)
        elif line.text.count(delimiter) == delimiters:
            clean.raw(line.number, line.text)
        else:
            clean.leave(line.number, "wrong_number_of_columns", line.text)


def _quoted(line: Line, lines: _Pushback, header: Header, clean: CleanFile) -> None:
    """A line with quotes: alone if it is complete, else joined with the lines that complete it."""
    cells = _cells(line.text, header.delimiter)
    if cells is not None:
        if len(cells) == clean.width:
            clean.row(line.number, cells)
        else:
            clean.leave(line.number, "wrong_number_of_columns", line.text)
        return
    text, taken = line.text, list[Line]()
    for further in islice(lines, _MOST_LINES_OF_A_ROW):
        taken.append(further)
        if further.fault:
            break
        text += "\n" + further.text
        cells = _cells(text, header.delimiter) if '"' in further.text else None
        if cells is not None and len(cells) == clean.width:
            clean.row(line.number, cells)
            return
    lines.give_back(taken)
    clean.leave(line.number, "unclosed_quote", line.text)


def _cells(text: str, delimiter: str) -> list[str] | None:
    """The cells of one complete row; None while a quote is open."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
