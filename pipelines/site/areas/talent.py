"""Ability against engagement, and who rises: counts for the centre, a talk for leaders, an invitation for people.

Belongs here: which rows these pages and sections show. Does not belong here: reading marts (`_talent_book`), the shape
of a context (`_talent_contexts`), pictures (`_talent_drawings`), words (`_talent_words`, `_talent_engagement`,
`_talent_rising`), how a place or a rise is found (dbt_project).
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.marts import Agent, Rule, Team
from pipelines.site.areas import _talent_book, _talent_captions, _talent_engagement, _talent_rising, _talent_words
from pipelines.site.areas._talent_book import Book
from pipelines.site.areas._talent_contexts import AgentPart, Group, Person, QuadrantPage, RisingPage, TeamPart
from pipelines.site.areas._talent_drawings import Counts, People, counted, placed
from pipelines.site.finder import Finder
from pipelines.site.model import CENTRE
from pipelines.site.parts import Link

ORDER = 50


# ---------- pages
def quadrant(finder: Finder) -> QuadrantPage:
    """The centre as counts, what the axes are made of, and the step each place suggests."""
    book = _book(finder)
    is_shown = book.axis is not None and book.axis.state == "shown"
    return QuadrantPage(
        status=finder.status(),
        window=book.window,
        axis=book.axis,
        axes=book.axes,
        cuts=book.cuts,
        counts=book.counts if is_shown else (),
        picture=counted(book.counts, book.cuts) if is_shown and book.cuts else None,
        scales=book.scales,
        rules=_rules(finder, _talent_words.RULES) if book.window else (),
    )


def rising(finder: Finder) -> RisingPage:
    """How many people stand out, in teams large enough to be counted where everybody reads."""
    book = _book(finder)
    return RisingPage(
        status=finder.status(),
        window=book.window,
        quarters=sum(axis.window_kind == "quarter" for axis in book.axes),
        groups=tuple(_groups(finder, book)) if book.window else (),
        rules=_rules(finder, _talent_rising.RULES) if book.window else (),
    )


def _groups(finder: Finder, book: Book) -> list[Group]:
    fewest = _rule(finder, "group_min_people").value
    teams = {team: people for team, people in book.members.items() if team is not None and len(people) >= fewest}
    if not any(book.members):
        everybody = book.members.get(None, ())
        return [_group(book, finder.link(CENTRE, CENTRE), everybody)] if len(everybody) >= fewest else []
    found = [_group(book, finder.link("team", team), people) for team, people in teams.items()]
    return sorted(found, key=lambda group: (group.link.name_en, group.link.href))


def _group(book: Book, link: Link, people: Iterable[str]) -> Group:
    people = tuple(people)
    listed = [found for agent_id in people if (found := book.rising.get(agent_id))]
    return Group(link, len(people), sum(found.is_rising for found in listed), sum(found.is_hidden for found in listed))


# ---------- sections
def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """The people of a team on both axes, in order of name; who is worth noticing first."""
    book = _book(finder)
    if not (book.window and book.axis and book.cuts):
        return None
    links = [(finder.link("agent", agent_id), agent_id) for agent_id in book.members.get(team.team_id, ())]
    people = [Person(link, book.places[agent_id]) for link, agent_id in sorted(links, key=_by_name)]
    if not people:
        return None
    listed = [(person.link, found) for person in people if (found := book.rising.get(person.place.agent_id))]
    is_shown = book.axis.state == "shown"
    return TeamPart(
        window=book.window,
        axis=book.axis,
        cuts=book.cuts,
        people=tuple(people) if is_shown else (),
        picture=placed([(person.link, person.place) for person in people], book.before, book.cuts)
        if is_shown
        else None,
        noticed=tuple(sorted(listed, key=lambda pair: not pair[1].is_rising)),
        href=f"{finder.root}tiers/quadrant.html",
        rising_href=f"{finder.root}tiers/rising.html",
    )


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """One person's place with the items behind engagement; None where nothing at all can be observed of engagement."""
    book, agent_id = _book(finder), agent.agent_id
    place, listed = book.places.get(agent_id), book.rising.get(agent_id)
    if not (book.window and book.axis and book.cuts and place) or not (book.axis.items or listed):
        return None
    items = sorted(book.items.get(agent_id, ()), key=lambda item: (-(item.score or 0.0), item.item))
    return AgentPart(
        window=book.window,
        axis=book.axis,
        cuts=book.cuts,
        place=place,
        items=tuple(items),
        rising=listed,
        href=f"{finder.root}tiers/quadrant.html",
        rising_href=f"{finder.root}tiers/rising.html",
    )


# ---------- looking up
def _book(finder: Finder) -> Book:
    book: Book = finder.book("talent")
    return book


def _rule(finder: Finder, rule_id: str) -> Rule:
    rule: Rule = finder.book("tiers").rules[rule_id]
    return rule


def _rules(finder: Finder, rule_ids: Iterable[str]) -> tuple[Rule, ...]:
    return tuple(_rule(finder, rule_id) for rule_id in rule_ids)


def _by_name(pair: tuple[Link, str]) -> tuple[str, str]:
    return pair[0].name_en, pair[1]


load = _talent_book.load
PAGES = {"quadrant": quadrant, "rising": rising}
SUMMARIES = {"quadrant": _talent_words.summary, "rising": _talent_rising.summary}
CAPTIONS = {Counts: _talent_captions.counts_caption, People: _talent_captions.people_caption}
marks = _talent_captions.marks
words = _talent_words
engagement = _talent_engagement
notice = _talent_rising
