"""What the raw tables tell of people: codes in place of ids and names, and texts left out or redacted, as was chosen.

The lake stays as delivered; all of this happens when tables are made for a build. A table whose values are computed
here is stored, so that neither the key nor anything in clear stays in the build's database.
Belongs here: applying the choice to columns of the contract. Does not belong here: codes and redaction (`privacy`,
dbt_project/exports/_redaction.sql), which column tells what (the contract, `personal`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.contract import Column, Contract, Table
from pipelines.privacy import Privacy, codes, redaction

REDACTION = Path("exports", "_redaction.sql")


def prepare(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    sources: Mapping[str, str],
    privacy: Privacy,
    dbt_project: Path,
) -> None:
    """Make the macros and the list of people that `told` needs. `sources` are the tables as delivered, as SQL.

    Raises FloorwalkError when two people would get the same code.
    """
    if privacy.takes_words:
        connection.execute((dbt_project / REDACTION).read_text(encoding="utf-8"))
    if privacy.key is None:
        return
    connection.execute(codes.macros(privacy.key))
    values = [
        f"""select distinct "{column.name}" as value from ({sources[table.name]}) as held {_where(column)}"""
        for table in contract.delivered.values()
        for column in table.columns
        if column.personal in ("id", "name") and table.name in sources
    ]
    nobody = f"select null::varchar as {codes.AGENT_ID}, null::varchar as {codes.AGENT_NAME} where false"
    listed = " union all ".join(values) or "select null::varchar as value where false"
    connection.execute(codes.people(listed, sources.get(codes.AGENTS, nobody)))
    shared = connection.execute(codes.COLLISIONS).fetchone()
    if shared and shared[0]:
        problem = Problem(
            f"{shared[0]} people would have the same code as somebody else",
            why="figures of two people would be taken for those of one",
            fix="make another key with `floorwalk key FILE` and name it: identity_key_file",
        )
        raise FloorwalkError(problem, Exit.CHECKS_FAILED)
    if privacy.takes_words:
        names = [str(value) for (value,) in connection.execute(f"select value from {codes.PEOPLE}").fetchall()]
        connection.execute(redaction.names_macro(names))


def told(table: Table, sql: str, privacy: Privacy) -> tuple[str, bool]:
    """The SQL of a table as models may read it, and whether its values are computed here and have to be stored."""
    changed = {column.name: made for column in table.columns if (made := _made(table, column, privacy)) is not None}
    if not changed:
        return sql, False
    is_computed = any(not made.startswith("cast(null") for made in changed.values())
    columns = [f'{changed.get(name, _held(name))} as "{name}"' for name in table.by_name]
    columns += [f"{_held(name)} as {name}" for name in ("delivery_id", "source_line")]
    joins = [
        f'left join {codes.PEOPLE} as "{_joined(column)}" on {_held(column.name)} = "{_joined(column)}".value'
        for column in table.columns
        if column.name in changed and column.personal in ("id", "name") and not _is_own_name(table, column)
    ]
    return f"select {', '.join(columns)} from ({sql}) as held {' '.join(joins)}", is_computed


def _made(table: Table, column: Column, privacy: Privacy) -> str | None:
    """The expression that stands in a column's place, None where it stays as delivered."""
    value = _held(column.name)
    if column.personal == "text":
        if not privacy.takes_words:
            return "cast(null as varchar)"
        return f"redacted({value})" if privacy.is_named else f"redacted(without_names({value}))"
    if privacy.is_named or not column.personal:
        return None
    if column.personal == "customer":
        return f"customer_code_of({value})"
    joined = f"person_{codes.AGENT_ID}" if _is_own_name(table, column) else _joined(column)
    code = f'"{joined}".code'
    return f"case when {column.personal_when} then {code} else {value} end" if column.personal_when else code


def _is_own_name(table: Table, column: Column) -> bool:
    """Whether a name is that of the agent whom the row is about: two agents of one name keep two codes."""
    return table.name == codes.AGENTS and column.name == codes.AGENT_NAME


def _held(name: str) -> str:
    return f'held."{name}"'


def _joined(column: Column) -> str:
    return f"person_{column.name}"


def _where(column: Column) -> str:
    return f"where {column.personal_when}" if column.personal_when else ""
