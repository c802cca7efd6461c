"""What the pages and sections about guards and hovering get: rows, links and one picture, no text."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.charts import hovering
from pipelines.marts import (
    Guard,
    Hovering,
    HoveringBin,
    NetHandleTime,
    Period,
    ReasonDrift,
    Rule,
    ShortContact,
    TradeOff,
)
from pipelines.site.drawings import Drawing
from pipelines.site.parts import Column, Link
from pipelines.site.status import Status


@dataclass(frozen=True)
class Near(Drawing):
    """Days of the centre or a team around a minimum."""

    row: Hovering
    bins: tuple[HoveringBin, ...]
    of: Link

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the marks this picture shows."""
        return hovering.KEY


@dataclass(frozen=True)
class Watched:
    """One guard over the whole centre. A number of people is None where too few were compared to show it."""

    column: Column
    protects: tuple[Column, ...]
    people: int
    people_out: int | None
    teams: int
    teams_out: int


@dataclass(frozen=True)
class GuardsPage:
    """systemic/guards.html"""

    status: Status
    window: Period | None
    watched: tuple[Watched, ...]
    people_out: int
    """Different people for whom any guard stands out."""
    teams_out: int
    drift_people: int
    drift_out: int
    short: tuple[tuple[Link, ShortContact], ...]
    """The centre first."""
    net: tuple[tuple[Link, NetHandleTime], ...]
    months: tuple[NetHandleTime, ...]
    trade_offs: tuple[tuple[Link, TradeOff], ...]
    teams_with_too_few: int
    """Teams too small to say whether speed is bought."""
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> float:
        """A rule's value."""
        return next(rule.value for rule in self.rules if rule.rule_id == rule_id)

    @property
    def protected(self) -> tuple[Column, ...]:
        """Everything that is protected, each once."""
        return tuple(dict.fromkeys(column for watched in self.watched for column in watched.protects))

    @property
    def trend(self) -> tuple[float | None, ...]:
        """Handle time per solved matter of the months."""
        return tuple(month.handle_seconds_per_resolved_issue for month in self.months)


@dataclass(frozen=True)
class HoveringPage:
    """systemic/hovering.html"""

    status: Status
    window: Period | None
    centre: tuple[Hovering, ...]
    """One per KPI with a minimum."""
    pictures: tuple[Near, ...]
    shown: tuple[tuple[Link, Hovering], ...]
    """The centre, and teams that are large enough."""
    too_small: int
    history: tuple[tuple[Period, Hovering], ...]
    """The centre in each window, oldest first."""
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> float:
        """A rule's value."""
        return next(rule.value for rule in self.rules if rule.rule_id == rule_id)


@dataclass(frozen=True)
class Question:
    """A guard that stands out, with what it protects."""

    guard: Guard
    protects: tuple[str, ...]


@dataclass(frozen=True)
class Drift:
    """Other reasons than colleagues record."""

    row: ReasonDrift
    more: Link | None
    less: Link | None


@dataclass(frozen=True)
class TeamPart:
    """The section of a team's page."""

    window: Period
    own: tuple[Question, ...]
    """Guards that stand out for the team as a whole."""
    people: tuple[tuple[Link, tuple[Question, ...], Drift | None], ...]
    """Members for whom one stands out, in order of name."""
    trade_off: TradeOff | None
    net: NetHandleTime | None
    net_centre: NetHandleTime | None
    short: ShortContact | None
    """Only where short contacts change the picture."""
    cap: float
    href: str


@dataclass(frozen=True)
class AgentPart:
    """The section of a person's page; only where something stands out."""

    window: Period
    questions: tuple[Question, ...]
    drift: Drift | None
    cap: float
    href: str
