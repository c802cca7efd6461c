"""Parquet: typed by its writer, turned back into text so that one set of checks serves every kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.ingest.readers import BLANKS, Head, Header, HeadRow, Unreadable, empty_unread, literal, said_of

_ROWS, _ROWS_PER_BYTE = 10_000_000, 100
"""A file of more rows than the first number holds at most the second for each of its bytes."""


def head(file: Path) -> Head:
    """The column names. Raises Unreadable when the file is damaged."""
    try:
        with duckdb.connect(":memory:") as connection:
            rows = connection.execute("describe select * from read_parquet(?)", [str(file)]).fetchall()
            size = connection.execute("select num_rows from parquet_file_metadata(?)", [str(file)]).fetchone()
    except duckdb.Error as error:
        raise Unreadable(said_of(error)) from error
    stated = int(size[0]) if size else 0
    if stated > _ROWS and stated > _ROWS_PER_BYTE * file.stat().st_size:
        raise Unreadable(f"it states {stated:,} rows, as in a file made to fill the disk", "too_large")
    return Head((HeadRow(1, 0, tuple(str(row[0]) for row in rows)),), Header(()))


def read(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Header, positions: Mapping[str, int | None]
) -> None:
    """Fill `source` (source_line is the row number from 1) and an empty `unread`."""
    names = [name.replace('"', '""') for name in header.cells]
    trimmed = ", ".join(
        f'nullif(trim("{names[number]}"::varchar, {literal(BLANKS)}), \'\') as "{source_id}"'
        if number is not None
        else f'null::varchar as "{source_id}"'
        for source_id, number in positions.items()
    )
    anything = " or ".join(f'"{name}" is not null' for name in names)
    connection.execute(
        f"create table source as select file_row_number + 1 as source_line, 1 as source_part, {trimmed} "
        f"from read_parquet(?, file_row_number = true) where {anything}",
        [str(file)],
    )
    empty_unread(connection)
