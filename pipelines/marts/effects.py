"""Whether coaching and training worked. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Programme(Mart):
    name: ClassVar[str] = "dim_programme"
    order: ClassVar[str] = "programme_kind, programme_id"
    programme_kind: str
    programme_id: str
    name_en: str
    name_zh: str
    stage: str | None
    course_type: str | None
    trainer_source: str | None
    first_day: date
    last_day: date
    sessions: int
    people: int
    outcomes: int
    tests: int
    mean_test_points: float | None
    reactions: int
    mean_reaction_points: float | None


@dataclass(frozen=True)
class ProgrammeEffect(Mart):
    name: ClassVar[str] = "fct_programme_effect"
    order: ClassVar[str] = "programme_kind, programme_id, kpi_id"
    programme_kind: str
    programme_id: str
    name_en: str
    name_zh: str
    kpi_id: str
    outcome_level: str
    first_start_month: date
    last_start_month: date
    people: int
    n_treated: int
    n_control: int
    months_after: int | None
    before_after_gain: float | None
    before_after_error: float | None
    before_after_claims: bool
    selection_did_gain: float | None
    selection_did_error: float | None
    selection_did_claims: bool
    selection_gap: float | None
    baseline_correlation: float | None
    expected_regression_gain: float | None
    skip_did_gain: float | None
    skip_did_error: float | None
    ancova_gain: float | None
    ancova_error: float | None
    gain_low: float | None
    gain_high: float | None
    mean_z: float | None
    p_value: float | None
    bh_q: float | None
    minimum_detectable_gain: float | None
    worthwhile_gain: float | None
    is_assessable: bool
    is_measurable_gain: bool
    is_counted_gain: bool
    verdict: str
    reason: str


@dataclass(frozen=True)
class EffectShare(Mart):
    name: ClassVar[str] = "fct_effect_share"
    order: ClassVar[str] = "programme_kind, outcome_level"
    programme_kind: str
    outcome_level: str
    programmes: int
    assessable: int
    not_assessable: int
    gains: int
    gains_not_assessable: int
    before_after_claims: int
    gain_share: float | None
    gain_share_low: float | None
    gain_share_high: float | None
    expected_by_chance: float
    optimistic_share: float | None


@dataclass(frozen=True)
class EffectDecay(Mart):
    name: ClassVar[str] = "fct_effect_decay"
    order: ClassVar[str] = "programme_kind, programme_id, kpi_id, months_after"
    programme_kind: str
    programme_id: str
    kpi_id: str
    months_after: int
    from_days_after: int
    to_days_after: int
    n_treated: int
    n_control: int
    gain: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True)
class AgentChange(Mart):
    name: ClassVar[str] = "fct_agent_change"
    order: ClassVar[str] = "agent_id, kpi_id, coaching_month"
    agent_id: str
    kpi_id: str
    coaching_month: date
    sessions: int
    months_after: int
    peers: int
    value_before: float
    value_after: float
    expected_value: float
    gain: float
    expected_gain: float
    gain_beyond_expected: float
    gain_error: float
    z: float
    probability_improved: float
    finding: str
