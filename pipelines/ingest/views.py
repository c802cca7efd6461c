"""Schema `raw` of a run's warehouse: what dbt reads. Views over the lake, and the tables about deliveries.

Belongs here: the views and the written tables. Does not belong here: anything that changes the lake, what is told of
people (`disguise`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import duckdb

from pipelines.ingest import disguise, namesakes
from pipelines.ingest.contract import Table, load_contract
from pipelines.ingest.published import published_view
from pipelines.ingest.results import Intake
from pipelines.ingest.supersede import newest
from pipelines.privacy import DEFAULT, Privacy


def create_raw_views(
    connection: duckdb.DuckDBPyConnection,
    lake: Path,
    dbt_project: Path,
    intake: Intake,
    privacy: Privacy = DEFAULT,
) -> None:
    """Create schema `raw`: a view per contract table, the tables about deliveries, and what was published earlier.

    A view holds the newest row per key: contract columns, then delivery_id and source_line; empty but typed when the
    table was never delivered. People stand in it as `privacy` says; where that has to be computed, a table stands in
    the view's place. Raises FloorwalkError when two people would get the same code.
    """
    contract = load_contract(dbt_project)
    connection.execute("create schema if not exists raw")
    delivered = {
        name: newest(contract.delivered[name], files, intake.superseded.get(name))
        for name, files in intake.accepted_files.items()
        if files
    }
    named = set[str]()
    if intake.by_name and namesakes.AGENTS in delivered:
        namesakes.prepare(connection, delivered[namesakes.AGENTS])
        named = {name for name in delivered if namesakes.is_named(contract.delivered[name], intake.by_name)}
        delivered |= {
            name: namesakes.resolved(contract.delivered[name], delivered[name], intake.by_name) for name in named
        }
    disguise.prepare(connection, contract, delivered, privacy, dbt_project)
    for table in contract.delivered.values():
        sql, is_computed = disguise.told(table, delivered.get(table.name, newest(table, (), None)), privacy)
        connection.execute(
            f"create or replace {'table' if is_computed or table.name in named else 'view'} raw.{table.name} as {sql}"
        )
    refusals = (
        (delivery_id, table_name, *astuple(refusal))
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
    _fill(connection, contract.written["doubts"], (astuple(doubt) for doubt in intake.doubts))
    _fill(connection, contract.written["unrecognised"], (astuple(file) for file in intake.unrecognised))
    for name in ("published_tiers", "published_items"):
        sql = published_view(contract.written[name], lake, privacy)
        connection.execute(f"create or replace view raw.{name} as {sql}")


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, rows: Iterable[tuple[object, ...]]) -> None:
    columns = ", ".join(f'"{column.name}" {column.data_type}' for column in table.columns)
    connection.execute(f"create or replace table raw.{table.name} ({columns})")
    marks = ", ".join("?" for _ in table.columns)
    values = list(rows)
    if values:
        connection.executemany(f"insert into raw.{table.name} values ({marks})", values)
