"""People whom an export knows by name only: found in the list of agents, and the loss told where they are not.

A mapping says so itself (`people: by_name`); nobody is ever joined by name otherwise. Without a list of agents the name
stays, as the only thing known. A name that two agents share, or none has, gives no agent: the row counts for nobody,
and where a row is nothing without its agent it is left out. Both are told as a doubt.
Belongs here: that join and its loss. Does not belong here: codes in place of people (`disguise`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import duckdb

from pipelines.ingest.contract import Contract, Table
from pipelines.ingest.doubts import DOUBT, Doubt
from pipelines.ingest.readers import literal
from pipelines.ingest.supersede import Superseded, newest

_UNSEEN = r"\x{00AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}"
_BLANKS = r"\s\x{00A0}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}"
AGENTS, PERSON, NAMED = "agents", "agent_id", "agents_by_name"


def prepare(connection: duckdb.DuckDBPyConnection, agents: str) -> None:
    """Make the temporary list of names that exactly one agent has; `agents` is the SQL of the contract's table."""
    connection.execute(
        f"create or replace temp table {NAMED} as select {_key('name')} as name_key, min({PERSON}) as {PERSON} "
        f"from ({agents}) as held where name is not null group by name_key having count(distinct {PERSON}) = 1"
    )


def is_named(table: Table, by_name: Collection[str]) -> bool:
    """Whether rows of a table may hold names in place of ids."""
    return bool(by_name) and table.name != AGENTS and PERSON in table.by_name


def resolved(table: Table, sql: str, by_name: Collection[str]) -> str:
    """SQL of a table in which deliveries that name people hold their ids. `prepare` must have run."""
    found = f"case when {_by_name(by_name)} then known.{PERSON} else held.{PERSON} end"
    lost = f" where not ({_by_name(by_name)} and known.{PERSON} is null)" if table.by_name[PERSON].required else ""
    return f"select held.* replace ({found} as {PERSON}) from ({sql}) as held {_joined(by_name)}{lost}"


def name_doubts(
    connection: duckdb.DuckDBPyConnection,
    contract: Contract,
    files: Mapping[str, tuple[Path, ...]],
    superseded: Mapping[str, Superseded],
    by_name: Collection[str],
    names: Mapping[str, str],
) -> Iterator[Doubt]:
    """A doubt per delivery and table in which people are named whom nobody can find; `names` are file names."""
    if not by_name or not files.get(AGENTS):
        return
    prepare(connection, newest(contract.delivered[AGENTS], files[AGENTS], superseded.get(AGENTS)))
    for table in contract.delivered.values():
        if not is_named(table, by_name) or not files.get(table.name):
            continue
        held = newest(table, files[table.name], superseded.get(table.name))
        lost = connection.execute(
            f'select held.delivery_id, min(held."{table.dated}")::date, max(held."{table.dated}")::date, count(*), '
            f"count(distinct held.{PERSON}) from ({held}) as held {_joined(by_name)} where {_by_name(by_name)} "
            f"and held.{PERSON} is not null and known.{PERSON} is null group by held.delivery_id order by 1"
        ).fetchall()
        for delivery, first, last, rows, people in lost:
            yield Doubt(
                delivery_id=delivery,
                file=names.get(delivery, ""),
                table_name=table.name,
                column_name=PERSON,
                doubt="names_unknown",
                severity=DOUBT,
                first_day=first,
                last_day=last,
                affected_rows=rows,
                observed=people,
                expected=None,
                unit="",
            )


def _key(text: str) -> str:
    """What two spellings of a name have in common: case, width of blanks, composed letters and characters without width
    do not count."""
    seen = f"regexp_replace(nfc_normalize({text}), '[{_UNSEEN}]', '', 'g')"
    return f"lower(trim(regexp_replace({seen}, '[{_BLANKS}]+', ' ', 'g')))"


def _by_name(by_name: Collection[str]) -> str:
    return f"held.delivery_id in ({', '.join(map(literal, sorted(by_name)))})"


def _joined(by_name: Collection[str]) -> str:
    return f"left join {NAMED} as known on {_by_name(by_name)} and known.name_key = {_key(f'held.{PERSON}')}"
