"""An invented centre with verdicts on system, teams and people, and a shift of its mix. Nothing a test asserts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipelines.marts import (
    FunnelSpread,
    MixSegment,
    MixShift,
    Systemic,
    SystemicAgent,
    SystemicReason,
    SystemicTeam,
)
from pipelines.site.model import Site
from tests.unit import fake_marts

FIRST = fake_marts.FIRST
WINDOW = ("quarter", FIRST)


def verdict(kpi_id: str, code: str, **more: Any) -> Systemic:
    return replace(
        Systemic(
            kpi_id, *WINDOW, agents=40, teams=4, centre_value=0.65, interval_low=0.62, interval_high=0.68, target=0.7,
            gap=-0.05, p_centre_below=0.99712, share_below=0.78, observed_share_below=0.71, tau2_agent=0.01,
            tau2_team=0.0, icc_team=0.0, q_statistic=2.0, q_p=0.5, team_problems=0, individuals=0,
            confirmed_individuals=0, expected_by_chance=0.0, is_centre_wide=code == "centre_wide", verdict=code,
            cause=None, likely_owner=None, owner_en=None, owner_zh=None,
        ),
        **more,
    )  # fmt: skip


def own(agent_id: str, kpi_id: str, parts: tuple[float, float, float], **more: Any) -> SystemicAgent:
    gap = sum(parts)
    return replace(
        SystemicAgent(
            kpi_id, *WINDOW, agent_id, adjusted_value=0.6, steadied_value=0.7 + gap, steadied_low=0.5,
            steadied_high=0.8, target=0.7, gap=gap, gap_centre=parts[0], gap_team=parts[1], gap_agent=parts[2],
            p_below=0.97, p_below_team=0.6, bh_q=0.5, is_individual=False, is_confirmed=False, verdict="common_cause",
        ),
        **more,
    )  # fmt: skip


def team_row(kpi_id: str, team_id: str, **more: Any) -> SystemicTeam:
    return replace(
        SystemicTeam(
            kpi_id, *WINDOW, team_id, agents=6, value=0.6, interval_low=0.55, interval_high=0.65, target=0.7, gap=-0.1,
            p_team_below=0.99, share_below=0.9, p_below_centre=0.98, is_team_problem=False, verdict="common_cause",
        ),
        **more,
    )  # fmt: skip


def shift(kpi_id: str, mix: float, performance: float, **more: Any) -> MixShift:
    before = 0.7
    return replace(
        MixShift(
            kpi_id, "month", date(2024, 3, 1), date(2024, 2, 1), 900, 900, before, before + mix + performance,
            mix + performance, mix, performance,
        ),
        **more,
    )  # fmt: skip


def centre() -> fake_marts.Rows:
    """One KPI the whole centre misses, one that a team misses, one with individuals; the rest is not compared."""
    rows = fake_marts.centre()
    rows[Systemic] = [
        verdict(
            "csat_mean", "centre_wide", centre_value=3.9, target=4.2, cause="few_reasons",
            likely_owner="knowledge_base", owner_en="Knowledge base: articles", owner_zh="知识库：相关条目",
        ),
        verdict("answer_rate", "individuals", individuals=3, confirmed_individuals=1, expected_by_chance=0.42),
        verdict("speed_of_answer", "teams_differ", team_problems=2),
    ]  # fmt: skip
    rows[SystemicReason] = [
        SystemicReason("csat_mean", *WINDOW, "r<1>", 300, 3.2, 4.2, 0.2, -0.2, 0.66, 1.0, True),
        SystemicReason("csat_mean", *WINDOW, "unheard", 500, 4.1, 4.2, 0.8, -0.1, 0.34, 1.0, False),
    ]
    rows[SystemicTeam] = [
        team_row("speed_of_answer", "T1", is_team_problem=True, verdict="team"),
        team_row("speed_of_answer", "T2", is_team_problem=True, verdict="team", agents=4),
        team_row("csat_mean", "T1", verdict="centre_wide"),
    ]
    rows[SystemicAgent] = [
        own("A0", "csat_mean", (-0.5, -0.1, -0.1), verdict="centre_wide"),
        own("A0", "answer_rate", (0.02, 0.01, 0.05), p_below=0.01, p_below_team=0.03),
        own("A1", "answer_rate", (0.02, 0.0, -0.2), verdict="individual", is_individual=True, is_confirmed=False),
        own("A2", "answer_rate", (0.02, 0.0, -0.3), verdict="individual", is_individual=True, is_confirmed=True),
        own("A3", "answer_rate", (0.0, 0.0, 0.0), p_below=0.5, p_below_team=0.5),
    ]
    rows[FunnelSpread] = [
        FunnelSpread("csat_mean", "agent", 3.14, 0.02, True, 40),
        FunnelSpread("answer_rate", "agent", 1.1, 0.0, False, 40),
    ]
    rows[MixShift] = [
        shift("csat_mean", 0.02, -0.08),
        shift("csat_mean", 0.01, 0.0, window_start=date(2024, 2, 1), previous_start=date(2024, 1, 1)),
    ]
    rows[MixSegment] = [
        MixSegment(
            "csat_mean", "month", date(2024, 3, 1), 1, "phone", "Q1", None, "gold", 0.2, 0.3, 3.5, None, 0.02, 0, 0.02
        )
    ]
    return rows


def with_book(site: Site, **changes: Any) -> Site:
    """The same site with other rows in the area's book."""
    return replace(site, books={**site.books, "systemic": replace(site.books["systemic"], **changes)})  # type: ignore[type-var]
