"""The marts of guards and hovering, indexed so that every page finds its rows at once.

Belongs here: reading them. Does not belong here: what a page shows (`guards`), words (`_guards_words`), when a guard
stands out (dbt_project, models/marts/guards).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipelines.marts import (
    Guard,
    Hovering,
    HoveringBin,
    NetHandleTime,
    Period,
    ReasonDrift,
    ShortContact,
    TradeOff,
    rows,
)
from pipelines.site.areas._systemic_book import spoken

T = TypeVar("T")
EntityKey = tuple[str, str]


@dataclass(frozen=True)
class Book:
    """Rows of the window pages speak of; keys are (grain, entity_id) unless said otherwise."""

    window: Period | None
    by_guard: Mapping[str, tuple[Guard, ...]]
    """Per guard, once for each KPI it protects and entity."""
    red: Mapping[EntityKey, tuple[Guard, ...]]
    """Guards that stand out."""
    drifts: Mapping[str, ReasonDrift]
    """Per agent."""
    short: Mapping[EntityKey, ShortContact]
    net: Mapping[EntityKey, NetHandleTime]
    net_months: Mapping[EntityKey, tuple[NetHandleTime, ...]]
    """Oldest first."""
    trade_offs: Mapping[EntityKey, TradeOff]
    hovering: tuple[Hovering, ...]
    """Of all windows."""
    bins: Mapping[tuple[str, str, str], tuple[HoveringBin, ...]]
    """Of the window, by (grain, entity_id, kpi_id)."""


def load(folder: Path) -> Book:
    """The marts of one build."""
    window = spoken(rows(folder, Period))
    where = "window_kind = ? and window_start = ?"
    now = [window.period_kind, window.period_start] if window else ["", date.min]
    guards = rows(folder, Guard, where, now)
    return Book(
        window=window,
        by_guard=_grouped((row.guard_kpi_id, row) for row in guards),
        red=_grouped(((row.grain, row.entity_id), row) for row in guards if row.is_red),
        drifts={row.agent_id: row for row in rows(folder, ReasonDrift, where, now)},
        short={
            (row.grain, row.entity_id): row for row in rows(folder, ShortContact, f"grain <> 'agent' and {where}", now)
        },
        net={(row.grain, row.entity_id): row for row in rows(folder, NetHandleTime, where, now)},
        net_months=_grouped(
            ((row.grain, row.entity_id), row) for row in rows(folder, NetHandleTime, "window_kind = 'month'")
        ),
        trade_offs={(row.grain, row.entity_id): row for row in rows(folder, TradeOff, where, now)},
        hovering=tuple(rows(folder, Hovering)),
        bins=_grouped(((row.grain, row.entity_id, row.kpi_id), row) for row in rows(folder, HoveringBin, where, now)),
    )


K = TypeVar("K", str, EntityKey, tuple[str, str, str])


def _grouped(pairs: Iterable[tuple[K, T]]) -> Mapping[K, tuple[T, ...]]:
    found: dict[K, list[T]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: tuple(of_key) for key, of_key in found.items()}
