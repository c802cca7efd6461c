"""What each kind of page gets: one frozen dataclass per page kind, holding rows and links but no text.

Belongs here: the types templates may rely on. Does not belong here: choosing the rows (`finder`), sentences
(`answers`), arithmetic on a KPI (`dbt_project`). A context is the same for every language; its repr is part of a
page's fingerprint.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.marts import (
    Agent,
    Attention,
    DeliveredTable,
    Delivery,
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
from pipelines.site.status import Status

THINGS_TO_LOOK_AT = 5
WEEKS_AT_A_GLANCE = 26


@dataclass(frozen=True)
class Link:
    """An entity's name and where its page is, relative to the page that shows it; `href` is empty without a page."""

    grain: str
    name_en: str
    name_zh: str
    href: str


@dataclass(frozen=True)
class Line:
    """One KPI of one entity: the value of the page's period, and its weeks."""

    kpi_id: str
    href: str
    now: KpiValue | None
    centre: KpiValue | None
    """The whole centre in the same period, for pages of teams and agents."""
    weeks: tuple[date, ...]
    trend: tuple[float, ...]
    findings: tuple[str, ...]
    latest: KpiSignal | None
    is_current: bool
    """The latest week is one of the last two complete ones and the chart has enough weeks to be relied on."""

    @property
    def recent(self) -> tuple[float, ...]:
        """The latest weeks, as many as a word-sized line can show."""
        return self.trend[-WEEKS_AT_A_GLANCE:]

    @property
    def moved(self) -> str:
        """The finding of the latest week where it may be said as news, else empty."""
        return self.latest.finding if self.latest and self.is_current else ""

    @property
    def limits(self) -> tuple[float, float, float] | None:
        """Lower limit, average, upper limit of the latest week; None without weeks."""
        last = self.latest
        return (last.lower_limit, last.centre_line, last.upper_limit) if last else None

    @property
    def is_high(self) -> bool | None:
        """Whether the latest week lies above the average; None without weeks."""
        return self.latest.value > self.latest.centre_line if self.latest else None

    @property
    def domain(self) -> tuple[float, float]:
        """Ends of a bar that holds the value, its interval, the target and the period before."""
        now = self.now
        marks = (now.value, now.interval_high, now.target, now.previous_value) if now else ()
        return 0.0, max((mark for mark in marks if mark is not None), default=0.0) or 1.0


@dataclass(frozen=True)
class Column:
    """One KPI as a column of a table."""

    kpi_id: str
    href: str


@dataclass(frozen=True)
class Row:
    """One entity of a table, with a value (or none) per column."""

    link: Link
    cells: tuple[KpiValue | None, ...]


@dataclass(frozen=True)
class Notice:
    """One thing to look at, and the page behind it."""

    attention: Attention
    subject: Link
    href: str


@dataclass(frozen=True)
class Whole:
    """One KPI over the whole period, with its latest period beside it."""

    kpi_id: str
    href: str
    whole: KpiValue
    now: KpiValue | None


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
    unrecognised: tuple[Unrecognised, ...]
    absent: tuple[tuple[str, str, tuple[str, ...]], ...]
    """KPIs without data: (kpi_id, href, what they need)"""
    dictionary_href: str
