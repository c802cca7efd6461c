"""Schema `raw` of a run's warehouse: what dbt reads. Views over the lake, and the tables about deliveries.

Belongs here: the views and the three written tables. Does not belong here: anything that changes the lake.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import duckdb

from pipelines.ingest.contract import Table, load_contract
from pipelines.ingest.published import published_view
from pipelines.ingest.results import Intake
from pipelines.ingest.supersede import Superseded, parquet_list


def create_raw_views(connection: duckdb.DuckDBPyConnection, lake: Path, dbt_project: Path, intake: Intake) -> None:
    """Create schema `raw`: a view per contract table, the tables about deliveries, and what was published earlier.

    A view holds the newest row per key: contract columns, then delivery_id and source_line; empty but typed when the
    table was never delivered.
    """
    contract = load_contract(dbt_project)
    connection.execute("create schema if not exists raw")
    for table in contract.delivered.values():
        files = intake.accepted_files.get(table.name, ())
        sql = _newest(table, files, intake.superseded.get(table.name)) if files else _nothing(table)
        connection.execute(f"create or replace view raw.{table.name} as {sql}")
    refusals = (
        (delivery_id, table_name, refusal.column, refusal.reason, refusal.rows, refusal.first_lines)
        for (delivery_id, table_name), found in intake.refusals.items()
        for refusal in found
    )
    _fill(connection, contract.written["deliveries"], (astuple(delivery) for delivery in intake.deliveries))
    _fill(connection, contract.written["refusals"], refusals)
    tables = (
        (table.name, place, table.label["en"], table.label["zh"], table.arrives_daily)
        for place, table in enumerate(contract.delivered.values(), start=1)
    )
    _fill(connection, contract.written["contract_tables"], tables)
    _fill(connection, contract.written["unrecognised"], (astuple(file) for file in intake.unrecognised))
    for name in ("published_tiers", "published_items"):
        connection.execute(f"create or replace view raw.{name} as {published_view(contract.written[name], lake)}")


def _newest(table: Table, files: tuple[Path, ...], superseded: Superseded | None) -> str:
    columns = ", ".join([*(f'"{column.name}"' for column in table.columns), "delivery_id", "source_line"])
    sql = f"select {columns} from read_parquet({parquet_list(files)}) as held"
    if superseded is not None and superseded.files:
        replaced = parquet_list(superseded.files)
        sql += f" anti join read_parquet({replaced}) as replaced using (delivery_id, source_line)"
    return sql


def _nothing(table: Table) -> str:
    typed = [f'cast(null as {column.data_type}) as "{column.name}"' for column in table.columns]
    typed += ["cast(null as varchar) as delivery_id", "cast(null as bigint) as source_line"]
    return f"select {', '.join(typed)} where false"


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    columns = ", ".join(f'"{column.name}" {column.data_type}' for column in table.columns)
    connection.execute(f"create or replace table raw.{table.name} ({columns})")
    marks = ", ".join("?" for _ in table.columns)
    values = list(rows)
    if values:
        connection.executemany(f"insert into raw.{table.name} values ({marks})", values)
