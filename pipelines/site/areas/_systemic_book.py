"""The marts of the area systemic, indexed so that every page finds its rows at once.

Belongs here: reading them, which window pages speak of. Does not belong here: what a page shows (`systemic`), words
(`_systemic_words`), what is systemic (dbt_project, models/marts/systemic).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipelines.marts import (
    FunnelSpread,
    MixSegment,
    MixShift,
    Period,
    Systemic,
    SystemicAgent,
    SystemicReason,
    SystemicTeam,
    rows,
)

T = TypeVar("T")
COMPARED = ("agent", "team")


@dataclass(frozen=True)
class Book:
    """Rows of the window pages speak of, and months for pictures. Keys are ids of KPIs, teams and agents."""

    window: Period | None
    centre: Mapping[str, Systemic]
    before: Mapping[str, Systemic]
    """Of the window before, for whoever asks whether it is new."""
    teams: Mapping[str, tuple[SystemicTeam, ...]]
    of_team: Mapping[str, tuple[SystemicTeam, ...]]
    of_agent: Mapping[str, tuple[SystemicAgent, ...]]
    individuals: Mapping[str, tuple[str, ...]]
    """Per KPI, agents whose shortfall is their own."""
    reasons: Mapping[str, tuple[SystemicReason, ...]]
    """Largest shortfall first."""
    months: Mapping[str, tuple[MixShift, ...]]
    """Oldest first."""
    shifts: Mapping[str, MixShift]
    """The change pages speak of: of the window, else of the latest month."""
    segments: Mapping[str, tuple[MixSegment, ...]]
    """The kinds of work behind that change."""
    spreads: Mapping[str, Mapping[str, FunnelSpread]]
    """Per KPI and grain."""


def spoken(periods: Iterable[Period]) -> Period | None:
    """The window judgements speak of: the latest complete quarter, without one the whole period."""
    found = list(periods)
    quarter = next((p for p in found if p.period_kind == "quarter" and p.is_latest_complete), None)
    return quarter or next((p for p in found if p.period_kind == "all"), None)


def load(folder: Path) -> Book:
    """The marts of one build."""
    window = spoken(rows(folder, Period))
    now = (
        "window_kind = ? and window_start = ?",
        [window.period_kind, window.period_start] if window else ["", date.min],
    )
    verdicts = rows(folder, Systemic)
    centre = {row.kpi_id: row for row in verdicts if window and _is_of(row, window)}
    teams = rows(folder, SystemicTeam, *now)
    agents = rows(folder, SystemicAgent, *now)
    shifts, shown = rows(folder, MixShift), dict[str, MixShift]()
    for shift in sorted(shifts, key=lambda row: (bool(window and _is_of(row, window)), row.window_start)):
        if shift.window_kind == "month" or (window and _is_of(shift, window)):
            shown[shift.kpi_id] = shift
    spoken_of = {(shift.kpi_id, shift.window_kind, shift.window_start) for shift in shown.values()}
    segments = [s for s in rows(folder, MixSegment) if (s.kpi_id, s.window_kind, s.window_start) in spoken_of]
    reasons = sorted(rows(folder, SystemicReason, *now), key=lambda row: (row.contribution, row.reason))
    spreads: dict[str, dict[str, FunnelSpread]] = defaultdict(dict)
    for spread in rows(folder, FunnelSpread):
        if spread.grain in COMPARED:
            spreads[spread.kpi_id][spread.grain] = spread
    return Book(
        window=window,
        centre=centre,
        before=_before(verdicts, window),
        teams=_grouped((row.kpi_id, row) for row in teams),
        of_team=_grouped((row.team_id, row) for row in teams),
        of_agent=_grouped((row.agent_id, row) for row in agents),
        individuals=_grouped((row.kpi_id, row.agent_id) for row in agents if row.is_individual),
        reasons=_grouped((row.kpi_id, row) for row in reasons),
        months=_grouped((row.kpi_id, row) for row in shifts if row.window_kind == "month"),
        shifts=shown,
        segments=_grouped((row.kpi_id, row) for row in segments),
        spreads=dict(spreads),
    )


def _is_of(row: Systemic | MixShift, window: Period) -> bool:
    return (row.window_kind, row.window_start) == (window.period_kind, window.period_start)


def _before(verdicts: Iterable[Systemic], window: Period | None) -> Mapping[str, Systemic]:
    """Verdicts of the window directly before, as far as a KPI had one then."""
    if window is None:
        return {}
    earlier = [
        row for row in verdicts if row.window_kind == window.period_kind and row.window_start < window.period_start
    ]
    start = max((row.window_start for row in earlier), default=None)
    return {row.kpi_id: row for row in earlier if row.window_start == start}


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: tuple(of_key) for key, of_key in found.items()}
