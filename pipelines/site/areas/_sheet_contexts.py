"""What a sheet, a journal and the section about them get: rows and links of one person, no text.

Belongs here: the shape of the contexts. Does not belong here: choosing the rows (`sheets`), sentences (`_sheet_words`
and its neighbours).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.marts import (
    AgentResponse,
    CoachingCause,
    CoachingFocus,
    CoachingPlan,
    CoachingProgress,
    CoachingProgressWeek,
    GoalStatus,
    ModelCase,
    Period,
    SkillDimension,
    Tier,
    TrainingStage,
)
from pipelines.site.areas._sheet_cards import Card
from pipelines.site.parts import Link


@dataclass(frozen=True)
class Fact:
    """Something that was observed and speaks for or against a cause."""

    row: CoachingCause
    work: tuple[Link, ...]
    """The kind of work it is about, where it is about one."""


@dataclass(frozen=True)
class Priority:
    """One thing that matters, and what may lie behind it."""

    row: CoachingFocus
    facts: tuple[Fact, ...]
    """What speaks for the cause named."""


@dataclass(frozen=True)
class Goal:
    """One goal with where it stands and the way it took."""

    plan: CoachingPlan
    progress: CoachingProgress | None
    weeks: tuple[CoachingProgressWeek, ...]
    steps: tuple[GoalStatus, ...]


@dataclass(frozen=True)
class Help:
    """What may help with a priority: somebody to ask, a case to listen to, a course not taken yet."""

    mentor: Link | None
    is_same_team: bool
    case: ModelCase | None
    course: str


@dataclass(frozen=True)
class SheetPage:
    """sheets/<slug>.html"""

    link: Link
    team: Link | None
    leader: str
    period: Period | None
    """Of the figures."""
    as_of: date | None
    """Last day of the newest complete week."""
    data_href: str
    journal_href: str
    guide_href: str
    """The guide of the person's team; empty without one."""
    delivered: tuple[str, ...]
    """Contract tables that hold rows."""
    takes_words: bool
    """Words of contacts and of people were taken in."""
    tier: Tier | None
    quadrant: str
    """Empty unless a place is named."""
    strengths: tuple[CoachingFocus, ...]
    praise: Card | None
    """Words of a contact in which something went well."""
    priorities: tuple[Priority, ...]
    cards: tuple[Card, ...]
    """On paper."""
    refused: tuple[Card, ...]
    """On paper as a line that says what is missing, where there is room."""
    more_cards: tuple[Card, ...]
    more_refused: tuple[Card, ...]
    causes: tuple[Fact, ...]
    goals: tuple[Goal, ...]
    """Open goals and those of the last session; the first of them on paper."""
    paper_goals: tuple[Goal, ...]
    last_talk: CoachingPlan | None
    comment: CoachingPlan | None
    """The newest session in which the person said something."""
    career: str
    responses: tuple[AgentResponse, ...]
    courses: tuple[TrainingStage, ...]
    """Stages of which a course was not attended yet."""
    help: Help
    review_days: float
    """Most days until the next talk, by the rules."""

    @property
    def has_weeks(self) -> bool:
        """Whether any goal is drawn week by week."""
        return any(goal.progress and goal.weeks for goal in self.goals)


@dataclass(frozen=True)
class JournalPage:
    """journals/<slug>.html; of the person alone, without tier and without anybody's figures."""

    link: Link
    team: Link | None
    skills: tuple[SkillDimension, ...]
    goals: tuple[CoachingPlan, ...]
    career: str
    sheet_href: str


@dataclass(frozen=True)
class AgentPart:
    """The section of a person's page."""

    sheet_href: str
    journal_href: str
    priorities: tuple[Priority, ...]
    goals: tuple[Goal, ...]
    has_log: bool
