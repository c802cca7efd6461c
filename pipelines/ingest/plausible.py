"""Is this in the unit it is said to be in? Middle values of a delivery against earlier ones, and against what is usual.

Belongs here: the rule, over figures that `load` has taken of each file. Does not belong here: reading files, deciding
what a doubt does to a drop (`judge`).

A wrong unit moves every value of a column by the same factor, and the smallest such factor is 60. Honest change does
not come near: half of 60 is already thirty times as much, so a centre may double, halve or grow tenfold unseen.
  Against earlier files of the same layout: the factor is enough, except for columns that may leap (waiting times on the
  day of an outage); there the value must lie outside its usual range as well.
  Against anything else, or nothing: the value lies outside its usual range, and inside it without the factor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pipelines.ingest.contract import Column, Table
from pipelines.ingest.doubts import STOP, Doubt
from pipelines.ingest.load import Loaded, Middle

ENOUGH_ROWS = 30
"""Fewer values say nothing about their middle."""
EARLIER = 20
"""So many earlier deliveries count, the newest."""
SLACK = 2.0
"""How far from a unit factor, up or down, a ratio may be and still be explained by it."""
FACTORS: Mapping[str, Mapping[str, float]] = {
    "seconds": {
        "milliseconds_as_seconds": 1000,
        "seconds_as_minutes": 60,
        "seconds_as_hours": 3600,
        "minutes_as_seconds": 1 / 60,
        "hours_as_seconds": 1 / 3600,
        "seconds_as_milliseconds": 1 / 1000,
    },
    "minutes": {
        "seconds_as_minutes": 60,
        "milliseconds_as_minutes": 60_000,
        "hours_as_minutes": 1 / 60,
        "seconds_as_hours": 3600,
        "milliseconds_as_seconds": 1000,
        "seconds_as_milliseconds": 1 / 1000,
    },
    "hours": {"minutes_as_hours": 60, "seconds_as_hours": 3600, "milliseconds_as_seconds": 1000},
    "points": {"shares_as_points": 1 / 100, "points_as_shares": 100},
}
"""By the column's unit: what was mistaken for what, and by how much the figures are then too large."""


@dataclass(frozen=True)
class Earlier:
    """Middle values of one column in earlier deliveries, oldest first."""

    same_layout: Sequence[Middle]
    other_layouts: Sequence[Middle]


@dataclass(frozen=True)
class Explained:
    """The figure that was to be expected if a cause is the right one, and how odd that would be: 0 = quite usual."""

    figure: float
    oddness: float


def unit_doubts(
    delivery_id: str, file: str, table: Table, loaded: Loaded, earlier: Mapping[str, Earlier]
) -> Iterator[Doubt]:
    """A stop for every column of one file whose figures a wrong unit explains."""
    found: list[tuple[Column, Middle, dict[str, Explained]]] = []
    for middle in loaded.middles:
        column = table.by_name.get(middle.column)
        if column is not None and middle.rows >= ENOUGH_ROWS:
            causes = wrong_units(column, middle.median, earlier.get(column.name, Earlier((), ())))
            found += [(column, middle, causes)] if causes else []
    for column, middle, causes in found:
        cause = _likeliest(causes, [explained for _, _, explained in found])
        yield Doubt(
            delivery_id=delivery_id,
            file=file,
            table_name=table.name,
            column_name=column.name,
            doubt=cause,
            severity=STOP,
            first_day=loaded.first_day,
            last_day=loaded.last_day,
            affected_rows=middle.rows,
            observed=middle.median,
            expected=causes[cause].figure,
            unit=column.unit,
        )


def wrong_units(column: Column, observed: float, earlier: Earlier) -> dict[str, Explained]:
    """The causes that explain a middle value."""
    if column.usual is None or observed <= 0:
        return {}
    low, high = column.usual
    factors = FACTORS.get(column.unit, {})
    is_unusual = not low <= observed <= high
    same = _typical(earlier.same_layout)
    if same is not None:
        cause = _nearest(factors, observed / same)
        return {cause: Explained(same, 0.0)} if cause is not None and (is_unusual or not column.varies) else {}
    if not is_unusual:
        return {}
    other = _typical(earlier.other_layouts)
    if other is not None and (cause := _nearest(factors, observed / other)) is not None:
        return {cause: Explained(other, 0.0)}
    figures = {cause: observed / factor for cause, factor in factors.items()}
    middle = math.log(other or math.sqrt(low * high))
    return {
        cause: Explained(figure, abs(math.log(figure) - middle))
        for cause, figure in figures.items()
        if low <= figure <= high
    }


def _likeliest(causes: Mapping[str, Explained], file: Sequence[Mapping[str, Explained]]) -> str:
    """Of the causes of one column the one that explains most columns of the file: they were exported together."""

    def rank(cause: str) -> tuple[float, float, str]:
        together = [explained[cause].oddness for explained in file if cause in explained]
        return -len(together), sum(together), cause

    return min(causes, key=rank)


def _nearest(factors: Mapping[str, float], ratio: float) -> str | None:
    """The cause whose factor is nearest to a ratio and within SLACK of it."""
    if ratio <= 0:
        return None
    distance = {cause: abs(math.log(ratio / factor)) for cause, factor in factors.items()}
    cause = min(distance, key=lambda name: (distance[name], name))
    return cause if distance[cause] <= math.log(SLACK) + 1e-9 else None


def _typical(middles: Sequence[Middle]) -> float | None:
    """The middle of the newest earlier deliveries that had enough rows; None without any."""
    enough = [middle.median for middle in middles if middle.rows >= ENOUGH_ROWS and middle.median > 0]
    return float(median(enough[-EARLIER:])) if enough else None
