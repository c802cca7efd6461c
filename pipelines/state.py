"""The small files by which a work folder knows itself, and which of them cannot be read.

  build.json, build-manifest.json of the shown site     what was built
  receipts/*.json, receipts/.pending.json               what was removed, and what is being removed
  lake/removed/*.json, lake/erased/                      what is not taken in again

Records of deliveries and data files are `ingest`'s to look at. A build tells what it can go on without, and stops over
the rest; `floorwalk doctor` tells all of it and mends what can be.
Belongs here: going over them all. Does not belong here: what each of them holds.
"""

from __future__ import annotations

import json
from pathlib import Path

from pipelines import ingest, retention
from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.settings import Settings
from pipelines.site import manifest, release


def faults(settings: Settings) -> list[Problem]:
    """Everything that cannot be read, in words."""
    return [
        *_build_record(settings.build_record),
        *_manifest(settings),
        *retention.all_of(settings)[1],
        *ingest.mark_faults(settings.lake),
    ]


def demand(settings: Settings) -> list[Problem]:
    """What a build goes on without, to be told. Raises FloorwalkError (CHECKS_FAILED) for what it must not go on
    without: who was erased, what is being removed, and a folder in the place of build.json."""
    found = faults(settings)
    blocking = [problem for problem in found if problem.where.startswith(("lake/erased/", "receipts/.pending"))]
    if settings.build_record.is_dir():
        blocking += [problem for problem in found if problem.where == settings.build_record.name]
    if blocking:
        raise FloorwalkError(blocking, Exit.CHECKS_FAILED)
    return found


def mend(settings: Settings) -> list[Problem]:
    """Write again what can be, put aside what nobody can read; returns what is no longer at fault."""
    before = faults(settings)
    receipts = retention.all_of(settings)[0]
    if settings.lake.is_dir():
        days = {
            removed.sha256: receipt.at[:10]
            for receipt in receipts
            if isinstance(receipt, retention.Receipt)
            for removed in receipt.deliveries
        }
        marks = [receipt.mark for receipt in receipts if isinstance(receipt, retention.Erasure)]
        ingest.mend_marks(settings.lake, days, marks)
    retention.set_aside(settings)
    if _build_record(settings.build_record):
        _aside(settings.build_record)
    left = set(faults(settings))
    return [problem for problem in before if problem not in left]


def _build_record(file: Path) -> list[Problem]:
    if not file.exists():
        return []
    try:
        if isinstance(json.loads(file.read_text(encoding="utf-8"))["build_id"], str):
            return []
    except (OSError, ValueError, TypeError, KeyError):
        pass
    what = "a folder stands in the place of the record of the build" if file.is_dir() else "the record cannot be read"
    why = "whether the shown site is of this build is not known, so everything is built anew"
    fix = f"{ingest.MEND} puts it aside; the next build writes it again"
    return [Problem(what, file.name, why, fix)]


def _manifest(settings: Settings) -> list[Problem]:
    shown = release.current(settings)
    if shown is None or manifest.read(shown) is not None:
        return []
    why = "whether the files of the shown site are those that were built cannot be said"
    where = f"releases/{shown.name}/{manifest.NAME}"
    return [Problem("the list of files and checksums cannot be read", where, why, "floorwalk build --fresh")]


def _aside(file: Path) -> None:
    """Rename it to the first name that is free."""
    number = 1
    while (beside := file.with_name(f"{file.name}.aside-{number}")).exists():
        number += 1
    file.rename(beside)
