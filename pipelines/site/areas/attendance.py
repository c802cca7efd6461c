"""Attendance: on which days the planned time was worked, as a calendar of a team and of one person.

Belongs here: the marts of attendance by day, which weeks a calendar shows, its pictures. Does not belong here: words
(`_attendance_words`), shares and classes (dbt_project, models/marts/staffing), presence as a measure (`people`). A
person's calendar stands on the own page only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from markupsafe import Markup

from pipelines.charts import ChartRequest, calendar
from pipelines.figures import whole_per_cents
from pipelines.marts import Agent, AttendanceDay, Rule, Team, rows
from pipelines.site.areas import _attendance_words
from pipelines.site.drawings import Drawing
from pipelines.site.finder import Finder

ORDER = 34
RULES = ("attendance_day_whole", "attendance_day_most", "attendance_day_some")
LOOKS: Mapping[str, calendar.Look] = {
    "whole": "whole",
    "most": "most",
    "some": "some",
    "fewer": "out",
    "part": "part",
    "leave": "leave",
    "not_worked": "out",
}
"""How a class of fct_attendance_day looks; a team's lowest and a person's day away look alike, on pages apart."""


@dataclass(frozen=True)
class Book:
    """Days of teams and of agents, oldest first, and the rules of their classes."""

    teams: Mapping[str, tuple[AttendanceDay, ...]]
    agents: Mapping[str, tuple[AttendanceDay, ...]]
    weeks: tuple[date, ...]
    """The Mondays that every calendar shows, oldest first."""
    rules: Mapping[str, Rule]


def load(folder: Path) -> Book:
    """The marts of one build."""
    found: dict[str, dict[str, list[AttendanceDay]]] = {"team": defaultdict(list), "agent": defaultdict(list)}
    newest = date.min
    for row in rows(folder, AttendanceDay):
        found[row.grain][row.entity_id].append(row)
        newest = max(newest, row.day)
    last = newest - timedelta(days=newest.weekday())
    return Book(
        teams={entity: tuple(days) for entity, days in found["team"].items()},
        agents={entity: tuple(days) for entity, days in found["agent"].items()},
        weeks=tuple(last - timedelta(weeks=back) for back in reversed(range(calendar.WEEKS)))
        if newest > date.min
        else (),
        rules={rule.rule_id: rule for rule in rows(folder, Rule) if rule.rule_id in RULES},
    )


@dataclass(frozen=True)
class Days(Drawing):
    """A team's calendar, with the days behind it."""

    days: tuple[AttendanceDay, ...]
    weeks: tuple[date, ...]
    rules: tuple[Rule, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return _key(self.days)


@dataclass(frozen=True)
class OwnDays:
    """One person's calendar. No Drawing: a thousand of them are drawn directly, within the pages."""

    days: tuple[AttendanceDay, ...]
    weeks: tuple[date, ...]
    rules: tuple[Rule, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return _key(self.days)

    @property
    def picture(self) -> Markup:
        """The small calendar; the table below it says the same to a screen reader."""
        return calendar.small_calendar(_data(self.weeks, self.days, has_texts=False), "")

    @property
    def as_of(self) -> date:
        """The newest day with a plan."""
        return self.days[-1].day


@dataclass(frozen=True)
class TeamPart:
    """The section of a team's page."""

    picture: Days
    as_of: date


# ---------- sections
def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """The team's calendar, with the share of the planned time where it was less than whole."""
    book: Book = finder.book("attendance")
    days = book.teams.get(team.team_id)
    if not days:
        return None
    request = ChartRequest("calendar", _data(book.weeks, days, has_texts=True))
    return TeamPart(Days("", request, days, book.weeks, tuple(book.rules.values())), days[-1].day)


def on_agent(finder: Finder, agent: Agent) -> OwnDays | None:
    """One person's own calendar."""
    book: Book = finder.book("attendance")
    days = book.agents.get(agent.agent_id)
    return OwnDays(days, book.weeks, tuple(book.rules.values())) if days else None


# ---------- pictures
def _key(days: Sequence[AttendanceDay]) -> tuple[str, ...]:
    shown = {f"day_{LOOKS[day.attendance_class]}" for day in days}
    return tuple(name for name in calendar.KEY if name in shown)


def _data(weeks: Sequence[date], days: Sequence[AttendanceDay], *, has_texts: bool) -> calendar.Data:
    return {
        "weeks": [week.isoformat() for week in weeks],
        "days": [
            {
                "week": (day.day - weeks[0]).days // 7,
                "weekday": day.day.weekday(),
                "look": LOOKS[day.attendance_class],
                "text": _text(day) if has_texts else "",
            }
            for day in days
        ],
    }


def _text(day: AttendanceDay) -> str:
    """As the table has it, without the sign."""
    return "" if day.share is None or day.attendance_class == "whole" else str(whole_per_cents(day.share))


CAPTIONS = {Days: _attendance_words.caption}
words = _attendance_words
