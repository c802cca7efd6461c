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
from typing import Any

import duckdb

from pipelines.ingest.contract import Table
from pipelines.ingest.lake import Lake
from pipelines.ingest.readers import literal

_WORTH_HASHING = 3
"""From so many new arrivals on, earlier keys are read once and hashed, and not again for each of them."""


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
    for arrival in accepted:
        chain = hashlib.sha256(f"{chain}/{arrival.name}/{table.key}".encode()).hexdigest()[:32]
        stored.append(lake.superseded(table.name, chain))
    missing = [number for number, file in enumerate(stored) if not file.exists()]
    keys = _Keys(connection, table, accepted) if len(missing) >= _WORTH_HASHING else None
    for number in missing:
        stored[number].parent.mkdir(parents=True, exist_ok=True)
        earlier = keys.shared_by(number) if keys else accepted[:number]
        _write(connection, table, accepted[number], earlier, stored[:number], stored[number])
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


def newest(table: Table, files: Sequence[Path], superseded: Superseded | None) -> str:
    """SQL of the newest row per key: contract columns, delivery_id, source_line; empty but typed without files."""
    if not files:
        typed = [f'cast(null as {column.data_type}) as "{column.name}"' for column in table.columns]
        typed += ["cast(null as varchar) as delivery_id", "cast(null as bigint) as source_line"]
        return f"select {', '.join(typed)} where false"
    columns = ", ".join([*(f'"{column.name}"' for column in table.columns), "delivery_id", "source_line"])
    sql = f"select {columns} from read_parquet({parquet_list(files)}) as held"
    if superseded is not None and superseded.files:
        replaced = parquet_list(superseded.files)
        sql += f" anti join read_parquet({replaced}) as replaced using (delivery_id, source_line, source_part)"
    return sql


class _Keys:
    """Hashes of the keys of earlier files, in memory, to find the few files that an arrival can replace rows of.

    Files whose keys lie apart in one of their columns share none; most do, and are not hashed.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: Table, accepted: Sequence[Path]) -> None:
        self._connection, self._accepted, self._table = connection, accepted, table
        self._spans, self._held = dict[int, list[tuple[Any, Any]]](), set[int]()
        self._hashed = f"hash({_key(table)})"
        connection.execute("create or replace temp table held_keys (h ubigint, place integer)")

    def shared_by(self, number: int) -> list[Path]:
        """Earlier files that hold a key of the arrival with this number, and seldom others."""
        near = [place for place in range(number) if self._may_share(place, number)]
        for place in near:
            if place not in self._held:
                self._connection.execute(
                    f"insert into held_keys select {self._hashed}, {place} from {self._rows(place)}"
                )
        self._held.update(near)
        if not near:
            return []
        found = self._connection.execute(
            f"select distinct place from held_keys semi join (select {self._hashed} as h from {self._rows(number)}) "
            f"as arriving using (h) where place in ({', '.join(map(str, near))}) order by place"
        ).fetchall()
        return [self._accepted[place] for (place,) in found]

    def _may_share(self, one: int, other: int) -> bool:
        """Whether the keys of two files overlap in every column; a file without any shares nothing."""
        spans = self._span(one), self._span(other)
        return all(
            None not in (*first, *second) and first[0] <= second[1] and second[0] <= first[1]
            for first, second in zip(*spans, strict=True)
        )

    def _span(self, place: int) -> list[tuple[Any, Any]]:
        """Least and greatest value of each column of the key."""
        if place not in self._spans:
            ends = ", ".join(f'min("{name}"), max("{name}")' for name in self._table.key)
            row = self._connection.execute(f"select {ends} from {self._rows(place)}").fetchone() or ()
            self._spans[place] = list(zip(row[::2], row[1::2], strict=True))
        return self._spans[place]

    def _rows(self, place: int) -> str:
        return f"read_parquet({literal(str(self._accepted[place]))})"


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    arrival: Path,
    earlier: Sequence[Path],
    known: Sequence[Path],
    file: Path,
) -> None:
    parts = [_within(connection, table, arrival), _across(table, arrival, earlier, known)]
    selects = [part for part in parts if part] or ["select null::varchar, null::bigint, null::integer where false"]
    columns = "delivery_id, source_line, source_part"
    sql = " union all ".join(f"(select * from ({part}) as part({columns}))" for part in selects)
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
        f"select delivery_id, source_line, source_part from {source} where hash({key}) in (select h from repeated) "
        f"qualify row_number() over (partition by {key} order by source_line desc, source_part desc) > 1"
    )


def _across(table: Table, arrival: Path, earlier: Sequence[Path], known: Sequence[Path]) -> str:
    """Rows of earlier arrivals whose key is in this one, unless already replaced."""
    if not earlier:
        return ""
    key = _key(table)
    return (
        f"select delivery_id, source_line, source_part from read_parquet({parquet_list(earlier)}) as older "
        f"semi join (select {key} from read_parquet({literal(str(arrival))})) as newer using ({key}) "
        f"anti join read_parquet({parquet_list(known)}) as replaced using (delivery_id, source_line, source_part)"
    )


def _key(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.key)
