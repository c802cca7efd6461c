"""What can be known about a layout's SQL expression without running it: the source ids and parser calls in it.

Belongs here: reading expressions as text, and asking DuckDB to bind them. Does not belong here: the parsers themselves
(dbt_project/exports/_parsers.sql), running expressions over rows (`load`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pipelines.ingest.permitted import Permission

_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[A-Za-z_][A-Za-z0-9_]*|.", re.DOTALL)


@dataclass(frozen=True)
class ParserCall:
    """One call such as as_timestamp(date || ' ' || time, 'dmy'): its whole text and its first argument."""

    text: str
    argument: str


def source_ids(expression: str, known: Collection[str]) -> tuple[str, ...]:
    """Source ids that the expression reads, in order of appearance, each once."""
    found = dict.fromkeys(token.strip('"') for token in _TOKEN.findall(expression) if token.strip('"') in known)
    return tuple(found)


def replaced(expression: str, cells: Mapping[str, str]) -> str:
    """The expression with other SQL in place of some source ids; a type or function of the same name stays."""
    parts, before = list[str](), ""
    tokens = _TOKEN.findall(expression)
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        is_cell = after != "(" and before.lower() not in ("as", ":")
        parts.append(cells.get(token.strip('"'), token) if is_cell else token)
        before = before if token.isspace() else token
    return "".join(parts)


def parser_calls(expression: str) -> tuple[ParserCall, ...]:
    """Calls of as_… parsers, outermost and nested. A call that does not close is left to the binder to report."""
    tokens = _TOKEN.findall(expression)
    return tuple(
        call
        for position, token in enumerate(tokens)
        if token.startswith("as_") and (call := _call(tokens, position)) is not None
    )


def _call(tokens: Sequence[str], position: int) -> ParserCall | None:
    start = position + 1
    while start < len(tokens) and tokens[start].isspace():
        start += 1
    if start >= len(tokens) or tokens[start] != "(":
        return None
    depth, comma = 0, None
    for index in range(start, len(tokens)):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(tokens[index], 0)
        if depth == 1 and tokens[index] == "," and comma is None:
            comma = index
        if depth == 0:
            argument = "".join(tokens[start + 1 : comma or index])
            return ParserCall("".join(tokens[position : index + 1]), argument.strip())
    return None


class Binder:
    """Asks DuckDB whether expressions over text columns make sense, on an empty table; runs nothing over data."""

    def __init__(self, parsers: str) -> None:
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(parsers)
        self._connection.execute("set enable_external_access = false; set lock_configuration = true")
        self._permission = Permission(self._connection)

    def faults(self, ids: Collection[str], expressions: Sequence[str]) -> Iterator[str | None]:
        """For each expression, DuckDB's complaint or None."""
        columns = ", ".join(f'"{name}" varchar' for name in ids) or "nothing varchar"
        self._connection.execute(f"create or replace temp table source_text ({columns})")
        for expression in expressions:
            if refusal := self._permission.refusal(expression, ids):
                yield refusal
                continue
            try:
                self._connection.execute(f"describe select ({expression}) from source_text")
            except duckdb.Error as error:
                yield str(error).split("\n")[0]
            else:
                yield None

    def close(self) -> None:
        self._connection.close()
