"""Prints one KPI as the catalogue has it: names, meaning, and the same lines as the number passport of its page.

Belongs here: the layout of that answer. Does not belong here: the catalogue (`dbt_project.yml`, read by `catalogue`),
the lines themselves (`site.areas._passport_formula`).
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines import words
from pipelines.cli.catalogue import Entry
from pipelines.figures import figures
from pipelines.marts import Kpi, KpiFormula
from pipelines.site.areas import passport
from pipelines.site.fragments import Voice
from pipelines.site.templates import TEMPLATES


def as_json(entry: Entry) -> dict[str, Any]:
    """The same answer for a program."""
    return {
        "kpi_id": entry.kpi_id,
        "label": dict(entry.label),
        "meaning": dict(entry.meaning),
        "family": entry.family,
        "unit": entry.unit,
        "better": entry.better,
        "from": entry.source,
        "counts": entry.counts,
        "counts_for_people": entry.counts_for_people,
        "settles_after_days": entry.settles_after_days,
        "measure": entry.measure,
        "weight": entry.weight,
        "formula": entry.formula,
        "formula_for_people": entry.formula_for_people,
        "grains": list(entry.grains),
        "needs": list(entry.needs),
    }


def show(entry: Entry, console: Console) -> None:
    """The answer for a person."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for language, label in entry.label.items():
        table.add_row(f"label ({language})", escape(label))
    for language, meaning in entry.meaning.items():
        table.add_row(f"meaning ({language})", escape(meaning))
    for line in lines(entry):
        table.add_row(escape(line.what), escape(line.text))
    console.print(table, highlight=False)


def lines(entry: Entry, language: str = "en") -> list[passport.formula.Line]:
    """What the passport of the KPI's page says about its definition, from the catalogue instead of the marts."""
    kpi = _kpi(entry)
    say = Voice(words.load(TEMPLATES / "words", language), figures(language), {kpi.kpi_id: kpi})
    formula = KpiFormula(
        kpi_id=entry.kpi_id,
        formula_sql=entry.formula,
        formula_people_sql=entry.formula_for_people,
        weight_sql=entry.weight,
        sums_model="",
        source_model="",
        judge_min_observations=entry.fewest,
    )
    return passport.formula.lines(say, kpi, formula)


def _kpi(entry: Entry) -> Kpi:
    """The entry as the marts have it; what only data can tell is left open."""
    return Kpi(
        kpi_id=entry.kpi_id,
        position=0,
        label_en=entry.label["en"],
        label_zh=entry.label["zh"],
        meaning_en=entry.meaning["en"],
        meaning_zh=entry.meaning["zh"],
        unit=entry.unit,
        family=entry.family,
        better=entry.better,
        decimals=0,
        source_table=entry.source,
        counts_sql=entry.counts,
        counts_people_sql=entry.counts_for_people,
        measure_sql=entry.measure,
        settles_after_days=entry.settles_after_days,
        grains=", ".join(entry.grains),
        headline_grains="",
        aspect="",
        guards="",
        needs=", ".join(entry.needs),
        missing="",
        is_delivered=True,
    )
