"""Training needs, recognition, model cases, mentors. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class TrainingNeed(Mart):
    name: ClassVar[str] = "fct_training_need"
    order: ClassVar[str] = "grain, entity_id, position"
    window_kind: str
    window_start: date
    grain: str
    entity_id: str
    dimension: str
    position: int
    items: int
    misses: int
    miss_share: float
    interval_low: float
    interval_high: float
    others_miss_share: float | None
    people: int | None
    people_short: int | None
    course_people: int | None
    last_course_on: date | None
    verdict: str


@dataclass(frozen=True)
class TrainingStage(Mart):
    name: ClassVar[str] = "fct_training_stage"
    order: ClassVar[str] = "grain, entity_id, stage"
    grain: str
    entity_id: str
    stage: str
    courses: int
    people: int
    people_all: int
    people_some: int
    people_none: int
    last_attended_on: date | None
    missing_courses_en: str | None
    missing_courses_zh: str | None


@dataclass(frozen=True)
class CourseDelivery(Mart):
    name: ClassVar[str] = "fct_course_delivery"
    order: ClassVar[str] = "course_id"
    course_id: str
    dimension: str | None
    methods: str | None
    trainers: int
    hours: float | None
    sessions: int
    invited: int
    attended: int
    approved_absences: int
    unexcused_absences: int
    voluntary_share: float | None
    new_starter_share: float | None


@dataclass(frozen=True)
class Recognition(Mart):
    name: ClassVar[str] = "fct_recognition"
    order: ClassVar[str] = "agent_id, window_start, source, reference"
    window_kind: str
    window_start: date
    is_current: bool
    agent_id: str
    team_id: str | None
    source: str
    reference: str
    kpi_id: str | None
    points: float
    amount: float | None
    probability: float | None
    earned_on: date


@dataclass(frozen=True)
class Badge(Mart):
    name: ClassVar[str] = "fct_badge"
    order: ClassVar[str] = "agent_id, earned_on, badge, reference"
    window_kind: str
    window_start: date
    is_current: bool
    agent_id: str
    team_id: str | None
    badge: str
    reference: str
    kpi_id: str | None
    amount: float | None
    n: int | None
    earned_on: date


@dataclass(frozen=True)
class PersonalBest(Mart):
    name: ClassVar[str] = "fct_personal_best"
    order: ClassVar[str] = "agent_id, kpi_id"
    agent_id: str
    team_id: str | None
    kpi_id: str
    month_start: date
    value: float
    n: int
    previous_best: float | None
    usual_value: float
    is_newest_month: bool


@dataclass(frozen=True)
class TeamBoard(Mart):
    name: ClassVar[str] = "fct_team_board"
    order: ClassVar[str] = "window_kind, window_start, position"
    window_kind: str
    window_start: date
    is_current: bool
    team_id: str
    position: int
    people: int
    points: float
    points_per_person: float
    improved_people: int
    plans_achieved: int
    plans_due: int
    kpis_on_target: int
    kpis_with_target: int
    points_per_person_before: float | None


@dataclass(frozen=True)
class RecognitionChoice(Mart):
    name: ClassVar[str] = "fct_recognition_choice"
    order: ClassVar[str] = "agent_id"
    agent_id: str
    shows_name: bool
    may_mentor: bool
    chosen_on: date | None


@dataclass(frozen=True)
class ModelCase(Mart):
    name: ClassVar[str] = "dim_model_case"
    order: ClassVar[str] = "position"
    case_id: str
    position: int
    dimension: str
    error_type: str | None
    for_tier: str
    title_en: str
    title_zh: str
    situation_en: str
    situation_zh: str
    what_helped_en: str
    what_helped_zh: str
    quote: str | None
    contact_id: str | None
    offset_seconds: float | None
    reason: str | None
    agent_id: str | None
    marked_on: date


@dataclass(frozen=True)
class MentorMatch(Mart):
    name: ClassVar[str] = "fct_mentor_match"
    order: ClassVar[str] = "agent_id, dimension, position"
    agent_id: str
    dimension: str
    position: int
    mentor_id: str
    is_same_team: bool
    mentor_miss_share: float
    mentor_items: int


@dataclass(frozen=True)
class RecognitionTotal(Mart):
    name: ClassVar[str] = "fct_recognition_total"
    order: ClassVar[str] = "window_kind, window_start, agent_id"
    window_kind: str
    window_start: date
    is_current: bool
    agent_id: str
    team_id: str | None
    points: float
    last_earned_on: date
    shows_name: bool
    place: int | None
