"""Finds what the pages about systemic shortfalls are put together from: verdicts, names, rules, links.

Belongs here: one KPI's verdict with its reasons, who was in a team, looking up. Does not belong here: which of it
stands on which page (`systemic`), words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.marts import FunnelSpread, Kpi, MixSegment, MixShift, Rule, SystemicAgent, Team
from pipelines.site.areas._systemic_book import Book
from pipelines.site.areas._systemic_contexts import Verdict
from pipelines.site.areas._systemic_drawings import Steps
from pipelines.site.escape import visible_text
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE, grains
from pipelines.site.parts import Column, Link

REASONS = 3
"""Reasons shown per shortfall."""
Member = tuple[Link, tuple[SystemicAgent, ...]]


# ---------- looking up
def book(finder: Finder) -> Book:
    book: Book = finder.book("systemic")
    return book


def rules(finder: Finder) -> Mapping[str, Rule]:
    rules: Mapping[str, Rule] = finder.book("tiers").rules
    return rules


def href(finder: Finder) -> str:
    return f"{finder.root}systemic/index.html"


def column(finder: Finder, kpi_id: str) -> Column:
    return Column(kpi_id, finder.kpi_href(kpi_id))


def named(finder: Finder, grain: str, code: str) -> Link:
    """The name of a code of the data; of one that nobody named, the code."""
    if (grain, code) in finder.site.entities:
        return finder.link(grain, code)
    name = visible_text(code) or code
    return Link(grain, name, name, "")


def work(finder: Finder, found: MixSegment) -> tuple[Link, ...]:
    known = (("channel", found.channel), ("queue", found.queue), ("reason", found.reason), ("segment", found.segment))
    return tuple(named(finder, grain, code) for grain, code in known if code)


# ---------- verdicts
def verdicts(finder: Finder) -> Iterable[Verdict]:
    """In the catalogue's order."""
    centre = book(finder).centre
    return (verdict(finder, kpi.kpi_id) for kpi in finder.site.kpis if kpi.kpi_id in centre)


def verdict(finder: Finder, kpi_id: str) -> Verdict:
    found = book(finder)
    carried = [row for row in found.reasons.get(kpi_id, ()) if row.gap_share is not None and row.contribution < 0]
    return Verdict(
        column=column(finder, kpi_id),
        row=found.centre[kpi_id],
        before=found.before.get(kpi_id),
        reasons=tuple((named(finder, "reason", row.reason), row) for row in carried[:REASONS]),
    )


def wide(finder: Finder) -> Iterable[tuple[Column, FunnelSpread | None, FunnelSpread | None]]:
    """Funnels wider than chance, in the catalogue's order."""
    for kpi in finder.site.kpis:
        found = book(finder).spreads.get(kpi.kpi_id, {})
        if any(spread.is_overdispersed for spread in found.values()):
            yield column(finder, kpi.kpi_id), found.get("agent"), found.get("team")


def is_centres(finder: Finder, kpi: Kpi) -> bool:
    """Has a target, and is shown for nobody alone."""
    value = finder.site.value(kpi.kpi_id, CENTRE, CENTRE, finder.site.comparison)
    return "agent" not in grains(kpi) and value is not None and value.target is not None


def by_ratio(finder: Finder) -> tuple[Column, ...]:
    found = {anchor.kpi_id for anchor in finder.book("tiers").anchors if anchor.basis == "ratio"}
    return tuple(column(finder, kpi.kpi_id) for kpi in finder.site.delivered("agent") if kpi.kpi_id in found)


def is_sure(finder: Finder, shift: MixShift) -> bool:
    """Whether the likely ranges of the centre's value lie apart before and after a change."""
    periods = finder.site.periods
    before, now = (
        finder.site.value(shift.kpi_id, CENTRE, CENTRE, periods.get((shift.window_kind, start)))
        for start in (shift.previous_start, shift.window_start)
    )
    bounds = [(v.interval_low, v.interval_high) for v in (before, now) if v]
    known = [(low, high) for low, high in bounds if low is not None and high is not None]
    return len(known) == len((before, now)) and (known[0][1] < known[1][0] or known[1][1] < known[0][0])


# ---------- people
def in_team(finder: Finder, team: Team) -> list[tuple[Link, str]]:
    """Who was in a team at the end of the window, in order of name: (link, agent_id)."""
    tiers = finder.book("tiers")
    found = [
        (finder.link("agent", agent.agent_id), agent.agent_id)
        for agent in finder.site.agents
        if (tier.team_id if (tier := tiers.current(agent.agent_id)) else agent.team_id) == team.team_id
    ]
    return sorted(found, key=lambda pair: (pair[0].name_en, pair[1]))


def members(finder: Finder, team: Team) -> list[Member]:
    """A team's people of whom anything was compared with a target, in order of name."""
    of_agent = book(finder).of_agent
    return [(link, of_agent[agent_id]) for link, agent_id in in_team(finder, team) if agent_id in of_agent]


def like(members: Iterable[Member], kpi_id: str, target: float) -> SystemicAgent | None:
    """A member with the team's target, who therefore sees centre and team as the team does."""
    return next(
        (
            row
            for _, rows in members
            for row in rows
            if (row.kpi_id, row.target) == (kpi_id, target) and row.gap is not None
        ),
        None,
    )


def people(finder: Finder, members: Iterable[Member]) -> Iterable[tuple[Link, tuple[tuple[str, bool], ...]]]:
    for link, rows in members:
        own = sorted((row for row in rows if row.is_individual), key=lambda row: finder.site.kpi(row.kpi_id).position)
        if own:
            yield link, tuple((row.kpi_id, row.is_confirmed) for row in own)


def own(row: SystemicAgent) -> float:
    """How likely the own part is a shortfall: strengths that are one's own come first, then one's own shortfalls."""
    return row.p_below_team if row.p_below_team is not None else 1.0


def steps(row: SystemicAgent) -> Steps | None:
    numbers = (row.target, row.steadied_value, row.gap, row.gap_centre, row.gap_team, row.gap_agent)
    known = [x for x in numbers if x is not None]
    return Steps(row.kpi_id, *known) if len(known) == len(numbers) else None
