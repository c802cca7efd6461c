"""Parquet: typed by its writer, turned back into text so that one set of checks serves every kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.ingest.readers import BLANKS, Header, Unreadable, empty_unread, literal


def header(file: Path) -> Header:
    """The column names. Raises Unreadable when the file is damaged."""
    try:
        with duckdb.connect(":memory:") as connection:
            rows = connection.execute("describe select * from read_parquet(?)", [str(file)]).fetchall()
    except duckdb.Error as error:
        raise Unreadable(str(error).split("\n")[0]) from error
    return Header(tuple(str(row[0]) for row in rows), line=0)


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
        f"create table source as select file_row_number + 1 as source_line, {trimmed} "
        f"from read_parquet(?, file_row_number = true) where {anything}",
        [str(file)],
    )
    empty_unread(connection)
