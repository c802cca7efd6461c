"""Looks at a work folder: is the lake whole, does the site stand, what takes the room. Mends when asked.

Belongs here: one function per thing looked at, in the words of a `Finding`. Does not belong here: what damage is
(`ingest`), the machine (`doctor`).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from rich.console import Console

from pipelines import ingest, retention, rights, state, storage
from pipelines.cli import doctor, terminal
from pipelines.cli.doctor import Finding
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest import Health
from pipelines.progress import Silent
from pipelines.settings import PROJECT, Settings, load_settings
from pipelines.site import manifest, release

SUBJECTS = frozenset({"Lake", "Site", "Archive", "Removals"})
"""What is looked at here and may fail."""
DBT_PROJECT = PROJECT / "dbt_project"
_REBUILD_TIMES = 3
"""Room that a lake made beside another takes, in sizes of its originals: the originals, rows, scratch."""


def run(work: Path, *, mend: bool, rebuild: bool, as_json: bool) -> Exit:
    """Print every finding of the machine and of a work folder; returns how the command ends."""
    console, settings = Console(), load_settings({"work": work}, usual={"drop": work})
    found = list[Finding]()
    for finding in chain(doctor.findings(work), findings(settings, mend=mend, rebuild=rebuild)):
        found.append(finding)
        if not as_json:
            doctor.show(finding, console)
    if as_json:
        terminal.print_json({"findings": [vars(finding) for finding in found]})
    failed = {finding.subject for finding in found if finding.state == "fail"}
    if failed:
        return Exit.CHECKS_FAILED if failed <= SUBJECTS else Exit.USAGE
    return Exit.OK


def findings(settings: Settings, *, mend: bool = False, rebuild: bool = False) -> Iterator[Finding]:
    """Everything there is to say of a work folder; `mend` puts right what can be, `rebuild` proves the archive."""
    if not settings.lake.is_dir():
        yield Finding("Lake", "ok", f"none in {settings.work} yet")
        return
    try:
        with storage.told(settings.work), release.lock(settings), rights.kept(settings):
            yield from _locked(settings, mend, rebuild)
    except FloorwalkError as error:
        if error.exit_code is not Exit.BUSY:
            raise
        yield Finding("Lake", "warn", "not looked at: a build is running in this work folder", "look again afterwards")


def _locked(settings: Settings, mend: bool, rebuild: bool) -> Iterator[Finding]:
    if mend:
        release.clear_up(settings)
        yield from (Finding("Mended", "ok", f"{problem.where}: {problem.what}") for problem in state.mend(settings))
    yield from _state(settings)
    with _scratch(settings) as scratch:
        limit = settings.memory_limit
        health = ingest.examine(settings.lake, DBT_PROJECT, memory_limit=limit, scratch=scratch / "look")
        if mend:
            before = health
            health = ingest.mend(settings.lake, DBT_PROJECT, health, memory_limit=limit, scratch=scratch / "mend")
            yield from _mended(before, health)
        yield from lake(health)
    yield from site(settings, mend)
    yield from removals(settings)
    yield room(settings)
    if rebuild:
        yield _rebuilt(settings)


@contextmanager
def _scratch(settings: Settings) -> Iterator[Path]:
    settings.runs.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.runs, prefix="look-") as folder:
        yield Path(folder)


def _state(settings: Settings) -> Iterator[Finding]:
    """Small files that cannot be read. Those of the site are warnings: a build makes them again."""
    for problem in state.faults(settings):
        says = f"{problem.where}: {problem.what}"
        if problem.where.startswith(("lake/", "receipts/")):
            yield Finding("Lake", "fail", says, problem.fix, problem.why)
        else:
            yield Finding("Site", "warn", says, problem.fix, problem.why)


def removals(settings: Settings) -> Iterator[Finding]:
    """What was removed, by its receipts; whether the shown site still tells of it."""
    receipts, faults = retention.all_of(settings)
    if any(problem.where.endswith("/.pending.json") for problem in faults):
        return
    if retention.is_pending(settings):
        says = "a removal was begun and not ended"
        why = "some of it is gone, some is still there"
        yield Finding("Removals", "fail", says, "the next floorwalk build or purge completes it", why)
    if not receipts:
        return
    erased = [receipt for receipt in receipts if isinstance(receipt, retention.Erasure)]
    says = f"{len(receipts) - len(erased)} of old deliveries, {len(erased)} of people or customers"
    if erased:
        told = (f"{one.mark.label} on {one.mark.erased_on}" + (f" ({one.by})" if one.by else "") for one in erased)
        says += f": {', '.join(told)}"
    shown = retention.is_shown_still(settings)
    if shown:
        why = "readers still see figures made of what was removed"
        yield Finding("Removals", "fail", f"{says}; the shown site was made before the last of them", "build now", why)
    else:
        yield Finding("Removals", "ok", says)


def lake(health: Health) -> Iterator[Finding]:
    """Records, originals and rows against what was committed."""
    yield from (_damaged(problem) for problem in health.problems)
    if health.leftovers:
        count = len(health.leftovers)
        says = f"{count} {'files' if count > 1 else 'file'} of an interrupted run, such as {health.leftovers[0].name}"
        yield Finding("Lake", "warn", says, "nothing: they count for nothing and the next build removes them")
    if not health.problems:
        files = sum(max(len(record.kept), 1) for record in health.records)
        says = f"{len(health.records)} deliveries, {files} files, every byte as it was committed"
        yield Finding("Lake", "ok", says)


def _damaged(problem: Problem) -> Finding:
    return Finding("Lake", "fail", f"{problem.where}: {problem.what}", problem.fix, problem.why)


def _mended(before: Health, after: Health) -> Iterator[Finding]:
    """What was wrong and is not any more."""
    left = {problem.where for problem in after.problems}
    for problem in before.problems:
        if problem.where not in left:
            yield Finding("Mended", "ok", f"{problem.where}: {problem.what}")


def site(settings: Settings, mend: bool) -> Iterator[Finding]:
    """The shown release, the link to it and the record of the build."""
    whole = [folder for folder in release.releases(settings) if not manifest.differences(folder)]
    shown = release.current(settings)
    if shown is None and whole and mend:
        release.point(settings, whole[0])
        yield Finding("Mended", "ok", f"the site shows {whole[0].name} again")
        shown = release.current(settings)
    if shown is None:
        yield _no_site(settings, whole)
        return
    if shown not in [folder.resolve() for folder in whole]:
        (first, *_) = changed = manifest.differences(shown)
        says = f"{len(changed)} files of the shown site are not as they were built, such as {first.where}: {first.what}"
        why = "readers may see something that no build has verified"
        yield Finding("Site", "fail", says, "floorwalk build --fresh puts a whole site in its place", why)
    elif (named := _named(settings)) != shown.name:
        says = f"build.json names {named or 'no release'}, the site shows {shown.name}"
        yield Finding("Site", "warn", says, "nothing: the next build builds anew and writes it again")
    else:
        yield Finding("Site", "ok", f"{shown.name}, every file as it was built; {len(whole)} whole releases")
    if not settings.marts.is_dir():
        yield Finding("Site", "warn", "the marts beside it are missing", "floorwalk build --fresh makes them again")


def _no_site(settings: Settings, whole: Sequence[Path]) -> Finding:
    if settings.site.is_symlink():
        says = f"the link points at {settings.site.readlink()}, which is not there"
    else:
        says = "there is no link to a release"
    why = "a web server pointed at it shows nothing"
    if whole:
        return Finding("Site", "fail", f"{says}; {whole[0].name} is whole", f"{ingest.MEND} shows it again", why)
    if settings.site.is_symlink() or settings.build_record.exists():
        return Finding("Site", "fail", f"{says}, and no release is whole", "floorwalk build --fresh", why)
    return Finding("Site", "ok", "none was built yet")


def _named(settings: Settings) -> str | None:
    """The release that build.json names; None when it cannot be read."""
    try:
        return str(json.loads(settings.build_record.read_text(encoding="utf-8"))["build_id"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def room(settings: Settings) -> Finding:
    """What takes the room of the work folder."""
    parts = {
        "lake": settings.lake,
        "of it originals": settings.lake / "originals",
        "releases": settings.releases,
        "marts": settings.marts,
        "cache": settings.cache,
        "runs": settings.runs,
    }
    says = ", ".join(f"{name} {storage.told_size(storage.size_of(folder))}" for name, folder in parts.items())
    advice = "to make room: delete cache/ (the next build takes longer), keep fewer releases (keep_releases)"
    return Finding("Room taken", "ok", says, advice)


def _rebuilt(settings: Settings) -> Finding:
    """A lake made from the originals alone, compared with the one that is there."""
    originals = storage.size_of(settings.lake / "originals")
    storage.demand_room(settings.work, _REBUILD_TIMES * originals, "to make the lake again beside itself")
    with _scratch(settings) as scratch:
        try:
            made = ingest.rebuild(
                settings.lake,
                DBT_PROJECT,
                scratch / "lake",
                memory_limit=settings.memory_limit,
                scratch=scratch / "work",
                progress=Silent(),
            )
        except FloorwalkError as error:
            problem = error.problems[0]
            return Finding("Archive", "fail", f"{problem.where}: {problem.what}", problem.fix, problem.why)
    if made.differences:
        problem = made.differences[0]
        return Finding("Archive", "fail", f"{problem.where}: {problem.what}", problem.fix, problem.why)
    says = f"made again from the originals: {sum(made.rows.values()):,} accepted rows, the same as in the lake"
    return Finding("Archive", "ok", says)
