"""One coaching workbook per team: the open goals to review and empty rows for the next talks, to be dropped back.

Belongs here: which rows and columns it has and what stands in them. Does not belong here: making a file
(`pipelines/downloads`), reading it back (`dbt_project/exports/coaching_workbook.yml`, whose headings are these).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from pipelines.downloads import workbook
from pipelines.downloads.workbook import Cell, Sheet
from pipelines.marts import CoachingFocus, CoachingPlan, Team, rows
from pipelines.site import templates
from pipelines.site.areas import _workbook_words
from pipelines.site.finder import Finder
from pipelines.site.fragments import Voice
from pipelines.site.model import Site
from pipelines.site.source import File

ORDER = 90
FOLDER = "files/coaching"


@dataclass(frozen=True)
class Book:
    """Open goals and first priorities by agent."""

    goals: Mapping[str, tuple[CoachingPlan, ...]]
    priorities: Mapping[str, CoachingFocus]


@dataclass(frozen=True)
class Row:
    """One row of the plan: a goal to review, or an empty one for the next talk."""

    agent_id: str
    session: str
    number: int
    goal: CoachingPlan | None
    priority: CoachingFocus | None = None


def load(folder: Path) -> Book:
    """The marts of one build."""
    goals: dict[str, list[CoachingPlan]] = defaultdict(list)
    for goal in rows(folder, CoachingPlan, "is_open"):
        goals[goal.agent_id].append(goal)
    where = "is_current and role = 'priority' and position = 1"
    return Book(
        {agent: tuple(found) for agent, found in goals.items()},
        {focus.agent_id: focus for focus in rows(folder, CoachingFocus, where)},
    )


def href(finder: Finder, team: Team) -> str:
    """Where a team's workbook is; empty where the team has nobody."""
    people = any(agent.team_id == team.team_id and agent.is_current for agent in finder.site.agents)
    return f"{finder.root}{_path(finder.site, team)}" if people else ""


def files(site: Site, say: Voice) -> Iterator[File]:
    """One workbook per team that has somebody."""
    book = cast(Book, site.books["workbooks"])
    _ = say.words
    code = templates.code_digest("team", say.language) + workbook.code_digest()
    columns, help_sheet = _workbook_words.columns(say, _kpi_choices(site, say)), _workbook_words.instructions(say)
    for team in site.teams:
        found = tuple(_rows(site, book, team))
        if found:
            lines = tuple(_line(site, say, team, row) for row in found)
            sheet = Sheet(_("Plan"), columns, lines, tuple(_open(row) for row in found), still=5)
            title = f"{_('Coaching workbook')} · {say.name(site.entities['team', team.team_id])}"
            seen = hashlib.sha256(f"{code} {title} {sheet!r} {help_sheet!r}".encode("utf-8", "surrogatepass"))
            yield File(_path(site, team), seen.hexdigest(), partial(workbook.write, (sheet, help_sheet), title))


def _rows(site: Site, book: Book, team: Team) -> Iterator[Row]:
    day = site.settled or site.as_of
    people = [agent.agent_id for agent in site.agents if agent.team_id == team.team_id and agent.is_current]
    for agent_id in sorted(people, key=lambda person: (site.entities["agent", person].name_en, person)):
        for goal in book.goals.get(agent_id, ()):
            yield Row(agent_id, goal.coaching_id, goal.goal_number, goal)
        session = f"{agent_id}-{day.isoformat()}" if day else agent_id
        for number in (1, 2):
            yield Row(agent_id, session, number, None, book.priorities.get(agent_id) if number == 1 else None)


def _line(site: Site, say: Voice, team: Team, row: Row) -> tuple[Cell, ...]:
    """The cells of a row, in the order of the columns."""
    goal, name = row.goal, say.name(site.entities["agent", row.agent_id])
    filled: dict[str, Cell] = {"session": row.session, "goal": row.number, "agent": row.agent_id, "name": name}
    filled["leader"] = team.leader
    if goal is not None:
        filled["agreed"] = _workbook_words.agreed(say, goal)
        return tuple(filled.get(column) for column in _workbook_words.ORDER_OF_COLUMNS)
    filled["term"] = _workbook_words.term(say, "short" if row.number == 1 else "long")
    priority = row.priority
    if priority is not None and _has_direction(say, priority.kpi_id):
        filled["kpi"] = _kpi_choice(say, priority.kpi_id)
        if priority.subject == "kpi":
            filled["baseline"], filled["target"] = priority.value, priority.target
    return tuple(filled.get(column) for column in _workbook_words.ORDER_OF_COLUMNS)


def _open(row: Row) -> tuple[bool, ...]:
    """Which cells of a row are to be filled in: a review for a goal, a plan for the next talk, a response for both."""
    groups = {"response", "review" if row.goal else "plan"}
    return tuple(_workbook_words.GROUP[column] in groups for column in _workbook_words.ORDER_OF_COLUMNS)


def _kpi_choices(site: Site, say: Voice) -> tuple[str, ...]:
    shown = [kpi.kpi_id for kpi in site.delivered("agent") if not kpi.guards and kpi.family not in ("index", "volume")]
    return tuple(_kpi_choice(say, kpi_id) for kpi_id in shown if _has_direction(say, kpi_id))


def _has_direction(say: Voice, kpi_id: str) -> bool:
    """Whether more or less of it is better; only then can a goal have a target."""
    return say.kpis[kpi_id].better in ("higher", "lower")


def _kpi_choice(say: Voice, kpi_id: str) -> str:
    """The identifier first: the workbook's layout takes what stands before the dot."""
    return f"{kpi_id} · {say.kpi(kpi_id)}"


def _path(site: Site, team: Team) -> str:
    return f"{FOLDER}/{site.slugs['team', team.team_id]}.xlsx"
