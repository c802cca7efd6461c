"""QA fairness: graders, agreement, coverage, the next sample, skills. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class SkillDimension(Mart):
    name: ClassVar[str] = "dim_skill_dimension"
    order: ClassVar[str] = "position"
    dimension: str
    label_en: str
    label_zh: str
    position: int
    is_delivered: bool


@dataclass(frozen=True)
class Agreement(Mart):
    name: ClassVar[str] = "fct_agreement"
    order: ClassVar[str] = "comparison, grader"
    comparison: str
    grader: str
    pairs: int
    bias_points: float
    bias_low: float | None
    bias_high: float | None
    difference_sd_points: float | None
    limit_low: float | None
    limit_high: float | None
    verdict: str


@dataclass(frozen=True)
class AgreementPoint(Mart):
    name: ClassVar[str] = "fct_agreement_point"
    order: ClassVar[str] = "comparison, grader, point_number"
    comparison: str
    grader: str
    point_number: int
    mean_points: float
    difference_points: float


@dataclass(frozen=True)
class Calibration(Mart):
    name: ClassVar[str] = "fct_calibration"
    order: ClassVar[str] = "form, measure"
    form: str
    measure: str
    contacts: int
    graders: int
    ratings: int
    panel_contacts: int
    panel_graders: int
    icc_single: float | None
    icc_average: float | None
    icc_consistent: float | None
    alpha_interval: float | None
    alpha_nominal: float | None
    agreement: float | None
    agreement_low: float | None
    agreement_high: float | None
    typical_difference_points: float | None
    verdict: str


@dataclass(frozen=True)
class CriticalErrorCost(Mart):
    name: ClassVar[str] = "fct_critical_error_cost"
    order: ClassVar[str] = "window_kind, window_start"
    window_kind: str
    window_start: date
    forms: int
    mean_points: float | None
    form_sd_points: float | None
    agent_sd_points: float | None
    critical_error_share: float | None
    zeroed_mean_points: float | None
    zeroed_form_sd_points: float | None
    reliability: float
    forms_needed: float | None
    zeroed_forms_needed: float | None


@dataclass(frozen=True)
class Grader(Mart):
    name: ClassVar[str] = "fct_grader"
    order: ClassVar[str] = "grader"
    grader: str
    quarter_start: date
    first_day: date
    last_day: date
    forms: int
    agents: int
    calibration_forms: int
    own_team_forms: int
    monitor_share: float | None
    third_party_share: float | None
    test_call_share: float | None
    mean_score_points: float | None
    comparable_forms: float
    verdict: str
    leniency_points: float
    leniency_low: float | None
    leniency_high: float | None
    reliability: float
    standing: str


@dataclass(frozen=True)
class QaCoverage(Mart):
    name: ClassVar[str] = "fct_qa_coverage"
    order: ClassVar[str] = "window_kind, window_start, agent_id"
    window_kind: str
    window_start: date
    agent_id: str
    team_id: str | None
    forms: int
    third_party_forms: int
    test_calls: int
    contacts_scored: int
    contacts_handled: int | None
    coverage_share: float | None
    sampling_error_points: float | None
    remaining_sd_points: float | None
    reliability: float | None
    days_since_last_form: int | None


@dataclass(frozen=True)
class QaItem(Mart):
    name: ClassVar[str] = "fct_qa_item"
    order: ClassVar[str] = "window_kind, window_start, grain, entity_id, level, position"
    window_kind: str
    window_start: date
    grain: str
    entity_id: str
    level: str
    dimension: str
    item: str
    is_critical: bool
    position: int
    items: int
    misses: int
    miss_share: float
    interval_low: float
    interval_high: float
    lost_share: float
    cumulative_share: float | None


@dataclass(frozen=True)
class QaSamplingPlan(Mart):
    name: ClassVar[str] = "fct_qa_sampling_plan"
    order: ClassVar[str] = "agent_id"
    agent_id: str
    team_id: str | None
    window_kind: str
    window_start: date
    forms: int
    p_low: float | None
    p_high: float | None
    closeness: float | None
    weight: float
    suggested_forms: int
    remaining_sd_points: float
    expected_sd_points: float
    reason: str
    budget_forms: int


@dataclass(frozen=True)
class SkillProfile(Mart):
    name: ClassVar[str] = "fct_skill_profile"
    order: ClassVar[str] = "window_kind, window_start, grain, entity_id, dimension"
    window_kind: str
    window_start: date
    grain: str
    entity_id: str
    dimension: str
    forms: int
    items: int
    raw_points: float
    fair_points: float
    interval_low: float | None
    interval_high: float | None
    centre_points: float
    difference_points: float
    reliability: float | None
    is_enough: bool
    verdict: str
