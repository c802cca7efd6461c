"""Times of systems that write UTC become the centre's local time; lengths of time are read in the unit stated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.unit.vendor_centre import VendorCentre, read_as


@pytest.fixture
def parsers(project: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        connection.execute((project / "dbt_project/exports/_parsers.sql").read_text(encoding="utf-8"))
        yield connection


def _read(connection: duckdb.DuckDBPyConnection, expression: str) -> str | None:
    row = connection.execute(f"select cast({expression} as varchar)").fetchone()
    assert row is not None
    return None if row[0] is None else str(row[0])


@pytest.mark.parametrize("machine", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize(
    ("expression", "local"),
    [
        ("as_local('2026-03-04T01:00:00Z', 'Asia/Shanghai')", "2026-03-04 09:00:00"),
        ("as_local('2026-03-04T01:00:00.250Z', 'Asia/Shanghai')", "2026-03-04 09:00:00.25"),
        ("as_local('2026-03-04 01:00:00', 'Asia/Shanghai')", "2026-03-04 09:00:00"),
        ("as_local('2026-03-04T01:00:00+0100', 'Asia/Shanghai')", "2026-03-04 08:00:00"),
        ("as_local('2026-07-01T01:00:00Z', 'Europe/Berlin')", "2026-07-01 03:00:00"),
        ("as_local('2026-01-01T01:00:00Z', 'Europe/Berlin')", "2026-01-01 02:00:00"),
        ("as_epoch('1772586000', 'Asia/Shanghai')", "2026-03-04 09:00:00"),
        ("as_epoch('1772586000.5', 'UTC')", "2026-03-04 01:00:00.5"),
    ],
)
def test_the_zone_of_the_machine_never_counts(
    parsers: duckdb.DuckDBPyConnection, machine: str, expression: str, local: str
) -> None:
    parsers.execute(f"set timezone = '{machine}'")
    assert _read(parsers, expression) == local


@pytest.mark.parametrize(
    "expression",
    [
        "as_local('4 March 2026', 'UTC')",
        "as_local('2026-03-04', 'UTC')",
        "as_local('2026-13-04T01:00:00Z', 'UTC')",
        "as_local('2026-03-04T01:00:00 CST', 'UTC')",
        "as_epoch('1772586000000', 'UTC')",
        "as_epoch('-1', 'UTC')",
        "as_epoch('soon', 'UTC')",
        "as_timestamp('13/1/26 9:00 AM', 'mdy')",
        "as_seconds('Infinity', 'ms')",
        "as_seconds('25000', 'fortnights')",
        "as_number('Infinity%')",
    ],
)
def test_what_cannot_be_known_is_not_guessed(parsers: duckdb.DuckDBPyConnection, expression: str) -> None:
    assert _read(parsers, expression) is None


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("as_timestamp('1/1/26 9:00 AM', 'mdy')", "2026-01-01 09:00:00"),
        ("as_timestamp('12/1/25 12:00 AM', 'mdy')", "2025-12-01 00:00:00"),
        ("as_timestamp('12/1/2025 12:00 PM', 'mdy')", "2025-12-01 12:00:00"),
        ("as_timestamp('1/1/26 9:00' || chr(8239) || 'AM', 'mdy')", "2026-01-01 09:00:00"),
        ("as_timestamp('Wed, 04 Mar 2026 09:00:00', 'dmy')", "2026-03-04 09:00:00"),
        ("as_seconds('25000', 'ms')", "25.0"),
        ("as_seconds('00:07:00', 'ms')", "420.0"),
        ("as_seconds('216:12:22.311', 'ms')", "778342.311"),
        ("as_seconds('17', 'min')", "1020.0"),
        ("as_number('92.50%')", "0.925"),
    ],
)
def test_american_dates_and_lengths_of_time_in_either_generation(
    parsers: duckdb.DuckDBPyConnection, expression: str, value: str
) -> None:
    assert _read(parsers, expression) == value


def test_while_no_zone_is_stated_times_in_utc_are_refused_and_say_so(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path, zone=None)
    centre.deliver_sample("amazon_connect_contacts", "contacts.json")
    assert read_as(centre.take_in()) == {("amazon_connect_contacts", "contacts", 0, 2, 0)}
    assert centre.reasons("contacts") == [("started_at", "no_time_zone", 2)]


def test_stating_the_zone_takes_the_refused_rows_in_at_the_next_build(tmp_path: Path) -> None:
    centre = VendorCentre(tmp_path, zone=None)
    centre.deliver_sample("amazon_connect_contacts", "contacts.json")
    centre.take_in()
    parsers = centre.project / "exports" / "_parsers.sql"
    parsers.write_text(
        parsers.read_text(encoding="utf-8").replace("cast(null as varchar);", "'Asia/Shanghai';", 1), encoding="utf-8"
    )
    intake = centre.take_in()
    assert read_as(intake) == {("amazon_connect_contacts", "contacts", 2, 0, 0)}
    assert centre.select(intake, "select min(started_at)::varchar from raw.contacts") == [("2026-03-04 09:00:00",)]
