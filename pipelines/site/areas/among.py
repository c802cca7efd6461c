"""Among peers: one person's steadied values among people with the same work, who stay unnamed. No ranks.

Belongs here: which measures of whom are drawn on a person's page. Does not belong here: the middle half of a peer group
and which groups are large enough (fct_peer_range), how the picture looks (`pipelines/charts/strip`), words
(`_among_words`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.marts import Agent, PeerRange, Standing, Tier, rows
from pipelines.site.areas import _among_words
from pipelines.site.areas._among_words import Line, Own
from pipelines.site.finder import Finder

ORDER = 12
MOST = 3
"""Measures shown of one person."""
UNSAID = ("cannot_say", "not_comparable", "no_direction")
"""Comparisons that compare nothing: too little is known of the person, or nobody does such work."""


@dataclass(frozen=True)
class Book:
    """Of the window that pages speak of: middle halves by KPI and peer group, what people reached, its days."""

    window: tuple[str, date, date] | None
    ranges: Mapping[tuple[str, str], PeerRange]
    groups: Mapping[tuple[str, str], tuple[Standing, ...]]
    people: Mapping[str, tuple[Standing, ...]]


def load(folder: Path) -> Book:
    """The marts of one build."""
    current = next(iter(rows(folder, Tier, "is_current")), None)
    if current is None:
        return Book(None, {}, {}, {})
    where, window = "window_kind = ? and window_start = ?", [current.window_kind, current.window_start]
    weighed = rows(folder, Standing, f"weight is not null and {where}", window)
    people, groups = defaultdict(list), defaultdict(list)
    for standing in weighed:
        people[standing.agent_id].append(standing)
        groups[standing.kpi_id, standing.peer].append(standing)
    return Book(
        window=(current.window_kind, current.window_start, current.window_end),
        ranges={(found.kpi_id, found.peer): found for found in rows(folder, PeerRange, where, window)},
        groups={key: tuple(found) for key, found in groups.items()},
        people={agent: tuple(found) for agent, found in people.items()},
    )


def on_agent(finder: Finder, agent: Agent) -> Own | None:
    """The weightiest measures in which this person can be compared; None without any."""
    book: Book = finder.book("among")
    lines = [
        Line(standing, found, _others(book.groups[standing.kpi_id, standing.peer], agent.agent_id))
        for standing in _in_order(finder, book.people.get(agent.agent_id, ()))
        if (found := book.ranges.get((standing.kpi_id, standing.peer)))
    ]
    if not book.window or not lines:
        return None
    return Own(book.window, tuple(lines[:MOST]), f"{finder.root}method/tiers.html#among")


def _in_order(finder: Finder, standings: Iterable[Standing]) -> list[Standing]:
    """By weight, only measures that have a good direction and say something of this person."""
    said = [
        standing
        for standing in standings
        if standing.comparison not in UNSAID and finder.site.kpi(standing.kpi_id).better in ("higher", "lower")
    ]
    return sorted(said, key=lambda found: (-(found.weight or 0.0), finder.site.kpi(found.kpi_id).position))


def _others(group: Iterable[Standing], agent_id: str) -> tuple[float, ...]:
    """Values alone, in their own order: nothing tells whose they are."""
    return tuple(sorted(found.steadied_value for found in group if found.agent_id != agent_id))


words = _among_words
