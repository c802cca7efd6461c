"""What the pages of periods get: rows and links, no text.

Belongs here: shapes that templates and `_periods_words` rely on. Does not belong here: choosing rows (`periods`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.marts import Difference, KpiValue, Period
from pipelines.site.parts import Column, Line, Link, Row
from pipelines.site.status import Status


@dataclass(frozen=True)
class Step:
    """A period and where its page is."""

    period: Period
    href: str


@dataclass(frozen=True)
class Against:
    """One KPI in an earlier period, and its difference since; None where nothing was observed or nothing is judged."""

    value: KpiValue | None
    difference: Difference | None


@dataclass(frozen=True)
class Measure:
    """One KPI of one entity in a period, beside earlier ones."""

    kpi_id: str
    href: str
    now: KpiValue
    previous: Against
    year_ago: Against


@dataclass(frozen=True)
class Board:
    """An entity in one period: its measures, and the periods they are laid beside."""

    period: Period
    previous: Period | None
    year_ago: Period | None
    measures: tuple[Measure, ...]

    def called(self, which: str, verdict: str) -> list[str]:
        """Ids of the KPIs whose difference from `previous` or `year_ago` has that verdict."""
        found = ((measure.kpi_id, getattr(measure, which).difference) for measure in self.measures)
        return [kpi_id for kpi_id, difference in found if difference and difference.verdict == verdict]

    def judged(self, which: str) -> int:
        """How many measures can be told from `previous` or `year_ago`."""
        found = (getattr(measure, which).difference for measure in self.measures)
        return sum(difference is not None and difference.verdict != "too_few" for difference in found)


@dataclass(frozen=True)
class Switch:
    """Every period with a page, to go to another from one of them."""

    whole: Step | None
    years: tuple[tuple[int, tuple[Step, ...]], ...]


@dataclass(frozen=True)
class PeriodPage:
    """periods/<period>.html: the whole centre in one complete period."""

    board: Board
    cards: tuple[Line, ...]
    earlier: Step | None
    later: Step | None
    switch: Switch
    columns: tuple[Column, ...]
    teams: tuple[Row, ...]
    kept_back: int
    """Teams of too few people for a page that many read."""
    fewest: int
    compare_href: str
    list_href: str
    data_href: str

    @property
    def period(self) -> Period:
        """The period of the page."""
        return self.board.period


@dataclass(frozen=True)
class Trend:
    """One KPI over the periods of a kind, oldest first."""

    column: Column
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Listed:
    """Periods of one kind as rows, newest first, with their main measures."""

    kind: str
    trends: tuple[Trend, ...]
    rows: tuple[tuple[Step, tuple[Against, ...]], ...]
    """Value of the period, and its difference from the one before."""


@dataclass(frozen=True)
class PeriodsPage:
    """periods/index.html"""

    status: Status
    tables: tuple[Listed, ...]
    whole: Step | None
    newest: Board | None
    compare_href: str


@dataclass(frozen=True)
class HistoryPage:
    """history/<team>.html: one team through its periods."""

    link: Link
    slug: str
    boards: tuple[Board, ...]
    """Newest quarter and newest month, what exists of them."""
    tables: tuple[tuple[tuple[Period, ...], tuple[tuple[Column, tuple[KpiValue | None, ...]], ...]], ...]
    """Quarters, then months: the periods, newest first, and a row of values per KPI."""
    choices: tuple[tuple[str, Period], ...]
    """Periods to choose from, by the stem of their names in the data file."""
    data_href: str
