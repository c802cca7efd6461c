"""Funnels. Meanings of columns stand in the marts' yml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipelines.marts.base import Mart


@dataclass(frozen=True)
class FunnelSpread(Mart):
    name: ClassVar[str] = "fct_funnel_spread"
    order: ClassVar[str] = "kpi_id, grain"
    kpi_id: str
    grain: str
    phi: float
    tau2: float
    is_overdispersed: bool
    entities: int


@dataclass(frozen=True)
class RankingCost(Mart):
    name: ClassVar[str] = "fct_ranking_cost"
    order: ClassVar[str] = "reliability"
    reliability: float
    misplaced_share: float
    low_label_wrong_share: float
    opposite_share: float
