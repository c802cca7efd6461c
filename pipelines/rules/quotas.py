"""Checks role_quotas.csv: contacts expected of a full-time person in a month.

Belongs here: bounds and who has a quota. Does not belong here: how a quota is prorated (int_prorated_quota).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.errors import Problem
from pipelines.rules.seeds import Catalogue, Seeds, day, nobody_left_out, number, text, twice

COLUMNS = {"role": text, "valid_from": day, "contacts_per_month": number, "owner": text}
FILE = "seeds/role_quotas.csv"
SMALLEST, LARGEST = 1.0, 100_000.0


def faults(seeds: Seeds, catalogue: Catalogue) -> Iterator[Problem]:
    """Everything wrong with role_quotas.csv."""
    del catalogue
    rows = seeds["role_quotas"]
    for row in rows:
        quota = row["contacts_per_month"]
        if not SMALLEST <= quota <= LARGEST:
            yield Problem(
                f"the quota {quota:g} is outside {SMALLEST:g} to {LARGEST:g}",
                row.where("contacts_per_month"),
                why="the call-volume index divides by it",
                fix="write how many contacts one full-time person takes in a whole month",
            )
    yield from twice(rows, "role", "valid_from")
    yield from nobody_left_out(rows, FILE)
