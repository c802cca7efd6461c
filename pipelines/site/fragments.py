"""The site's voice: how a KPI, a verdict, a finding or a link is said in one language.

Belongs here: names, and figures marked up with the raw value behind them. Does not belong here: words for codes
(`terms`), sentences that answer a page's question (`answers`), what stands around a chart (`captions`), number formats
(`pipelines/figures.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from markupsafe import Markup, escape

from pipelines import chinese
from pipelines.figures import NOTHING, Figures
from pipelines.marts import DeliveredTable, Entity, Event, Kpi, KpiValue, Period
from pipelines.site.contexts import Line, Link, OneAgent, OneTeam
from pipelines.site.escape import visible_text
from pipelines.site.terms import Terms

T = TypeVar("T", bound=str | None)

OUR_NAMES = ("centre", "kpi")
"""Grains whose names stand in this project and not in the data delivered."""
OUR_LABELS = ("queue", "channel", "reason", "role")
"""Grains delivered as a code; where it has two names, they come from this project (seed `labels`)."""

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
class Voice(Terms):
    """Speaks one language. Templates know it as `say`."""

    figures: Figures
    kpis: Mapping[str, Kpi] = field(repr=False)

    @property
    def language(self) -> str:
        """Language code."""
        return self.words.language

    @property
    def is_chinese(self) -> bool:
        """Whether Chinese texts of the data are read, and Chinese habits of writing hold."""
        return self.language.startswith("zh")

    @property
    def between_sentences(self) -> str:
        """What stands between two sentences of a paragraph: nothing in Chinese."""
        return "" if self.is_chinese else " "

    # ---------- names
    def either(self, in_english: T, in_chinese: T) -> T:
        """The one of two delivered texts that this language reads, exactly as it was delivered."""
        return in_chinese if self.is_chinese else in_english

    def label(self, in_english: str, in_chinese: str) -> str:
        """One of our own labels of the data in this language; English where the language has no word for it."""
        if self.is_chinese:
            return chinese.said(in_chinese, self.language)
        return self.words.labels.get(in_english, in_english)

    def kpi(self, kpi_id: str) -> str:
        """A KPI's label."""
        kpi = self.kpis[kpi_id]
        return self.label(kpi.label_en, kpi.label_zh)

    def meaning(self, kpi_id: str) -> str:
        """What a KPI means, in one or two sentences of the catalogue."""
        kpi = self.kpis[kpi_id]
        return self.label(kpi.meaning_en, kpi.meaning_zh)

    def name(self, what: Link | Entity) -> str:
        """An entity's name: as delivered, or one of ours."""
        is_ours = what.grain in OUR_NAMES or (what.grain in OUR_LABELS and what.name_en != what.name_zh)
        return (self.label if is_ours else self.either)(what.name_en, what.name_zh)

    def link(self, link: Link) -> Markup:
        """An entity's name, linked where it has a page."""
        name = self.name(link)
        return Markup('<a href="{}">{}</a>').format(link.href, name) if link.href else escape(name)

    def table(self, table: DeliveredTable) -> str:
        """A contract table's label."""
        return self.label(table.label_en, table.label_zh)

    def refused(self, tables: Iterable[DeliveredTable]) -> str:
        """How many rows of which tables were refused."""
        _ = self.words
        return self.listing(
            [
                _("{table} {rows}", table=self.table(table), rows=self.figures.count(table.refused_rows))
                for table in tables
            ]
        )

    def tables(self, tables: Iterable[DeliveredTable]) -> str:
        """Several contract tables in one sentence."""
        return self.listing([self.table(table) for table in tables])

    def table_named(self, name: str, tables: Iterable[DeliveredTable]) -> str:
        """The label of a contract table known by its name."""
        return next(self.table(table) for table in tables if table.table_name == name)

    def event(self, event: Event) -> str:
        """What happened."""
        return self.either(event.text_en, event.text_zh) or event.text_en

    def listing(self, items: Sequence[str]) -> str:
        """Several names in one sentence; Markup when any is Markup."""
        if any(hasattr(item, "__html__") for item in items):
            return Markup(self.figures.listing([str(escape(item)) for item in items]))  # noqa: S704 - escaped item by item
        return self.figures.listing(items)

    def sentences(self, items: Sequence[str]) -> str:
        """Whole sentences as one paragraph: Chinese sets no space between them; Markup when any is Markup."""
        between = self.between_sentences
        is_markup = any(hasattr(item, "__html__") for item in items)
        return (Markup(between) if is_markup else between).join(items)  # noqa: S704 - a space, items are escaped

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

    def grains(self, codes: Iterable[str]) -> str:
        """Several grains in one sentence."""
        return self.listing([self.grain(code) for code in codes])

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

    def names(self, kpi_ids: Iterable[str]) -> str:
        """Several KPIs in one sentence."""
        return self.listing([self.kpi(kpi_id) for kpi_id in kpi_ids])
