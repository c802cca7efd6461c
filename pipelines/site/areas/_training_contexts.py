"""What the centre's page on training and the section on a team's page get: rows and links, no text, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.marts import CourseDelivery, Programme, Rule, SkillDimension, TrainingNeed, TrainingStage
from pipelines.site.areas._effect_contexts import EffectsPage
from pipelines.site.areas._effect_drawings import Comparison
from pipelines.site.parts import Link
from pipelines.site.status import Status


@dataclass(frozen=True)
class Need:
    """One skill, as the forms of the current window show it."""

    skill: SkillDimension
    row: TrainingNeed


@dataclass(frozen=True)
class TeamNeeds:
    """The skills of one team that need something, most lost points first; its link leads to its guide."""

    link: Link
    needs: tuple[Need, ...]
    is_small: bool
    """Too few people to be told on a page of the centre."""

    def of(self, verdict: str) -> tuple[SkillDimension, ...]:
        """Skills with a verdict."""
        return tuple(need.skill for need in self.needs if need.row.verdict == verdict)


@dataclass(frozen=True)
class Taught:
    """One course: what it is, how it was given, what came of it."""

    programme: Programme
    name: Link
    is_hidden: bool
    """Fewer people than pages of the centre may show."""
    delivery: CourseDelivery | None
    skill: SkillDimension | None
    effects: tuple[Comparison, ...]
    """Behaviour at work before results."""


@dataclass(frozen=True)
class Stage:
    """The courses of one development stage, and who has had them. `code` is empty for courses without a stage."""

    code: str
    row: TrainingStage | None
    counts: tuple[int | None, int | None, int | None]
    """People who had all, some or none; None where a number is too small to be told or would give such a one away."""
    courses: tuple[Taught, ...]


@dataclass(frozen=True)
class TrainingPage:
    """coaching/training.html"""

    status: Status
    missing: tuple[str, ...]
    """Contract tables that the page would use and that nobody delivered."""
    needs: tuple[Need, ...]
    teams: tuple[TeamNeeds, ...]
    stages: tuple[Stage, ...]
    effects: EffectsPage
    """Of courses only."""
    rules: Mapping[str, Rule]
    library_href: str
    effects_href: str

    @property
    def domain(self) -> tuple[float, float]:
        """Ends of the scale on which shares missed are drawn."""
        return 0.0, max((need.row.interval_high for need in self.needs), default=0.0) or 1.0

    def of(self, verdict: str) -> tuple[SkillDimension, ...]:
        """Skills of the centre with a verdict."""
        return tuple(need.skill for need in self.needs if need.row.verdict == verdict)

    @property
    def has_dimensions(self) -> bool:
        """Whether any course says which skill it teaches."""
        return any(course.skill for stage in self.stages for course in stage.courses)


@dataclass(frozen=True)
class TeamPart:
    """The section of a team's page."""

    needs: TeamNeeds
    href: str
