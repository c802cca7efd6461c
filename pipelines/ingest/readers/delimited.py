"""Delimited text: CSV, TSV and their cousins.

Two roads to the same table. A plain file (see `shape`) is read by DuckDB alone and taken when it gave exactly
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

from pipelines.ingest.decode import HEAD_BYTES, LONGEST_LINE, Line, lines_of
from pipelines.ingest.layout_reading import Reading
from pipelines.ingest.readers import (
    BLANKS,
    PLAIN_CSV,
    CleanFile,
    Head,
    Header,
    HeadRow,
    empty_unread,
    load_clean,
    selected,
)
from pipelines.ingest.readers.shape import Shape, shape_of

HEADER_WITHIN = 50
"""The header is sought in this many lines."""
DELIMITERS = (",", "\t", ";", "|")
_MOST_LINES_OF_A_ROW = 100
_HEAD_LINES = 200


def head_of(file: Path, encoding: str) -> list[Line]:
    """The first lines, enough for any preamble and header."""
    return list(islice(lines_of(file, encoding, HEAD_BYTES), _HEAD_LINES))


def heads(head: Sequence[Line], encoding: str) -> Iterator[Head]:
    """The first rows as each delimiter that occurs in them would split them; the comma also where none occurs."""
    first = [line for line in head[:HEADER_WITHIN] if not line.fault and line.text.strip(BLANKS)]
    for delimiter in DELIMITERS:
        if delimiter == DELIMITERS[0] or any(delimiter in line.text for line in first):
            yield Head(tuple(_head_rows(first, delimiter)), Header((), delimiter, encoding))


def headless(head: Sequence[Line], encoding: str, reading: Reading, places: int) -> Head:
    """The first rows of a file without a header, whose columns are called 1, 2, …; `places` is the last one named."""
    below = [line for line in head[reading.skip_rows :][:HEADER_WITHIN] if not line.fault and line.text.strip(BLANKS)]
    rows = tuple(_head_rows(below, reading.delimiter or DELIMITERS[0]))
    widths = [len(row.cells) for row in rows]
    width = max((places, *widths)) if reading.is_ragged else max(widths, key=widths.count, default=places)
    cells = tuple(str(number) for number in range(1, width + 1))
    delimiter = reading.delimiter or DELIMITERS[0]
    return Head(rows, Header(cells, delimiter, encoding, reading.skip_rows, is_ragged=reading.is_ragged))


def _head_rows(lines: Sequence[Line], delimiter: str) -> Iterator[HeadRow]:
    """One row per line; a row whose quote is open takes in the next lines, at most ten."""
    at = 0
    while at < len(lines):
        taken, cells = 1, tuple(lines[at].text.split(delimiter)) if '"' not in lines[at].text else None
        while cells is None and taken <= min(10, len(lines) - at):
            found = _cells("\n".join(line.text for line in lines[at : at + taken]), delimiter)
            cells, taken = (tuple(found), taken) if found is not None else (None, taken + 1)
        if cells is None:
            taken = 1
        else:
            yield HeadRow(lines[at].number, lines[at + taken - 1].number, cells)
        at += taken


def read(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    header: Header,
    positions: Mapping[str, int | None],
    scratch: Path,
) -> None:
    """Fill `source` and `unread` (see the package)."""
    usual = header.encoding in ("utf-8", "utf-8-sig") and not header.is_ragged
    if usual and _read_plain(connection, file, header, positions):
        empty_unread(connection)
        return
    with CleanFile(scratch, len(header.cells), header.delimiter) as clean:
        _split(iter(_Pushback(lines_of(file, header.encoding))), header, clean)
    load_clean(connection, clean, positions)


def _read_plain(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Header, positions: Mapping[str, int | None]
) -> bool:
    shape = shape_of(file, header.delimiter)
    if not shape.plain or len(header.cells) < 2:
        return False
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header.cells)))
    cells = selected(positions, _cell(shape, header))
    try:
        connection.execute(
            f"create or replace table staged as select {cells} from read_csv(?, skip = ?, delim = ?, {PLAIN_CSV}, "
            f"columns = {{{columns}}})",
            [str(file), header.line, header.delimiter],
        )
    except duckdb.Error:
        return False  # some line has too many or too few cells, or a quote is off: the other road finds which
    if _one(connection, "select count(*) from staged") != shape.lines - header.line:
        return False  # a quoted line end
    no_value = " and ".join(f'"{name}" is null' for name in positions)
    may_be_empty = shape.empty_beginnings or shape.odd_blanks
    if may_be_empty and _one(connection, f"select count(*) from staged where {no_value}"):
        return False  # a line of nothing but delimiters
    connection.execute(
        f"create view source as select rowid + {header.line + 1} as source_line, 1 as source_part, * from staged"
    )
    return True


def _cell(shape: Shape, header: Header) -> str:
    """What is enough to trim the cells of such a file: from the bare cell to what any file needs, five times slower."""
    if shape.odd_blanks or not header.line:  # without a header the first cell may begin with a byte order mark
        return ""
    if shape.blanks:
        return "nullif(trim({}), '')"
    return "nullif({}, '')" if shape.quotes else "{}"


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


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
        elif (lacking := delimiters - line.text.count(delimiter)) == 0:
            clean.raw(line.number, line.text)
        elif header.is_ragged and lacking > 0:
            clean.raw(line.number, line.text + delimiter * lacking)
        else:
            clean.leave(line.number, "wrong_number_of_columns", line.text)


def _quoted(line: Line, lines: _Pushback, header: Header, clean: CleanFile) -> None:
    """A line with quotes: alone if it is complete, else joined with the lines that complete it."""
    cells = _cells(line.text, header.delimiter)
    if cells is not None:
        if (row := _as_wide(cells, header)) is not None:
            clean.row(line.number, row)
        else:
            clean.leave(line.number, "wrong_number_of_columns", line.text)
        return
    text, taken = line.text, list[Line]()
    for further in islice(lines, _MOST_LINES_OF_A_ROW):
        taken.append(further)
        if further.fault or len(text) + len(further.text) > LONGEST_LINE:
            break
        text += "\n" + further.text
        if '"' not in further.text:
            continue
        cells, may_go_on = _parsed(text, header.delimiter)
        if cells is not None and (row := _as_wide(cells, header)) is not None:
            clean.row(line.number, row)
            return
        if cells is None and not may_go_on:
            break
    lines.give_back(taken)
    clean.leave(line.number, "unclosed_quote", line.text)


def _as_wide(cells: list[str], header: Header) -> list[str] | None:
    """The cells as many as the header has; None when they are too many, or too few for a file that is not ragged."""
    lacking = len(header.cells) - len(cells)
    if lacking == 0 or (lacking > 0 and header.is_ragged):
        return cells + [""] * lacking
    return None


def _cells(text: str, delimiter: str) -> list[str] | None:
    """The cells of one complete row; None while a quote is open."""
    return _parsed(text, delimiter)[0]


def _parsed(text: str, delimiter: str) -> tuple[list[str] | None, bool]:
    """The cells of one complete row, if it is one, and whether further lines could make it one."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return None, "end of data" in str(error)
    return (rows[0], True) if len(rows) == 1 else (None, False)
