"""Deliveries that were removed for good: what they leave behind, so that the same file is not taken in again.

  removed/<sha256>.json    the day it was removed; no name, no row

Belongs here: writing and reading these marks. Does not belong here: which deliveries are removed (`outdated`).
"""

from __future__ import annotations

import json
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
    """SHA-256 of every removed file and the day it was removed."""
    return {file.stem: _day(file) for file in sorted((lake.root / FOLDER).glob("*.json"))}


def note(name: str, day: str) -> Problem:
    """What a person reads when such a file still lies in the drop."""
    return Problem(
        f"was removed with `floorwalk purge` on {day} and is not taken in again",
        where=name,
        why="its rows are older than this centre keeps them",
        fix="take it out of the drop folder; the copy there is yours to delete",
    )


def _day(file: Path) -> str:
    return str(json.loads(file.read_text(encoding="utf-8"))["removed_on"])
