"""Checks kpi_standards.csv: minimum, target and excellent of a KPI.

Belongs here: order, direction and unit of the three. Does not belong here: the points they make (macros/points.sql).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.errors import Problem
from pipelines.rules.seeds import Catalogue, Row, Seeds, day, number, text, twice
from pipelines.rules.weights import unknown_kpi

COLUMNS = {
    "kpi_id": text,
    "role": text,
    "valid_from": day,
    "minimum": number,
    "target": number,
    "excellent": number,
    "basis": text,
    "owner": text,
}
ANCHORS = ("minimum", "target", "excellent")
BASES = ("value", "ratio")
LARGEST_RATIO = 10.0
LARGEST = {"share": (1.0, 100.0, "a percentage"), "per_thousand": (0.1, 1000.0, "a number per 1,000")}
"""By unit: the largest believable value as stored, the factor of the usual slip, and what that looks like."""


def faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[Problem]:
    """Everything wrong with kpi_standards.csv."""
    rows = seeds["kpi_standards"]
    for row in rows:
        yield from unknown_kpi(row, catalogue)
        if row["basis"] not in BASES:
            yield Problem(f"the basis is {row['basis']!r}", row.where("basis"), fix=f"choose {' or '.join(BASES)}")
        elif row["kpi_id"] in catalogue:
            yield from _out_of_unit(row, str(catalogue[row["kpi_id"]].get("unit")))
            yield from _out_of_order(row, str(catalogue[row["kpi_id"]].get("better")))
    yield from twice(rows, "kpi_id", "role", "valid_from")


def _out_of_unit(row: Row, unit: str) -> Iterator[Problem]:
    largest, factor, seen = LARGEST.get(unit, (float("inf"), 1.0, ""))
    if row["basis"] == "ratio":
        largest, factor, seen = LARGEST_RATIO, 100.0, "a percentage"
    for anchor in ANCHORS:
        value = row[anchor]
        if value < 0:
            yield Problem(f"the {anchor} {value:g} is below zero", row.where(anchor), fix="write 0 or more")
        elif value > largest:
            yield Problem(
                f"the {anchor} {value:g} is above {largest:g}",
                row.where(anchor),
                why="figures are held against it as they are stored",
                fix=f"{value:g} looks like {seen}; it is stored divided by {factor:g}: write {value / factor:g}",
            )
    if unit == "points" and row["basis"] == "value" and all(0 < row[anchor] <= 1 for anchor in ANCHORS):
        scaled = ", ".join(f"{row[anchor] * 100:g}" for anchor in ANCHORS)
        yield Problem(
            "the three look like fractions",
            row.where("minimum"),
            fix=f"this KPI is in points: write {scaled} on a scale of 0 to 100",
        )


def _out_of_order(row: Row, better: str) -> Iterator[Problem]:
    minimum, target, excellent = (row[anchor] for anchor in ANCHORS)
    rising, falling = minimum < target < excellent, minimum > target > excellent
    if not (rising or falling):
        yield Problem(
            f"minimum {minimum:g}, target {target:g} and excellent {excellent:g} do not go one way",
            row.where("target"),
            fix="let them rise, or fall where less is better; no two may be equal",
        )
    elif (better == "higher" and falling) or (better == "lower" and rising):
        yield Problem(
            f"the standards {'rise' if rising else 'fall'}, while {better} is better in the KPI catalogue",
            row.where("excellent"),
            fix="swap minimum and excellent",
        )
