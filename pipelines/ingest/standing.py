"""What becomes of a doubt: it stops the drop, it stands, somebody answers for it, or a later delivery has cured it.

One stop refuses the whole drop: figures of half a drop beside the other half of yesterday would mislead as much as the
fault itself. Whoever knows that the figures are right says so in seeds/accepted_doubts.csv and builds again.

Belongs here: that decision. Does not belong here: finding doubts (`judge`, `totals`), the words (`reasons`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.accepted import FILE, Acceptance
from pipelines.ingest.doubts import ACCEPTED, DOUBT, STOP, Doubt, said
from pipelines.ingest.lake import Lake
from pipelines.ingest.reasons import DOUBT_REMEDIES
from pipelines.ingest.records import Record
from pipelines.ingest.supersede import Superseded

ABOUT_DAYS = frozenset({"missing_days", "few_rows", "partial_last_day"})


def refuse_stopped(records: Sequence[Record], accepted: Sequence[Acceptance]) -> None:
    """Raise FloorwalkError (INPUT_REJECTED) with every stop that nobody answers for."""
    stops = [
        doubt
        for record in records
        for doubt in record.doubts
        if doubt.severity == STOP and not any(line.covers(doubt) for line in accepted)
    ]
    if stops:
        raise FloorwalkError([_stopped(doubt) for doubt in stops], Exit.INPUT_REJECTED)


def standing_doubts(
    records: Sequence[Record],
    superseded: Mapping[str, Superseded],
    accepted: Sequence[Acceptance],
    of_totals: Sequence[Doubt],
) -> tuple[Doubt, ...]:
    """What is in doubt now: not what later deliveries have cured; accepted where somebody answers for it."""
    found = [
        doubt
        for record in records
        for doubt in record.doubts
        if not _is_replaced(record, doubt, superseded) and not _is_cured(record, doubt, records)
    ]
    return tuple(
        replace(doubt, severity=ACCEPTED if any(line.covers(doubt) for line in accepted) else DOUBT)
        for doubt in [*found, *of_totals]
    )


def _is_replaced(record: Record, doubt: Doubt, superseded: Mapping[str, Superseded]) -> bool:
    """Whether none of its rows counts any more."""
    rows = next((loaded.accepted_rows for loaded in record.tables if loaded.table == doubt.table_name), 0)
    replaced = superseded[doubt.table_name].rows.get(record.delivery_id, 0) if doubt.table_name in superseded else 0
    return rows > 0 and replaced >= rows


def _is_cured(record: Record, doubt: Doubt, records: Sequence[Record]) -> bool:
    """Whether a later delivery of the same kind spans the days in doubt: they were judged anew with it."""
    if doubt.doubt not in ABOUT_DAYS or doubt.first_day is None or doubt.last_day is None:
        return False
    return any(
        loaded.table == doubt.table_name
        and (span := loaded.span) is not None
        and span[0] <= doubt.first_day
        and doubt.last_day <= span[1]
        for later in records
        if later.sequence > record.sequence and later.layout == record.layout
        for loaded in later.tables
    )


def _stopped(doubt: Doubt) -> Problem:
    place = ".".join(name for name in (doubt.table_name, doubt.column_name) if name)
    return Problem(
        said(doubt),
        where=f"{doubt.file}, {place}",
        why="every figure made of it would be wrong; nothing of this drop was taken in and the last site stays",
        fix=f"{DOUBT_REMEDIES[doubt.doubt]}. If the file is right as it is, add this line to dbt_project/{FILE} and "
        f"build again: {doubt.delivery_id},{doubt.doubt},<why it is right>,<who says so>,<day as 2026-04-01>",
    )


def discard(lake: Lake, fresh: Sequence[Record], held: Sequence[Record]) -> None:
    """Remove the files of records that were read and then refused, unless a committed record names them too."""
    named: set[Path] = {path for record in held for path in (lake.original(record), *lake.rows_of(record))}
    for record in fresh:
        for path in (lake.original(record), *lake.rows_of(record)):
            if path not in named:
                path.unlink(missing_ok=True)
