"""Opens DuckDB: for writing in the run's own file, in memory for everything that only reads Parquet.

Belongs here: connections and their limits. Does not belong here: SQL about KPIs (`dbt_project`). The only module
beside `ingest` that imports duckdb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

Row = tuple[object, ...]


@contextmanager
def writing(file: Path, memory_limit: str = "3GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may write `file`; closed on leaving, so that dbt can open it next."""
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(file))
    try:
        limit(connection, memory_limit, file.parent / "spill")
        yield connection
    finally:
        connection.close()


def limit(connection: duckdb.DuckDBPyConnection, memory_limit: str, spill: Path) -> None:
    """Bound memory, spill inside the run's folder, never fetch an extension."""
    connection.execute("set memory_limit = ?", [memory_limit])
    connection.execute("set temp_directory = ?", [str(spill)])
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")


def read(query: str, parameters: Sequence[object] = ()) -> list[Row]:
    """Rows of a query over Parquet files, in an in-memory connection that leaves nothing behind."""
    with duckdb.connect(":memory:") as connection:
        return connection.execute(query, list(parameters)).fetchall()


def table_rows(database: Path) -> dict[str, int]:
    """Rows of every table by name; views are left out, because counting theirs would compute them again."""
    query = "select table_name, estimated_size from duckdb_tables()"
    with duckdb.connect(str(database), read_only=True) as connection:
        return {str(name): int(rows) for name, rows in connection.execute(query).fetchall()}


def write(file: Path, columns: Mapping[str, str], rows: Sequence[Row]) -> None:
    """Write rows, one at least, as a Parquet file; `columns` maps names to DuckDB's types."""
    spec = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    marks = ", ".join(["(" + ", ".join("?" * len(columns)) + ")"] * len(rows))
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table written ({spec})")
        connection.execute(f"insert into written values {marks}", [value for row in rows for value in row])
        connection.execute(f"copy written to '{file}' (format parquet, compression zstd)")


def export(database: Path, names: Sequence[str], folder: Path) -> None:
    """Write each mart of the run's database as `<folder>/<name>.parquet` (schema `marts`)."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(database), read_only=True) as connection:
        for name in names:
            connection.execute(
                f"copy (from marts.{name}) to '{folder / name}.parquet' (format parquet, compression zstd)"
            )
