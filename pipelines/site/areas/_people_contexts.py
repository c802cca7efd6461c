"""What the pages and sections about indices, workload and conduct get: rows and links, no text."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.marts import Anchor, CallVolume, Conduct, KpiValue, Period, Rule, Workload
from pipelines.site.areas._people_book import Formula
from pipelines.site.areas._people_kpis import ANSWERED, TALK_TIME
from pipelines.site.drawings import Drawing
from pipelines.site.parts import Column, Link, Row
from pipelines.site.status import Status

FULL_QUOTA = 1.0


@dataclass(frozen=True)
class CentreIndex:
    """One index of the whole centre."""

    formulas: tuple[Formula, ...]
    """Latest month, latest quarter, whole period; what exists of them, at least one."""
    readings: tuple[CallVolume, ...]
    """The readings of the call-volume index in the period of the first formula; empty for the others."""
    rule: Rule | None
    """The coefficient; for the call-volume index the fewest days."""
    href: str

    @property
    def lead(self) -> Formula:
        """The one that is written out."""
        return self.formulas[0]

    @property
    def domain(self) -> tuple[float, float]:
        """Ends of the bars of the readings: at least the whole quota."""
        return 0.0, max(FULL_QUOTA, *(volume.value or 0.0 for volume in self.readings))


@dataclass(frozen=True)
class IndicesPage:
    """indices/index.html"""

    status: Status
    periods: tuple[Period, ...]
    figures: tuple[tuple[Column, tuple[KpiValue | None, ...]], ...]
    """A value per period."""
    indices: tuple[CentreIndex, ...]
    absent: tuple[Link, ...]
    """Indices without a figure, as links to their pages."""
    counted: tuple[Anchor, ...]
    """Where an index has a weight in a score."""
    compared: Period | None
    columns: tuple[Column, ...]
    teams: tuple[Row, ...]
    fewest_people: Rule | None
    dots: tuple[Drawing, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class BandPart:
    """The section on the pages of handle time and talk time."""

    kpi_id: str
    anchors: tuple[tuple[Link | None, Anchor], ...]
    """Per role; None stands for everybody."""
    columns: tuple[Column, ...]
    months: tuple[tuple[Period, tuple[KpiValue | None, ...]], ...]

    @property
    def is_talk_time(self) -> bool:
        """Whether the page is that of talk time, which has no band of its own."""
        return self.kpi_id == TALK_TIME

    @property
    def has_answer_rate(self) -> bool:
        """Whether the figure that keeps handle time honest was delivered."""
        return any(column.kpi_id == ANSWERED for column in self.columns)


@dataclass(frozen=True)
class KpiPart:
    """The section of a KPI's page: one of the two."""

    index: CentreIndex | None
    band: BandPart | None


@dataclass(frozen=True)
class TeamPart:
    """The section of a team's page."""

    formulas: tuple[Formula, ...]
    centre: tuple[KpiValue | None, ...]
    """The whole centre's value beside each formula, of the same period."""
    period: Period | None
    workload: Workload | None
    heavy: tuple[Link, ...]
    """People whose load was above the warning in that month."""
    months: tuple[Workload, ...]
    counted: tuple[Anchor, ...]
    href: str


@dataclass(frozen=True)
class AgentPart:
    """The section of a person's page."""

    formulas: tuple[Formula, ...]
    months: tuple[Formula, ...]
    """The call-volume index by month, where days and quota are those of one person."""
    period: Period | None
    workload: Workload | None
    team: Workload | None
    conduct: tuple[Conduct, ...]
    counted: tuple[Anchor, ...]
    href: str
