"""What the pages and sections about QA fairness get: rows and links, no text, and no grader's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.marts import (
    Agreement,
    Anchor,
    Calibration,
    CriticalErrorCost,
    Grader,
    Period,
    QaCoverage,
    QaSamplingPlan,
    Rule,
    SkillDimension,
    SkillProfile,
)
from pipelines.site.areas._quality_drawings import Agreed, Problems, Severity, Skills
from pipelines.site.parts import Link
from pipelines.site.status import Status

REASONS = ("no_forms_yet", "not_judged", "near_decision", "routine")
SCORE, CRITICAL = "score", "critical_error"
Profile = tuple[tuple[SkillDimension, SkillProfile], ...]


@dataclass(frozen=True)
class FormAgreement:
    """How far graders agree on one form: the score, then the skills, then critical errors."""

    form: str
    measures: tuple[tuple[SkillDimension | None, Calibration], ...]

    @property
    def score(self) -> Calibration | None:
        """Agreement on the whole score."""
        return next((found for _, found in self.measures if found.measure == SCORE), None)


@dataclass(frozen=True)
class Covered:
    """How much of a group's work was scored. Counts are added up; of everything else only the ends are named."""

    link: Link
    people: tuple[QaCoverage, ...]

    @property
    def forms(self) -> int:
        """Monitored and third-party forms."""
        return sum(person.forms for person in self.people)

    @property
    def scored(self) -> int:
        """Contacts scored."""
        return sum(person.contacts_scored for person in self.people)

    @property
    def handled(self) -> int | None:
        """Contacts handled; None where nobody's were delivered."""
        known = [person.contacts_handled for person in self.people if person.contacts_handled is not None]
        return sum(known) if known else None

    @property
    def without(self) -> int:
        """People without a form."""
        return sum(person.forms == 0 for person in self.people)

    @property
    def forms_each(self) -> tuple[float | None, float | None]:
        """Fewest and most forms of one person."""
        return ends([person.forms for person in self.people])

    @property
    def share_each(self) -> tuple[float | None, float | None]:
        """Smallest and largest share of one person's contacts."""
        return ends([person.coverage_share for person in self.people])

    @property
    def unknown(self) -> float | None:
        """What is not known yet of the person of whom least is known."""
        return ends([person.remaining_sd_points for person in self.people])[1]

    @property
    def silence(self) -> float | None:
        """Longest time since a last form, in days."""
        return ends([person.days_since_last_form for person in self.people])[1]


def ends(values: Sequence[float | None]) -> tuple[float | None, float | None]:
    """Smallest and largest of what is known."""
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else (None, None)


@dataclass(frozen=True)
class QualityPage:
    """quality/index.html"""

    status: Status
    period: Period | None
    """None when no form was ever scored."""
    forms: tuple[FormAgreement, ...]
    graders: tuple[Grader, ...]
    """In order of name, numbered."""
    beside: tuple[Agreement | None, ...]
    """Each grader against the mean of the others on the same contacts."""
    is_small: bool
    """There are too few graders to show them one by one where everybody reads."""
    leaders_known: bool
    """Whether any team's leader was delivered."""
    severity: Severity | None
    kinds: tuple[Agreement, ...]
    agreed: tuple[Agreed, ...]
    cost: CriticalErrorCost | None
    centre: Covered | None
    teams: tuple[Covered, ...]
    problems: tuple[Problems, ...]
    counted: tuple[Anchor, ...]
    """Where the QA score has a weight in a tier."""
    rules: tuple[Rule, ...]
    plan_href: str

    @property
    def groups(self) -> tuple[Covered, ...]:
        """The centre, then its teams."""
        return (self.centre, *self.teams) if self.centre else ()

    @property
    def verdicts(self) -> frozenset[str]:
        """What may be done with the scores."""
        return frozenset(found.score.verdict for found in self.forms if found.score)

    @property
    def as_of(self) -> date | None:
        """The last day that counts."""
        days = [grader.last_day for grader in self.graders] + ([self.period.period_end] if self.period else [])
        return max(days, default=self.status.as_of)

    @property
    def leniency(self) -> tuple[float | None, float | None]:
        """Points beyond the average form of the strictest and of the most lenient grader."""
        return ends([grader.leniency_points for grader in self.judged])

    @property
    def judged(self) -> tuple[Grader, ...]:
        """Graders whose strictness is known."""
        return tuple(grader for grader in self.graders if grader.verdict == "judged")

    @property
    def own_team_forms(self) -> int:
        """Forms that somebody gave to the team they lead."""
        return sum(grader.own_team_forms for grader in self.graders)

    @property
    def all_forms(self) -> int:
        """Forms of all graders, calibrations not among them."""
        return sum(grader.forms for grader in self.graders)


@dataclass(frozen=True)
class Share:
    """A group's part of the sampling plan."""

    link: Link
    people: tuple[QaSamplingPlan, ...]

    @property
    def forms(self) -> int:
        """Forms there are."""
        return sum(person.forms for person in self.people)

    @property
    def suggested(self) -> int:
        """Forms suggested."""
        return sum(person.suggested_forms for person in self.people)

    def counted(self, reason: str) -> int:
        """People with a reason."""
        return sum(person.reason == reason for person in self.people)

    def given(self, reason: str) -> int:
        """Forms suggested for that reason."""
        return sum(person.suggested_forms for person in self.people if person.reason == reason)

    @property
    def now(self) -> tuple[float | None, float | None]:
        """What is not known yet, from the best known person to the least known."""
        return ends([person.remaining_sd_points for person in self.people])

    @property
    def then(self) -> tuple[float | None, float | None]:
        """The same after the suggested forms."""
        return ends([person.expected_sd_points for person in self.people])


@dataclass(frozen=True)
class PlanPage:
    """quality/plan.html"""

    status: Status
    period: Period | None
    centre: Share | None
    teams: tuple[Share, ...]
    cost: CriticalErrorCost | None
    rules: tuple[Rule, ...]
    href: str

    @property
    def groups(self) -> tuple[Share, ...]:
        """The centre, then its teams."""
        return (self.centre, *self.teams) if self.centre else ()


@dataclass(frozen=True)
class Person:
    """One row of a team's table."""

    link: Link
    coverage: QaCoverage | None
    plan: QaSamplingPlan | None


@dataclass(frozen=True)
class TeamPart:
    """The section of a team's page."""

    period: Period
    skills: Profile
    picture: Skills | None
    people: tuple[Person, ...]
    share: Share | None
    problems: Problems | None
    href: str
    plan_href: str


@dataclass(frozen=True)
class AgentPart:
    """The section of a person's page; holds no other person."""

    period: Period
    skills: Profile
    picture: Skills | None
    coverage: QaCoverage | None
    href: str
