"""What the centre's page about coaching and its section on the overview get: rows and links, nobody's name, no text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.marts import CoachingCoverage, CoachingCoverageMix, KpiValue, Rule
from pipelines.site.areas._effect_contexts import EffectsPage
from pipelines.site.parts import Link
from pipelines.site.status import Status

Counts = tuple[tuple[str, int], ...]
"""Codes with how many rows have them, in the order in which they are told; codes nobody has are left out."""


@dataclass(frozen=True)
class TeamRow:
    """One team, in order of name; its link leads to its guide."""

    link: Link
    coverage: CoachingCoverage | None
    """None where the log says nothing of the team, and where too few people are in it to be told here."""
    is_small: bool
    talks: int
    """People of the order of talks: everybody here."""
    fitting: int
    """Of these, as many as the hours of the week reach."""
    minutes: int | None
    """Suggested for all talks together."""
    hours: float | None

    @property
    def minutes_available(self) -> float | None:
        """The hours in the unit of the talks, so that both can be laid side by side."""
        return None if self.hours is None else 60 * self.hours


@dataclass(frozen=True)
class Share:
    """Coaching time by tier or by length of service."""

    kind: str
    groups: tuple[CoachingCoverageMix, ...]
    """Those large enough to be shown."""
    hidden: tuple[str, ...]
    """Names of those that are too small."""

    @property
    def domain(self) -> tuple[float, float]:
        """Ends of the bars."""
        return 0.0, max((group.minutes_per_person or 0.0 for group in self.groups), default=0.0) or 1.0


@dataclass(frozen=True)
class Service:
    """One main measure of the centre, quarter by quarter as in `CoachingPage.quarters`."""

    kpi_id: str
    href: str
    values: tuple[KpiValue | None, ...]


@dataclass(frozen=True)
class Goals:
    """Where goals of the people here stand; counts of rows."""

    open: Counts
    due: Counts
    """Goals past their day that a figure shows: what it says."""
    anyway: Counts
    """The same goals: what came of it beside what was to be expected without coaching."""
    agreed: int
    """Goals agreed in the talks of the last weeks."""
    with_own_view: int | None
    """None where no words of people are taken in."""
    confirmed: int

    def number(self, *codes: str) -> int:
        """Open goals in these states."""
        return sum(count for code, count in self.open if code in codes)


@dataclass(frozen=True)
class Answers:
    """What people disputed and how long an answer took."""

    open: int
    longest_open: int | None
    answered: int
    longest_answered: int | None
    changed: int


@dataclass(frozen=True)
class CoachingPage:
    """coaching/index.html"""

    status: Status
    centre: CoachingCoverage | None
    """Of the last weeks; None without a coaching log."""
    teams: tuple[TeamRow, ...]
    shares: tuple[Share, ...]
    quarters: tuple[CoachingCoverage, ...]
    """Of the centre, oldest first."""
    service: tuple[Service, ...]
    """What customers met in these quarters."""
    goals: Goals
    answers: Answers | None
    """None where nobody answers through files."""
    effects: EffectsPage
    """Of coaching programmes only."""
    links: tuple[tuple[str, str], ...]
    """Other pages by name, as far as the site has them."""
    rules: Mapping[str, Rule]

    def href(self, name: str) -> str:
        """Another page; empty where there is none."""
        return dict(self.links).get(name, "")

    @property
    def has_order(self) -> bool:
        """Whether any team has an order of talks."""
        return any(team.minutes is not None for team in self.teams)


@dataclass(frozen=True)
class OverviewPart:
    """The section of the overview."""

    centre: CoachingCoverage
    goals: Goals
    gap_days: float
    href: str
