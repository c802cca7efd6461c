"""The marts of the talent quadrant and of rising agents, indexed for pages.

Belongs here: reading them; of people only what concerns the window that pages speak of. Does not belong here: what a
page shows (`talent`), words (`_talent_words`), how a place is found (dbt_project, models/marts/talent).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipelines.marts import EngagementAxis, EngagementItem, Quadrant, QuadrantCount, Rising, Tier, rows

ITEMS = ("voluntary_training", "coaching_actions", "attitude", "leader_rating", "peer_rating")
"""What engagement may be made of, as the method's page lists it."""


@dataclass(frozen=True)
class Window:
    """The days that places are about, and the score at which work was high then."""

    kind: str
    start: date
    end: date
    high_line: float


Band = tuple[float, float]
"""Between these scores it is too close to call on which side of a line somebody with the usual doubt stands."""


@dataclass(frozen=True)
class Cuts:
    """The lines and the probability by which the window was judged."""

    ability: float
    engagement: float
    sure: float
    ability_band: Band
    engagement_band: Band


@dataclass(frozen=True)
class ItemScale:
    """An item in the whole centre: whether it counts, and which amounts score 60, 80 and 100. Nobody's own amount."""

    item: str
    status: str
    amounts: tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Book:
    """The marts of this area."""

    window: Window | None
    cuts: Cuts | None
    places: Mapping[str, Quadrant]
    before: Mapping[str, Quadrant]
    """Places of the quarter before, where people had one."""
    members: Mapping[str | None, tuple[str, ...]]
    """People observed in the window, by their team at its end; without a team under None."""
    counts: tuple[QuadrantCount, ...]
    """Of the whole centre."""
    axes: tuple[EngagementAxis, ...]
    """All windows, oldest first."""
    items: Mapping[str, tuple[EngagementItem, ...]]
    scales: tuple[ItemScale, ...]
    rising: Mapping[str, Rising]

    @property
    def axis(self) -> EngagementAxis | None:
        """Whether engagement may be shown in the window."""
        window = self.window
        return next((axis for axis in self.axes if window and _key(axis) == (window.kind, window.start)), None)


def load(folder: Path) -> Book:
    """The marts of one build."""
    tiers = rows(folder, Tier, "is_current")
    first = tiers[0] if tiers else None
    window = Window(first.window_kind, first.window_start, first.window_end, first.tier_high_cut) if first else None
    where = "window_kind = ? and window_start = ?"
    key = [window.kind, window.start] if window else ["none", date.min]
    members: dict[str | None, list[str]] = defaultdict(list)
    for tier in tiers:
        members[tier.team_id].append(tier.agent_id)
    places = rows(folder, Quadrant, where, key)
    items: dict[str, list[EngagementItem]] = defaultdict(list)
    for item in rows(folder, EngagementItem, where, key):
        items[item.agent_id].append(item)
    return Book(
        window=window,
        cuts=_cuts(places[0]) if places else None,
        places={place.agent_id: place for place in places},
        before=_before(folder, window) if window else {},
        members={team: tuple(found) for team, found in members.items()},
        counts=tuple(rows(folder, QuadrantCount, f"grain = 'centre' and {where}", key)),
        axes=tuple(sorted(rows(folder, EngagementAxis), key=lambda axis: axis.window_start)),
        items={agent: tuple(found) for agent, found in items.items()},
        scales=_scales([item for found in items.values() for item in found]),
        rising={found.agent_id: found for found in rows(folder, Rising)},
    )


def _cuts(any_place: Quadrant) -> Cuts:
    """The same for everybody; where nobody has a place the strips are as thin as the lines."""
    ability, engagement = any_place.ability_cut, any_place.engagement_cut
    low, high = any_place.ability_band_low, any_place.ability_band_high
    left, right = any_place.engagement_band_low, any_place.engagement_band_high
    return Cuts(
        ability,
        engagement,
        any_place.quadrant_sure,
        (ability, ability) if low is None or high is None else (low, high),
        (engagement, engagement) if left is None or right is None else (left, right),
    )


def _before(folder: Path, window: Window) -> dict[str, Quadrant]:
    if window.kind != "quarter":
        return {}
    last = window.start - timedelta(days=1)
    start = date(last.year, last.month - 2, 1)
    earlier = rows(folder, Quadrant, "window_kind = 'quarter' and window_start = ?", [start])
    return {place.agent_id: place for place in earlier}


def _key(axis: EngagementAxis) -> tuple[str, date]:
    return axis.window_kind, axis.window_start


def _scales(items: Sequence[EngagementItem]) -> tuple[ItemScale, ...]:
    """One per kind of item, which has the same scale for everybody."""
    found = {item.item: item for item in items}
    return tuple(
        ItemScale(name, item.status, (item.minimum_percent, item.target_percent, item.excellent_percent))
        for name in ITEMS
        if (item := found.get(name))
    )
