"""The seam between dbt and the site: one frozen dataclass per mart, with exactly the columns the site relies on.

Belongs here: names and types of columns (a test compares them with the marts' contracts), and `rows` that reads them.
Does not belong here: arithmetic, text, what columns mean (the marts' yml).
"""

from __future__ import annotations

from pipelines.marts.base import Mart, columns, rows
from pipelines.marts.deliveries import DeliveredTable, Delivery, Refusal, Unrecognised
from pipelines.marts.dimensions import Agent, Entity, Kpi, Period, Team
from pipelines.marts.effects import AgentChange, EffectDecay, EffectShare, Programme, ProgrammeEffect
from pipelines.marts.measures import Attention, Distribution, Event, FunnelLimit, KpiFunnel, KpiSignal, KpiValue
from pipelines.marts.people import CallVolume, Conduct, IndexPart, Workload
from pipelines.marts.quality import (
    Agreement,
    AgreementPoint,
    Calibration,
    CriticalErrorCost,
    Grader,
    QaCoverage,
    QaItem,
    QaSamplingPlan,
    SkillDimension,
    SkillProfile,
)
from pipelines.marts.signals import FunnelSpread, RankingCost
from pipelines.marts.systemic import (
    Guard,
    Hovering,
    HoveringBin,
    MixSegment,
    MixShift,
    NetHandleTime,
    ReasonDrift,
    ShortContact,
    Systemic,
    SystemicAgent,
    SystemicReason,
    SystemicTeam,
    TradeOff,
)
from pipelines.marts.talent import EngagementAxis, EngagementItem, Quadrant, QuadrantCount, Rising
from pipelines.marts.tiers import Anchor, Rule, Standing, Tier, TierChange, TierCount, TierMix, TierMove, TierTransition

MARTS: tuple[type[Mart], ...] = (
    Kpi, Entity, Team, Agent, Period,
    KpiValue, KpiSignal, Attention, KpiFunnel, FunnelLimit, Distribution, Event,
    Programme, ProgrammeEffect, EffectShare, EffectDecay, AgentChange,
    CallVolume, IndexPart, Workload, Conduct,
    SkillDimension, Agreement, AgreementPoint, Calibration, CriticalErrorCost, Grader, QaCoverage, QaItem,
    QaSamplingPlan, SkillProfile,
    FunnelSpread, RankingCost,
    Systemic, SystemicTeam, SystemicAgent, SystemicReason, MixShift, MixSegment, Guard, ShortContact, NetHandleTime,
    ReasonDrift, TradeOff, Hovering, HoveringBin,
    Quadrant, QuadrantCount, EngagementItem, EngagementAxis, Rising,
    Standing, Tier, TierMove, TierMix, TierTransition, TierChange, TierCount, Rule, Anchor,
    DeliveredTable, Delivery, Refusal, Unrecognised,
)  # fmt: skip
"""Every mart, in the order they are exported."""

__all__ = [
    "MARTS",
    "Agent",
    "AgentChange",
    "Agreement",
    "AgreementPoint",
    "Anchor",
    "Attention",
    "Calibration",
    "CallVolume",
    "Conduct",
    "CriticalErrorCost",
    "DeliveredTable",
    "Delivery",
    "Distribution",
    "EffectDecay",
    "EffectShare",
    "EngagementAxis",
    "EngagementItem",
    "Entity",
    "Event",
    "FunnelLimit",
    "FunnelSpread",
    "Grader",
    "Guard",
    "Hovering",
    "HoveringBin",
    "IndexPart",
    "Kpi",
    "KpiFunnel",
    "KpiSignal",
    "KpiValue",
    "Mart",
    "MixSegment",
    "MixShift",
    "NetHandleTime",
    "Period",
    "Programme",
    "ProgrammeEffect",
    "QaCoverage",
    "QaItem",
    "QaSamplingPlan",
    "Quadrant",
    "QuadrantCount",
    "RankingCost",
    "ReasonDrift",
    "Refusal",
    "Rising",
    "Rule",
    "ShortContact",
    "SkillDimension",
    "SkillProfile",
    "Standing",
    "Systemic",
    "SystemicAgent",
    "SystemicReason",
    "SystemicTeam",
    "Team",
    "Tier",
    "TierChange",
    "TierCount",
    "TierMix",
    "TierMove",
    "TierTransition",
    "TradeOff",
    "Unrecognised",
    "Workload",
    "columns",
    "rows",
]
