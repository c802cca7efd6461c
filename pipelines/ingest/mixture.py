"""Closed data sets that are not one centre: two of them in one drop, or in a drop and the lake, are refused.

Belongs here: that refusal and its words. Does not belong here: which data set a mapping names (`layout`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.errors import Exit, FloorwalkError, Problem
from pipelines.ingest.receive import Arrival
from pipelines.ingest.records import Record


def refuse_mixture(drop: Path, arrivals: Sequence[Arrival], held: Sequence[Record]) -> None:
    """Raise FloorwalkError (INPUT_REJECTED) when files of this drop and the lake belong to several closed data sets."""
    sets: dict[str, list[str]] = {}
    for record in held:
        if record.data_set is not None:
            sets.setdefault(record.data_set, []).append(f"{record.file} (taken in earlier)")
    for arrival in arrivals:
        if arrival.recognised.layout.data_set is not None:
            sets.setdefault(arrival.recognised.layout.data_set, []).append(arrival.found.name)
    if len(sets) > 1:
        listed = "; ".join(f"{name}: {', '.join(sorted(files))}" for name, files in sorted(sets.items()))
        problem = Problem(
            f"the files belong to {len(sets)} data sets that are not one centre: {listed}",
            where=str(drop),
            why="figures over a mixture would describe no centre at all; nothing was taken in",
            fix="keep one data set per drop folder and build each into a work folder of its own (--drop, --work)",
        )
        raise FloorwalkError(problem, Exit.INPUT_REJECTED)
