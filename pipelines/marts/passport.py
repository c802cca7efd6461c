"""Where figures come from: formulas, expectations, models. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class KpiFormula(Mart):
    name: ClassVar[str] = "dim_kpi_formula"
    order: ClassVar[str] = "kpi_id"
    kpi_id: str
    formula_sql: str
    formula_people_sql: str
    weight_sql: str
    sums_model: str
    source_model: str
    judge_min_observations: int


@dataclass(frozen=True)
class KpiStandard(Mart):
    name: ClassVar[str] = "dim_kpi_standard"
    order: ClassVar[str] = "kpi_id, role, valid_from"
    kpi_id: str
    role: str
    valid_from: date
    minimum: float
    target: float
    excellent: float
    basis: str
    owner: str
    is_in_force: bool


@dataclass(frozen=True)
class Model(Mart):
    """One model, seed or delivered table. Not among `MARTS`: dbt cannot tell of itself, so the build writes it."""

    name: ClassVar[str] = "dim_model"
    order: ClassVar[str] = "model"
    model: str
    kind: str
    """model, seed or source."""
    file: str
    """Below the project folder; of a delivered table, the contract it stands in."""
    description: str
    """What the project says of it, in English; ends with its grain."""
    parents: str
    """What it reads: names of this table, comma-separated."""
    tests: int
    """Data tests about it."""
    passed: int
    """Of these, passed in this build."""
    rows: int | None
    """Rows in this build; None for a view."""
