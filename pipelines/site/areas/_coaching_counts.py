"""Counts of goals and of answers over everybody who is here: numbers of rows, nobody's own.

Belongs here: counting. Does not belong here: where a goal stands (fct_coaching_progress, `_guide_parts.Goal`), words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipelines.marts import CoachingCoverage
from pipelines.site.areas._coaching_contexts import Answers, Counts, Goals
from pipelines.site.areas._guide_parts import Goal, Person
from pipelines.site.areas._guide_terms import STATES
from pipelines.site.areas._sheet_book import Book as SheetBook
from pipelines.site.areas._sheet_book import goal as key_of
from pipelines.site.finder import Finder

DUE = ("reached", "not_reached", "cannot_tell")
ANYWAY = ("beyond", "as_predicted", "below", "cannot_tell")


def goals(finder: Finder, recent: CoachingCoverage | None) -> Goals:
    """Where the goals of the people here stand, in the words of the guides."""
    book: SheetBook = finder.book("sheets")
    found = [
        Goal(Person(agent_id, finder.link("agent", agent_id), "", ""), plan, book.progress.get(key_of(plan)))
        for agent_id in _here(finder)
        for plan in book.plans.get(agent_id, ())
    ]
    due = [goal.progress for goal in found if goal.progress and goal.progress.is_due]
    agreed = [goal.plan for goal in found if recent and goal.plan.held_on >= recent.window_start]
    return Goals(
        open=_counted(STATES, (goal.state for goal in found if goal.plan.is_open)),
        due=_counted(DUE, (row.state for row in due)),
        anyway=_counted(ANYWAY, (row.beyond_anyway for row in due)),
        agreed=len(agreed),
        with_own_view=sum(bool(plan.agent_comment) for plan in agreed) if finder.site.takes_words else None,
        confirmed=sum(plan.acknowledged_on is not None for plan in agreed),
    )


def answers(finder: Finder) -> Answers | None:
    """How disputes are answered; None where no response was ever delivered."""
    book: SheetBook = finder.book("sheets")
    if not book.responses:
        return None
    disputes = [row for agent_id in _here(finder) for row in book.responses.get(agent_id, ()) if row.kind == "disputed"]
    waiting = [row.days_open for row in disputes if row.is_open and row.days_open is not None]
    took = [row.days_open for row in disputes if not row.is_open and row.days_open is not None]
    return Answers(
        open=sum(row.is_open for row in disputes),
        longest_open=max(waiting, default=None),
        answered=sum(not row.is_open for row in disputes),
        longest_answered=max(took, default=None),
        changed=sum(row.outcome == "changed" for row in disputes),
    )


def _here(finder: Finder) -> list[str]:
    return [agent.agent_id for agent in finder.site.agents if agent.is_current]


def _counted(codes: Iterable[str], found: Iterable[str]) -> Counts:
    counts = Counter(found)
    return tuple((code, counts[code]) for code in codes if counts[code])
