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
    )


def _faults(table: Table, file: str) -> list[Problem]:
    problems = [
        Problem(f"unknown type {column.data_type!r}", f"{file}, {table.name}.{column.name}", fix=", ".join(TYPES))
        for column in table.columns
        if column.data_type not in TYPES
    ]
    problems += [
        Problem(f"the key column {name!r} must be a required column", where=f"{file}, {table.name}")
        for name in table.key
        if name not in table.by_name or not table.by_name[name].required
    ]
    if table.key and table.dated not in table.by_name:
        problems.append(Problem(f"dated column {table.dated!r} does not exist", where=f"{file}, {table.name}"))
    return problems
