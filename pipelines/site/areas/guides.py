"""The coaching guide of a team: what its leader does this week, in nine stages, with the team's own data in each.

Belongs here: which parts the page and the team's section have. Does not belong here: reading marts (`_guide_book`),
the rows of each stage (`_guide_stages`, `_guide_practice`), shapes (`_guide_contexts`, `_guide_parts`), words
(`_guide_words`, `_guide_goals`, `_guide_talk`, `_guide_health`, `_guide_terms`), how to do a stage
(site_templates/advice).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.marts import Team
from pipelines.site.advice import STAGES
from pipelines.site.areas import (
    _guide_book,
    _guide_goals,
    _guide_health,
    _guide_practice,
    _guide_stages,
    _guide_talk,
    _guide_terms,
    _guide_words,
)
from pipelines.site.areas._guide_book import Book
from pipelines.site.areas._guide_contexts import Guide, TeamPart
from pipelines.site.areas._sheet_book import Book as SheetBook
from pipelines.site.finder import Finder

ORDER = 8
__all__ = ["STAGES"]
USED = ("contacts", "surveys", "qa_scores", "complaints", "training", "coaching_log")
"""Contract tables without which a stage has less to say."""


def guide(finder: Finder, team: Team) -> Guide | None:
    """A team's guide; None where the team has nobody."""
    book, known = _books(finder)
    members = _guide_stages.people(finder, team)
    if not members:
        return None
    site, missing = finder.site, _missing(finder)
    period = site.headline("team", team.team_id)
    agreed = _guide_stages.goals(known, members, book.since(team.team_id))
    order = _guide_stages.turns(book, known, team, members, agreed)
    held = _guide_practice.expected(finder, book, members)
    return Guide(
        link=finder.link("team", team.team_id),
        leader=team.leader,
        size=len(members),
        as_of=site.as_of,
        status=finder.status(),
        missing=missing,
        period=period,
        lines=finder.lines("team", team.team_id, period),
        notices=finder.notices(a for a in site.attention if (a.grain, a.entity_id) == ("team", team.team_id)),
        errors=tuple(known.errors.values()),
        prepare=_guide_stages.prepare(finder, team, order),
        openings=_guide_stages.openings(known, members),
        heard=_guide_stages.heard(finder, members),
        planning=_guide_stages.planning(finder, team, order, agreed),
        goals=agreed,
        people=members,
        expected=held,
        ladders=_guide_practice.ladders(finder, team, held, period),
        topics=book.topics.get(team.team_id, ()),
        scenes=_guide_practice.scenes(finder, book, team),
        praise=_guide_practice.praise(book, members),
        team_goals=_guide_practice.team_goals(book, members),
        bank=_guide_practice.bank(finder, known, members),
        techniques=_guide_practice.techniques(known, members),
        quadrants=_guide_practice.quadrants(order),
        health=None if "coaching_log" in missing else _guide_practice.health(finder, book, team),
        review=_guide_practice.review(finder, team, members),
        hrefs=_guide_stages.hrefs(finder),
    )


def _books(finder: Finder) -> tuple[Book, SheetBook]:
    """Marts of this area, and those of people that the sheets have read already."""
    return finder.book("guides"), finder.book("sheets")


def _missing(finder: Finder) -> tuple[str, ...]:
    """What was not delivered of the tables a guide rests on."""
    held = {table.table_name for table in finder.site.tables if table.is_delivered}
    return tuple(name for name in USED if name not in held)


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """The guide in three lines, first on the team's page."""
    book, known = _books(finder)
    members = _guide_stages.people(finder, team)
    if not members:
        return None
    agreed = _guide_stages.goals(known, members, book.since(team.team_id))
    order = _guide_stages.turns(book, known, team, members, agreed)
    return TeamPart(
        first=order[0] if order else None,
        goals=agreed,
        href=finder.page_of("guides", "team", team.team_id),
    )


load = _guide_book.load
PAGES = {"guide": guide}
SUMMARIES = {"guide": _guide_words.summary}
ANSWERS = {"team": _guide_words.on_team}
CAPTIONS: Mapping[type, object] = {}
words = _guide_words
goals = _guide_goals
health = _guide_health
talk = _guide_talk
terms = _guide_terms
