"""What was published of somebody who is erased: tiers go, texts lose the name.

Belongs here: rewriting those files, each at once or not at all. Does not belong here: adding to them (`published`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from pipelines.ingest.erased import PERSON
from pipelines.ingest.lake import Lake
from pipelines.ingest.published import FOLDER
from pipelines.ingest.readers import literal
from pipelines.ingest.somebody import Somebody


def tiers(connection: duckdb.DuckDBPyConnection, lake: Lake, who: Somebody) -> dict[Path, int]:
    """Published tiers of them, by file; under codes only where the key was at hand."""
    found = dict[Path, int]()
    for file in sorted((lake.root / FOLDER).glob("tiers-*.parquet")) if who.kind == PERSON else ():
        row = connection.execute(f"select count(*) from {_read(file)} where {_is_of(who)}").fetchone()
        found[file] = int(row[0]) if row else 0
    return found


def remove(connection: duckdb.DuckDBPyConnection, lake: Lake, who: Somebody, told: str) -> None:
    """Rewrite what tells of them. `told` is SQL of a text without their names, with {} for the text."""
    for left_over in (lake.root / FOLDER).glob(".writing-*"):
        shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()
    for file, number in tiers(connection, lake, who).items():
        if number:
            _rewrite(connection, file, f"select * from {_read(file)} where not ({_is_of(who)})")
    detail = told.format("detail")
    for file in sorted((lake.root / FOLDER).glob("items-*.parquet")):
        named = f"select 1 from {_read(file)} where detail is distinct from {detail} limit 1"
        if connection.execute(named).fetchone():
            _rewrite(connection, file, f"select * replace ({detail} as detail) from {_read(file)}")


def _rewrite(connection: duckdb.DuckDBPyConnection, file: Path, sql: str) -> None:
    beside = file.with_name(f".writing-{file.name}")
    connection.execute(f"copy ({sql}) to {literal(str(beside))} (format parquet, compression zstd)")
    beside.replace(file)


def _is_of(who: Somebody) -> str:
    return f"agent_id in ({', '.join(map(literal, (*who.ids, *who.codes)))})"


def _read(file: Path) -> str:
    return f"read_parquet({literal(str(file))})"
