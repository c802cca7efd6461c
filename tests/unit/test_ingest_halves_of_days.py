"""Times of twelve hours, with AM and PM or 上午 and 下午, in every order of day and month."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest


@pytest.fixture(scope="module")
def parsers() -> Iterator[duckdb.DuckDBPyConnection]:
    file = Path(__file__).parents[2] / "dbt_project" / "exports" / "_parsers.sql"
    with duckdb.connect(":memory:") as connection:
        connection.execute(file.read_text(encoding="utf-8"))
        yield connection


def _read(connection: duckdb.DuckDBPyConnection, text: str, order: str) -> str | None:
    row = connection.execute("select as_timestamp(?, ?)::varchar", [text, order]).fetchone()
    assert row is not None
    return None if row[0] is None else str(row[0])


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("13/02/2026 01:15 PM", "dmy", "2026-02-13 13:15:00"),
        ("13.02.2026 1:15:30 pm", "dmy", "2026-02-13 13:15:30"),
        ("13-02-2026 12:05 a.m.", "dmy", "2026-02-13 00:05:00"),
        ("13/02/26 12:05 P.M.", "dmy", "2026-02-13 12:05:00"),
        ("13-Feb-26 1:15PM", "dmy", "2026-02-13 13:15:00"),
        ("13/02/2026 1:15\u202fPM", "dmy", "2026-02-13 13:15:00"),
        ("13/02/2026 下午 1:15", "dmy", "2026-02-13 13:15:00"),
        ("13.02.2026 上午12:15:30", "dmy", "2026-02-13 00:15:30"),
        ("2/13/2026 下午 1:15", "mdy", "2026-02-13 13:15:00"),
        ("2/13/2026 1:15:30 p.m.", "mdy", "2026-02-13 13:15:30"),
        ("2026/2/13 下午 1:15:30", "ymd", "2026-02-13 13:15:30"),
        ("2026年2月13日 下午1时15分", "ymd", "2026-02-13 13:15:00"),
        ("2026-02-13 01:15 PM", "ymd", "2026-02-13 13:15:00"),
        ("2026-02-13T1:15:30 am", "ymd", "2026-02-13 01:15:30"),
    ],
)
def test_the_half_of_the_day_counts(parsers: duckdb.DuckDBPyConnection, text: str, order: str, moment: str) -> None:
    assert _read(parsers, text, order) == moment


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("13/02/2026 13:15 PM", "dmy"),
        ("13/02/2026 00:15 AM", "dmy"),
        ("02/13/2026 1:15 PM", "dmy"),
        ("13/02/2026 at 1 pm", "dmy"),
        ("2026-02-13 1:15 XM", "ymd"),
        ("2026年2月13日 下午13:15", "ymd"),
    ],
)
def test_what_contradicts_itself_is_not_read(parsers: duckdb.DuckDBPyConnection, text: str, order: str) -> None:
    assert _read(parsers, text, order) is None
