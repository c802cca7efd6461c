"""Marks of what is not taken in again, of deliveries and of people together: what is wrong with them, and mending.

Belongs here: going over both kinds. Does not belong here: what a mark holds (`removed`, `erased`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipelines.errors import Problem
from pipelines.ingest import erased, removed
from pipelines.ingest.erased import Mark
from pipelines.ingest.lake import Lake


def mark_faults(lake: Path) -> list[Problem]:
    """Every mark, or key of marks, that cannot be read."""
    held = Lake(lake)
    return [*removed.faults(held), *erased.read(held)[1]]


def mend_marks(lake: Path, days: Mapping[str, str], marks: Iterable[Mark]) -> None:
    """Write marks again from what receipts say: days of removed deliveries by SHA-256, and marks of people."""
    held = Lake(lake)
    removed.mend(held, days)
    erased.mend(held, marks)
