"""Differences of teams and of periods. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Difference(Mart):
    name: ClassVar[str] = "fct_difference"
    order: ClassVar[str] = "comparison, kpi_id, grain, entity_id, period_kind, period_start, other_id, other_start"
    comparison: str
    kpi_id: str
    grain: str
    entity_id: str
    period_kind: str
    period_start: date
    other_id: str
    other_start: date
    n: int
    other_n: int
    value: float
    other_value: float
    is_adjusted: bool
    difference: float
    difference_low: float | None
    difference_high: float | None
    q: float | None
    verdict: str
