"""Tiers: the centre's mix and rules, a team's people, one person's score with everything it rests on.

Belongs here: marts, contexts and pictures of tiers. Does not belong here: sentences and captions (`_tier_words`,
`_tier_rules`), what a tier is (dbt_project, models/marts/tiers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.charts import ChartRequest, tier_mix, transition, weights
from pipelines.figures import figures
from pipelines.marts import (
    Agent,
    Anchor,
    Rule,
    Standing,
    Team,
    Tier,
    TierChange,
    TierCount,
    TierMix,
    TierMove,
    TierTransition,
    rows,
)
from pipelines.site.areas import _tier_captions, _tier_rules, _tier_words
from pipelines.site.areas._tier_drawings import LABELS, Contributions, Mix, Transitions, window_label
from pipelines.site.finder import Finder
from pipelines.site.parts import Link
from pipelines.site.status import Status

ORDER = 10
TIERS = ("high", "mid", "low", "not_enough_evidence", "new_starter")
QUARTERS_SHOWN = 8


@dataclass(frozen=True)
class Book:
    """The marts of this area. `tiers` and `standings` are of one agent, oldest window first."""

    tiers: Mapping[str, tuple[Tier, ...]]
    standings: Mapping[str, tuple[Standing, ...]]
    moves: Mapping[str, TierMove]
    mixes: tuple[TierMix, ...]
    counts: tuple[TierCount, ...]
    transitions: tuple[TierTransition, ...]
    changes: tuple[TierChange, ...]
    rules: Mapping[str, Rule]
    anchors: tuple[Anchor, ...]

    def current(self, agent_id: str) -> Tier | None:
        """The tier pages speak of."""
        return next((tier for tier in self.tiers.get(agent_id, ()) if tier.is_current), None)


def load(folder: Path) -> Book:
    """The marts of one build; standings of the current window only."""
    tiers: dict[str, list[Tier]] = defaultdict(list)
    for tier in rows(folder, Tier):
        tiers[tier.agent_id].append(tier)
    mixes = tuple(rows(folder, TierMix))
    window = next(((mix.window_kind, mix.window_start) for mix in mixes if mix.is_current), ("none", date.min))
    standings: dict[str, list[Standing]] = defaultdict(list)
    for standing in rows(folder, Standing, "window_kind = ? and window_start = ?", list(window)):
        standings[standing.agent_id].append(standing)
    return Book(
        tiers={agent: tuple(found) for agent, found in tiers.items()},
        standings={agent: tuple(found) for agent, found in standings.items()},
        moves={move.agent_id: move for move in rows(folder, TierMove, "is_current")},
        mixes=mixes,
        counts=tuple(rows(folder, TierCount)),
        transitions=tuple(rows(folder, TierTransition, "window_start = ?", [window[1]])),
        changes=tuple(rows(folder, TierChange)),
        rules={rule.rule_id: rule for rule in rows(folder, Rule)},
        anchors=tuple(rows(folder, Anchor)),
    )


# ---------- contexts
@dataclass(frozen=True)
class TiersPage:
    """tiers/index.html"""

    status: Status
    mix: TierMix | None
    counts: tuple[TierCount, ...]
    """Of the current window."""
    picture: Mix | None
    transition: Transitions | None
    changes: tuple[TierChange, ...]
    fewest: float
    """A smaller number of people is not told here."""
    rules: tuple[Rule, ...]
    roles: tuple[tuple[Link, tuple[Anchor, ...]], ...]


@dataclass(frozen=True)
class Person:
    """One row of a team's table."""

    link: Link
    tier: Tier
    preview: Tier | None


@dataclass(frozen=True)
class TeamPart:
    """The section of a team's page."""

    mix: TierMix
    people: tuple[Person, ...]
    href: str


@dataclass(frozen=True)
class AgentPart:
    """The section of a person's page."""

    tier: Tier
    preview: Tier | None
    history: tuple[Tier, ...]
    move: TierMove | None
    parts: tuple[Standing, ...]
    picture: Contributions | None
    href: str
    kpi_hrefs: tuple[tuple[str, str], ...]


