"""Finds the parts of a page in the site's rows, with links relative to the page.

Belongs here: links, lines, rows, charts of one KPI, which KPIs a page leads with. Does not belong here: what stands on
which page (`selection`), any text (`fragments`, `answers`, `captions`), arithmetic on a KPI (`dbt_project`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from pipelines.marts import Attention, DeliveredTable, Entity, KpiFunnel, KpiSignal, Period
from pipelines.site import drawings
from pipelines.site.drawings import Drawing
from pipelines.site.model import CENTRE, Site
from pipelines.site.parts import Column, Line, Link, Notice, Row
from pipelines.site.status import Status

CARDS = 5
"""Figures a page opens with: what fits one row and one glance."""
STRATA = ("queue", "channel", "reason")


class Finder:
    """Finds parts for pages at one depth below the language root (`root` is "" or "../")."""

    def __init__(self, site: Site, root: str) -> None:
        self.site = site
        self.root = root

    def book(self, area: str) -> Any:
        """An area's marts, as its `load` gave them."""
        return self.site.books[area]

    # ---------- links
    def href(self, grain: str, entity_id: str) -> str:
        """Where an entity's page is; empty for strata, which have none."""
        if grain in ("team", "agent"):
            return f"{self.root}{grain}s/{self.site.slugs[grain, entity_id]}.html"
        return f"{self.root}index.html" if grain == CENTRE else ""

    def page_of(self, folder: str, grain: str, entity_id: str) -> str:
        """Where an area's page about a team or agent is, `folder` being the first part of its path."""
        return f"{self.root}{folder}/{self.site.slugs[grain, entity_id]}.html"

    def kpi_href(self, kpi_id: str) -> str:
        """Where a KPI's page is."""
        return f"{self.root}kpis/{kpi_id}.html"

    def link(self, grain: str, entity_id: str) -> Link:
        """An entity's name with its page."""
        entity = self.site.entities[grain, entity_id]
        return Link(grain, entity.name_en, entity.name_zh, self.href(grain, entity_id))

    # ---------- parts
    def status(self) -> Status:
        """The data strip."""
        whole = self.site.whole
        return Status(
            whole.period_end if whole else None,
            whole.period_start if whole else None,
            self.site.tables,
            sum(file.reason != "not_a_data_file" for file in self.site.unrecognised),
            f"{self.root}data/index.html",
            self.site.takes_words,
            self.site.is_named,
        )

    def line(self, kpi_id: str, grain: str, entity_id: str, period: Period | None) -> Line:
        """One KPI of one entity."""
        series = self.site.series(kpi_id, grain, entity_id)
        return Line(
            kpi_id,
            self.kpi_href(kpi_id),
            self.site.value(kpi_id, grain, entity_id, period),
            self.site.value(kpi_id, CENTRE, CENTRE, period) if grain != CENTRE else None,
            tuple(signal.period_start for signal in series),
            tuple(signal.value for signal in series),
            tuple(signal.finding for signal in series),
            series[-1] if series else None,
            self._is_current(series[-1]) if series else False,
        )

    def _is_current(self, latest: KpiSignal) -> bool:
        week = self.site.latest("week")
        return week is not None and not latest.is_trial and week.period_start - latest.period_start <= timedelta(7)

    def lines(self, grain: str, entity_id: str, period: Period | None) -> tuple[Line, ...]:
        """Every KPI of which anything is known about one entity, in catalogue order.

        Guards and indices have sections of their own; a guard is no expectation that anybody works towards.
        """
        shown = (kpi for kpi in self.site.delivered(grain) if not kpi.guards and kpi.family != "index")
        found = (self.line(kpi.kpi_id, grain, entity_id, period) for kpi in shown)
        return tuple(line for line in found if line.now or line.latest)

    def columns(self, kpi_ids: Iterable[str]) -> tuple[Column, ...]:
        """KPIs as columns."""
        return tuple(Column(kpi_id, self.kpi_href(kpi_id)) for kpi_id in kpi_ids)

    def row(self, grain: str, entity_id: str, columns: Iterable[str], period: Period | None) -> Row:
        """One entity's values."""
        cells = tuple(self.site.value(kpi_id, grain, entity_id, period) for kpi_id in columns)
        return Row(self.link(grain, entity_id), cells)

    def main(self, grain: str, most: int = CARDS) -> tuple[str, ...]:
        """The few KPIs a page of this grain leads with, in catalogue order.

        Those the catalogue names as headlines of the grain; where a centre delivers too little for all of them, the
        next delivered ones that are not plain volumes.
        """
        delivered = [kpi for kpi in self.site.delivered(grain) if kpi.family != "volume"]
        wished = sorted(delivered, key=lambda kpi: (grain not in kpi.headline_grains.split(", "), kpi.position))
        return tuple(kpi.kpi_id for kpi in sorted(wished[:most], key=lambda kpi: kpi.position))

    def notices(self, keep: Iterable[Attention]) -> tuple[Notice, ...]:
        """Things to look at, each with the page that shows more."""
        found = []
        for attention in keep:
            page = self.href(attention.grain, attention.entity_id) if attention.grain == "team" else ""
            found.append(
                Notice(
                    attention,
                    self.link(attention.grain, attention.entity_id),
                    page or self.kpi_href(attention.kpi_id),
                )
            )
        return tuple(found)

    def strata(self, kpi_id: str, period: Period | None) -> Iterator[tuple[str, tuple[Row, ...], Drawing | None]]:
        """By queue, channel and reason: the entities that have a value of one KPI in a period, and their bars."""
        for grain in STRATA:
            rows = (self.row(grain, entity.entity_id, (kpi_id,), period) for entity in self.site.of_grain(grain))
            shown = tuple(row for row in rows if row.cells[0])
            pairs = [(row.link, row.cells[0]) for row in shown if row.cells[0]]
            if shown:
                yield grain, shown, drawings.request_bars(self.site.kpi(kpi_id), pairs)

    def table(self, needed: str) -> DeliveredTable | None:
        """The contract table of a column, None when the contract does not know it."""
        return next((table for table in self.site.tables if table.table_name == needed.partition(".")[0]), None)

    def funnel(self, kpi_id: str, grain: str, only: frozenset[str] | None) -> Drawing | None:
        """The funnel of one KPI; named and limited to `only` when that is given."""
        points: tuple[KpiFunnel, ...] = self.site.funnels.get((kpi_id, grain), ())
        kept = tuple(point for point in points if only is None or point.entity_id in only)
        names = {point.entity_id: self.link(grain, point.entity_id) for point in kept} if only is not None else {}
        limits = self.site.funnel_limits.get((kpi_id, grain), ())
        return drawings.request_funnel(self.site.kpi(kpi_id), kept, limits, names, self.site.comparison)

    def dots(self, kpi_id: str, grain: str, entities: Iterable[Entity], period: Period | None) -> Drawing | None:
        """One KPI of several entities, in the order given."""
        found = [
            (self.link(grain, entity.entity_id), value)
            for entity in entities
            if (value := self.site.value(kpi_id, grain, entity.entity_id, period))
        ]
        targets = {value.target for _, value in found}
        return drawings.request_dots(self.site.kpi(kpi_id), found, targets.pop() if len(targets) == 1 else None)
