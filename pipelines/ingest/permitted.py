"""What an expression of a layout may do: compute one value from one row, always the same, and nothing else.

Belongs here: judging an expression by DuckDB's own syntax tree before it is put into any statement. Does not belong
here: whether it makes sense (`expressions.Binder`), running it (`load`; there the connection is locked as well).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

import duckdb

_OF_THE_SESSION = {"user", "session_user", "localtime", "localtimestamp"}
"""Words that stand for a value of the session when no column has that name, beside all that begin with current_."""
_NEVER = {"getenv", "getvariable", "query", "query_table", "nextval", "currval", "error", "sleep_ms", "write_log"}
_CLASSES = {
    "SUBQUERY": "it asks another table",
    "WINDOW": "it looks at other rows",
    "PARAMETER": "it leaves a value open ($ or ?)",
    "STAR": "it stands for all columns (*)",
}


class Permission:
    """Judges expressions. `connection` is only asked for syntax trees and the names of its functions."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        functions = connection.execute(
            "select lower(function_name), function_type, coalesce(stability, '') from duckdb_functions()"
        ).fetchall()
        scalar = {name for name, kind, _ in functions if kind in ("scalar", "macro")}
        self._unsteady = {name for name, _, stability in functions if stability not in ("", "CONSISTENT")} | _NEVER
        self._of_many_rows = {name for name, kind, _ in functions if kind == "aggregate"} - scalar

    def refusal(self, expression: str, ids: Collection[str]) -> str | None:
        """Why the expression is not permitted, in words; None when it is. What does not parse is not permitted."""
        row = self._connection.execute("select json_serialize_sql(?)", [f"select (\n{expression}\n)"]).fetchone()
        tree = json.loads(row[0]) if row else {"error": True}
        if tree["error"]:
            return str(tree.get("error_message", "it is no expression")).split("\n")[0]
        if len(tree["statements"]) != 1 or not _is_one_value(tree["statements"][0]["node"]):
            return "it is more than one value of one row"
        return next((fault for node in _nodes(tree) if (fault := self._fault(node, ids))), None)

    def _fault(self, node: dict[str, Any], ids: Collection[str]) -> str | None:
        kind = str(node.get("class", ""))
        if kind in _CLASSES:
            return _CLASSES[kind]
        if kind == "FUNCTION":
            name = str(node["function_name"]).lower()
            if name in self._of_many_rows:
                return f"{name} looks at other rows"
            if name in self._unsteady or name.startswith(("current_", "pg_")):
                return f"{name} depends on more than the row"
        if kind == "COLUMN_REF":
            name = str(node["column_names"][-1]).lower()
            if name not in ids and (name in _OF_THE_SESSION or name.startswith("current_")):
                return f"{name} depends on more than the row"
        return None


def _is_one_value(node: dict[str, Any]) -> bool:
    """Whether a SELECT has one expression and nothing else: no FROM, WHERE, LIMIT, WITH."""
    plain = node.get("type") == "SELECT_NODE" and len(node["select_list"]) == 1 and not node["modifiers"]
    without = ("where_clause", "having", "qualify", "sample", "group_expressions")
    return plain and node["from_table"]["type"] == "EMPTY" and not any(node.get(key) for key in without)


def _nodes(tree: object) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)
