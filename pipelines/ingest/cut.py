"""A delivery without the people who were erased: its rows written anew, and an archive of what is left of it.

An original cannot be cut: it may be a workbook, an archive or a file in any encoding. So it goes, and in its place the
archive keeps the rows that are left, refused ones included, as text in one Parquet file:

  originals/<sha256 of the file as delivered>.<digest>.rest.parquet

From it the rows can be made again, also when the contract has changed; another mapping cannot read it any more, which
a build says. Rows of somebody erased are counted as refused, so that every row of the file stays accounted for. The
quarantine of such a delivery keeps reason, column and line of each fault, but not the text, which may tell of anybody.
Belongs here: making these files. Does not belong here: which rows are whose (`whose`), committing the record (`lake`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

import duckdb

from pipelines.errors import Problem
from pipelines.ingest import erased, whose
from pipelines.ingest.contract import Table
from pipelines.ingest.erased import Erased
from pipelines.ingest.lake import Lake, sha256_of
from pipelines.ingest.load import Loaded, Refusal
from pipelines.ingest.readers import literal
from pipelines.ingest.records import Record
from pipelines.ingest.whose import Found

AS_IS = "{}"
"""Texts stay as they are: nobody knows the names of those who were erased any more."""
_PART, _COLUMN, _REASON = "floorwalk_part", "floorwalk_column", "floorwalk_reason"
_REFUSED = "refused/"
_FORMAT = "(format parquet, compression zstd)"


def cut(
    lake: Lake,
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, Table],
    record: Record,
    who: Erased,
    *,
    is_held: bool = False,
    told: str = AS_IS,
    file: str = "",
) -> Record | None:
    """Write the delivery without those erased; returns its record, which is not committed, None when it has nobody.

    `is_held`: the original holds them, whatever the rows say. `told`: SQL of a text without their names, with {} for
    the text. `file`: what the delivery is called from now on, where its name told theirs.
    """
    name = file or (plain_name(record) if _is_named_for(record, who) else record.file)
    places = {one.table: lake.accepted(one.table, record.delivery_id, record.reading) for one in record.tables}
    found = whose.find_all(connection, [tables[one.table] for one in record.tables], places, who)
    is_concerned = is_held or name != record.file or any(found.values())
    if not is_concerned and not any(texts_that_tell(connection, one, places[t], told) for t, one in found.items()):
        return None
    made = replace(record, erasures=record.erasures + 1, file=name)
    made = replace(made, doubts=tuple(replace(doubt, file=name) for doubt in record.doubts if doubt.file))
    left = [_written(lake, connection, found[one.table], record, made, one, told) for one in record.tables]
    return with_rest(lake, connection, replace(made, tables=tuple(left)))


def texts_that_tell(connection: duckdb.DuckDBPyConnection, found: Found, file: Path, told: str) -> int:
    """Rows that stay and hold a text that names them."""
    texts = [f'"{column.name}"' for column in found.columns if column.personal == "text"]
    if not texts or told == AS_IS:
        return 0
    named = " or ".join(f"{text} is distinct from {told.format(text)}" for text in texts)
    row = connection.execute(f"select count(*) from {_read(file)} where ({named}) and not ({found.is_gone})").fetchone()
    return int(row[0]) if row else 0


def _is_named_for(record: Record, who: Erased) -> bool:
    """Whether the file is called after somebody erased."""
    return any(who.person(word) for word in re.split(r"[\W_]+", record.file) if word)


def _written(
    lake: Lake,
    connection: duckdb.DuckDBPyConnection,
    found: Found,
    before: Record,
    made: Record,
    loaded: Loaded,
    told: str,
) -> Loaded:
    """The rows of one table that are left, and its quarantine; returns what became of the file's rows."""
    name, delivery = loaded.table, made.delivery_id
    old, new = (lake.accepted(name, delivery, record.reading) for record in (before, made))
    old_refused, new_refused = (lake.refused(name, delivery, record.reading) for record in (before, made))
    columns = ", ".join(f'{found.left(column, told)} as "{column.name}"' for column in found.columns)
    kept = _copy(
        connection,
        f"select {columns}, delivery_id, source_line, source_part from {_read(old)} where not ({found.is_gone})",
        new,
    )
    _copy(
        connection,
        f"select delivery_id, {literal(made.file)} as file, source_line, source_part, table_name, column_name, reason, "
        f"null::varchar as source_text from {_with_part(connection, old_refused)} union all "
        f"select delivery_id, {literal(made.file)}, source_line, source_part, {literal(name)}, null, "
        f"{literal(erased.REASON)}, null from {_read(old)} where {found.is_gone} "
        "order by source_line, column_name, reason",
        new_refused,
    )
    gone = loaded.accepted_rows - kept
    dated = found.table.dated
    days = connection.execute(f'select min("{dated}")::date, max("{dated}")::date from {_read(new)}').fetchone()
    first, last = days or (None, None)
    return replace(
        loaded,
        accepted_rows=kept,
        refused_rows=loaded.refused_rows + gone,
        first_day=first,
        last_day=last,
        refusals=_with_erased(loaded.refusals, gone),
    )


