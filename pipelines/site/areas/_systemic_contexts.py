"""What the pages and sections about systemic shortfalls get: rows and links, no text."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.marts import (
    FunnelSpread,
    MixSegment,
    MixShift,
    Period,
    Rule,
    Systemic,
    SystemicAgent,
    SystemicReason,
    SystemicTeam,
)
from pipelines.site.areas._systemic_drawings import GapParts, MixSplit
from pipelines.site.parts import Column, Link
from pipelines.site.status import Status


@dataclass(frozen=True)
class Verdict:
    """Where the shortfall of one KPI lies."""

    column: Column
    row: Systemic
    before: Systemic | None
    """The window before."""
    reasons: tuple[tuple[Link, SystemicReason], ...]
    """Those that carry most of the shortfall, the largest first; empty unless the shortfall is sure."""

    @property
    def kpi_id(self) -> str:
        """Which KPI."""
        return self.column.kpi_id

    @property
    def named(self) -> tuple[tuple[Link, SystemicReason], ...]:
        """Reasons large enough to be named."""
        return tuple(pair for pair in self.reasons if pair[1].is_named)


@dataclass(frozen=True)
class Register:
    """systemic/index.html"""

    status: Status
    window: Period | None
    verdicts: tuple[Verdict, ...]
    teams: tuple[tuple[Column, Link, SystemicTeam], ...]
    """Teams whose shortfall is their own and that are large enough to be shown here."""
    spreads: tuple[tuple[Column, FunnelSpread | None, FunnelSpread | None], ...]
    """KPIs whose funnel of agents or of teams is wider than chance makes it."""
    centre_only: tuple[Column, ...]
    """KPIs with a target that nobody alone can reach or miss."""
    by_ratio: tuple[Column, ...]
    """KPIs whose standard is a ratio to what is expected for such work."""
    rules: tuple[Rule, ...]

    def of(self, *codes: str) -> tuple[Verdict, ...]:
        """The KPIs with one of these verdicts."""
        return tuple(verdict for verdict in self.verdicts if verdict.row.verdict in codes)

    @property
    def seen(self) -> tuple[Verdict, ...]:
        """KPIs for which enough people could be compared."""
        return tuple(verdict for verdict in self.verdicts if verdict.row.verdict != "too_few")

    def rule(self, rule_id: str) -> float:
        """A rule's value."""
        return next(rule.value for rule in self.rules if rule.rule_id == rule_id)


@dataclass(frozen=True)
class OverviewPart:
    """The section of the overview."""

    window: Period
    verdicts: tuple[Verdict, ...]
    """Those of the whole centre."""
    href: str


@dataclass(frozen=True)
class Mix:
    """What of a change came with the work."""

    shift: MixShift
    is_sure: bool
    """The likely ranges of both periods lie apart."""
    segments: tuple[tuple[tuple[Link, ...], MixSegment], ...]
    """The kinds of work that moved it most, each by its channel, queue, reason and segment."""


@dataclass(frozen=True)
class KpiPart:
    """The section of a KPI's page."""

    window: Period
    verdict: Verdict | None
    teams: tuple[Link, ...]
    mix: Mix | None
    picture: MixSplit | None
    """The months, where a mix is given."""
    href: str


@dataclass(frozen=True)
class TeamPart:
    """The section of a team's page, by measure in the catalogue's order."""

    window: Period
    rows: tuple[tuple[Column, SystemicTeam], ...]
    strong: tuple[str, ...]
    """KPIs that the team very likely does better on than its target."""
    owners: tuple[Verdict, ...]
    """What the team shares with the whole centre."""
    people: tuple[tuple[Link, tuple[tuple[str, bool], ...]], ...]
    """Whose shortfall is their own, in order of name: KPIs, each with whether it is confirmed."""
    picture: GapParts | None
    href: str


@dataclass(frozen=True)
class AgentPart:
    """The section of a person's page. Empty fields are not spoken of."""

    window: Period
    strong: tuple[str, ...]
    """KPIs very likely better than the target."""
    ahead: tuple[str, ...]
    """KPIs very likely better than their own team."""
    short: tuple[tuple[Column, SystemicAgent], ...]
    picture: GapParts | None
    has_team: bool
    href: str
