"""System or person: which shortfall belongs to the whole centre, to a team, to nobody, or to one person.

Belongs here: which rows these pages and sections show. Does not belong here: reading marts (`_systemic_book`), shapes
of contexts (`_systemic_contexts`), words (`_systemic_words`, `_systemic_gap`), guards and hovering (`guards`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.marts import Agent, FunnelSpread, Kpi, MixSegment, Rule, SystemicAgent, Team
from pipelines.site.areas import _systemic_book, _systemic_captions, _systemic_gap, _systemic_mix, _systemic_words
from pipelines.site.areas._systemic_book import Book
from pipelines.site.areas._systemic_contexts import (
    AgentPart,
    KpiPart,
    Mix,
    OverviewPart,
    Register,
    TeamPart,
    Verdict,
)
from pipelines.site.areas._systemic_drawings import (
    NO_TEAM,
    GapParts,
    MixSplit,
    Steps,
    request_gap_parts,
    request_mix_split,
)
from pipelines.site.contexts import Column, Link
from pipelines.site.drawings import in_picture
from pipelines.site.escape import visible_text
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE, grains

ORDER = 20
REASONS = 3
"""Reasons shown per shortfall."""
DRAWN = 3
"""Most strengths, and most shortfalls, in a picture."""


# ---------- pages and sections
def register(finder: Finder) -> Register:
    """Every KPI with a target, and where its shortfall lies."""
    book = _book(finder)
    verdicts = tuple(_verdicts(finder))
    fewest = _rules(finder)["group_min_people"].value if verdicts else 0
    teams = [
        (_column(finder, verdict.kpi_id), finder.link("team", row.team_id), row)
        for verdict in verdicts
        for row in book.teams.get(verdict.kpi_id, ())
        if row.is_team_problem and row.agents >= fewest and row.team_id
    ]
    return Register(
        status=finder.status(),
        window=book.window,
        verdicts=verdicts,
        teams=tuple(teams),
        spreads=tuple(_wide(finder)) if verdicts else (),
        centre_only=tuple(_column(finder, kpi.kpi_id) for kpi in finder.site.delivered(CENTRE) if _is_centres(finder, kpi)),
        by_ratio=_by_ratio(finder),
        rules=tuple(_rules(finder)[rule_id] for rule_id in _systemic_words.RULES) if verdicts else (),
    )


def on_overview(finder: Finder) -> OverviewPart | None:
    """What falls short in the whole centre."""
    book = _book(finder)
    if book.window is None or not book.centre:
        return None
    wide = tuple(verdict for verdict in _verdicts(finder) if verdict.row.is_centre_wide)
    return OverviewPart(book.window, wide, _href(finder))


def on_kpi(finder: Finder, kpi: Kpi) -> KpiPart | None:
    """Where the shortfall lies, and what of the last change came with the work."""
    book = _book(finder)
    row, shift = book.centre.get(kpi.kpi_id), book.shifts.get(kpi.kpi_id)
    if book.window is None or (row is None and shift is None):
        return None
    fewest = _rules(finder)["group_min_people"].value
    return KpiPart(
        window=book.window,
        verdict=_verdict(finder, kpi.kpi_id) if row else None,
        teams=tuple(
            finder.link("team", team.team_id)
            for team in book.teams.get(kpi.kpi_id, ())
            if team.is_team_problem and team.agents >= fewest and team.team_id
        ),
        mix=Mix(
            shift=shift,
            segments=tuple((_work(finder, found), found) for found in book.segments.get(kpi.kpi_id, ())),
            picture=request_mix_split(kpi, book.months.get(kpi.kpi_id, ())),
        )
        if shift
        else None,
        href=_href(finder),
    )


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """What is the team's own, what it shares with the whole centre, and what is single people's."""
    book, rules = _book(finder), _rules(finder)
    rows = sorted(book.of_team.get(team.team_id, ()), key=lambda row: finder.site.kpi(row.kpi_id).position)
    if book.window is None or not rows:
        return None
    members = _members(finder, team)
    steps = {
        row.kpi_id: Steps(row.kpi_id, row.target, row.value, row.gap, found.gap_centre, found.gap_team, None)
        for row in rows
        if (found := _like(members, row.kpi_id, row.target))
        and found.gap_centre is not None
        and found.gap_team is not None
    }
    sure = rules["team_sure"].value
    strong = [row.kpi_id for row in rows if row.p_team_below <= 1 - sure]
    short = [row.kpi_id for row in rows if row.p_team_below >= sure]
    drawn = [*[k for k in strong if k in steps][:DRAWN], *[k for k in short if k in steps][:DRAWN]]
    names = [in_picture(finder.link(CENTRE, CENTRE)), in_picture(finder.link("team", team.team_id))]
    return TeamPart(
        window=book.window,
        rows=tuple((_column(finder, row.kpi_id), row) for row in rows),
        strong=tuple(strong),
        owners=tuple(_verdict(finder, row.kpi_id) for row in rows if row.verdict == "centre_wide"),
        people=tuple(_people(finder, members)),
        picture=request_gap_parts([(finder.site.kpi(kpi_id), steps[kpi_id]) for kpi_id in drawn], names),
        href=_href(finder),
    )


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """How much of a distance from the target is shared, strengths first."""
    book, rules = _book(finder), _rules(finder)
    rows = sorted(
        (row for row in book.of_agent.get(agent.agent_id, ()) if row.p_below is not None),
        key=lambda row: finder.site.kpi(row.kpi_id).position,
    )
    if book.window is None or not rows:
        return None
    sure, sure_of_team = rules["individual_sure"].value, rules["individual_below_team_sure"].value
    strong = [row for row in rows if row.p_below is not None and row.p_below <= 1 - sure]
    short = [row for row in rows if row.p_below is not None and row.p_below >= sure]
    drawn = [*sorted(strong, key=_own)[:DRAWN], *sorted(short, key=_own, reverse=True)[:DRAWN]]
    team = in_picture(finder.link("team", agent.team_id)) if agent.team_id else NO_TEAM
    names = [in_picture(finder.link(CENTRE, CENTRE)), team, in_picture(finder.link("agent", agent.agent_id))]
    steps = [(finder.site.kpi(row.kpi_id), found) for row in drawn if (found := _steps(row))]
    return AgentPart(
        window=book.window,
        strong=tuple(row.kpi_id for row in strong),
        ahead=tuple(
            row.kpi_id for row in rows if row.p_below_team is not None and row.p_below_team <= 1 - sure_of_team
        ),
        short=tuple((_column(finder, row.kpi_id), row) for row in short),
        picture=request_gap_parts(steps, names),
        has_team=agent.team_id is not None,
        href=_href(finder),
    )


# ---------- verdicts
def _verdicts(finder: Finder) -> Iterable[Verdict]:
    """In the catalogue's order."""
    centre = _book(finder).centre
    return (_verdict(finder, kpi.kpi_id) for kpi in finder.site.kpis if kpi.kpi_id in centre)


