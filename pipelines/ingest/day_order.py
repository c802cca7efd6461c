"""Does a file write day and month the other way round than its mapping reads them?

Dates after the 12th tell: read in the wrong order they are refused. The others would be accepted, on wrong days, so a
file in which more dates speak for the other order than for the mapping's must not count.

Belongs here: counting them in one file. Does not belong here: reading dates (`_parsers.sql`), what a doubt does
(`judge`).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.ingest.readers import literal

DOUBT = "other_day_order"
_LEAST_DATES = 3
"""Fewer are slips of a hand."""
_DATE = r"(?:^|[^0-9])([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{2}(?:[0-9]{2})?(?:[^0-9]|$)"
_READ_AS = {"'dmy'": ("month", "day"), "'mdy'": ("day", "month")}
"""Order in an expression → what the first two numbers of a date must be when it is written the other way round."""


def turned_dates(connection: duckdb.DuckDBPyConnection, column: str, expression: str, accepted: Path) -> int:
    """Refused dates of `column` that only make sense with day and month exchanged; 0 when they are few, or no more than
    the accepted dates that only make sense as they were read. Reads the table `faults` (see `load`)."""
    turned = next((parts for order, parts in _READ_AS.items() if order in expression), None)
    if turned is None:
        return 0
    row = connection.execute(
        f"""
        with refused as (
            select regexp_extract(source_text, {literal(_DATE)}, ['{turned[0]}', '{turned[1]}']) as date
            from faults
            where column_name = {literal(column)} and reason in ('not_a_time', 'not_a_date')
        )
        select
            (
                select count(*) from refused
                where try_cast(date.day as integer) between 13 and 31
                and try_cast(date.month as integer) between 1 and 12
            ),
            (select count(*) from read_parquet({literal(str(accepted))}) where day("{column}") > 12)
        """
    ).fetchone() or (0, 0)
    return int(row[0]) if row[0] >= _LEAST_DATES and row[0] > row[1] else 0
