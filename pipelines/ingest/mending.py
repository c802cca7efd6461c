"""Makes damaged parts of a lake again, and proves that all of it could be made again from the originals.

Belongs here: the thorough look of `floorwalk doctor`, taking damage out of use, a rebuild beside the lake and its
comparison. Does not belong here: the words for damage (`care`), what a build does by itself (`intake`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from pipelines.errors import Problem
from pipelines.ingest import care
from pipelines.ingest.contract import Table, load_contract
from pipelines.ingest.erased import FOLDER as ERASED
from pipelines.ingest.identify import Recognised, recognise
from pipelines.ingest.intake import take_in
from pipelines.ingest.lake import Lake, archive
from pipelines.ingest.layout import load_layouts
from pipelines.ingest.published import FOLDER as PUBLISHED
from pipelines.ingest.receive import Receiver
from pipelines.ingest.records import Record
from pipelines.ingest.results import Intake
from pipelines.ingest.supersede import parquet_list, reconcile
from pipelines.progress import Progress, Silent

ASIDE = "aside"


@dataclass(frozen=True)
class Health:
    """What a thorough look at a lake found. `leftovers`: data files that no record names, which a build removes."""

    records: tuple[Record, ...]
    unreadable: tuple[Problem, ...]
    """Records that cannot be read; nothing else can be judged while there are any."""
    damages: tuple[care.Damage, ...] = ()
    superseded: tuple[Path, ...] = ()
    """Lists of replaced rows that differ from what the accepted rows give."""
    leftovers: tuple[Path, ...] = ()
    published: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is damaged, in words."""
        return (
            *self.unreadable,
            *(damage.words for damage in self.damages),
            *map(care.list_words, self.superseded),
            *self.published,
        )


def examine(lake: Path, dbt_project: Path, *, memory_limit: str, scratch: Path) -> Health:
    """Read every byte of the lake against what was committed. Changes nothing; `scratch` may be deleted afterwards.

    Raises FloorwalkError (USAGE) when the contract itself is faulty.
    """
    contract, held = load_contract(dbt_project), Lake(lake.resolve())
    records, unreadable = held.read_records()
    if unreadable:
        return Health(records, unreadable)
    damages = care.look(held, records, thorough=True)
    scratch.mkdir(parents=True, exist_ok=True)
    receiver = Receiver(held, "", memory_limit, scratch.resolve())
    keep, wrong = list[Path](), list[Path]()
    for record in records:
        keep += [held.original(record), *held.rows_of(record)]
    if not any(not damage.is_original for damage in damages):
        for table in contract.delivered.values():
            stored, differing = _superseded(receiver, table, records)
            keep += stored
            wrong += differing
    else:  # what the lists ought to say cannot be known while rows are damaged
        keep += [file for name in contract.delivered for file in (held.root / "superseded" / name).glob("*.parquet")]
    leftovers = held.unnamed(contract.delivered, keep)
    return Health(records, (), damages, tuple(wrong), leftovers, tuple(care.published(held)))


def _superseded(receiver: Receiver, table: Table, records: Sequence[Record]) -> tuple[list[Path], list[Path]]:
    """The lists of one table as they are named in the lake, and those of them that are there and differ."""
    files = accepted_files(receiver.lake, table, records)
    wrong = list[Path]()
    stored = list[Path]()
    with receiver.connection() as (connection, scratch):
        try:
            _, made = reconcile(connection, Lake(scratch / "made"), table, files)
        except duckdb.BinderException:  # rows from before the contract changed: the next build reads them again
            return sorted((receiver.lake.root / "superseded" / table.name).glob("*.parquet")), []
        for file in made:
            held = receiver.lake.superseded(table.name, file.stem)
            stored.append(held)
            if held.exists() and not _same_rows(connection, file, held):
                wrong.append(held)
    return stored, wrong


def accepted_files(lake: Lake, table: Table, records: Sequence[Record]) -> tuple[Path, ...]:
    """Accepted rows of one table in order of arrival."""
    return tuple(
        lake.accepted(table.name, record.delivery_id, record.reading)
        for record in records
        if any(loaded.table == table.name for loaded in record.tables)
    )


def _same_rows(connection: duckdb.DuckDBPyConnection, one: Path, other: Path) -> bool:
    first, second = (f"(from read_parquet({parquet_list([file])}))" for file in (one, other))
    try:
        found = connection.execute(
            f"select count(*) from ((from {first} except all from {second}) union all "
            f"(from {second} except all from {first}))"
        ).fetchone()
    except duckdb.BinderException:  # a list from before its columns changed: no build uses it any more
        return True
    except duckdb.Error:
        return False
    return found == (0,)


