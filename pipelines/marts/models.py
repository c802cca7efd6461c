"""The models of the dbt project and how their tests came out. dbt cannot tell of itself, so the build writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Model(Mart):
    """One model, seed or delivered table. Not among `MARTS`: no SQL makes it."""

    name: ClassVar[str] = "dim_model"
    order: ClassVar[str] = "model"
    model: str
    kind: str
    """model, seed or source."""
    file: str
    """Below the project folder; for a delivered table the contract it stands in."""
    description: str
    """What the project says of it, in English; ends with its grain."""
    parents: str
    """What it reads, comma-separated names of this table."""
    tests: int
    """Data tests about it."""
    passed: int
    """Of these, passed in this build."""
    rows: int | None
    """Rows in this build; None for a view."""
