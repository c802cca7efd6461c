"""What each kind of page gets: one frozen dataclass per page kind, holding rows and links but no text.

Belongs here: the types templates may rely on. Does not belong here: what several kinds of page are made of (`parts`),
choosing the rows (`finder`), sentences (`answers`), arithmetic on a KPI (`dbt_project`). A context is the same for
every language; its repr is part of a page's fingerprint.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.marts import (
    Agent,
    AgentState,
    DeliveredTable,
    Delivery,
    Doubt,
    Kpi,
    KpiSignal,
    KpiValue,
    Period,
    Refusal,
    Team,
    Unrecognised,
)
from pipelines.site.areas import Section
from pipelines.site.drawings import Drawing
from pipelines.site.parts import Column, Line, Link, Notice, Row, Whole
from pipelines.site.status import Status

THINGS_TO_LOOK_AT = 5


@dataclass(frozen=True)
class Overview:
    """index.html"""

    status: Status
    period: Period | None
    week: date | None
    cards: tuple[Line, ...]
    notices: tuple[Notice, ...]
    columns: tuple[Column, ...]
    teams: tuple[Row, ...]
    agents: int
    whole: tuple[Whole, ...]
    weeks_seen: int
    teams_href: str
    agents_href: str
    sections: tuple[Section, ...]

    @property
    def top(self) -> tuple[Notice, ...]:
        """The first few things to look at."""
        return self.notices[:THINGS_TO_LOOK_AT]


@dataclass(frozen=True)
class Teams:
    """teams/index.html"""

    status: Status
    period: Period | None
    columns: tuple[Column, ...]
    teams: tuple[tuple[Team, Row], ...]
    notices: tuple[Notice, ...]
    weeks_seen: int
    agents: int
    agents_href: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """The table of values."""
        return tuple(row for _, row in self.teams)


@dataclass(frozen=True)
class Agents:
    """agents/index.html"""

    status: Status
    people: tuple[tuple[Agent, Link, Link | None], ...]


@dataclass(frozen=True)
class OneTeam:
    """teams/<slug>.html"""

    as_of: date | None
    leader: str | None
    size: int
    link: Link
    period: Period | None
    main: tuple[str, ...]
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]
    xmr: tuple[Drawing, ...]
    funnel: Drawing | None
    dots: tuple[Drawing, ...]
    columns: tuple[Column, ...]
    agents: tuple[Row, ...]
    agents_period: Period | None
    sections: tuple[Section, ...]
    data_href: str

    @property
    def cards(self) -> tuple[Line, ...]:
        """The main KPIs."""
        return tuple(line for line in self.lines if line.kpi_id in self.main)


@dataclass(frozen=True)
class OneAgent:
    """agents/<slug>.html; holds no other person."""

    as_of: date | None
    hire_date: date | None
    tenure_band: str | None
    first_day: date | None
    last_day: date | None
    link: Link
    team: Link | None
    role: Link | None
    period: Period | None
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    data_href: str

    @property
    def weekly(self) -> tuple[Line, ...]:
        """KPIs with a chart by week."""
        return tuple(line for line in self.lines if line.weeks)

    @property
    def weeks(self) -> tuple[tuple[date, tuple[tuple[str, float | None], ...]], ...]:
        """The weekly charts as one table: a row per week, oldest first, with (kpi_id, value) per KPI."""
        by_kpi = [(line.kpi_id, dict(zip(line.weeks, line.trend, strict=True))) for line in self.weekly]
        weeks = sorted({week for _, values in by_kpi for week in values})
        return tuple((week, tuple((kpi_id, values.get(week)) for kpi_id, values in by_kpi)) for week in weeks)


@dataclass(frozen=True)
class Kpis:
    """kpis/index.html"""

    status: Status
    period: Period | None
    delivered: tuple[tuple[str, str, KpiValue | None, KpiValue | None], ...]
    """(kpi_id, href, value of the latest period, value of the whole period)"""
    absent: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OneKpi:
    """kpis/<kpi_id>.html"""

    status: Status
    kpi: Kpi
    grains: tuple[str, ...]
    figures: tuple[KpiValue, ...]
    """The centre: latest month, latest quarter, whole period; what exists of them."""
    months: tuple[KpiValue, ...]
    latest: KpiSignal | None
    xmr: Drawing | None
    distribution: Drawing | None
    funnel: Drawing | None
    dots: Drawing | None
    strata_period: Period | None
    strata: tuple[tuple[str, tuple[Row, ...], Drawing | None], ...]
    missing: tuple[tuple[DeliveredTable | None, str], ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Data:
    """data/index.html"""

    status: Status
    deliveries: tuple[Delivery, ...]
    refusals: tuple[Refusal, ...]
    doubts: tuple[Doubt, ...]
    states: tuple[AgentState, ...]
    """States of agents of which nobody has said what they mean."""
    unrecognised: tuple[Unrecognised, ...]
    absent: tuple[tuple[str, str, tuple[str, ...]], ...]
    """KPIs without data: (kpi_id, href, what they need)"""
    dictionary_href: str