def mend(lake: Path, dbt_project: Path, health: Health, *, memory_limit: str, scratch: Path) -> Health:
    """Take damage out of use and make again what can be made from the originals; returns what a new look finds.

    Damaged originals go to `aside` and stay there for a person to look at. Raises FloorwalkError when a mapping is
    faulty, or when rows are damaged whose original is damaged, too.
    """
    held = Lake(lake.resolve())
    if health.unreadable or not health.records:
        return health
    for damage in health.damages:
        if damage.state == "changed" and damage.is_original:
            aside = held.root / ASIDE
            aside.mkdir(mode=0o700, exist_ok=True)
            damage.file.replace(aside / damage.file.name)
        elif damage.state == "changed":
            damage.file.unlink()
    for file in health.superseded:
        file.unlink()
    nothing_new = scratch / "no-drop"
    nothing_new.mkdir(parents=True, exist_ok=True)
    take_in(nothing_new, lake, dbt_project, memory_limit=memory_limit, scratch=scratch / "mending", progress=Silent())
    return examine(lake, dbt_project, memory_limit=memory_limit, scratch=scratch / "after")


@dataclass(frozen=True)
class Rebuilt:
    """A lake made anew from the originals of another, and whether the two hold the same."""

    intake: Intake
    rows: Mapping[str, int] = field(default_factory=dict)
    """Accepted rows by table."""
    differences: tuple[Problem, ...] = ()


def rebuild(
    lake: Path, dbt_project: Path, into: Path, *, memory_limit: str, scratch: Path, progress: Progress
) -> Rebuilt:
    """Take every original of `lake`, in its order of arrival, into the new lake `into`, and compare the two.

    What was published is copied: no original holds it. Raises FloorwalkError when the lake is damaged or a mapping
    faulty. `lake` is only read.
    """
    contract, held, new = load_contract(dbt_project), Lake(lake.resolve()), Lake(into.resolve())
    layouts = load_layouts(dbt_project, contract)
    receiver = Receiver(new, layouts.parsers, memory_limit, scratch.resolve())
    records = held.records()
    new.prepare()
    if (held.root / ERASED).is_dir():
        shutil.copytree(held.root / ERASED, new.root / ERASED, dirs_exist_ok=True)
    progress.stage("take in", total=len(records))
    for record in records:
        care.demand_original(held, record, "the lake cannot be made again without it")
        if record.erasures:
            shutil.copyfile(held.original(record), new.original(record))
            new.commit(receiver.left(record, contract.delivered, rows_are_whole=False))
            progress.advance(note=record.file)
            continue
        named = _under_its_name(held.original(record), scratch / "delivered", record)
        seen = recognise(named, record.file, layouts, scratch / f"look{record.sequence}")
        if isinstance(seen, Recognised):
            archive(named, new.root / "originals")
            read = receiver.again(replace(record, tables=()), seen)
            new.commit(replace(read, doubts=record.doubts))  # what was in doubt when it came is history, too
        shutil.rmtree(named.parent)
        progress.advance(note=record.file)
    if (held.root / PUBLISHED).is_dir():
        shutil.copytree(held.root / PUBLISHED, new.root / PUBLISHED, dirs_exist_ok=True)
    nothing_new = scratch / "no-drop"
    nothing_new.mkdir(parents=True, exist_ok=True)
    intake = take_in(nothing_new, into, dbt_project, memory_limit=memory_limit, scratch=scratch, progress=Silent())
    rows, differences = dict[str, int](), list[Problem]()
    for table in contract.delivered.values():
        before, after = (_digest(each, table, each.records()) for each in (held, new))
        rows[table.name] = after[0]
        if before != after:
            differences.append(_different(table.name, before, after))
    return Rebuilt(intake, rows, tuple(differences))


def _under_its_name(original: Path, folder: Path, record: Record) -> Path:
    """The original under the name it was delivered with, as another name of the same file where that is possible."""
    named = folder / Path(record.file).name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        os.link(original, named)
    except OSError:
        shutil.copyfile(original, named)
    return named


def _digest(lake: Lake, table: Table, records: Sequence[Record]) -> tuple[int, int, int, int, int]:
    """Accepted rows, their digest, refused rows, replaced rows and their digest; the order of rows is no part of it."""
    files = accepted_files(lake, table, records)
    refused = sum(loaded.refused_rows for record in records for loaded in record.tables if loaded.table == table.name)
    replaced = sorted((lake.root / "superseded" / table.name).glob("*.parquet"))
    return (*_sum(files), refused, *_sum(replaced))


def _sum(files: Sequence[Path]) -> tuple[int, int]:
    if not files:
        return 0, 0
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            f"select count(*), coalesce(sum(hash(held)::hugeint), 0) from read_parquet({parquet_list(files)}) as held"
        ).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)


def _different(table: str, before: tuple[int, ...], after: tuple[int, ...]) -> Problem:
    return Problem(
        f"made again from the originals, {table} has other rows: {after[0]:,} accepted instead of {before[0]:,}, "
        f"{after[2]:,} refused instead of {before[2]:,}, {after[3]:,} replaced instead of {before[3]:,}",
        where=f"lake/{table}",
        why="figures of this lake could not be reproduced from what was delivered",
        fix="build first if a mapping or the contract has changed since the last build; otherwise tell whoever keeps "
        "Floorwalk, and keep the lake as it is",
    )