def _verdict(finder: Finder, kpi_id: str) -> Verdict:
    book = _book(finder)
    carried = [row for row in book.reasons.get(kpi_id, ()) if row.gap_share is not None and row.contribution < 0]
    return Verdict(
        column=_column(finder, kpi_id),
        row=book.centre[kpi_id],
        before=book.before.get(kpi_id),
        reasons=tuple((_named(finder, "reason", row.reason), row) for row in carried[:REASONS]),
    )


def _wide(finder: Finder) -> Iterable[tuple[Column, FunnelSpread | None, FunnelSpread | None]]:
    """Funnels wider than chance, in the catalogue's order."""
    for kpi in finder.site.kpis:
        found = _book(finder).spreads.get(kpi.kpi_id, {})
        if any(spread.is_overdispersed for spread in found.values()):
            yield _column(finder, kpi.kpi_id), found.get("agent"), found.get("team")


def _is_centres(finder: Finder, kpi: Kpi) -> bool:
    """Has a target, and is shown for nobody alone."""
    value = finder.site.value(kpi.kpi_id, CENTRE, CENTRE, finder.site.comparison)
    return "agent" not in grains(kpi) and value is not None and value.target is not None


def _by_ratio(finder: Finder) -> tuple[Column, ...]:
    found = {anchor.kpi_id for anchor in finder.book("tiers").anchors if anchor.basis == "ratio"}
    return tuple(_column(finder, kpi.kpi_id) for kpi in finder.site.delivered("agent") if kpi.kpi_id in found)


