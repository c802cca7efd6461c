"""Newest wins: which accepted rows a later row with the same contract key has replaced.

Belongs here: computing and counting replaced rows. What one arrival replaces depends only on the files of its table up
to then, so it is stored under a name made of them (the chain): a new arrival computes one file, a changed reading
recomputes from there on, a lost file is made again. Does not belong here: the views (`views`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.ingest.contract import Table
from pipelines.ingest.lake import Lake
from pipelines.ingest.readers import literal


@dataclass(frozen=True)
class Superseded:
    """Of one table: the files that list replaced rows (only those with any), and how many per delivery."""

    files: tuple[Path, ...]
    rows: dict[str, int]


def reconcile(
    connection: duckdb.DuckDBPyConnection, lake: Lake, table: Table, accepted: Sequence[Path]
) -> tuple[Superseded, tuple[Path, ...]]:
    """Bring one table's list of replaced rows up to date with its accepted files, given in order of arrival.

    Returns the list and every file that belongs to it. Only key columns are read, only for arrivals not seen before.
    """
    chain, stored = "", list[Path]()
    for number, arrival in enumerate(accepted):
        chain = hashlib.sha256(f"{chain}/{arrival.name}/{table.key}".encode()).hexdigest()[:32]
        file = lake.superseded(table.name, chain)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(connection, table, arrival, accepted[:number], stored, file)
        stored.append(file)
    if not stored:
        return Superseded((), {}), ()
    counts = connection.execute(
        f"select delivery_id, count(*), list(distinct filename) from read_parquet({parquet_list(stored)}, "
        "filename = true) group by delivery_id"
    ).fetchall()
    used = sorted({name for _, _, names in counts for name in names})
    return Superseded(tuple(Path(name) for name in used), {row[0]: row[1] for row in counts}), tuple(stored)


def parquet_list(files: Iterable[Path]) -> str:
    """The SQL list of files for read_parquet."""
    return "[" + ", ".join(literal(str(file)) for file in files) + "]"


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    arrival: Path,
    earlier: Sequence[Path],
    known: Sequence[Path],
    file: Path,
) -> None:
    parts = [_within(connection, table, arrival), _across(table, arrival, earlier, known)]
    selects = [part for part in parts if part] or ["select null::varchar, null::bigint where false"]
    sql = " union all ".join(f"(select * from ({part}) as part(delivery_id, source_line))" for part in selects)
    writing = file.with_name(f".writing-{file.name}")
    connection.execute(f"copy ({sql}) to {literal(str(writing))} (format parquet)")
    writing.replace(file)


def _within(connection: duckdb.DuckDBPyConnection, table: Table, arrival: Path) -> str:
    """Rows of the arrival with a later line of the same key. Keys are hashed first: repeats are rare, files large."""
    key = _key(table)
    source = f"read_parquet({literal(str(arrival))})"
    connection.execute(
        f"create or replace temp table repeated as select hash({key}) as h from {source} group by h having count(*) > 1"
    )
    some = connection.execute("select count(*) from repeated").fetchone()
    if not some or not some[0]:
        return ""
    return (
        f"select delivery_id, source_line from {source} where hash({key}) in (select h from repeated) "
        f"qualify row_number() over (partition by {key} order by source_line desc) > 1"
    )


def _across(table: Table, arrival: Path, earlier: Sequence[Path], known: Sequence[Path]) -> str:
    """Rows of earlier arrivals whose key is in this one, unless already replaced."""
    if not earlier:
        return ""
    key = _key(table)
    return (
        f"select delivery_id, source_line from read_parquet({parquet_list(earlier)}) as older "
        f"semi join (select {key} from read_parquet({literal(str(arrival))})) as newer using ({key}) "
        f"anti join read_parquet({parquet_list(known)}) as replaced using (delivery_id, source_line)"
    )


def _key(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.key)
