"""Which rows of a delivery are of somebody erased, and which only name them: SQL over one file of accepted rows.

The contract says it per column (`erasing`): a row goes with the person in its agent column, or with the row it names
when it has no agent; any other column that holds an id, name or customer key only loses what it holds.
Belongs here: this SQL. Does not belong here: who was erased (`erased`), writing the rows that are left (`cut`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.ingest.contract import Column, Table
from pipelines.ingest.erased import CUSTOMER, PERSON, Erased
from pipelines.ingest.layout import TableMapping
from pipelines.ingest.readers import literal

AGENT = "agent_id"
_WITH = "with "


@dataclass(frozen=True)
class Found:
    """What one file of accepted rows holds of people who were erased. `people` and `customers`: text → label."""

    table: Table
    held: Collection[str]
    """Columns of the contract that the file has: fewer when the contract has grown since."""
    people: Mapping[str, str]
    customers: Mapping[str, str]
    links: Mapping[str, str]
    """Columns with ids of rows that went → table that holds these ids."""
    has_lines: bool = False
    """Rows without an agent were made of lines from which a row of another table goes (table `gone_lines`)."""

    def __bool__(self) -> bool:
        return bool(self.people or self.customers or self.links or self.has_lines)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns of the contract that are there."""
        return tuple(column for column in self.table.columns if column.name in self.held)

    @property
    def is_gone(self) -> str:
        """SQL condition: the row goes. Never null."""
        own = [
            f"({_is_in(column.name, self.people)}{f' and ({column.personal_when})' if column.personal_when else ''})"
            for column in self.columns
            if column.erasing == "row" and self.people
        ]
        orphaned = f" and {AGENT} is null" if AGENT in self.held else ""
        own += [f'("{name}" in (select value from {linked}){orphaned})' for name, linked in self.links.items()]
        if self.has_lines:
            own.append(f"((source_line, source_part) in (from gone_lines) and {AGENT} is null)")
        return f"coalesce({' or '.join(own)}, false)" if own else "false"

    @property
    def is_named(self) -> str:
        """SQL condition: the row stays and loses a reference. Never null."""
        named = [
            _is_in(column.name, self._sought(column))
            for column in self.columns
            if column.personal in ("id", "name", "customer") and column.erasing != "row" and self._sought(column)
        ]
        return f"coalesce({' or '.join(named)}, false) and not {self.is_gone}" if named else "false"

    def left(self, column: Column, told: str) -> str:
        """The expression of a column in the rows that stay. `told` is the SQL of a text, with {} for the column."""
        value = f'"{column.name}"'
        if column.personal == "text":
            words = told.format(value)
            owned = self._of_customers()
            return f"case when {owned} then null else {words} end" if owned else words
        sought = self._sought(column)
        if column.personal not in ("id", "name", "customer") or not sought or column.erasing == "row":
            return value
        stays = " ".join(f"when {literal(text)} then {literal(label)}" for text, label in sorted(sought.items()))
        return f"case {value} {stays} else {value} end" if column.required else _emptied(value, sought)

    def _sought(self, column: Column) -> Mapping[str, str]:
        return self.customers if column.personal == "customer" else self.people

    def _of_customers(self) -> str:
        names = [column.name for column in self.columns if column.personal == "customer"] if self.customers else []
        return " or ".join(_is_in(name, self.customers) for name in names)


def find_all(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], files: Mapping[str, Path], erased: Erased
) -> dict[str, Found]:
    """Look through all files of one delivery, given by table; makes the tables that `Found.is_gone` needs, until the
    next look. A survey that names no agent goes with the contact of its line."""
    found = {table.name: find(connection, table, files[table.name], erased) for table in tables}
    connection.execute("create or replace temp table gone_lines (source_line bigint, source_part integer)")
    for name, one in found.items():
        if one:
            source = f"read_parquet({literal(str(files[name]))})"
            connection.execute(
                f"insert into gone_lines select source_line, source_part from {source} where {one.is_gone}"
            )
    some = connection.execute("select 1 from gone_lines limit 1").fetchone()
    if some is None:
        return found
    return {name: replace(one, has_lines=True) if AGENT in one.held else one for name, one in found.items()}


def find(connection: duckdb.DuckDBPyConnection, table: Table, file: Path, erased: Erased) -> Found:
    """Look through one file; makes the tables that `Found.is_gone` needs, until the next look at this table."""
    source = f"read_parquet({literal(str(file))})"
    held = [str(name) for name, *_ in connection.execute(f"describe select * from {source}").fetchall()]
    people, customers, links = dict[str, str](), dict[str, str](), dict[str, str]()
    for column in (column for column in table.columns if column.name in held):
        where = f" and ({column.personal_when})" if column.personal_when else ""
        if column.personal in ("id", "name") and erased.has(PERSON):
            people |= _labelled(connection, source, column.name, where, erased.person)
        elif column.personal == "customer" and erased.has(CUSTOMER):
            customers |= _labelled(connection, source, column.name, where, erased.customer)
        elif column.erasing.startswith(_WITH) and erased.links_to(column.erasing.removeprefix(_WITH)):
            linked = f"linked_{table.name}_{column.name}"
            if _linked(connection, source, column, held, erased, linked):
                links[column.name] = linked
    return Found(table, held, people, customers, links)


def are_named(connection: duckdb.DuckDBPyConnection, mappings: Iterable[TableMapping], erased: Erased) -> bool:
    """Whether table `source`, a file as it was read, holds somebody erased, in rows that were refused too."""
    for mapping in mappings:
        for column in mapping.table.columns:
            expression = mapping.columns.get(column.name)
            kind = CUSTOMER if column.personal == "customer" else PERSON
            if expression is None or column.personal not in ("id", "name", "customer") or not erased.has(kind):
                continue
            where = f" where ({mapping.when})" if mapping.when else ""
            rows = connection.execute(f"select distinct cast(({expression}) as varchar) from source{where}").fetchall()
            known = erased.customer if column.personal == "customer" else erased.person
            if any(known(str(text)) for (text,) in rows if text is not None):
                return True
    return False


def _linked(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    column: Column,
    held: Collection[str],
    erased: Erased,
    linked: str,
) -> bool:
    """Make the table `linked` of ids in a column that name rows which went; whether there are any."""
    target = column.erasing.removeprefix(_WITH)
    orphaned = f" and {AGENT} is null" if AGENT in held else ""
    values = _distinct(connection, source, column.name, orphaned)
    gone = [(text,) for text in values if erased.is_linked(target, text)]
    if gone:
        connection.execute(f"create or replace temp table {linked} (value varchar)")
        connection.executemany(f"insert into {linked} values (?)", gone)
    return bool(gone)


def _labelled(
    connection: duckdb.DuckDBPyConnection, source: str, column: str, where: str, label: Callable[[str], str | None]
) -> dict[str, str]:
    found = ((text, label(text)) for text in _distinct(connection, source, column, where))
    return {text: its for text, its in found if its is not None}


def _distinct(connection: duckdb.DuckDBPyConnection, source: str, column: str, where: str) -> list[str]:
    rows = connection.execute(f'select distinct "{column}" from {source} where "{column}" is not null{where}')
    return [str(text) for (text,) in rows.fetchall()]


def _is_in(column: str, texts: Collection[str]) -> str:
    return f'"{column}" in ({", ".join(map(literal, sorted(texts)))})'


def _emptied(value: str, texts: Collection[str]) -> str:
    return f"case when {value} in ({', '.join(map(literal, sorted(texts)))}) then null else {value} end"
