"""Deliveries that were removed for good: what they leave behind, so that the same file is not taken in again.

  removed/<sha256>.json    the day it was removed; no name, no row

The name alone keeps the file out; a mark that cannot be read has lost its day and nothing else.
Belongs here: writing and reading these marks. Does not belong here: which deliveries are removed (`outdated`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.errors import Problem
from pipelines.ingest.lake import Lake, write_atomically

FOLDER = "removed"


def mark(lake: Lake, sha256: str, day: str) -> None:
    """Remember that this file was removed; a second time changes nothing."""
    folder = lake.root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{sha256}.json"
    if not file.exists():
        write_atomically(file, json.dumps({"removed_on": day}).encode())


def removed(lake: Lake) -> dict[str, str]:
    """SHA-256 of every removed file and the day it was removed, empty where that cannot be read."""
    return {file.stem: _day(file) for file in sorted((lake.root / FOLDER).glob("*.json"))}


def note(name: str, day: str) -> Problem:
    """What a person reads when such a file still lies in the drop."""
    when = f" on {day}" if day else ", on a day that cannot be read any more,"
    return Problem(
        f"was removed with `floorwalk purge`{when} and is not taken in again",
        where=name,
        why="its rows are older than this centre keeps them",
        fix="take it out of the drop folder; the copy there is yours to delete",
    )


def faults(lake: Lake) -> tuple[Problem, ...]:
    """Marks that cannot be read, in words."""
    return tuple(
        Problem(
            "the mark of a delivery that was removed cannot be read",
            where=f"lake/{FOLDER}/{sha256}.json",
            why="its file is still not taken in again, but on which day it was removed is not known",
            fix="floorwalk doctor --work FOLDER --mend writes it again, with the day of its receipt",
        )
        for sha256, day in removed(lake).items()
        if not day
    )


def mend(lake: Lake, days: Mapping[str, str]) -> None:
    """Write unreadable marks again: with the day of the receipt, given by SHA-256, or else of the file itself."""
    for sha256, day in removed(lake).items():
        if day:
            continue
        file = lake.root / FOLDER / f"{sha256}.json"
        own = datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
        if not file.is_file():
            aside = lake.root / "aside"
            aside.mkdir(mode=0o700, exist_ok=True)
            file.rename(aside / f"{sha256}.removed-{sum(1 for _ in aside.iterdir()) + 1}")
        write_atomically(file, json.dumps({"removed_on": days.get(sha256, own)}).encode())


def _day(file: Path) -> str:
    try:
        day = str(json.loads(file.read_text(encoding="utf-8"))["removed_on"])
        return date.fromisoformat(day).isoformat()
    except (OSError, ValueError, TypeError, KeyError):
        return ""
