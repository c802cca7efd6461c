"""Puts a guide together stage by stage: which rows of the team's own people stand where.

Belongs here: choosing and ordering rows, links. Does not belong here: reading marts (`_guide_book`), shapes
(`_guide_contexts`), words (the other `_guide_*`), who comes first and how many minutes suffice (dbt_project).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.marts import CoachingFocus, Expectation, Period, Team, Tier
from pipelines.site import areas, templates
from pipelines.site.areas import _systemic_parts as systemic
from pipelines.site.areas._guide_book import Book
from pipelines.site.areas._guide_contexts import (
    Evidence,
    Expected,
    Goal,
    Health,
    Incomplete,
    Ladder,
    Opening,
    Person,
    Planning,
    Praise,
    Prepare,
    Review,
    Scene,
    Turn,
)
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE

EVERYBODY = "*"
"""Role whose expectations hold for every role without rows of its own."""
LADDERS = 3
"""KPIs that are followed from a person's contact to the centre."""
PLACES = ("lead", "unblock", "develop", "restart")
SORTED = ("high", "mid", "low")
OF_TEAM = "team_goal"
"""Source of points that everybody in a team has."""
OTHERS = {
    "coaching": "coaching/index.html",
    "training": "coaching/training.html",
    "recognition": "coaching/recognition.html",
    "library": "coaching/library.html",
    "cases": "coaching/cases.html",
}


# ---------- people and links
def people(finder: Finder, team: Team) -> tuple[Person, ...]:
    """Who is in the team now, in order of name; nobody else stands in its guide."""
    here = [agent.agent_id for agent in finder.site.agents if agent.team_id == team.team_id and agent.is_current]
    found = (
        Person(agent_id, finder.link("agent", agent_id), _own(finder, "sheet", agent_id), _own(finder, "journal", agent_id))
        for agent_id in here
    )
    return tuple(sorted(found, key=lambda person: (person.link.name_en, person.agent_id)))


def _own(finder: Finder, kind: str, agent_id: str) -> str:
    """Somebody's page of a kind; empty while the site has no such kind."""
    folder = next((found.path.partition("/")[0] for found in templates.kinds() if found.name == kind), "")
    return finder.page_of(folder, "agent", agent_id) if folder else ""


def hrefs(finder: Finder) -> tuple[tuple[str, str], ...]:
    """Pages on coaching that the site has, by name."""
    known = {kind.path for kind in templates.kinds()}
    return tuple((name, f"{finder.root}{path}") for name, path in OTHERS.items() if path in known)


def workbook(finder: Finder, team: Team) -> str:
    """The team's workbook to fill in; empty while nobody makes one."""
    area = areas.modules().get("workbooks")
    return area.href(finder, team) if area and "workbooks" in finder.site.books else ""


# ---------- the stages
def goals(book: Book, team: Sequence[Person]) -> tuple[Goal, ...]:
    """Open goals and those of the newest talks, person by person."""
    return tuple(
        Goal(person, plan, book.progress.get((plan.coaching_id, plan.goal_number)))
        for person in team
        for plan in book.plans.get(person.agent_id, ())
    )


def _priorities(book: Book, person: Person) -> tuple[CoachingFocus, ...]:
    """Priorities that no open goal is about."""
    planned = {plan.kpi_id for plan in book.plans.get(person.agent_id, ()) if plan.is_open}
    found = (focus for focus in book.focus.get(person.agent_id, ()) if focus.role == "priority")
    return tuple(focus for focus in found if focus.kpi_id not in planned)


def turns(book: Book, team: Team, members: Sequence[Person], agreed: Iterable[Goal]) -> tuple[Turn, ...]:
    """The order of talks, as the mart has it."""
    known, open_goals = {person.agent_id: person for person in members}, [goal for goal in agreed if goal.plan.is_open]
    return tuple(
        Turn(
            person,
            row,
            tuple(goal for goal in open_goals if goal.person is person),
            _priorities(book, person),
        )
        for row in book.schedule.get(team.team_id, ())
        if (person := known.get(row.agent_id))
    )


def prepare(finder: Finder, team: Team, order: tuple[Turn, ...]) -> Prepare:
    """Who first, how far the hours reach, and what is systemic."""
    fitting = tuple(turn for turn in order if turn.row.is_within_hours)
    own = systemic.book(finder).of_team.get(team.team_id, ())
    return Prepare(
        fitting=fitting,
        others=tuple(turn for turn in order if not turn.row.is_within_hours),
        hours=order[0].row.hours_available if order else None,
        minutes_fitting=fitting[-1].row.minutes_cumulative if fitting else 0,
        minutes_all=order[-1].row.minutes_cumulative if order else 0,
        centre=tuple(found for found in systemic.verdicts(finder) if found.row.is_centre_wide),
        team=tuple(systemic.column(finder, row.kpi_id) for row in own if row.is_team_problem),
        systemic_href=systemic.href(finder),
    )


def openings(book: Book, members: Iterable[Person]) -> tuple[Opening, ...]:
    """What to open each talk with."""
    return tuple(
        Opening(
            person,
            tuple(focus for focus in book.focus.get(person.agent_id, ()) if focus.role == "strength"),
            next((plan.career_goal for plan in reversed(book.plans.get(person.agent_id, ())) if plan.career_goal), None),
        )
        for person in members
    )


def evidence(book: Book, members: Iterable[Person]) -> tuple[Evidence, ...]:
    """Complete cards of the last weeks; people without one are left out."""
    found = []
    for person in members:
        cards = [card for card in book.cards.get(person.agent_id, ()) if card.is_complete]
        if cards:
            signs = (tuple(card for card in cards if card.sign == sign) for sign in ("improve", "strength"))
            found.append(Evidence(person, *signs))
    return tuple(found)


def incomplete(book: Book, members: Iterable[Person]) -> Incomplete:
    """What keeps other moments from being cards."""
    cards = [card for person in members for card in book.cards.get(person.agent_id, ()) if not card.is_complete]
    return Incomplete(
        cards=len(cards),
        quote=sum(card.lacks_quote for card in cards),
        time=sum(card.lacks_time for card in cards),
        technique=sum(card.lacks_technique for card in cards),
    )


def planning(finder: Finder, team: Team, order: Iterable[Turn], agreed: Iterable[Goal]) -> Planning:
    """Priorities without a goal in the order of talks, and goals that lack something."""
    return Planning(
        unplanned=tuple((turn.person, focus) for turn in order for focus in turn.priorities),
        incomplete=tuple(goal for goal in agreed if goal.lacks),
        workbook_href=workbook(finder, team),
    )


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
    """Scenarios of the team's own work."""
    return tuple(Scene(systemic.named(finder, "reason", row.reason), row) for row in book.scenes.get(team.team_id, ()))


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


def bank(finder: Finder, book: Book, members: Iterable[Person]) -> tuple[str, ...]:
    """KPIs that are somebody's priority, in the catalogue's order."""
    found = set()
    for person in members:
        for focus in book.focus.get(person.agent_id, ()):
            if focus.role == "priority":
                error = book.errors.get(focus.error_type or "")
                found.add((error.kpi_id if error else None) or focus.kpi_id)
    return tuple(kpi.kpi_id for kpi in finder.site.kpis if kpi.kpi_id in found)


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
    return Health(found, book.coverage.get(CENTRE), book.mix.get(team.team_id, ()), days)


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
