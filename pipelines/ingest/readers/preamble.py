"""The text above the header, for every row: a sheet whose title names the month, a report that names its period once.

Belongs here: adding that column to the table `source`. Does not belong here: finding the header (`headers`).
"""

from __future__ import annotations

import duckdb

from pipelines.ingest.readers import literal


def add(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    """Give every row of `source` the text in a column `name`; NULL where nothing stands above the header."""
    row = connection.execute("select count(*) from duckdb_views() where view_name = 'source'").fetchone()
    kind = "view" if row and row[0] else "table"
    connection.execute(f"alter {kind} source rename to below_preamble")
    value = f"nullif({literal(text)}, '')"
    connection.execute(f'create view source as select *, {value}::varchar as "{name}" from below_preamble')
