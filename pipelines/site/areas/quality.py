"""QA fairness: whether graders agree, how strict each is, how much was scored, what to score next, what skills show.

Belongs here: which rows these pages and sections show. Does not belong here: reading marts (`_quality_book`), the shape
of a context (`_quality_contexts`), pictures (`_quality_drawings`), words (the other `_quality_*`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from pipelines.marts import Agent, Anchor, Period, QaItem, Rule, Team
from pipelines.site.areas import (
    _quality_captions,
    _quality_names,
    _quality_people_words,
    _quality_rules,
    _quality_words,
)
from pipelines.site.areas._quality_book import GRADERS, KINDS, Book, load
from pipelines.site.areas._quality_contexts import (
    CRITICAL,
    SCORE,
    AgentPart,
    Covered,
    FormAgreement,
    Person,
    PlanPage,
    Profile,
    QualityPage,
    Share,
    TeamPart,
)
from pipelines.site.areas._quality_drawings import (
    AGAINST,
    DISPUTED,
    Agreed,
    Problems,
    Severity,
    Skills,
    request_agreed,
    request_problems,
    request_severity,
    request_skills,
)
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE
from pipelines.site.parts import Link

ORDER = 40
SOURCE = "evaluations"
"""KPIs of this source are scored by graders."""
R = TypeVar("R")

__all__ = ["load"]


# ---------- pages and sections
def quality(finder: Finder) -> QualityPage:
    """How fair scoring is, for the whole centre; nobody is named."""
    book, rules = _book(finder), _rules(finder)
    teams = [Covered(link, people) for link, people in _teams(finder, book.coverage_of_team)]
    is_small = len(book.graders) < _fewest(finder)
    return QualityPage(
        status=finder.status(),
        period=_period(finder),
        forms=_forms(book),
        graders=book.graders,
        beside=tuple(book.agreements.get((GRADERS, found.grader)) for found in book.graders),
        is_small=is_small,
        leaders_known=any(team.leader for team in finder.site.teams),
        severity=None if is_small else request_severity(book.graders),
        kinds=tuple(found for kind in KINDS if (found := book.agreements.get((kind, "*")))),
        agreed=_agreed(book),
        cost=book.cost,
        centre=Covered(finder.link(CENTRE, CENTRE), tuple(book.coverage.values())) if book.coverage else None,
        teams=tuple(teams),
        problems=tuple(
            picture for level in ("dimension", "item") if (picture := _problems(book, CENTRE, CENTRE, level))
        ),
        counted=_counted(finder),
        rules=tuple(rules[rule_id] for rule_id in _quality_rules.FAIRNESS) if book.has_rows else (),
        plan_href=f"{finder.root}quality/plan.html",
    )


def sampling_plan(finder: Finder) -> PlanPage:
    """The next forms, team by team; who gets how many stands on the teams' pages."""
    book, rules = _book(finder), _rules(finder)
    return PlanPage(
        status=finder.status(),
        period=_period(finder),
        centre=Share(finder.link(CENTRE, CENTRE), tuple(book.plan.values())) if book.plan else None,
        teams=tuple(Share(link, people) for link, people in _teams(finder, book.plan_of_team)),
        cost=book.cost,
        rules=tuple(rules[rule_id] for rule_id in _quality_rules.PLAN) if book.plan else (),
        href=f"{finder.root}quality/index.html",
    )


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """The team's skills, where it loses points, and how many forms each person should get next."""
    book, period = _book(finder), _period(finder)
    plan, skills = book.plan_of_team.get(team.team_id, ()), _profile(book, "team", team.team_id)
    # who has left since has no plan; without any plan those who were there in the window are shown
    members = [found.agent_id for found in (plan if book.plan else book.coverage_of_team.get(team.team_id, ()))]
    if period is None or not (skills or members):
        return None
    people = [
        Person(finder.link("agent", agent_id), book.coverage.get(agent_id), book.plan.get(agent_id))
        for agent_id in sorted(members)
    ]
    return TeamPart(
        period=period,
        skills=skills,
        picture=request_skills(skills),
        people=tuple(sorted(people, key=lambda person: person.link.name_en)),
        share=Share(finder.link("team", team.team_id), plan) if plan else None,
        problems=_problems(book, "team", team.team_id, "item"),
        href=f"{finder.root}quality/index.html",
        plan_href=f"{finder.root}quality/plan.html",
    )


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """One person's skills, strengths first, with how much they rest on."""
    book, period = _book(finder), _period(finder)
    coverage, skills = book.coverage.get(agent.agent_id), _profile(book, "agent", agent.agent_id)
    if period is None or (coverage is None and not skills):
        return None
    return AgentPart(
        period=period,
        skills=skills,
        picture=request_skills(skills),
        coverage=coverage,
        href=f"{finder.root}quality/index.html",
    )


