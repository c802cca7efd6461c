"""Training: which skills call for a course and which for a talk, who has had what, and what came of each course.

Belongs here: the marts of needs, stages and courses, and which rows the page shows. Does not belong here: shapes
(`_training_contexts`), words (`_training_words`, `_training_courses`), how a need is found or an effect measured
(dbt_project). People stand on their own pages and in the guide of their team, not here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.marts import CourseDelivery, Rule, Team, TrainingNeed, TrainingStage, rows
from pipelines.site.areas import _training_courses, _training_words, effects
from pipelines.site.areas._effect_contexts import Course, EffectsPage
from pipelines.site.areas._training_contexts import Need, Stage, Taught, TeamNeeds, TeamPart, TrainingPage
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE
from pipelines.site.parts import Link

ORDER = 74
USED = ("training", "qa_scores")
STAGES = ("starter", "foundation", "intermediate", "advanced")
FEWEST_PEOPLE = "group_min_people"
Counts = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Book:
    """Needs by team, the centre under its own name, most lost points first; stages of the centre; courses as given."""

    needs: Mapping[str, tuple[TrainingNeed, ...]]
    stages: Mapping[str, TrainingStage]
    deliveries: Mapping[str, CourseDelivery]


def load(folder: Path) -> Book:
    """The marts of one build."""
    needs: dict[str, list[TrainingNeed]] = defaultdict(list)
    for row in rows(folder, TrainingNeed, "grain <> 'agent'"):
        needs[row.entity_id].append(row)
    return Book(
        needs={entity: tuple(found) for entity, found in needs.items()},
        stages={row.stage: row for row in rows(folder, TrainingStage, "grain = 'centre'")},
        deliveries={row.course_id: row for row in rows(folder, CourseDelivery)},
    )


# ---------- the page and the section
def training(finder: Finder) -> TrainingPage:
    """What to train, what to coach, and what came of it."""
    held = {table.table_name for table in finder.site.tables if table.is_delivered}
    rules = _rules(finder)
    shown = _effects(finder)
    return TrainingPage(
        status=finder.status(),
        missing=tuple(name for name in USED if name not in held),
        needs=_needs(finder, CENTRE),
        teams=tuple(_teams(finder)),
        stages=tuple(_stages(finder, shown)),
        effects=shown,
        rules={rule_id: rules[rule_id] for rule_id in _training_words.RULES if rule_id in rules},
        library_href=f"{finder.root}coaching/library.html#choose",
        effects_href=f"{finder.root}effects/index.html",
    )


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """Skills that many of the team need work on, or single people; None where there is none."""
    found = TeamNeeds(finder.link("team", team.team_id), _needs(finder, team.team_id), is_small=False)
    if not found.of("train") and not found.of("coach"):
        return None
    return TeamPart(found, f"{finder.root}coaching/training.html")


# ---------- needs
def _needs(finder: Finder, entity_id: str) -> tuple[Need, ...]:
    skills = finder.book("quality")
    return tuple(Need(skills.dimension(row.dimension), row) for row in _book(finder).needs.get(entity_id, ()))


def _teams(finder: Finder) -> Iterator[TeamNeeds]:
    """In order of name; teams without people now have no guide and are left out."""
    here = {agent.team_id for agent in finder.site.agents if agent.is_current}
    teams = [(finder.link("team", team.team_id), team) for team in finder.site.teams if team.team_id in here]
    for link, team in sorted(teams, key=lambda pair: (pair[0].name_en, pair[1].team_id)):
        found = _needs(finder, team.team_id)
        is_small = any((need.row.people or 0) < _rules(finder)[FEWEST_PEOPLE].value for need in found)
        guide = finder.page_of("guides", "team", team.team_id)
        if found:
            yield TeamNeeds(Link("team", link.name_en, link.name_zh, guide), () if is_small else found, is_small)


# ---------- courses
def _effects(finder: Finder) -> EffectsPage:
    """The page of effects, as far as it is about courses; without its pictures."""
    page = effects.effects(finder)
    return replace(
        page,
        blocks=tuple((block, None, None) for block, _, _ in page.blocks if block.programme_kind == "course"),
        unjudged=(),
        shares=tuple(share for share in page.shares if share.programme_kind == "course"),
    )


def _stages(finder: Finder, shown: EffectsPage) -> Iterator[Stage]:
    """In the order in which people develop; stages that only this centre knows come after, courses without one last."""
    courses: dict[str, list[Taught]] = defaultdict(list)
    for course in shown.courses:
        courses[course.programme.stage or ""].append(_taught(finder, course, shown))
    known = _book(finder).stages
    others = sorted({*known, *courses} - {*STAGES, ""})
    for code in (*STAGES, *others, ""):
        row = known.get(code)
        if row or code in courses:
            yield Stage(code, row, _told(finder, row), tuple(courses[code]))


def _taught(finder: Finder, course: Course, shown: EffectsPage) -> Taught:
    delivery = _book(finder).deliveries.get(course.programme.programme_id)
    found = [row for row in shown.comparisons if row.effect.programme_id == course.programme.programme_id]
    return Taught(
        programme=course.programme,
        name=course.name,
        is_hidden=course.is_hidden,
        delivery=delivery,
        skill=finder.book("quality").dimension(delivery.dimension) if delivery and delivery.dimension else None,
        effects=tuple(sorted(found, key=lambda row: (row.effect.outcome_level, row.effect.kpi_id))),
    )


def _told(finder: Finder, row: TrainingStage | None) -> Counts:
    """People who had all, some or none, as far as no small group can be read off or worked out from the rest."""
    if row is None:
        return None, None, None
    least = _rules(finder)[FEWEST_PEOPLE].value
    counts = (row.people_all, row.people_some, row.people_none)
    hidden = [place for place, people in enumerate(counts) if 0 < people < least]
    if len(hidden) == 1:
        others = [place for place, people in enumerate(counts) if place not in hidden and people]
        hidden += sorted(others, key=lambda place: counts[place])[:1]
    first, second, third = (None if place in hidden else people for place, people in enumerate(counts))
    return first, second, third


# ---------- looking up
def _book(finder: Finder) -> Book:
    book: Book = finder.book("training")
    return book


def _rules(finder: Finder) -> Mapping[str, Rule]:
    found: Mapping[str, Rule] = finder.book("tiers").rules
    return found


PAGES = {"training": training}
SUMMARIES = {"training": _training_words.summary}
words = _training_words
courses = _training_courses
