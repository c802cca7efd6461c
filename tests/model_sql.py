"""Runs models of dbt_project in a bare DuckDB, without dbt: for reference results and for tests of the method.

Belongs here: rendering a model or a macro with the project's own macros and variables, and building models over tables
that a test has put in place. Does not belong here: whether dbt itself accepts the project (the chain tests).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import yaml
from jinja2 import Environment, StrictUndefined

from pipelines.settings import PROJECT

DBT = PROJECT / "dbt_project"
Values = Mapping[str, Any]


class _Returned(Exception):
    def __init__(self, value: object) -> None:
        self.value = value


def _return(value: object) -> None:
    raise _Returned(value)


@lru_cache
def _macro_sources() -> Mapping[str, str]:
    """Every macro's own text by name; apart, so that a call between two of one file also goes through the wrapper."""
    found: dict[str, str] = {}
    for file in sorted((DBT / "macros").rglob("*.sql")):
        for text in re.findall(r"{%-?\s*macro\b.*?endmacro\s*-?%}", file.read_text(encoding="utf-8"), re.DOTALL):
            name = re.match(r"{%-?\s*macro\s+(\w+)", text)
            assert name is not None
            found[name.group(1)] = text
    return found


@lru_cache
def variables() -> Mapping[str, Any]:
    """`vars` of dbt_project.yml."""
    content: dict[str, Any] = yaml.safe_load((DBT / "dbt_project.yml").read_text(encoding="utf-8"))
    return dict(content["vars"])


@lru_cache
def model_files() -> Mapping[str, Path]:
    """The file of every model, by name."""
    return {file.stem: file for file in (DBT / "models").rglob("*.sql")}


class Project:
    """The dbt project with some variables changed."""

    def __init__(self, **changed: Any) -> None:
        self.vars = {**variables(), **changed}
        self.needed: list[str] = []
        self._environment = Environment(  # noqa: S701 - SQL, not HTML
            extensions=["jinja2.ext.do"], undefined=StrictUndefined
        )
        self._environment.globals.update(
            var=lambda name, default=None: self.vars.get(name, default),
            ref=self._ref,
            source=lambda schema, table: f"{schema}_{table}",
            config=lambda **settings: "",
            modules=SimpleNamespace(re=re),
            adapter=SimpleNamespace(dispatch=lambda name, *_: self._environment.globals[f"default__{name}"]),
        )
        self._environment.globals["return"] = _return
        for name, text in _macro_sources().items():
            self._environment.globals[name] = self._wrapped(name, text)

    def _ref(self, name: str) -> str:
        self.needed.append(name)
        return name

    def _wrapped(self, name: str, text: str) -> Any:
        template = self._environment.from_string(text)

        def call(*positional: Any, **named: Any) -> Any:
            try:
                return getattr(template.module, name)(*positional, **named)
            except _Returned as returned:
                return returned.value

        return call

    def sql(self, text: str) -> str:
        """`text` with its macros rendered, e.g. ``{{ norm_cdf('z') }}``."""
        return self._environment.from_string(text).render()

    def model(self, name: str) -> tuple[str, tuple[str, ...]]:
        """SQL of a model, in which other models are plain table names, and the names of those models."""
        self.needed = []
        text = self.sql(model_files()[name].read_text(encoding="utf-8"))
        return text, tuple(dict.fromkeys(self.needed))

    def build(self, connection: duckdb.DuckDBPyConnection, *names: str) -> None:
        """Create each model as a table, its parents first; a table that stands already is taken as it is."""
        for name in names:
            if _exists(connection, name):
                continue
            if name not in model_files():
                _load_seed(connection, name)
                continue
            text, parents = self.model(name)
            self.build(connection, *parents)
            connection.execute(f"create table {name} as {text}")


def _exists(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    found = connection.execute("select count(*) from duckdb_tables() where table_name = ?", [name]).fetchone()
    return bool(found and found[0])


def _load_seed(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    file = DBT / "seeds" / f"{name}.csv"
    if not file.is_file():
        raise LookupError(f"no table, model or seed called {name}: the test must put it in place")
    connection.execute(f"create table {name} as select * from read_csv(?, header = true)", [str(file)])


@contextmanager
def database(**tables: Sequence[Values]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with these tables, each from rows as mappings (all with the same keys)."""
    with duckdb.connect(":memory:") as connection:
        for name, given in tables.items():
            put(connection, name, given)
        yield connection


def put(connection: duckdb.DuckDBPyConnection, name: str, given: Sequence[Values], types: str = "") -> None:
    """Create a table from rows as mappings. `types` declares columns where the rows cannot: "a varchar, n bigint"."""
    if types:
        connection.execute(f"create table {name} ({types})")
        columns = [part.split()[0] for part in types.split(",")]
    else:
        columns = list(given[0])
        kinds = [_kind([row[column] for row in given]) for column in columns]
        declared = ", ".join(f"{column} {kind}" for column, kind in zip(columns, kinds, strict=True))
        connection.execute(f"create table {name} ({declared})")
    if given:
        places = ", ".join("?" for _ in columns)
        values = [[row.get(column) for column in columns] for row in given]
        connection.executemany(f"insert into {name} ({', '.join(columns)}) values ({places})", values)


def _kind(found: Sequence[object]) -> str:
    for value in found:
        if value is not None:
            return {bool: "boolean", int: "bigint", float: "double", str: "varchar"}.get(type(value), "date")
    return "varchar"


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """All rows of a query as mappings."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
