"""What the site knows: the marts, read once and indexed so that any page finds its rows at once.

Belongs here: reading marts, looking rows up by entity and period. Does not belong here: what a page shows
(`contexts`), any sentence (`fragments`), any arithmetic (`dbt_project`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pipelines.marts import (
    Agent,
    AgentState,
    Attention,
    DeliveredTable,
    Delivery,
    Distribution,
    Doubt,
    Entity,
    Event,
    FunnelLimit,
    Kpi,
    KpiFunnel,
    KpiSignal,
    KpiValue,
    Period,
    Refusal,
    Team,
    Unrecognised,
    rows,
)
from pipelines.site.escape import slugs, visible_text

CENTRE = "centre"
HEADLINE_KINDS: Mapping[str, tuple[str, ...]] = {
    "centre": ("month", "quarter", "all"),
    "team": ("month", "quarter", "all"),
    "agent": ("quarter", "month", "all"),
}
"""Period kinds a page leads with, first wish first. A person's month holds too little to speak about."""

EntityKey = tuple[str, str]
PeriodKey = tuple[str, date]


T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """Everything pages are made from; language-free."""

    kpis: tuple[Kpi, ...]
    entities: Mapping[EntityKey, Entity]
    """Names as a person can see them, by (grain, entity_id)."""
    slugs: Mapping[EntityKey, str]
    """File name stems of teams and agents, all different."""
    teams: tuple[Team, ...]
    agents: tuple[Agent, ...]
    periods: Mapping[PeriodKey, Period]
    values: Mapping[EntityKey, Mapping[str, Mapping[PeriodKey, KpiValue]]]
    signals: Mapping[EntityKey, Mapping[str, tuple[KpiSignal, ...]]]
    attention: tuple[Attention, ...]
    funnels: Mapping[EntityKey, tuple[KpiFunnel, ...]]
    """Funnel points by (kpi_id, grain)."""
    funnel_limits: Mapping[EntityKey, tuple[FunnelLimit, ...]]
    distributions: Mapping[EntityKey, tuple[Distribution, ...]]
    events: tuple[Event, ...]
    tables: tuple[DeliveredTable, ...]
    deliveries: tuple[Delivery, ...]
    refusals: tuple[Refusal, ...]
    doubts: tuple[Doubt, ...]
    states: tuple[AgentState, ...]
    unrecognised: tuple[Unrecognised, ...]
    prints: bool = False
    """Board packs are printed to PDF beside their pages."""
    takes_words: bool = True
    """Words that people typed or said were taken in; otherwise nothing may be concluded from their absence."""
    is_named: bool = True
    """People appear by name, not under codes."""
    books: Mapping[str, object] = field(default_factory=dict)
    """The marts of each area, by its name; see `areas`."""

    @property
    def whole(self) -> Period | None:
        """The period from the first to the last day of the data; None when nothing dated was delivered."""
        return next((period for (kind, _), period in self.periods.items() if kind == "all"), None)

    @property
    def as_of(self) -> date | None:
        """The last day the data speak of: every page's date comes from here, none from the machine's clock."""
        whole = self.whole
        return whole.period_end if whole else None

    @property
    def settled(self) -> date | None:
        """The last day of the latest complete week: what pages about teams and people rest on.

        They speak of complete weeks, months and quarters only, so one more day does not change them.
        """
        week = self.latest("week")
        return min(week.period_end, self.whole.period_end) if week and self.whole else None

    def kpi(self, kpi_id: str) -> Kpi:
        """The catalogue entry of a KPI."""
        return next(kpi for kpi in self.kpis if kpi.kpi_id == kpi_id)

    def delivered(self, grain: str) -> tuple[Kpi, ...]:
        """KPIs that may be shown at a grain and for which data came, in catalogue order."""
        return tuple(kpi for kpi in self.kpis if grain in grains(kpi) and (grain, kpi.kpi_id) in self._observed)

    @cached_property
    def _observed(self) -> frozenset[tuple[str, str]]:
        return frozenset((grain, kpi_id) for (grain, _), of_kpi in self.values.items() for kpi_id in of_kpi)

    def latest(self, kind: str) -> Period | None:
        """The latest complete period of a kind; `all` is taken as it is."""
        if kind == "all":
            return self.whole
        return next((p for (k, _), p in self.periods.items() if k == kind and p.is_latest_complete), None)

    @property
    def comparison(self) -> Period | None:
        """The period of the funnels and distributions, in which people, teams and strata are compared."""
        return next((period for period in self.periods.values() if period.is_comparison), None)

    def headline(self, grain: str, entity_id: str) -> Period | None:
        """The period an entity's page leads with: the first wish of `HEADLINE_KINDS` in which it has any value.

        A complete month comes before a quarter that is still running.
        """
        values = self.values.get((grain, entity_id), {})
        latest = [period for kind in HEADLINE_KINDS[grain] if (period := self.latest(kind))]
        for period in sorted(latest, key=lambda period: not period.is_complete):
            if any((period.period_kind, period.period_start) in of_kpi for of_kpi in values.values()):
                return period
        return None

    def value(self, kpi_id: str, grain: str, entity_id: str, period: Period | None) -> KpiValue | None:
        """One KPI value, or None where nothing was observed."""
        if period is None:
            return None
        of_kpi = self.values.get((grain, entity_id), {}).get(kpi_id, {})
        return of_kpi.get((period.period_kind, period.period_start))

    def series(self, kpi_id: str, grain: str, entity_id: str) -> tuple[KpiSignal, ...]:
        """The weeks of a KPI's chart, oldest first; empty when there are too few for limits."""
        return self.signals.get((grain, entity_id), {}).get(kpi_id, ())

    def of_grain(self, grain: str) -> tuple[Entity, ...]:
        """All entities of a grain, in the mart's order."""
        return tuple(entity for (g, _), entity in self.entities.items() if g == grain)


