"""What the pages and sections about coaching and training get: rows and links, no text."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.marts import AgentChange, EffectShare, Programme, Rule
from pipelines.site.areas._effect_drawings import Comparison, Decay, Ranges
from pipelines.site.parts import Link
from pipelines.site.status import Status

FINDINGS = ("above_expectation", "as_expected", "below_expectation")
"""fct_agent_change.finding, what went well first."""


@dataclass(frozen=True)
class Block:
    """All programmes of one kind that are judged by one KPI."""

    programme_kind: str
    outcome_level: str
    kpi_id: str
    href: str
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True)
class Course:
    """One course: what was learnt, what changed at work, what came of it. `is_hidden` as in `Comparison`."""

    programme: Programme
    name: Link
    is_hidden: bool
    behaviour: Comparison | None
    result: Comparison | None


@dataclass(frozen=True)
class EffectsPage:
    """effects/index.html"""

    status: Status
    blocks: tuple[tuple[Block, Ranges | None, Decay | None], ...]
    courses: tuple[Course, ...]
    unjudged: tuple[Link, ...]
    """Coaching programmes whose goals name no KPI that could show an effect."""
    example: Comparison | None
    """A comparison in which part of before and after was to be expected from nothing."""
    shares: tuple[EffectShare, ...]
    rules: tuple[Rule, ...]
    fewest: Rule | None

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every programme and KPI."""
        return tuple(comparison for block, _, _ in self.blocks for comparison in block.comparisons)


@dataclass(frozen=True)
class KpiPart:
    """The section of a KPI's page."""

    kpi_id: str
    comparisons: tuple[Comparison, ...]
    fewest: Rule
    href: str


@dataclass(frozen=True)
class AgentPart:
    """The section of a person's page: a change with the page of its KPI, the latest month of coaching first."""

    changes: tuple[tuple[AgentChange, str], ...]
    sure: Rule
    href: str

    @property
    def latest(self) -> tuple[AgentChange, ...]:
        """Those of the latest month of coaching, what went well first."""
        latest = self.changes[0][0].coaching_month
        found = (change for change, _ in self.changes if change.coaching_month == latest)
        return tuple(sorted(found, key=lambda change: FINDINGS.index(change.finding)))
