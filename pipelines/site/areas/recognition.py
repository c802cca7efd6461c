"""Recognition: what went better, told kindly. Teams first, badges with their reason, own bests, points by rules.

Belongs here: which rows the page and the sections show. Does not belong here: words (`_recognition_words`), how points
and badges are earned (dbt_project). There is no list of those who earned nothing, and no page ever makes one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from pipelines.marts import (
    Agent,
    Badge,
    PersonalBest,
    Recognition,
    RecognitionChoice,
    RecognitionTotal,
    Rule,
    Team,
    TeamBoard,
    rows,
)
from pipelines.site.advice import EXPECTED
from pipelines.site.areas import _recognition_words
from pipelines.site.finder import Finder
from pipelines.site.parts import Link
from pipelines.site.status import Status

ORDER = 76
T = TypeVar("T", Badge, PersonalBest, Recognition)


@dataclass(frozen=True)
class Book:
    """The current window's points, badges and boards, by agent and team."""

    ledger: Mapping[str, tuple[Recognition, ...]]
    badges: Mapping[str, tuple[Badge, ...]]
    bests: Mapping[str, tuple[PersonalBest, ...]]
    totals: Mapping[str, RecognitionTotal]
    shows_name: Mapping[str, bool]
    boards: tuple[TeamBoard, ...]


@dataclass(frozen=True)
class Honour:
    """One kind of badge: the people who may be named, and how many others earned it."""

    badge: str
    named: tuple[tuple[Link, Badge], ...]
    others: int


@dataclass(frozen=True)
class RecognitionPage:
    """coaching/recognition.html"""

    status: Status
    window: tuple[str, date] | None
    boards: tuple[tuple[Link, TeamBoard], ...]
    honours: tuple[Honour, ...]
    places: tuple[tuple[Link, RecognitionTotal], ...]
    """Empty unless the centre switched them on."""
    people: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class AgentPart:
    """What an agent earned; nobody else is in it."""

    total: RecognitionTotal | None
    ledger: tuple[Recognition, ...]
    badges: tuple[Badge, ...]
    bests: tuple[PersonalBest, ...]
    shows_name: bool
    href: str


@dataclass(frozen=True)
class TeamPart:
    """The team's line of the board."""

    board: TeamBoard
    href: str


def load(folder: Path) -> Book:
    """The marts of one build."""
    return Book(
        ledger=_by_agent(rows(folder, Recognition, "is_current")),
        badges=_by_agent(rows(folder, Badge, "is_current")),
        bests=_by_agent(rows(folder, PersonalBest)),
        totals={total.agent_id: total for total in rows(folder, RecognitionTotal, "is_current")},
        shows_name={choice.agent_id: choice.shows_name for choice in rows(folder, RecognitionChoice)},
        boards=tuple(rows(folder, TeamBoard, "is_current")),
    )


def _by_agent(found: Iterable[T]) -> dict[str, tuple[T, ...]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for row in found:
        grouped[row.agent_id].append(row)
    return {agent: tuple(own) for agent, own in grouped.items()}


# ---------- page and sections
def recognition(finder: Finder) -> RecognitionPage:
    """Teams beside each other, badges, and by which rules points are earned."""
    book = _book(finder)
    boards = [(finder.link("team", board.team_id), board) for board in book.boards]
    placed = [total for total in book.totals.values() if total.place is not None]
    newest = next(iter(book.totals.values()), None) or next(iter(book.boards), None)
    return RecognitionPage(
        status=finder.status(),
        window=(newest.window_kind, newest.window_start) if newest else None,
        boards=tuple(sorted(boards, key=lambda pair: (pair[0].name_en, pair[1].team_id))),
        honours=tuple(_honours(finder, book)),
        places=tuple(
            (finder.link("agent", total.agent_id), total)
            for total in sorted(placed, key=lambda total: (total.place or 0, total.agent_id))
        ),
        people=len(book.totals),
        rules=tuple(finder.book("tiers").rules[name] for name in _recognition_words.RULES) if newest else (),
    )


def _honours(finder: Finder, book: Book) -> Iterable[Honour]:
    for kind in EXPECTED["badges"]:
        earned = [badge for own in book.badges.values() for badge in own if badge.badge == kind]
        people = {badge.agent_id: badge for badge in reversed(earned)}
        named = [(finder.link("agent", agent), badge) for agent, badge in people.items() if book.shows_name.get(agent)]
        if people:
            by_name = sorted(named, key=lambda pair: (pair[0].name_en, pair[1].agent_id))
            yield Honour(kind, tuple(by_name), len(people) - len(named))


def on_agent(finder: Finder, agent: Agent) -> AgentPart | None:
    """Somebody's own points, badges and bests; no section without any."""
    book, agent_id = _book(finder), agent.agent_id
    part = AgentPart(
        total=book.totals.get(agent_id),
        ledger=book.ledger.get(agent_id, ()),
        badges=book.badges.get(agent_id, ()),
        bests=book.bests.get(agent_id, ()),
        shows_name=book.shows_name.get(agent_id, False),
        href=f"{finder.root}coaching/recognition.html",
    )
    return part if part.ledger or part.badges or part.bests else None


def on_team(finder: Finder, team: Team) -> TeamPart | None:
    """The team's own line of the board."""
    board = next((board for board in _book(finder).boards if board.team_id == team.team_id), None)
    return TeamPart(board, f"{finder.root}coaching/recognition.html") if board else None


def _book(finder: Finder) -> Book:
    book: Book = finder.book("recognition")
    return book


words = _recognition_words
PAGES = {"recognition": recognition}
SUMMARIES = {"recognition": _recognition_words.summary}
