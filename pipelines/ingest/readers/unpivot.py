"""Columns to rows: a sheet with one column per day becomes one row per line and day.

Belongs here: turning the table `source`. Does not belong here: which columns are turned (`headers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from pipelines.ingest.layout_reading import Unpivot
from pipelines.ingest.readers import literal


def places(spread: Mapping[int, str]) -> dict[str, int | None]:
    """A name for each column to be turned, to be read like a source id, with its place in the file."""
    return {f"_column{number}": number for number in spread}


def turn(
    connection: duckdb.DuckDBPyConnection, unpivot: Unpivot, spread: Mapping[int, str], ids: Iterable[str]
) -> None:
    """Replace `source` by one row per line and turned cell that is not empty; source_part counts the turned columns.

    A line in which all of these cells are empty stays one row, without name and value.
    """
    kept = ", ".join(f'"{source_id}"' for source_id in ids)
    cells = list(places(spread))
    listed = ", ".join(cells)
    numbers = ", ".join(str(number) for number in range(1, len(cells) + 1))
    names = ", ".join(literal(name) for name in spread.values())
    wide = "select source_line" + (f", {kept}" if kept else "")
    kept = f"{kept}, " if kept else ""
    row = connection.execute("select count(*) from duckdb_views() where view_name = 'source'").fetchone()
    kind = "view" if row and row[0] else "table"
    connection.execute(
        f"create table turned as select source_line, source_part::integer as source_part, {kept}"
        f'"{unpivot.name}", "{unpivot.value}" from ({wide}, unnest([{numbers}]) as source_part, '
        f'unnest([{names}]) as "{unpivot.name}", unnest([{listed}]) as "{unpivot.value}" from source) '
        f'where "{unpivot.value}" is not null '
        f"union all select source_line, 1, {kept}null, null from source where coalesce({listed}) is null"
    )
    connection.execute(f"drop {kind} source")
    connection.execute("alter table turned rename to source")
