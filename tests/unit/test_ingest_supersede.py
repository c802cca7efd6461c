"""Which rows a later row with the same key replaces, however many files arrive at once and however their keys lie."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.contract import load_contract
from pipelines.ingest.lake import Lake
from pipelines.ingest.supersede import reconcile
from pipelines.settings import PROJECT

TABLE = load_contract(PROJECT / "dbt_project").delivered["attendance"]
FIRST = date(2026, 1, 1)
_KEYS = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 8)), max_size=6)


def _replaced(files: list[list[tuple[str, int]]]) -> dict[str, int]:
    """Rows per file with a later row of the same key."""
    newest = {key: (number, line) for number, keys in enumerate(files) for line, key in enumerate(keys)}
    gone = Counter(
        f"file{number}"
        for number, keys in enumerate(files)
        for line, key in enumerate(keys)
        if newest[key] != (number, line)
    )
    return dict(gone)


def _written(connection: duckdb.DuckDBPyConnection, file: Path, number: int, keys: list[tuple[str, int]]) -> None:
    connection.execute(
        "create or replace table held (agent_id varchar, work_date date, delivery_id varchar, source_line bigint, "
        "source_part integer)"
    )
    for line, (agent, day) in enumerate(keys):
        row = [agent, FIRST + timedelta(days=day), f"file{number}", line + 2, 1]
        connection.execute("insert into held values (?, ?, ?, ?, ?)", row)
    connection.execute(f"copy held to '{file}' (format parquet)")


@settings(max_examples=40, deadline=None)
@given(files=st.lists(_KEYS, min_size=1, max_size=6), apart=st.integers(0, 9), at_once=st.integers(1, 6))
def test_the_newest_row_of_each_key_stays_whether_the_files_of_a_drop_overlap_or_not(
    files: list[list[tuple[str, int]]], apart: int, at_once: int
) -> None:
    moved = [[(agent, day + number * apart) for agent, day in keys] for number, keys in enumerate(files)]
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        lake = Lake(Path(folder) / "lake")
        lake.prepare()
        accepted = [Path(folder) / f"{number}.parquet" for number in range(len(moved))]
        for number, keys in enumerate(moved):
            _written(connection, accepted[number], number, keys)
        for end in [*range(at_once, len(accepted), at_once), len(accepted)]:
            found, _ = reconcile(connection, lake, TABLE, accepted[:end])
        assert found.rows == _replaced(moved)
