"""Deliveries and published tiers that are older than a day, and how they leave the lake.

A delivery goes as a whole or not at all, because an original cannot be cut and every reading starts from it. It goes
when all its dated rows are older. It stays, and is named with the reason, when
  straddles   some of its rows are not older;
  undated     it holds no row with a day;
  holds       it feeds a table of what holds until something newer comes (staff, teams), and some of that still holds;
  corrects    it replaced rows of a delivery that stays, and those would come back.
Belongs here: choosing and removing. Does not belong here: releases, caches and the receipt (`retention`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.ingest.contract import Contract, Table, load_contract
from pipelines.ingest.lake import Lake
from pipelines.ingest.published import FOLDER as PUBLISHED
from pipelines.ingest.records import Record
from pipelines.ingest.removed import mark
from pipelines.ingest.supersede import parquet_list

STANDING = "valid_from"
"""The dated column of tables whose rows hold until the next one."""
_QUARTER_MONTHS = 3


@dataclass(frozen=True)
class Outdated:
    """What may go from a lake: whole deliveries, and per delivery that stays although it has older rows, why."""

    go: tuple[Record, ...]
    stay: tuple[tuple[Record, str], ...]
    tiers: int
    """Published tiers of quarters that were over by then."""


def find_outdated(lake: Path, dbt_project: Path, before: date) -> Outdated:
    """What is older than a day. Reads only."""
    held, contract = Lake(lake), load_contract(dbt_project)
    records = held.records()
    reasons = {record.delivery_id: _reason(record, contract, before) for record in records}
    with duckdb.connect(":memory:") as connection:
        replaced = _replaced(connection, held, contract)
        for record in records:
            if reasons[record.delivery_id] == "" and _still_holds(record, contract, replaced):
                reasons[record.delivery_id] = "holds"
        _keep_corrections(connection, held, contract, records, reasons)
        tiers = sum(_old_tiers(connection, file, before) for file in _tier_files(lake))
    return Outdated(
        go=tuple(record for record in records if reasons[record.delivery_id] == ""),
        stay=tuple((r, reasons[r.delivery_id]) for r in records if reasons[r.delivery_id] not in ("", "newer")),
        tiers=tiers,
    )


def files_of(lake: Path, record: Record) -> tuple[str, ...]:
    """Everything in the lake that holds rows of a delivery, as paths within the lake; its record comes first."""
    held = Lake(lake)
    files = [held.original(record), *held.rows_of(record)]
    files += [file for file in (lake / "aside").glob("*") if record.sha256 in file.name]
    return (f"deliveries/{record.delivery_id}.json", *(file.relative_to(lake).as_posix() for file in files))


def remove_delivery(lake: Path, sha256: str, files: Sequence[str], day: str) -> None:
    """Take a delivery out for good. May be repeated: a run that was killed in the middle is completed by the next."""
    mark(Lake(lake), sha256, day)
    for name in files:
        (lake / name).unlink(missing_ok=True)
    for file in (lake / "superseded").glob("*/*.parquet"):
        file.unlink()  # the next build makes those it needs


def remove_tiers(lake: Path, before: date) -> None:
    """Rewrite published tiers without the quarters that were over by a day, file by file."""
    for left_over in (lake / PUBLISHED).glob(".writing-*.parquet"):
        left_over.unlink()
    with duckdb.connect(":memory:") as connection:
        for file in _tier_files(lake):
            if _old_tiers(connection, file, before):
                beside = file.with_name(f".writing-{file.name}")
                kept = f"select * from read_parquet('{file}') where not ({_is_over(before)})"
                connection.execute(f"copy ({kept}) to '{beside}' (format parquet, compression zstd)")
                beside.replace(file)


def months_before(day: date, months: int) -> date:
    """The first day that is kept when `months` complete months before the current one are."""
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


def _reason(record: Record, contract: Contract, before: date) -> str:
    """Why a delivery stays by its days alone: `newer` when it is simply not old; empty when it may go."""
    days = [
        (loaded.first_day, loaded.last_day)
        for loaded in record.tables
        if loaded.first_day and loaded.last_day and loaded.table in contract.delivered
    ]
    if not days:
        return "undated"
    if all(last < before for _, last in days):
        return ""
    return "straddles" if any(first < before for first, _ in days) else "newer"


def _replaced(connection: duckdb.DuckDBPyConnection, lake: Lake, contract: Contract) -> Mapping[tuple[str, str], int]:
    """Replaced rows by table and delivery, for the tables of what holds."""
    found: dict[tuple[str, str], int] = {}
    for table in contract.delivered.values():
        files = sorted((lake.root / "superseded" / table.name).glob("*.parquet"))
        if table.dated == STANDING and files:
            query = f"select delivery_id, count(*) from read_parquet({parquet_list(files)}) group by delivery_id"
            found |= {(table.name, str(name)): int(rows) for name, rows in connection.execute(query).fetchall()}
    return found


def _still_holds(record: Record, contract: Contract, replaced: Mapping[tuple[str, str], int]) -> bool:
    return any(
        loaded.accepted_rows > replaced.get((loaded.table, record.delivery_id), 0)
        for loaded in record.tables
        if loaded.table in contract.delivered and contract.delivered[loaded.table].dated == STANDING
    )


def _keep_corrections(
    connection: duckdb.DuckDBPyConnection,
    lake: Lake,
    contract: Contract,
    records: Sequence[Record],
    reasons: dict[str, str],
) -> None:
    """Keep what replaced rows of an earlier delivery that stays; again until nothing more has to stay for it."""
    before: dict[str, str] = {}
    while before != reasons:
        before = dict(reasons)
        _keep_once(connection, lake, contract, records, reasons)


def _keep_once(
    connection: duckdb.DuckDBPyConnection,
    lake: Lake,
    contract: Contract,
    records: Sequence[Record],
    reasons: dict[str, str],
) -> None:
    for table in contract.delivered.values():
        staying: list[Path] = []
        for record in records:
            if not any(loaded.table == table.name and loaded.accepted_rows for loaded in record.tables):
                continue
            file = lake.accepted(table.name, record.delivery_id, record.reading)
            if reasons[record.delivery_id] == "" and staying and _shares_a_key(connection, table, file, staying):
                reasons[record.delivery_id] = "corrects"
            if reasons[record.delivery_id] != "":
                staying.append(file)


def _shares_a_key(connection: duckdb.DuckDBPyConnection, table: Table, file: Path, earlier: Sequence[Path]) -> bool:
    key = ", ".join(f'"{name}"' for name in table.key)
    found = connection.execute(
        f"select 1 from read_parquet({parquet_list(earlier)}) as older "
        f"semi join (select {key} from read_parquet({parquet_list([file])})) as newer using ({key}) limit 1"
    ).fetchone()
    return found is not None


def _tier_files(lake: Path) -> list[Path]:
    return sorted((lake / PUBLISHED).glob("tiers-*.parquet"))


def _old_tiers(connection: duckdb.DuckDBPyConnection, file: Path, before: date) -> int:
    found = connection.execute(f"select count(*) from read_parquet('{file}') where {_is_over(before)}").fetchone()
    return int(found[0]) if found else 0


def _is_over(before: date) -> str:
    """Whether a tier's quarter had ended by a day."""
    return f"window_start + interval {_QUARTER_MONTHS} month <= date '{before.isoformat()}'"
