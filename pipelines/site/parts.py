"""What pages are made of, whatever their kind: a named thing with its page, a KPI as a line, a column, a row.

Belongs here: frozen dataclasses of rows and links that several kinds of page hold; their repr is part of a page's
fingerprint. Does not belong here: what one kind of page gets (`contexts`), choosing the rows (`finder`), text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.marts import Attention, KpiSignal, KpiValue

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
