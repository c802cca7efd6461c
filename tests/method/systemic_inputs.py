"""Tables that the systemic and guard models read, put in place of the models that make them.

Belongs here: windows, rules and standings as columns of numbers, with what a test does not care about filled in. Does
not belong here: anything a test asserts.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from tests.model_sql import DBT, put

ORACLES = Path(__file__).parent / "oracles"
START, END = "2026-01-01", "2026-03-31"
Columns = Mapping[str, Any]


def oracle(name: str) -> dict[str, Any]:
    """A reference result: method, source, inputs, expected, tolerance."""
    found: dict[str, Any] = json.loads((ORACLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def oracle_rows(file: str) -> list[dict[str, str]]:
    """Rows of a reference result's own input file."""
    with (ORACLES / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rules(**changed: float) -> dict[str, Any]:
    """The row of int_rule for the one window of a test: every rule at its default but those changed."""
    with (DBT / "seeds" / "rules.csv").open(encoding="utf-8", newline="") as lines:
        values = {row["rule_id"]: float(row["value"]) for row in csv.DictReader(lines)}
    return {"window_kind": "quarter", "window_start": START, **values, **changed}


def put_columns(connection: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> None:
    """Create a table from equally long columns; a single value stands in every row."""
    size = max(len(column) for column in columns.values() if not _is_single(column))
    given = {
        key: np.full(size, column) if _is_single(column) else np.asarray(column) for key, column in columns.items()
    }
    picked = ", ".join(f"cast({key} as {_type(key, column)}) as {key}" for key, column in given.items())
    connection.execute(f"create table {name} as select {picked} from given")  # DuckDB reads the variable `given`


def _type(name: str, column: np.ndarray[Any, np.dtype[Any]]) -> str:
    if name in ("day", "started_on") or name.endswith(("_start", "_end", "_from")):
        return "date"
    kinds = {"U": "varchar", "O": "varchar", "b": "boolean", "i": "bigint", "f": "double"}
    return kinds[column.dtype.kind]


def _is_single(column: object) -> bool:
    return isinstance(column, (str, int, float, bool))


def put_window(connection: duckdb.DuckDBPyConnection, **changed: float) -> None:
    """One quarter and the rules in force in it."""
    window = {"window_kind": "quarter", "window_start": START, "window_end": END, "position": 1, "is_current": True}
    put_columns(connection, "int_window", {key: [value] for key, value in window.items()})
    put_columns(connection, "int_rule", {key: [value] for key, value in rules(**changed).items()})


def put_standings(connection: duckdb.DuckDBPyConnection, columns: Columns) -> None:
    """The table int_standing with the columns given; where not said otherwise of a mean around a centre of 0."""
    plain = {
        "kpi_id": "solved", "window_kind": "quarter", "window_start": START, "role": "general", "peer": "general|180+",
        "family": "mean", "better": "higher", "no_reference_share": 0.0, "centre_value": 0.0,
    }  # fmt: skip
    filled = {**plain, **columns}
    filled.setdefault("adjusted_value", np.asarray(filled["y"]) + filled["centre_value"])
    put_columns(connection, "int_standing", filled)


def put_targets(connection: duckdb.DuckDBPyConnection, targets: Mapping[str, float]) -> None:
    """The table kpi_standards with one target per KPI, for everybody."""
    put_standards(connection, [{"kpi_id": kpi_id, "role": "*", "target": target} for kpi_id, target in targets.items()])


def put_standards(connection: duckdb.DuckDBPyConnection, standards: Sequence[Mapping[str, Any]]) -> None:
    """The table kpi_standards, in force from before the quarter on."""
    plain = {"valid_from": "2025-01-01", "basis": "value"}
    types = "kpi_id varchar, role varchar, valid_from date, minimum double, target double, basis varchar"
    put(connection, "kpi_standards", [{**plain, **standard} for standard in standards], types)


def both(*parts: Columns) -> Columns:
    """Standings of several KPIs, each with all the columns of the first, one after the other."""
    sizes = [len(part["agent_id"]) for part in parts]
    return {
        key: [
            value
            for part, size in zip(parts, sizes, strict=True)
            for value in ([part[key]] * size if _is_single(part[key]) else part[key])
        ]
        for key in parts[0]
    }


def no_rows(connection: duckdb.DuckDBPyConnection, **tables: str) -> None:
    """Create tables without rows, each from its declared columns."""
    for name, types in tables.items():
        nothing: Sequence[Mapping[str, Any]] = []
        put(connection, name, nothing, types)
