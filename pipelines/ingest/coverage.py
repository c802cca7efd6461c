"""Did as much arrive as was to be expected? Rows per day of a table that arrives daily, by weekday.

Belongs here: counting rows per day of one layout and table, and the rule. Does not belong here: what a doubt does to a
drop (`judge`), how late a table is (the models).

Rows are counted by key, so a file delivered twice counts once. A day is compared with the eight same weekdays before
it, days without rows included: a centre that is closed on Sundays is not missed on Sundays. It must also be below half
of the second-lowest of them, for work that comes in lumps. A day on which the events say that the centre had a holiday
is not judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

import duckdb

from pipelines.ingest.contract import Table
from pipelines.ingest.supersede import parquet_list

WEEKS = 8
LEAST_WEEKS = 4
"""With fewer same weekdays before it, nothing is to be expected of a day."""
LEAST_ROWS = 50
"""So many rows, of different moments, must be usual: ten evaluations of twenty items each are ten."""
FEW = 0.3
LOW = 0.5
PARTIAL = 0.9
HOURS_EARLIER = 2
STRAY = 0.05
"""Days at either end with less than this share of a middle day are stray rows, not where the data ends."""
LOOKS_BACK = timedelta(weeks=WEEKS + 1)


@dataclass(frozen=True)
class Day:
    """Rows of one day, their different moments, and the second of the day in which the last one lies."""

    rows: int
    moments: int
    last_second: int


NOTHING = Day(0, 0, 0)


@dataclass(frozen=True)
class Gap:
    """Days in a row that are short of rows: `code` of reasons.DOUBTS."""

    code: str
    first_day: date
    last_day: date
    rows: int
    expected: float


def days_of(connection: duckdb.DuckDBPyConnection, table: Table, files: Sequence[Path], since: date) -> dict[date, Day]:
    """Rows per day by key, within two per cent: an exact count of millions of keys would cost more than it tells."""
    key = ", ".join(f'"{name}"' for name in table.key)
    has_times = table.by_name[table.dated].data_type == "timestamp"
    moments = f'"{table.dated}"' if has_times else f"hash({key})"
    rows = connection.execute(
        f'select "{table.dated}"::date, approx_count_distinct(hash({key})), approx_count_distinct({moments}), '
        f'max(epoch("{table.dated}"::timestamp) % 86400)::integer '
        f'from read_parquet({parquet_list(files)}) where "{table.dated}" >= ?::timestamp group by 1',
        [since],
    ).fetchall()
    return {day: Day(*seen) for day, *seen in rows}


def exact_rows(connection: duckdb.DuckDBPyConnection, table: Table, files: Sequence[Path], gap: Gap) -> int:
    """The rows of a gap by key, for the sentence a person reads."""
    key = ", ".join(f'"{name}"' for name in table.key)
    row = connection.execute(
        f"select count(*) from (select distinct {key} from read_parquet({parquet_list(files)}) "
        f'where "{table.dated}"::date between ? and ?)',
        [gap.first_day, gap.last_day],
    ).fetchone()
    return int(row[0]) if row else 0


def gaps(
    days: Mapping[date, Day], judged: tuple[date, date], began: date, closed: Collection[date], *, has_times: bool
) -> Iterator[Gap]:
    """What is short of rows from the first to the last of the days judged.

    `days`: all rows of the layout; `began`: the first day it ever delivered; `closed`: holidays of the centre.
    """
    first, last = _without_stray(days, judged)
    short: list[Gap] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        before = [days.get(earlier, NOTHING) for earlier in _same_weekdays(day, began)]
        if len(before) < LEAST_WEEKS or day in closed or median(seen.moments for seen in before) < LEAST_ROWS:
            continue
        rows, expected = days.get(day, NOTHING).rows, float(median(seen.rows for seen in before))
        lowest = sorted(seen.rows for seen in before)[1]
        is_last = day == last == max(days)
        if is_last and has_times and rows < min(PARTIAL * expected, lowest) and _ends_early(days[day], before):
            short.append(Gap("partial_last_day", day, day, rows, expected))
        elif rows < FEW * expected and rows < LOW * lowest:
            short.append(Gap("few_rows" if rows else "missing_days", day, day, rows, expected))
    yield from _in_a_row(short)


def _without_stray(days: Mapping[date, Day], judged: tuple[date, date]) -> tuple[date, date]:
    """The days judged, less what lies beyond the first and last day with more than stray rows."""
    enough = STRAY * median(day.rows for day in days.values())
    real = [day for day, seen in days.items() if seen.rows > enough]
    return max(judged[0], min(real)), min(judged[1], max(real))


def _same_weekdays(day: date, began: date) -> list[date]:
    before = (day - timedelta(weeks=week) for week in range(1, WEEKS + 1))
    return [earlier for earlier in before if earlier >= began]


def _ends_early(day: Day, before: Sequence[Day]) -> bool:
    """Whether the last row comes hours before the second-earliest last row of these weekdays."""
    ends = sorted(seen.last_second for seen in before if seen.rows)
    return len(ends) >= LEAST_WEEKS and day.last_second < ends[1] - HOURS_EARLIER * 3600


def _in_a_row(short: Sequence[Gap]) -> Iterator[Gap]:
    """Consecutive findings of one kind as one."""
    run: list[Gap] = []
    for gap, following in pairwise([*short, None]):
        assert gap is not None  # noqa: S101  only the last is None
        run.append(gap)
        is_next = following is not None and following.first_day - gap.last_day == timedelta(days=1)
        if not is_next or following is None or following.code != gap.code:
            rows, expected = sum(one.rows for one in run), sum(one.expected for one in run)
            yield Gap(gap.code, run[0].first_day, gap.last_day, rows, float(round(expected)))
            run = []
