"""Quadrant, engagement and rising agents. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Quadrant(Mart):
    name: ClassVar[str] = "fct_quadrant"
    order: ClassVar[str] = "agent_id, window_kind, window_start"
    agent_id: str
    window_kind: str
    window_start: date
    quadrant: str
    action: str | None
    p_named: float | None
    ability_score: float | None
    ability_sd: float | None
    ability_low: float | None
    ability_high: float | None
    engagement_score: float | None
    engagement_sd: float | None
    engagement_low: float | None
    engagement_high: float | None
    engagement_items: int
    ability_cut: float
    engagement_cut: float
    ability_band_low: float | None
    ability_band_high: float | None
    engagement_band_low: float | None
    engagement_band_high: float | None
    quadrant_sure: float
    p_lead: float | None
    p_unblock: float | None
    p_develop: float | None
    p_restart: float | None


@dataclass(frozen=True)
class QuadrantCount(Mart):
    name: ClassVar[str] = "fct_quadrant_count"
    order: ClassVar[str] = "window_kind, window_start, grain, entity_id, quadrant"
    window_kind: str
    window_start: date
    grain: str
    entity_id: str
    quadrant: str
    people: int | None
    is_hidden: bool
    group_people: int


@dataclass(frozen=True)
class EngagementItem(Mart):
    name: ClassVar[str] = "fct_engagement_item"
    order: ClassVar[str] = "agent_id, window_kind, window_start, item"
    agent_id: str
    window_kind: str
    window_start: date
    item: str
    status: str
    n: int
    raw_percent: float | None
    fair_percent: float | None
    minimum_percent: float | None
    target_percent: float | None
    excellent_percent: float | None
    score: float | None


@dataclass(frozen=True)
class EngagementAxis(Mart):
    name: ClassVar[str] = "fct_engagement_axis"
    order: ClassVar[str] = "window_kind, window_start"
    window_kind: str
    window_start: date
    state: str
    items: int
    least_items: int
    people_checked: int
    alpha: float | None
    least_alpha: float
    people_rated: int


@dataclass(frozen=True)
class Rising(Mart):
    name: ClassVar[str] = "fct_rising"
    order: ClassVar[str] = "agent_id"
    agent_id: str
    window_kind: str
    window_start: date
    is_rising: bool
    is_hidden: bool
    score: float
    score_sd: float
    quarters: int
    slope_points_per_quarter: float | None
    slope_sd: float | None
    centre_slope_points_per_quarter: float | None
    p_rising: float | None
    score_raw: float | None
    score_adjusted: float | None
    p_high: float
