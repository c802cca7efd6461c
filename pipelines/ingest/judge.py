"""What is in doubt about the files of a run. Every file is judged before any counts.

Each file is judged against what came before it, so that reading everything again from the archive finds the same.

Belongs here: the order of judging, and what a rule is given. Does not belong here: the rules (`plausible`, `coverage`,
`overlap`), what becomes of a doubt (`standing`), the words (`reasons`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import duckdb

from pipelines.ingest import coverage, day_order, overlap, plausible
from pipelines.ingest.contract import Contract, Table
from pipelines.ingest.doubts import STOP, Doubt
from pipelines.ingest.lake import Lake
from pipelines.ingest.load import Loaded, Middle
from pipelines.ingest.reasons import ABOUT_NO_FIGURE
from pipelines.ingest.records import Record, doubt_about
from pipelines.ingest.supersede import parquet_list

NOT_A_FAULT = frozenset({"phantom_call", "test_record", "internal_record", "total_row", "example_row", "erased"})
"""Reasons that refuse what is no work at all, however much of it there is."""
MOSTLY_ROWS = 20
STRANGE_SHARE = 0.05


@dataclass(frozen=True)
class Judge:
    """Judges the files of one run; `connection` sees the lake."""

    contract: Contract
    lake: Lake
    connection: duckdb.DuckDBPyConnection

    def judged(self, standing: Sequence[Record], fresh: Sequence[Record]) -> list[Record]:
        """`fresh` records, read in this run, with their doubts; `standing` ones are left as they are."""
        known = {record.delivery_id: record for record in standing}
        for record in sorted(fresh, key=lambda one: one.sequence):
            before = [earlier for earlier in known.values() if earlier.sequence < record.sequence]
            found = [doubt for loaded in record.tables for doubt in self._of_file(record, loaded, before)]
            known[record.delivery_id] = replace(record, doubts=(*record.doubts, *found))
        new = {record.delivery_id for record in fresh}
        for table in self.contract.delivered.values():
            if table.arrives_daily:
                for delivery_id, doubt in self._of_days(table, list(known.values()), new):
                    owner = known[delivery_id]
                    known[delivery_id] = replace(owner, doubts=(*owner.doubts, doubt))
        return [known[record.delivery_id] for record in fresh]

    def _of_file(self, record: Record, loaded: Loaded, before: Sequence[Record]) -> Iterator[Doubt]:
        table = self.contract.delivered[loaded.table]
        wrong = list(
            plausible.unit_doubts(record.delivery_id, record.file, table, loaded, _middles(record, table, before))
        )
        blank = doubt_about(record, loaded)
        for turned in (one for one in loaded.strange if one.doubt == day_order.DOUBT):
            found = replace(blank, doubt=turned.doubt, column_name=turned.column, affected_rows=turned.rows)
            wrong.append(replace(found, severity=STOP))
        yield from wrong
        yield from _mostly_refused(blank, loaded, {doubt.column_name for doubt in wrong})
        for strange in (one for one in loaded.strange if one.doubt != day_order.DOUBT):
            found = replace(blank, doubt=strange.doubt, column_name=strange.column, affected_rows=strange.rows)
            if strange.doubt in ABOUT_NO_FIGURE:
                yield replace(found, observed=strange.observed)
            elif loaded.accepted_rows >= plausible.ENOUGH_ROWS and strange.rows > STRANGE_SHARE * loaded.accepted_rows:
                yield found
        yield from self._doubled(record, loaded, before, blank)

    def _doubled(self, record: Record, loaded: Loaded, before: Sequence[Record], blank: Doubt) -> Iterator[Doubt]:
        table = self.contract.delivered[loaded.table]
        span = loaded.span
        if not table.alike or span is None:
            return
        both = [
            (earlier, days)
            for earlier in before
            for other in earlier.tables
            if other.table == table.name and (days := other.span) and days[0] <= span[1] and span[0] <= days[1]
        ]
        if not both:
            return
        files = [self.lake.accepted(table.name, one.delivery_id, one.reading) for one, _ in both]
        days = max(span[0], min(days[0] for _, days in both)), min(span[1], max(days[1] for _, days in both))
        arrival = self.lake.accepted(table.name, record.delivery_id, record.reading)
        rows, same = overlap.alike_rows(self.connection, table, arrival, files, days)
        if rows < overlap.LEAST_ROWS or same < overlap.SOME * rows:
            return
        found = replace(blank, first_day=days[0], last_day=days[1], affected_rows=same, observed=float(same))
        if same >= overlap.NEARLY_ALL * rows:
            yield replace(found, doubt="doubled", severity=STOP)
        else:
            yield replace(found, doubt="partly_doubled")

    def _of_days(self, table: Table, records: Sequence[Record], new: set[str]) -> Iterator[tuple[str, Doubt]]:
        """Doubts about days of one table, per layout, with the delivery each belongs to."""
        by_layout: dict[str, list[tuple[Record, tuple[date, date]]]] = {}
        for record in sorted(records, key=lambda one: one.sequence):
            for loaded in record.tables:
                if loaded.table == table.name and (span := loaded.span):
                    by_layout.setdefault(record.layout, []).append((record, span))
        for _, held in sorted(by_layout.items()):
            fresh = [(record, span) for record, span in held if record.delivery_id in new]
            if not fresh:
                continue
            first, last = min(span[0] for _, span in fresh), max(span[1] for _, span in fresh)
            earlier = [span[1] for record, span in held if record.delivery_id not in new and span[1] < first]
            first = max(earlier) + timedelta(days=1) if earlier else first
            since = first - coverage.LOOKS_BACK
            files = [
                self.lake.accepted(table.name, record.delivery_id, record.reading)
                for record, span in held
                if span[1] >= since
            ]
            days = coverage.days_of(self.connection, table, files, since)
            began = min(span[0] for _, span in held)
            has_times = table.by_name[table.dated].data_type == "timestamp" and any(
                d.last_second for d in days.values()
            )
            closed = self._holidays(records)
            for gap in coverage.gaps(days, (first, last), began, closed, has_times=has_times):
                owner = _owner(gap.first_day, fresh)
                exact = coverage.exact_rows(self.connection, table, files, gap)
                yield owner.delivery_id, _of_gap(owner, table, replace(gap, rows=exact))

    def _holidays(self, records: Sequence[Record]) -> set[date]:
        """Days on which the events say that the whole centre had a holiday."""
        files = [
            self.lake.accepted("events", record.delivery_id, record.reading)
            for record in records
            if any(loaded.table == "events" and loaded.accepted_rows for loaded in record.tables)
        ]
        if not files:
            return set()
        rows = self.connection.execute(
            "select unnest(generate_series(started_on, coalesce(ended_on, started_on), interval 1 day))::date "
            f"from read_parquet({parquet_list(files)}) where kind = 'holiday' and scope = 'centre' "
            "and coalesce(ended_on, started_on) < started_on + interval 60 day"
        ).fetchall()
        return {day for (day,) in rows}


def _middles(record: Record, table: Table, before: Sequence[Record]) -> dict[str, plausible.Earlier]:
    same: dict[str, list[Middle]] = {}
    other: dict[str, list[Middle]] = {}
    for earlier in sorted(before, key=lambda one: one.sequence):
        for loaded in earlier.tables:
            if loaded.table == table.name:
                for middle in loaded.middles:
                    (same if earlier.layout == record.layout else other).setdefault(middle.column, []).append(middle)
    return {name: plausible.Earlier(same.get(name, ()), other.get(name, ())) for name in {*same, *other}}


def _mostly_refused(blank: Doubt, loaded: Loaded, explained: set[str]) -> Iterator[Doubt]:
    for refusal in loaded.refusals:
        all_rows = loaded.accepted_rows + loaded.refused_rows
        # the list of refusals begins with the most frequent
        is_most = refusal.rows >= MOSTLY_ROWS and refusal.rows * 2 >= all_rows
        if is_most and refusal.reason not in NOT_A_FAULT and refusal.column not in explained:
            column = refusal.column or ""
            yield replace(blank, doubt="mostly_refused", column_name=column, affected_rows=refusal.rows)
            return


def _owner(day: date, fresh: Sequence[tuple[Record, tuple[date, date]]]) -> Record:
    """The delivery a doubt about a day belongs to: the newest that spans it, else the first that goes beyond it."""
    spanning = [record for record, span in fresh if span[0] <= day <= span[1]]
    beyond = [record for record, span in fresh if span[0] > day]
    return spanning[-1] if spanning else beyond[0] if beyond else fresh[-1][0]


def _of_gap(record: Record, table: Table, gap: coverage.Gap) -> Doubt:
    blank = doubt_about(record, next(loaded for loaded in record.tables if loaded.table == table.name))
    return replace(
        blank,
        doubt=gap.code,
        first_day=gap.first_day,
        last_day=gap.last_day,
        affected_rows=gap.rows,
        observed=float(gap.rows),
        expected=gap.expected,
    )