def _with_erased(refusals: Sequence[Refusal], gone: int) -> tuple[Refusal, ...]:
    """Refusals with the rows of those erased; their lines are not told, for somebody may still have the file."""
    before = sum(refusal.rows for refusal in refusals if refusal.reason == erased.REASON)
    others = tuple(refusal for refusal in refusals if refusal.reason != erased.REASON)
    if not before + gone:
        return others
    return (*others, Refusal(None, erased.REASON, before + gone, ""))


def with_rest(lake: Lake, connection: duckdb.DuckDBPyConnection, record: Record) -> Record:
    """Archive the rows that are left in place of the original; returns the record that names them."""
    selects = []
    for loaded in record.tables:
        accepted, refused = (
            place(loaded.table, record.delivery_id, record.reading) for place in (lake.accepted, lake.refused)
        )
        columns = [f'cast("{name}" as varchar) as "{name}"' for name in _names(connection, accepted)]
        selects.append(
            f"select {literal(loaded.table)} as {_PART}, {', '.join(columns)}, source_line, source_part "
            f"from {_read(accepted)}"
        )
        selects.append(
            f"select {literal(_REFUSED + loaded.table)} as {_PART}, column_name as {_COLUMN}, reason as {_REASON}, "
            f"source_line, source_part from {_with_part(connection, refused)}"
        )
    writing = lake.root / "originals" / f".writing-rest-{record.delivery_id}"
    _copy(connection, " union all by name ".join(selects), writing)
    name = f"{record.sha256}.{sha256_of(writing)[:16]}.rest.parquet"
    writing.replace(lake.root / "originals" / name)
    return replace(record, original=name)


def restored(lake: Lake, connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Table], record: Record) -> Record:
    """Write the rows of a delivery from its rest, in the types and columns that the contract has now."""
    rest = lake.original(record)
    held = {str(name) for name, *_ in connection.execute(f"describe select * from {_read(rest)}").fetchall()}
    for loaded in record.tables:
        columns = ", ".join(
            (f'try_cast("{column.name}" as {column.data_type})' if column.name in held else f"null::{column.data_type}")
            + f' as "{column.name}"'
            for column in tables[loaded.table].columns
        )
        accepted, refused = (
            place(loaded.table, record.delivery_id, record.reading) for place in (lake.accepted, lake.refused)
        )
        accepted.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy(
            connection,
            f"select {columns}, {literal(record.delivery_id)} as delivery_id, source_line, source_part "
            f"from {_read(rest)} where {_PART} = {literal(loaded.table)}",
            accepted,
        )
        _copy(
            connection,
            f"select {literal(record.delivery_id)} as delivery_id, {literal(record.file)} as file, source_line, "
            f"source_part, {literal(loaded.table)} as table_name, {_COLUMN} as column_name, {_REASON} as reason, "
            f"null::varchar as source_text from {_read(rest)} where {_PART} = {literal(_REFUSED + loaded.table)}",
            refused,
        )
    return record


def note(who: Erased | None, records: Sequence[Record], tables: Mapping[str, Table]) -> list[Problem]:
    """What a build says of rows that left the totals because somebody was erased, by table."""
    if who is None:
        return []
    rows = Counter[str]()
    for loaded in (loaded for record in records for loaded in record.tables):
        rows[loaded.table] += sum(refusal.rows for refusal in loaded.refusals if refusal.reason == erased.REASON)
    told = {table.label["en"]: rows[name] for name, table in tables.items() if rows[name]}
    return [erased.note(who, told)] if told else []


def not_read_again(layout: str, files: Sequence[str]) -> Problem:
    """What a build says when a mapping or the contract has changed, and what is left cannot be read by it."""
    number = f"{len(files)} {'files' if len(files) > 1 else 'file'}"
    return Problem(
        f"not read by {layout}.yml as it is now, because somebody was erased and the original is gone: {number}",
        where=files[0] if len(files) == 1 else f"{files[0]} to {files[-1]}",
        why="their rows count as they were read before",
        fix="deliver these days again where the change matters to them",
    )


def plain_name(record: Record) -> str:
    """What a delivery is called whose file name told of somebody: its number, and the ending it had."""
    return record.delivery_id + PurePosixPath(record.file).suffix


def _names(connection: duckdb.DuckDBPyConnection, accepted: Path) -> list[str]:
    own = "* exclude (delivery_id, source_line, source_part)"
    found = connection.execute(f"describe select {own} from {_read(accepted)}").fetchall()
    return [str(name) for name, *_ in found]


def _read(file: Path) -> str:
    return f"read_parquet({literal(str(file))})"


def _with_part(connection: duckdb.DuckDBPyConnection, refused: Path) -> str:
    """A quarantine; the ones that were written before they told the part of a line get none."""
    held = {str(name) for name, *_ in connection.execute(f"describe select * from {_read(refused)}").fetchall()}
    added = "" if "source_part" in held else ", null::integer as source_part"
    return f"(select *{added} from {_read(refused)}) as quarantine"


def _copy(connection: duckdb.DuckDBPyConnection, sql: str, to: Path) -> int:
    row = connection.execute(f"copy ({sql}) to {literal(str(to))} {_FORMAT}").fetchone()
    return int(row[0]) if row else 0
