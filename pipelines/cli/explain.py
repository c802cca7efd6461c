"""Prints one KPI as the catalogue has it: names, meaning, the expressions that run, unit and what it needs.

Belongs here: the layout of that answer. Does not belong here: the catalogue (`dbt_project.yml`, read by `catalogue`).
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.cli.catalogue import Entry

BETTER = {"higher": "higher is better", "lower": "lower is better", "neutral": "neither is better in itself"}


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
        "formula": formula(entry),
        "grains": list(entry.grains),
        "needs": list(entry.needs),
    }


def formula(entry: Entry) -> str:
    """The value in one line of SQL: sum over count, as `macros/kpi_catalogue.sql` writes it from the catalogue."""
    if entry.family == "volume":
        return f"count(*) filter (where {entry.counts})"
    measure = f"case when {entry.measure} then 1 else 0 end" if entry.family == "prop" else entry.measure
    return f"sum({measure}) filter (where {entry.counts}) / count(*) filter (where {entry.counts})"


def show(entry: Entry, console: Console) -> None:
    """The answer for a person."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for language, label in entry.label.items():
        table.add_row(f"label ({language})", escape(label))
    for language, meaning in entry.meaning.items():
        table.add_row(f"meaning ({language})", escape(meaning))
    table.add_row("formula", escape(formula(entry)))
    table.add_row("rows counted", f"{escape(entry.counts)}  (of {escape(entry.source)})")
    if entry.counts_for_people != entry.counts:
        table.add_row("for people", f"{escape(entry.counts_for_people)}  (teams and agents)")
    if entry.settles_after_days:
        table.add_row("still open", f"the last {entry.settles_after_days} days, which do not count yet")
    table.add_row("measured", escape(entry.measure))
    table.add_row("unit", f"{entry.unit}; {BETTER[entry.better]}")
    table.add_row("shown for", ", ".join(entry.grains))
    table.add_row("needs", ", ".join(entry.needs))
    console.print(table, highlight=False)
