"""Rows of text to rows of the contract: one vectorised statement per table casts, checks, keeps and refuses.

Belongs here: running that statement (`checked`), quarantine, counting, and the conservation rule
  file rows = accepted + refused + not applicable     (0 for a layout's main table, unless `some_rows`).
Does not belong here: getting text out of files (`readers`), where the results are kept (`lake`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from pipelines import storage
from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest import day_order
from pipelines.ingest.checked import Checked
from pipelines.ingest.layout import Layout, TableMapping
from pipelines.ingest.readers import literal, said_of

_LINES_SHOWN = 5
_PLACE = "((source_line << 31) | source_part)"
"""Line and part of a row as one number; people read it as 12, and as 12.3 for the third row of line 12."""


@dataclass(frozen=True)
class Refusal:
    """Rows of one file and table refused for one reason; `column` is None when the whole line is at fault.

    `first_day` and `last_day` are those of all these rows; None where the day of one of them cannot be read.
    """

    column: str | None
    reason: str
    rows: int
    first_lines: str
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Middle:
    """Median of a column over the rows of one file that hold it, zeros left out, refused values included.

    A wrong unit often throws most rows over a bound; the few that stay would hide it.
    """

    column: str
    rows: int
    median: float


@dataclass(frozen=True)
class StrangeRows:
    """Accepted rows of one file for which a `doubt_when` of the contract holds, dates in the other order of days, ids
    that were cleaned, names with notes; `observed` is a figure about them that the words of some doubts name."""

    doubt: str
    column: str
    rows: int
    observed: float | None = None


@dataclass(frozen=True)
class Loaded:
    """What became of one file's rows in one contract table."""

    table: str
    file_rows: int
    not_applicable_rows: int
    accepted_rows: int
    refused_rows: int
    first_day: date | None
    last_day: date | None
    refusals: tuple[Refusal, ...]
    middles: tuple[Middle, ...] = ()
    strange: tuple[StrangeRows, ...] = ()

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day; None without accepted rows."""
        return None if self.first_day is None or self.last_day is None else (self.first_day, self.last_day)


def load_table(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    mapping: TableMapping,
    delivery_id: str,
    file: str,
    accepted: Path,
    refused: Path,
    received_at: datetime | None,
) -> Loaded:
    """Write the accepted rows of `source` to `accepted` and every fault to `refused` (one row per fault), both Parquet.

    `received_at` is when the file was taken in; None where that was never recorded, then nothing lies in the future.
    Raises FloorwalkError when an expression of the layout fails while running, AssertionError when rows went missing.
    """
    is_main = mapping is layout.tables[0]
    checked = Checked(mapping, layout.source_ids, received_at)
    try:
        file_rows, split, applicable = _count(connection, mapping)
        kept = _one(connection, f"copy ({checked.accepted_sql(delivery_id)}) to {_path(accepted)} {_FORMAT}")
        _collect_faults(connection, checked, accepted if kept != applicable else None, is_main)
    except duckdb.Error as error:
        if storage.number_of(error) is not None:
            raise
        where = f"{layout.name}.yml, tables.{mapping.table.name}"
        problem = Problem(f"an expression fails on a row of {file}", where=where, why=said_of(error))
        raise FloorwalkError(problem) from error
    refused_rows = _one(connection, f"select count(distinct {_PLACE}) from faults")
    connection.execute(
        f"copy (select {literal(delivery_id)} as delivery_id, {literal(file)} as file, source_line, source_part, "
        f"{literal(mapping.table.name)} as table_name, column_name, reason, source_text from faults "
        f"order by source_line, source_part, column_name, reason) to {_path(refused)} {_FORMAT}"
    )
    not_applicable = (split if is_main else file_rows) - applicable
    if file_rows != kept + refused_rows + not_applicable:
        raise AssertionError(
            f"{file}, {mapping.table.name}: {file_rows} rows in the file, {kept} accepted, {refused_rows} refused, "
            f"{not_applicable} not applicable"
        )
    return Loaded(
        mapping.table.name,
        file_rows,
        not_applicable,
        kept,
        refused_rows,
        *_days(connection, mapping, accepted),
        _summary(connection, has_faulty=kept != applicable),
        _middles(connection, checked, accepted, has_faulty=kept != applicable),
        (*_strange(connection, mapping, accepted), *_turned(connection, mapping, accepted)),
    )


_FORMAT = "(format parquet, compression zstd)"


def _path(path: Path) -> str:
    return literal(str(path))


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _count(connection: duckdb.DuckDBPyConnection, mapping: TableMapping) -> tuple[int, int, int]:
    """Data rows of the file, those of them that could be split, and of these the ones this table applies to."""
    where = f"where ({mapping.when})" if mapping.when else ""
    split = _one(connection, "select count(*) from source")
    applicable = _one(connection, f"select count(*) from source {where}") if where else split
    return split + _one(connection, "select count(*) from unread"), split, applicable


def _collect_faults(
    connection: duckdb.DuckDBPyConnection, checked: Checked, accepted: Path | None, is_main: bool
) -> None:
    """Fill the temporary table `faults`: one row per refused row and fault. `accepted` is None when all were."""
    connection.execute(
        "create or replace temp table faults "
        "(source_line bigint, source_part integer, column_name varchar, reason varchar, source_text varchar)"
    )
    if accepted is not None:
        connection.execute(f"create or replace temp table faulty as {checked.faulty_sql(accepted)}")
        for statement in checked.fault_statements():
            connection.execute(f"insert into faults {statement}")
    if is_main:  # a line that cannot be split says nothing about the other tables
        connection.execute("insert into faults select source_line, source_part, null, reason, source_text from unread")


def _days(
    connection: duckdb.DuckDBPyConnection, mapping: TableMapping, accepted: Path
) -> tuple[date | None, date | None]:
    dated = mapping.table.dated
    row = connection.execute(
        f'select min("{dated}")::date, max("{dated}")::date from read_parquet({_path(accepted)})'
    ).fetchone()
    return row if row else (None, None)


def _summary(connection: duckdb.DuckDBPyConnection, *, has_faulty: bool) -> tuple[Refusal, ...]:
    days, dated = "null::date, null::date", "faults"
    if has_faulty:
        days = ", ".join(f"case when bool_and(_day is not null) then {end}(_day) end" for end in ("min", "max"))
        dated = "faults left join (select source_line, source_part, _day from faulty) using (source_line, source_part)"
    rows = connection.execute(
        f"select column_name, reason, count(distinct {_PLACE}), array_to_string(list_transform("
        f"list_sort(list_distinct(list({_PLACE})))[:{_LINES_SHOWN}], lambda place: (place >> 31) "
        "|| case when place & 2147483647 > 1 then '.' || (place & 2147483647) else '' end), ', '), "
        f"{days} from {dated} group by column_name, reason order by 3 desc, 1 nulls first, 2"
    ).fetchall()
    return tuple(Refusal(*row) for row in rows)


def _middles(
    connection: duckdb.DuckDBPyConnection, checked: Checked, accepted: Path, *, has_faulty: bool
) -> tuple[Middle, ...]:
    """The medians of the mapped columns whose usual size the contract states."""
    columns = checked.sized()
    if not columns:
        return ()
    values = f"select {', '.join(columns)} from read_parquet({_path(accepted)})"
    if has_faulty:
        values += f" union all select {', '.join(columns)} from faulty where {checked.is_meant('faulty')}"
    parts = (f"count(*) filter ({name} <> 0), median({name}) filter ({name} <> 0)" for name in columns)
    row = connection.execute(f"select {', '.join(parts)} from ({values})").fetchone() or ()
    found = zip(columns, row[::2], row[1::2], strict=True)
    return tuple(Middle(name.strip('"'), rows, float(median)) for name, rows, median in found if rows)


def _strange(connection: duckdb.DuckDBPyConnection, mapping: TableMapping, accepted: Path) -> tuple[StrangeRows, ...]:
    rules = [rule for rule in mapping.table.doubt_when if rule.column in mapping.columns]
    if not rules:
        return ()
    counts = ", ".join(f"count(*) filter ({rule.when})" for rule in rules)
    row = connection.execute(f"select {counts} from read_parquet({_path(accepted)})").fetchone() or ()
    return tuple(StrangeRows(rule.doubt, rule.column, n) for rule, n in zip(rules, row, strict=True) if n)


def _turned(connection: duckdb.DuckDBPyConnection, mapping: TableMapping, accepted: Path) -> tuple[StrangeRows, ...]:
    dated = mapping.table.dated
    rows = day_order.turned_dates(connection, dated, mapping.columns.get(dated, ""), accepted)
    return (StrangeRows(day_order.DOUBT, dated, rows),) if rows else ()
