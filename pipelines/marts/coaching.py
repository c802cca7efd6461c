"""What to coach: focus, causes, evidence, group topics, the week. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class CoachingFocus(Mart):
    name: ClassVar[str] = "fct_coaching_focus"
    order: ClassVar[str] = "agent_id, window_kind, window_start, role, position"
    window_kind: str
    window_start: date
    is_current: bool
    agent_id: str
    team_id: str | None
    role: str
    position: int
    subject: str
    kpi_id: str
    item: str | None
    dimension: str | None
    error_type: str | None
    n: int
    compared_with: str
    value: float | None
    steadied_value: float | None
    steadied_low: float | None
    steadied_high: float | None
    target: float | None
    gap: float | None
    gap_centre: float | None
    gap_team: float | None
    gap_agent: float | None
    shared_share: float | None
    probability: float | None
    misses: int | None
    cause: str | None
    form: str | None
    form_reason: str | None


@dataclass(frozen=True)
class CoachingCause(Mart):
    name: ClassVar[str] = "fct_coaching_cause"
    order: ClassVar[str] = "agent_id, window_kind, window_start, cause, fact, detail"
    window_kind: str
    window_start: date
    is_current: bool
    agent_id: str
    cause: str
    fact: str
    detail: str
    kpi_id: str | None
    speaks: str
    amount: float | None
    comparison: float | None
    unit: str
    n: int | None


@dataclass(frozen=True)
class CoachingEvidence(Mart):
    name: ClassVar[str] = "fct_coaching_evidence"
    order: ClassVar[str] = "agent_id, sign, position, card_id"
    card_id: str
    agent_id: str
    team_id: str | None
    sign: str
    position: int
    source: str
    complaint_id: str | None
    complaint_type: str | None
    verdict: str | None
    match_quality: str | None
    received_at: datetime | None
    evaluation_id: str | None
    scored_at: datetime | None
    contact_id: str | None
    call_started_at: datetime | None
    said_at: datetime | None
    offset_seconds: float | None
    reason: str | None
    item: str | None
    dimension: str | None
    error_type: str | None
    is_critical: bool
    points: float | None
    max_points: float | None
    quote: str | None
    came_back: bool | None
    survey_score: float | None
    survey_max: float | None
    agent_complaints_in_month: int | None
    centre_complaints_in_month: int | None
    standard_policy_id: str | None
    consequence_policy_id: str | None
    lacks_quote: bool
    lacks_time: bool
    lacks_technique: bool
    is_complete: bool
    is_recent: bool


@dataclass(frozen=True)
class ErrorType(Mart):
    name: ClassVar[str] = "dim_error_type"
    order: ClassVar[str] = "position"
    error_type: str
    position: int
    kpi_id: str | None
    dimension: str | None
    label_en: str
    label_zh: str
    practice: str


@dataclass(frozen=True)
class Policy(Mart):
    name: ClassVar[str] = "dim_policy"
    order: ClassVar[str] = "error_type, kind, valid_from, policy_id"
    policy_id: str
    error_type: str
    kind: str
    text_en: str
    text_zh: str
    source_en: str
    source_zh: str
    valid_from: date
    owner: str
    review_on: date | None
    is_in_force: bool


@dataclass(frozen=True)
class GroupTopic(Mart):
    name: ClassVar[str] = "fct_group_topic"
    order: ClassVar[str] = "window_kind, window_start, team_id, position"
    window_kind: str
    window_start: date
    is_current: bool
    team_id: str
    position: int
    error_type: str
    dimension: str | None
    items: int
    misses: int
    people: int
    people_missing: int
    miss_share: float
    centre_miss_share: float | None
    p_above_centre: float | None
    verdict: str


@dataclass(frozen=True)
class RolePlay(Mart):
    name: ClassVar[str] = "fct_role_play"
    order: ClassVar[str] = "window_kind, window_start, team_id, position"
    window_kind: str
    window_start: date
    is_current: bool
    team_id: str
    position: int
    reason: str
    error_type: str
    misses: int
    items: int
    contacts: int
    contact_share: float
    quote: str | None


@dataclass(frozen=True)
class CoachingSchedule(Mart):
    name: ClassVar[str] = "fct_coaching_schedule"
    order: ClassVar[str] = "team_id, position"
    team_id: str
    agent_id: str
    position: int
    main_reason: str
    reasons: str
    tier: str | None
    quadrant: str | None
    last_held_on: date | None
    days_since_last: int | None
    minutes_suggested: int
    minutes_cumulative: int
    hours_available: float
    is_within_hours: bool
    form: str
