"""An invented centre with needs, stages and courses, and its page about training as text. Nothing here asserts.

People, teams and the fewest that may be shown are those of `coaching_centre`; so are `text` and `line`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.marts import CourseDelivery, SkillDimension, Team, TrainingNeed, TrainingStage
from pipelines.site.areas import training
from pipelines.site.areas._training_contexts import TrainingPage
from pipelines.site.model import Site
from tests.unit import coaching_centre, effects_centre, fake_marts
from tests.unit.tiers_centre import row

SKILLS = {"language": ("Language", "语言表达"), "knowledge": ("Knowledge", "业务知识"), "call_control": ("Call control", "通话控制")}  # fmt: skip  # noqa: E501


def need(grain: str, entity_id: str, position: int, dimension: str, verdict: str, **known: Any) -> TrainingNeed:
    base = {
        "window_kind": "quarter", "window_start": date(2024, 1, 1), "items": 900, "misses": 38, "miss_share": 0.0422,
        "interval_low": 0.0321, "interval_high": 0.0552, "people": 6, "people_short": None, "course_people": None,
    }  # fmt: skip
    found: TrainingNeed = row(
        TrainingNeed, grain=grain, entity_id=entity_id, position=position, dimension=dimension, verdict=verdict,
        **base | known,
    )  # fmt: skip
    return found


def stage(code: str, people_all: int, people_some: int, people_none: int) -> TrainingStage:
    found: TrainingStage = row(
        TrainingStage, grain="centre", entity_id="centre", stage=code, courses=2, people=26, people_all=people_all,
        people_some=people_some, people_none=people_none, last_attended_on=date(2024, 3, 4),
    )  # fmt: skip
    return found


def delivery(course_id: str, **known: Any) -> CourseDelivery:
    base = {
        "trainers": 2, "hours": 3.5, "sessions": 4, "invited": 44, "attended": 40, "approved_absences": 3,
        "unexcused_absences": 1,
    }  # fmt: skip
    found: CourseDelivery = row(CourseDelivery, course_id=course_id, **base | known)
    return found


def rows() -> fake_marts.Rows:
    """One skill for a course, one for talks, one for neither; c1 is a course of many, c2 of four people."""
    found = coaching_centre.rows()
    found[SkillDimension] = [
        SkillDimension(code, *labels, place, True) for place, (code, labels) in enumerate(SKILLS.items(), 1)
    ]
    found[TrainingNeed] = [
        need("centre", "centre", 1, "knowledge", "train", people_short=0),
        need("centre", "centre", 2, "language", "coach"),
        need("centre", "centre", 3, "call_control", "none", items=88),
        need("team", "T1", 1, "knowledge", "train", people=3),
        need("team", "T1", 2, "language", "coach", people=3),
        need("team", "T2", 1, "knowledge", "train", people=2),
        need("agent", "A0", 1, "language", "coach", people=None),
    ]
    found[TrainingStage] = [stage("advanced", 2, 7, 17), stage("foundation", 9, 0, 17), stage("of our own", 26, 0, 0)]
    found[CourseDelivery] = [delivery("c1", methods="online, classroom"), delivery("c2", invited=5, attended=4)]
    return found


def site_of(folder: Path, found: fake_marts.Rows) -> Site:
    """The site of these marts, with the books that these pages read."""
    return coaching_centre.site_of(folder, found)


def context(site: Site) -> TrainingPage:
    return training.training(effects_centre.finder(site))


def page(site: Site, language: str = "en") -> str:
    return effects_centre.html(site, "training", context(site), language)


def team(site: Site, team_id: str) -> Team:
    return next(team for team in site.teams if team.team_id == team_id)


def course(site: Site, course_id: str) -> Any:
    """What the page knows of one course."""
    courses = [course for stage in context(site).stages for course in stage.courses]
    return next(found for found in courses if found.programme.programme_id == course_id)


def given(site: Site, course_id: str, **changes: Any) -> Any:
    """The same with another delivery."""
    found = course(site, course_id)
    return replace(found, delivery=replace(found.delivery, **changes))
