"""Rows of text to rows of the contract: one vectorised statement per table casts, checks, keeps and refuses.

Belongs here: the SQL of casting and checking, quarantine, counting, and the conservation rule
  file rows = accepted + refused + not applicable     (0 for a layout's main table, unless it is of a form).
Does not belong here: getting text out of files (`readers`), where the results are kept (`lake`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.errors import FloorwalkError, Problem
from pipelines.ingest.contract import Column
from pipelines.ingest.expressions import parser_calls, source_ids
from pipelines.ingest.layout import Layout, TableMapping
from pipelines.ingest.readers import SOURCE_TEXT_LIMIT, literal
from pipelines.ingest.reasons import UNREADABLE_BY_TYPE

_LINES_SHOWN = 5


@dataclass(frozen=True)
class Refusal:
    """Rows of one file and table refused for one reason; `column` is None when the whole line is at fault."""

    column: str | None
    reason: str
    rows: int
    first_lines: str


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


def load_table(
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    mapping: TableMapping,
    delivery_id: str,
    file: str,
    accepted: Path,
    refused: Path,
) -> Loaded:
    """Write the accepted rows of `source` to `accepted` and every fault to `refused` (one row per fault), both Parquet.

    Raises FloorwalkError when an expression of the layout fails while running, AssertionError when rows went missing.
    """
    is_main = mapping is layout.tables[0]
    checked = _Checked(mapping, layout.source_ids)
    try:
        file_rows, split, applicable = _count(connection, mapping)
        kept = _one(connection, f"copy ({checked.accepted_sql(delivery_id)}) to {_path(accepted)} {_FORMAT}")
        _collect_faults(connection, checked, accepted if kept != applicable else None, is_main)
    except duckdb.Error as error:
        where = f"{layout.name}.yml, tables.{mapping.table.name}"
        problem = Problem(f"an expression fails on a row of {file}", where=where, why=str(error).split("\n")[0])
        raise FloorwalkError(problem) from error
    refused_rows = _one(connection, "select count(distinct source_line) from faults")
    connection.execute(
        f"copy (select {literal(delivery_id)} as delivery_id, {literal(file)} as file, source_line, "
        f"{literal(mapping.table.name)} as table_name, column_name, reason, source_text from faults "
        f"order by source_line, column_name, reason) to {_path(refused)} {_FORMAT}"
    )
    not_applicable = (split if is_main else file_rows) - applicable
    if file_rows != kept + refused_rows + not_applicable:
        raise AssertionError(
            f"{file}, {mapping.table.name}: {file_rows} rows in the file, {kept} accepted, {refused_rows} refused, "
            f"{not_applicable} not applicable"
        )
    first, last = _days(connection, mapping, accepted)
    return Loaded(mapping.table.name, file_rows, not_applicable, kept, refused_rows, first, last, _summary(connection))


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
    connection: duckdb.DuckDBPyConnection, checked: _Checked, accepted: Path | None, is_main: bool
) -> None:
    """Fill the temporary table `faults`: one row per refused row and fault. `accepted` is None when all were."""
    connection.execute(
        "create or replace temp table faults "
        "(source_line bigint, column_name varchar, reason varchar, source_text varchar)"
    )
    if accepted is not None:
        connection.execute(f"create or replace temp table faulty as {checked.faulty_sql(accepted)}")
        for statement in checked.fault_statements():
            connection.execute(f"insert into faults {statement}")
    if is_main:  # a line that cannot be split says nothing about the other tables
        connection.execute("insert into faults select source_line, null, reason, source_text from unread")


def _days(
    connection: duckdb.DuckDBPyConnection, mapping: TableMapping, accepted: Path
) -> tuple[date | None, date | None]:
    dated = mapping.table.dated
    row = connection.execute(
        f'select min("{dated}")::date, max("{dated}")::date from read_parquet({_path(accepted)})'
    ).fetchone()
    return row if row else (None, None)


def _summary(connection: duckdb.DuckDBPyConnection) -> tuple[Refusal, ...]:
    rows = connection.execute(
        "select column_name, reason, count(distinct source_line), "
        f"array_to_string(list_sort(list_distinct(list(source_line)))[:{_LINES_SHOWN}], ', ') "
        "from faults group by column_name, reason order by 3 desc, 1 nulls first, 2"
    ).fetchall()
    return tuple(Refusal(*row) for row in rows)


class _Checked:
    """The SQL of one table's values and faults. Of column i: _v<i> value, _u<i> unreadable, _f<i> fault, _t<i> text."""

    def __init__(self, mapping: TableMapping, ids: tuple[str, ...]) -> None:
        self._mapping, self._ids = mapping, ids
        self._columns = mapping.table.columns
        self._texts = [mapping.columns.get(column.name, "null") for column in self._columns]

    def accepted_sql(self, delivery_id: str) -> str:
        """Contract columns, delivery_id and source_line of the rows without any fault."""
        values = ", ".join(f'_v{i} as "{column.name}"' for i, column in enumerate(self._columns))
        faults = [
            *(f"({self._fault(i)}) is null" for i in self._checked()),
            *(f"not coalesce(({rule.when}), false)" for rule in self._mapping.refuse),
        ]
        where = f" where {' and '.join(faults)}" if faults else ""
        values += f", {literal(delivery_id)} as delivery_id, source_line"
        return f"select {values} from ({self._values_sql()}) as typed{where}"

    def faulty_sql(self, accepted: Path) -> str:
        """source_line, the fault of each column and rule, and the text behind it, for rows that were not accepted."""
        judged = [f"{self._fault(i)} as _f{i}" for i in self._checked()]
        judged += [f"{self._cell(self._texts[i])} as _t{i}" for i in self._checked()]
        for number, rule in enumerate(self._mapping.refuse):
            judged.append(f"case when ({rule.when}) then {literal(rule.reason)} end as _r{number}")
            judged.append(f"{self._cell(rule.when)} as _s{number}")
        return (
            f"select {', '.join(['source_line', *judged])} from ({self._values_sql()}) as typed "
            f"anti join read_parquet({_path(accepted)}) as kept using (source_line)"
        )

    def fault_statements(self) -> list[str]:
        """One select per column and rule over the table `faulty`."""
        statements = [
            f"select source_line, {literal(self._columns[i].name)}, _f{i}, _t{i} from faulty where _f{i} is not null"
            for i in self._checked()
        ]
        return statements + [
            f"select source_line, {literal(rule.column)}, _r{i}, _s{i} from faulty where _r{i} is not null"
            for i, rule in enumerate(self._mapping.refuse)
        ]

    def _checked(self) -> list[int]:
        """Columns that can be at fault: mapped ones, unless free text."""
        return [
            i
            for i, column in enumerate(self._columns)
            if column.name in self._mapping.columns
            and (column.data_type != "varchar" or column.required or column.values or parser_calls(self._texts[i]))
        ]

    def _values_sql(self) -> str:
        """Every expression once, as _e<i>; typed values and faults then read that column. Planning the parsers over
        and over took four fifths of the time of a small file."""
        evaluated = ["*"] + [f"({text}) as _e{i}" for i, text in enumerate(self._texts)]
        where = f" where ({self._mapping.when})" if self._mapping.when else ""
        picked = ["*"]
        for i, column in enumerate(self._columns):
            value = f"_e{i}"
            picked.append(f"{_typed(value, column.data_type)} as _v{i}")
            picked.append(f"{_unreadable(self._texts[i], value, column.data_type)} as _u{i}")
        source = f"select {', '.join(evaluated)} from source{where}"
        return f"with evaluated as materialized ({source}) select {', '.join(picked)} from evaluated"

    def _fault(self, i: int) -> str:
        column = self._columns[i]
        cases = [f"when _u{i} then {literal(_unreadable_reason(column, self._texts[i]))}"]
        if column.required:
            cases.append(f"when _v{i} is null then 'required_missing'")
        if column.minimum is not None:
            cases.append(f"when _v{i} < {column.minimum} then 'below_minimum'")
        if column.maximum is not None:
            cases.append(f"when _v{i} > {column.maximum} then 'above_maximum'")
        number = {other.name: j for j, other in enumerate(self._columns)}
        if column.minimum_column:
            cases.append(f"when _v{i} < _v{number[column.minimum_column]} then 'below_minimum'")
        if column.maximum_column:
            cases.append(f"when _v{i} > _v{number[column.maximum_column]} then 'above_maximum'")
        if column.values:
            allowed = ", ".join(literal(value) for value in column.values)
            cases.append(f"when _v{i} not in ({allowed}) then 'value_not_allowed'")
        return f"case {' '.join(cases)} end"

    def _cell(self, expression: str) -> str:
        """The source text an expression reads: the bare cell, or `id=text` of each when it reads several."""
        ids = source_ids(expression, self._ids)
        if not ids:
            return "null::varchar"
        if len(ids) == 1:
            return f'left("{ids[0]}", {SOURCE_TEXT_LIMIT})'
        parts = ", ".join(f"'{name}=' || coalesce(\"{name}\", '')" for name in ids)
        return f"left(concat_ws(', ', {parts}), {SOURCE_TEXT_LIMIT})"


