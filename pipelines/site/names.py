"""How things are called in one language: entities, KPIs, tables, alone and several in one sentence.

Belongs here: our own labels and the names that were delivered, links. Does not belong here: words for codes (`terms`),
figures and what is made of them (`fragments`), sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from markupsafe import Markup, escape

from pipelines import chinese
from pipelines.figures import Figures
from pipelines.marts import DeliveredTable, Entity, Event, Kpi
from pipelines.site.parts import Link
from pipelines.site.terms import Terms

T = TypeVar("T", bound=str | None)

OUR_NAMES = ("centre", "kpi")
"""Grains whose names stand in this project and not in the data delivered."""
OUR_LABELS = ("queue", "channel", "reason", "role")
"""Grains delivered as a code; where it has two names, they come from this project (seed `labels`)."""


@dataclass(frozen=True)
class Names(Terms):
    """Names things in one language."""

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

    def names(self, kpi_ids: Iterable[str]) -> str:
        """Several KPIs in one sentence."""
        return self.listing([self.kpi(kpi_id) for kpi_id in kpi_ids])

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

    def grains(self, codes: Iterable[str]) -> str:
        """Several grains in one sentence."""
        return self.listing([self.grain(code) for code in codes])

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
