"""The seam between dbt and the site: one frozen dataclass per mart, with exactly the columns the site relies on.

Belongs here: names and types of columns (a test compares them with the marts' contracts), and `rows` that reads them.
Does not belong here: arithmetic, text, what columns mean (the marts' yml).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import ClassVar, TypeVar

from pipelines import warehouse


class Mart:
    """Base of all marts. `name` is the dbt model and Parquet file; `order` makes reading deterministic."""

    name: ClassVar[str]
    order: ClassVar[str]


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


@dataclass(frozen=True)
class DeliveredTable(Mart):
    name: ClassVar[str] = "dim_table"
    order: ClassVar[str] = "position"
    table_name: str
    position: int
    label_en: str
    label_zh: str
    is_delivered: bool
    accepted_rows: int
    refused_rows: int
    held_rows: int
    first_day: date | None
    last_day: date | None
    days_behind: int | None


@dataclass(frozen=True)
class Delivery(Mart):
    name: ClassVar[str] = "fct_delivery"
    order: ClassVar[str] = "sequence, table_name"
    delivery_id: str
    sequence: int
    file: str
    layout: str
    table_name: str
    file_rows: int
    not_applicable_rows: int
    accepted_rows: int
    refused_rows: int
    superseded_rows: int
    reasons: str
    first_day: date | None
    last_day: date | None
    days_behind: int | None


@dataclass(frozen=True)
class Refusal(Mart):
    name: ClassVar[str] = "fct_refusal"
    order: ClassVar[str] = "file, table_name, column_name, reason"
    delivery_id: str
    file: str
    table_name: str
    column_name: str
    reason: str
    refused_rows: int
    first_lines: str


@dataclass(frozen=True)
class Unrecognised(Mart):
    name: ClassVar[str] = "fct_unrecognised"
    order: ClassVar[str] = "file"
    file: str
    nearest_layout: str
    missing_columns: str
    reason: str


MARTS: tuple[type[Mart], ...] = (
    Kpi, Entity, Team, Agent, Period, KpiValue, KpiSignal, Attention, KpiFunnel, FunnelLimit, Distribution,
    Event, DeliveredTable, Delivery, Refusal, Unrecognised,
)  # fmt: skip
"""Every mart, in the order they are exported."""
M = TypeVar("M", bound=Mart)


def columns(mart: type[Mart]) -> list[str]:
    """Column names of a mart in contract order."""
    return [field.name for field in fields(mart)]  # type: ignore[arg-type]


def rows(folder: Path, mart: type[M], where: str = "", parameters: Sequence[object] = ()) -> list[M]:
    """All rows of `<folder>/<mart>.parquet` as typed objects, in the mart's order.

    `where` filters by plain columns with ? placeholders. Raises FileNotFoundError when the mart was not exported.
    """
    file = folder / f"{mart.name}.parquet"
    if not file.is_file():
        raise FileNotFoundError(file)
    query = f"select {', '.join(columns(mart))} from read_parquet(?) where {where or 'true'} order by {mart.order}"
    return [mart(*row) for row in warehouse.read(query, [str(file), *parameters])]
