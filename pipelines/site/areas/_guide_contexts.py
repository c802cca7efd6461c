"""What a team's coaching guide and the section of the team's page get: the parts of all stages, no text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.marts import ErrorType, GroupTopic, Period
from pipelines.site.areas._guide_parts import (
    Expected,
    Goal,
    Health,
    Heard,
    Ladder,
    Opening,
    Person,
    Planning,
    Praise,
    Prepare,
    Review,
    Scene,
    Turn,
)
from pipelines.site.parts import Line, Link, Notice
from pipelines.site.status import Status


@dataclass(frozen=True)
class Guide:
    """guides/<slug>.html"""

    link: Link
    leader: str | None
    size: int
    as_of: date | None
    status: Status
    missing: tuple[str, ...]
    """Contract tables that the guide would use and that nobody delivered."""
    period: Period | None
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]
    errors: tuple[ErrorType, ...]
    prepare: Prepare
    openings: tuple[Opening, ...]
    heard: tuple[Heard, ...]
    planning: Planning
    goals: tuple[Goal, ...]
    people: tuple[Person, ...]
    expected: tuple[Expected, ...]
    ladders: tuple[Ladder, ...]
    topics: tuple[GroupTopic, ...]
    scenes: tuple[Scene, ...]
    praise: tuple[Praise, ...]
    team_goals: tuple[str, ...]
    bank: tuple[str, ...]
    """KPIs that are somebody's priority."""
    techniques: tuple[str, ...]
    """Kinds of error behind somebody's priority."""
    quadrants: tuple[str, ...]
    health: Health | None
    review: Review | None
    hrefs: tuple[tuple[str, str], ...]
    """Other pages on coaching, by name, as far as the site has them."""

    def in_state(self, *codes: str) -> tuple[Goal, ...]:
        """Goals that stand there, in this order of states."""
        return tuple(goal for code in codes for goal in self.goals if goal.state == code)

    @property
    def quoted(self) -> tuple[Heard, ...]:
        """People with a moment that can be quoted."""
        return tuple(found for found in self.heard if found.first)

    def topics_of(self, *verdicts: str) -> tuple[GroupTopic, ...]:
        """Kinds of error with these verdicts, in this order of verdicts."""
        return tuple(topic for verdict in verdicts for topic in self.topics if topic.verdict == verdict)

    def error(self, code: str | None) -> ErrorType | None:
        """A kind of error by its code."""
        return next((error for error in self.errors if error.error_type == code), None)

    def href(self, name: str) -> str:
        """Another page on coaching; empty where there is none."""
        return dict(self.hrefs).get(name, "")


@dataclass(frozen=True)
class TeamPart:
    """The section of the team's page."""

    first: Turn | None
    goals: tuple[Goal, ...]
    href: str
