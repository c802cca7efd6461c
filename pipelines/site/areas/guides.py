"""The coaching guide of a team: what its leader does this week, in nine stages, with the team's own data in each.

Belongs here: which parts the page and the team's section have. Does not belong here: reading marts (`_guide_book`),
the rows of each stage (`_guide_stages`), shapes of contexts (`_guide_contexts`), words (`_guide_words`, `_guide_goals`,
`_guide_talk`, `_guide_terms`), how to do a stage (site_templates/advice).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.marts import Team
from pipelines.site.areas import _guide_book, _guide_goals, _guide_stages, _guide_talk, _guide_terms, _guide_words
from pipelines.site.areas._guide_book import Book
from pipelines.site.areas._guide_contexts import Guide, TeamPart
from pipelines.site.finder import Finder

ORDER = 8
USED = ("contacts", "surveys", "qa_scores", "complaints", "training", "coaching_log")
"""Contract tables without which a stage has less to say."""


def guide(finder: Finder, team: Team) -> Guide | None:
    """A team's guide; None where the team has nobody."""
    book: Book = finder.book("guides")
    members = _guide_stages.people(finder, team)
    if not members:
        return None
    site, missing = finder.site, _missing(finder)
    period = site.headline("team", team.team_id)
    agreed = _guide_stages.goals(book, members)
    order = _guide_stages.turns(book, team, members, agreed)
    held = _guide_stages.expected(finder, book, members)
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
        errors=tuple(book.errors.values()),
        prepare=_guide_stages.prepare(finder, team, order),
        openings=_guide_stages.openings(book, members),
        evidence=_guide_stages.evidence(book, members),
        incomplete=_guide_stages.incomplete(book, members),
        planning=_guide_stages.planning(finder, team, order, agreed),
        goals=agreed,
        people=members,
        expected=held,
        ladders=_guide_stages.ladders(finder, team, held, period),
        topics=book.topics.get(team.team_id, ()),
        scenes=_guide_stages.scenes(finder, book, team),
        praise=_guide_stages.praise(book, members),
        team_goals=_guide_stages.team_goals(book, members),
        bank=_guide_stages.bank(finder, book, members),
        quadrants=_guide_stages.quadrants(order),
        health=None if "coaching_log" in missing else _guide_stages.health(finder, book, team),
        review=_guide_stages.review(finder, team, members),
        hrefs=_guide_stages.hrefs(finder),
    )


def _missing(finder: Finder) -> frozenset[str]:
    """What was not delivered of the tables a guide rests on."""
    held = {table.table_name for table in finder.site.tables if table.is_delivered}
    return frozenset(USED) - held


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """The guide in three lines, first on the team's page."""
    book: Book = finder.book("guides")
    members = _guide_stages.people(finder, team)
    if not members:
        return None
    agreed = _guide_stages.goals(book, members)
    order = _guide_stages.turns(book, team, members, agreed)
    return TeamPart(
        first=order[0] if order else None,
        errors=tuple(book.errors.values()),
        goals=agreed,
        href=finder.page_of("guides", "team", team.team_id),
    )


load = _guide_book.load
PAGES = {"guide": guide}
SUMMARIES = {"guide": _guide_words.summary}
CAPTIONS: Mapping[type, object] = {}
words = _guide_words
goals = _guide_goals
talk = _guide_talk
terms = _guide_terms
