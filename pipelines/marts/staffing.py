"""Who comes, who leaves and who is there. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Attrition(Mart):
    name: ClassVar[str] = "fct_attrition"
    order: ClassVar[str] = "grain, entity_id, period_kind, period_end"
    grain: str
    entity_id: str
    period_kind: str
    period_start: date
    period_end: date
    months: int
    is_latest: bool
    leavers: int
    headcount: float
    rate: float
    rate_low: float
    rate_high: float
    leavers_early: int | None
    leavers_later: int | None
    reference_low: float
    reference_high: float
    verdict: str


@dataclass(frozen=True)
class Ramp(Mart):
    name: ClassVar[str] = "fct_ramp"
    order: ClassVar[str] = "weeks"
    weeks: int
    at_risk: int
    share: float
    share_low: float | None
    share_high: float | None
    weeks_first_quarter: int | None
    weeks_half: int | None
    weeks_third_quarter: int | None


@dataclass(frozen=True)
class AttendanceDay(Mart):
    name: ClassVar[str] = "fct_attendance_day"
    order: ClassVar[str] = "grain, entity_id, day"
    grain: str
    entity_id: str
    day: date
    people: int
    share: float | None
    attendance_class: str


@dataclass(frozen=True)
class SystemicHours(Mart):
    name: ClassVar[str] = "fct_systemic_hours"
    order: ClassVar[str] = "kpi_id, window_kind, window_start"
    kpi_id: str
    window_kind: str
    window_start: date
    whose: str
    hours: float