# ---------- pages and sections
def tiers(finder: Finder) -> TiersPage:
    """The centre's tiers and the rules behind them."""
    book: Book = finder.book("tiers")
    centre = [mix for mix in book.mixes if mix.grain == "centre"]
    mix = next((found for found in centre if found.is_current), None)
    roles = dict.fromkeys(anchor.role for anchor in book.anchors)
    return TiersPage(
        status=finder.status(),
        mix=mix,
        counts=tuple(count for count in book.counts if count.is_current),
        picture=_mix(book.counts, mix) if mix else None,
        transition=_transitions(book.transitions) if book.transitions else None,
        changes=book.changes[-QUARTERS_SHOWN:],
        fewest=book.rules["group_min_people"].value if mix else 0.0,
        rules=tuple(book.rules[rule_id] for rule_id in _tier_rules.RULES) if mix else (),
        roles=tuple(
            (_role(finder, role), tuple(anchor for anchor in book.anchors if anchor.role == role)) for role in roles
        ),
    )


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """The people of a team, in order of name."""
    book: Book = finder.book("tiers")
    mix = next((m for m in book.mixes if (m.grain, m.entity_id, m.is_current) == ("team", team.team_id, True)), None)
    if mix is None:
        return None
    people = [
        Person(finder.link("agent", agent.agent_id), tier, _preview(book, agent.agent_id))
        for agent in finder.site.agents
        if (tier := book.current(agent.agent_id)) and tier.team_id == team.team_id
    ]
    people.sort(key=lambda person: (person.link.name_en, person.tier.agent_id))
    return TeamPart(mix, tuple(people), f"{finder.root}tiers/index.html")


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """One person's tier, with what it rests on."""
    book: Book = finder.book("tiers")
    tier = book.current(agent.agent_id)
    if tier is None:
        return None
    counted = [standing for standing in book.standings.get(agent.agent_id, ()) if standing.weight is not None]
    counted.sort(key=lambda standing: (-(standing.weight or 0), finder.site.kpi(standing.kpi_id).position))
    return AgentPart(
        tier=tier,
        preview=_preview(book, agent.agent_id),
        history=tuple(found for found in book.tiers[agent.agent_id] if found.window_kind == "quarter"),
        move=book.moves.get(agent.agent_id),
        parts=tuple(counted),
        picture=_contributions(finder, counted),
        href=f"{finder.root}tiers/index.html",
        kpi_hrefs=tuple((standing.kpi_id, finder.kpi_href(standing.kpi_id)) for standing in counted),
    )


def _preview(book: Book, agent_id: str) -> Tier | None:
    return next((tier for tier in book.tiers.get(agent_id, ()) if tier.window_kind == "preview"), None)


def _role(finder: Finder, role: str) -> Link:
    return finder.link("role", role) if ("role", role) in finder.site.entities else Link("role", role, role, "")


# ---------- pictures
def _mix(counts: tuple[TierCount, ...], current: TierMix) -> Mix:
    """The centre quarter by quarter (or the one window there is), small counts together."""
    windows: dict[date, dict[str, TierCount]] = defaultdict(dict)
    for count in counts:
        if count.window_kind == current.window_kind:
            windows[count.window_start][count.tier] = count
    shown = [(start, windows[start]) for start in sorted(windows)][-QUARTERS_SHOWN:]
    data: tier_mix.Data = {
        "rows": [
            {
                "label": window_label(current.window_kind, start),
                "text": str(found["high"].people_in_all),
                "parts": [_part(tier, found[tier].people or 0) for tier in TIERS]
                + [_part("hidden", found["high"].people_hidden)],
            }
            for start, found in shown
        ]
    }
    quarters = tuple((start, tuple(found[tier] for tier in TIERS)) for start, found in shown)
    return Mix("", ChartRequest("tier_mix", data), quarters)


def _part(tier: str, people: int) -> tier_mix.Part:
    return {"tier": tier, "count": people, "texts": [str(people)]}  # type: ignore[typeddict-item]


def _transitions(found: tuple[TierTransition, ...]) -> Transitions:
    ways = {(way.previous_tier, way.tier): way for way in found}
    lines = tuple(code for code in LABELS if (code, code) in ways)
    data: transition.Data = {
        "row_title": window_label("quarter", found[0].previous_start),
        "column_title": window_label("quarter", found[0].window_start),
        "rows": [LABELS[code] for code in lines],
        "columns": [LABELS[code] for code in lines],
        "cells": [[_cell(ways[row, column]) for column in lines] for row in lines],
    }
    return Transitions("", ChartRequest("transition", data), found, lines)


def _cell(way: TierTransition) -> transition.Cell:
    text = f"<{way.least_people}" if way.people_rounded is None else str(way.people_rounded)
    return {"count": way.people_rounded, "text": text, "is_stay": way.previous_tier == way.tier}


def _contributions(finder: Finder, counted: list[Standing]) -> Contributions | None:
    if not counted:
        return None
    write, found = figures("en"), list[weights.Row]()
    for standing in counted:
        kpi = finder.site.kpi(standing.kpi_id)
        gives, most = standing.contribution, standing.contribution_at_most or 0.0
        found.append(
            {
                "label": kpi.label_en if kpi.label_en == kpi.label_zh else f"{kpi.label_en} {kpi.label_zh}",
                "text": f"{write.number(gives, 1)} / {write.number(most, 1)}",
                "value": gives,
                "full": most,
                "target": standing.contribution_at_target or 0.0,
                "is_total": False,
            }
        )
    return Contributions("", ChartRequest("weights", {"rows": found}), tuple(counted))


PAGES = {"tiers": tiers}
SUMMARIES = {"tiers": _tier_words.summary}
CAPTIONS = {
    Mix: _tier_captions.mix_caption,
    Transitions: _tier_captions.transition_caption,
    Contributions: _tier_captions.contributions_caption,
}
marks = _tier_captions.marks
words = _tier_words
rules = _tier_rules
