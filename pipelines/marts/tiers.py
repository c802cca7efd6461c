"""Tiers and what they rest on. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Standing(Mart):
    name: ClassVar[str] = "fct_standing"
    order: ClassVar[str] = "kpi_id, agent_id, window_kind, window_start"
    kpi_id: str
    window_kind: str
    window_start: date
    agent_id: str
    n: int
    value: float
    expected_value: float
    adjusted_value: float
    steadied_value: float
    steadied_low: float
    steadied_high: float
    peer_value: float
    peer: str
    reliability: float
    no_reference_share: float
    design_effect: float
    separates_people: bool
    comparison: str
    weight: float | None
    minimum: float | None
    target: float | None
    excellent: float | None
    basis: str | None
    anchors_source: str | None
    points: float | None
    points_raw: float | None
    points_adjusted: float | None
    contribution: float | None
    contribution_at_target: float | None
    contribution_at_most: float | None
    is_capped: bool
    capped_by: str | None


@dataclass(frozen=True)
class PeerRange(Mart):
    name: ClassVar[str] = "fct_peer_range"
    order: ClassVar[str] = "kpi_id, peer, window_kind, window_start"
    kpi_id: str
    window_kind: str
    window_start: date
    peer: str
    people: int
    middle_low: float
    middle_high: float


@dataclass(frozen=True)
class Tier(Mart):
    name: ClassVar[str] = "fct_tier"
    order: ClassVar[str] = "agent_id, window_kind, window_start"
    agent_id: str
    window_kind: str
    window_start: date
    window_end: date
    is_current: bool
    team_id: str | None
    role: str
    tenure_days: int | None
    tenure_band: str
    tier: str
    rule_tier: str
    previous_tier: str | None
    quantile_tier: str
    raw_quantile_tier: str
    strength: str | None
    borderline: str | None
    no_tier_reason: str | None
    is_gated: bool
    p_critical: float
    score: float
    score_sd: float
    score_low: float
    score_high: float
    score_raw: float | None
    score_adjusted: float | None
    p_low: float
    p_mid: float
    p_high: float
    p_flip: float | None
    reliability: float
    coverage: float
    no_reference_share: float | None
    contacts: int
    tier_low_cut: float
    tier_high_cut: float
    rules: str
    revision: int | None
    revised_score_change: float | None
    revised_from: str | None


@dataclass(frozen=True)
class TierMove(Mart):
    name: ClassVar[str] = "fct_tier_move"
    order: ClassVar[str] = "agent_id, window_start"
    agent_id: str
    window_start: date
    previous_start: date
    is_current: bool
    team_id: str | None
    tier: str
    previous_tier: str
    score_change: float
    skill_part: float
    rule_part: float
    revision_part: float
    mix_removed: float | None
    score_sd_change: float
    main_reason: str


@dataclass(frozen=True)
class TierMix(Mart):
    name: ClassVar[str] = "fct_tier_mix"
    order: ClassVar[str] = "grain, entity_id, window_kind, window_start"
    grain: str
    entity_id: str
    window_kind: str
    window_start: date
    window_end: date
    is_current: bool
    people: int
    high: int
    mid: int
    low: int
    not_enough_evidence: int
    new_starter: int
    conflicts: int
    raw_low: int
    raw_low_not_low: int
    mean_score: float
    mean_score_low: float
    mean_score_high: float
    expected_flips: float


@dataclass(frozen=True)
class TierTransition(Mart):
    name: ClassVar[str] = "fct_tier_transition"
    order: ClassVar[str] = "window_start, previous_tier, tier"
    window_start: date
    previous_start: date
    previous_tier: str
    tier: str
    people_rounded: int | None
    rounded_to: int
    least_people: int


@dataclass(frozen=True)
class TierChange(Mart):
    name: ClassVar[str] = "fct_tier_change"
    order: ClassVar[str] = "window_start"
    window_start: date
    previous_start: date
    is_current: bool
    people: int
    changed: int | None
    expected_by_chance: float
    direction: str
    verdict: str


@dataclass(frozen=True)
class TierCount(Mart):
    name: ClassVar[str] = "fct_tier_count"
    order: ClassVar[str] = "window_kind, window_start, tier"
    window_kind: str
    window_start: date
    window_end: date
    is_current: bool
    tier: str
    people: int | None
    people_in_all: int
    people_hidden: int


@dataclass(frozen=True)
class Rule(Mart):
    name: ClassVar[str] = "dim_rule"
    order: ClassVar[str] = "rule_id"
    rule_id: str
    value: float
    unit: str
    valid_from: date
    owner: str


@dataclass(frozen=True)
class Anchor(Mart):
    name: ClassVar[str] = "dim_anchor"
    order: ClassVar[str] = "role, kpi_id"
    role: str
    kpi_id: str
    weight: float
    minimum: float
    target: float
    excellent: float
    basis: str
    anchors_source: str
    owner: str
    weight_owner: str
    weight_valid_from: date
