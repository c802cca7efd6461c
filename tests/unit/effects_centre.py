"""An invented centre with coaching programmes, courses and their effects; its pages as HTML. Nothing a test asserts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import words
from pipelines.figures import figures
from pipelines.marts import AgentChange, EffectDecay, EffectShare, Programme, ProgrammeEffect
from pipelines.site import model, pages, templates
from pipelines.site.areas import effects, tiers
from pipelines.site.areas._effect_drawings import Comparison
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.selection import Selection
from tests.unit import fake_marts

APRIL, MAY = date(2024, 4, 1), date(2024, 5, 1)


def effect(programme_id: str, kpi_id: str = "answer_rate", **changes: Any) -> ProgrammeEffect:
    """A comparison large enough to have seen a gain, without one."""
    base = ProgrammeEffect(
        programme_kind="coaching", programme_id=programme_id, name_en=programme_id.title(),
        name_zh=f"项目{programme_id}", kpi_id=kpi_id, outcome_level="goal", first_start_month=APRIL,
        last_start_month=APRIL, people=40, n_treated=36, n_control=120, months_after=3, before_after_gain=0.052,
        before_after_error=0.01, before_after_claims=True,
        selection_did_gain=0.05, selection_did_error=0.012, selection_did_claims=True, selection_gap=0.061,
        baseline_correlation=0.4, expected_regression_gain=0.0366, skip_did_gain=0.003, skip_did_error=0.009,
        ancova_gain=-0.002, ancova_error=0.008, gain_low=-0.002, gain_high=0.003, mean_z=0.04, p_value=0.48, bh_q=0.6,
        minimum_detectable_gain=0.021, worthwhile_gain=0.03, is_assessable=True, is_measurable_gain=False,
        is_counted_gain=False, verdict="no_measurable_gain", reason="none",
    )  # fmt: skip
    return replace(base, **changes)


GAIN: dict[str, Any] = {"is_measurable_gain": True, "verdict": "measurable_gain", "gain_low": 0.041, "gain_high": 0.048}
COUNTED = GAIN | {"is_counted_gain": True}
SMALL = GAIN | {"is_assessable": False, "bh_q": None}
UNKNOWN: dict[str, Any] = {"is_assessable": False, "verdict": "cannot_tell", "bh_q": None}


def programme(programme_id: str, kind: str = "coaching", **changes: Any) -> Programme:
    base = Programme(
        programme_kind=kind, programme_id=programme_id, name_en=programme_id.title(), name_zh=f"项目{programme_id}",
        stage=None, course_type=None, trainer_source=None, first_day=APRIL, last_day=MAY, sessions=9, people=40,
        outcomes=1, tests=0, mean_test_points=None, reactions=0, mean_reaction_points=None,
    )  # fmt: skip
    return replace(base, **changes)


def share(kind: str, level: str, **changes: Any) -> EffectShare:
    base = EffectShare(
        programme_kind=kind, outcome_level=level, programmes=10, assessable=8, not_assessable=2, gains=1,
        gains_not_assessable=0, before_after_claims=3, gain_share=0.125, gain_share_low=0.028, gain_share_high=0.411,
        expected_by_chance=0.4, optimistic_share=0.25,
    )  # fmt: skip
    return replace(base, **changes)


def month(programme_id: str, number: int, low: float, high: float) -> EffectDecay:
    return EffectDecay("coaching", programme_id, "answer_rate", number, 30 * number - 29, 30 * number, 30, 90,
                       (low + high) / 2, low, high)  # fmt: skip


def change(agent_id: str, coached: date, finding: str = "as_expected", kpi_id: str = "answer_rate") -> AgentChange:
    return AgentChange(agent_id, kpi_id, coached, 1, 3, 40, 0.62, 0.69, 0.676, 0.07, 0.056, 0.014, 0.0367, 0.37, 0.646,
                       finding)  # fmt: skip


def rows() -> fake_marts.Rows:
    """Two coaching programmes, one of them small; two courses, one of them never held for enough people."""
    found = fake_marts.centre()
    course: dict[str, Any] = {"programme_kind": "course", "outcome_level": "behaviour"}
    found[Programme] = [
        programme("works"),
        programme("quiet"),
        programme("aimless", outcomes=0),
        programme("c1", "course", tests=30, mean_test_points=81.4, reactions=30, mean_reaction_points=4.7,
                  stage="foundation", course_type="skill", trainer_source="external"),
        programme("c2", "course", people=4, tests=4, mean_test_points=99.9, reactions=4, mean_reaction_points=1.1),
    ]  # fmt: skip
    found[ProgrammeEffect] = [
        effect("quiet"),
        effect("works", **COUNTED),
        effect("c1", "csat_mean", before_after_claims=False, **course),
        effect("c2", "csat_mean", people=4, n_treated=3, gain_low=0.777, gain_high=0.888, before_after_gain=0.999,
               reason="too_few_treated", **UNKNOWN, **course),
    ]  # fmt: skip
    found[EffectDecay] = [month("works", 1, 0.02, 0.06), month("works", 2, -0.01, 0.05), month("quiet", 1, -0.02, 0.02)]
    found[EffectShare] = [share("course", "behaviour"), share("coaching", "goal", assessable=0, gain_share=None)]
    found[AgentChange] = [
        change("A0", APRIL),
        change("A0", MAY, "below_expectation"),
        change("A0", MAY, "above_expectation", "csat_mean"),
    ]
    return found


def site_of(folder: Path, found: fake_marts.Rows) -> Site:
    """The site of these marts, with the books of tiers and effects only."""
    written = fake_marts.write(folder, found)
    return replace(model.load(written), books={"tiers": tiers.load(written), "effects": effects.load(written)})


def voice(site: Site, language: str = "en") -> Voice:
    said = words.load(templates.TEMPLATES / "words", language)
    return Voice(said, figures(language), {kpi.kpi_id: kpi for kpi in site.kpis})


def finder(site: Site) -> Selection:
    return Selection(site, "../")


def html(site: Site, kind: str, context: Any, language: str = "en") -> str:
    drawn = tuple(pages._drawings(context))
    page = pages.Page(kind, language, "", "", "", (), "", context, voice(site, language))
    return str(page.content({drawing.request.digest: "<svg></svg>" for drawing in drawn}))


def comparison(found: ProgrammeEffect, *months: EffectDecay) -> Comparison:
    return Comparison(found, effects._name(found), is_hidden=False, months=months)
