"""The indices of the sources, workload and conduct. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class CallVolume(Mart):
    name: ClassVar[str] = "fct_call_volume"
    order: ClassVar[str] = "grain, entity_id, period_kind, period_start, variant"
    grain: str
    entity_id: str
    period_kind: str
    period_start: date
    variant: str
    is_chosen: bool
    is_known: bool
    contacts_handled: int
    deducted: int
    scheduled_days: float
    prorated_quota: float
    agent_months: int
    value: float | None


@dataclass(frozen=True)
class IndexPart(Mart):
    name: ClassVar[str] = "fct_index_part"
    order: ClassVar[str] = "kpi_id, grain, entity_id, period_kind, period_start, position"
    kpi_id: str
    grain: str
    entity_id: str
    period_kind: str
    period_start: date
    basis: str
    position: int
    part: str
    amount: float
    n: int | None
    unit: str


@dataclass(frozen=True)
class Workload(Mart):
    name: ClassVar[str] = "fct_workload"
    order: ClassVar[str] = "grain, entity_id, period_kind, period_start"
    grain: str
    entity_id: str
    period_kind: str
    period_start: date
    planned_days: int
    due_hours: float | None
    worked_hours: float | None
    conformance: float | None
    handle_hours: float | None
    available_hours: float | None
    occupancy: float | None
    occupancy_warning: float
    is_warning: bool
    late_days: int
    absent_days: int


@dataclass(frozen=True)
class Conduct(Mart):
    name: ClassVar[str] = "fct_conduct"
    order: ClassVar[str] = "agent_id, day"
    agent_id: str
    day: date
    what: str
    missing_minutes: float | None
