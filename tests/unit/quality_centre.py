"""An invented centre whose contacts five graders scored, with its voice and finder. Nothing a test asserts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import (
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
from pipelines.site import templates
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from tests.unit import fake_marts

QUARTER = ("quarter", fake_marts.FIRST)
NAMES = ("Ines Elder", "Bo Alder", "Karl Fir", "Dora Birch", "Hugo Cedar")
STANDINGS = ("like_others", "more_lenient", "stricter", "not_enough_evidence", "like_others")
SKILLS = {
    "language": "strength",
    "knowledge": "to_develop",
    "adaptability": "to_develop",
    "service_skill": "like_centre",
}


def calibration(measure: str, verdict: str, agreement: float | None) -> Calibration:
    is_score = measure == "score"
    return Calibration(
        "Form <A>", measure, 48, 5, 240, 48, 5, agreement, agreement, agreement, agreement, None, agreement,
        agreement and agreement - 0.05, agreement and agreement + 0.05, 4.1 if is_score else None, verdict,
    )  # fmt: skip


def grader(name: str, standing: str, leniency: float) -> Grader:
    return Grader(
        name, QUARTER[1], QUARTER[1], date(2024, 3, 31), 200, 6, 40, 3, 0.9, 0.05, 0.05, 83.0, 150.0, "judged",
        leniency, leniency - 0.5, leniency + 0.5, 0.9, standing,
    )  # fmt: skip


def coverage(agent_id: str, team_id: str, forms: int) -> QaCoverage:
    return QaCoverage(*QUARTER, agent_id, team_id, forms, 1, 1, forms, 200, forms / 200, 1.8, 1.6, 0.8, 3)


def plan(agent_id: str, team_id: str, suggested: int, reason: str) -> QaSamplingPlan:
    return QaSamplingPlan(agent_id, team_id, *QUARTER, 20, 0.1, 0.2, 0.3, 0.5, suggested, 1.6, 1.1, reason, 120)


def item(grain: str, entity_id: str, name: str, misses: int, running: float, position: int) -> QaItem:
    return QaItem(
        *QUARTER, grain, entity_id, "item", "language", name, False, position, 100, misses, misses / 100, 0.01, 0.4,
        0.2, running,
    )  # fmt: skip


def scored() -> fake_marts.Rows:
    """The invented centre with five graders, one form, and people whose skills are known."""
    rows = fake_marts.centre()
    rows[SkillDimension] = [
        SkillDimension(code, code.title(), f"能力{number}", number, True) for number, code in enumerate(SKILLS)
    ]
    rows[Calibration] = [
        calibration("score", "fit_for_tiers", 0.88),
        calibration("adaptability", "not_used", 0.6),
        calibration("critical_error", "too_few", None),
    ]
    rows[Grader] = [grader(name, STANDINGS[number], number - 2.0) for number, name in enumerate(NAMES)]
    rows[Agreement] = [
        Agreement("grader", NAMES[0], 48, -1.5, -2.5, -0.5, 4.0, -9.3, 6.3, "lower"),
        Agreement("test_call", "*", 24, -1.0, -2.0, 0.1, 5.0, -10.8, 8.8, "no_clear_difference"),
        Agreement("third_party", "*", 4, -1.0, -2.0, 0.1, 5.0, -10.8, 8.8, "too_few"),
    ]
    rows[AgreementPoint] = [AgreementPoint("test_call", "*", n, 70.0 + n, n - 12.0) for n in range(24)]
    cost = CriticalErrorCost(*QUARTER, 120, 83.0, 8.1, 3.6, 0.03, 81.0, 16.2, 0.7, 11.9, 47.5)
    rows[CriticalErrorCost] = [cost, replace(cost, window_kind="preview", window_start=date(2024, 2, 1))]
    team = dict.fromkeys(("A0", "A1", "A2", "A3", "A4"), "T1") | {"A5": "T2"}
    rows[QaCoverage] = [coverage(agent, of_team, 20 + place) for place, (agent, of_team) in enumerate(team.items())]
    rows[QaSamplingPlan] = [
        plan(agent, of_team, 15 + place, "near_decision" if agent == "A1" else "routine")
        for place, (agent, of_team) in enumerate(team.items())
    ]
    rows[QaItem] = [
        item("centre", "centre", "Greets", 30, 0.6, 1),
        item("centre", "centre", "Listens", 20, 1.0, 2),
        item("team", "T1", "Listens", 9, 1.0, 1),
    ]
    rows[SkillProfile] = [
        SkillProfile(*QUARTER, "agent", "A1", code, 20, 20, 84.0, 83.0, 80.0, 86.0, 81.0, 2.0, 0.7, True, verdict)
        for code, verdict in SKILLS.items()
    ]
    return rows


def voice(language: str, site: Site) -> Voice:
    said = words.load(templates.TEMPLATES / "words", language)
    return Voice(said, figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def finder(site: Site) -> Finder:
    return Finder(site, "../")
