"""Systemic or individual, guards, mix, hovering. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class Systemic(Mart):
    name: ClassVar[str] = "fct_systemic"
    order: ClassVar[str] = "kpi_id, window_kind, window_start"
    kpi_id: str
    window_kind: str
    window_start: date
    agents: int
    teams: int
    centre_value: float | None
    interval_low: float | None
    interval_high: float | None
    target: float | None
    gap: float | None
    p_centre_below: float | None
    share_below: float | None
    observed_share_below: float | None
    tau2_agent: float | None
    tau2_team: float | None
    icc_team: float | None
    q_statistic: float | None
    q_p: float | None
    team_problems: int
    individuals: int
    confirmed_individuals: int
    expected_by_chance: float | None
    is_centre_wide: bool
    verdict: str
    cause: str | None
    likely_owner: str | None
    owner_en: str | None
    owner_zh: str | None


@dataclass(frozen=True)
class SystemicTeam(Mart):
    name: ClassVar[str] = "fct_systemic_team"
    order: ClassVar[str] = "kpi_id, window_kind, window_start, team_id"
    kpi_id: str
    window_kind: str
    window_start: date
    team_id: str
    agents: int
    value: float
    interval_low: float
    interval_high: float
    target: float
    gap: float
    p_team_below: float
    share_below: float
    p_below_centre: float
    is_team_problem: bool
    verdict: str


@dataclass(frozen=True)
class SystemicAgent(Mart):
    name: ClassVar[str] = "fct_systemic_agent"
    order: ClassVar[str] = "kpi_id, window_kind, window_start, agent_id"
    kpi_id: str
    window_kind: str
    window_start: date
    agent_id: str
    adjusted_value: float
    steadied_value: float | None
    steadied_low: float | None
    steadied_high: float | None
    target: float | None
    gap: float | None
    gap_centre: float | None
    gap_team: float | None
    gap_agent: float | None
    p_below: float | None
    p_below_team: float | None
    bh_q: float | None
    is_individual: bool
    is_confirmed: bool
    verdict: str


@dataclass(frozen=True)
class SystemicReason(Mart):
    name: ClassVar[str] = "fct_systemic_reason"
    order: ClassVar[str] = "kpi_id, window_kind, window_start, reason"
    kpi_id: str
    window_kind: str
    window_start: date
    reason: str
    n: int
    value: float
    target: float
    volume_share: float
    contribution: float
    gap_share: float | None
    recorded_share: float
    is_named: bool


@dataclass(frozen=True)
class MixShift(Mart):
    name: ClassVar[str] = "fct_mix_shift"
    order: ClassVar[str] = "kpi_id, window_kind, window_start"
    kpi_id: str
    window_kind: str
    window_start: date
    previous_start: date
    n_before: int
    n_after: int
    value_before: float
    value_after: float
    change: float
    mix_part: float
    performance_part: float


@dataclass(frozen=True)
class MixSegment(Mart):
    name: ClassVar[str] = "fct_mix_segment"
    order: ClassVar[str] = "kpi_id, window_kind, window_start, position"
    kpi_id: str
    window_kind: str
    window_start: date
    position: int
    channel: str | None
    queue: str | None
    reason: str | None
    segment: str | None
    share_before: float
    share_after: float
    value_before: float | None
    value_after: float | None
    mix_part: float
    performance_part: float
    contribution: float


@dataclass(frozen=True)
class Guard(Mart):
    name: ClassVar[str] = "fct_guard"
    order: ClassVar[str] = "grain, entity_id, kpi_id, guard_kpi_id, window_kind, window_start"
    grain: str
    entity_id: str
    kpi_id: str
    guard_kpi_id: str
    window_kind: str
    window_start: date
    n: int
    value: float
    expected_value: float
    z: float | None
    is_comparable: bool
    is_red: bool


@dataclass(frozen=True)
class ShortContact(Mart):
    name: ClassVar[str] = "fct_short_contact"
    order: ClassVar[str] = "grain, entity_id, window_kind, window_start"
    grain: str
    entity_id: str
    window_kind: str
    window_start: date
    contacts: int
    short_contacts: int
    short_share: float
    handle_seconds: float
    handle_seconds_without_short: float | None
    is_shown: bool


@dataclass(frozen=True)
class NetHandleTime(Mart):
    name: ClassVar[str] = "fct_net_handle_time"
    order: ClassVar[str] = "grain, entity_id, window_kind, window_start"
    grain: str
    entity_id: str
    window_kind: str
    window_start: date
    issues: int
    resolved_issues: int
    contacts: int
    contacts_per_issue: float
    handle_seconds_per_contact: float
    handle_seconds_per_resolved_issue: float | None


@dataclass(frozen=True)
class ReasonDrift(Mart):
    name: ClassVar[str] = "fct_reason_drift"
    order: ClassVar[str] = "window_kind, window_start, agent_id"
    window_kind: str
    window_start: date
    agent_id: str
    n: int
    psi: float
    psi_by_chance: float
    z: float
    more_often: str | None
    more_often_by: float | None
    less_often: str | None
    less_often_by: float | None
    is_red: bool


@dataclass(frozen=True)
class TradeOff(Mart):
    name: ClassVar[str] = "fct_trade_off"
    order: ClassVar[str] = "grain, entity_id, window_kind, window_start"
    grain: str
    entity_id: str
    window_kind: str
    window_start: date
    agents: int
    weeks: int
    slope: float | None
    interval_low: float | None
    interval_high: float | None
    change_when_tenth_faster: float | None
    verdict: str


@dataclass(frozen=True)
class Hovering(Mart):
    name: ClassVar[str] = "fct_hovering"
    order: ClassVar[str] = "grain, entity_id, kpi_id, window_kind, window_start"
    grain: str
    entity_id: str
    kpi_id: str
    window_kind: str
    window_start: date
    minimum: float | None
    reach: float
    days: int
    agents: int
    days_near: int
    days_above: int
    share_above: float | None
    expected_share: float | None
    z: float | None
    p_independent_days: float | None
    verdict: str


@dataclass(frozen=True)
class HoveringBin(Mart):
    name: ClassVar[str] = "fct_hovering_bin"
    order: ClassVar[str] = "grain, entity_id, kpi_id, window_kind, window_start, position"
    grain: str
    entity_id: str
    kpi_id: str
    window_kind: str
    window_start: date
    position: int
    bin_low: float
    bin_high: float
    days: int
    expected_days: float
    is_within_reach: bool
