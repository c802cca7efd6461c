"""Checks role_weights.csv: what counts how much in the score of a role.

Belongs here: sums, limits and the balance of quality and volume. Does not belong here: the score itself.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Sequence

from pipelines.errors import Problem
from pipelines.rules.seeds import Catalogue, Row, Seeds, day, grouped, nobody_left_out, number, text, twice

COLUMNS = {"role": text, "kpi_id": text, "valid_from": day, "weight": number, "owner": text}
FILE = "seeds/role_weights.csv"
LARGEST = 0.40
"""One KPI alone must not decide a score."""
TOLERANCE = 1e-9
QUALITY, VOLUME = "quality", "volume"
"""Values of a catalogue entry's `aspect` that are balanced against each other."""


def faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[Problem]:
    """Everything wrong with role_weights.csv."""
    rows = seeds["role_weights"]
    with_standard = {row["kpi_id"] for row in seeds["kpi_standards"]}
    for row in rows:
        yield from unknown_kpi(row, catalogue)
        yield from _unfit(row, catalogue, with_standard)
        yield from _out_of_bounds(row)
    yield from twice(rows, "role", "kpi_id", "valid_from")
    yield from nobody_left_out(rows, FILE)
    for (role, since), group in grouped(rows, "role", "valid_from").items():
        total = math.fsum(row["weight"] for row in group)
        if abs(total - 1) > TOLERANCE:
            yield Problem(
                f"the weights of role {role} from {since} on sum to {total:g}, not to 1",
                group[-1].where("weight"),
                why="the rows of one role and date are one set and replace the set before",
                fix="repeat the KPIs that stay and share out exactly 1",
            )


def notes(seeds: Seeds, catalogue: Catalogue) -> Iterator[Problem]:
    """Roles that reward amount and speed more than quality, and KPIs that do not say which they are."""
    rows = [row for row in seeds["role_weights"] if row["weight"] > 0 and row["kpi_id"] in catalogue]
    for kpi_id in dict.fromkeys(row["kpi_id"] for row in rows):
        if "aspect" not in catalogue[kpi_id]:
            yield Problem(
                f"{kpi_id} does not say whether it is about quality or volume",
                "dbt_project.yml, vars.kpis",
                fix=f"add `aspect: {QUALITY}`, `aspect: {VOLUME}` or another aspect to the entry",
            )
    for (role, since), group in grouped(rows, "role", "valid_from").items():
        quality, volume = (_total(group, catalogue, aspect) for aspect in (QUALITY, VOLUME))
        if quality < volume - TOLERANCE:
            yield Problem(
                f"role {role} from {since} on weighs volume {volume:g} against quality {quality:g}",
                group[0].where("weight"),
                why="what is rewarded is done: speed bought with quality comes back as repeats and complaints",
                fix="let quality weigh at least as much",
            )


def unknown_kpi(row: Row, catalogue: Catalogue) -> Iterator[Problem]:
    """The row's KPI must be in the catalogue."""
    if row["kpi_id"] not in catalogue:
        near = difflib.get_close_matches(row["kpi_id"], catalogue, n=1)
        fix = f"did you mean {near[0]}?" if near else "use an id of vars.kpis in dbt_project.yml"
        yield Problem(f"no KPI is called {row['kpi_id']!r}", row.where("kpi_id"), fix=fix)


def _unfit(row: Row, catalogue: Catalogue, with_standard: set[str]) -> Iterator[Problem]:
    entry = catalogue.get(row["kpi_id"])
    if entry is None or row["weight"] == 0:
        return
    if "agent" not in entry.get("grains", ()):
        yield Problem(
            f"{row['kpi_id']} is never shown for one person, so it cannot count in a person's score",
            row.where("kpi_id"),
            fix="remove the row and share out its weight",
        )
    elif entry.get("better") == "neutral" and row["kpi_id"] not in with_standard:
        yield Problem(
            f"nothing says which way {row['kpi_id']} is good",
            row.where("kpi_id"),
            fix="give it a row in seeds/kpi_standards.csv, or remove this one",
        )


def _out_of_bounds(row: Row) -> Iterator[Problem]:
    weight = row["weight"]
    if 0 <= weight <= LARGEST:
        return
    meant = weight / 100
    is_percentage = weight > 1 and meant <= LARGEST
    yield Problem(
        f"the weight {weight:g} is outside 0 to {LARGEST:g}",
        row.where("weight"),
        why="one KPI alone must not decide a score",
        fix=f"{weight:g} looks like a percentage; a weight is a share of 1: write {meant:g}"
        if is_percentage
        else f"write a share from 0 to {LARGEST:g}",
    )


def _total(rows: Sequence[Row], catalogue: Catalogue, aspect: str) -> float:
    return math.fsum(row["weight"] for row in rows if catalogue[row["kpi_id"]].get("aspect") == aspect)
