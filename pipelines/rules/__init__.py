"""Checks the seeds that people change about judgement and coaching, before anything is computed.

Belongs here: faults that stop a build and notes that do not, in words. Does not belong here: reading the files
(`seeds`), what a rule does (the models that read the seeds).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipelines.errors import Problem
from pipelines.rules import coaching, owners, quotas, standards, states, values, weights
from pipelines.rules.seeds import Catalogue, Seeds, read_catalogue, read_seed

__all__ = ["faults", "notes"]

COLUMNS: Mapping[str, Mapping[str, Callable[[str], Any]]] = {
    "rules": values.COLUMNS,
    "role_weights": weights.COLUMNS,
    "kpi_standards": standards.COLUMNS,
    "role_quotas": quotas.COLUMNS,
    "error_types": coaching.ERROR_TYPES,
    "policies": coaching.POLICIES,
    "agent_state_meanings": states.COLUMNS,
    "file_owners": owners.COLUMNS,
}
CHECKS: tuple[Callable[[Seeds, Catalogue], Iterator[Problem]], ...] = (
    values.faults,
    weights.faults,
    standards.faults,
    quotas.faults,
    coaching.faults,
    states.faults,
    owners.faults,
)


def faults(dbt_project: Path) -> tuple[Problem, ...]:
    """Everything that is wrong in these seeds, by file and line; empty when a build may start."""
    seeds, found = _read(dbt_project)
    catalogue = read_catalogue(dbt_project)
    return (*found, *(problem for check in CHECKS for problem in check(seeds, catalogue)))


def notes(dbt_project: Path) -> tuple[Problem, ...]:
    """What is allowed and worth a second thought. Rows that `faults` complains of are passed over."""
    seeds, _ = _read(dbt_project)
    return (*weights.notes(seeds, read_catalogue(dbt_project)), *owners.notes(seeds, dbt_project))


def _read(dbt_project: Path) -> tuple[Seeds, list[Problem]]:
    read = {name: read_seed(dbt_project, name, columns) for name, columns in COLUMNS.items()}
    found = [problem for table in read.values() for problem in table.problems]
    return {name: table.rows for name, table in read.items()}, found
