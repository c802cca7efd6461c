"""Reads one file with one layout exactly as a build would, into a lake that is thrown away.

Belongs here: the temporary project, drop and lake, and what came of the rows. Does not belong here: words and tables of
the terminal (`pipelines.cli`), proposing layouts (`propose`). No lake of a centre is ever touched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines import warehouse
from pipelines.errors import Exit, FloorwalkError
from pipelines.ingest import Intake, Unrecognised, take_in
from pipelines.ingest.load import Refusal
from pipelines.mapping.personal import masked
from pipelines.progress import Silent

_MEMORY = "2GB"
_CONTRACT = Path("models", "staging", "_sources.yml")
_OWNERS = "file_owners.csv"
"""Names layouts that a trial does not have: every line of it would be a complaint."""
_SHOWN = 5


@dataclass(frozen=True)
class Read:
    """What became of the rows in one contract table. `rows`: the first accepted ones, `columns` those that hold any."""

    table: str
    file_rows: int
    accepted: int
    refused: int
    not_applicable: int
    refusals: tuple[Refusal, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    replaced: int = 0
    """Accepted rows that a later row of the same key in this file replaces."""


@dataclass(frozen=True)
class Trial:
    """What a layout makes of a file; `layout` is empty and `left` says why when none reads it."""

    layout: str
    reads: tuple[Read, ...]
    notes: tuple[str, ...]
    left: Unrecognised | None = None

    @property
    def accepted(self) -> int:
        return sum(read.accepted for read in self.reads)


@contextmanager
def taken(
    file: Path, dbt_project: Path, layouts: Mapping[str, str], contract: str | None = None
) -> Iterator[tuple[Intake, Path]]:
    """Take the file in with nothing but these layouts (name → text), and the project's contract unless one is given.

    Yields what a build would know and the folder of the throw-away lake. Raises what a build would raise.
    """
    with TemporaryDirectory(prefix="floorwalk-map-") as name:
        folder = Path(name)
        project = folder / "project"
        _project(project, dbt_project, layouts, contract)
        yield _take(file, folder, project), folder / "lake"


@contextmanager
def taken_as_it_is(file: Path, dbt_project: Path) -> Iterator[Intake]:
    """The same with every layout of the project."""
    with TemporaryDirectory(prefix="floorwalk-map-") as name:
        yield _take(file, Path(name), dbt_project)


def try_layout(file: Path, dbt_project: Path, name: str, text: str) -> Trial:
    """How the file reads with one layout. Raises FloorwalkError with every fault of the layout."""
    with taken(file, dbt_project, {name: text}) as (intake, _):
        return _told(intake)


def try_project(file: Path, dbt_project: Path) -> Trial:
    """How the file reads with the layouts that are there already; the notes say why where none does."""
    try:
        with taken_as_it_is(file, dbt_project) as intake:
            return _told(intake)
    except FloorwalkError as error:
        if error.exit_code is not Exit.INPUT_REJECTED:
            raise
        return Trial("", (), tuple(str(problem) for problem in error.problems))


def _project(project: Path, dbt_project: Path, layouts: Mapping[str, str], contract: str | None) -> None:
    (project / "exports").mkdir(parents=True)
    shutil.copy(dbt_project / "exports" / "_parsers.sql", project / "exports")
    (project / "seeds").mkdir()
    for seed in (dbt_project / "seeds").glob("*.csv"):
        if seed.name != _OWNERS:
            (project / "seeds" / seed.name).symlink_to(seed.resolve())
    (project / _CONTRACT).parent.mkdir(parents=True)
    said = contract if contract is not None else (dbt_project / _CONTRACT).read_text(encoding="utf-8")
    (project / _CONTRACT).write_text(said, encoding="utf-8")
    for name, text in layouts.items():
        (project / "exports" / f"{name}.yml").write_text(text, encoding="utf-8")


def _take(file: Path, folder: Path, project: Path) -> Intake:
    """A drop of this one file; a second name for the same bytes where the disk allows it, else a copy."""
    drop = folder / "drop"
    drop.mkdir()
    target = drop / file.name.lstrip(".~$")
    try:
        os.link(file.resolve(), target)
    except OSError:
        shutil.copyfile(file, target)
    return take_in(drop, folder / "lake", project, memory_limit=_MEMORY, scratch=folder / "scratch", progress=Silent())


def _told(intake: Intake) -> Trial:
    reads = tuple(
        Read(
            delivery.table_name,
            delivery.file_rows,
            delivery.accepted_rows,
            delivery.refused_rows,
            delivery.not_applicable_rows,
            intake.refusals[delivery.delivery_id, delivery.table_name],
            *_first(intake.accepted_files.get(delivery.table_name, ())),
            delivery.superseded_rows,
        )
        for delivery in intake.deliveries
    )
    layout = intake.deliveries[0].layout if intake.deliveries else ""
    left = None if intake.deliveries else next(iter(intake.unrecognised), None)
    return Trial(layout, reads, tuple(str(note) for note in intake.notes), left)


def _first(files: tuple[Path, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The first accepted rows as text, of columns that hold any; what looks like somebody's number is hidden."""
    if not files:
        return (), ()
    source = f"read_parquet([{', '.join(repr(str(file)) for file in files)}])"
    names = [str(row[0]) for row in warehouse.read(f"describe select * from {source}")]
    shown = [name for name in names if name not in ("delivery_id", "source_part")]
    texts = ", ".join(f'"{name}"::varchar' for name in shown)
    found = warehouse.read(f"select {texts} from {source} order by source_line limit {_SHOWN}")
    held = [place for place, name in enumerate(shown) if any(row[place] is not None for row in found)]
    held.sort(key=lambda place: shown[place] != "source_line")
    columns = tuple("line" if shown[place] == "source_line" else shown[place] for place in held)
    return columns, tuple(tuple(masked(row[place]) for place in held) for row in found)
