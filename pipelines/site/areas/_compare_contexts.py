"""What the comparison page gets: rows and links, no text.

Belongs here: shapes that its template and `_compare_words` rely on. Does not belong here: choosing rows (`compare`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.marts import Difference, KpiValue, Period
from pipelines.site.areas._periods_contexts import Board
from pipelines.site.parts import Column, Link
from pipelines.site.status import Status


@dataclass(frozen=True)
class Beside:
    """One KPI of one team, and how it differs from all other teams together; None where nothing is known."""

    value: KpiValue | None
    difference: Difference | None


@dataclass(frozen=True)
class Compared:
    """One team of the table; `slug` names it in addresses and data files."""

    link: Link
    slug: str
    cells: tuple[Beside, ...]

    def called(self, verdict: str) -> list[str]:
        """Ids of the KPIs in which the team differs from the others with that verdict."""
        found = (cell.difference for cell in self.cells)
        return [difference.kpi_id for difference in found if difference and difference.verdict == verdict]


@dataclass(frozen=True)
class Part:
    """The section on a team's page: its newest period, and where its history and the comparison stand."""

    board: Board
    history_href: str
    compare_href: str


@dataclass(frozen=True)
class ComparePage:
    """compare/index.html"""

    status: Status
    period: Period | None
    columns: tuple[Column, ...]
    teams: tuple[Compared, ...]
    kept_back: int
    """Teams of too few people for a page that many read."""
    fewest: int
    choices: tuple[tuple[str, Period], ...]
    """Periods to choose from, by the stem of their names in the data files."""
    newest: Mapping[str, int]
    """Kind of period -> how many of the newest are compared with each other; only kinds that have older ones."""
    periods_href: str
    method_href: str

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference of the table that could be judged."""
        found = (cell.difference for team in self.teams for cell in team.cells)
        return tuple(row for row in found if row and row.verdict != "too_few")
