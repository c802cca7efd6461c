"""Plans, their progress, coverage of coaching, responses, expectations. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class CoachingPlan(Mart):
    name: ClassVar[str] = "fct_coaching_plan"
    order: ClassVar[str] = "agent_id, held_on, coaching_id, goal_number"
    coaching_id: str
    goal_number: int
    agent_id: str
    team_id: str | None
    coach: str | None
    held_on: date
    form: str | None
    trigger: str | None
    minutes: float | None
    programme: str | None
    topic: str | None
    horizon: str
    kpi_id: str | None
    measure: str | None
    baseline_value: float | None
    target_value: float | None
    due_on: date | None
    steps: str | None
    owner: str | None
    resources: str | None
    career_goal: str | None
    status: str
    status_on: date
    agent_comment: str | None
    acknowledged_on: date | None
    is_open: bool
    is_overdue: bool
    days_left: int | None
    is_latest_session: bool


@dataclass(frozen=True)
class GoalStatus(Mart):
    name: ClassVar[str] = "fct_goal_status"
    order: ClassVar[str] = "coaching_id, goal_number, position"
    coaching_id: str
    goal_number: int
    position: int
    status_on: date
    status: str
    note: str | None
    changed_method: str | None
    reviewer: str | None


@dataclass(frozen=True)
class CoachingProgress(Mart):
    name: ClassVar[str] = "fct_coaching_progress"
    order: ClassVar[str] = "agent_id, coaching_id, goal_number"
    coaching_id: str
    goal_number: int
    agent_id: str
    kpi_id: str
    horizon: str
    held_on: date
    due_on: date
    as_of: date
    baseline_value: float
    target_value: float
    n: int
    value_since: float | None
    value_low: float | None
    value_high: float | None
    path_value: float | None
    path_low: float | None
    path_high: float | None
    anyway_value: float | None
    anyway_low: float | None
    anyway_high: float | None
    p_on_path: float | None
    p_beyond_anyway: float | None
    state: str
    beyond_anyway: str
    status: str
    is_due: bool


@dataclass(frozen=True)
class CoachingProgressWeek(Mart):
    name: ClassVar[str] = "fct_coaching_progress_week"
    order: ClassVar[str] = "coaching_id, goal_number, week_start"
    coaching_id: str
    goal_number: int
    week_start: date
    n: int
    value: float | None
    path_value: float
    path_low: float | None
    path_high: float | None


@dataclass(frozen=True)
class CoachingCoverage(Mart):
    name: ClassVar[str] = "fct_coaching_coverage"
    order: ClassVar[str] = "grain, entity_id, window_kind, window_start"
    window_kind: str
    window_start: date
    window_end: date
    is_current: bool
    grain: str
    entity_id: str
    people: int
    coached_people: int
    sessions: int
    minutes: float
    minutes_per_person: float | None
    proactive_sessions: int
    reactive_sessions: int
    proactive_share: float | None
    acknowledged_share: float | None
    disputes: int
    last_held_on: date | None
    days_since_last: int | None
    people_overdue: int


@dataclass(frozen=True)
class CoachingCoverageMix(Mart):
    name: ClassVar[str] = "fct_coaching_coverage_mix"
    order: ClassVar[str] = "grain, entity_id, window_kind, window_start, group_kind, group_name"
    window_kind: str
    window_start: date
    is_current: bool
    grain: str
    entity_id: str
    group_kind: str
    group_name: str
    people: int | None
    sessions: int | None
    minutes: float | None
    minutes_per_person: float | None
    proactive_share: float | None
    is_hidden: bool


@dataclass(frozen=True)
class AgentResponse(Mart):
    name: ClassVar[str] = "fct_agent_response"
    order: ClassVar[str] = "agent_id, responded_on, response_id"
    response_id: str
    agent_id: str
    team_id: str | None
    responded_on: date
    about: str
    reference: str | None
    kind: str
    text: str | None
    answered_on: date | None
    answer: str | None
    outcome: str | None
    is_open: bool
    days_open: int | None


@dataclass(frozen=True)
class Expectation(Mart):
    name: ClassVar[str] = "fct_expectation"
    order: ClassVar[str] = "role, kpi_id, valid_from"
    role: str
    kpi_id: str
    valid_from: date
    valid_until: date | None
    minimum: float | None
    target: float
    excellent: float | None
    previous_target: float | None
    basis: str
    owner: str
    weight: float | None
    is_in_force: bool
