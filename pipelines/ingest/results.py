"""What a run of ingest hands on: deliveries, files that were left, notes, and the words for them.

Belongs here: the objects other floors see. Does not belong here: how they come about (`intake`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path

from pipelines.errors import Problem
from pipelines.ingest.doubts import Doubt
from pipelines.ingest.identify import Unrecognised
from pipelines.ingest.load import Loaded, Refusal
from pipelines.ingest.reasons import ALL_FROM, ALL_ON, FILE_FIXES, FILE_REASONS
from pipelines.ingest.records import Record
from pipelines.ingest.supersede import Superseded


@dataclass(frozen=True)
class Delivery:
    """One accepted file and contract table: one row of raw.deliveries, with the same field names."""

    delivery_id: str
    sequence: int
    file: str
    layout: str
    table_name: str
    file_rows: int
    not_applicable_rows: int
    accepted_rows: int
    refused_rows: int
    superseded_rows: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class Intake:
    """What the lake holds after a run, and what the run has to say."""

    deliveries: tuple[Delivery, ...]
    new_deliveries: tuple[Delivery, ...]
    unrecognised: tuple[Unrecognised, ...]
    notes: tuple[Problem, ...]
    accepted_files: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    """Per contract table, the Parquet files of accepted rows in order of arrival."""
    superseded: Mapping[str, Superseded] = field(default_factory=dict)
    refusals: Mapping[tuple[str, str], tuple[Refusal, ...]] = field(default_factory=dict)
    """Per delivery and table, what was refused and why."""
    mappings: Mapping[str, str] = field(default_factory=dict)
    """Per delivery, the digest of the mapping that read it."""
    doubts: tuple[Doubt, ...] = ()
    """What is in doubt now, accepted ones included: the rows of raw.doubts."""
    by_name: frozenset[str] = frozenset()
    """Deliveries that name people instead of giving their ids."""

    @property
    def tables(self) -> dict[str, dict[str, int]]:
        """Rows per contract table that was delivered: accepted, refused, held (accepted minus superseded)."""
        totals: dict[str, dict[str, int]] = {}
        for delivery in self.deliveries:
            total = totals.setdefault(delivery.table_name, {"accepted": 0, "refused": 0, "held": 0})
            total["accepted"] += delivery.accepted_rows
            total["refused"] += delivery.refused_rows
            total["held"] += delivery.accepted_rows - delivery.superseded_rows
        return totals

    @property
    def digest(self) -> str:
        """Changes when anything a view or page could show of the lake or the unrecognised files changes."""
        told = repr((sorted(self.mappings.items()), self.deliveries, self.unrecognised, self.doubts))
        return hashlib.sha256(told.encode()).hexdigest()


def explain(file: Unrecognised) -> Problem:
    """A file that was left, in the words a person reads."""
    if file.nearest_layout:
        return Problem(
            f"{FILE_REASONS[file.reason]}; the nearest mapping is {file.nearest_layout}",
            where=file.file,
            why=f"the file lacks the columns {file.missing_columns.replace(',', ', ')}",
            fix="export those columns too, or begin a mapping: floorwalk map FILE --out dbt_project/exports/NAME.yml",
        )
    fix = "begin a mapping: floorwalk map FILE --out dbt_project/exports/NAME.yml" if file.reason == "no_layout" else ""
    return Problem(FILE_REASONS[file.reason], where=file.file, fix=fix or FILE_FIXES.get(file.reason, ""))


def refused_days(refusal: Refusal) -> str:
    """On which days all the rows lie; empty for a single row, and where a day cannot be read."""
    first, last = refusal.first_day, refusal.last_day
    if first is None or refusal.rows == 1:
        return ""
    return ALL_ON.format(day=first) if first == last else ALL_FROM.format(first=first, last=last)


_OF_LOADED = {field.name for field in fields(Delivery)} & {field.name for field in fields(Loaded)}


def deliveries_of(records: Sequence[Record], superseded: Mapping[str, Superseded]) -> Iterator[Delivery]:
    """One Delivery per record and table, in order of arrival."""
    for record in records:
        for loaded in record.tables:
            told = {name: value for name, value in asdict(loaded).items() if name in _OF_LOADED}
            yield Delivery(
                delivery_id=record.delivery_id,
                sequence=record.sequence,
                file=record.file,
                layout=record.layout,
                table_name=loaded.table,
                superseded_rows=superseded[loaded.table].rows.get(record.delivery_id, 0),
                **told,
            )
