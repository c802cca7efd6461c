"""The contract of raw tables, read from dbt_project/models/staging/_sources.yml and nowhere repeated.

Belongs here: typed tables and columns of the contract. Does not belong here: checking rows (`load`), layouts of
exports (`layout`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pipelines.errors import FloorwalkError, Problem

PERSONAL = ("id", "name", "text", "customer")
TYPES = ("varchar", "timestamp", "date", "double", "integer", "bigint", "boolean")


@dataclass(frozen=True)
class Column:
    """One column of the contract; bounds are inclusive, in the column's unit, fixed or those of another column."""

    name: str
    data_type: str
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    minimum_column: str = ""
    maximum_column: str = ""
    values: tuple[str, ...] = ()
    unit: str = ""
    has_happened: bool = False
    """A moment that lies in the past when the file is taken in, a day of tolerance allowed."""
    not_before: str = ""
    """The first day that is possible."""
    usual: tuple[float, float] | None = None
    """Between which figures the middle value of a delivery lies, zeros left out."""
    varies: bool = False
    """The middle value may honestly leap from one delivery to the next."""
    personal: str = ""
    """id, name, text or customer: what it tells of a person; empty where nothing."""
    personal_when: str = ""
    """SQL condition on the row under which it does; empty where always."""
    erasing: str = field(default="", repr=False)
    """`row`: the row goes with the person named here; `with <table>`: it goes with the row named here. No part of what
    is shown: it changes no reading of a file."""
    description: str = field(default="", repr=False)
    """What it holds, in English. Not part of what is shown: other words change no reading of a file."""


@dataclass(frozen=True)
class Strange:
    """Rows that are possible and strange: `when` is SQL over columns of the contract."""

    doubt: str
    column: str
    when: str


@dataclass(frozen=True)
class Table:
    """One raw table. `key` is empty for tables that ingest writes about its own work."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    dated: str = ""
    label: dict[str, str] = field(default_factory=dict)
    """Name by language; empty for tables that ingest writes."""
    arrives_daily: bool = False
    """Expected with every day's drop, so it can fall behind."""
    alike: tuple[str, ...] = ()
    """Columns in which two rows with different keys never agree by chance."""
    doubt_when: tuple[Strange, ...] = ()

    @property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}


@dataclass(frozen=True)
class Contract:
    """`delivered`: tables an export can feed, in the order of the file; `written`: tables about deliveries."""

    delivered: dict[str, Table]
    written: dict[str, Table]


def load_contract(dbt_project: Path) -> Contract:
    """Read the contract. Raises FloorwalkError with every fault when a key or type in it is impossible."""
    file = dbt_project / "models" / "staging" / "_sources.yml"
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where PyYAML was built with libyaml
    document: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=fast)  # noqa: S506
    tables = [_table(entry) for source in document["sources"] for entry in source["tables"]]
    problems = [problem for table in tables for problem in _faults(table, file.name)]
    if problems:
        raise FloorwalkError(problems)
    return Contract(
        delivered={table.name: table for table in tables if table.key},
        written={table.name: table for table in tables if not table.key},
    )


def _table(entry: dict[str, Any]) -> Table:
    meta = entry.get("config", {}).get("meta", {})
    columns = tuple(_column(column) for column in entry["columns"])
    return Table(
        name=entry["name"],
        columns=columns,
        key=tuple(meta.get("key", ())),
        dated=str(meta.get("dated", "")),
        label=dict(meta.get("label", {})),
        arrives_daily=meta.get("arrives") == "daily",
        alike=tuple(meta.get("alike", ())),
        doubt_when=tuple(Strange(**entry) for entry in meta.get("doubt_when", ())),
    )


def _column(entry: dict[str, Any]) -> Column:
    meta = entry.get("config", {}).get("meta", {})
    return Column(
        name=entry["name"],
        data_type=str(entry["data_type"]).lower(),
        required=bool(meta.get("required", False)),
        minimum=meta.get("min"),
        maximum=meta.get("max"),
        minimum_column=str(meta.get("min_column", "")),
        maximum_column=str(meta.get("max_column", "")),
        values=tuple(str(value) for value in meta.get("values", ())),
        unit=str(meta.get("unit", "")),
        has_happened=meta.get("not_after") == "delivered",
        not_before=str(meta.get("not_before", "")),
        usual=(float(meta["usual"][0]), float(meta["usual"][1])) if "usual" in meta else None,
        varies=bool(meta.get("varies", False)),
        personal=str(meta.get("personal", "")),
        personal_when=str(meta.get("personal_when", "")),
        erasing=str(meta.get("erasing", "")),
        description=str(entry.get("description", "")),
    )


def _faults(table: Table, file: str) -> list[Problem]:
    known = f"{', '.join(PERSONAL)}; always varchar"
    problems = [
        Problem(f"unknown type {column.data_type!r}", f"{file}, {table.name}.{column.name}", fix=", ".join(TYPES))
        for column in table.columns
        if column.data_type not in TYPES
    ]
    problems += [
        Problem(f"unknown kind {column.personal!r} of personal data", f"{file}, {table.name}.{column.name}", fix=known)
        for column in table.columns
        if column.personal not in ("", *PERSONAL) or (column.personal and column.data_type != "varchar")
    ]
    problems += [
        Problem(f"the key column {name!r} must be a required column", where=f"{file}, {table.name}")
        for name in table.key
        if name not in table.by_name or not table.by_name[name].required
    ]
    named = [*table.alike, *(strange.column for strange in table.doubt_when)]
    problems += [
        Problem(f"the column {name!r} does not exist", where=f"{file}, {table.name}")
        for name in named
        if name not in table.by_name
    ]
    if table.key and table.dated not in table.by_name:
        problems.append(Problem(f"dated column {table.dated!r} does not exist", where=f"{file}, {table.name}"))
    return problems
