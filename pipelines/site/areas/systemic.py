"""System or person: which shortfall belongs to the whole centre, to a team, to nobody, or to one person.

Belongs here: which rows these pages and sections show. Does not belong here: reading marts (`_systemic_book`), shapes
of contexts (`_systemic_contexts`), words (`_systemic_words`, `_systemic_gap`), guards and hovering (`guards`).
"""

from __future__ import annotations

from pipelines.marts import Agent, Kpi, Team
from pipelines.site.areas import (
    _systemic_book,
    _systemic_captions,
    _systemic_gap,
    _systemic_mix,
    _systemic_terms,
    _systemic_words,
)
from pipelines.site.areas import _systemic_parts as parts
from pipelines.site.areas._systemic_contexts import (
    AgentPart,
    KpiPart,
    Mix,
    OverviewPart,
    Register,
    TeamPart,
)
from pipelines.site.areas._systemic_drawings import (
    NO_TEAM,
    GapParts,
    MixSplit,
    Steps,
    request_gap_parts,
    request_mix_split,
)
from pipelines.site.drawings import in_picture
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE

ORDER = 20
DRAWN_OF_TEAM, DRAWN_OF_AGENT = 3, 2
"""Most strengths, and most shortfalls, in a picture."""


# ---------- pages and sections
def register(finder: Finder) -> Register:
    """Every KPI with a target, and where its shortfall lies."""
    book = parts.book(finder)
    verdicts = tuple(parts.verdicts(finder))
    fewest = parts.rules(finder)["group_min_people"].value if verdicts else 0
    teams = [
        (parts.column(finder, verdict.kpi_id), finder.link("team", row.team_id), row)
        for verdict in verdicts
        for row in book.teams.get(verdict.kpi_id, ())
        if row.is_team_problem and row.agents >= fewest and row.team_id
    ]
    return Register(
        status=finder.status(),
        window=book.window,
        verdicts=verdicts,
        teams=tuple(teams),
        spreads=tuple(parts.wide(finder)) if verdicts else (),
        centre_only=tuple(
            parts.column(finder, kpi.kpi_id) for kpi in finder.site.delivered(CENTRE) if parts.is_centres(finder, kpi)
        ),
        by_ratio=parts.by_ratio(finder),
        rules=tuple(parts.rules(finder)[rule_id] for rule_id in _systemic_words.RULES) if verdicts else (),
    )


def on_overview(finder: Finder) -> OverviewPart | None:
    """What falls short in the whole centre."""
    book = parts.book(finder)
    if book.window is None or not book.centre:
        return None
    wide = tuple(verdict for verdict in parts.verdicts(finder) if verdict.row.is_centre_wide)
    return OverviewPart(book.window, wide, parts.href(finder))


def on_kpi(finder: Finder, kpi: Kpi) -> KpiPart | None:
    """Where the shortfall lies, and what of the last change came with the work."""
    book = parts.book(finder)
    row, shift = book.centre.get(kpi.kpi_id), book.shifts.get(kpi.kpi_id)
    if book.window is None or (row is None and shift is None):
        return None
    fewest = parts.rules(finder)["group_min_people"].value
    return KpiPart(
        window=book.window,
        verdict=parts.verdict(finder, kpi.kpi_id) if row else None,
        teams=tuple(
            finder.link("team", team.team_id)
            for team in book.teams.get(kpi.kpi_id, ())
            if team.is_team_problem and team.agents >= fewest and team.team_id
        ),
        mix=Mix(
            shift=shift,
            is_sure=parts.is_sure(finder, shift),
            segments=tuple((parts.work(finder, found), found) for found in book.segments.get(kpi.kpi_id, ())),
        )
        if shift
        else None,
        picture=request_mix_split(kpi, book.months.get(kpi.kpi_id, ())),
        href=parts.href(finder),
    )


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """What is the team's own, what it shares with the whole centre, and what is single people's."""
    book, rules = parts.book(finder), parts.rules(finder)
    rows = sorted(book.of_team.get(team.team_id, ()), key=lambda row: finder.site.kpi(row.kpi_id).position)
    if book.window is None or not rows:
        return None
    members = parts.members(finder, team)
    steps = {
        row.kpi_id: Steps(row.kpi_id, row.target, row.value, row.gap, found.gap_centre, found.gap_team, None)
        for row in rows
        if (found := parts.like(members, row.kpi_id, row.target))
        and found.gap_centre is not None
        and found.gap_team is not None
    }
    sure = rules["team_sure"].value
    strong = [row.kpi_id for row in rows if row.p_team_below <= 1 - sure]
    short = [row.kpi_id for row in rows if row.p_team_below >= sure]
    drawn = [*[k for k in strong if k in steps][:DRAWN_OF_TEAM], *[k for k in short if k in steps][:DRAWN_OF_TEAM]]
    names = [in_picture(finder.link(CENTRE, CENTRE)), in_picture(finder.link("team", team.team_id))]
    return TeamPart(
        window=book.window,
        rows=tuple((parts.column(finder, row.kpi_id), row) for row in rows),
        strong=tuple(strong),
        owners=tuple(parts.verdict(finder, row.kpi_id) for row in rows if row.verdict == "centre_wide"),
        people=tuple(parts.people(finder, members)),
        picture=request_gap_parts([(finder.site.kpi(kpi_id), steps[kpi_id]) for kpi_id in drawn], names),
        href=parts.href(finder),
    )


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """How much of a distance from the target is shared, strengths first."""
    book, rules = parts.book(finder), parts.rules(finder)
    rows = sorted(
        (row for row in book.of_agent.get(agent.agent_id, ()) if row.p_below is not None),
        key=lambda row: finder.site.kpi(row.kpi_id).position,
    )
    if book.window is None or not rows:
        return None
    sure, sure_of_team = rules["individual_sure"].value, rules["individual_below_team_sure"].value
    strong = [row for row in rows if row.p_below is not None and row.p_below <= 1 - sure]
    short = [row for row in rows if row.p_below is not None and row.p_below >= sure]
    drawn = [
        *sorted(strong, key=parts.own)[:DRAWN_OF_AGENT],
        *sorted(short, key=parts.own, reverse=True)[:DRAWN_OF_AGENT],
    ]
    team = in_picture(finder.link("team", agent.team_id)) if agent.team_id else NO_TEAM
    names = [in_picture(finder.link(CENTRE, CENTRE)), team, in_picture(finder.link("agent", agent.agent_id))]
    steps = [(finder.site.kpi(row.kpi_id), found) for row in drawn if (found := parts.steps(row))]
    return AgentPart(
        window=book.window,
        strong=tuple(row.kpi_id for row in strong),
        ahead=tuple(
            row.kpi_id for row in rows if row.p_below_team is not None and row.p_below_team <= 1 - sure_of_team
        ),
        short=tuple((parts.column(finder, row.kpi_id), row) for row in short),
        picture=request_gap_parts(steps, names),
        has_team=agent.team_id is not None,
        href=parts.href(finder),
    )


load = _systemic_book.load
PAGES = {"systemic": register}
SUMMARIES = {"systemic": _systemic_words.summary}
CAPTIONS = {GapParts: _systemic_captions.gap_caption, MixSplit: _systemic_captions.mix_caption}
marks = _systemic_captions.marks
words = _systemic_words
terms = _systemic_terms
gap = _systemic_gap
mix = _systemic_mix
