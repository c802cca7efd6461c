"""Puts the first half of a guide together: the team's own people, whom to see first, what to open with, what to agree.

Belongs here: choosing and ordering rows of stages 1 to 5, links. Does not belong here: later stages
(`_guide_practice`), reading marts (`_guide_book`), shapes (`_guide_parts`), words (the other `_guide_*`), who comes
first and how many minutes suffice (dbt_project).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipelines.marts import CoachingFocus, Team
from pipelines.site import areas, templates
from pipelines.site.areas import _systemic_parts as systemic
from pipelines.site.areas._guide_book import Book
from pipelines.site.areas._guide_parts import (
    Goal,
    Heard,
    Opening,
    Person,
    Planning,
    Prepare,
    Turn,
)
from pipelines.site.areas._sheet_book import Book as SheetBook
from pipelines.site.areas._sheet_cards import cards_of
from pipelines.site.finder import Finder

OTHERS = {
    "coaching": "coaching/index.html",
    "training": "coaching/training.html",
    "recognition": "coaching/recognition.html",
    "library": "coaching/library.html",
    "cases": "coaching/cases.html",
}


# ---------- people and links
def people(finder: Finder, team: Team) -> tuple[Person, ...]:
    """Who is in the team now, in order of name; nobody else stands in its guide."""
    here = [agent.agent_id for agent in finder.site.agents if agent.team_id == team.team_id and agent.is_current]
    found = (
        Person(
            agent_id, finder.link("agent", agent_id), _own(finder, "sheet", agent_id), _own(finder, "journal", agent_id)
        )
        for agent_id in here
    )
    return tuple(sorted(found, key=lambda person: (person.link.name_en, person.agent_id)))


def _own(finder: Finder, kind: str, agent_id: str) -> str:
    """Somebody's page of a kind; empty while the site has no such kind."""
    folder = next((found.path.partition("/")[0] for found in templates.kinds() if found.name == kind), "")
    return finder.page_of(folder, "agent", agent_id) if folder else ""


def hrefs(finder: Finder) -> tuple[tuple[str, str], ...]:
    """Pages on coaching that the site has, by name."""
    known = {kind.path for kind in templates.kinds()}
    return tuple((name, f"{finder.root}{path}") for name, path in OTHERS.items() if path in known)


def workbook(finder: Finder, team: Team) -> str:
    """The team's workbook to fill in; empty while nobody makes one."""
    area = areas.modules().get("workbooks")
    return area.href(finder, team) if area and "workbooks" in finder.site.books else ""


# ---------- the stages
def goals(known: SheetBook, members: Iterable[Person], since: date | None) -> tuple[Goal, ...]:
    """Open goals, and those of the newest talks that were closed lately, person by person."""
    return tuple(
        Goal(person, plan, known.progress.get((plan.coaching_id, plan.goal_number)))
        for person in members
        for plan in known.plans.get(person.agent_id, ())
        if plan.is_open or (plan.is_latest_session and (since is None or plan.status_on >= since))
    )


def of_role(known: SheetBook, person: Person, role: str) -> tuple[CoachingFocus, ...]:
    """Strengths or priorities of somebody."""
    return tuple(focus for focus in known.focus.get(person.agent_id, ()) if focus.role == role)


def _unplanned(known: SheetBook, person: Person, agreed: Iterable[Goal]) -> tuple[CoachingFocus, ...]:
    """Priorities that no open goal is about."""
    planned = {goal.plan.kpi_id for goal in agreed}
    return tuple(focus for focus in of_role(known, person, "priority") if focus.kpi_id not in planned)


def turns(
    book: Book, known: SheetBook, team: Team, members: Iterable[Person], agreed: Iterable[Goal]
) -> tuple[Turn, ...]:
    """The order of talks, as the mart has it."""
    here = {person.agent_id: person for person in members}
    of_person: dict[str, list[Goal]] = {agent_id: [] for agent_id in here}
    for goal in agreed:
        if goal.plan.is_open:
            of_person[goal.person.agent_id].append(goal)
    return tuple(
        Turn(person, row, tuple(own), _unplanned(known, person, own))
        for row in book.schedule.get(team.team_id, ())
        if (person := here.get(row.agent_id))
        for own in [of_person[row.agent_id]]
    )


def prepare(finder: Finder, team: Team, order: tuple[Turn, ...]) -> Prepare:
    """Who first, how far the hours reach, and what is systemic."""
    fitting = tuple(turn for turn in order if turn.row.is_within_hours)
    own = systemic.book(finder).of_team.get(team.team_id, ())
    return Prepare(
        fitting=fitting,
        others=tuple(turn for turn in order if not turn.row.is_within_hours),
        hours=order[0].row.hours_available if order else None,
        minutes_fitting=fitting[-1].row.minutes_cumulative if fitting else 0,
        minutes_all=order[-1].row.minutes_cumulative if order else 0,
        centre=tuple(found for found in systemic.verdicts(finder) if found.row.is_centre_wide),
        team=tuple(systemic.column(finder, row.kpi_id) for row in own if row.is_team_problem),
        is_judged=bool(systemic.book(finder).centre),
        systemic_href=systemic.href(finder),
    )


def openings(known: SheetBook, members: Iterable[Person]) -> tuple[Opening, ...]:
    """What to open each talk with."""
    return tuple(Opening(person, of_role(known, person, "strength"), _career(known, person)) for person in members)


def _career(known: SheetBook, person: Person) -> str:
    """What somebody wants to become, as they said it last."""
    return next((plan.career_goal for plan in known.plans.get(person.agent_id, ()) if plan.career_goal), "")


def heard(finder: Finder, members: Iterable[Person]) -> tuple[Heard, ...]:
    """The recent moments of everybody who has any."""
    found = []
    for person in members:
        improve, strengths = (cards_of(finder, person.agent_id, sign) for sign in ("improve", "strength"))
        drawn = [tuple(card for card in cards if card.is_drawn) for cards in (improve, strengths)]
        refused = tuple(card for cards in (improve, strengths) for card in cards if not card.is_drawn)
        if improve or strengths:
            found.append(Heard(person, drawn[0], drawn[1], refused))
    return tuple(found)


def planning(finder: Finder, team: Team, order: Iterable[Turn], agreed: Iterable[Goal]) -> Planning:
    """Priorities without a goal in the order of talks, and goals that lack something."""
    return Planning(
        unplanned=tuple((turn.person, focus) for turn in order for focus in turn.priorities),
        incomplete=tuple(goal for goal in agreed if goal.lacks) if finder.site.takes_words else (),
        workbook_href=workbook(finder, team),
    )
