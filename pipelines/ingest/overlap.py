"""Two deliveries about the same days: the same rows again under other keys, or corrected ones under the same keys.

Belongs here: comparing one arrival with earlier ones, and with itself. Does not belong here: which row wins
(`supersede`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from pipelines.errors import Problem
from pipelines.ingest.contract import Table
from pipelines.ingest.readers import literal
from pipelines.ingest.supersede import parquet_list

LEAST_ROWS = 20
NEARLY_ALL = 0.9
SOME = 0.2


def alike_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, arrival: Path, earlier: Sequence[Path], days: tuple[date, date]
) -> tuple[int, int]:
    """Rows of an arrival on days that earlier files hold too, and those of them that an earlier row with another key
    equals in the columns `alike` of the contract. Rows that leave one of them empty, or say no time of day, are left
    out: they may agree by chance."""
    columns = ", ".join(f'"{name}"' for name in table.alike)
    key = ", ".join(f'"{name}"' for name in table.key)
    told = [f'"{name}" is not null' for name in table.alike]
    told += [f'"{c.name}" <> 0' for c in table.columns if c.name in table.alike and c.unit]
    told += [
        f'"{c.name}" <> date_trunc(\'day\', "{c.name}")'
        for c in table.columns
        if c.name in table.alike and c.data_type == "timestamp"
    ]
    moment = f'"{table.dated}"::date'
    told.append(f"{moment} between {literal(str(days[0]))}::date and {literal(str(days[1]))}::date")
    where = " and ".join(told)
    row = connection.execute(
        f"""
        with fresh as (select * from read_parquet({literal(str(arrival))}) where {where}),
        older as (
            select {columns}, {moment} as held_day
            from (select * from read_parquet({parquet_list(earlier)}) where {where}) as held
            anti join fresh using ({key})
        ),
        compared as (
            select fresh.source_line, fresh.source_part, {columns}
            from fresh
            where {moment} in (select held_day from older)
        )
        select
            (select count(*) from compared),
            (select count(*) from compared semi join older using ({columns}))
        """
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def corrections(
    connection: duckdb.DuckDBPyConnection, table: Table, arrival: Path, earlier: Sequence[Path], replaced: Path
) -> tuple[int, dict[str, int]]:
    """Rows of earlier files that an arrival replaced, and per column how many of them now say something else."""
    names = _touched(connection, replaced)
    earlier = [file for file in earlier if _delivery(file) in names]
    if not earlier:
        return 0, {}
    rows, _, counts = _compared(connection, table, earlier, arrival, replaced)
    return rows, counts


def repeats(
    connection: duckdb.DuckDBPyConnection, table: Table, arrival: Path, replaced: Path
) -> tuple[int, dict[str, int]]:
    """Rows of an arrival that a later row of it replaced by saying something else, and per column how many."""
    if _delivery(arrival) not in _touched(connection, replaced):
        return 0, {}
    _, different, counts = _compared(connection, table, [arrival], arrival, replaced)
    return different, counts


def restated(file: str, table: Table, rows: int, counts: dict[str, int]) -> Problem:
    """The note about rows that were delivered again."""
    one = rows == 1
    replace = "replaces a row" if one else "replace rows"
    what = f"{_rows(rows, table)} {replace} of earlier files with the same key"
    if not counts:
        return Problem(f"{what}; nothing in {'it' if one else 'them'} has changed", where=file)
    if table.dated != _SINCE or all(table.by_name[name].data_type == "date" for name in counts):
        return Problem(f"{what}; changed: {_listed(counts)}", where=file, why="figures of these days are restated")
    return Problem(
        f"{what}; changed: {_listed(counts)}",
        where=file,
        why="what is new now holds for the time before as well, as if it had never been otherwise",
        fix="if it is a change and no correction, deliver it with the day from which it holds",
    )


def repeated(file: str, table: Table, rows: int, counts: dict[str, int]) -> Problem:
    """The note about rows of one file that say different things under one key."""
    has = "has" if rows == 1 else "have"
    return Problem(
        f"{_rows(rows, table)} {has} the same {' and '.join(table.key)} as a later row of the file and "
        f"say{'s' if rows == 1 else ''} something else: {_listed(counts)}",
        where=file,
        why="one of them is wrong, or both hold at once; only the later row counts",
        fix="find out which is right and deliver that one only",
    )


_PLACE = "using (delivery_id, source_line, source_part)"
_SINCE = "valid_from"
"""Column that dates tables of what holds from a day on, until the next row."""


def _rows(rows: int, table: Table) -> str:
    return f"{rows:,} {'row' if rows == 1 else 'rows'} of {table.name}"


def _listed(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{name} ({count:,})" for name, count in ordered)


def _delivery(accepted: Path) -> str:
    return accepted.name.split(".")[0]


def _touched(connection: duckdb.DuckDBPyConnection, replaced: Path) -> set[str]:
    """Deliveries that have rows in a list of replaced ones."""
    found = connection.execute(f"select distinct delivery_id from read_parquet({literal(str(replaced))})").fetchall()
    return {str(delivery) for (delivery,) in found}


def _compared(
    connection: duckdb.DuckDBPyConnection, table: Table, earlier: Sequence[Path], arrival: Path, replaced: Path
) -> tuple[int, int, dict[str, int]]:
    """Replaced rows, those of them that say something else than the row in their place, and per column how many."""
    key = ", ".join(f'"{name}"' for name in table.key)
    gone = f"read_parquet({literal(str(replaced))}) as gone"
    others = [column.name for column in table.columns if column.name not in table.key]
    differs = [f'before."{name}" is distinct from now."{name}"' for name in others]
    changed = ", ".join(f"count(*) filter ({condition})" for condition in differs)
    row = connection.execute(
        f"""
        with before as (select * from read_parquet({parquet_list(earlier)}) semi join {gone} {_PLACE}),
        now as (select * from read_parquet({literal(str(arrival))}) anti join {gone} {_PLACE})
        select count(*), count(*) filter ({" or ".join(differs)}), {changed} from before inner join now using ({key})
        """
    ).fetchone() or (0, 0)
    counts = {name: int(count) for name, count in zip(others, row[2:], strict=True) if count}
    return int(row[0]), int(row[1]), counts