def _typed(expression: str, data_type: str) -> str:
    """The value in its contract type, NULL when it does not cast. A whole number is never made by rounding."""
    if data_type == "varchar":
        return f"nullif(cast(({expression}) as varchar), '')"
    if data_type == "double":
        number = f"try_cast(({expression}) as double)"
        return f"case when isfinite({number}) then {number} end"
    if data_type in ("integer", "bigint"):
        number = f"try_cast(({expression}) as double)"
        return f"case when {number} = trunc({number}) then try_cast({number} as {data_type}) end"
    return f"try_cast(({expression}) as {data_type})"


def _unreadable(expression: str, value: str, data_type: str) -> str:
    """Whether text was there and could not be read, by a parser of the expression or by the contract type."""
    conditions = []
    for call in parser_calls(expression):
        parsed = value if call.text.strip() == expression.strip() else f"({call.text})"
        conditions.append(f"(({call.argument}) is not null and {parsed} is null)")
    if data_type != "varchar":
        conditions.append(f"({value} is not null and {_typed(value, data_type)} is null)")
    return " or ".join(conditions) or "false"


def _unreadable_reason(column: Column, expression: str) -> str:
    if any(call.text.startswith("as_seconds") for call in parser_calls(expression)):
        return "not_a_duration"
    return UNREADABLE_BY_TYPE.get(column.data_type, "not_a_time")
