"""What the lake holds after a run: files per table, rows that later ones replaced, what new files changed.

Belongs here: going over the committed records once. Does not belong here: which rows win (`supersede`), the comparisons
(`overlap`, `totals`, `namesakes`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import Problem
from pipelines.ingest import overlap
from pipelines.ingest.contract import Contract, Table
from pipelines.ingest.doubts import Doubt
from pipelines.ingest.namesakes import name_doubts
from pipelines.ingest.receive import Receiver
from pipelines.ingest.records import Record
from pipelines.ingest.supersede import Superseded, reconcile
from pipelines.ingest.totals import total_doubts


@dataclass(frozen=True)
class Stock:
    """Per contract table its accepted files in order of arrival and what is replaced; notes and doubts about them."""

    files: Mapping[str, tuple[Path, ...]]
    superseded: Mapping[str, Superseded]
    notes: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]


def take_stock(
    receiver: Receiver,
    contract: Contract,
    dbt_project: Path,
    records: Sequence[Record],
    new: set[str],
    held: Sequence[Record],
    by_name: Collection[str],
) -> Stock:
    """Go over `records`, in order of arrival; remove data files that neither they nor the `held` ones before name.

    `new` are the deliveries of this run: what they changed in earlier rows is noted. `by_name` name people.
    """
    lake = receiver.lake
    files: dict[str, tuple[Path, ...]] = {}
    superseded: dict[str, Superseded] = {}
    keep: list[Path] = []
    notes: list[Problem] = []
    with receiver.connection() as (connection, _):
        for table in contract.delivered.values():
            fed = [record for record in records if any(loaded.table == table.name for loaded in record.tables)]
            accepted = tuple(lake.accepted(table.name, record.delivery_id, record.reading) for record in fed)
            files[table.name] = accepted
            superseded[table.name], stored = reconcile(connection, lake, table, accepted)
            notes += _restated(connection, table, fed, accepted, stored, new)
            keep += [*accepted, *stored]
        names = {record.delivery_id: record.file for record in records}
        doubts = (
            *total_doubts(connection, dbt_project, contract, files, superseded, names),
            *name_doubts(connection, contract, files, superseded, by_name, names),
        )
    for record in {old.delivery_id: old for old in [*held, *records]}.values():
        keep += [lake.original(record), *lake.rows_of(record)]
    lake.sweep(contract.delivered, keep)
    return Stock(files, superseded, tuple(notes), doubts)


def _restated(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    records: Sequence[Record],
    accepted: Sequence[Path],
    replaced: Sequence[Path],
    new: set[str],
) -> Iterator[Problem]:
    """What new deliveries changed in rows that were there before, and where they contradict themselves; `replaced`
    lists per record what it replaced."""
    for number, record in enumerate(records):
        if record.delivery_id not in new:
            continue
        arrival, gone = accepted[number], replaced[number]
        rows, changed = overlap.corrections(connection, table, arrival, accepted[:number], gone)
        if rows:
            yield overlap.restated(record.file, table, rows, changed)
        rows, changed = overlap.repeats(connection, table, arrival, gone)
        if rows:
            yield overlap.repeated(record.file, table, rows, changed)
