"""What the site speaks about: KPIs, entities, teams, agents, periods. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Kpi(Mart):
    name: ClassVar[str] = "dim_kpi"
    order: ClassVar[str] = "position"
    kpi_id: str
    position: int
    label_en: str
    label_zh: str
    meaning_en: str
    meaning_zh: str
    unit: str
    family: str
    better: str
    decimals: int
    source_table: str
    counts_sql: str
    counts_people_sql: str
    measure_sql: str
    settles_after_days: int
    grains: str
    headline_grains: str
    aspect: str
    guards: str
    needs: str
    missing: str
    is_delivered: bool


@dataclass(frozen=True)
class Entity(Mart):
    name: ClassVar[str] = "dim_entity"
    order: ClassVar[str] = "grain, entity_id"
    grain: str
    entity_id: str
    name_en: str
    name_zh: str


@dataclass(frozen=True)
class Team(Mart):
    name: ClassVar[str] = "dim_team"
    order: ClassVar[str] = "team_id"
    team_id: str
    leader: str | None
    manager: str | None
    agents: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class Agent(Mart):
    name: ClassVar[str] = "dim_agent"
    order: ClassVar[str] = "agent_id"
    agent_id: str
    team_id: str | None
    role: str | None
    hire_date: date | None
    tenure_days: int | None
    tenure_band: str | None
    programme: str | None
    shift: str | None
    first_day: date | None
    last_day: date | None
    is_current: bool


@dataclass(frozen=True)
class Period(Mart):
    name: ClassVar[str] = "dim_period"
    order: ClassVar[str] = "period_kind, period_start"
    period_kind: str
    period_start: date
    period_end: date
    position: int
    is_complete: bool
    is_latest_complete: bool
    is_comparison: bool
