"""The warning on every page that shows figures made from data in doubt: do not decide on this, and why.

Belongs here: which doubts a page's figures rest on, found from the figures themselves, and the warning in its place.
Does not belong here: finding doubts (`pipelines.ingest`), listing them all (the data page).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pipelines.ingest.reasons import ABOUT_NO_FIGURE
from pipelines.marts import DeliveredTable, Doubt, Period
from pipelines.site.fragments import Voice
from pipelines.site.templates import SUFFIX

SAID = 2
"""Doubts told in full on a page; the data page tells all."""
_FIGURE = re.compile(r'data-kpi="(\w+)" data-value="[^"]*" data-period="(\w+):([\d-]+)"')
_BELOW = "</header>"


@dataclass(frozen=True)
class Doubts:
    """What is in doubt on a site, and what a kind of page rests on beside the figures that stand on it.

    `about`: contract tables its judgements are made of; `judged`: the period they are about.
    """

    rows: tuple[Doubt, ...] = ()
    periods: Mapping[tuple[str, date], Period] = field(default_factory=dict)
    """By kind and first day."""
    tables: tuple[DeliveredTable, ...] = ()
    about: tuple[str, ...] = ()
    judged: Period | None = None


NONE = Doubts()


def marked(content: str, doubts: Doubts, say: Voice, path: str, environment: Environment) -> str:
    """The page at `path` with the warning below its heading; as it is when there is nothing to warn of."""
    found = resting_on(content, doubts, say)
    if not found:
        return content
    said: Any = environment.get_template(f"partials/caution{SUFFIX}").module
    href = f"{'../' * path.count('/')}data/index.html#doubts"
    warning = said.caution(found[:SAID], len(found) - SAID, doubts.tables, href, say)
    return Markup(content.replace(_BELOW, f"{_BELOW}{warning}", 1))  # noqa: S704 - rendered, escaped templates


def resting_on(content: str, doubts: Doubts, say: Voice) -> list[Doubt]:
    """Doubts, not yet accepted by anybody, about tables and days that figures and judgements of this page rest on."""
    unsettled = [row for row in doubts.rows if row.severity == "doubt" and row.doubt not in ABOUT_NO_FIGURE]
    shown: dict[str, set[tuple[date, date]]] = {}
    if doubts.judged:
        shown = {table: {(doubts.judged.period_start, doubts.judged.period_end)} for table in doubts.about}
    for kpi_id, kind, start in set(_FIGURE.findall(content)) if unsettled else ():
        if period := doubts.periods.get((kind, date.fromisoformat(start))):
            for table in _tables(say, kpi_id):
                shown.setdefault(table, set()).add((period.period_start, period.period_end))
    return [doubt for doubt in unsettled if _meets(doubt, shown.get(doubt.table_name, ()))]


def _tables(say: Voice, kpi_id: str) -> Iterable[str]:
    """Contract tables a KPI is computed from."""
    return {need.partition(".")[0].strip() for need in say.kpis[kpi_id].needs.split(",") if need.strip()}


def _meets(doubt: Doubt, spans: Iterable[tuple[date, date]]) -> bool:
    first, last = doubt.first_day or date.min, doubt.last_day or date.max
    return any(start <= last and end >= first for start, end in spans)