# ---------- parts
def _forms(book: Book) -> tuple[FormAgreement, ...]:
    """Each form's score, then its skills in their order, then critical errors."""

    def place(measure: str) -> tuple[bool, bool, int]:
        return measure != SCORE, measure == CRITICAL, 0 if measure in (SCORE, CRITICAL) else _place(book, measure)

    return tuple(
        FormAgreement(
            form,
            tuple(
                (None if found.measure in (SCORE, CRITICAL) else book.dimension(found.measure), found)
                for found in sorted(measures, key=lambda found: place(found.measure))
            ),
        )
        for form, measures in sorted(book.calibrations.items())
    )


def _place(book: Book, code: str) -> int:
    return book.dimensions[code].position if code in book.dimensions else len(book.dimensions) + 1


def _agreed(book: Book) -> tuple[Agreed, ...]:
    found = (book.agreements.get((kind, "*")) for kind in KINDS)
    drawn = (request_agreed(one, book.points.get(one.comparison, ())) for one in found if one)
    return tuple(picture for picture in drawn if picture)


def _problems(book: Book, grain: str, entity_id: str, level: str) -> Problems | None:
    whole: Mapping[tuple[str, str], QaItem] = {}
    if grain != CENTRE:
        whole = {(found.dimension, found.item): found for found in book.items.get((CENTRE, CENTRE, level), ())}
    return request_problems(
        [
            (book.dimension(found.dimension), found, whole.get((found.dimension, found.item)))
            for found in book.items.get((grain, entity_id, level), ())
        ]
    )


def _profile(book: Book, grain: str, entity_id: str) -> Profile:
    """Strengths first, what is worth practising last; within each the order of the dimensions."""
    order = list(AGAINST)
    skills = [
        replace(skill, verdict=DISPUTED) if skill.dimension in book.disputed else skill
        for skill in book.skills.get((grain, entity_id), ())
    ]
    skills.sort(key=lambda skill: order.index(skill.verdict))
    return tuple((book.dimension(skill.dimension), skill) for skill in skills)


def _teams(finder: Finder, of_team: Mapping[str | None, tuple[R, ...]]) -> Iterable[tuple[Link, tuple[R, ...]]]:
    """Groups of the teams that may be shown where everybody reads, in order of name."""
    fewest = _fewest(finder)
    found = [
        (finder.link("team", team_id), people)
        for team_id, people in sorted((team, people) for team, people in of_team.items() if team is not None)
        if len(people) >= fewest
    ]
    return sorted(found, key=lambda pair: pair[0].name_en)


# ---------- looking up
def _book(finder: Finder) -> Book:
    book: Book = finder.book("quality")
    return book


def _rules(finder: Finder) -> Mapping[str, Rule]:
    rules: Mapping[str, Rule] = finder.book("tiers").rules
    return rules


def _fewest(finder: Finder) -> float:
    """Fewest people of a group that may be shown where everybody reads; rules are missing only where all data are."""
    rule = _rules(finder).get("group_min_people")
    return rule.value if rule else 0


def _counted(finder: Finder) -> tuple[Anchor, ...]:
    scored = {kpi.kpi_id for kpi in finder.site.kpis if kpi.source_table == SOURCE and kpi.family == "mean"}
    return tuple(anchor for anchor in finder.book("tiers").anchors if anchor.kpi_id in scored and anchor.weight > 0)


def _period(finder: Finder) -> Period | None:
    window = _book(finder).window
    return finder.site.periods[window] if window else None


PAGES = {"quality": quality, "sampling_plan": sampling_plan}
SUMMARIES = {"quality": _quality_words.summary, "sampling_plan": _quality_people_words.summary}
CAPTIONS = {
    Severity: _quality_captions.severity_caption,
    Agreed: _quality_captions.agreed_caption,
    Problems: _quality_captions.problems_caption,
    Skills: _quality_captions.skills_caption,
}
words = _quality_words
people_words = _quality_people_words
rules = _quality_rules
names = _quality_names