# ---------- people
def _members(finder: Finder, team: Team) -> list[tuple[Link, tuple[SystemicAgent, ...]]]:
    """Who was in a team at the end of the window, in order of name."""
    tiers, of_agent = finder.book("tiers"), _book(finder).of_agent
    found = [
        (finder.link("agent", agent.agent_id), of_agent[agent.agent_id])
        for agent in finder.site.agents
        if agent.agent_id in of_agent
        and (tier.team_id if (tier := tiers.current(agent.agent_id)) else agent.team_id) == team.team_id
    ]
    return sorted(found, key=lambda pair: (pair[0].name_en, pair[0].href))


def _like(
    members: Iterable[tuple[Link, tuple[SystemicAgent, ...]]], kpi_id: str, target: float
) -> SystemicAgent | None:
    """A member with the team's target, who therefore sees centre and team as the team does."""
    return next(
        (row for _, rows in members for row in rows if (row.kpi_id, row.target) == (kpi_id, target) and row.gap is not None),
        None,
    )


def _people(
    finder: Finder, members: Iterable[tuple[Link, tuple[SystemicAgent, ...]]]
) -> Iterable[tuple[Link, tuple[tuple[str, bool], ...]]]:
    for link, rows in members:
        own = sorted((row for row in rows if row.is_individual), key=lambda row: finder.site.kpi(row.kpi_id).position)
        if own:
            yield link, tuple((row.kpi_id, row.is_confirmed) for row in own)


def _own(row: SystemicAgent) -> float:
    """How likely the own part is a shortfall: strengths that are one's own come first, then one's own shortfalls."""
    return row.p_below_team if row.p_below_team is not None else 1.0


def _steps(row: SystemicAgent) -> Steps | None:
    numbers = (row.target, row.steadied_value, row.gap, row.gap_centre, row.gap_team, row.gap_agent)
    known = [x for x in numbers if x is not None]
    return Steps(row.kpi_id, *known) if len(known) == len(numbers) else None


# ---------- looking up
def _book(finder: Finder) -> Book:
    book: Book = finder.book("systemic")
    return book


def _rules(finder: Finder) -> Mapping[str, Rule]:
    rules: Mapping[str, Rule] = finder.book("tiers").rules
    return rules


def _href(finder: Finder) -> str:
    return f"{finder.root}systemic/index.html"


def _column(finder: Finder, kpi_id: str) -> Column:
    return Column(kpi_id, finder.kpi_href(kpi_id))


def _named(finder: Finder, grain: str, code: str) -> Link:
    """The name of a code of the data; of one that nobody named, the code."""
    if (grain, code) in finder.site.entities:
        return finder.link(grain, code)
    name = visible_text(code) or code
    return Link(grain, name, name, "")


def _work(finder: Finder, found: MixSegment) -> tuple[Link, ...]:
    known = (("channel", found.channel), ("queue", found.queue), ("reason", found.reason), ("segment", found.segment))
    return tuple(_named(finder, grain, code) for grain, code in known if code)


load = _systemic_book.load
PAGES = {"systemic": register}
SUMMARIES = {"systemic": _systemic_words.summary}
CAPTIONS = {GapParts: _systemic_captions.gap_caption, MixSplit: _systemic_captions.mix_caption}
marks = _systemic_captions.marks
words = _systemic_words
gap = _systemic_gap
mix = _systemic_mix
