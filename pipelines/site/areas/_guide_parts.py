"""The parts of a team's coaching guide, stage by stage: rows and links, no text.

Belongs here: the shape of one stage. Does not belong here: the page as a whole (`_guide_contexts`), choosing the rows
(`_guide_stages`, `_guide_practice`), words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.marts import (
    Badge,
    CoachingCoverage,
    CoachingCoverageMix,
    CoachingFocus,
    CoachingPlan,
    CoachingProgress,
    CoachingSchedule,
    Expectation,
    KpiValue,
    PersonalBest,
    Recognition,
    Tier,
)
from pipelines.site.areas._sheet_cards import Card
from pipelines.site.areas._systemic_contexts import Verdict
from pipelines.site.parts import Column, Link


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
        return self.plan.status if self.plan.status in ("achieved", "revised") else "no_figure"

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
    is_judged: bool
    """Anything at all was compared with a target."""
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
    career: str


@dataclass(frozen=True)
class Heard:
    """Stage 3: the moments of one person, as far as they are recent."""

    person: Person
    improve: tuple[Card, ...]
    """Cards that can be drawn, the most important first."""
    strengths: tuple[Card, ...]
    refused: tuple[Card, ...]
    """Moments that lack something."""

    @property
    def first(self) -> Card | None:
        """The card that is quoted."""
        return next(iter(self.improve or self.strengths), None)


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
    """Stage 8: a kind of error to practise, with the contact reasons of this team in which it was missed most."""

    error_type: str
    reasons: tuple[Link, ...]
    quotes: tuple[str, ...]


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
    """Groups with somebody in them."""
    gap_days: float
    """After so many days without a talk somebody counts as waiting too long."""

    @property
    def shown(self) -> tuple[CoachingCoverageMix, ...]:
        """Groups that are large enough."""
        return tuple(row for row in self.mix if not row.is_hidden)


@dataclass(frozen=True)
class Review:
    """The team's side of the quarter review."""

    window: tuple[date, date]
    moves: tuple[tuple[Person, Tier], ...]
    tiers_href: str
    team_href: str
