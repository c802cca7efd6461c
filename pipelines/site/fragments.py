"""The site's voice: how a value, a verdict, a finding or a period is said in one language.

Belongs here: figures marked up with the raw value behind them, and clauses made of them. Does not belong here: words
for codes (`terms`), how things are called (`names`), sentences that answer a page's question (`answers`), what stands
around a chart (`captions`), number formats (`pipelines/figures.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from markupsafe import Markup, escape

from pipelines.figures import NOTHING
from pipelines.ingest.reasons import ALL_FROM, ALL_ON, DOUBTS
from pipelines.marts import Doubt, KpiValue, Period, Refusal
from pipelines.site.contexts import OneAgent, OneTeam
from pipelines.site.escape import visible_text
from pipelines.site.names import Names
from pipelines.site.parts import Line
from pipelines.words import placeholders

VERDICT_MARKS = {
    "better_than_target": "◆",
    "worse_than_target": "■",
    "too_close_to_call": "●",
    "no_target": "–",
    "too_few": "○",
}
"""One shape per verdict, the same shapes as in the charts, so that no verdict is told by colour alone."""

_SHOWN = Markup('<span class="fw-n" data-kpi="{}" data-value="{}" data-period="{}">{}</span>')


@dataclass(frozen=True)
class Voice(Names):
    """Speaks one language. Templates know it as `say`."""

    # ---------- figures with the raw value behind them
    def shown(self, kpi_id: str, x: float | None, *, precise: bool = False, period: str) -> Markup:
        """A KPI value as text; the element carries the mart's own value, so that pages can be checked against it."""
        if x is None:
            return escape(NOTHING)
        text = self.figures.value(self.kpis[kpi_id], x, precise=precise)
        return _SHOWN.format(kpi_id, repr(x), period, text)

    def cell(self, value: KpiValue | None, *, precise: bool = False) -> Markup:
        """The value of one KPI, entity and period."""
        if value is None:
            return escape(NOTHING)
        period = f"{value.period_kind}:{value.period_start}"
        return self.shown(value.kpi_id, value.value, precise=precise, period=period)

    def plain(self, kpi_id: str, x: float | None) -> str:
        """A KPI value without markup, for long tables."""
        return self.figures.value(self.kpis[kpi_id], x)

    def usual(self, line: Line) -> str:
        """The average of an entity's own weeks; none for a volume, whose weeks are no measure of a month."""
        if self.kpis[line.kpi_id].family == "volume":
            return NOTHING
        return self.plain(line.kpi_id, line.latest.centre_line if line.latest else None)

    def long_duration(self, value: KpiValue) -> bool:
        """Whether a duration is easier to read in minutes."""
        return self.kpis[value.kpi_id].unit == "seconds" and value.value >= 60

    def trend(self, line: Line) -> str:
        """A sparkline for those who do not see it."""
        _ = self.words
        return _(
            "{count} weeks, from {first} to {last}",
            count=self.figures.count(len(line.recent)),
            first=self.plain(line.kpi_id, line.recent[0]),
            last=self.plain(line.kpi_id, line.recent[-1]),
        )

    def interval(self, value: KpiValue, *, precise: bool = False) -> str:
        """From low to high, in the KPI's unit."""
        kpi = self.kpis[value.kpi_id]
        return self.figures.interval(kpi, value.interval_low, value.interval_high, precise=precise)

    def change(self, value: KpiValue) -> str:
        """The difference from the period before, signed."""
        return self.figures.change(self.kpis[value.kpi_id], value.change)

    def rests_on(self, value: KpiValue) -> str:
        """How many observations a value rests on, and of what."""
        _, kpi = self.words, self.kpis[value.kpi_id]
        observed = self.observed(kpi.source_table, self.figures.count(value.n))
        if kpi.family not in ("prop", "count"):
            return observed
        return _("{counted} of {observed}", counted=self.figures.count(value.o), observed=observed)

    def expectation(self, kpi_id: str, target: float | None) -> str:
        """A target as the expectation it is."""
        _, kpi = self.words, self.kpis[kpi_id]
        if target is None:
            return NOTHING
        text = self.figures.value(kpi, target)
        if kpi.better == "higher":
            return _("at least {target}", target=text)
        if kpi.better == "lower":
            return _("at most {target}", target=text)
        return _("about {target}", target=text)

    def source(self, kpi_id: str) -> str:
        """Where a KPI's rows come from."""
        _ = self.words
        return _("Source: {tables}", tables=self.rows_of(self.kpis[kpi_id].source_table))

    def sources(self, lines: Iterable[Line]) -> str:
        """Where the rows of several KPIs come from."""
        _ = self.words
        tables = dict.fromkeys(self.kpis[line.kpi_id].source_table for line in lines)
        return _("Source: {tables}", tables=self.listing([self.rows_of(table) for table in tables]))

    # ---------- time
    def period(self, period: Period | None) -> str:
        """A period's name; the whole period is told by its days."""
        _ = self.words
        if period is None:
            return NOTHING
        if period.period_kind == "all":
            return self.figures.days(period.period_start, period.period_end)
        name = self.figures.period(period.period_kind, period.period_start)
        return name if period.is_complete else _("{period} (not complete)", period=name)

    def period_of(self, value: KpiValue) -> str:
        """The name of a value's period."""
        return self.figures.period(value.period_kind, value.period_start)

    def day(self, when: date | None) -> str:
        """A calendar day."""
        return self.figures.day(when)

    # ---------- marks
    def mark(self, code: str) -> Markup:
        """The verdict's shape with its words for screen readers and on hover."""
        return Markup('<span class="fw-mark fw-mark--{0}" role="img" aria-label="{2}" title="{2}">{1}</span>').format(
            code.replace("_", "-"), VERDICT_MARKS[code], self.verdict(code)
        )

    def badge(self, code: str) -> Markup:
        """The verdict's shape beside its words."""
        return Markup('<span class="fw-badge fw-mark--{0}"><span aria-hidden="true">{1}</span> {2}</span>').format(
            code.replace("_", "-"), VERDICT_MARKS[code], self.verdict(code)
        )

    def legend(self) -> Markup:
        """Every verdict shape with its words."""
        return Markup('<span class="fw-shapes">{}</span>').format(Markup(" ").join(map(self.badge, VERDICT_MARKS)))

    def team_line(self, page: OneTeam) -> str:
        """Who a team is."""
        _, size = self.words, self.figures.count(page.size)
        if page.leader:
            return _("Led by {leader} · agents: {size}", leader=visible_text(page.leader), size=size)
        return _("Agents: {size}", size=size)

    def agent_line(self, page: OneAgent) -> str:
        """Team, role, length of service and days with data of one person; what is not known is left out."""
        _ = self.words
        parts: list[str] = []
        if page.team:
            parts.append(self.link(page.team))
        if page.role:
            parts.append(_("role: {role}", role=self.name(page.role)))
        if page.hire_date:
            parts.append(_("here since {day}", day=self.day(page.hire_date)))
        elif page.tenure_band:
            parts.append(_("length of service: {band}", band=visible_text(page.tenure_band)))
        parts.append(_("data from {days}", days=self.figures.days(page.first_day, page.last_day)))
        return Markup(" · ").join(parts)

    def refused_days(self, row: Refusal) -> str:
        """On which days all the refused rows lie, as `pipelines.ingest.results` says it."""
        if row.first_day is None or row.refused_rows == 1:
            return ""
        if row.first_day == row.last_day:
            return self.words(ALL_ON, day=self.day(row.first_day))
        return self.words(ALL_FROM, first=self.day(row.first_day), last=self.day(row.last_day))

    def doubt(self, row: Doubt) -> str:
        """What looks wrong in a delivery, its figures filled in; English in `pipelines/ingest/reasons.py`."""
        fig, text = self.figures, DOUBTS[row.doubt]
        amount = fig.seconds if row.unit == "seconds" else partial(fig.number, decimals=0 if row.unit == "" else 1)
        known = {
            "column": visible_text(row.column_name),
            "days": fig.days(row.first_day, row.last_day),
            "rows": fig.count(row.affected_rows),
            "observed": amount(row.observed),
            "expected": amount(row.expected),
        }
        return self.words(text, **{name: known[name] for name in placeholders(text)})