def grains(kpi: Kpi) -> frozenset[str]:
    """Grains a KPI may be shown at."""
    return frozenset(part.strip() for part in kpi.grains.split(","))


def load(folder: Path) -> Site:
    """Read the marts of one build. Raises FileNotFoundError when a mart is missing."""
    entities = {(entity.grain, entity.entity_id): _named(entity) for entity in rows(folder, Entity)}
    periods = {(period.period_kind, period.period_start): period for period in rows(folder, Period)}
    return Site(
        kpis=tuple(rows(folder, Kpi)),
        entities=entities,
        slugs=_slugs(entities),
        teams=tuple(_led(team) for team in rows(folder, Team)),
        agents=tuple(rows(folder, Agent)),
        periods=periods,
        values=_values(folder, periods.values()),
        signals=_signals(folder),
        attention=tuple(rows(folder, Attention)),
        funnels=_grouped((row.kpi_id, row.grain, row) for row in rows(folder, KpiFunnel)),
        funnel_limits=_grouped((row.kpi_id, row.grain, row) for row in rows(folder, FunnelLimit)),
        distributions=_grouped((row.kpi_id, row.grain, row) for row in rows(folder, Distribution)),
        events=tuple(rows(folder, Event)),
        tables=tuple(rows(folder, DeliveredTable)),
        deliveries=tuple(rows(folder, Delivery)),
        refusals=tuple(rows(folder, Refusal)),
        doubts=tuple(rows(folder, Doubt)),
        states=tuple(rows(folder, AgentState)),
        unrecognised=tuple(rows(folder, Unrecognised)),
    )


def _named(entity: Entity) -> Entity:
    """Names come from exports: control characters, direction marks and endless names never reach a page."""
    name_en = visible_text(entity.name_en) or visible_text(entity.entity_id)
    return replace(entity, name_en=name_en, name_zh=visible_text(entity.name_zh) or name_en)


def _led(team: Team) -> Team:
    """The same for who leads a team."""
    return replace(
        team, leader=visible_text(team.leader or "") or None, manager=visible_text(team.manager or "") or None
    )


def _slugs(entities: Iterable[EntityKey]) -> Mapping[EntityKey, str]:
    found: dict[EntityKey, str] = {}
    for grain in ("team", "agent"):
        ids = [entity_id for kind, entity_id in entities if kind == grain]
        found |= {(grain, entity_id): stem for entity_id, stem in slugs(grain, ids).items()}
    return found


def _values(folder: Path, periods: Iterable[Period]) -> Mapping[EntityKey, Mapping[str, Mapping[PeriodKey, KpiValue]]]:
    """Values that pages show. Days and weeks stay in the mart: weeks are drawn from the signals.

    A centre of 1,000 agents has a million agent-weeks; only each agent's latest complete periods are read.
    """
    latest = {"month": date.max, "quarter": date.max}
    latest |= {p.period_kind: p.period_start for p in periods if p.is_latest_complete and p.period_kind in latest}
    where = (
        "(grain <> 'agent' and period_kind in ('month', 'quarter', 'all'))"
        " or (grain = 'agent' and (period_kind = 'all' or (period_kind = 'month' and period_start = ?)"
        " or (period_kind = 'quarter' and period_start = ?)))"
    )
    index: dict[EntityKey, dict[str, dict[PeriodKey, KpiValue]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows(folder, KpiValue, where, [latest["month"], latest["quarter"]]):
        index[row.grain, row.entity_id][row.kpi_id][row.period_kind, row.period_start] = row
    return {key: dict(of_kpi) for key, of_kpi in index.items()}


def _signals(folder: Path) -> Mapping[EntityKey, Mapping[str, tuple[KpiSignal, ...]]]:
    index: dict[EntityKey, dict[str, list[KpiSignal]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(folder, KpiSignal, "period_kind = 'week'"):
        index[row.grain, row.entity_id][row.kpi_id].append(row)
    return {key: {kpi_id: tuple(series) for kpi_id, series in of_kpi.items()} for key, of_kpi in index.items()}


def _grouped(triples: Iterable[tuple[str, str, T]]) -> Mapping[EntityKey, tuple[T, ...]]:
    index: dict[EntityKey, list[T]] = defaultdict(list)
    for first, second, row in triples:
        index[first, second].append(row)
    return {key: tuple(found) for key, found in index.items()}
