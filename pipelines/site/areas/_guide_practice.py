"""Puts the second half of a guide together: expectations, what to practise, what to praise, coaching itself.

Belongs here: choosing and ordering rows of stages 7 to 9, the question bank, coverage and the quarter review. Does not
belong here: the stages before (`_guide_stages`), reading marts (`_guide_book`), shapes (`_guide_parts`), words.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.marts import Expectation, Period, Team, Tier
from pipelines.site.areas import _systemic_parts as systemic
from pipelines.site.areas._guide_book import Book
from pipelines.site.areas._guide_parts import (
    Expected,
    Health,
    Ladder,
    Person,
    Praise,
    Review,
    Scene,
    Turn,
)
from pipelines.site.areas._guide_stages import of_role
from pipelines.site.areas._sheet_book import Book as SheetBook
from pipelines.site.areas._talent_drawings import PLACES
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE

EVERYBODY = "*"
"""Role whose expectations hold for every role without rows of its own."""
LADDERS = 3
"""KPIs that are followed from a person's contact to the centre."""
SORTED = ("high", "mid", "low")
OF_TEAM = "team_goal"
"""Source of points that everybody in a team has."""


def expected(finder: Finder, book: Book, members: Iterable[Person]) -> tuple[Expected, ...]:
    """What holds for the roles in the team, the heaviest first."""
    here = {person.agent_id for person in members}
    roles = dict.fromkeys(agent.role for agent in finder.site.agents if agent.agent_id in here)
    used = dict.fromkeys(role if role and book.expectations.get(role) else EVERYBODY for role in roles)
    found = []
    for role in sorted(used):
        held = sorted(book.expectations.get(role, ()), key=lambda row: (-(row.weight or 0), row.kpi_id))
        rows = tuple((systemic.column(finder, row.kpi_id), row) for row in held if _is_known(finder, row))
        if rows:
            found.append(Expected(systemic.named(finder, "role", role), role == EVERYBODY, rows))
    return tuple(found)


def _is_known(finder: Finder, row: Expectation) -> bool:
    return any(kpi.kpi_id == row.kpi_id for kpi in finder.site.delivered("agent"))


def ladders(finder: Finder, team: Team, held: Iterable[Expected], period: Period | None) -> tuple[Ladder, ...]:
    """The heaviest KPIs from a person's contact to the centre; with several roles, of the first."""
    first = next(iter(held), None)
    if first is None:
        return ()
    value = finder.site.value
    found = (
        Ladder(row, column, value(row.kpi_id, "team", team.team_id, period), value(row.kpi_id, CENTRE, CENTRE, period))
        for column, row in first.rows
        if row.weight and finder.site.kpi(row.kpi_id).family in ("prop", "mean", "logmean")
    )
    return tuple(ladder for ladder in found if ladder.team and ladder.centre)[:LADDERS]


def scenes(finder: Finder, book: Book, team: Team) -> tuple[Scene, ...]:
    """Scenarios of the team's own work: one per kind of error, most missed first."""
    rows = book.scenes.get(team.team_id, ())
    found = []
    for code in dict.fromkeys(row.error_type for row in rows):
        own = [row for row in rows if row.error_type == code]
        reasons = tuple(systemic.named(finder, "reason", row.reason) for row in own)
        found.append(Scene(code, reasons, tuple(dict.fromkeys(row.quote for row in own if row.quote))))
    return tuple(found)


def praise(book: Book, members: Iterable[Person]) -> tuple[Praise, ...]:
    """What to praise, person by person; people of whom nothing was found are left out."""
    found = (
        Praise(
            person,
            person.agent_id in book.public,
            tuple(row for row in book.recognition.get(person.agent_id, ()) if row.source != OF_TEAM),
            book.badges.get(person.agent_id, ()),
            book.bests.get(person.agent_id, ()),
        )
        for person in members
    )
    return tuple(each for each in found if each.points or each.badges or each.bests)


def team_goals(book: Book, members: Iterable[Person]) -> tuple[str, ...]:
    """KPIs on which the team reached a goal together."""
    rows = (row for person in members for row in book.recognition.get(person.agent_id, ()) if row.source == OF_TEAM)
    return tuple(dict.fromkeys(row.kpi_id for row in rows if row.kpi_id))


def bank(finder: Finder, known: SheetBook, members: Iterable[Person]) -> tuple[str, ...]:
    """KPIs that are somebody's priority, in the catalogue's order."""
    found = {focus.kpi_id for person in members for focus in of_role(known, person, "priority")}
    return tuple(kpi.kpi_id for kpi in finder.site.kpis if kpi.kpi_id in found)


def techniques(known: SheetBook, members: Iterable[Person]) -> tuple[str, ...]:
    """Kinds of error behind somebody's priority, in the library's order."""
    found = {focus.error_type for person in members for focus in of_role(known, person, "priority")}
    return tuple(code for code in known.errors if code in found)


def quadrants(order: Iterable[Turn]) -> tuple[str, ...]:
    """Places in which somebody of the team stands."""
    found = {turn.row.quadrant for turn in order}
    return tuple(place for place in PLACES if place in found)


def health(finder: Finder, book: Book, team: Team) -> Health | None:
    """How coaching goes; None where nothing of it was delivered."""
    found = book.coverage.get(team.team_id)
    if found is None:
        return None
    days = finder.book("tiers").rules["coaching_gap_days"].value
    mix = tuple(row for row in book.mix.get(team.team_id, ()) if row.is_hidden or row.people)
    return Health(found, book.coverage.get(CENTRE), mix, days)


def _is_sorted(tier: Tier) -> bool:
    """Sorted then and now; to get a first tier, or none, is no move."""
    return tier.tier in SORTED and tier.previous_tier in SORTED


def review(finder: Finder, team: Team, members: Iterable[Person]) -> Review | None:
    """Who has another tier than a quarter ago."""
    tiers = finder.book("tiers")
    pairs = [(person, tier) for person in members if (tier := tiers.current(person.agent_id))]
    if not pairs:
        return None
    moves = [(person, tier) for person, tier in pairs if tier.previous_tier != tier.tier and _is_sorted(tier)]
    window = pairs[0][1]
    return Review(
        window=(window.window_start, window.window_end),
        moves=tuple(moves),
        tiers_href=f"{finder.root}tiers/index.html",
        team_href=finder.href("team", team.team_id),
    )
