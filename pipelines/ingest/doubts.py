"""What looks wrong with a delivery without being impossible, and the words a person reads about it.

Belongs here: the object and its English. Does not belong here: finding doubts (`plausible`, `coverage`, `overlap`,
`totals`), deciding what a doubt does to a drop (`judge`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipelines.errors import Problem
from pipelines.ingest.reasons import DOUBT_REMEDIES, DOUBTS

STOP, DOUBT, ACCEPTED = "stop", "doubt", "accepted"


@dataclass(frozen=True)
class Doubt:
    """One row of raw.doubts, with the same field names. `severity`: stop, doubt, or accepted by somebody."""

    delivery_id: str
    file: str
    table_name: str
    column_name: str
    doubt: str
    severity: str
    first_day: date | None
    last_day: date | None
    affected_rows: int
    observed: float | None
    expected: float | None
    unit: str


def told(doubt: Doubt) -> Problem:
    """A doubt in the words a person reads."""
    return Problem(said(doubt), where=doubt.file or doubt.table_name, fix=DOUBT_REMEDIES[doubt.doubt])


def said(doubt: Doubt) -> str:
    """The sentence of a doubt in English, its figures filled in."""
    days = str(doubt.first_day or "")
    if doubt.last_day != doubt.first_day:
        days += f" to {doubt.last_day}"
    return DOUBTS[doubt.doubt].format(
        file=doubt.file,
        table=doubt.table_name,
        column=doubt.column_name,
        days=days,
        rows=f"{doubt.affected_rows:,}",
        observed=_figure(doubt.observed, doubt.unit),
        expected=_figure(doubt.expected, doubt.unit),
    )


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if abs(value) >= 100 or value == int(value):
        number = f"{value:,.0f}"
    else:
        number = f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.01 else f"{value:.2g}"
    return f"{number} {unit}".rstrip()
