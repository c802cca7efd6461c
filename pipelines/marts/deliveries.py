"""What was delivered and what was refused. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


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
    owner_en: str = ""
    owner_zh: str = ""


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
    first_day: date | None = None
    last_day: date | None = None
    owner_en: str = ""
    owner_zh: str = ""


@dataclass(frozen=True)
class Doubt(Mart):
    name: ClassVar[str] = "fct_doubt"
    order: ClassVar[str] = "severity desc, first_day desc nulls first, table_name, file, doubt, column_name"
    delivery_id: str
    file: str
    table_name: str
    column_name: str
    doubt: str
    severity: str
    first_day: date | None
    last_day: date | None
    affected_rows: int
    observed: float | None
    expected: float | None
    unit: str
    owner_en: str = ""
    owner_zh: str = ""


@dataclass(frozen=True)
class AgentState(Mart):
    name: ClassVar[str] = "fct_agent_state"
    order: ClassVar[str] = "minutes desc, state, is_planned, activity"
    is_planned: bool
    state: str
    activity: str
    states: int
    minutes: float
    first_day: date
    last_day: date

    @property
    def seconds(self) -> float:
        """The same length in the unit in which the site says lengths."""
        return self.minutes * 60


@dataclass(frozen=True)
class Unrecognised(Mart):
    name: ClassVar[str] = "fct_unrecognised"
    order: ClassVar[str] = "file"
    file: str
    nearest_layout: str
    missing_columns: str
    reason: str
