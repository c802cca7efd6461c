"""What a team's coaching guide gets: rows and links, stage by stage, no text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.marts import (
    Badge,
    CoachingCoverage,
    CoachingCoverageMix,
    CoachingEvidence,
    CoachingFocus,
    CoachingPlan,
    CoachingProgress,
    CoachingSchedule,
    ErrorType,
    Expectation,
    GroupTopic,
    KpiValue,
    Period,
    PersonalBest,
    Recognition,
    RolePlay,
    Tier,
)
from pipelines.site.areas._systemic_contexts import Verdict
from pipelines.site.contexts import Column, Line, Link, Notice, Status


@dataclass(frozen=True)
class Person:
    """Somebody of the team, with the pages to print; a page that the site does not have is empty."""

    agent_id: str
    link: Link
    sheet: str
    journal: str


@dataclass(frozen=True)
class Goal:
    """One goal of somebody, and where it stands."""

    person: Person
    plan: CoachingPlan
    progress: CoachingProgress | None

    @property
    def state(self) -> str:
        """Code of where it stands; `overdue` comes before what the figures say, since somebody has to close it."""
        if self.plan.is_overdue:
            return "overdue"
        if self.progress and self.plan.is_open:
            return self.progress.state
        return {"achieved": "reached", "revised": "revised"}.get(self.plan.status, "no_figure")

    @property
    def lacks(self) -> tuple[str, ...]:
        """What an open goal was agreed without."""
        plan = self.plan
        known = {"measure": plan.kpi_id or plan.measure, "steps": plan.steps, "owner": plan.owner, "due": plan.due_on}
        return tuple(code for code, value in known.items() if not value) if plan.is_open else ()


@dataclass(frozen=True)
class Turn:
    """One person in the order of talks."""

    person: Person
    row: CoachingSchedule
    goals: tuple[Goal, ...]
    priorities: tuple[CoachingFocus, ...]
    """Those that no open goal is about."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Codes, the main one first."""
        listed = (part.strip() for part in self.row.reasons.split(","))
        return tuple(dict.fromkeys((self.row.main_reason, *(code for code in listed if code))))


@dataclass(frozen=True)
class Prepare:
    """Stage 1: who first, and what is nobody's own."""

    fitting: tuple[Turn, ...]
    """Whom the hours of the week reach."""
    others: tuple[Turn, ...]
    hours: float | None
    minutes_fitting: int
    minutes_all: int
    centre: tuple[Verdict, ...]
    """What the whole centre falls short on."""
    team: tuple[Column, ...]
    """What the team as a whole falls short on."""
    systemic_href: str

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everybody in order."""
        return self.fitting + self.others


@dataclass(frozen=True)
class Opening:
    """Stage 2: what to open the talk with."""

    person: Person
    strengths: tuple[CoachingFocus, ...]
    career_goal: str | None


@dataclass(frozen=True)
class Evidence:
    """Stage 3: the complete cards of one person, the most important first."""

    person: Person
    improve: tuple[CoachingEvidence, ...]
    strengths: tuple[CoachingEvidence, ...]

    @property
    def first(self) -> CoachingEvidence:
        """The card that is quoted."""
        return (self.improve or self.strengths)[0]


@dataclass(frozen=True)
class Incomplete:
    """Moments that are no cards yet, and what they lack; one may lack several things."""

    cards: int
    quote: int
    time: int
    technique: int


@dataclass(frozen=True)
class Planning:
    """Stage 4: what to put into plans."""

    unplanned: tuple[tuple[Person, CoachingFocus], ...]
    incomplete: tuple[Goal, ...]
    workbook_href: str


@dataclass(frozen=True)
class Ladder:
    """Stage 7: one KPI from a person's contact to the centre."""

    expectation: Expectation
    column: Column
    team: KpiValue | None
    centre: KpiValue | None


@dataclass(frozen=True)
class Expected:
    """Stage 7: what is expected of one role."""

    role: Link
    is_everybody: bool
    rows: tuple[tuple[Column, Expectation], ...]


@dataclass(frozen=True)
class Scene:
    """Stage 8: a scenario to practise."""

    reason: Link
    row: RolePlay


@dataclass(frozen=True)
class Praise:
    """Stage 9: what to praise somebody for."""

    person: Person
    is_public: bool
    """May be told in front of colleagues."""
    points: tuple[Recognition, ...]
    badges: tuple[Badge, ...]
    bests: tuple[PersonalBest, ...]


@dataclass(frozen=True)
class Health:
    """How coaching itself is going."""

    team: CoachingCoverage
    centre: CoachingCoverage | None
    mix: tuple[CoachingCoverageMix, ...]
    gap_days: float
    """After so many days without a talk somebody counts as waiting too long."""


@dataclass(frozen=True)
class Review:
    """The team's side of the quarter review."""

    window: tuple[date, date]
    moves: tuple[tuple[Person, Tier], ...]
    tiers_href: str
    team_href: str


@dataclass(frozen=True)
class Guide:
    """guides/<slug>.html"""

    link: Link
    leader: str | None
    size: int
    as_of: date | None
    status: Status
    missing: frozenset[str]
    """Contract tables that the guide would use and that nobody delivered."""
    period: Period | None
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]
    errors: tuple[ErrorType, ...]
    prepare: Prepare
    openings: tuple[Opening, ...]
    evidence: tuple[Evidence, ...]
    incomplete: Incomplete
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
    quadrants: tuple[str, ...]
    health: Health | None
    review: Review | None
    hrefs: tuple[tuple[str, str], ...]
    """Other pages on coaching, by name, as far as the site has them."""

    def in_state(self, *codes: str) -> tuple[Goal, ...]:
        """Goals that stand there."""
        return tuple(goal for goal in self.goals if goal.state in codes)

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
    errors: tuple[ErrorType, ...]
    goals: tuple[Goal, ...]
    href: str
