"""What pages and sections about talent get: frozen rows and links, no text."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.marts import EngagementAxis, EngagementItem, Quadrant, QuadrantCount, Rising, Rule
from pipelines.site.areas._talent_book import Cuts, ItemScale, Window
from pipelines.site.areas._talent_drawings import Counts, People
from pipelines.site.parts import Link
from pipelines.site.status import Status


@dataclass(frozen=True)
class QuadrantPage:
    """tiers/quadrant.html; holds nobody's place."""

    status: Status
    window: Window | None
    axis: EngagementAxis | None
    axes: tuple[EngagementAxis, ...]
    cuts: Cuts | None
    counts: tuple[QuadrantCount, ...]
    picture: Counts | None
    scales: tuple[ItemScale, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Group:
    """How many people of a team, or of the centre where there are no teams, stand out."""

    link: Link
    people: int
    rising: int
    hidden: int


@dataclass(frozen=True)
class RisingPage:
    """tiers/rising.html; holds nobody's name."""

    status: Status
    window: Window | None
    quarters: int
    groups: tuple[Group, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Person:
    """One row of a team's table."""

    link: Link
    place: Quadrant


@dataclass(frozen=True)
class TeamPart:
    """The section of a team's page."""

    window: Window
    axis: EngagementAxis
    cuts: Cuts
    people: tuple[Person, ...]
    picture: People | None
    noticed: tuple[tuple[Link, Rising], ...]
    href: str
    rising_href: str


@dataclass(frozen=True)
class AgentPart:
    """The section of a person's page."""

    window: Window
    axis: EngagementAxis
    cuts: Cuts
    place: Quadrant
    items: tuple[EngagementItem, ...]
    rising: Rising | None
    href: str
    rising_href: str
