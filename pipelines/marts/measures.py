"""KPIs as measured: values, signals, funnels, spread, events. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class KpiValue(Mart):
    name: ClassVar[str] = "fct_kpi_value"
    order: ClassVar[str] = "kpi_id, grain, entity_id, period_kind, period_start"
    kpi_id: str
    grain: str
    entity_id: str
    period_kind: str
    period_start: date
    n: int
    w: float
    o: float
    ss: float
    value: float
    interval_low: float | None
    interval_high: float | None
    target: float | None
    attainment: float | None
    judged: bool
    verdict: str
    previous_value: float | None
    change: float | None


@dataclass(frozen=True)
class KpiSignal(Mart):
    name: ClassVar[str] = "fct_kpi_signal"
    order: ClassVar[str] = "kpi_id, grain, entity_id, period_start"
    kpi_id: str
    grain: str
    entity_id: str
    period_kind: str
    period_start: date
    weeks: int
    n: int
    value: float
    centre_line: float
    lower_limit: float
    upper_limit: float
    target: float | None
    in_baseline: bool
    finding: str
    rule: str
    assurance: str
    points: int
    is_trial: bool
    is_latest: bool


@dataclass(frozen=True)
class Attention(Mart):
    name: ClassVar[str] = "fct_attention"
    order: ClassVar[str] = "position"
    position: int
    kpi_id: str
    grain: str
    entity_id: str
    period_start: date
    value: float
    centre_line: float
    target: float | None
    finding: str
    rule: str
    assurance: str


@dataclass(frozen=True)
class KpiFunnel(Mart):
    name: ClassVar[str] = "fct_kpi_funnel"
    order: ClassVar[str] = "kpi_id, grain, entity_id"
    kpi_id: str
    grain: str
    entity_id: str
    n: int
    value: float
    is_adjusted: bool
    position: str


@dataclass(frozen=True)
class FunnelLimit(Mart):
    name: ClassVar[str] = "fct_funnel_limit"
    order: ClassVar[str] = "kpi_id, grain, n"
    kpi_id: str
    grain: str
    n: int
    centre_value: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True)
class Distribution(Mart):
    name: ClassVar[str] = "fct_kpi_distribution"
    order: ClassVar[str] = "kpi_id, grain, bin_low"
    kpi_id: str
    grain: str
    bin_low: float
    bin_high: float
    entities: int


@dataclass(frozen=True)
class Event(Mart):
    name: ClassVar[str] = "fct_event"
    order: ClassVar[str] = "started_on, event_id"
    event_id: str
    started_on: date
    ended_on: date | None
    scope: str
    scope_id: str | None
    kind: str | None
    text_en: str
    text_zh: str
