"""One build from drop to site: take in, compute, render, verify, switch. Dagster and the command line both walk it.

Belongs here: the order of the stages, what they hand on, their seconds, the record of a build. Does not belong here:
the work of a stage (the floors below), how it looks (`cli`, `orchestration`).
A kill at any moment leaves the previous site whole: everything is made in runs/<this run>, the site is switched by
one rename, and build.json, written last, is only believed when it names the release that is shown.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from pipelines import ingest, retention, rights, rules, state, storage, transform
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import Intake
from pipelines.progress import Progress
from pipelines.settings import PROJECT, Settings
from pipelines.site import release, verify, weight
from pipelines.site.build import Rendered, render_site
from pipelines.transform import TransformResult

EDITED = ("pipelines", "dbt_project", "site_templates", "docs", "mkdocs.yml", "requirements.lock")
"""What people edit and a site depends on, beside its data."""
FIRST_BUILD_BYTES, FIRST_BUILD_TIMES = 100_000_000, 3
"""What a first build takes beside its lake: pages and tools, and marts and warehouse in sizes of the drop."""
GENERATED = {"__pycache__", "target", "logs", ".DS_Store"}


@dataclass(frozen=True)
class BuildRecord:
    """What one build did; build.json holds it. `stages` are seconds, `tables` are rows by contract table."""

    build_id: str
    site: str
    tables: Mapping[str, Mapping[str, int]]
    pages: int
    rewritten_pages: int
    reused_pages: int
    bytes_written: int
    stages: Mapping[str, float]
    notes: tuple[Problem, ...]
    made_from: Mapping[str, Any]
    """Digest of the lake, digest of the project, languages, how people appear: equal means there is nothing to do."""
    is_new: bool = field(default=True, compare=False)
    """False when this run found nothing to do and this is the record of the build that is shown."""

    def as_json(self) -> dict[str, Any]:
        """The record as build.json and `--json` have it."""
        content = asdict(self)
        del content["is_new"]
        return content


class Attempt:
    """One attempt at a build. Each stage runs at most once and asks for the one before it."""

    def __init__(self, settings: Settings, progress: Progress, run: Path, notes: Sequence[Problem] = ()) -> None:
        self.settings, self.progress, self.run = settings, progress, run
        self.notes = tuple(notes)
        """What was found of the work folder before anything was taken in."""
        self.seconds: dict[str, float] = {}

    def take_in(self) -> Intake:
        """Take the drop into the lake. Raises FloorwalkError when nothing in it can be used."""
        return self._intake

    def compute(self) -> TransformResult:
        """Run dbt over the lake; failed tests are in the result, and `publish` refuses to go on with them."""
        return self._computed

    def publish(self) -> BuildRecord:
        """Render, verify, switch and write the record. A failed check raises FloorwalkError and switches nothing."""
        if self._computed.failures:
            raise FloorwalkError(ingest.damage(self.settings.lake) or self._computed.failures, Exit.CHECKS_FAILED)
        with self._timed("render"):
            previous = release.current(self.settings)
            rendered = render_site(self.settings, self._computed.marts, self.run, previous, self.progress)
        with self._timed("verify"):
            self.progress.stage("verify")
            verify.check(rendered.site, self.settings.languages, self.settings.cache / "verified.json")
        with self._timed("switch"):
            self.progress.stage("switch")
            shown = self._switch(rendered.site)
            _replace_folder(self._computed.marts, self.settings.marts, self.run)
            ingest.publish_tiers(self.settings.lake, self.settings.marts, self.settings.privacy)
            ingest.publish_items(self.settings.lake, self.settings.marts)
        record = self._record(rendered, shown)
        _write(record, self.settings.build_record)
        release.prune(self.settings)
        retention.forget(self.settings)
        rights.tighten(self.settings)  # what this run made elsewhere than in a folder that is closed already
        return record

    def _switch(self, tree: Path) -> Path:
        """Show the new release. Raises FloorwalkError (PUBLISH_FAILED) when the work folder does not take it."""
        try:
            return release.switch(self.settings, tree)
        except OSError as error:
            problem = Problem(
                f"the new site could not be put in place: {error.strerror or error}",
                where=str(self.settings.work),
                why="the site that was shown before is still shown",
                fix="make room and rights in the work folder, then build again",
            )
            raise FloorwalkError(problem, Exit.PUBLISH_FAILED) from error

    @cached_property
    def made_from(self) -> dict[str, Any]:
        """What decides whether there is anything to do."""
        return {
            "lake": self._intake.digest,
            "project": project_digest(),
            "languages": list(self.settings.languages),
            "people": f"{self.settings.privacy.identity}, free text {self.settings.free_text}",
        }

    @cached_property
    def _intake(self) -> Intake:
        with self._timed("take in"), rights.kept(self.settings):
            return ingest.take_in(
                self.settings.drop,
                self.settings.lake,
                transform.DBT_PROJECT,
                memory_limit=self.settings.memory_limit,
                scratch=self.run / "scratch",
                progress=self.progress,
            )

    @cached_property
    def _computed(self) -> TransformResult:
        intake = self._intake
        if found := rules.faults(transform.DBT_PROJECT):
            raise FloorwalkError(found, Exit.CHECKS_FAILED)
        with self._timed("compute"), rights.kept(self.settings), ingest.blamed(self.settings.lake):
            return transform.compute(self.settings, self.run, intake, self.progress)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[stage] = round(time.perf_counter() - began, 3)

    def _record(self, rendered: Rendered, shown: Path) -> BuildRecord:
        heavy = weight.heavy(shown, self.settings.languages)
        overdue = retention.overdue(self.settings, datetime.now(UTC).date())
        return BuildRecord(
            build_id=shown.name,
            site=str(self.settings.site),
            tables=self._intake.tables,
            pages=rendered.pages,
            rewritten_pages=rendered.rewritten,
            reused_pages=rendered.reused,
            bytes_written=rendered.bytes_written,
            stages=dict(self.seconds),
            notes=(*self.notes, *self._intake.notes, *rules.notes(transform.DBT_PROJECT), *heavy, *overdue),
            made_from=self.made_from,
        )


@contextmanager
def attempt(settings: Settings, progress: Progress) -> Iterator[Attempt]:
    """An attempt with the work folder locked and a folder of its own, which goes when it ends.

    Raises FloorwalkError: USAGE when there is no drop folder, BUSY when another build holds the lock, PUBLISH_FAILED
    when the disk is full, read-only or broken, or has too little room to begin.
    """
    if not settings.drop.is_dir():
        fix = "name the folder that holds the exports: floorwalk build --drop FOLDER"
        raise FloorwalkError(Problem("there is no such drop folder", str(settings.drop), fix=fix))
    with storage.told(settings.work), release.lock(settings):
        release.clear_up(settings)
        notes = [*state.demand(settings), *rights.tighten(settings)]
        retention.finish(settings)
        storage.demand_room(settings.work, room_for(settings), "for a build")
        settings.runs.mkdir(exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=settings.runs, prefix="run-") as run:
            (Path(run) / "scratch").mkdir()
            yield Attempt(settings, progress, Path(run), notes)


def room_for(settings: Settings) -> int:
    """Bytes that a build may need beside what is there: as much as the last one, or a multiple of the first drop."""
    last = [release.current(settings), settings.marts, settings.lake / "superseded"]
    if settings.build_record.is_file():
        return sum(storage.size_of(folder) for folder in last if folder is not None)
    return FIRST_BUILD_BYTES + FIRST_BUILD_TIMES * storage.size_of(settings.drop)


def build(settings: Settings, progress: Progress, *, fresh: bool = False) -> BuildRecord:
    """Walk all stages and return the record.

    With nothing to do, the record of the shown build comes back with `is_new` false; `fresh` builds all the same.
    Raises FloorwalkError with the exit code of the stage that refused; the site is then as it was.
    """
    with attempt(settings, progress) as current:
        current.take_in()
        shown = None if fresh else shown_record(settings)
        if shown is not None and dict(shown.made_from) == current.made_from:
            return replace(shown, notes=(*current.notes, *shown.notes))
        return current.publish()


def shown_record(settings: Settings) -> BuildRecord | None:
    """The record of the build that is shown, marked as not new; None when build.json does not belong to the site."""
    site = release.current(settings)
    try:
        content = json.loads(settings.build_record.read_text(encoding="utf-8"))
        notes = tuple(Problem(**note) for note in content.pop("notes"))
        record = BuildRecord(**content, notes=notes, is_new=False)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    is_whole = site is not None and site.name == record.build_id and settings.marts.is_dir()
    return record if is_whole else None


def project_digest(project: Path = PROJECT) -> str:
    """SHA-256 over path and bytes of every file that people edit and a site depends on."""
    digest = hashlib.sha256()
    for name in EDITED:
        top = project / name
        for file in sorted(top.rglob("*")) if top.is_dir() else [top]:
            path = file.relative_to(project)
            if file.is_file() and not GENERATED.intersection(path.parts):
                digest.update(f"{path.as_posix()}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _replace_folder(new: Path, place: Path, run: Path) -> None:
    """Put a finished folder at `place`; what stood there goes with the run."""
    if place.exists():
        place.rename(run / f"previous-{place.name}")
    new.rename(place)


def _write(record: BuildRecord, file: Path) -> None:
    """Write build.json in one step."""
    beside = file.with_name(f".{file.name}.new")
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(record.as_json(), stream, ensure_ascii=False, allow_nan=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
