"""The SQL that casts and checks the rows of one file for one contract table.

Belongs here: text of SQL, made of the layout's expressions and the contract's rules. Does not belong here: running it
(`load`), the rules themselves (the contract, the layouts).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from pipelines.ingest.contract import Column
from pipelines.ingest.expressions import parser_calls, source_ids
from pipelines.ingest.layout import TableMapping
from pipelines.ingest.readers import SOURCE_TEXT_LIMIT, literal
from pipelines.ingest.reasons import CELL_REASONS, UNREADABLE_BY_TYPE

_CELL_TEXTS = {
    reason: ", ".join(literal(text) for text, its in CELL_REASONS.items() if its == reason)
    for reason in CELL_REASONS.values()
}
"""Reason → SQL list of the texts of a cell that are no values."""
_ALL_TEXTS = ", ".join(_CELL_TEXTS.values())

_MARKED = "starts_with("
"""How the condition on such a cell begins."""
TOLERANCE = timedelta(days=1)
"""How far after the taking in a moment may lie: clocks and time zones differ."""


class Checked:
    """The SQL of one table's values and faults. Of column i: _v<i> value, _u<i> unreadable, _f<i> fault, _t<i> text."""

    def __init__(self, mapping: TableMapping, ids: tuple[str, ...], received_at: datetime | None) -> None:
        self._mapping, self._ids = mapping, ids
        self._latest = received_at + TOLERANCE if received_at is not None else None
        self._columns = mapping.table.columns
        self._texts = [mapping.columns.get(column.name, "null") for column in self._columns]

    def accepted_sql(self, delivery_id: str) -> str:
        """Contract columns, delivery_id, source_line and source_part of the rows without any fault."""
        values = ", ".join(f'_v{i} as "{column.name}"' for i, column in enumerate(self._columns))
        faults = [
            *(f"({condition}) is not true" for condition in self._decisive()),
            *(f"not coalesce(({rule.when}), false)" for rule in self._mapping.refuse),
            *(["_total is null"] if self._labels() else []),
        ]
        where = f" where {' and '.join(faults)}" if faults else ""
        values += f", {literal(delivery_id)} as delivery_id, source_line, source_part"
        return f"select {values} from ({self._values_sql()}) as typed{where}"

    def faulty_sql(self, accepted: Path) -> str:
        """Of rows that were not accepted: line and part, the fault of each column and rule, and the text behind it."""
        judged = [f"{self._fault(i)} as _f{i}" for i in self._checked()]
        judged += [f"{self._cell(self._texts[i])} as _t{i}" for i in self._checked()]
        for number, rule in enumerate(self._mapping.refuse):
            judged.append(f"case when ({rule.when}) then {literal(rule.reason)} end as _r{number}")
            judged.append(f"{self._cell(rule.when)} as _s{number}")
        judged += [f'_v{i} as "{self._columns[i].name}"' for i in self._sized()]
        judged.append(f"{self._day()} as _day")
        if self._labels():
            judged += ["_total", f"case _total {' '.join(f'when {i} then _t{i}' for i in self._labels())} end as _tt"]
        return (
            f"select {', '.join(['source_line', 'source_part', *judged])} from ({self._values_sql()}) as typed "
            f"anti join read_parquet({literal(str(accepted))}) as kept using (source_line, source_part)"
        )

    def fault_statements(self) -> list[str]:
        """One select per column and rule over the table `faulty`."""
        labels = self._labels()
        place, only = "select source_line, source_part", " and _total is null" if labels else ""
        statements = [
            f"{place}, {literal(self._columns[i].name)}, _f{i}, _t{i} from faulty "
            f"where _f{i} is not null{self._no_rule(i)}{only}"
            for i in self._checked()
        ]
        statements += [
            f"{place}, {literal(rule.column)}, _r{i}, _s{i} from faulty where _r{i} is not null{only}"
            for i, rule in enumerate(self._mapping.refuse)
        ]
        return statements + [
            f"{place}, {literal(self._columns[i].name)}, 'total_row', _t{i} from faulty where _total = {i}"
            for i in labels
        ]

    def _no_rule(self, i: int) -> str:
        """A cell of which a rule of the layout says what is wrong is not also called unreadable."""
        name = self._columns[i].name
        return "".join(f" and _r{n} is null" for n, rule in enumerate(self._mapping.refuse) if rule.column == name)

    def _day(self) -> str:
        """The day of a row; NULL where it is itself at fault, or no cell of the row says it."""
        dated = self._mapping.table.dated
        found = next((i for i in self._checked() if self._columns[i].name == dated), None)
        if found is None or not source_ids(self._texts[found], self._ids):
            return "null::date"
        return f"case when ({self._fault(found)}) is null then _v{found}::date end"

    def sized(self) -> list[str]:
        """Mapped columns whose usual size the contract states, quoted."""
        return [f'"{self._columns[i].name}"' for i in self._sized()]

    def is_meant(self, faulty: str) -> str:
        """SQL condition on rows of `faulty`: work that was misread, not a total or what the layout refuses."""
        rules = [f"{faulty}._r{i} is null" for i in range(len(self._mapping.refuse))]
        return " and ".join([*rules, *([f"{faulty}._total is null"] if self._labels() else [])]) or "true"

    def _sized(self) -> list[int]:
        return [
            i
            for i, column in enumerate(self._columns)
            if column.usual is not None and column.name in self._mapping.columns
        ]

    def _labels(self) -> list[int]:
        """Columns in which a total says that it is one: the agent, and the key where it is read from a cell."""
        watched = {"agent_id", *self._mapping.table.key}
        return [
            i
            for i, column in enumerate(self._columns)
            if column.name in watched and source_ids(self._texts[i], self._ids)
        ]

    def _total_sql(self) -> str:
        """The number of the first of these columns whose cell, or value, is the label of a total."""
        cases = []
        for i in self._labels():
            ids = source_ids(self._texts[i], self._ids)
            texts = [f'"{ids[0]}"'] if len(ids) == 1 else []
            if self._columns[i].data_type == "varchar" and self._texts[i].strip() not in ids:
                texts.append(f"_v{i}")
            cases += [f"when _is_total_label({text}) then {i}" for text in texts]
        return f"case {' '.join(cases)} end as _total" if cases else "null::integer as _total"

    def _checked(self) -> list[int]:
        """Columns that can be at fault: mapped ones, unless made without any cell."""
        return [
            i
            for i, column in enumerate(self._columns)
            if column.name in self._mapping.columns
            and (
                column.data_type != "varchar"
                or column.required
                or column.values
                or source_ids(self._texts[i], self._ids)
                or i in self._labels()
            )
        ]

    def _values_sql(self) -> str:
        """Every expression once, as _e<i>; typed values and faults then read that column. Planning the parsers over
        and over took four fifths of the time of a small file. No filter may be pushed down there: see `receive`."""
        evaluated = ["*"] + [f"({text}) as _e{i}" for i, text in enumerate(self._texts) if self._value(i) == f"_e{i}"]
        where = f" where ({self._mapping.when})" if self._mapping.when else ""
        picked = ["*"]
        for i, column in enumerate(self._columns):
            value = self._value(i)
            picked.append(f"{_typed(value, column.data_type)} as _v{i}")
            picked.append(f"{_unreadable(self._texts[i], value, column.data_type)} as _u{i}")
        source = f"select {', '.join(evaluated)} from source{where}"
        typed = f"select {', '.join(picked)} from ({source}) as evaluated"
        return f"select *, {self._total_sql()} from ({typed})" if self._labels() else typed

    def _fault(self, i: int) -> str:
        """The reason of a column's first fault, NULL without one."""
        cases = (f"when {condition} then {literal(reason)}" for condition, reason in self._faults(i))
        return f"case {' '.join(cases)} end"

    def _decisive(self) -> list[str]:
        """Conditions of which one holds when a row has a fault: what follows from others is left out, and cells that
        hold a fault of a spreadsheet are looked at only in rows where some cell begins like one."""
        conditions, marked = list[str](), dict[str, None]()
        for i in self._checked():
            text_only = _unreadable(self._texts[i], self._value(i), self._columns[i].data_type) == "false"
            for condition, _ in self._faults(i):
                if condition.startswith(f"_u{i} and ") or (text_only and condition == f"_u{i}"):
                    continue
                if condition.startswith(_MARKED):
                    marked[condition.removeprefix(_MARKED).split(",")[0]] = None
                else:
                    conditions.append(condition)
        if marked:
            # '$' is the character after '#': compared as text, this is seven times as fast as starts_with
            some = " or ".join(f"({cell} >= '#' and {cell} < '$')" for cell in marked)
            one_of_them = " or ".join(f"{cell} in ({_ALL_TEXTS})" for cell in marked)
            conditions.append(f"case when {some} then {one_of_them} else false end")
        return conditions

    def _value(self, i: int) -> str:
        """The evaluated expression of a column: a bare cell is not copied."""
        text = self._texts[i].strip()
        return f'"{text}"' if text in self._ids else f"_e{i}"

    def _faults(self, i: int) -> list[tuple[str, str]]:
        """Conditions and their reasons; the first that holds is told."""
        column = self._columns[i]
        found: list[tuple[str, str]] = []
        if source_ids(self._texts[i], self._ids):
            unread, cell = (
                ("", f"_v{i}") if column.data_type == "varchar" else (f"_u{i} and ", self._cell(self._texts[i]))
            )
            found += [
                (f"{unread}{_MARKED}{cell}, '#') and {cell} in ({texts})", reason)
                for reason, texts in _CELL_TEXTS.items()
            ]
        found.append((f"_u{i}", _unreadable_reason(column, self._texts[i])))
        if column.required:
            found.append((f"_v{i} is null", "required_missing"))
        if column.minimum is not None:
            found.append((f"_v{i} < {column.minimum}", "below_minimum"))
        if column.maximum is not None:
            found.append((f"_v{i} > {column.maximum}", "above_maximum"))
        if column.not_before:
            found.append((f"_v{i} < {literal(column.not_before)}::timestamp", "too_long_ago"))
        if column.has_happened and self._latest is not None:
            found.append((f"_v{i} > {literal(self._latest.isoformat(' '))}::timestamp", "in_the_future"))
        number = {other.name: j for j, other in enumerate(self._columns)}
        if column.minimum_column:
            found.append((f"_v{i} < _v{number[column.minimum_column]}", "below_minimum"))
        if column.maximum_column:
            found.append((f"_v{i} > _v{number[column.maximum_column]}", "above_maximum"))
        if column.values:
            allowed = ", ".join(literal(value) for value in column.values)
            found.append((f"_v{i} not in ({allowed})", "value_not_allowed"))
        return found

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
